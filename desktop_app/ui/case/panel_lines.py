"""What the panel says of a paper: what stands against it, what is open, what is missing, what is fine, what to bring.

A pure function of paper, answers, day and what the policy makes of them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from desktop_app.case import Answer, Answers, Unread
from desktop_app.dates import show_day
from desktop_app.finding import Finding, Outcome, told_once
from desktop_app.forms import kinds
from desktop_app.forms.fields import Kind, fields
from desktop_app.forms.model import Form, label_of
from desktop_app.forms.rows_check import check_rows
from desktop_app.forms.titles import form_title
from desktop_app.identifiers import CREDIT_SOURCE, IDENTITY_SOURCE
from desktop_app.policy.assess import Assessment
from desktop_app.policy.derived import derive, derived_findings
from desktop_app.store.case_columns import CaseRow
from desktop_app.workflow.states import STATE_LABELS

Group = Literal["fail", "warn", "missing", "note", "pass", "bring"]
HEADS: Final[dict[Group, tuple[str, str]]] = {
    "fail": ("✕", "不符合"),
    "warn": ("!", "待确认"),
    "missing": ("✕", "缺项"),
    "note": ("✎", "批注"),
    "pass": ("✓", "符合"),
    "bring": ("□", "应带材料"),
}
# What a value of each kind was found to be when its check has nothing to say.
_PASSED: Final[dict[Kind, tuple[str, str]]] = {
    "id_number": ("校验码相符", IDENTITY_SOURCE),
    "credit_code": ("校验码相符", CREDIT_SOURCE),
    "card": ("校验位相符", "按卡号末位校验"),
    "certificate_number": ("位数和编排相符", "按证书编号规则核对"),
    "phone": ("位数相符", "按电话号码规则核对"),
}
_GROUPS: Final[dict[Outcome, Group]] = {"fail": "fail", "warn": "warn", "unknown": "missing", "pass": "pass"}
# Where nothing is typed, what it is worked out from.
_TYPED_AS: Final = {"applicant.birth_date": "applicant.id_number", "applicant.sex": "applicant.id_number"}


# Rules that say of a number what the check of its kind says.
_NUMBER_RULES: Final = ("identity_number_valid", "certificate_number_plausible", "card_number_plausible")


# Rules that compare two answers: both are marked, and the one that is likelier mistyped is visited first.
_COMPARED: Final = {
    "applied_within_months_of_issue": ("certificate.issued_on", "claim.applied_on"),
    "applied_by_transition_deadline": ("certificate.issued_on", "claim.applied_on"),
}


class PanelLine(NamedTuple):
    """One line of the panel.

    Attributes:
        rule: The rule of a policy that says it.
        also: Further fields that it concerns.
        case_id: Another application that it speaks of, to be opened from here.
        remedy: The smallest change that would do, and from when.
    """

    group: Group
    field_id: str
    message: str
    source: str
    rule: str = ""
    also: tuple[str, ...] = ()
    case_id: str = ""
    remedy: str = ""

    @property
    def concerns(self) -> tuple[str, ...]:
        """The fields that it concerns, the one to visit first before the others."""
        return tuple(filter(None, (self.field_id, *self.also)))


def panel_lines(
    form: Form,
    answers: Answers,
    today: date,
    assessment: Assessment | None = None,
    rows: Sequence[Answers] = (),
    remedies: Mapping[str, str] = MappingProxyType({}),
) -> tuple[PanelLine, ...]:
    """Return every line, group by group, in the paper's order or the policy's within a group, rows last."""
    facts = assessment.facts if assessment else ()
    unread = tuple(_unread(facts, answers))
    told = {each.field_id for each in unread}
    findings = tuple(
        each
        for each in told_once(assessment.decision.findings if assessment else ())
        if each.outcome != "unknown" or each.field_id not in told
    )
    told |= {finding.field_id for finding in findings if finding.outcome == "unknown"}
    found = [each for each in _missing(form, answers) if each.field_id not in told]
    found.extend(unread)
    found.extend(_ruled(findings, remedies))
    judged = {finding.field_id for finding in findings if finding.rule in _NUMBER_RULES}
    found.extend(
        each for each in _checked(form, derive(answers), answers, today) if each.field_id not in judged
    )
    found.extend(_to_bring(assessment))
    for each in check_rows(form, rows, today):
        found.append(PanelLine(_GROUPS[each.outcome], each.field_id, each.message, each.source))
    groups = list(HEADS)
    return tuple(sorted(found, key=lambda line: groups.index(line.group)))


def lines_of_others(others: Sequence[CaseRow]) -> tuple[PanelLine, ...]:
    """Return what is to be said of other applications with this identity number, the latest first in `others`."""
    if not others:
        return ()
    latest, count = others[0], len(others)
    which = f"最近一份是{STATE_LABELS[latest.state]}" if count > 1 else f"是{STATE_LABELS[latest.state]}"
    day = show_day(latest.updated_at.astimezone().date())
    message = f"同一身份证号另有 {count} 份申请，{which}，{day}保存，请先看是否重复。"
    source = f"{form_title(latest.form_id)} · 点击或按 Enter 打开"
    return (PanelLine("warn", "applicant.id_number", message, source, case_id=latest.id),)


def lines_of_notes(form: Form, notes: Mapping[str, str]) -> tuple[PanelLine, ...]:
    """Return the clerk's own remarks on fields; they are never printed."""
    return tuple(
        PanelLine("note", field_id, f"{label_of(form, field_id)}：{text}", "批注不打印 · Ctrl+M 修改")
        for field_id, text in notes.items()
    )


def _ruled(findings: Iterable[Finding], remedies: Mapping[str, str]) -> Iterator[PanelLine]:
    for finding in findings:
        first, also = _TYPED_AS.get(finding.field_id, finding.field_id), tuple[str, ...]()
        compared: tuple[str, ...] = _COMPARED.get(finding.rule, ())
        if finding.outcome in ("fail", "warn") and first in compared:
            first, also = compared[0], compared[1:]
        remedy = remedies.get(finding.rule, "") if finding.outcome == "fail" else ""
        yield PanelLine(
            _GROUPS[finding.outcome],
            first,
            finding.message,
            finding.source,
            finding.rule,
            also,
            remedy=remedy,
        )


def _unread(facts: Iterable[str], answers: Answers) -> Iterator[PanelLine]:
    """Say of facts beside the paper what the paper's own fields say of text that cannot be read."""
    for field_id in facts:
        value = answers.get(field_id)
        if isinstance(value, Unread):
            field = fields()[field_id]
            for finding in kinds.parse(field, value.text).findings:
                message = finding.message
                if field.kind in ("date", "month"):  # these sentences name no field
                    message = f"{field.label}：{message}"
                yield PanelLine(_GROUPS[finding.outcome], field_id, message, finding.source)


def _to_bring(assessment: Assessment | None) -> Iterator[PanelLine]:
    for each in assessment.materials if assessment else ():
        copies = f"，{each.copies}份" if each.copies > 1 else ""
        yield PanelLine(
            "bring", "", f"{each.name}{f'（{each.form}{copies}）' if each.form else copies}", each.source
        )


def _missing(form: Form, answers: Answers) -> Iterator[PanelLine]:
    known = derive(answers)
    for each in form.fields:
        if each.is_required and not each.is_repeated and known.get(each.field_id) in (None, "", ()):
            yield PanelLine("missing", each.field_id, f"{label_of(form, each.field_id)} 未填写", "")


def _checked(form: Form, known: Answers, answers: Answers, today: date) -> Iterator[PanelLine]:
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
            message = finding.message
            if isinstance(value, Unread) and field.kind in ("date", "month"):
                message = f"{label_of(form, each.field_id)}：{message}"
            yield PanelLine(_GROUPS[finding.outcome], each.field_id, message, finding.source)
        if not findings and field.kind in _PASSED and not isinstance(value, Unread):
            words, source = _PASSED[field.kind]
            yield PanelLine("pass", each.field_id, f"{label_of(form, each.field_id)}{words}", source)


def _findings(field_id: str, value: Answer, today: date) -> tuple[Finding, ...]:
    field = fields()[field_id]
    if isinstance(value, Unread):
        return kinds.parse(field, value.text, today).findings
    return kinds.check(field, value, today)
