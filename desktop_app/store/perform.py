"""The one door that moves an application or list: an act of the table, by who is signed in, whole or refused in words.

One act is one transaction over case, event, outbox, ledger and the lists on which the case stands. Roles come from the
signed rows of people, what stands against an act from the stored case and its events: neither is ever taken from who
asks. Saving a draft is no act.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Integer, cast, func, select, update
from sqlalchemy.orm import Session

from desktop_app.case import Case
from desktop_app.forms.catalogue import form
from desktop_app.policy.assess import assess
from desktop_app.policy.calendars import calendar
from desktop_app.policy.catalogue import policy_at_hand
from desktop_app.store import faults, tables
from desktop_app.store.cases import corrected_columns, move_case
from desktop_app.store.confirming import ASKED, is_asked
from desktop_app.store.deeds import deeds_of
from desktop_app.store.faults import StoreFault
from desktop_app.store.json_text import json_text
from desktop_app.store.known import known_of
from desktop_app.store.office_rules import (
    PAY_ONLY_AFTER_RECEIPT,
    REVIEWER_MAY_CONFIRM,
    periods_of,
    since,
    until,
)
from desktop_app.store.papers import load_paper, open_paper, table_of
from desktop_app.store.records import Json, StoredCase
from desktop_app.store.rights import acting
from desktop_app.store.settings import settings
from desktop_app.store.times import beijing_day, moment_text
from desktop_app.workflow.acts import ACT, RECORD, Act, is_signed_act
from desktop_app.workflow.deadlines import Due
from desktop_app.workflow.doing import Change, Matter, against, given_json
from desktop_app.workflow.doings import DOINGS, open_acts, turn
from desktop_app.workflow.lists import LIST_KINDS
from desktop_app.workflow.queues import Turn
from desktop_app.workflow.refusals import Deed, Standing, refusals
from desktop_app.workflow.roles import Actor
from desktop_app.workflow.states import State

_NUMBER_DIGITS: Final = 5


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


def perform(
    session: Session,
    act_id: str,
    case_id: str,
    revision: int,
    given: Mapping[str, object],
    now: datetime,
) -> Done:
    """Do an act on a case as the person who is signed in, or refuse it.

    Args:
        session: Of a store opened for writing; the act belongs to its transaction.
        act_id: A line of the table of acts, or what is recorded beside it.
        case_id: The application, or the list that was filled in as a paper.
        revision: The one that the person has seen; an act on anything else is refused.
        given: What the act asks for, by name.
        now: Aware; the act's moment, whose day in Beijing is the act's day.

    Raises:
        Refused: Something stands against it, told in words.
        StoreFault: There is no such case, another change came before this one, nobody is signed in, or what the act
            would rely on was changed behind the program's back.
        KeyError: The table has no such act.
    """
    act = RECORD.get(act_id) or ACT[act_id]
    actor = acting(session)
    stored = load_paper(session, case_id)
    if stored.revision != revision:
        raise StoreFault(faults.CASE_CHANGED)
    listed = (f"“{act.label}”按名单办理，请在名单上办理。",) if act.is_list else ()
    return do(session, act, stored, given, now, actor, listed)


def do(
    session: Session,
    act: Act,
    stored: StoredCase,
    given: Mapping[str, object],
    now: datetime,
    actor: Actor,
    further: tuple[str, ...] = (),
) -> Done:
    """Do an act on a case that was read in this transaction; `further` is what stands against it besides.

    Raises:
        Refused: Something stands against it.
        StoreFault: What the act would rely on was changed behind the program's back.
    """
    day = beijing_day(moment_text(now))
    matter = matter_of(session, act, stored, given, day)
    doing = DOINGS[act.id]
    held = settings(session)
    may_confirm = held.get(REVIEWER_MAY_CONFIRM) is True
    is_signed = act.id in ACT and is_signed_act(act.id, stored.state)
    asked = (ASKED,) if is_signed and is_asked(session, held) else ()
    told = (*further, *against(doing, matter), *asked)
    standing = Standing(stored.state, matter.deeds, may_confirm, {act.id: told})
    if told := refusals(act, standing, actor, given, day):
        raise Refused(told)
    change = doing.change(matter)
    deed = Deed(act.id, actor.id, stored.state, given_json(given), change.state, day)
    columns, said = _written(session, stored, change, matter, deed)
    table = table_of(session, stored.id)
    payload: dict[str, Json] = {
        "form": stored.case.form_id,
        "form_version": stored.case.form_version,
        "given": given_json(given),
        **said,
    }
    secrets = session.info["signer"].secrets if is_signed else None
    new = move_case(
        session,
        stored.id,
        stored.revision,
        change.state,
        act.id,
        actor.id,
        now,
        payload,
        table,
        secrets,
        columns,
    )
    if table is tables.case:
        _leave_lists(session, stored.id, change.state)
    return Done(stored.id, change.state, new)


def move_list(
    session: Session,
    roster: StoredCase,
    state: State,
    act: Act,
    actor: Actor,
    now: datetime,
    payload: Mapping[str, Json],
) -> None:
    """Record an act on a list itself, after its applications were moved."""
    is_signed = act.id in ACT and is_signed_act(act.id, roster.state)
    secrets = session.info["signer"].secrets if is_signed else None
    move_case(
        session,
        roster.id,
        roster.revision,
        state,
        act.id,
        actor.id,
        now,
        payload,
        tables.roster,
        secrets,
    )


def matter_of(
    session: Session, act: Act, stored: StoredCase, given: Mapping[str, object], day: date
) -> Matter:
    """Return a case as an act looks at it.

    Raises:
        StoreFault: An event of it was changed behind the program's back.
    """
    paper = form(stored.case.form_id, stored.case.form_version)
    rules = None if paper.is_list else policy_at_hand(stored.case.region)
    known, held = known_of(session, stored, day), settings(session)
    return Matter(
        act,
        stored.case,
        stored.state,
        paper,
        rules,
        known,
        assess(paper, stored.case, rules, known) if rules else None,
        deeds_of(session, stored.id),
        given,
        day,
        calendar(stored.case.region) if rules else None,
        periods_of(held),
        lists_of(session, stored.id),
        held.get(PAY_ONLY_AFTER_RECEIPT) is True,
    )


class View(NamedTuple):
    """What everybody is told of a case, and what one person may do with it.

    Attributes:
        since: The day on which it came into its state.
        due: Until when it is to be dealt with.
    """

    stored: StoredCase
    matter: Matter
    since: date
    due: Due
    turn: tuple[Turn, ...]
    acts: tuple[Act, ...]


def view_of(session: Session, case_id: str, day: date) -> View:
    """Return how an application stands for the person who is signed in.

    Raises:
        StoreFault: There is none, it is a colleague's draft, or what it rests on was changed.
    """
    stored = open_paper(session, case_id)
    matter = matter_of(session, ACT["finish"], stored, {}, day)
    may_confirm = settings(session).get(REVIEWER_MAY_CONFIRM) is True
    return View(
        stored,
        matter,
        since(matter.deeds, beijing_day(moment_text(stored.created_at))),
        until(matter, stored.state, matter.deeds),
        turn(matter),
        open_acts(matter, acting(session), may_confirm),
    )


def lists_of(session: Session, case_id: str) -> dict[str, str]:
    """Return the lists on which an application keeps its place, kind to name."""
    line, roster = tables.roster_line.c, tables.roster.c
    wanted = (
        select(line.live, roster.name)
        .join(tables.roster, roster.id == line.roster_id)
        .where(line.case_id == case_id, line.live.is_not(None))
    )
    return {row.live: row.name for row in session.execute(wanted)}


def _written(
    session: Session, stored: StoredCase, change: Change, matter: Matter, deed: Deed
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the columns that a change sets, and what its event says of them."""
    columns: dict[str, Any] = {}
    said = dict(change.says)
    if change.answers:
        before, new = stored.case.answers, _changed(stored.case, change)
        columns |= corrected_columns(session, stored.id, stored.case, new)
        said["changed"] = given_json({key: (before.get(key), value) for key, value in change.answers.items()})
    if change.choices:
        held = {rule: list(choice) for rule, choice in {**stored.choices, **change.choices}.items()}
        columns["choices"] = json_text(dict(sorted(held.items())))
    if change.is_numbered:
        columns["number"] = said["number"] = _next_number(session, stored.office, matter.day)
    if matter.policy is not None:
        deeds = (*matter.deeds, deed)
        found = until(matter, change.state, deeds)
        begun = beijing_day(moment_text(stored.created_at))
        columns["since"] = since(deeds, begun).isoformat()
        columns["due"] = found.day.isoformat() if found.day else None
        columns["due_other"] = found.other.isoformat() if found.other else None
    return columns, said


def _changed(case: Case, change: Change) -> Case:
    """Return the application as it stands with what an act sets; the day of application chooses the rules."""
    applied = change.answers.get("claim.applied_on")
    day = applied if isinstance(applied, date) else case.governing_day
    return replace(case, answers={**case.answers, **change.answers}, governing_day=day)


def _leave_lists(session: Session, case_id: str, state: State) -> None:
    leaving = [kind for kind, each in LIST_KINDS.items() if state not in each.stays_in]
    lines = tables.roster_line.c
    session.execute(
        update(tables.roster_line).where(lines.case_id == case_id, lines.live.in_(leaving)).values(live=None)
    )


def _next_number(session: Session, office: str, day: date) -> str:
    """Return the running number after the last one of an office and a year, `220104001-2017-00012`."""
    numbers, beginning = tables.case.c.number, f"{office}-{day.year}-"
    running = cast(func.substr(numbers, len(beginning) + 1), Integer)
    last = session.execute(
        select(func.max(running)).where(numbers.startswith(beginning, autoescape=True))
    ).scalar()
    return f"{beginning}{(last or 0) + 1:0{_NUMBER_DIGITS}}"
