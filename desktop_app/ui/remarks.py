"""What the panel says of a paper: what is missing, what is wrong or odd, what was checked and is fine.

A pure function of paper, answers and day; rules of a region come with the policies and are not known here.
"""

from collections.abc import Iterator
from datetime import date
from typing import Final, Literal, NamedTuple

from desktop_app.case import Answer, Answers, Unread
from desktop_app.finding import Finding, Outcome
from desktop_app.forms import kinds
from desktop_app.forms.fields import Kind, fields
from desktop_app.forms.model import Form
from desktop_app.policy.derived import derive, derived_findings

Group = Literal["missing", "fail", "warn", "pass"]
HEADS: Final[dict[Group, tuple[str, str]]] = {
    "missing": ("✕", "缺项"),
    "fail": ("✕", "有误"),
    "warn": ("!", "待确认"),
    "pass": ("✓", "符合"),
}
# What a value of each kind was found to be when its check has nothing to say.
_PASSED: Final[dict[Kind, tuple[str, str]]] = {
    "id_number": ("校验码相符", "GB 11643-1999"),
    "credit_code": ("校验码相符", "GB 32100-2015"),
    "card": ("校验位相符", "按卡号末位校验"),
    "certificate_number": ("位数和编排相符", "按证书编号规则核对"),
    "phone": ("位数相符", "按电话号码规则核对"),
}
_GROUPS: Final[dict[Outcome, Group]] = {"fail": "fail", "warn": "warn", "unknown": "warn", "pass": "pass"}


class Remark(NamedTuple):
    """One line of the panel."""

    group: Group
    field_id: str
    message: str
    source: str


def remarks(form: Form, answers: Answers, today: date) -> tuple[Remark, ...]:
    """Return every remark, group by group, in the paper's order within a group."""
    found = [*_missing(form, answers), *_checked(form, derive(answers), answers, today)]
    groups = list(HEADS)
    return tuple(sorted(found, key=lambda remark: groups.index(remark.group)))


def to_mend(form: Form, found: tuple[Remark, ...]) -> tuple[str, ...]:
    """Return the fields that are missing, wrong or odd, in the paper's order, each once."""
    wanted = {remark.field_id for remark in found if remark.group != "pass"}
    return tuple(each.field_id for each in form.fields if each.field_id in wanted)


def label_of(form: Form, field_id: str) -> str:
    """Return what the paper calls a field, without blanks."""
    label = next((each.label for each in form.fields if each.field_id == field_id), field_id)
    return "".join(label.split())


def _missing(form: Form, answers: Answers) -> Iterator[Remark]:
    known = derive(answers)
    for each in form.fields:
        if each.is_required and not each.is_repeated and known.get(each.field_id) in (None, "", ()):
            yield Remark("missing", each.field_id, f"{label_of(form, each.field_id)} 未填写", "")


def _checked(form: Form, known: Answers, answers: Answers, today: date) -> Iterator[Remark]:
    odd = {finding.field_id: finding for finding in derived_findings(answers)}
    vocabulary = fields()
    for each in form.fields:
        value = known.get(each.field_id)
        if value is None or each.is_repeated:
            continue
        field = vocabulary[each.field_id]
        findings = [*_findings(each.field_id, value, today)]
        if each.field_id in odd:
            findings.append(odd[each.field_id])
        for finding in findings:
            yield Remark(_GROUPS[finding.outcome], each.field_id, finding.message, finding.source)
        if not findings and field.kind in _PASSED and not isinstance(value, Unread):
            words, source = _PASSED[field.kind]
            yield Remark("pass", each.field_id, f"{label_of(form, each.field_id)}{words}", source)


def _findings(field_id: str, value: Answer, today: date) -> tuple[Finding, ...]:
    field = fields()[field_id]
    if isinstance(value, Unread):
        return kinds.parse(field, value.text, today).findings
    return kinds.check(field, value, today)
