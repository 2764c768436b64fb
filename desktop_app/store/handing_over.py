"""Handing a draft over to a named colleague, as at a change of shift; the event names both.

It moves the owner and no state, so it is no line of the table of acts. What stands against it is worked out here, from
who is signed in and from the table of people.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from desktop_app.store import faults, people, tables
from desktop_app.store.chain import append_event
from desktop_app.store.faults import StoreFault
from desktop_app.store.owners import own_id
from desktop_app.store.papers import table_of
from desktop_app.store.times import moment, moment_text
from desktop_app.store.trust import Person
from desktop_app.workflow.states import FIRST_STATE, STATE_LABELS, is_draft, state_of

ACT: Final = "hand_over"


class Left(NamedTuple):
    """Drafts that a person has begun and not finished.

    Attributes:
        is_removed: The person does not work here any more.
    """

    owner: str
    name: str
    drafts: int
    is_removed: bool


class Received(NamedTuple):
    """Who handed a draft over, and when."""

    name: str
    at: datetime


def hand_over(session: Session, paper_ids: Sequence[str], to: str, now: datetime) -> str:
    """Give drafts, applications or lists, to a colleague; return the colleague's name. All of them, or none.

    Args:
        session: Of a store opened for writing.
        paper_ids: Each with an event of its own.
        to: The id of who is to go on with them.
        now: Aware.

    Raises:
        StoreFault: Something stands against it, told in one sentence; nothing has changed.
    """
    found = people.trust_of(session).everybody
    giver = people.signed_in_person(session)
    receiver = found.get(to)
    for paper_id in paper_ids:
        table = table_of(session, paper_id)
        row = session.execute(
            select(table.c.owner, table.c.state, table.c.revision).where(table.c.id == paper_id)
        ).one_or_none()
        if row is None:
            raise StoreFault(faults.CASE_MISSING)
        if told := against(row.state, row.owner, giver, receiver, found):
            raise StoreFault(told)
        session.execute(
            update(table)
            .where(table.c.id == paper_id)
            .values(owner=to, revision=row.revision + 1, updated_at=moment_text(now))
        )
        said = {"from": row.owner, "from_name": _name(row.owner, found), "to": to, "to_name": found[to].name}
        append_event(session, ACT, giver.id, now, said, paper_id, row.state)
    return found[to].name


def against(
    state: str, owner: str, giver: Person, receiver: Person | None, everybody: Mapping[str, Person]
) -> str:
    """Return the sentence that stands against a hand-over; empty where it may be done. Pure.

    Args:
        state: Of the application or list.
        owner: Whose it is; a counter's, where an earlier release began it.
        giver: Who is signed in.
        receiver: To whom it is to go; None where nobody is known by that id.
        everybody: Those who were removed among them.
    """
    if not is_draft(state_of(state)):
        label = STATE_LABELS[state_of(state)]
        return f"交接的是没填完的草稿，这份申请现在是“{label}”，经办人都看得到，不用交接。"
    if receiver is None or receiver.is_removed:
        return people.NO_USER
    if "clerk" not in receiver.roles:
        return f"草稿要交给经办人，{receiver.name}没有经办人的角色，请换一位同事。"
    if receiver.id == owner:
        return f"这份草稿本来就是{receiver.name}的，请换一位同事。"
    if owner == giver.id or owner not in everybody:
        return (
            "" if "clerk" in giver.roles or owner == giver.id else "草稿由经办人交接，请换经办人登录后办理。"
        )
    if not everybody[owner].is_removed:
        return f"这份草稿是{everybody[owner].name}的，要由本人登录后交接。"
    if "administrator" not in giver.roles:
        return f"{everybody[owner].name}已经移除，留下的草稿请管理员交接。"
    return ""


def left_by_others(session: Session) -> tuple[Left, ...]:
    """Return whose drafts are hidden from who is signed in, by name, with how many there are."""
    counts: dict[str, int] = {}
    for table in (tables.case, tables.roster):
        columns = table.c
        wanted = (
            select(columns.owner, func.count()).where(columns.state == FIRST_STATE).group_by(columns.owner)
        )
        for owner, count in session.execute(wanted):
            counts[owner] = counts.get(owner, 0) + count
    everybody = people.trust_of(session).everybody
    left = [
        Left(owner, everybody[owner].name, count, everybody[owner].is_removed)
        for owner, count in counts.items()
        if owner in everybody and owner != own_id(session)
    ]
    return tuple(sorted(left, key=lambda each: (each.name, each.owner)))


def drafts_of(session: Session, owner: str) -> tuple[str, ...]:
    """Return the ids of a person's drafts, the oldest first."""
    found: list[str] = []
    for table in (tables.case, tables.roster):
        wanted = select(table.c.id).where(table.c.state == FIRST_STATE, table.c.owner == owner)
        found += session.execute(wanted.order_by(table.c.id)).scalars()
    return tuple(found)


def received(session: Session, paper_id: str) -> Received | None:
    """Return who handed over an application or list last, to who is signed in; None where nobody did."""
    events, payloads = tables.event.c, tables.payload.c
    wanted = (
        select(events.at, payloads.json)
        .join(tables.payload, payloads.id == events.payload_id)
        .where(events.case_id == paper_id, events.act == ACT)
        .order_by(events.at.desc(), events.number.desc())
        .limit(1)
    )
    row = session.execute(wanted).one_or_none()
    said = json.loads(row.json) if row is not None else {}
    if row is None or said["to"] != own_id(session):
        return None
    return Received(said["from_name"], moment(row.at))


def _name(owner: str, everybody: Mapping[str, Person]) -> str:
    """Return the name of a person; that of the counter where an earlier release knew no person."""
    return everybody[owner].name if owner in everybody else owner
