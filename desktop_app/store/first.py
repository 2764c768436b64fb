"""What the first window reads, before anything heavy is loaded: no SQLAlchemy, no Alembic, no form."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from desktop_app.store import faults, place, schema
from desktop_app.store.faults import StoreFault
from desktop_app.store.records import ROW_COLUMNS, CaseRow, FirstPage, Json, Unfinished
from desktop_app.store.times import moment
from desktop_app.workflow.states import state_of

# SQLite reads what is one text or number: Python's reader is loaded for all else, and mostly not at all.
_SETTINGS: Final = """
    SELECT key, value, iif(json_valid(value), json_type(value), ''), iif(json_valid(value), value ->> '$', '')
    FROM setting WHERE key <> 'store.replica'
"""
_PLAIN: Final = ("text", "integer", "real")
_FROM: Final = 'FROM "case" WHERE form NOT IN ({without})'
_ROWS: Final = f"SELECT {', '.join(ROW_COLUMNS)} {_FROM} ORDER BY updated_at DESC, id DESC LIMIT ?"
_COUNT: Final = f"SELECT count(*) {_FROM}"
_UNFINISHED: Final = """
    SELECT id, form, name, last_field, updated_at FROM "case"
    WHERE state = 'draft' ORDER BY updated_at DESC, id DESC LIMIT 1
"""


def first_page(folder: Path, limit: int, without_forms: Sequence[str] = ()) -> FirstPage | None:
    """Return settings, the newest `limit` applications, their count, and the draft to go on with.

    Papers of `without_forms` are not among the applications; the draft may be one of them.

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
            return _read(connection, limit, without_forms)
        finally:
            connection.close()
    except place.Error as error:
        raise StoreFault(faults.sentence(error)) from error
    except (ValueError, TypeError, AttributeError) as error:
        # A setting, a state or a time that this program never wrote.
        raise StoreFault(faults.DAMAGED) from error


def _read(connection: Any, limit: int, without_forms: Sequence[str]) -> FirstPage:
    connection.execute("PRAGMA query_only = ON")
    connection.execute("BEGIN")
    if place.version(connection) not in schema.REVISIONS:
        raise StoreFault(faults.NEWER if place.version(connection) else faults.DAMAGED)
    settings: dict[str, Json] = {key: _setting(*rest) for key, *rest in connection.execute(_SETTINGS)}
    without = ", ".join("?" * len(without_forms))
    found = connection.execute(_ROWS.format(without=without), (*without_forms, limit))
    rows = tuple(_case_row(row) for row in found)
    count = connection.execute(_COUNT.format(without=without), tuple(without_forms)).fetchone()[0]
    draft = connection.execute(_UNFINISHED).fetchone()
    return FirstPage(settings, rows, count, _unfinished(draft) if draft else None)


def _setting(text: str, kind: str, value: Json) -> Json:
    if kind in _PLAIN:
        return value
    import json  # which raises a ValueError where SQLite finds none

    found: Json = json.loads(text)
    return found


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
