"""Settings, a name and a JSON value each: of the whole office, or of this installed program alone.

What is decided is an event; how a window looks is none. Two counters on one store share what is the office's, and each
keeps its own printer, columns and window.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from desktop_app.protection import SETTING
from desktop_app.store import people, schema, tables
from desktop_app.store.chain import append_event
from desktop_app.store.faults import StoreFault
from desktop_app.store.json_text import json_text
from desktop_app.store.records import Json
from desktop_app.store.slots import read_slots, write_slots
from desktop_app.store.trust import SignedIn

# Beginnings of the names of settings that say how a window looks, and nothing of an application.
LOOKS: Final = ("list.", "paper.", "panel.", "window.size")
# Beginnings of the names of the whole office's settings; every other one is this installed program's own.
_OFFICE: Final = ("region", "office", "policy.", "typing.", "protection")


# What decides who may do what is signed for by the administrator who sets it.
SIGNED: Final = frozenset((SETTING, "policy.reviewer_may_confirm", "policy.password_again"))

NOT_ADMINISTRATOR: Final = "机构的设置由管理员修改，请管理员登录后再改。"


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
    """Keep values under their names, in place of what was there, with one event of what has changed.

    Args:
        session: Of a store opened for writing.
        values: By the names of the settings.
        actor_id: Who decides, in a store where nobody is registered; else it is who has signed in.
        now: Aware.

    Raises:
        StoreFault: The whole office's settings are an administrator's.
    """
    signer: SignedIn | None = session.info.get("signer")
    is_of_people = signer is not None or people.user_rows(session)
    if is_of_people:
        actor = people.actor(session)
        if any(map(is_of_office, values)) and not actor.may("set_office"):
            raise StoreFault(NOT_ADMINISTRATOR)
        actor_id = actor.id
    old = settings(session)
    changed = {key: value for key, value in values.items() if key not in old or old[key] != value}
    columns = tables.setting.c
    for key, value in changed.items():
        scope = scope_of(key, session.info["replica_id"])
        session.execute(delete(tables.setting).where(columns.scope == scope, columns.key == key))
        session.execute(insert(tables.setting).values(scope=scope, key=key, value=json_text(value)))
    decided = {key: value for key, value in changed.items() if not key.startswith(LOOKS)}
    if decided:
        is_signed = signer is not None and not SIGNED.isdisjoint(decided)
        secrets = signer.secrets if signer is not None and is_signed else None
        append_event(session, "set", actor_id, now, {"settings": decided}, signer=secrets)
    if SETTING in changed and signer is not None:
        # Should the transaction fail now, the next opening mends them.
        keep_profile(session.info["folder"], str(changed[SETTING]))


def keep_profile(folder: Path, profile_id: str) -> bool:
    """Let the slots say which rules hold before the store can be read; say whether they said another.

    Raises:
        StoreFault: They cannot be read or written.
    """
    slots = read_slots(folder)
    if slots.profile == profile_id:
        return False
    write_slots(folder, slots._replace(profile=profile_id))
    return True
