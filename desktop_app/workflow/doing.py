"""What each act does beside its line in the table: what stands against it, where it leads, and what its event says.

Pure: a case's matter goes in, what the act changes comes out. An act that asks and moves as the table says, and nothing
more, is one line of `DOINGS`; an act that is not named there cannot be done in this program yet.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from desktop_app import money
from desktop_app.case import Answer, Case
from desktop_app.faults import hint
from desktop_app.forms.model import Form
from desktop_app.policy.assess import Assessment
from desktop_app.policy.finishing import against_finishing, sentences
from desktop_app.policy.materials import materials_of_channel
from desktop_app.policy.model import Check, Known, Policy
from desktop_app.policy.record import decision_record
from desktop_app.workflow.acts import Act
from desktop_app.workflow.checking import (
    against_recording,
    against_review,
    results_of,
    state_after_check,
    state_to_review,
)
from desktop_app.workflow.refusals import Deed
from desktop_app.workflow.states import State


class Matter(NamedTuple):
    """A case while an act is done on it.

    Attributes:
        policy: What holds in its region; None for a list, and where no policy is at hand.
        known: What a decision is made from beside the case.
        assessment: What the policy makes of the case now.
        deeds: Everything that was done on it, in order.
        given: What the act asks for, by name; not yet looked at.
        day: The day of the act.
    """

    act: Act
    case: Case
    state: State
    form: Form
    policy: Policy | None
    known: Known
    assessment: Assessment | None
    deeds: tuple[Deed, ...]
    given: Mapping[str, object]
    day: date

    @property
    def checks(self) -> tuple[Check, ...]:
        """The checks of its region."""
        return self.policy.checks if self.policy else ()


class Change(NamedTuple):
    """What an act changes.

    Attributes:
        state: Where the case stands afterwards.
        answers: Answers of the application that the act itself sets.
        says: What the event keeps beside the states and what was given; plain JSON.
        is_numbered: The case gets its running number.
    """

    state: State
    answers: Mapping[str, Answer] = MappingProxyType({})
    says: Mapping[str, Any] = MappingProxyType({})
    is_numbered: bool = False


def _moved(matter: Matter) -> Change:
    return Change(matter.act.after[0])


def _nothing(_matter: Matter) -> Iterator[str]:
    return iter(())


class Doing(NamedTuple):
    """How one act is done; without anything of its own it asks and moves as the table says."""

    change: Callable[[Matter], Change] = _moved
    obstacles: Callable[[Matter], Iterator[str]] = _nothing
    is_for_lists: bool = False


def against(doing: Doing, matter: Matter) -> tuple[str, ...]:
    """Return what of the case itself stands against an act, each sentence once."""
    if matter.form.is_list and not doing.is_for_lists:
        return (f"名单不办理“{matter.act.label}”，请在申请上办理。",)
    return tuple(dict.fromkeys(doing.obstacles(matter)))


def given_json(given: Mapping[str, object]) -> dict[str, Any]:
    """Return what was given as an event keeps it: days as ISO text, money with two decimals."""
    return {name: _plain(value) for name, value in given.items() if value is not None}


def _plain(value: object) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return money.show(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value


# Filling in


def _against_finishing(matter: Matter) -> Iterator[str]:
    yield from sentences(against_finishing(matter.form, matter.case, matter.assessment, matter.day))


def _decided(matter: Matter) -> Change:
    """The event keeps the decision with everything that it was made from."""
    record: dict[str, Any] = {}
    if matter.policy is not None:
        record = decision_record(matter.case, matter.policy, matter.known)
    return Change(matter.act.after[0], says={"decision": record})


# Taking in


def _against_accepting(matter: Matter) -> Iterator[str]:
    """Only materials of the policy are received, and nothing is accepted without the paper that was signed."""
    received = matter.given.get("materials")
    if matter.policy is None or not isinstance(received, tuple):
        return
    wanted = materials_of_channel(matter.case.answers, matter.policy)
    names = [each.name for each in wanted]
    for name in received:
        if name not in names:
            yield f"材料清单里没有“{name}”{hint(str(name), names)}，请按清单填写。"
    for each in wanted:
        if each.is_signed and each.name not in received:
            yield f"还没有收到签了字的“{each.name}”，请收到后再受理。"


def _accepted(matter: Matter) -> Change:
    return Change(matter.act.after[0], is_numbered=True)


# Checking and reviewing


def _against_recording(matter: Matter) -> Iterator[str]:
    check, result = matter.given.get("check"), matter.given.get("result")
    yield from against_recording(check, result, matter.checks, results_of(matter.deeds, matter.checks))


def _recorded(matter: Matter) -> Change:
    check = next(each for each in matter.checks if each.id == matter.given["check"])
    result, results = str(matter.given["result"]), results_of(matter.deeds, matter.checks)
    state = state_after_check(matter.state, check, result, matter.checks, results)
    return Change(state, {check.sets: result} if check.sets else {})


def _against_approval(matter: Matter) -> Iterator[str]:
    """An approval is never forced: the decision made anew is yes, nothing is open, every check is good."""
    if matter.assessment is None:
        yield "程序里没有这个地区的政策，不能复核，请先补上政策文件。"
        return
    yield from against_review(matter.checks, results_of(matter.deeds, matter.checks))
    decision = matter.assessment.decision
    if decision.decision != "eligible":
        yield from (each.message for each in decision.findings if each.outcome in ("fail", "unknown"))
    yield from (each.finding.message for each in matter.assessment.open_points)


def _resubmitted(matter: Matter) -> Change:
    return Change(state_to_review(matter.checks, results_of(matter.deeds, matter.checks)))


DOINGS: Final[Mapping[str, Doing]] = MappingProxyType(
    {
        "finish": Doing(_decided, _against_finishing, is_for_lists=True),
        "reopen": Doing(is_for_lists=True),
        "accept": Doing(_accepted, _against_accepting),
        "record_check": Doing(_recorded, _against_recording),
        "approve": Doing(_decided, _against_approval),
        "return": Doing(),
        "resubmit": Doing(_resubmitted),
        "confirm": Doing(),
    }
)
