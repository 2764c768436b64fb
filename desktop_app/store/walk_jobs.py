"""One application on its walk, as a window asks for it: everything that is to be seen of it, and the acts done on it.

Plain records come out. As every job it takes the session of its transaction first, and what it needs of the database is
imported when it is run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from desktop_app.store.records import Changed, StoredCase, Written
from desktop_app.workflow.offers import Offer
from desktop_app.workflow.telling import Told

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desktop_app.policy.model import Check
    from desktop_app.store.list_acts import Outcomes
    from desktop_app.store.perform import View


class HistoryLine(NamedTuple):
    """One thing that was done on an application.

    Attributes:
        at: Its moment.
        who: The person's name.
        act: The act in words.
        why: Its reason, or the check with its result, in words; empty where it has none.
        state: The state to which it led, in words; empty where it moved nothing.
    """

    at: datetime
    who: str
    act: str
    why: str
    state: str


class CheckSeen(NamedTuple):
    """A check of the region with its newest result that counts.

    Attributes:
        result: In the region's own words; empty where it is missing or void.
        is_good: None where there is no result.
        given: What was recorded with it; empty without a result.
        on: The day it names, or that of the record.
    """

    check: Check
    result: str
    is_good: bool | None
    given: Mapping[str, object]
    on: date | None


class ListSeen(NamedTuple):
    """A list on which an application keeps its place."""

    kind: str
    label: str
    name: str


class Seen(NamedTuple):
    """Everything that is seen of one application after it was filled in.

    Attributes:
        offers: What who is signed in may do now, the first thing to do first.
        history: The oldest first.
        amount: What the policy gives, in yuan; None where it is not known.
        against: What fails, is unknown or open in its decision, each one sentence.
        holder: The name of who has taken it to work on; empty where nobody has.
    """

    stored: StoredCase
    told: Told
    offers: tuple[Offer, ...]
    checks: tuple[CheckSeen, ...]
    history: tuple[HistoryLine, ...]
    lists: tuple[ListSeen, ...]
    amount: Decimal | None
    against: tuple[str, ...]
    holder: str


def see(session: Session, case_id: str, day: date) -> Seen:
    """Return how an application stands for who is signed in, on a day.

    Raises:
        StoreFault: There is none, it is a colleague's draft, or what it rests on was changed.
    """
    from desktop_app.store import perform

    return _seen(session, perform.view_of(session, case_id, day), day)


def do(
    session: Session, act_id: str, case_id: str, revision: int, given: Mapping[str, object], now: datetime
) -> Written[Seen]:
    """Do an act on an application as who is signed in; answer with how it stands then.

    Raises:
        Refused: Something stands against it; nothing has changed.
        StoreFault: As `perform` says.
    """
    from desktop_app.store import perform
    from desktop_app.store.times import beijing_day, moment_text

    perform.perform(session, act_id, case_id, revision, given, now)
    seen = see(session, case_id, beijing_day(moment_text(now)))
    return Written(seen, Changed(cases=frozenset((case_id,))))


def do_many(
    session: Session, act_id: str, case_ids: Sequence[str], given: Mapping[str, object], now: datetime
) -> Written[Outcomes]:
    """Do one act on many applications: each moves whole or is refused with its sentence, and the others go on.

    Raises:
        Refused: None is named, or (as `NoneMoved`, with its answers) none of them may be moved; nothing has changed.
    """
    from desktop_app.store import papers, perform
    from desktop_app.store.faults import StoreFault
    from desktop_app.store.list_acts import NoneMoved, Outcome, Outcomes, amount_of

    if not case_ids:
        raise perform.Refused(("还没有选是哪几份申请，请至少选一份。",))
    found = []
    for case_id in dict.fromkeys(case_ids):
        stored = papers.load_paper(session, case_id)
        try:
            with session.begin_nested():
                done = perform.perform(session, act_id, case_id, stored.revision, given, now)
        except StoreFault as fault:
            told = fault.sentences[0] if isinstance(fault, perform.Refused) else str(fault)
            found.append(Outcome(case_id, stored.state, told, amount_of(stored)))
        else:
            found.append(Outcome(case_id, done.state, "", amount_of(papers.load_paper(session, case_id))))
    outcomes = Outcomes("", tuple(found))
    if not outcomes.moved:
        raise NoneMoved(outcomes)
    moved = frozenset(each.case_id for each in found if not each.told)
    return Written(outcomes, Changed(cases=moved))


def _seen(session: Session, view: View, day: date) -> Seen:
    from desktop_app.store import claiming, people
    from desktop_app.store.rights import acting
    from desktop_app.workflow.lists import LIST_KINDS
    from desktop_app.workflow.offers import offers
    from desktop_app.workflow.telling import told

    matter, actor = view.matter, acting(session)
    names = {user_id: person.name for user_id, person in people.trust_of(session).everybody.items()}
    decision = matter.assessment.decision if matter.assessment else None
    against = (
        [each.message for each in decision.findings if each.outcome in ("fail", "unknown")]
        if decision
        else []
    )
    points = [each.finding.message for each in matter.assessment.open_points] if matter.assessment else []
    return Seen(
        view.stored,
        told(
            view.stored.state,
            view.since,
            view.due,
            view.turn,
            day,
            deeds=matter.deeds,
            policy=matter.policy,
            calendar=matter.calendar,
        ),
        offers(view.acts, matter, actor.name, is_clerk="clerk" in actor.roles),
        _checks(view),
        _history(session, view, names),
        tuple(ListSeen(kind, LIST_KINDS[kind].label, name) for kind, name in matter.lists.items()),
        decision.amount if decision else None,
        tuple(dict.fromkeys((*against, *points))),
        names.get(claiming.claimed_by(session, view.stored.id), ""),
    )


def _checks(view: View) -> tuple[CheckSeen, ...]:
    from desktop_app.workflow.checking import is_good
    from desktop_app.workflow.doing_review import results_now

    results = results_now(view.matter)
    found = []
    for check in view.matter.checks:
        deeds = reversed(view.matter.deeds)
        deed = next(
            (each for each in deeds if each.act == "record_check" and each.given.get("check") == check.id),
            None,
        )
        if check.id not in results or deed is None:
            found.append(CheckSeen(check, "", None, {}, None))
            continue
        good = is_good(check, results)
        on = deed.given.get("on")
        named = date.fromisoformat(on) if isinstance(on, str) else deed.day
        found.append(CheckSeen(check, check.good if good else check.bad, good, deed.given, named))
    return tuple(found)


def _history(session: Session, view: View, names: Mapping[str, str]) -> tuple[HistoryLine, ...]:
    from desktop_app.store.history import history_of
    from desktop_app.workflow import telling
    from desktop_app.workflow.states import STATE_LABELS

    lines = []
    for event, deed in zip(history_of(session, view.stored.id), view.matter.deeds, strict=True):
        is_check = deed.act == "record_check"
        words = telling.check_words if is_check else telling.deed_reason
        state = STATE_LABELS[deed.after] if deed.after != deed.before else ""
        who = names.get(deed.actor_id, "已移除的人员")
        why = words(deed.given, view.matter.policy)
        lines.append(HistoryLine(event.at, who, telling.act_label(deed.act), why, state))
    return tuple(lines)
