"""Settings of this installed program: a name and a JSON value each."""

import json

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from desktop_app.store import tables
from desktop_app.store.records import Json


def setting(session: Session, key: str) -> Json:
    """Return the value of `key`; None when it was never set."""
    text = session.execute(select(tables.setting.c.value).where(tables.setting.c.key == key)).scalar()
    value: Json = None if text is None else json.loads(text)
    return value


def settings(session: Session) -> dict[str, Json]:
    """Return all settings."""
    return {row.key: json.loads(row.value) for row in session.execute(select(tables.setting))}


def set_setting(session: Session, key: str, value: Json) -> None:
    """Keep `value` under `key`, in place of what was there."""
    session.execute(delete(tables.setting).where(tables.setting.c.key == key))
    session.execute(insert(tables.setting).values(key=key, value=json.dumps(value, ensure_ascii=False)))
