"""What is still to be done on an open case: what is to be corrected, in which order, and what stands against finishing.

Pure functions of the case and of what is said of it.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from desktop_app.finding import Outcome
from desktop_app.forms.model import Form, label_of
from desktop_app.policy.assess import OpenPoint
from desktop_app.policy.finishing import against_finishing
from desktop_app.ui.case.open_case import OpenCase
from desktop_app.ui.case.panel_lines import PanelLine


class Stop(NamedTuple):
    """The first thing against finishing.

    Attributes:
        rule: The rule whose point is open; empty for anything else.
        failures: What fails and is told with it, once: the applicant may hand in all the same.
    """

    field_id: str
    rule: str
    sentence: str
    failures: tuple[str, ...] = ()


def stop_of(held: OpenCase, keyed_once: Sequence[str] = ()) -> Stop | None:
    """Return the first thing against finishing a case that is assessed; None where nothing is.

    `keyed_once` are the fields that are to be keyed a second time.
    """
    assert held.known.today is not None
    for finding in against_finishing(held.form, held.case, held.assessment, held.known.today):
        return Stop(finding.field_id, finding.rule, finding.message)
    for field_id in keyed_once:
        label = label_of(held.form, field_id)
        return Stop(field_id, "", f"“{label}”还要再输入一次，核对后才能完成。")
    failing = failures(held.form, held.lines)
    told = tuple(each.message for each in failing)
    if failing and told != held.told_failures:
        sentence = f"{told[0]}申请人仍要交件的，请再按一次 F9。"
        return Stop(failing[0].field_id, "", sentence, told)
    return None


def fields_to_correct(form: Form, found: Sequence[PanelLine]) -> tuple[str, ...]:
    """Return the fields that are missing, wrong or odd, each once: the paper's first, then the counter's facts."""
    wanted = dict.fromkeys(
        field_id for each in found if each.group in ("fail", "warn", "missing") for field_id in each.concerns
    )
    on_paper = [each.field_id for each in form.fields]
    return (
        *(each for each in on_paper if each in wanted),
        *(each for each in wanted if each and each not in on_paper),
    )


def failures(form: Form, found: Sequence[PanelLine]) -> tuple[PanelLine, ...]:
    """Return what is wrong, the paper's fields first: a person may hand in all the same, and the clerk looks twice."""
    wrong = tuple(each._replace(also=()) for each in found if each.group == "fail")
    order = fields_to_correct(form, wrong)
    return tuple(
        sorted(wrong, key=lambda each: order.index(each.field_id) if each.field_id in order else len(order))
    )


def corners(found: Sequence[PanelLine], *, is_strict: bool) -> Mapping[str, Outcome]:
    """Return the fields that have a corner and of which kind; what is missing has one only where it is strict."""
    wrong = ("fail", "missing") if is_strict else ("fail",)
    odd: dict[str, Outcome] = {
        field: "warn" for each in found if each.group == "warn" for field in each.concerns
    }
    return odd | {field: "fail" for each in found if each.group in wrong for field in each.concerns}


def missing_facts(held: OpenCase) -> tuple[str, ...]:
    """Return the facts that the rules need and that are not given or cannot be read, in the order of the work."""
    wanted = {each.field_id for each in held.lines if each.group in ("missing", "fail")}
    return tuple(each for each in held.facts if each in wanted)


def open_rules(held: OpenCase) -> tuple[str, ...]:
    """Return the rules whose points are open, in the policy's order."""
    return tuple(each.finding.rule for each in held.assessment.open_points) if held.assessment else ()


def point_of(held: OpenCase, rule: str) -> OpenPoint | None:
    """Return the point of a rule that can be settled now, or settled otherwise."""
    found = held.assessment if held.is_draft else None
    points = (*found.open_points, *found.settled_points) if found else ()
    return next((each for each in points if each.finding.rule == rule), None)


def point_behind(held: OpenCase, line: PanelLine) -> str:
    """Return the rule whose point a line of the panel opens; empty for a line that leads to a field."""
    settled = held.assessment.settled_points if held.assessment else ()
    is_point = line.group == "warn" or any(each.finding.rule == line.rule for each in settled)
    return line.rule if is_point else ""


def where_to_begin(held: OpenCase, order: Sequence[str]) -> str:
    """Return the field where work begins: the first empty one, or else the first to correct.

    `order` are the fields that are typed in, at least one, those of rows with their row.
    """
    empty = (each for each in order if "@" not in each and each not in held.case.answers)
    wrong = (each for each in fields_to_correct(held.form, held.lines) if each in order)
    return next(empty, next(wrong, order[0]))


def beyond(order: Sequence[str], wanted: Sequence[str], current: str, direction: int) -> str:
    """Return the next (1) or previous (-1) wanted field of an order, from its other end where there is none beyond."""
    here = order.index(current) if current in order else -direction
    places = [order.index(each) for each in wanted if each in order]
    further = [at for at in places if (at - here) * direction > 0]
    return order[(min if direction > 0 else max)(further or places)]
