"""The 一次性告知 sheet of an application: every missing and wrong thing, and what to bring, gathered for printing."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from desktop_app.case import Case
from desktop_app.forms.marks import Page
from desktop_app.forms.model import Form
from desktop_app.policy.assess import Assessment
from desktop_app.printing.one_time_notice import Item, Notice, Section, notice_pages
from desktop_app.ui.remarks import Remark, label_of


def notice_of(
    form: Form,
    case: Case,
    found: tuple[Remark, ...],
    assessment: Assessment | None,
    settings: Mapping[str, Any],
) -> tuple[Page, ...]:
    """Return the pages that tell an applicant everything at once."""
    missing = tuple(
        Item(f"{label_of(form, each.field_id)}：{_plain(each)}", each.source)
        for each in _of(found, "missing")
    )
    wrong = tuple(Item(each.message, each.source) for each in _of(found, "fail"))
    doubtful = tuple(Item(each.message, each.source) for each in _of(found, "warn"))
    bring = tuple(
        Item(f"{each.name}{f'（{each.form}）' if each.form else ''}", each.source)
        for each in (assessment.materials if assessment else ())
    )
    name = case.answers.get("applicant.name", "")
    return notice_pages(
        Notice(
            name if isinstance(name, str) else "",
            form.title,
            str(settings.get("office.name", "")),
            str(settings.get("office.phone", "")),
            date.today(),
            (
                Section("一、没有填写的内容", missing),
                Section("二、不符合规定或需要更正的内容", wrong),
                Section("三、需要核对确认的内容", doubtful),
                Section("四、办理时请带的材料", bring),
            ),
        )
    )


def _of(found: tuple[Remark, ...], group: str) -> list[Remark]:
    return [each for each in found if each.group == group]


def _plain(remark: Remark) -> str:
    return "请填写。" if remark.message.endswith("未填写") else remark.message
