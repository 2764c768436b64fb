"""What the first window reads, before anything heavy is loaded: no SQLAlchemy, no Alembic, no form."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from desktop_app.store import faults, place, schema
from desktop_app.store.case_columns import case_row, selected
from desktop_app.store.faults import StoreFault
from desktop_app.store.records import FirstPage, Json, Unfinished
from desktop_app.store.times import moment

# SQLite reads what is one text or number: Python's reader is loaded for all else, and mostly not at all.
_SETTINGS: Final = """
    SELECT scope, key,
        value, iif(json_valid(value), json_type(value), ''), iif(json_valid(value), value ->> '$', '')
    FROM {setting}
"""
_PLAIN: Final = ("text", "integer", "real")
# Drafts of other people than who has signed in, as `owners.of_others` finds them; drafts are few.
_OF_OTHERS: Final = """
    SELECT id FROM {table} WHERE state = 'draft' AND owner <> :user AND owner IN (SELECT id FROM "user")
"""
_ROWS: Final = f"""
    SELECT {{columns}} FROM {{table}} WHERE id NOT IN ({_OF_OTHERS})
    ORDER BY updated_at DESC, id DESC LIMIT :limit
"""
_COUNT: Final = f"SELECT count(*) FROM {{table}} WHERE id NOT IN ({_OF_OTHERS})"
_DRAFT: Final = f"""
    SELECT id, form, {{name}}, last_field, updated_at FROM {{table}}
    WHERE state = 'draft' AND id NOT IN ({_OF_OTHERS}) ORDER BY updated_at DESC, id DESC LIMIT 1
"""
_DESK: Final = "SELECT json FROM desk WHERE user_id = :user"


class _Tables(NamedTuple):
    """Where applications, lists and settings stand."""

    case: str
    roster: str
    setting: str


_TABLES: Final = _Tables('"case"', "roster", "setting")
_OLD_LISTS: Final = ", ".join(f"'{form_id}'" for form_id in schema.OLD_LISTS)
# A store that was not upgraded yet: its lists stand among the applications, and its settings have one scope.
_OLD_TABLES: Final = _Tables(
    f'(SELECT * FROM "case" WHERE form NOT IN ({_OLD_LISTS}))',
    f'(SELECT * FROM "case" WHERE form IN ({_OLD_LISTS}))',
    f"(SELECT '{schema.OFFICE}' AS scope, key, value FROM setting)",
)


def first_page(folder: Path, limit: int, key: str | None = None, user_id: str = "") -> FirstPage | None:
    """Return settings, the newest applications, their count, the draft to go on with, and the desk.

    Lists are not among the applications; the draft may be one.

    Args:
        folder: The store's.
        limit: How many applications.
        key: Of the store, 64 hexadecimal digits; that of the key file in stores of the last release.
        user_id: Who has signed in: drafts of others are left out.

    Returns:
        None where no store has been made yet.

    Raises:
        StoreFault: There is a store, but it cannot be read.
    """
    if not place.has_store(folder):
        return None
    if not key and place.has_slots(folder):
        raise StoreFault(faults.SIGN_IN_FIRST)
    fitting = key or place.read_key(folder)
    if not key and place.has_people(folder, fitting):
        raise StoreFault(faults.SLOTS_GONE)
    try:
        connection = place.connect(folder, fitting)
        try:
            return _read(connection, limit, user_id)
        finally:
            connection.close()
    except place.Error as error:
        raise StoreFault(faults.sentence(error)) from error
    except (ValueError, TypeError, AttributeError) as error:
        # A setting, a state or a time that this program never wrote.
        raise StoreFault(faults.DAMAGED) from error


def _read(connection: Any, limit: int, user_id: str) -> FirstPage:
    connection.execute("PRAGMA query_only = ON")
    connection.execute("BEGIN")
    version = place.version(connection)
    if version not in schema.REVISIONS:
        raise StoreFault(faults.NEWER if version else faults.DAMAGED)
    names = (_TABLES if version >= "0003" else _OLD_TABLES)._asdict()
    settings = _settings(connection.execute(_SETTINGS.format(**names)).fetchall())
    said = {"user": user_id, "limit": limit}
    case_table, roster_table = names["case"], names["roster"]
    rows = tuple(
        map(case_row, connection.execute(_ROWS.format(columns=selected(version), table=case_table), said))
    )
    count = connection.execute(_COUNT.format(table=case_table), said).fetchone()[0]
    case = connection.execute(_DRAFT.format(name="name", table=case_table), said).fetchone()
    roster = connection.execute(_DRAFT.format(name="''", table=roster_table), said).fetchone()
    drafts = [_unfinished(row) for row in (case, roster) if row]
    left = max(drafts, key=lambda each: (each.updated_at, each.case_id), default=None)
    desk = connection.execute(_DESK, said).fetchone() if version >= "0004" else None
    return FirstPage(settings, rows, count, left, _desk(desk[0]) if desk else None)


def _desk(text: str) -> dict[str, Json]:
    import json

    found: dict[str, Json] = json.loads(text)
    return found


def _settings(rows: Sequence[tuple[str, str, str, str, Json]]) -> dict[str, Json]:
    """Return the office's settings and those of the program whose own replica the store names."""
    said = {(scope, key): _setting(text, kind, value) for scope, key, text, kind, value in rows}
    scopes = [schema.OFFICE, *(value for (_, key), value in said.items() if key == schema.OWN_REPLICA)]
    return {
        key: value for (scope, key), value in said.items() if scope in scopes and key != schema.OWN_REPLICA
    }


def _setting(text: str, kind: str, value: Json) -> Json:
    if kind in _PLAIN:
        return value
    import json  # which raises a ValueError where SQLite finds none

    found: Json = json.loads(text)
    return found


def _unfinished(row: tuple[str, ...]) -> Unfinished:
    case_id, form_id, name, last_field, updated_at = row
    return Unfinished(case_id, form_id, name, last_field, moment(updated_at))
