"""What is to be mended on a paper: in which order, what stands against the signature, which fields have a corner.

Pure functions of a paper and of what is said of it.
"""

from collections.abc import Mapping, Sequence

from desktop_app.finding import Outcome
from desktop_app.forms.model import Form
from desktop_app.ui.remarks import Remark, label_of


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


def against_signing(form: Form, found: Sequence[Remark]) -> tuple[Remark, ...]:
    """Return what has to be mended before the applicant signs: all that is wrong, and what is missing on the paper.

    What the counter verifies and what a document leaves open is settled before the application is taken in.
    """
    on_paper = {each.field_id for each in form.fields}
    return tuple(
        each._replace(also=())
        for each in found
        if each.group == "fail" or (each.group == "missing" and each.field_id.partition("@")[0] in on_paper)
    )


def first_of(form: Form, against: Sequence[Remark]) -> tuple[str, str]:
    """Return the field to go to first and the sentence that says why."""
    first = next(iter(to_mend(form, tuple(against))), "")
    remark = next(each for each in against if each.field_id == first)
    is_empty = remark.group == "missing" and not remark.rule and "@" not in first
    return first, f"还缺“{label_of(form, first)}”，请填写。" if is_empty else remark.message


def corners(found: Sequence[Remark], *, is_strict: bool) -> Mapping[str, Outcome]:
    """Return the fields that have a corner and of which kind; what is missing has one only where it is strict."""
    wrong = ("fail", "missing") if is_strict else ("fail",)
    odd: dict[str, Outcome] = {
        field: "warn" for each in found if each.group == "warn" for field in each.concerns
    }
    return odd | {field: "fail" for each in found if each.group in wrong for field in each.concerns}
