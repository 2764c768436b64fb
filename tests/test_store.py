"""The store as a thing on the disk: made once, closed to others, upgraded whole or not at all."""

import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, delete, insert, select, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DatabaseError
from sqlalchemy.schema import CreateTable

from desktop_app.case import Case
from desktop_app.store import cases, faults, place, schema, tables
from desktop_app.store.chain import verify_chain
from desktop_app.store.faults import StoreFault
from desktop_app.store.first import first_page
from desktop_app.store.ids import new_id
from desktop_app.store.opening import Store, close_store, open_store, reading, upgrade, writing
from desktop_app.store.settings import set_setting, setting, settings

NOW = datetime(2018, 5, 3, 9, 30, tzinfo=UTC)
NAME = "欧阳𠮷㐂"
ID_NUMBER = "220104199003073216"
CASE = Case(
    "jilin.application",
    "1",
    "jilin",
    date(2018, 5, 3),
    {"applicant.name": NAME, "applicant.id_number": ID_NUMBER},
)
RELEASED = Path(__file__).parent / "stores"


@contextmanager
def opened(folder: Path) -> Iterator[Store]:
    store = open_store(folder, NOW)
    try:
        yield store
    finally:
        close_store(store)


@contextmanager
def behind_the_back(folder: Path) -> Iterator[sqlcipher.Connection]:
    """Someone with the key and a database tool."""
    connection = place.connect(folder, place.read_key(folder))
    try:
        yield connection
    finally:
        connection.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(tmp_path / "store") as made:
        yield made


def taken_in(store: Store, count: int) -> list[str]:
    """Store `count` cases and hand each one on for signature."""
    with writing(store) as session:
        ids = [cases.create_case(session, CASE, "220104", "clerk", NOW) for _ in range(count)]
        for case_id in ids:
            cases.move_case(
                session, case_id, "awaiting_signature", "printed", "clerk", NOW, {"name": NAME, "copies": 1}
            )
    return ids


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
    ],
    ids=["no key", "another key", "a spoiled key", "a spoiled store"],
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
        session.execute(insert(tables.setting).values(key=NAME, value=ID_NUMBER))
        session.execute(insert(tables.setting).values(key=NAME, value=ID_NUMBER))
    assert str(fault.value) == faults.UNEXPECTED
    for told in (fault.value, fault.value.__cause__):
        assert NAME not in str(told)
        assert ID_NUMBER not in str(told)


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), writing(store) as session:
        case_id = cases.create_case(session, CASE, "220104", "clerk", NOW)
        cases.move_case(session, case_id, "awaiting_signature", "printed", "clerk", NOW, {})
        raise ZeroDivisionError
    with reading(store) as session:
        for table in (tables.case, tables.event, tables.payload, tables.outbox, tables.search_term):
            assert session.execute(select(table)).all() == []
        assert verify_chain(session) == ()


def test_a_reader_does_not_wait_for_a_writer(store: Store) -> None:
    with writing(store) as session:
        cases.create_case(session, CASE, "220104", "clerk", NOW)
        with reading(store) as other:
            assert cases.list_cases(other, cases.CaseQuery()).count == 0


# The chain


def test_events_are_only_ever_added(store: Store) -> None:
    taken_in(store, 1)
    for statement in (
        "UPDATE event SET user = 'someone'",
        "DELETE FROM event",
        "INSERT OR REPLACE INTO event SELECT * FROM event",
    ):
        with pytest.raises(StoreFault), writing(store) as session:
            session.execute(text(statement))
    with reading(store) as session:
        assert verify_chain(session) == ()


@pytest.mark.parametrize(
    ("edit", "numbers", "strayed"),
    [
        ("UPDATE event SET user = 'someone' WHERE number = 2", [2], 0),
        ("UPDATE event SET number = 9 WHERE number = 4", [9, 9, 0], 0),
        ("DELETE FROM event WHERE number = 2", [3], 1),
        ("DELETE FROM event WHERE number = 4", [0], 1),
        ("DELETE FROM event WHERE number = 1", [2], 1),
        ("DELETE FROM event", [0], 4),
        ("UPDATE payload SET json = replace(json, '1', '3')", [1, 2, 3, 4], 0),
        ("UPDATE \"case\" SET state = 'paid'", [], 4),
    ],
)
def test_a_change_behind_the_programs_back_is_found(
    tmp_path: Path, edit: str, numbers: list[int], strayed: int
) -> None:
    with opened(tmp_path) as store:
        taken_in(store, 4)
    with behind_the_back(tmp_path) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DROP TRIGGER event_no_update")
        connection.execute("DROP TRIGGER event_no_delete")
        connection.execute(edit)
    with opened(tmp_path) as store, reading(store) as session:
        found = verify_chain(session)
    assert [fault.number for fault in found if not fault.case_id] == numbers
    assert len({fault.case_id for fault in found if fault.case_id}) == strayed
    assert all(fault.message.endswith("。") for fault in found)


def test_a_payload_can_be_forgotten_and_the_chain_still_holds(store: Store) -> None:
    taken_in(store, 3)
    with writing(store) as session:
        session.execute(delete(tables.payload))
    with reading(store) as session:
        assert verify_chain(session) == ()


# The schema


def test_the_tables_are_what_the_migrations_make(store: Store) -> None:
    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []
        statement = "SELECT sql FROM sqlite_master WHERE name = 'search_term'"
        assert "WITHOUT ROWID" in connection.exec_driver_sql(statement).scalar_one()


def test_the_tables_can_be_made_on_postgresql() -> None:
    for table in tables.metadata.sorted_tables:
        assert "ROWID" not in str(CreateTable(table).compile(dialect=postgresql.dialect()))


def test_every_revision_is_known_without_alembic() -> None:
    names = sorted(file.name for file in (schema.MIGRATIONS / "versions").glob("[0-9]*.py"))
    assert tuple(name[:4] for name in names) == schema.REVISIONS


FAILING = """
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.create_table("half", sa.Column("id", sa.Text()))
    op.execute("DELETE FROM \\"case\\"")
    with op.batch_alter_table("setting") as setting:
        setting.add_column(sa.Column("colour", sa.Text()))
    op.execute("SELECT nothing FROM nowhere")
"""


def test_a_migration_that_fails_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    migrations = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, migrations, ignore=shutil.ignore_patterns("__pycache__"))
    (migrations / "versions" / "0002_failing.py").write_text(FAILING, encoding="utf-8")
    with opened(tmp_path / "store") as store:
        with writing(store) as session:
            case_id = cases.create_case(session, CASE, "220104", "clerk", NOW)
        statement = "SELECT type, name, sql FROM sqlite_master ORDER BY name"
        with store.engine.connect() as connection:
            before = connection.exec_driver_sql(statement).fetchall()
        with pytest.raises(StoreFault, match=faults.NOT_UPGRADED), writing(store) as session:
            upgrade(session.connection(), migrations)
        with store.engine.connect() as connection:
            assert connection.exec_driver_sql(statement).fetchall() == before
            assert connection.exec_driver_sql(schema.VERSION_STATEMENT).scalar() == "0001"
        with reading(store) as session:
            assert cases.load_case(session, case_id).case == CASE


def test_a_store_of_a_newer_program_is_refused_and_kept(tmp_path: Path) -> None:
    with opened(tmp_path):
        pass
    with behind_the_back(tmp_path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    for attempt in (lambda: open_store(tmp_path, NOW), lambda: first_page(tmp_path, 10)):
        with pytest.raises(StoreFault, match=faults.NEWER):
            attempt()


@pytest.mark.parametrize("revision", schema.REVISIONS)
def test_a_store_of_every_released_schema_opens(tmp_path: Path, revision: str) -> None:
    shutil.copytree(RELEASED / revision, tmp_path / "store")
    said = json.loads((RELEASED / revision / "said.json").read_text(encoding="utf-8"))
    page = first_page(tmp_path / "store", 10)
    assert page is not None
    assert [row.name for row in page.rows] == said["names"]
    with opened(tmp_path / "store") as store, reading(store) as session:
        assert verify_chain(session) == ()
        assert settings(session) == said["settings"]
        listed = cases.list_cases(session, cases.CaseQuery(text=said["search"]))
        assert [
            cases.load_case(session, row.id).case.answers["applicant.name"] for row in listed.rows
        ] == said["found"]


# The first window


def test_there_is_no_first_page_before_there_is_a_store(tmp_path: Path) -> None:
    assert first_page(tmp_path, 10) is None
    assert first_page(tmp_path / "nowhere", 10) is None
    place.make_key(tmp_path)
    place.make_file(tmp_path)
    assert first_page(tmp_path, 10) is None
    with opened(tmp_path):  # stopped while the store was made: the next start goes on
        pass
    assert first_page(tmp_path, 10) is not None


def test_the_first_page_offers_the_draft_that_was_left(tmp_path: Path) -> None:
    with opened(tmp_path) as store, writing(store) as session:
        set_setting(session, "office", {"code": "220104", "region": "jilin"})
        done, left, empty = (
            cases.create_case(session, CASE.with_answer("applicant.name", name), "220104", "clerk", NOW)
            for name in ("张三", "李四", "")
        )
        cases.save_answers(session, left, CASE, "applicant.id_number", NOW + timedelta(minutes=1))
        cases.save_answers(session, done, CASE, "applicant.phone", NOW + timedelta(minutes=2))
        cases.move_case(
            session, done, "awaiting_signature", "printed", "clerk", NOW + timedelta(minutes=3), {}
        )
    page = first_page(tmp_path, 2)
    assert page is not None
    assert page.settings == {"office": {"code": "220104", "region": "jilin"}}
    assert [row.id for row in page.rows] == [done, left]
    assert page.count == 3
    assert page.unfinished is not None
    assert (page.unfinished.case_id, page.unfinished.last_field) == (left, "applicant.id_number")
    assert page.unfinished.updated_at == NOW + timedelta(minutes=1)
    with opened(tmp_path) as store, reading(store) as session:
        assert cases.list_cases(session, cases.CaseQuery(limit=2)).rows == page.rows
        assert cases.load_case(session, empty).last_field == ""


def test_the_first_page_loads_nothing_heavy() -> None:
    statement = (
        "import sys, desktop_app.store.first; "
        "print([name for name in ('sqlalchemy', 'alembic', 'sqlite3', 'pypinyin') if name in sys.modules])"
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
        set_setting(session, "zoom", 1.5)
        set_setting(session, "zoom", "fit_width")
        set_setting(session, "columns", ["name", "state"])
    with reading(store) as session:
        assert setting(session, "zoom") == "fit_width"
        assert setting(session, "nothing") is None
        assert settings(session) == {"zoom": "fit_width", "columns": ["name", "state"]}


def test_the_library_is_new_enough_and_pythons_own_one_would_not_open_the_store(store: Store) -> None:
    assert sqlcipher.sqlite_version_info >= place.OLDEST_SQLITE
    plain = create_engine(f"sqlite:///{store.path}")
    with pytest.raises(DatabaseError), plain.connect() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
    plain.dispose()
