"""Lists that are made of applications: made, posted, closed, confirmed, paid; an act on one answers for each case.

An act on a list is one transaction: the applications that may move do, each with its event, and then the list with its
own. An application keeps one place on the open lists of a kind, which the database itself holds.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Final, NamedTuple

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from desktop_app import money
from desktop_app.case import Answer
from desktop_app.policy.catalogue import policy_at_hand
from desktop_app.store import tables
from desktop_app.store.answers import answers_text
from desktop_app.store.cases import load_case
from desktop_app.store.chain import append_event
from desktop_app.store.deeds import deeds_of
from desktop_app.store.ids import new_id
from desktop_app.store.perform import Refused, do, move_list
from desktop_app.store.records import Json, StoredCase
from desktop_app.store.rights import acting
from desktop_app.store.rosters import load_roster
from desktop_app.store.times import beijing_day, moment_text
from desktop_app.workflow.acts import ACT, RECORD, Act
from desktop_app.workflow.doing import given_json
from desktop_app.workflow.lists import LIST_KINDS, kind_of_act
from desktop_app.workflow.refusals import Standing, refusals
from desktop_app.workflow.roles import Actor, roles_text
from desktop_app.workflow.states import STATE_LABELS, State

UNKNOWN_LIST: Final = "没有这份名单，请核对名单的名称。"
MADE: Final = "make_list"

_ROSTER, _LINE, _CASE = tables.roster.c, tables.roster_line.c, tables.case.c


class Outcome(NamedTuple):
    """What an act came to for one application of a list.

    Attributes:
        told: The sentence that stands against it; empty where it moved.
        amount: What was decided for it.
    """

    case_id: str
    state: State
    told: str = ""
    amount: Decimal = Decimal(0)


class Outcomes(NamedTuple):
    """What an act on a list came to.

    Attributes:
        list_id: The list.
        cases: What it came to for each of its applications, in their order.
    """

    list_id: str
    cases: tuple[Outcome, ...]

    @property
    def moved(self) -> int:
        """How many moved."""
        return sum(not each.told for each in self.cases)

    @property
    def sum(self) -> Decimal:
        """What was decided for those that moved, in yuan."""
        return sum((each.amount for each in self.cases if not each.told), Decimal(0))


class NoneMoved(Refused):
    """An act on a list may be done for none of its applications; `answers` says why."""

    def __init__(self, answers: Outcomes) -> None:
        self.answers = answers
        super().__init__(tuple(dict.fromkeys(each.told for each in answers.cases)))


def make_list(
    session: Session, name: str, kind: str, case_ids: Sequence[str] | None, office: str, now: datetime
) -> Outcomes:
    """Make a list of applications that wait for one.

    Args:
        session: Of a store opened for writing.
        name: By which people call it; no other list has it.
        kind: One of `LIST_KINDS`.
        case_ids: The applications; None for all of the office that wait and stand on none.
        office: The office's code.
        now: Aware.

    Raises:
        Refused: Something stands against it; nothing is made.
    """
    actor, found = acting(session), LIST_KINDS.get(kind)
    if "clerk" not in actor.roles:
        raise Refused((f"“编制名单”由{roles_text(('clerk',))}办理，请换有这个角色的人登录后办理。",))
    if found is None:
        labels = "、".join(each.label for each in LIST_KINDS.values())
        raise Refused((f"没有这种名单，请在{labels}里选一种。",))
    if not name.strip() or list_id_of(session, name) is not None:
        raise Refused(("名单要有自己的名称，请换一个没有用过的名称。",))
    if case_ids is None:
        case_ids = waiting_ids(session, kind, office)
    cases = [load_case(session, case_id) for case_id in dict.fromkeys(case_ids)]
    if not cases:
        raise Refused((f"没有可以列入{found.label}的申请，请先把申请办到“{STATE_LABELS[found.waits_in]}”。",))
    for stored in cases:
        if stored.state != found.waits_in:
            now_in, wanted = STATE_LABELS[stored.state], STATE_LABELS[found.waits_in]
            raise Refused((f"名单里有申请现在是“{now_in}”，{found.label}只列“{wanted}”的申请，请先去掉它。",))
    if _is_taken(session, kind, [stored.id for stored in cases]):
        raise Refused((f"名单里有申请已经在另一份还没办完的{found.label}上，请先去掉它。",))
    return _made(session, name, kind, cases, actor, office, now)


def _made(
    session: Session,
    name: str,
    kind: str,
    cases: Sequence[StoredCase],
    actor: Actor,
    office: str,
    now: datetime,
) -> Outcomes:
    list_id, at, first = new_id(now), moment_text(now), cases[0].case
    session.execute(
        insert(tables.roster).values(
            id=list_id,
            form="",
            version="",
            region=first.region,
            office=office,
            governing_day=beijing_day(at).isoformat(),
            state=LIST_KINDS[kind].waits_in,
            owner=actor.id,
            answers="{}",
            revision=1,
            last_field="",
            created_at=at,
            updated_at=at,
            kind=kind,
            name=name,
        )
    )
    rows = [
        {
            "roster_id": list_id,
            "position": position,
            "answers": answers_text(line_of(stored, kind)),
            "case_id": stored.id,
            "live": kind,
        }
        for position, stored in enumerate(cases)
    ]
    session.execute(insert(tables.roster_line), rows)
    answers = Outcomes(list_id, tuple(Outcome(each.id, each.state, "", amount_of(each)) for each in cases))
    ids: list[Json] = [each.id for each in cases]
    said: dict[str, Json] = {
        "given": {"list": name, "kind": kind},
        "cases": ids,
        "sum": money.show(answers.sum),
    }
    append_event(session, MADE, actor.id, now, said, list_id, LIST_KINDS[kind].waits_in)
    return answers


_PAID_TO: Final = (
    "applicant.name",
    "applicant.id_number",
    "payment.bank",
    "payment.account_name",
    "payment.account_number",
    "claim.amount",
)


def line_of(stored: StoredCase, kind: str) -> dict[str, Answer]:
    """Return what a line says of an application: what may be posted, or what the bank needs."""
    rules = policy_at_hand(stored.case.region)
    posted = rules.publicity.columns if rules and rules.publicity else ()
    columns = posted if kind == "publicity" else _PAID_TO
    return {name: stored.case.answers[name] for name in columns if name in stored.case.answers}


def do_on_list(
    session: Session, act_id: str, list_id: str, given: Mapping[str, object], now: datetime
) -> Outcomes:
    """Do an act on a list as the person who is signed in: for those of its applications that may move.

    Args:
        session: Of a store opened for writing; the act belongs to its transaction.
        act_id: An act of the table that is done on lists.
        list_id: The list.
        given: What the act asks for, by name.
        now: Aware.

    Raises:
        NoneMoved: It may be done for none; `answers` says why for each.
        Refused: Something stands against it as a whole.
        StoreFault: There is no such list, nobody is signed in, or what the act would rely on was changed.
    """
    act, actor, roster = ACT[act_id], acting(session), load_roster(session, list_id)
    head = session.execute(select(_ROSTER.kind, _ROSTER.name).where(_ROSTER.id == list_id)).one()
    if told := _against_list(session, act, actor, roster, head.kind):
        raise Refused((told,))
    kind, given = LIST_KINDS[head.kind], {**given, "list": head.name}
    answers = []
    wanted = select(_LINE.case_id, _LINE.live).where(_LINE.roster_id == list_id).order_by(_LINE.position)
    for line in session.execute(wanted).all():
        stored = load_case(session, line.case_id)
        left = () if line.live else ("这份申请已经不在这份名单上，请列入另一份名单。",)
        try:
            done = do(session, act, stored, given, now, actor, left)
            answers.append(Outcome(stored.id, done.state, "", amount_of(load_case(session, stored.id))))
        except Refused as refused:
            answers.append(Outcome(stored.id, stored.state, refused.sentences[0], amount_of(stored)))
    found = Outcomes(list_id, tuple(answers))
    if not found.moved:
        raise NoneMoved(found)
    state = roster.state
    if act.id == kind.once[0]:
        state = kind.once[1]
        moved = [each.case_id for each in answers if not each.told]
        session.execute(
            update(tables.roster_line)
            .where(_LINE.roster_id == list_id, _LINE.case_id.not_in(moved))
            .values(live=None)
        )
    if act.id == "confirm_list":
        _renew_lines(session, list_id, head.kind, [each.case_id for each in answers if not each.told])
    said: dict[str, Json] = {
        "given": given_json(given),
        "moved": [each.case_id for each in answers if not each.told],
        "sum": money.show(found.sum),
    }
    move_list(session, roster, state, act, actor, now, said)
    return found


def _renew_lines(session: Session, list_id: str, kind: str, case_ids: Sequence[str]) -> None:
    """Let the lines of some applications say what they say now: what is confirmed is what is paid."""
    for case_id in case_ids:
        session.execute(
            update(tables.roster_line)
            .where(_LINE.roster_id == list_id, _LINE.case_id == case_id)
            .values(answers=answers_text(line_of(load_case(session, case_id), kind)))
        )


def _against_list(session: Session, act: Act, actor: Actor, roster: StoredCase, kind: str | None) -> str:
    if kind is None:
        return "这是填写的名单，不办理这一步，请选由申请编成的名单。"
    if kind_of_act(act.id) != kind:
        return f"这是{LIST_KINDS[kind].label}，不办理“{act.label}”，请换一份名单。"
    once, state = LIST_KINDS[kind].once
    if act.id == once and roster.state == state:
        return f"这份名单已经办理过“{act.label}”，一份名单只办一次，请另编一份名单。"
    made = next((deed for deed in deeds_of(session, roster.id) if deed.act == MADE), None)
    if act.id == "confirm_list" and made is not None and made.actor_id == actor.id:
        return "这份名单是您编制的，“确认拨付名单”请由另一人办理。"
    return ""


def send_list(session: Session, list_id: str, given: Mapping[str, object], now: datetime) -> None:
    """Record that a list went from one organ to another; a clerk's, an event without a state.

    Raises:
        Refused: Something stands against it.
        StoreFault: There is no such list, or nobody is signed in.
    """
    act, actor, roster = RECORD["send_list"], acting(session), load_roster(session, list_id)
    name = session.execute(select(_ROSTER.name).where(_ROSTER.id == list_id)).scalar() or ""
    given = {**given, "list": name}
    if told := refusals(act, Standing(roster.state), actor, given, beijing_day(moment_text(now))):
        raise Refused(told)
    append_event(session, act.id, actor.id, now, {"given": given_json(given)}, list_id, roster.state)


def list_id_of(session: Session, name: str) -> str | None:
    """Return the id of the list that people call by a name; None where there is none."""
    found: str | None = session.execute(select(_ROSTER.id).where(_ROSTER.name == name)).scalar()
    return found


def cases_of(session: Session, list_id: str) -> tuple[StoredCase, ...]:
    """Return the applications of a list in their order; none for what is no such list."""
    wanted = select(_LINE.case_id).where(_LINE.roster_id == list_id, _LINE.case_id.is_not(None))
    ids = session.execute(wanted.order_by(_LINE.position)).scalars().all()
    return tuple(load_case(session, case_id) for case_id in ids)


def amount_of(stored: StoredCase) -> Decimal:
    """Return what was decided for an application; nothing before its approval."""
    amount = stored.case.answers.get("claim.amount")
    return amount if isinstance(amount, Decimal) else Decimal(0)


def waiting_ids(session: Session, kind: str, office: str) -> list[str]:
    """Return the applications of an office that wait for a list of a kind and stand on none."""
    taken = select(_LINE.case_id).where(_LINE.live == kind)
    wanted = select(_CASE.id).where(
        _CASE.state == LIST_KINDS[kind].waits_in, _CASE.office == office, _CASE.id.not_in(taken)
    )
    return list(session.execute(wanted.order_by(_CASE.id)).scalars())


def _is_taken(session: Session, kind: str, case_ids: Sequence[str]) -> bool:
    wanted = select(_LINE.case_id).where(_LINE.live == kind, _LINE.case_id.in_(case_ids)).limit(1)
    return session.execute(wanted).first() is not None
