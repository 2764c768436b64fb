"""What was done on an application as its history shows it, and what was paid in a time."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.case import Answers
from desktop_app.store import tables
from desktop_app.store.cases import load_case
from desktop_app.store.times import beijing_day, moment

# Where an act keeps why it was done, in the order of looking.
_REASONS: Final = ("reason", "finding", "ground", "changed", "what", "missing")


class Told(NamedTuple):
    """One line of a history."""

    number: int
    at: datetime
    actor_id: str
    act: str
    reason: str | None


def history_of(session: Session, case_id: str) -> tuple[Told, ...]:
    """Return everything that was done on an application, in order."""
    return tuple(
        Told(row.number, moment(row.at), row.actor_id, row.act, _reason(row.json))
        for row in _rows(session, case_id)
    )


def paid_between(session: Session, first: date, last: date) -> tuple[Answers, ...]:
    """Return the answers of each application that was paid from one day to another, both included.

    The day is the one that the newest payment names; one that failed afterwards counts not, one that came back does.
    """
    paid: dict[str, date] = {}
    for row in _rows(session, None):
        if row.act == "pay":
            on = _given(row.json).get("on")
            paid[row.case_id] = date.fromisoformat(on) if on else beijing_day(row.at)
        else:
            paid.pop(row.case_id, None)
    found = [case_id for case_id, day in paid.items() if first <= day <= last]
    return tuple(load_case(session, case_id).case.answers for case_id in found)


def _rows(session: Session, case_id: str | None) -> Any:
    event, payload = tables.event.c, tables.payload.c
    wanted = (
        select(event.number, event.at, event.actor_id, event.act, event.case_id, payload.json)
        .outerjoin(tables.payload, payload.id == event.payload_id)
        .order_by(event.at, event.replica_id, event.number)
    )
    if case_id is None:
        cases = select(tables.case.c.id)
        return session.execute(wanted.where(event.act.in_(("pay", "fail_payment")), event.case_id.in_(cases)))
    return session.execute(wanted.where(event.case_id == case_id))


def _given(text: str | None) -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(text).get("given", {}) if text else {}
    return found


def _reason(text: str | None) -> str | None:
    given = _given(text)
    told = next((given[name] for name in _REASONS if given.get(name)), None)
    if isinstance(told, Mapping):
        return str(told.get("words") or told.get("code"))
    return "；".join(map(str, told)) if isinstance(told, list) else told
