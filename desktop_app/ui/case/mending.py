"""What is to be mended on a paper: in which order, what stands against the signature, which fields have a corner.

Pure functions of a paper and of what is said of it.
"""

from collections.abc import Mapping, Sequence

from desktop_app.finding import Outcome
from desktop_app.forms.model import Form
from desktop_app.ui.case.remarks import Remark


def to_mend(form: Form, found: tuple[Remark, ...]) -> tuple[str, ...]:
    """Return the fields that are missing, wrong or odd, each once: the paper's first, then the counter's facts."""
    wanted = dict.fromkeys(
        field_id for each in found if each.group in ("fail", "warn", "missing") for field_id in each.concerns
    )
    on_paper = [each.field_id for each in form.fields]
    return (
        *(each for each in on_paper if each in wanted),
        *(each for each in wanted if each and each not in on_paper),
    )


def failures(form: Form, found: Sequence[Remark]) -> tuple[Remark, ...]:
    """Return what is wrong, the paper's fields first: a person may hand in all the same, and the clerk looks twice."""
    wrong = tuple(each._replace(also=()) for each in found if each.group == "fail")
    order = to_mend(form, wrong)
    return tuple(
        sorted(wrong, key=lambda each: order.index(each.field_id) if each.field_id in order else len(order))
    )


def corners(found: Sequence[Remark], *, is_strict: bool) -> Mapping[str, Outcome]:
    """Return the fields that have a corner and of which kind; what is missing has one only where it is strict."""
    wrong = ("fail", "missing") if is_strict else ("fail",)
    odd: dict[str, Outcome] = {
        field: "warn" for each in found if each.group == "warn" for field in each.concerns
    }
    return odd | {field: "fail" for each in found if each.group in wrong for field in each.concerns}
