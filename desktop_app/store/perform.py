"""The one door that moves an application or list: an act of the table, by a person, written whole or refused in words.

One act is one transaction over case, event and outbox. What stands against it is worked out here from the stored case
and never taken from who asks. Saving a draft is no act.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.forms.catalogue import form
from desktop_app.forms.model import Form
from desktop_app.policy.assess import Assessment, assess
from desktop_app.policy.catalogue import policy_at_hand
from desktop_app.policy.finishing import against_finishing, sentences
from desktop_app.policy.model import Known, Policy
from desktop_app.policy.record import decision_record
from desktop_app.store import faults, tables
from desktop_app.store.cases import move_case
from desktop_app.store.faults import StoreFault
from desktop_app.store.known import known_of
from desktop_app.store.papers import load_paper, table_of
from desktop_app.store.records import Json, StoredCase
from desktop_app.store.times import beijing_day, moment_text
from desktop_app.workflow.acts import ACT
from desktop_app.workflow.refusals import Deed, Standing, refusals
from desktop_app.workflow.roles import Actor
from desktop_app.workflow.states import State


class Refused(StoreFault):
    """An act may not be done now; nothing has changed.

    Attributes:
        sentences: Everything that stands against it, in plain words.
    """

    def __init__(self, sentences: tuple[str, ...]) -> None:
        self.sentences = sentences
        super().__init__(sentences[0])


class Done(NamedTuple):
    """What an act has made of a case."""

    case_id: str
    state: State
    revision: int


class Work(NamedTuple):
    """A case while an act is done on it: as it is stored, its paper, what the policy makes of it."""

    stored: StoredCase
    form: Form
    policy: Policy | None
    known: Known
    assessment: Assessment | None


def perform(
    session: Session,
    act_id: str,
    case_id: str,
    revision: int,
    actor: Actor,
    given: Mapping[str, object],
    now: datetime,
) -> Done:
    """Do an act on a case, or refuse it.

    Args:
        session: Of a store opened for writing; the act belongs to its transaction.
        act_id: A line of the table of acts.
        case_id: The application, or the list.
        revision: The one that the person has seen; an act on anything else is refused.
        actor: Who does it.
        given: What the act asks for, by name.
        now: Aware; the act's moment, whose day in Beijing is the act's day.

    Raises:
        Refused: Something stands against it, told in words.
        StoreFault: There is no such case, or another change came before this one.
        KeyError: The table has no such act.
    """
    act = ACT[act_id]
    stored = load_paper(session, case_id)
    if stored.revision != revision:
        raise StoreFault(faults.CASE_CHANGED)
    if act_id not in _SAYS:
        raise Refused((f"“{act.label}”还不能在本程序里办理，请照原来的办法办理。",))
    day = beijing_day(moment_text(now))
    work = _work(session, stored, day)
    standing = Standing(stored.state, _deeds(session, case_id), obstacles=_obstacles(work, act_id, day))
    if told := refusals(act, standing, actor, given, day):
        raise Refused(told)
    after = act.after[0]
    said = {"form": stored.case.form_id, "form_version": stored.case.form_version, **_SAYS[act_id](work)}
    table = table_of(session, case_id)
    return Done(
        case_id, after, move_case(session, case_id, revision, after, act_id, actor.id, now, said, table)
    )


def _work(session: Session, stored: StoredCase, day: date) -> Work:
    paper = form(stored.case.form_id, stored.case.form_version)
    rules = None if paper.is_list else policy_at_hand(stored.case.region)
    known = known_of(session, stored, day)
    return Work(stored, paper, rules, known, assess(paper, stored.case, rules, known) if rules else None)


def _obstacles(work: Work, act_id: str, day: date) -> Mapping[str, tuple[str, ...]]:
    if act_id != "finish":
        return {}
    found = against_finishing(work.form, work.stored.case, work.assessment, day)
    return {"finish": sentences(found)}


def _deeds(session: Session, case_id: str) -> tuple[Deed, ...]:
    events = tables.event.c
    told = session.execute(
        select(events.act, events.actor_id, events.state_before)
        .where(events.case_id == case_id)
        .order_by(events.at, events.number)
    )
    return tuple(Deed(row.act, row.actor_id, row.state_before or "draft") for row in told)


def _decided(work: Work) -> dict[str, Json]:
    """Return the decision with everything that it was made from, for the event to keep."""
    if work.policy is None:
        return {"decision": {}}
    record: dict[str, Any] = decision_record(work.stored.case, work.policy, work.known)
    return {"decision": record}


# What the event of each act says beside the states; an act that is not named cannot be done here yet.
_SAYS: Final[Mapping[str, Callable[[Work], dict[str, Json]]]] = MappingProxyType(
    {"finish": _decided, "reopen": lambda _work: {}}
)
