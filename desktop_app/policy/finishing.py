"""What stands against handing a paper on for its signature: what is missing, what cannot be read, what is open.

That a claim fails, or that an office has not filled in its amounts, does not stand against it: a person may hand in and
has a right to a written answer.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from desktop_app.case import Answers, Case, Unread
from desktop_app.finding import Finding
from desktop_app.forms import kinds
from desktop_app.forms.fields import fields
from desktop_app.forms.model import Form
from desktop_app.forms.rows_check import check_rows
from desktop_app.policy.assess import Assessment, missing_fields
from desktop_app.policy.derived import derive


def against_finishing(
    form: Form, case: Case, assessment: Assessment | None, today: date
) -> tuple[Finding, ...]:
    """Return everything that has to be mended first, in the order of the paper, the open points last.

    Args:
        form: The paper.
        case: What is filled in.
        assessment: What the policy makes of it; None for a paper that is no application.
        today: For dates that must not lie in the future.
    """
    points = assessment.open_points if assessment else ()
    places = {each.field_id: place for place, each in enumerate(form.fields)}
    single = [*_missing(form, case.answers), *_unread(form, case.answers, today)]
    return (
        *sorted(single, key=lambda each: places.get(each.field_id, len(places))),
        *(each for each in check_rows(form, case.rows, today) if each.outcome in ("fail", "unknown")),
        *(point.finding for point in points),
    )


def _missing(form: Form, answers: Answers) -> Iterator[Finding]:
    for field_id in missing_fields(form, derive(answers, form.derived)):
        message = f"还缺“{_label(form, field_id)}”，请填写。"
        yield Finding("required", "unknown", field_id, message, form.source)


def _unread(form: Form, answers: Answers, today: date) -> Iterator[Finding]:
    for field_id, value in answers.items():
        if isinstance(value, Unread):
            for each in kinds.parse(fields()[field_id], value.text, today).findings:
                yield each._replace(message=f"{_label(form, field_id)}：{each.message}")


def _label(form: Form, field_id: str) -> str:
    labels = {each.field_id: each.label for each in form.fields}
    return "".join(labels.get(field_id, fields()[field_id].label).split())


def sentences(found: Sequence[Finding]) -> tuple[str, ...]:
    """Return what findings say, each once."""
    return tuple(dict.fromkeys(each.message for each in found))
