"""The schema of the store: made by migrations, upgraded whole or not at all, and never without a copy."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from desktop_app.store import cases, faults, place, schema, tables, upgrading
from desktop_app.store.faults import StoreFault
from desktop_app.store.first import first_page
from desktop_app.store.keeping import backups
from desktop_app.store.opening import open_store, reading
from desktop_app.store.restoring import restore
from desktop_app.store.schedule import FOLDER_NAME
from desktop_app.store.settings import settings
from desktop_app.store.verify import verify_chain
from tests.support.stores import CASE, NOW, RELEASED, behind_the_back, opened, taken_in


def test_the_tables_are_what_the_migrations_make(tmp_path: Path) -> None:
    with opened(tmp_path) as store, store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []
        statement = "SELECT sql FROM sqlite_master WHERE name = 'search_term'"
        assert "WITHOUT ROWID" in connection.exec_driver_sql(statement).scalar_one()
        assert schema.has_its_triggers(connection)


def test_the_tables_can_be_made_on_postgresql() -> None:
    for table in tables.metadata.sorted_tables:
        assert "ROWID" not in str(CreateTable(table).compile(dialect=postgresql.dialect()))


def test_every_revision_is_known_without_alembic() -> None:
    names = sorted(file.name for file in (schema.MIGRATIONS / "versions").glob("[0-9]*.py"))
    assert tuple(name[:4] for name in names) == schema.REVISIONS


def with_migration(folder: Path, text: str) -> Path:
    """Return the program's migrations with one more behind them."""
    migrations = folder / "migrations"
    shutil.copytree(schema.MIGRATIONS, migrations, ignore=shutil.ignore_patterns("__pycache__"))
    head = f'revision = "9000"\ndown_revision = "{schema.HEAD}"\nimport sqlalchemy as sa\nfrom alembic import op\n'
    (migrations / "versions" / "9000_more.py").write_text(head + text, encoding="utf-8")
    return migrations


def upgrade(folder: Path, migrations: Path) -> None:
    claim = place.hold(folder)
    try:
        upgrading.upgrade_store(folder, place.read_key(folder), schema.HEAD, NOW, claim, migrations)
    finally:
        place.release(claim)


def content(folder: Path) -> dict[str, Any]:
    with behind_the_back(folder) as connection:
        names = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY name").fetchall()
        tables_of = [name for kind, name, _sql in names if kind == "table"]
        return {"": names} | {
            name: connection.execute(f'SELECT * FROM "{name}" ORDER BY 1, 2').fetchall()
            for name in tables_of
            if name != "alembic_version"
        }


FAILING = """
def upgrade():
    op.create_table("half", sa.Column("id", sa.Text()))
    op.execute("DELETE FROM search_term")
    with op.batch_alter_table("setting") as setting:
        setting.add_column(sa.Column("colour", sa.Text()))
    op.execute("SELECT nothing FROM nowhere")
"""
ORPHANING = """
def upgrade():
    op.execute('DELETE FROM "case"')
"""
UNGUARDED = """
def upgrade():
    with op.batch_alter_table("event", recreate="always") as event:
        event.add_column(sa.Column("more", sa.Text()))
"""


@pytest.mark.parametrize("text", [FAILING, ORPHANING, UNGUARDED], ids=["failing", "orphaning", "unguarded"])
def test_a_migration_that_does_not_hold_leaves_the_store_as_it_was(tmp_path: Path, text: str) -> None:
    with opened(tmp_path / "store") as store:
        taken_in(store, 3)
    before = content(tmp_path / "store")
    with pytest.raises(StoreFault, match=faults.NOT_UPGRADED):
        upgrade(tmp_path / "store", with_migration(tmp_path, text))
    assert content(tmp_path / "store") == before
    with opened(tmp_path / "store") as store, reading(store) as session:
        assert verify_chain(session) == ()
        assert len(session.execute(select(tables.case)).all()) == 3


REBUILDING = """
def upgrade():
    for name in ("case", "replica", "event", "batch"):
        with op.batch_alter_table(name, recreate="always") as table:
            table.add_column(sa.Column("more", sa.Text()))
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER event_no_{act.lower()} BEFORE {act} ON event "
            "BEGIN SELECT RAISE(ABORT, 'events are only ever added'); END"
        )
    op.execute(OTHER_EYES)
""".replace("OTHER_EYES", repr(schema.TRIGGERS["event_other_eyes"]))


def test_tables_that_refer_to_each_other_can_be_rebuilt(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with opened(folder) as store:
        ids = taken_in(store, 3)
    before = content(folder)
    upgrade(folder, with_migration(tmp_path, REBUILDING))
    after = content(folder)
    for name in ("case", "event"):
        assert [row[:-1] for row in after[name]][:3] == before[name]
    assert len(after["event"]) == 4  # the upgrade itself
    with behind_the_back(folder) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        connection.execute(f"UPDATE alembic_version SET version_num = '{schema.HEAD}'")
        with pytest.raises(place.Error):
            connection.execute('DELETE FROM "case"')
        with pytest.raises(place.Error):
            connection.execute("DELETE FROM event")
    with opened(folder) as store, reading(store) as session:
        assert verify_chain(session) == ()  # the new column is empty, so the old promises hold
        assert [cases.load_case(session, case_id).case for case_id in ids] == [CASE] * 3


def test_a_store_is_backed_up_before_it_is_upgraded(tmp_path: Path) -> None:
    shutil.copytree(RELEASED / "0001", tmp_path / "store")
    with opened(tmp_path / "store"):
        pass
    said = json.loads((RELEASED / "0001" / "said.json").read_text(encoding="utf-8"))
    ((file, label),) = backups(tmp_path / "store" / FOLDER_NAME)
    assert (label.schema, label.writes) == ("0001", 0)
    assert said["names"][0].encode() not in file.read_bytes()
    # It goes back into a folder that has the key, and can be upgraded again.
    again = tmp_path / "again"
    again.mkdir()
    shutil.copy(RELEASED / "0001" / "store.key", again)
    claim = place.hold(again)
    restore(file, place.read_key(again), again, NOW)
    place.release(claim)
    page = first_page(again, 10)
    assert page is not None
    assert [row.name for row in page.rows] == said["names"]
    with opened(again) as store, reading(store) as session:
        assert verify_chain(session) == ()


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


def test_events_of_the_first_schema_stay_as_they_were_and_are_covered_from_the_upgrade_on(
    tmp_path: Path,
) -> None:
    shutil.copytree(RELEASED / "0001", tmp_path / "store")
    with opened(tmp_path / "store") as store, reading(store) as session:
        events = session.execute(select(tables.event).order_by(tables.event.c.number)).all()
        assert [(row.format, row.act) for row in events] == [(1, "printed"), (2, "upgrade")]
        assert store.remarks == ()
    for change in (
        "UPDATE \"case\" SET answers = replace(answers, '1990', '1980') WHERE state <> 'draft'",
        "UPDATE setting SET value = replace(value, '220104', '220105') WHERE key = 'office'",
        "UPDATE event SET actor_id = 'someone' WHERE number = 1",
    ):
        copy = tmp_path / "copy"
        shutil.copytree(tmp_path / "store", copy)
        with behind_the_back(copy) as connection:
            connection.execute("DROP TRIGGER event_no_update")
            assert connection.execute(change).rowcount == 1
            connection.execute(schema.TRIGGERS["event_no_update"])
        with opened(copy) as store, reading(store) as session:
            assert len(verify_chain(session)) == 1, change
        shutil.rmtree(copy)
