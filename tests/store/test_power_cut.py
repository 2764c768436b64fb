"""A power cut after any write: the statements of a day's work are replayed, and the disk stops at each of its writes.

What SQLite writes is recorded below it. For every beginning of that record several disks are made, on which what was
not yet durable is lost, kept, kept in part, or torn in the middle of a write; each is opened and looked through.
Plain SQLite stands for SQLCipher, which changes what is in a page and not when it is written.
"""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from sqlalchemy import event

from desktop_app.store import cases, place
from desktop_app.store.opening import Store, close_store, open_store, writing
from desktop_app.store.settings import set_settings
from tests.support.stores import CASE, NOW, behind_the_back

apsw = pytest.importorskip("apsw")

SECTOR = 512


class Op(NamedTuple):
    """One thing that was asked of the disk, or (`ack`) what the program was told."""

    kind: str
    file: str = ""
    at: int = 0
    data: bytes = b""


LOG: list[Op] = []


class RecordingFile(apsw.VFSFile):  # type: ignore[misc]
    def __init__(self, _vfs: str, name: Any, flags: list[int]) -> None:
        self.file = Path(name.filename() if hasattr(name, "filename") else str(name)).name
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, at: int) -> None:
        LOG.append(Op("write", self.file, at, bytes(data)))
        super().xWrite(data, at)

    def xSync(self, flags: int) -> None:
        LOG.append(Op("sync", self.file))
        super().xSync(flags)

    def xTruncate(self, size: int) -> None:
        LOG.append(Op("truncate", self.file, size))
        super().xTruncate(size)


class Recording(apsw.VFS):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__("recording", "")

    def xOpen(self, name: Any, flags: list[int]) -> RecordingFile:
        return RecordingFile("recording", name, flags)

    def xDelete(self, name: str, is_durable: bool) -> None:
        LOG.append(Op("delete", Path(name).name))
        super().xDelete(name, is_durable)


def work(store: Store, clients: int) -> None:
    """A day: drafts field by field, each handed on, a setting in between."""
    for number in range(clients):
        with writing(store) as session:
            case_id = cases.create_case(session, CASE, "220104", "clerk", NOW)
        for revision in (1, 2):
            case = CASE.with_answer("applicant.home_address", "长春市朝阳区" * 40 * revision)
            with writing(store) as session:
                cases.save_answers(session, case_id, revision, case, "applicant.home_address", NOW)
        with writing(store) as session:
            said = {"copies": 1}
            cases.move_case(session, case_id, 3, "awaiting_signature", "finish", "clerk", NOW, said)
        if number % 3 == 0:
            with writing(store) as session:
                set_settings(session, {"window.name": f"{number}号窗口"}, "clerk", NOW)


def dumped(connection: Any) -> list[Any]:
    """Return the statements that make a store as it is."""
    made = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    found: list[Any] = [(sql, ()) for kind, _name, sql in made if kind == "table"]
    for _kind, name, _sql in (each for each in made if each[0] == "table"):
        for row in connection.execute(f'SELECT * FROM "{name}"').fetchall():
            found.append((f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(row))})', row))
    return found + [(sql, ()) for kind, _name, sql in made if kind != "table"]


def recorded(folder: Path, clients: int, patch: pytest.MonkeyPatch) -> tuple[list[Any], list[Any]]:
    """Return the statements of a day, and those that make the store it began with."""
    said: list[Any] = []
    store = open_store(folder, NOW)
    with behind_the_back(folder) as connection:
        begun = dumped(connection)
    checkpoint = place.checkpoint

    def noted_checkpoint(connection: Any) -> None:
        said.append(("PRAGMA wal_checkpoint(TRUNCATE)", ()))
        checkpoint(connection)

    def note(_c: Any, _cursor: Any, statement: str, values: Any, _context: Any, many: bool) -> None:
        said.extend((statement, each) for each in (values if many else [values]))

    event.listen(store.engine, "before_cursor_execute", note)
    event.listen(store.engine, "commit", lambda _connection: said.append(("COMMIT", ())))
    event.listen(store.engine, "rollback", lambda _connection: said.append(("ROLLBACK", ())))
    patch.setattr(place, "checkpoint", noted_checkpoint)
    work(store, clients)
    close_store(store)
    return said, begun


def replayed(folder: Path, said: list[Any], begun: list[Any]) -> dict[str, bytes]:
    """Do the day again on plain SQLite; the record of its writes is in LOG. Returns the disk it began with."""
    folder.mkdir()
    connection = apsw.Connection(str(folder / "a.db"), vfs="recording")
    connection.execute(
        "PRAGMA page_size = 4096; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL"
    ).fetchall()
    for statement, values in begun:
        connection.execute(statement, tuple(values))
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    disk = {"a.db": (folder / "a.db").read_bytes()}
    LOG.clear()
    for statement, values in said:
        connection.execute(statement, tuple(values)).fetchall()
        if statement == "COMMIT":
            LOG.append(Op("ack"))
    connection.close()
    return disk


def apply(disk: dict[str, bytearray], op: Op) -> None:
    content = disk.setdefault(op.file, bytearray())
    if op.kind == "write":
        content.extend(bytes(max(0, op.at - len(content))))
        content[op.at : op.at + len(op.data)] = op.data
    else:
        del content[op.at :]
        content.extend(bytes(op.at - len(content)))


def cut(op: Op, chance: random.Random) -> Op:
    if op.kind != "write" or len(op.data) <= SECTOR:
        return op
    return op._replace(data=op.data[: SECTOR * chance.randrange(1, len(op.data) // SECTOR + 1)])


def disks(
    begun: dict[str, bytes], every: int, chance: random.Random
) -> Iterator[tuple[dict[str, bytearray], int]]:
    """Yield the disks that a power cut may leave behind, each with how many commits were acknowledged."""
    durable = {name: bytearray(content) for name, content in begun.items()}
    waiting: dict[str, list[Op]] = {}
    acknowledged = 0
    for number, op in enumerate([*LOG, Op("end")]):
        if op.kind == "ack":
            acknowledged += 1
        elif op.kind == "delete":
            durable.pop(op.file, None)
            waiting.pop(op.file, None)
        elif op.kind == "sync":
            durable.setdefault(op.file, bytearray())
            for each in waiting.pop(op.file, []):
                apply(durable, each)
        elif op.kind != "end":
            waiting.setdefault(op.file, []).append(op)
        if number % every:
            continue
        for how in ("lost", "kept", "some", "some", "torn"):
            disk = {name: bytearray(content) for name, content in durable.items()}
            for each in (each for ops in waiting.values() for each in ops):
                if how == "kept" or (how != "lost" and chance.random() < 0.5):
                    apply(disk, cut(each, chance) if how == "torn" else each)
            yield disk, acknowledged


@pytest.mark.parametrize(
    ("clients", "every"), [(2, 5), pytest.param(12, 1, marks=pytest.mark.slow)], ids=["sample", "whole"]
)
def test_a_power_cut_at_any_write_loses_nothing_that_was_acknowledged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clients: int, every: int
) -> None:
    vfs = Recording()
    said, begun = recorded(tmp_path / "store", clients, monkeypatch)
    before = replayed(tmp_path / "plain", said, begun)
    vfs.unregister()
    place_of_disk = tmp_path / "disk"
    place_of_disk.mkdir()
    images = broken = lost = 0
    first: int | None = None
    for disk, acknowledged in disks(before, every, random.Random(1)):
        for old in place_of_disk.iterdir():
            old.unlink()
        for name, content in disk.items():
            (place_of_disk / name).write_bytes(content)
        images += 1
        try:
            connection = apsw.Connection(str(place_of_disk / "a.db"))
            (state,) = connection.execute("PRAGMA integrity_check").fetchone()
            writes, chain = connection.execute("SELECT writes, chain_number FROM replica").fetchone()
            events = connection.execute("SELECT count(*), count(DISTINCT hash) FROM event").fetchone()
            (outbox,) = connection.execute("SELECT count(*) FROM outbox").fetchone()
            connection.close()
        except apsw.Error:
            broken += 1
            continue
        first = writes if first is None else first
        broken += state != "ok" or {chain, *events, outbox} != {chain}
        lost += writes - first < acknowledged
    print(
        f"\n  {len(LOG)} writes and syncs, {acknowledged} commits, {images} disks: {broken} broken, {lost} lost"
    )
    assert images > 100 and acknowledged >= clients * 4
    assert (broken, lost) == (0, 0)
