"""Acts of checking and deciding: checks, the review, the re-examination, objections, possible duplicates."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from desktop_app.workflow.checking import (
    against_recording,
    against_review,
    results_of,
    state_after_check,
    state_to_review,
)
from desktop_app.workflow.doing import Change, Doing, Matter, came_from, decided
from desktop_app.workflow.doing_intake import against_reason, was_taken_in


def results_now(matter: Matter) -> Mapping[str, str]:
    """Return the results of checks that count now, by check: in a re-examination those that were recorded anew."""
    deeds = matter.deeds
    if matter.state == "under_reexamination":
        places = (place for place, deed in enumerate(deeds) if deed.act == "ask_reexamination")
        asked = max(places, default=0)
        deeds = deeds[asked:]
    return results_of(deeds, matter.checks)


def _against_recording(matter: Matter) -> Iterator[str]:
    check, result = matter.given.get("check"), matter.given.get("result")
    yield from against_recording(check, result, matter.checks, results_now(matter))


def _recorded(matter: Matter) -> Change:
    check = next(each for each in matter.checks if each.id == matter.given["check"])
    result = str(matter.given["result"])
    state = state_after_check(matter.state, check, result, matter.checks, results_now(matter))
    return Change(state, {check.sets: result} if check.sets else {})


def _against_approval(matter: Matter) -> Iterator[str]:
    """An approval is never forced: the decision made anew is yes, nothing is open, every check is good."""
    if matter.assessment is None:
        yield "程序里没有这个地区的政策，不能复核，请先补上政策文件。"
        return
    yield from against_review(matter.checks, results_now(matter))
    decision = matter.assessment.decision
    if decision.decision != "eligible":
        yield from (each.message for each in decision.findings if each.outcome in ("fail", "unknown"))
    yield from (each.finding.message for each in matter.assessment.open_points)


def _approved(matter: Matter) -> Change:
    """The amount that was decided is an answer of the application from now on, as lists and payment say it."""
    amount = matter.assessment.decision.amount if matter.assessment else None
    return Change(matter.act.after[0], {} if amount is None else {"claim.amount": amount}, decided(matter))


def _resubmitted(matter: Matter) -> Change:
    return Change(state_to_review(matter.checks, results_of(matter.deeds, matter.checks)))


def _against_reexamination(matter: Matter) -> Iterator[str]:
    if matter.last("ask_reexamination"):
        yield "这份申请已经申请过一次复核，不能再申请，请告知申请人其他途径。"


def _against_suspecting(matter: Matter) -> Iterator[str]:
    if not was_taken_in(matter):
        yield "这份申请还没有受理，不转待核查，请在受理时核对。"


def _cleared(matter: Matter) -> Change:
    return Change(came_from(matter, "suspect_duplicate"))


def _against_duplicate(matter: Matter) -> Iterator[str]:
    if came_from(matter, "suspect_duplicate") == "paid":
        yield "已经拨付，请办理追回。"


REVIEW: Final[Mapping[str, Doing]] = MappingProxyType(
    {
        "record_check": Doing(_recorded, _against_recording),
        "approve": Doing(_approved, _against_approval),
        "return": Doing(),
        "resubmit": Doing(_resubmitted),
        "refuse": Doing(obstacles=against_reason),
        "ask_reexamination": Doing(obstacles=_against_reexamination),
        "uphold_refusal": Doing(),
        "overturn_refusal": Doing(_approved, _against_approval),
        "object": Doing(),
        "dismiss_objection": Doing(),
        "uphold_objection": Doing(),
        "suspect_duplicate": Doing(obstacles=_against_suspecting),
        "clear_duplicate": Doing(_cleared),
        "confirm_duplicate": Doing(obstacles=_against_duplicate),
    }
)
