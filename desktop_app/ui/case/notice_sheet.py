"""The 一次性告知 sheet of an application: what its applicant has to do, gathered for printing."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from desktop_app.finding import Finding
from desktop_app.forms.marks import Page
from desktop_app.forms.model import label_of
from desktop_app.policy.for_applicant import ForApplicant, Item, for_applicant
from desktop_app.policy.model import Office
from desktop_app.printing.one_time_notice import Notice, notice_pages
from desktop_app.ui.case.open_case import OpenCase


def notice_of(held: OpenCase, settings: Mapping[str, Any]) -> tuple[Page, ...]:
    """Return the pages that tell an applicant everything at once."""
    name = held.case.answers.get("applicant.name", "")
    return notice_pages(
        Notice(
            name if isinstance(name, str) else "",
            held.form.title,
            str(settings.get("office.name", "")),
            str(settings.get("office.phone", "")),
            date.today(),
            _told(held, settings),
        )
    )


def _told(held: OpenCase, settings: Mapping[str, Any]) -> ForApplicant:
    form = held.form
    faults = [
        Finding("", "fail", each.field_id, each.message, each.source)
        for each in held.lines
        if each.group == "fail" and not each.rule
    ]
    if held.assessment is None or held.policy is None:
        empty = "、".join(label_of(form, each.field_id) for each in held.lines if each.group == "missing")
        return ForApplicant(
            (Item(f"请在《{form.title}》上补填：{empty}。"),) if empty else (),
            tuple(Item(f"{label_of(form, each.field_id)}：{each.message}", each.source) for each in faults),
        )
    office = Office(
        str(settings.get("office.code", "")),
        str(settings.get("office.district", "")),
        str(settings.get("office.name", "")),
    )
    return for_applicant(form, held.policy, held.assessment, office, held.remedies, faults)
