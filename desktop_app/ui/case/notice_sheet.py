"""The 一次性告知 sheet of an application: what its applicant has to do, gathered for printing."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from desktop_app.case import Case
from desktop_app.finding import Finding
from desktop_app.forms.marks import Page
from desktop_app.forms.model import Form
from desktop_app.policy.assess import Assessment
from desktop_app.policy.for_applicant import ForApplicant, Item, for_applicant
from desktop_app.policy.model import Office
from desktop_app.printing.one_time_notice import Notice, notice_pages
from desktop_app.ui.case.remarks import Remark, label_of
from desktop_app.ui.case.under_policy import UnderPolicy


def notice_of(
    form: Form,
    case: Case,
    found: tuple[Remark, ...],
    assessment: Assessment | None,
    settings: Mapping[str, Any],
    under: UnderPolicy,
) -> tuple[Page, ...]:
    """Return the pages that tell an applicant everything at once."""
    name = case.answers.get("applicant.name", "")
    return notice_pages(
        Notice(
            name if isinstance(name, str) else "",
            form.title,
            str(settings.get("office.name", "")),
            str(settings.get("office.phone", "")),
            date.today(),
            _told(form, case, found, assessment, settings, under),
        )
    )


def _told(
    form: Form,
    case: Case,
    found: tuple[Remark, ...],
    assessment: Assessment | None,
    settings: Mapping[str, Any],
    under: UnderPolicy,
) -> ForApplicant:
    faults = [
        Finding("", "fail", each.field_id, each.message, each.source)
        for each in found
        if each.group == "fail" and not each.rule
    ]
    if assessment is None or under.policy is None:
        empty = "、".join(label_of(form, each.field_id) for each in found if each.group == "missing")
        return ForApplicant(
            (Item(f"请在《{form.title}》上补填：{empty}。"),) if empty else (),
            tuple(Item(f"{label_of(form, each.field_id)}：{each.message}", each.source) for each in faults),
        )
    office = Office(
        str(settings.get("office.code", "")),
        str(settings.get("office.district", "")),
        str(settings.get("office.name", "")),
    )
    return for_applicant(form, under.policy, assessment, office, under.remedies(case, assessment), faults)
