"""What this computer remembers of a store: an old copy put back, a chain rewritten, another computer, a wrong clock."""

import json
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from desktop_app.store import cases, faults, place, schema, tables
from desktop_app.store.anchor import Standing, read_anchor, write_anchor
from desktop_app.store.chain import HASHED, case_digest, event_hash, first_hash
from desktop_app.store.faults import StoreFault
from desktop_app.store.opening import close_store, open_store, reading, writing
from desktop_app.store.verify import verify_chain
from tests.support.stores import CASE, NOW, behind_the_back, opened, taken_in


def copy_of(folder: Path, name: str) -> Path:
    """A technician's copy: the store and its key."""
    copy = folder.parent / name
    copy.mkdir()
    for file in (place.STORE_NAME, place.KEY_NAME):
        shutil.copy(folder / file, copy)
    return copy


def put_back(copy: Path, folder: Path) -> None:
    for file in folder.glob("store.db*"):
        file.unlink()
    shutil.copy(copy / place.STORE_NAME, folder)


def remarks_of(folder: Path) -> tuple[str, ...]:
    with opened(folder) as store:
        return store.remarks


def acts(folder: Path) -> list[str]:
    with opened(folder) as store, reading(store) as session:
        assert verify_chain(session) == ()
        return list(session.execute(select(tables.event.c.act).order_by(tables.event.c.number)).scalars())


def test_a_copy_while_the_program_runs_holds_every_act(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        assert (store.path.parent / "store.db-wal").stat().st_size == 0
        ids = taken_in(store, 3)
        copy = copy_of(tmp_path / "store", "copy")
    with behind_the_back(copy) as connection:
        kept = connection.execute('SELECT id FROM "case" ORDER BY id').fetchall()
    assert [row[0] for row in kept] == ids


def test_an_ordinary_day_leaves_nothing_to_say(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    for _ in range(3):
        with opened(folder) as store:
            assert store.remarks == ()
            taken_in(store, 1)
    assert acts(folder) == ["finish"] * 3


@pytest.mark.parametrize("is_draft", [False, True], ids=["an act", "a draft"])
def test_an_old_copy_put_back_is_told_once_and_recorded(tmp_path: Path, is_draft: bool) -> None:
    folder = tmp_path / "store"
    with opened(folder) as store:
        taken_in(store, 1)
    copy = copy_of(folder, "copy")
    with opened(folder) as store:
        if is_draft:
            with writing(store) as session:
                cases.create_case(session, CASE, "220104", "clerk", NOW)
        else:
            taken_in(store, 1)
        lost = read_anchor(store.anchor)
    put_back(copy, folder)
    assert remarks_of(folder) == (faults.PUT_BACK,)
    assert remarks_of(folder) == ()
    assert acts(folder) == ["finish", "put_back"]
    with opened(folder) as store, reading(store) as session:
        assert session.execute(select(tables.replica.c.epoch)).scalar_one() == 2
        said = (
            session.execute(select(tables.payload.c.json).order_by(tables.payload.c.id)).scalars().all()[-1]
        )
        assert lost is not None
        assert json.loads(said)["remembered"] == lost._asdict()


def test_commits_lost_from_the_log_are_missed(tmp_path: Path) -> None:
    """The log is cut, as a bad disk or one wrong bit in it cuts it."""
    folder = tmp_path / "store"
    store = open_store(folder, NOW)
    with writing(store) as session:
        cases.create_case(session, CASE, "220104", "clerk", NOW)
    crashed = copy_of(folder, "crashed")  # without the log
    close_store(store)
    put_back(crashed, folder)
    assert remarks_of(folder) == (faults.PUT_BACK,)


def test_a_store_on_another_computer_is_told_and_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "store"
    with opened(folder) as store:
        taken_in(store, 1)
    monkeypatch.setenv("DESKTOP_APP_STATE", f"{tmp_path}-another")
    assert remarks_of(folder) == (faults.FIRST_HERE,)
    assert remarks_of(folder) == ()
    assert acts(folder) == ["finish", "first_here"]


def rewritten(connection: Any, change: Callable[[dict[str, Any]], None]) -> None:
    """Rewrite the whole chain so that it holds again, as someone with the key and this program can."""
    connection.execute("DROP TRIGGER event_no_update")
    names = [row[1] for row in connection.execute("PRAGMA table_info(event)")]
    columns = [row[1] for row in connection.execute('PRAGMA table_info("case")')]
    replica_id = connection.execute("SELECT id FROM replica").fetchone()[0]
    previous = first_hash(replica_id)
    for row in connection.execute("SELECT * FROM event ORDER BY number").fetchall():
        event = dict(zip(names, row, strict=True))
        change(event)
        salt = connection.execute("SELECT salt FROM payload WHERE id = ?", (event["payload_id"],)).fetchone()[
            0
        ]
        found = connection.execute('SELECT * FROM "case" WHERE id = ?', (event["case_id"],)).fetchone()
        event["case_digest"] = case_digest(salt, dict(zip(columns, found, strict=True)))
        event["previous_hash"] = previous
        previous = event["hash"] = event_hash(2, [event[name] for name in HASHED[2]])
        places = ", ".join(f'"{name}" = ?' for name in names)
        connection.execute(f"UPDATE event SET {places} WHERE number = ?", (*event.values(), event["number"]))
    connection.execute("UPDATE replica SET chain_head = ?", (previous,))
    connection.execute(schema.TRIGGERS["event_no_update"])


def test_a_chain_that_was_rewritten_whole_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with opened(folder) as store:
        taken_in(store, 3)
    with behind_the_back(folder) as connection:
        connection.execute("UPDATE \"case\" SET answers = replace(answers, '3216', '3217')")
        rewritten(connection, lambda event: event.update(actor_id="someone"))
    # In itself it holds, which is why the store alone cannot tell.
    assert remarks_of(folder) == (faults.REWRITTEN,)
    assert acts(folder) == ["finish"] * 3 + ["rewritten"]


def test_a_chain_whose_end_was_cut_off_is_found(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with opened(folder) as store:
        (case_id,) = taken_in(store, 1)
        with reading(store) as session:
            before = session.execute(select(tables.case)).one()
        with writing(store) as session:
            cases.move_case(session, case_id, 2, "accepted", "accept", "clerk", NOW, {})
    with behind_the_back(folder) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DROP TRIGGER event_no_delete")
        connection.execute("DELETE FROM payload WHERE id = (SELECT payload_id FROM event WHERE number = 2)")
        connection.execute("DELETE FROM outbox WHERE event_number = 2")
        connection.execute("DELETE FROM award")
        connection.execute("DELETE FROM event WHERE number = 2")
        connection.execute(schema.TRIGGERS["event_no_delete"])
        connection.execute(
            'UPDATE "case" SET state = ?, revision = ?, updated_at = ?', (before.state, 2, before.updated_at)
        )
        connection.execute(
            "UPDATE replica SET chain_number = 1, chain_head = (SELECT hash FROM event WHERE number = 1)"
        )
    assert remarks_of(folder) == (faults.PUT_BACK,)
    assert acts(folder) == ["finish", "put_back"]


def test_the_anchor_is_behind_a_kill_and_never_ahead(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with opened(folder) as store:
        taken_in(store, 1)
        old = store.anchor.read_bytes()
        taken_in(store, 1)
        store.anchor.write_bytes(old)  # killed between the commit and the anchor
        with pytest.raises(ZeroDivisionError), writing(store) as session:
            cases.create_case(session, CASE, "220104", "clerk", NOW)
            raise ZeroDivisionError
        assert store.anchor.read_bytes() == old
    assert remarks_of(folder) == ()
    assert acts(folder) == ["finish"] * 2


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"7", b'{"replica_id": 1}', b"\xff", b"{}"])
def test_an_anchor_that_cannot_be_read_is_none(tmp_path: Path, content: bytes) -> None:
    folder = tmp_path / "store"
    with opened(folder) as store:
        pass
    store.anchor.write_bytes(content)
    assert remarks_of(folder) == (faults.FIRST_HERE,)


def test_a_state_folder_that_takes_nothing_is_told_and_stops_no_save(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("DESKTOP_APP_STATE", str(tmp_path / "file" / "below"))
    with opened(tmp_path / "store") as store:
        assert store.remarks == (faults.NOT_ANCHORED,)
        taken_in(store, 1)


def test_an_anchor_comes_back_as_it_was_and_is_its_persons_own(tmp_path: Path) -> None:
    file = tmp_path / "anchors" / "r.json"
    standing = Standing("r", 2, 3, "head", 4)
    for is_durable in (True, False):
        assert write_anchor(file, standing, is_durable=is_durable)
        assert read_anchor(file) == standing
    assert read_anchor(tmp_path / "nothing.json") is None
    if os.name == "posix":
        assert file.stat().st_mode & 0o077 == 0
    assert [each.name for each in file.parent.iterdir()] == ["r.json"]


def test_a_clock_before_the_last_event_is_told(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        taken_in(store, 1)
    for moment, told in ((NOW - timedelta(days=400), (faults.CLOCK_BACK,)), (NOW, ())):
        store = open_store(tmp_path, moment)
        assert store.remarks == told
        close_store(store)


def test_a_clock_before_1970_is_one_sentence(tmp_path: Path) -> None:
    early = datetime(1969, 12, 31, tzinfo=UTC)
    with pytest.raises(StoreFault, match=faults.CLOCK_WRONG):
        open_store(tmp_path, early)
    with opened(tmp_path) as store:
        with pytest.raises(StoreFault, match=faults.CLOCK_WRONG), writing(store) as session:
            cases.create_case(session, CASE, "220104", "clerk", early)
        (case_id,) = taken_in(store, 1)
        with pytest.raises(StoreFault, match=faults.CLOCK_WRONG), writing(store) as session:
            cases.move_case(session, case_id, 2, "accepted", "accept", "clerk", early, {})


def test_the_own_replica_is_known_by_name(tmp_path: Path) -> None:
    with opened(tmp_path) as store, writing(store) as session:
        other = {"epoch": 1, "chain_number": 0, "chain_head": "x", "writes": 0, "created_at": "2018"}
        session.execute(insert(tables.replica).values(id="00000000-other", **other))
    with opened(tmp_path) as again:
        assert again.replica_id == store.replica_id
        taken_in(again, 1)
        with reading(again) as session:
            assert set(session.execute(select(tables.event.c.replica_id)).scalars()) == {store.replica_id}
