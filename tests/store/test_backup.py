"""A backup is whole or not there; it holds all that was committed before it began, and opens as a store does."""

import hashlib
import json
import os
import random
import subprocess
import threading
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop_app import whole_file
from desktop_app.store import backup, backup_file, cases, faults, place
from desktop_app.store.backup import back_up, has_chain_faults, source_of
from desktop_app.store.faults import StoreFault
from desktop_app.store.opening import Store, writing
from tests.support.stores import CASE, ID_NUMBER, NAME, NOW, opened, taken_in


def kept(file: Path, key: str) -> dict[str, int]:
    """The revision of each application in a backup, after it was looked through as SQLite can."""
    with closing(backup_file.connect(file, key)) as connection:
        assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        return dict(connection.execute('SELECT id, revision FROM "case"').fetchall())


def test_a_backup_opens_as_a_store_and_tells_nothing_without_its_key(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        ids = taken_in(store, 3)
        source = source_of(store)
        label = back_up(source, tmp_path / "a.jnbak", NOW)
    content = (tmp_path / "a.jnbak").read_bytes()
    assert kept(tmp_path / "a.jnbak", source.key).keys() == set(ids)
    assert backup_file.read_label(tmp_path / "a.jnbak") == label
    assert not has_chain_faults(tmp_path / "a.jnbak", label, source.key)
    assert not any(text.encode() in content for text in (NAME, ID_NUMBER, source.key))
    assert (label.number, label.writes, label.slots) == (3, 2, None)
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["a.jnbak"]


def test_stock_tools_take_a_backup_apart(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        taken_in(store, 3)
        (tmp_path / "store" / place.SLOTS_NAMES[0]).write_text('{"slots": "样例"}\n', encoding="utf-8")
        source = source_of(store)
        back_up(source, tmp_path / "a.jnbak", NOW)
    line, last = subprocess.run(
        ["tail", "-n", "2", tmp_path / "a.jnbak"], capture_output=True, check=True
    ).stdout.splitlines()
    said = json.loads(line)
    assert last.split()[0].decode() == hashlib.sha256(line).hexdigest()
    assert said["slots"] == '{"slots": "样例"}\n'
    again = tmp_path / "again"
    again.mkdir()
    size = said["pages"] * place.PAGE_BYTES
    with (again / "store.db").open("wb") as file:
        subprocess.run(["head", "-c", str(size), tmp_path / "a.jnbak"], stdout=file, check=True)
    with closing(place.connect(again, source.key)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@pytest.mark.parametrize("count", [200, pytest.param(10_000, marks=pytest.mark.slow)])
def test_what_was_acknowledged_before_a_backup_began_is_in_it_however_many_saves_run(
    tmp_path: Path, count: int
) -> None:
    acknowledged: dict[str, int] = {}
    ends = threading.Event()

    def save(store: Store) -> None:
        for number in range(count):
            with writing(store) as session:
                if number % 10 == 0:
                    case_id = cases.create_case(session, CASE, "220104", "clerk", NOW)
                    revision = 1
                else:
                    text = "长春市" * (number % 90)
                    case = CASE.with_answer("applicant.home_address", text)
                    revision = cases.save_answers(session, case_id, revision, case, "applicant.name", NOW)
            acknowledged[case_id] = revision
        ends.set()

    with opened(tmp_path / "store") as store:
        source = source_of(store)
        saver = threading.Thread(target=save, args=(store,))
        saver.start()
        taken = 0
        while not ends.is_set() or not taken:
            before = dict(acknowledged)
            label = back_up(source, tmp_path / "a.jnbak", NOW)
            after = dict(acknowledged)
            held = kept(tmp_path / "a.jnbak", source.key)
            assert all(held.get(case_id, 0) >= revision for case_id, revision in before.items())
            # One more save may have been committed and not told yet.
            assert sum(held.values()) <= sum(after.values()) + 1
            assert not has_chain_faults(tmp_path / "a.jnbak", label, source.key)
            taken += 1
        saver.join()
    print(f"\n  {count} saves, {taken} backups while they ran")
    with opened(tmp_path / "store") as store:
        assert store.remarks == ()


def test_a_reader_in_the_way_is_one_sentence_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "_TRIES", 2)
    with opened(tmp_path / "store") as store:
        source = source_of(store)
        with writing(store) as session:
            cases.create_case(session, CASE, "220104", "clerk", NOW)
        with closing(place.connect(source.folder, source.key)) as reader:
            reader.execute("BEGIN")
            reader.execute('SELECT count(*) FROM "case"').fetchone()
            with writing(store) as session:
                (case_id,) = [cases.create_case(session, CASE, "220104", "clerk", NOW)]
            with pytest.raises(StoreFault, match=backup.NOT_STILL):
                back_up(source, tmp_path / "a.jnbak", NOW)
        assert not list(tmp_path.glob("*.jnbak")) + list(tmp_path.glob(".desktop-app*"))
        back_up(source, tmp_path / "a.jnbak", NOW)
        assert case_id in kept(tmp_path / "a.jnbak", source.key)


def flipped(content: bytes, bit: int) -> bytes:
    spoiled = bytearray(content)
    spoiled[bit // 8] ^= 1 << bit % 8
    return bytes(spoiled)


def found(file: Path, key: str) -> bool:
    try:
        label = backup_file.read_label(file)
        return any(backup_file.spoiled_pages(file, label.pages, key))
    except StoreFault as fault:
        assert str(fault).endswith("。") and str(fault).count("。") == 1
        return True


def test_each_of_two_hundred_turned_bits_is_found(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        taken_in(store, 20)
        source = source_of(store)
        label = back_up(source, tmp_path / "a.jnbak", NOW)
    content = (tmp_path / "a.jnbak").read_bytes()
    assert not found(tmp_path / "a.jnbak", source.key)
    behind = label.pages * place.PAGE_BYTES
    chance = random.Random(3)
    places = [chance.randrange(behind) for _ in range(120)]
    places += [chance.randrange(4096) for _ in range(30)]
    places += [chance.randrange(behind, len(content)) for _ in range(50)]
    spoiled = tmp_path / "b.jnbak"
    missed = []
    for byte in places:
        spoiled.write_bytes(flipped(content, 8 * byte + chance.randrange(8)))
        if not found(spoiled, source.key):
            missed.append(byte)
    assert missed == []


def test_a_backup_that_was_cut_off_is_none(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        taken_in(store, 1)
        back_up(source_of(store), tmp_path / "a.jnbak", NOW)
    content = (tmp_path / "a.jnbak").read_bytes()
    for length in (0, 1, 75, 76, 77, 4096, len(content) // 2, len(content) - 77, len(content) - 1):
        (tmp_path / "b.jnbak").write_bytes(content[:length])
        with pytest.raises(StoreFault, match=backup_file.NO_BACKUP):
            backup_file.read_label(tmp_path / "b.jnbak")
    with pytest.raises(StoreFault, match=backup_file.UNREADABLE):
        backup_file.read_label(tmp_path / "nothing.jnbak")


def test_own_reading_of_signatures_finds_what_sqlcipher_finds(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        taken_in(store, 20)
        source = source_of(store)
        label = back_up(source, tmp_path / "a.jnbak", NOW)
    content = (tmp_path / "a.jnbak").read_bytes()
    chance = random.Random(4)
    for _ in range(20):
        spoiled = flipped(content, chance.randrange(4096 * 8, label.pages * place.PAGE_BYTES * 8))
        (tmp_path / "b.jnbak").write_bytes(spoiled)
        with closing(backup_file.connect(tmp_path / "b.jnbak", source.key)) as connection:
            told = [row[0] for row in connection.execute("PRAGMA cipher_integrity_check")]
        (number,) = backup_file.spoiled_pages(tmp_path / "b.jnbak", label.pages, source.key)
        assert f"HMAC verification failed for page {number}" in told


@dataclass
class Disk:
    """What becomes of a file when it is made durable."""

    keeps: bool = True
    error: int = 0

    def fsync(self, descriptor: int) -> None:
        if self.error:
            raise OSError(self.error, os.strerror(self.error))
        if not self.keeps and os.fstat(descriptor).st_size > 3 * 4096:
            # A stick with less room than it says begins again at its beginning.
            os.pwrite(descriptor, os.pread(descriptor, 4096, 4096), 2 * 4096)


@pytest.mark.parametrize("error", [28, 5, 19, 30, 122])  # full, failing, pulled, read-only, over one's share
def test_a_disk_that_refuses_is_one_sentence_and_what_was_there_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    target = tmp_path / "stick" / "a.jnbak"
    target.parent.mkdir()
    target.write_bytes(b"the one of yesterday")
    with opened(tmp_path / "store") as store:
        taken_in(store, 3)
        source = source_of(store)
        with monkeypatch.context() as patch, pytest.raises(StoreFault) as told:
            patch.setattr(whole_file.os, "fsync", Disk(error=error).fsync)
            back_up(source, target, NOW)
        assert str(told.value).endswith("。") and str(told.value).count("。") == 1
        assert [each.name for each in target.parent.iterdir()] == ["a.jnbak"]
        assert target.read_bytes() == b"the one of yesterday"
        with pytest.raises(StoreFault):
            back_up(source, tmp_path / "nowhere" / "a.jnbak", NOW)


def test_a_disk_that_keeps_other_than_what_was_written_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(tmp_path / "store") as store:
        taken_in(store, 3)
        source = source_of(store)
        with monkeypatch.context() as patch, pytest.raises(StoreFault, match=backup.NOT_KEPT):
            patch.setattr(os, "fsync", Disk(keeps=False).fsync)
            back_up(source, tmp_path / "a.jnbak", NOW)
    assert not list(tmp_path.glob("*.jnbak")) + list(tmp_path.glob(".desktop-app*"))


def test_a_store_whose_own_page_is_spoiled_gives_no_backup(tmp_path: Path) -> None:
    with opened(tmp_path / "store") as store:
        taken_in(store, 20)
        source = source_of(store)
        with store.path.open("r+b") as file:  # after every read: the page is in nobody's cache
            file.seek(-100, os.SEEK_END)
            byte = file.read(1)[0]
            file.seek(-100, os.SEEK_END)
            file.write(bytes([byte ^ 1]))
        with pytest.raises(StoreFault, match=faults.DAMAGED):
            back_up(source, tmp_path / "a.jnbak", NOW)
    assert not list(tmp_path.glob("*.jnbak"))
