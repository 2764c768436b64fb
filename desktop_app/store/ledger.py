"""What each application leaves in the ledger of awards, from its own deeds, and whether the ledger still says so."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.case import Case
from desktop_app.policy.catalogue import policy_at_hand
from desktop_app.store import tables
from desktop_app.store.answers import case_of
from desktop_app.store.awards import award_of_case, awarded_on, keep_award
from desktop_app.store.faults import StoreFault
from desktop_app.store.times import beijing_day, moment_text
from desktop_app.workflow.states import LEDGER_STATUS, State, is_suspected, ledger_status, state_of

# Acts that settle what an application comes to; the day of the newest one is the day of its award.
SETTLING: Final = frozenset(
    ("pay", "recover", "refuse", "uphold_refusal", "not_accept", "uphold_objection", "confirm_duplicate")
)
LEDGER_ACTS: Final = SETTLING | {"suspect_duplicate"}

_CASE: Final = tables.case.c
_CASES: Final = select(
    _CASE.id, _CASE.form, _CASE.version, _CASE.region, _CASE.governing_day, _CASE.answers, _CASE.state
)


def follow(session: Session, case_id: str, act: str, now: datetime, given: Mapping[str, object]) -> None:
    """Let the ledger say what an application comes to after an act that was just written.

    One that is only looked into comes to what it came to before.
    """
    row = session.execute(_CASES.where(tables.case.c.id == case_id)).one_or_none()
    if row is None or is_suspected(state_of(row.state)):
        return
    on = _named_day(given, beijing_day(moment_text(now))) if act in SETTLING else awarded_on(session, case_id)
    paper = case_of(row.form, row.version, row.region, row.governing_day, row.answers, "[]")
    keep_award(session, case_id, _line(case_id, paper, state_of(row.state), None, on), now)


def _line(
    case_id: str, case: Case, state: State, suspected: State | None, settled: date | None
) -> dict[str, Any] | None:
    status = ledger_status(state, suspected)
    if status is None:
        return None
    rules = policy_at_hand(case.region)
    on = None if status == "applied" else settled
    return award_of_case(case, case_id, status, on, rules.programme if rules else "")


def _named_day(given: Any, own: date) -> date:
    """Return the day that an act names, or its own."""
    named = given.get("on")
    return date.fromisoformat(named) if isinstance(named, str) else own


class LedgerEvents(NamedTuple):
    """What the events say that the ledger holds.

    Attributes:
        suspected: The state in which each application was last suspected to be a duplicate.
        settled: The moment and the payload of the newest act that settled what each comes to.
    """

    suspected: dict[str, str]
    settled: dict[str, tuple[str, str | None]]

    def take(self, case_id: str, act: str, before: str | None, at: str, payload: str | None) -> None:
        """Add an event of `LEDGER_ACTS`."""
        if act == "suspect_duplicate":
            self.suspected[case_id] = before or "draft"
        else:
            self.settled[case_id] = (at, payload)


def ledger_faults(session: Session, told: LedgerEvents) -> Iterator[str]:
    """Yield the id of each application of which the ledger says otherwise than its events."""
    columns, case = tables.award.c, tables.case.c
    rows = session.execute(select(tables.award).where(columns.case_id.is_not(None))).mappings()
    held = {row["case_id"]: {key: value for key, value in row.items() if key != "id"} for row in rows}
    wanted = _CASES.where(case.state.in_(tuple(LEDGER_STATUS))).execution_options(yield_per=1000)
    for row in session.execute(wanted):
        found = held.pop(row.id, None)
        try:
            if found != _promised(row, told):
                yield row.id
        except (StoreFault, ValueError, TypeError, KeyError, AttributeError):
            yield row.id
    yield from held


def _promised(row: Any, told: LedgerEvents) -> dict[str, Any] | None:
    paper = case_of(row.form, row.version, row.region, row.governing_day, row.answers, "[]")
    suspected, settled = told.suspected.get(row.id), told.settled.get(row.id)
    on = None
    if settled is not None:
        said = json.loads(settled[1]) if settled[1] else {}
        on = _named_day(said.get("given", {}), beijing_day(settled[0]))
    return _line(row.id, paper, state_of(row.state), state_of(suspected) if suspected else None, on)
