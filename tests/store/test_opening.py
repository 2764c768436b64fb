"""The store as a thing on the disk: made once, closed to others, upgraded whole or not at all."""

import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import create_engine, insert, select
from sqlalchemy.exc import DatabaseError

from desktop_app.store import cases, faults, place, tables, upgrading
from desktop_app.store.damage import has_damage
from desktop_app.store.faults import StoreFault
from desktop_app.store.first import first_page
from desktop_app.store.ids import new_id
from desktop_app.store.opening import Store, open_store, reading, writing
from desktop_app.store.settings import set_settings, settings
from desktop_app.store.verify import verify_chain
from tests.support.stores import CASE, ID_NUMBER, NAME, NOW, behind_the_back, opened, taken_in


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "store") as made:
        yield made


def test_the_first_use_makes_key_and_store_for_their_owner_alone(store: Store) -> None:
    key = store.path.with_name(place.KEY_NAME)
    assert len(bytes.fromhex(key.read_text())) == 32
    for file in (key, store.path, store.path.with_name("store.db-wal")):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_store_is_found_again(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        (case_id,) = taken_in(store, 1)
        replica = store.replica_id
    with opened(tmp_path) as store:
        assert store.replica_id == replica
        with reading(store) as session:
            assert cases.load_case(session, case_id).case == CASE
            assert verify_chain(session) == ()


def test_no_file_of_the_folder_shows_a_person(store: Store) -> None:
    taken_in(store, 20)
    store_files = [file for file in store.path.parent.iterdir() if file.is_file()]
    assert {"store.db", "store.db-wal"} <= {file.name for file in store_files}
    for file in store_files:
        content = file.read_bytes()
        for secret in (NAME, ID_NUMBER, "applicant.name", "CREATE TABLE"):
            assert secret.encode() not in content
            assert secret.encode("utf-16-le") not in content


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda folder: (folder / "store.key").unlink(), faults.KEY_MISSING),
        (lambda folder: (folder / "store.key").write_text("00" * 32), faults.KEY_OR_FILE_WRONG),
        (lambda folder: (folder / "store.key").write_text("not a key"), faults.KEY_UNREADABLE),
        (lambda folder: (folder / "store.db").write_bytes(os.urandom(40_000)), faults.KEY_OR_FILE_WRONG),
        (lambda folder: (folder / "store.db").unlink(), faults.STORE_MISSING),
        (lambda folder: (folder / "store.db").write_bytes(b""), faults.STORE_MISSING),
        (lambda folder: os.truncate(folder / "store.db", 1), faults.STORE_MISSING),
        (lambda folder: os.truncate(folder / "store.db", 100), faults.STORE_MISSING),
    ],
    ids=[
        *("no key", "another key", "a spoiled key", "a spoiled store"),
        *("no store", "an empty store", "a byte of a store", "a piece of a store"),
    ],
)
def test_what_cannot_be_opened_says_what_to_do(tmp_path: Path, spoil: object, told: str) -> None:
    with opened(tmp_path):
        pass
    assert callable(spoil)
    spoil(tmp_path)
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    for attempt in (lambda: open_store(tmp_path, NOW), lambda: first_page(tmp_path, 10)):
        with pytest.raises(StoreFault) as fault:
            attempt()
        assert str(fault.value) == told
    # What could still be rescued is not touched, and the folder is free again.
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before
    place.release(place.hold(tmp_path))


def test_a_damaged_page_is_told_when_it_is_read(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        taken_in(store, 400)
    file = tmp_path / "store.db"
    content = bytearray(file.read_bytes())
    for page in range(8, len(content) // 4096):
        content[page * 4096 + 100] ^= 1
    file.write_bytes(content)
    with (
        pytest.raises(StoreFault, match=faults.DAMAGED),
        opened(tmp_path) as store,
        reading(store) as session,
    ):
        verify_chain(session)
        cases.list_cases(session, cases.CaseQuery(text="欧阳", limit=1000))


def test_a_damaged_page_that_nobody_reads_is_found_by_looking(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        taken_in(store, 50)
    assert not has_damage(tmp_path, place.read_key(tmp_path))
    file = tmp_path / "store.db"
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    assert has_damage(tmp_path, place.read_key(tmp_path))


def test_every_sentence_is_one_and_names_nobody() -> None:
    sentences = [value for name, value in vars(faults).items() if name.isupper() and isinstance(value, str)]
    assert len(sentences) > 10
    for told in sentences:
        assert told.endswith("。")
        assert told.count("。") == 1
        assert not any(character.isdigit() for character in told)
        assert "请" in told


def test_an_error_keeps_what_people_typed_out_of_its_text(store: Store) -> None:
    with pytest.raises(StoreFault) as fault, writing(store) as session:
        session.execute(insert(tables.setting).values(scope="office", key=NAME, value=ID_NUMBER))
        session.execute(insert(tables.setting).values(scope="office", key=NAME, value=ID_NUMBER))
    assert str(fault.value) == faults.UNEXPECTED
    for told in (fault.value, fault.value.__cause__):
        assert NAME not in str(told)
        assert ID_NUMBER not in str(told)


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), writing(store) as session:
        case_id = cases.create_case(session, CASE, "220104", "clerk", NOW)
        cases.move_case(session, case_id, 1, "awaiting_signature", "finish", "clerk", NOW, {})
        raise ZeroDivisionError
    with reading(store) as session:
        for table in (tables.case, tables.event, tables.payload, tables.outbox, tables.search_term):
            assert session.execute(select(table)).all() == []
        assert verify_chain(session) == ()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows deletes no open file")
def test_a_lock_file_that_was_deleted_lets_no_second_program_in(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        for _ in range(2):
            store.path.with_name(place.LOCK_NAME).unlink()
            with pytest.raises(StoreFault, match=faults.ALREADY_OPEN):
                open_store(tmp_path, NOW)
    with opened(tmp_path):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="Windows moves no open file")
def test_nothing_is_said_to_be_kept_in_a_file_that_was_taken_away(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        taken_in(store, 1)
        kept = store.path.read_bytes()
        store.path.rename(tmp_path / "elsewhere.db")
        with pytest.raises(StoreFault):
            taken_in(store, 1)
        store.path.write_bytes(kept)  # another file of the same name
        with pytest.raises(StoreFault, match=faults.STORE_REPLACED):
            taken_in(store, 1)
        (tmp_path / "elsewhere.db").rename(store.path)
        taken_in(store, 1)


@pytest.mark.skipif(sys.platform == "win32", reason="rights of POSIX")
def test_rights_that_were_given_to_others_are_taken_back(tmp_path: Path) -> None:
    with opened(tmp_path):
        pass
    tmp_path.chmod(0o777)
    for name in (place.KEY_NAME, place.STORE_NAME):
        (tmp_path / name).chmod(0o666)
    with opened(tmp_path) as store:
        assert store.remarks == ()
    for name in (place.KEY_NAME, place.STORE_NAME):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_rights_that_cannot_be_taken_back_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with opened(tmp_path):
        pass
    (tmp_path / place.KEY_NAME).chmod(0o666)

    def refuse(*_arguments: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "chmod", refuse)
    with opened(tmp_path) as store:
        assert store.remarks == (faults.RIGHTS_OPEN,)


def test_a_reader_writes_nothing(store: Store) -> None:
    with pytest.raises(StoreFault, match=faults.NOT_WRITABLE), reading(store) as session:
        cases.create_case(session, CASE, "220104", "clerk", NOW)
    taken_in(store, 1)


def test_a_reader_does_not_wait_for_a_writer(store: Store) -> None:
    with writing(store) as session:
        cases.create_case(session, CASE, "220104", "clerk", NOW)
        with reading(store) as other:
            assert cases.list_cases(other, cases.CaseQuery()).total == 0


# The first window


def test_there_is_no_first_page_before_there_is_a_store(tmp_path: Path) -> None:
    assert first_page(tmp_path, 10) is None
    assert first_page(tmp_path / "nowhere", 10) is None
    with opened(tmp_path):
        pass
    page = first_page(tmp_path, 10)
    assert page is not None
    assert page.settings == {}


@pytest.mark.parametrize("stop", range(5))
def test_a_store_whose_making_was_stopped_is_begun_again_and_is_no_loss(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: int
) -> None:
    """Stopped before the key, the file, the tables, the store's own name, or the key's."""
    steps = iter(range(5))

    def stopping(act: Callable[..., object]) -> Callable[..., object]:
        def step(*given: object) -> object:
            if next(steps) == stop:
                raise KeyboardInterrupt
            return act(*given)

        return step

    with monkeypatch.context() as patch:
        for name in ("make_file", "rename"):
            patch.setattr(place, name, stopping(getattr(place, name)))
        patch.setattr(upgrading, "_add_replica", stopping(upgrading._add_replica))
        with pytest.raises(KeyboardInterrupt):
            open_store(tmp_path, NOW)
    assert first_page(tmp_path, 10) is None
    with opened(tmp_path) as store:
        assert store.remarks == ()
        taken_in(store, 1)
    assert {file.name for file in tmp_path.iterdir()} == {"store.db", "store.key", "store.lock"}


@pytest.mark.parametrize(
    "spoil",
    [
        "DELETE FROM alembic_version",
        "UPDATE setting SET value = 'x'",
        "UPDATE \"case\" SET state = 'lost'",
        "UPDATE \"case\" SET updated_at = 'yesterday'",
        'UPDATE "case" SET updated_at = 7',
        "DROP TABLE setting",
    ],
)
def test_what_no_program_wrote_is_told_and_does_not_break_the_first_window(
    tmp_path: Path, spoil: str
) -> None:
    with opened(tmp_path) as store, writing(store) as session:
        set_settings(session, {"region": "jilin"}, "clerk", NOW)
        cases.create_case(session, CASE, "220104", "clerk", NOW)
    with behind_the_back(tmp_path) as connection:
        connection.execute(spoil)
    with pytest.raises(StoreFault):
        first_page(tmp_path, 10)


def test_the_first_page_offers_the_draft_that_was_left(tmp_path: Path) -> None:
    with opened(tmp_path) as store, writing(store) as session:
        set_settings(session, {"office": {"code": "220104", "region": "jilin"}}, "clerk", NOW)
        done, left, empty = (
            cases.create_case(session, CASE.with_answer("applicant.name", name), "220104", "clerk", NOW)
            for name in ("张三", "李四", "")
        )
        cases.save_answers(session, left, 1, CASE, "applicant.id_number", NOW + timedelta(minutes=1))
        cases.save_answers(session, done, 1, CASE, "applicant.phone", NOW + timedelta(minutes=2))
        cases.move_case(
            session, done, 2, "awaiting_signature", "finish", "clerk", NOW + timedelta(minutes=3), {}
        )
    page = first_page(tmp_path, 2)
    assert page is not None
    assert page.settings == {"office": {"code": "220104", "region": "jilin"}}
    assert [row.id for row in page.rows] == [done, left]
    assert page.total == 3
    assert page.unfinished is not None
    assert (page.unfinished.case_id, page.unfinished.last_field) == (left, "applicant.id_number")
    assert page.unfinished.updated_at == NOW + timedelta(minutes=1)
    with opened(tmp_path) as store, reading(store) as session:
        assert cases.list_cases(session, cases.CaseQuery(limit=2)).rows == page.rows
        assert cases.load_case(session, empty).last_field == ""


def test_the_first_page_loads_nothing_heavy() -> None:
    statement = (
        "import sys, desktop_app.store.first; "
        "print([name for name in ('sqlalchemy', 'sqlite3', 'pypinyin', 'json', 'dataclasses') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", statement], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


# Small parts


def test_ids_are_uuids_of_version_7_in_the_order_of_time() -> None:
    ids = [new_id(NOW + timedelta(milliseconds=step)) for step in range(1000)]
    assert ids == sorted(set(ids))
    assert all(one[14] == "7" and one[19] in "89ab" for one in ids)
    assert int(ids[0].replace("-", "")[:12], 16) == NOW.timestamp() * 1000
    assert len({new_id(NOW) for _ in range(10_000)}) == 10_000


def test_settings_keep_json_values(store: Store) -> None:
    with writing(store) as session:
        set_settings(session, {"zoom": 1.5}, "clerk", NOW)
        set_settings(session, {"zoom": "fit_width", "columns": ["name", "state"]}, "clerk", NOW)
    with reading(store) as session:
        assert settings(session) == {"zoom": "fit_width", "columns": ["name", "state"]}


def test_the_library_is_new_enough_and_pythons_own_one_would_not_open_the_store(store: Store) -> None:
    assert sqlcipher.sqlite_version_info >= place.OLDEST_SQLITE
    plain = create_engine(f"sqlite:///{store.path}")
    with pytest.raises(DatabaseError), plain.connect() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
    plain.dispose()
