"""Settings of this installed program: a name and a JSON value each.

What an office decides is an event; how a window looks is none.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from desktop_app.store import tables
from desktop_app.store.chain import append_event
from desktop_app.store.json_text import json_text
from desktop_app.store.records import Json

# Beginnings of the names of settings that say how a window looks, and nothing of an application.
LOOKS: Final = ("list.", "paper.", "window.size")


def own_id(text: str | None) -> str:
    """Return the own replica's id from the value of its setting; empty where there is none that can be read."""
    try:
        found = json.loads(text or "")
    except ValueError:
        return ""
    return found if isinstance(found, str) else ""


def setting(session: Session, key: str) -> Json:
    """Return the value of `key`; None when it was never set."""
    text = session.execute(select(tables.setting.c.value).where(tables.setting.c.key == key)).scalar()
    value: Json = None if text is None else json.loads(text)
    return value


def settings(session: Session) -> dict[str, Json]:
    """Return all settings."""
    rows = session.execute(select(tables.setting).where(tables.setting.c.key != tables.OWN_REPLICA))
    return {row.key: json.loads(row.value) for row in rows}


def set_settings(session: Session, values: Mapping[str, Json], actor_id: str, now: datetime) -> None:
    """Keep values under their names, in place of what was there, with one event of what has changed."""
    old = settings(session)
    changed = {key: value for key, value in values.items() if key not in old or old[key] != value}
    for key, value in changed.items():
        session.execute(delete(tables.setting).where(tables.setting.c.key == key))
        session.execute(insert(tables.setting).values(key=key, value=json_text(value)))
    decided = {key: value for key, value in changed.items() if not key.startswith(LOOKS)}
    if decided:
        append_event(session, "set", actor_id, now, {"settings": decided})
