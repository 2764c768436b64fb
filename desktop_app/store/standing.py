"""Whose store this is, and whether it is the one that this computer knows: held against the anchor at opening.

A store that was put back, rewritten or brought from another computer goes on, under a new epoch: what the lost copy
and this one both call event 17 can then be told apart.
"""

from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, select, update
from sqlalchemy.orm import Session

from desktop_app.store import faults, schema, tables
from desktop_app.store.anchor import Standing, read_anchor
from desktop_app.store.chain import append_event, first_hash
from desktop_app.store.faults import StoreFault
from desktop_app.store.records import Json
from desktop_app.store.settings import own_id
from desktop_app.store.times import moment_text

_ACTS = {faults.PUT_BACK: "put_back", faults.REWRITTEN: "rewritten", faults.FIRST_HERE: "first_here"}


def own_replica(connection: Connection) -> str:
    """Return the id of this installed program's replica.

    Raises:
        StoreFault: The store does not name it, or has no such replica.
    """
    settings, replicas = tables.setting.c, tables.replica.c
    text = connection.execute(select(settings.value).where(settings.key == schema.OWN_REPLICA)).scalar()
    found = own_id(text)
    if connection.execute(select(replicas.id).where(replicas.id == found)).scalar() is None:
        raise StoreFault(faults.DAMAGED)
    return found


def standing(session: Session) -> Standing:
    """Return how far the store's own replica has come."""
    replica = tables.replica.c
    wanted = select(replica.id, replica.epoch, replica.chain_number, replica.chain_head, replica.writes)
    return Standing(*session.execute(wanted.where(replica.id == session.info["replica_id"])).one())


def compared(session: Session, anchor: Path, now: datetime, *, is_known_here: bool) -> list[str]:
    """Hold the store against the anchor; record what was found as an event of a new epoch, and return its sentence.

    Args:
        session: Writing.
        anchor: Where this computer remembers the replica.
        now: Aware; before the last event it is told too.
        is_known_here: A store that was made or upgraded just now may have no anchor yet.

    Raises:
        StoreFault: The chain does not end where the store says.
    """
    told = []
    here, known = standing(session), read_anchor(anchor)
    events = tables.event.c
    last = session.execute(
        select(events.number, events.hash, events.at)
        .where(events.replica_id == here.replica_id)
        .order_by(events.number.desc())
        .limit(1)
    ).one_or_none()
    ends = (last.number, last.hash) if last else (0, first_hash(here.replica_id))
    if ends != (here.number, here.head):
        raise StoreFault(faults.DAMAGED)  # nothing can be added to such a chain
    if last and moment_text(now) < last.at:
        told.append(faults.CLOCK_BACK)
    found = _difference(session, here, known) if known else "" if is_known_here else faults.FIRST_HERE
    if found:
        begin_epoch(session, _ACTS[found], here, known, now)
        told.append(found)
    return told


def begin_epoch(session: Session, act: str, here: Standing, known: Standing | None, now: datetime) -> None:
    """Record that a store goes on from elsewhere than this computer remembers, as the first event of a new epoch.

    Args:
        session: Writing.
        act: What happened: `put_back`, `rewritten`, `first_here`.
        here: How far the store has come.
        known: What this computer remembers, if anything.
        now: Aware.
    """
    remembered: Json = dict(known._asdict()) if known else None
    epoch = max(here.epoch, known.epoch if known else 0) + 1
    session.execute(update(tables.replica).where(tables.replica.c.id == here.replica_id).values(epoch=epoch))
    payload: dict[str, Json] = {"epoch": epoch, "found": dict(here._asdict()), "remembered": remembered}
    append_event(session, act, "", now, payload)


def _difference(session: Session, here: Standing, known: Standing) -> str:
    """Return the sentence of what a store lacks that this computer remembers; empty where it lacks nothing."""
    if here.number < known.number:
        return faults.PUT_BACK
    events = tables.event.c
    head = session.execute(
        select(events.hash).where(events.replica_id == here.replica_id, events.number == known.number)
    ).scalar()
    if known.head != (head if known.number else first_hash(here.replica_id)):
        return faults.REWRITTEN
    return faults.PUT_BACK if here.writes < known.writes or here.epoch < known.epoch else ""
