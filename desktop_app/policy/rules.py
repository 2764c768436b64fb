"""Every rule by its id, in the order in which findings are told, and what a policy may call it with.

The numbers that a rule takes are the keyword arguments of its function; nothing else has to be written down.
"""

from collections.abc import Callable, Mapping
from inspect import Parameter, signature
from types import MappingProxyType
from typing import Any, NamedTuple, get_type_hints

from desktop_app import identifiers
from desktop_app.finding import Finding
from desktop_app.policy import rules_before, rules_certificate, rules_numbers, rules_person, rules_repeat


class Rule(NamedTuple):
    """One rule: its function, its title, and the names and types of the numbers that it takes.

    Attributes:
        title: As a policy page calls it.
        numbers: What a policy file gives to it, by the names of the function's keyword arguments.
        needed: Those of the numbers that have no default.
        common: The source of a rule of common sense, which holds without a policy's saying so; empty for the document
            of the edition, None for a rule that a policy has to call.
    """

    id: str
    title: str
    function: Callable[..., tuple[Finding, ...]]
    numbers: Mapping[str, Any]
    needed: frozenset[str]
    common: str | None


def _rule(function: Callable[..., tuple[Finding, ...]], title: str, common: str | None = None) -> Rule:
    hints = get_type_hints(function)
    taken = {
        name: each
        for name, each in signature(function).parameters.items()
        if each.kind is Parameter.KEYWORD_ONLY
    }
    return Rule(
        function.__name__,
        title,
        function,
        {name: hints[name] for name in taken},
        frozenset(name for name, each in taken.items() if each.default is Parameter.empty),
        common,
    )


_RULES = (
    _rule(rules_numbers.dates_consistent, "各项日期前后相符", common=""),
    _rule(rules_certificate.policy_in_force, "文件已经施行", common=""),
    _rule(rules_person.route_accepted, "申领途径"),
    _rule(rules_person.months_paid_at_least, "累计缴纳失业保险费"),
    _rule(rules_person.not_in_arrears, "不欠缴失业保险费"),
    _rule(rules_person.insured_in_this_region, "在本地参加失业保险"),
    _rule(rules_person.in_service_at_certificate, "在职期间取得证书"),
    _rule(rules_person.in_service_at_application, "申请时在职"),
    _rule(rules_person.employer_is_enterprise, "参保单位是企业"),
    _rule(rules_person.employer_registered_here, "单位在本行政区域内登记"),
    _rule(rules_person.contract_and_filing, "签订劳动合同并用工备案"),
    _rule(rules_person.employer_insures, "由企业缴纳社会保险"),
    _rule(rules_person.certificate_while_drawing_benefit, "领取失业保险金期间取得证书"),
    _rule(rules_person.below_retirement_age, "未达到法定退休年龄"),
    _rule(rules_person.draws_no_pension, "未享受养老保险待遇"),
    _rule(rules_person.proof_of_no_award_elsewhere, "转入人员的未享受补贴证明"),
    _rule(rules_person.identity_category_accepted, "身份类别"),
    _rule(rules_certificate.certificate_kind_accepted, "证书类别"),
    _rule(rules_certificate.certificate_level_accepted, "证书等级"),
    _rule(rules_certificate.unseen_article_met, "程序里没有的条款"),
    _rule(rules_certificate.certificate_dated_in_range, "证书核发日期的范围"),
    _rule(rules_certificate.certificate_verified, "证书查询核验", common=""),
    _rule(rules_person.filed_locally, "外省或行业证书查验备案"),
    _rule(rules_certificate.assessed_in_this_district, "向评价所在区县申请"),
    _rule(rules_certificate.applied_within_months_of_issue, "申请期限"),
    _rule(rules_certificate.applied_by_transition_deadline, "过渡期申请期限"),
    _rule(rules_repeat.once_for_certificate, "一本证书只补一次"),
    _rule(rules_repeat.once_for_occupation_and_level, "同一职业同一等级"),
    _rule(rules_repeat.once_for_occupation, "同一职业及其工种"),
    _rule(rules_before.no_lower_level_after_higher, "先有高等级不再补低等级"),
    _rule(rules_repeat.yearly_limit, "每人每年次数"),
    _rule(rules_repeat.lifetime_limit, "每人累计次数"),
    _rule(rules_before.no_other_subsidy, "不得重复享受其他补贴"),
    _rule(rules_certificate.on_shortage_list, "职业目录"),
    _rule(rules_certificate.amount_configured, "补贴标准由本机构填写"),
    _rule(rules_before.claim_history_consistent, "初次或多次申请与台账相符", common=""),
    _rule(rules_numbers.identity_number_valid, "身份证号校验", common=identifiers.IDENTITY_SOURCE),
    _rule(
        rules_numbers.identity_number_matches,
        "身份证号与性别、出生日期相符",
        common=identifiers.IDENTITY_SOURCE,
    ),
    _rule(
        rules_numbers.employer_code_matches,
        "统一社会信用代码与单位类型相符",
        common=identifiers.CREDIT_SOURCE,
    ),
    _rule(rules_certificate.certificate_number_plausible, "证书编号的编排", common="证书编号的编号规则"),
    _rule(rules_numbers.card_number_plausible, "卡号的编排", common=identifiers.CARD_SOURCE),
    _rule(rules_numbers.account_belongs_to_applicant, "账户户名是申请人", common=""),
)

RULES: Mapping[str, Rule] = MappingProxyType({each.id: each for each in _RULES})

# Rules of common sense, with their source.
COMMON: Mapping[str, str] = MappingProxyType(
    {each.id: each.common for each in _RULES if each.common is not None}
)
