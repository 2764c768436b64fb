"""Holds what was decided against who decided it: signatures, roles and keys of that time, four eyes, the table of acts.

Whoever has the store's key can write events and rows of people; what nobody signed who could do it then is found here,
with its number.
"""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy.orm import Session

from desktop_app.store import people
from desktop_app.store.records import ChainFault
from desktop_app.store.trust import Place, Signed, UserRow, event_fault, is_before, row_digest, trusted
from desktop_app.workflow.acts import ACT, is_signed_act
from desktop_app.workflow.refusals import OTHER_EYES_ACTS


class Decision(NamedTuple):
    """An event that is signed, or of an act that somebody signs for."""

    signed: Signed
    case_id: str
    state_after: str | None


class Decisions(NamedTuple):
    """What the chains say of people and of what they decided.

    Attributes:
        made: Every such event.
        clerks: By case and person, the first event that made the person its clerk.
        people: Digest and event of each row of the table of people, by the row's number.
        allowed: Each time that the office settled whether a reviewer may confirm, and how.
    """

    made: list[Decision]
    clerks: dict[tuple[str, str], Place]
    people: dict[int, tuple[str, Place]]
    allowed: list[tuple[Place, bool]]


def of_administrator(decisions: Decisions, signed: Signed) -> None:
    """Hold an event that sets what an administrator signs for against who signed it."""
    decisions.made[:] = [each for each in decisions.made if each.signed.place != signed.place]
    decisions.made.append(Decision(signed._replace(is_of_administrator=True), "", None))


def decision_faults(session: Session, decisions: Decisions, root: str) -> Iterator[ChainFault]:
    """Yield what is wrong with people and with what they decided; sentences without their end.

    Args:
        session: Reading.
        decisions: What the chains say.
        root: The digest of the first administrator.
    """
    rows = people.user_rows(session)
    trust = trusted(rows, root)
    for number, message in trust.faults:
        yield ChainFault("", 0, f"第 {number} 号人员登记{message}")
    said = {number: digest for number, (digest, _) in decisions.people.items()}
    held = {row.number: _row_digest(row) for row in rows}
    for number in sorted(said.keys() | held.keys()):
        if number not in held:
            yield ChainFault("", 0, f"第 {number} 号人员登记不见了")
        elif held[number] != said.get(number):
            yield ChainFault("", 0, f"第 {number} 号人员登记与记录不一致")
    introduced = {number: place for number, (_, place) in decisions.people.items()}
    approvals: dict[str, list[Decision]] = {}
    for each in decisions.made:
        if each.signed.act == "approve":
            approvals.setdefault(each.case_id, []).append(each)
    for each in decisions.made:
        message = event_fault(each.signed, trust, introduced) or _against(each, decisions, approvals)
        if message:
            place = each.signed.place
            yield ChainFault(place.replica_id, place.number, f"第 {place.number} 号记录{message}")


def _against(decision: Decision, decisions: Decisions, approvals: dict[str, list[Decision]]) -> str:
    """Return what the table of acts and the rule of four eyes say against a decision that is signed."""
    act, actor_id, place = decision.signed.act, decision.signed.actor_id, decision.signed.place
    if act in OTHER_EYES_ACTS:
        clerk = decisions.clerks.get((decision.case_id, actor_id))
        if clerk is not None and is_before(clerk, place):
            return "是这份申请的经办人自己办理的"
    if act == "confirm":
        earlier = [
            each for each in approvals.get(decision.case_id, []) if is_before(each.signed.place, place)
        ]
        last = max(earlier, key=lambda each: (each.signed.place.at, each.signed.place.number), default=None)
        settled = [is_allowed for at, is_allowed in decisions.allowed if is_before(at, place)]
        may_confirm = bool(settled) and settled[-1]
        if last is not None and last.signed.actor_id == actor_id and not may_confirm:
            return "是复核这份申请的人自己确认的"
    if act in ACT and is_signed_act(act, decision.signed.state_before):
        line = ACT[act]
        if decision.signed.state_before not in line.before or decision.state_after not in line.after:
            return "在那时不能办理"
    return ""


def _row_digest(row: UserRow) -> str:
    try:
        return row_digest(row)
    except TypeError:  # a value that is no text
        return ""
