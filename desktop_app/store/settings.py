"""Settings, a name and a JSON value each: of the whole office, or of this installed program alone.

What is decided is an event; how a window looks is none. Two counters on one store share what is the office's, and each
keeps its own printer, columns and window.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from desktop_app.store import schema, tables
from desktop_app.store.chain import append_event
from desktop_app.store.json_text import json_text
from desktop_app.store.records import Json

# Beginnings of the names of settings that say how a window looks, and nothing of an application.
LOOKS: Final = ("list.", "paper.", "panel.", "window.size")
# Beginnings of the names of the whole office's settings; every other one is this installed program's own.
_OFFICE: Final = ("region", "office", "policy.", "typing.", "protection")


def is_of_office(key: str) -> bool:
    """Say whether a setting is the whole office's."""
    return key.startswith(_OFFICE)


def scope_of(key: str, replica_id: str) -> str:
    """Return whose setting a name is: the office's, or the replica's own."""
    return schema.OFFICE if is_of_office(key) else replica_id


def own_id(text: str | None) -> str:
    """Return the own replica's id from the value of its setting; empty where there is none that can be read."""
    try:
        found = json.loads(text or "")
    except ValueError:
        return ""
    return found if isinstance(found, str) else ""


def settings(session: Session) -> dict[str, Json]:
    """Return the office's settings and this installed program's own."""
    columns = tables.setting.c
    scopes = (schema.OFFICE, session.info["replica_id"])
    rows = session.execute(
        select(tables.setting).where(columns.scope.in_(scopes), columns.key != schema.OWN_REPLICA)
    )
    return {row.key: json.loads(row.value) for row in rows}


def set_settings(session: Session, values: Mapping[str, Json], actor_id: str, now: datetime) -> None:
    """Keep values under their names, in place of what was there, with one event of what has changed."""
    old = settings(session)
    changed = {key: value for key, value in values.items() if key not in old or old[key] != value}
    columns = tables.setting.c
    for key, value in changed.items():
        scope = scope_of(key, session.info["replica_id"])
        session.execute(delete(tables.setting).where(columns.scope == scope, columns.key == key))
        session.execute(insert(tables.setting).values(scope=scope, key=key, value=json_text(value)))
    decided = {key: value for key, value in changed.items() if not key.startswith(LOOKS)}
    if decided:
        append_event(session, "set", actor_id, now, {"settings": decided})
