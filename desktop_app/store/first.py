"""What the first window reads, before anything heavy is loaded: no SQLAlchemy, no Alembic, no form."""

import json
from pathlib import Path
from typing import Any, Final

from desktop_app.store import faults, place, schema
from desktop_app.store.faults import StoreFault
from desktop_app.store.records import ROW_COLUMNS, CaseRow, FirstPage, Json, Unfinished
from desktop_app.store.times import moment
from desktop_app.workflow import state_of

_ROWS: Final = f'SELECT {", ".join(ROW_COLUMNS)} FROM "case" ORDER BY updated_at DESC, id DESC LIMIT ?'
_UNFINISHED: Final = """
    SELECT id, form, name, last_field, updated_at FROM "case"
    WHERE state = 'draft' ORDER BY updated_at DESC, id DESC LIMIT 1
"""


def first_page(folder: Path, limit: int) -> FirstPage | None:
    """Return settings, the newest `limit` applications, their count, and the draft to go on with.

    Returns:
        None where no store has been made yet.

    Raises:
        StoreFault: There is a store, but it cannot be read.
    """
    if not place.has_store(folder):
        return None
    key = place.read_key(folder)
    try:
        connection = place.connect(folder, key)
        try:
            return _read(connection, limit)
        finally:
            connection.close()
    except place.Error as error:
        raise StoreFault(faults.sentence(error)) from error


def _read(connection: Any, limit: int) -> FirstPage | None:
    connection.execute("PRAGMA query_only = ON")
    connection.execute("BEGIN")
    if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        return None  # the program was stopped while it made the store
    if connection.execute(schema.VERSION_STATEMENT).fetchone()[0] not in schema.REVISIONS:
        raise StoreFault(faults.NEWER)
    settings: dict[str, Json] = {
        key: json.loads(value) for key, value in connection.execute("SELECT key, value FROM setting")
    }
    rows = tuple(_case_row(row) for row in connection.execute(_ROWS, (limit,)))
    count = connection.execute('SELECT count(*) FROM "case"').fetchone()[0]
    draft = connection.execute(_UNFINISHED).fetchone()
    return FirstPage(settings, rows, count, _unfinished(draft) if draft else None)


def _unfinished(row: tuple[str, ...]) -> Unfinished:
    case_id, form_id, name, last_field, updated_at = row
    return Unfinished(case_id, form_id, name, last_field, moment(updated_at))


def _case_row(row: tuple[str, ...]) -> CaseRow:
    case_id, form_id, state, *keys, created_at, updated_at = row
    name, id_number, certificate_number, occupation, phone = keys
    return CaseRow(
        case_id,
        form_id,
        state_of(state),
        name,
        id_number,
        certificate_number,
        occupation,
        phone,
        moment(created_at),
        moment(updated_at),
    )
