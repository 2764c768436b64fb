"""What a region's checks have found on an application, told from its deeds; and where a check or a new hand-in leads.

Pure: the newest result of each check counts, and a correction of what a check rests on makes it void.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from desktop_app.policy.model import Check
from desktop_app.workflow.refusals import Deed
from desktop_app.workflow.states import State

# States that a check leaves as they are: what follows there is an act of its own.
_STAYING: Final[tuple[State, ...]] = ("returned", "under_reexamination")


def results_of(deeds: Sequence[Deed], checks: Sequence[Check]) -> Mapping[str, str]:
    """Return the result of each check that counts now, by its id; a void or missing check is not in it."""
    found: dict[str, str] = {}
    for deed in deeds:
        if deed.act == "record_check":
            found[str(deed.given.get("check"))] = str(deed.given.get("result"))
        elif deed.act == "correct":
            field_id = str(deed.given.get("field"))
            for each in checks:
                if each.is_void_by(field_id):
                    found.pop(each.id, None)
    return {each.id: found[each.id] for each in checks if each.id in found}


def is_good(check: Check, results: Mapping[str, str]) -> bool:
    """Say whether a check was recorded and its newest result is good."""
    return results.get(check.id) == check.results[0]


def against_review(checks: Sequence[Check], results: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for each check that is missing or bad."""
    for each in checks:
        if each.id not in results:
            yield f"还没有记录“{each.name}”，请先核验。"
        elif not is_good(each, results):
            yield f"“{each.name}”的结果是“{each.bad}”，不能通过。"


def against_recording(
    check_id: object, result: object, checks: Sequence[Check], results: Mapping[str, str]
) -> Iterator[str]:
    """Yield what stands against recording a check with a result; nothing where either was not given at all."""
    if not check_id:
        return
    check = next((each for each in checks if each.id == check_id), None)
    if check is None:
        yield f"本地区没有这项核验，请在{'、'.join(f'“{each.name}”' for each in checks)}里选一项。"
        return
    if result and result not in check.results:
        yield f"“{check.name}”的结果只能是“{check.good}”或“{check.bad}”，请重新选择。"
    before = next((each for each in checks if each.id == check.after), None)
    if before is not None and not is_good(before, results):
        yield f"“{check.name}”要在“{before.name}”的结果是“{before.good}”以后，请先记录“{before.name}”。"


def state_after_check(
    before: State, check: Check, result: str, checks: Sequence[Check], results: Mapping[str, str]
) -> State:
    """Return where a recorded check leads.

    Args:
        before: Where the application stands.
        check: Which one is recorded.
        result: One of the check's results.
        checks: All of the region.
        results: What counted before this one.
    """
    if before in _STAYING:
        return before
    if result != check.results[0]:
        return "returned" if check.is_returned_if_bad else "awaiting_review"
    return state_to_review(checks, {**results, check.id: result})


def state_to_review(checks: Sequence[Check], results: Mapping[str, str]) -> State:
    """Return where an application goes that is handed on: to its review where every check is good."""
    return "awaiting_review" if all(is_good(each, results) for each in checks) else "verifying"
