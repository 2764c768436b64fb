"""What a person had open when the program was locked: one value for each, kept until the person signs in again.

It is in the store, so it is sealed with everything else; nobody else's window asks for it.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from desktop_app.store import tables
from desktop_app.store.json_text import json_text
from desktop_app.store.owners import own_id
from desktop_app.store.records import Json
from desktop_app.store.times import moment_text


def keep_desk(session: Session, desk: Mapping[str, Json], now: datetime) -> None:
    """Keep what who is signed in has open, in place of what was kept before."""
    clear_desk(session)
    values = {"user_id": own_id(session), "json": json_text(dict(desk)), "updated_at": moment_text(now)}
    session.execute(insert(tables.desk).values(values))


def clear_desk(session: Session) -> None:
    """Forget it: everything lies open again."""
    session.execute(delete(tables.desk).where(tables.desk.c.user_id == own_id(session)))
