"""The one door that moves an application or list: an act of the table, by who is signed in, whole or refused in words.

One act is one transaction over case, event and outbox. Roles come from the signed rows of people, what stands against
an act from the stored case and its events: neither is ever taken from who asks. Saving a draft is no act.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Integer, cast, func, select
from sqlalchemy.orm import Session

from desktop_app.forms.catalogue import form
from desktop_app.policy.assess import assess
from desktop_app.policy.catalogue import policy_at_hand
from desktop_app.store import faults, people, tables
from desktop_app.store.answers import answers_text
from desktop_app.store.cases import move_case
from desktop_app.store.deeds import deeds_of
from desktop_app.store.faults import StoreFault
from desktop_app.store.known import known_of
from desktop_app.store.papers import load_paper, table_of
from desktop_app.store.records import Json, StoredCase
from desktop_app.store.times import beijing_day, moment_text
from desktop_app.workflow.acts import ACT, Act, is_signed_act
from desktop_app.workflow.doing import DOINGS, Change, Matter, against, given_json
from desktop_app.workflow.refusals import Standing, refusals
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
        act_id: A line of the table of acts.
        case_id: The application, or the list.
        revision: The one that the person has seen; an act on anything else is refused.
        given: What the act asks for, by name.
        now: Aware; the act's moment, whose day in Beijing is the act's day.

    Raises:
        Refused: Something stands against it, told in words.
        StoreFault: There is no such case, another change came before this one, nobody is signed in, or what the act
            would rely on was changed behind the program's back.
        KeyError: The table has no such act.
    """
    act = ACT[act_id]
    actor = acting(session)
    stored = load_paper(session, case_id)
    if stored.revision != revision:
        raise StoreFault(faults.CASE_CHANGED)
    doing = DOINGS.get(act_id)
    if doing is None:
        raise Refused((f"“{act.label}”还不能在本程序里办理，请照原来的办法办理。",))
    day = beijing_day(moment_text(now))
    matter = _matter(session, act, stored, given, day)
    standing = Standing(stored.state, matter.deeds, obstacles={act_id: against(doing, matter)})
    if told := refusals(act, standing, actor, given, day):
        raise Refused(told)
    change = doing.change(matter)
    columns, said = _written(session, stored, change, day)
    payload: dict[str, Json] = {
        "form": stored.case.form_id,
        "form_version": stored.case.form_version,
        "given": given_json(given),
        **said,
    }
    new = move_case(
        session,
        case_id,
        revision,
        change.state,
        act_id,
        actor.id,
        now,
        payload,
        table_of(session, case_id),
        session.info["signer"].secrets if is_signed_act(act_id, stored.state) else None,
        columns,
    )
    return Done(case_id, change.state, new)


def acting(session: Session) -> Actor:
    """Return who acts: the person who is signed in. A store without people has its installed program as its clerk.

    Raises:
        StoreFault: Nobody is signed in, or the table of people was changed behind the program's back.
    """
    if session.info.get("signer") is None and not people.user_rows(session):
        return Actor(session.info["replica_id"], "", frozenset(("clerk",)))
    return people.actor(session)


def _matter(session: Session, act: Act, stored: StoredCase, given: Mapping[str, object], day: date) -> Matter:
    paper = form(stored.case.form_id, stored.case.form_version)
    rules = None if paper.is_list else policy_at_hand(stored.case.region)
    known = known_of(session, stored, day)
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
    )


def _written(
    session: Session, stored: StoredCase, change: Change, day: date
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the columns that a change sets, and what its event says of them."""
    columns, said = {}, dict(change.says)
    if change.answers:
        before = stored.case.answers
        columns["answers"] = answers_text({**before, **change.answers})
        said["changed"] = given_json({key: (before.get(key), new) for key, new in change.answers.items()})
    if change.is_numbered:
        columns["number"] = said["number"] = _next_number(session, stored.office, day)
    return columns, said


def _next_number(session: Session, office: str, day: date) -> str:
    """Return the running number after the last one of an office and a year, `220104001-2017-00012`."""
    numbers, beginning = tables.case.c.number, f"{office}-{day.year}-"
    running = cast(func.substr(numbers, len(beginning) + 1), Integer)
    last = session.execute(
        select(func.max(running)).where(numbers.startswith(beginning, autoescape=True))
    ).scalar()
    return f"{beginning}{(last or 0) + 1:0{_NUMBER_DIGITS}}"
