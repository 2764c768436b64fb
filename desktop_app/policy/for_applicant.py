"""What an applicant has to do, in the applicant's words: fill in, put right, bring, where, and whom to ring.

A pure function of paper, policy and what the rules found. What only the office settles (open points, look-ups, its own
table of amounts) is never among it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from desktop_app.finding import Finding
from desktop_app.forms.fields import fields
from desktop_app.forms.model import Form
from desktop_app.policy.assess import Assessment
from desktop_app.policy.materials import agencies_for, places_for
from desktop_app.policy.model import Material, Office, Policy


class Item(NamedTuple):
    """One thing to do: a sentence in the applicant's words, and the article that asks for it."""

    sentence: str
    source: str = ""


class ForApplicant(NamedTuple):
    """Everything at once; each part may be empty.

    Attributes:
        fill: Places of the paper that are still empty.
        mend: What was written and has to be put right or compared.
        not_met: Conditions that are not met today, with what would meet them.
        bring: Papers, with originals and copies as the document asks for them.
        where: Where it is handed in.
        phones: Whom to ring.
    """

    fill: tuple[Item, ...] = ()
    mend: tuple[Item, ...] = ()
    not_met: tuple[Item, ...] = ()
    bring: tuple[Item, ...] = ()
    where: tuple[Item, ...] = ()
    phones: tuple[Item, ...] = ()


# Places of a paper that office or employer fills in.
_NOT_THEIRS = frozenset(
    (
        "insurance.months_paid", "insurance.in_arrears", "certificate.verification", "certificate.review_verification",
        "claim.amount", "claim.is_shortage", "claim.year", "claim.applied_on", "employer.contact_phone",
        "office.contact_phone",
    )
)  # fmt: skip
_STATED_BY_NUMBER = ("applicant.sex", "applicant.birth_date")
# What to do about what was written, by the rule that found it.
_MEND: Mapping[str, str] = {
    "identity_number_valid": "身份证号有误，请对照身份证改正。",
    "identity_number_matches": "填写的性别或出生日期与身份证号不一致，请对照身份证改正。",
    "certificate_number_plausible": "证书编号与类别、等级或年份对不上，请对照证书改正，与证书一致的请带证书来核对。",
    "card_number_plausible": "社会保障卡号或银行卡号可能有误，请对照卡面改正，与卡面一致的请带卡来核对。",
    "account_belongs_to_applicant": "补贴只发给申请人本人，请改填本人的账户。",
    "employer_code_matches": "统一社会信用代码与单位类型对不上，请对照营业执照改正。",
    "claim_history_consistent": "请核对是初次还是多次申请，以及上次申请的年月、职业和等级。",
    "dates_consistent": "证书核发日期、申请日期或出生日期前后矛盾，请对照证书和身份证改正。",
}
# Conditions whose own words are for a clerk.
_IN_OTHER_WORDS: Mapping[str, str] = {
    "certificate_dated_in_range": "证书核发日期不在这项补贴政策的范围之内，请对照证书核对日期。",
    "certificate_verified": "证书在全国联网查询系统里查不到，请到发证机构查证。",
}
# What a message says to the office beside the fact: its choice with the reason, its calendar.
_TO_THE_OFFICE = re.compile(r"，(?:经办人选定.*(?=。)|程序里没有.*?(?=，不能申领))")
_ANY_OFFICE = Office()


def for_applicant(
    form: Form,
    policy: Policy,
    assessment: Assessment,
    office: Office = _ANY_OFFICE,
    remedies: Mapping[str, str] | None = None,
    paper_faults: Iterable[Finding] = (),
) -> ForApplicant:
    """Return what to tell the applicant.

    Args:
        form: The paper.
        policy: The policy that decided.
        assessment: What the policy makes of the paper.
        office: Chooses the agency whose telephone is told.
        remedies: For failing rules what would meet them.
        paper_faults: What is wrong with single answers, whatever the policy.
    """
    findings = assessment.decision.findings
    faults = [each for each in paper_faults if each.outcome == "fail"]
    return ForApplicant(
        tuple(_fill(form, assessment)),
        tuple(dict.fromkeys([*_mend(findings), *_written_wrong(form, faults, findings)])),
        tuple(_not_met(findings, remedies or {})),
        tuple(_bring(each) for each in assessment.materials),
        tuple(Item(f"{each.text}。", each.source) for each in places_for(assessment.answers, policy)),
        tuple(
            Item(_phone(each.name, each.enquiry, each.supervision), each.source)
            for each in agencies_for(office, policy)
        ),
    )


def _fill(form: Form, assessment: Assessment) -> Iterator[Item]:
    on_paper = {each.field_id: each.label for each in form.fields if not each.is_repeated}
    asked = [each.field_id for each in assessment.decision.findings if each.outcome == "unknown"]
    missing = dict.fromkeys(
        "applicant.id_number" if each in _STATED_BY_NUMBER else each for each in (*assessment.missing, *asked)
    )
    empty = [
        each
        for each in on_paper
        if each in missing and each not in _NOT_THEIRS and assessment.answers.get(each) in (None, "", ())
    ]
    if empty:
        names = dict.fromkeys("".join((on_paper[each] or fields()[each].label).split()) for each in empty)
        yield Item(f"请在《{form.title}》上补填：{'、'.join(names)}。")


def _mend(findings: Iterable[Finding]) -> Iterator[Item]:
    for each in findings:
        if each.rule in _MEND and each.outcome in ("fail", "warn"):
            words = _MEND[each.rule]
            yield Item(f"代办人{words}" if each.field_id.startswith("agent.") else words, each.source)


def _written_wrong(form: Form, faults: Iterable[Finding], findings: Iterable[Finding]) -> Iterator[Item]:
    told = {each.field_id for each in findings if each.rule in _MEND and each.outcome != "pass"}
    labels = {each.field_id: each.label for each in form.fields}
    for each in faults:
        if each.field_id not in told and each.field_id not in _NOT_THEIRS:
            label = "".join(labels.get(each.field_id, "").split())
            yield Item(f"{label}：{each.message}" if label else each.message, each.source)


def _not_met(findings: Iterable[Finding], remedies: Mapping[str, str]) -> Iterator[Item]:
    for each in findings:
        if each.outcome != "fail" or each.rule in _MEND:
            continue
        words = _IN_OTHER_WORDS.get(each.rule) or each.message
        yield Item(_TO_THE_OFFICE.sub("", words) + remedies.get(each.rule, ""), each.source)


def _bring(material: Material) -> Item:
    copies = f"一式{'零一二三四五六七八九'[material.copies]}份" if 1 < material.copies < 10 else ""
    told = "，".join(filter(None, (material.form, copies)))
    return Item(f"{material.name}（{told}）" if told else material.name, material.source)


def _phone(name: str, enquiry: str, supervision: str) -> str:
    told = [f"咨询电话{enquiry}" if enquiry else "", f"监督电话{supervision}" if supervision else ""]
    return f"{name}：{'，'.join(filter(None, told))}。"
