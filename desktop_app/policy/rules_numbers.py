"""Rules about what was typed: numbers that can be true, days in a possible order, the applicant's own account.

They hold for every policy without being called; a policy calls one to give it the article of its document.
"""

from desktop_app import identifiers
from desktop_app.dates import show_day
from desktop_app.finding import Finding
from desktop_app.policy.facts import Facts, Findings, choice_label, doubts, fails, given, passes
from desktop_app.policy.model import RuleCall


def identity_number_valid(facts: Facts, call: RuleCall) -> Findings:
    """The identity numbers of applicant and agent pass their check."""
    found: list[Finding] = []
    field = "applicant.id_number"
    if given(facts, field):
        found += _named(call, facts.identity_faults) or passes(call, field, "身份证号校验通过。")
    agent = given(facts, "agent.id_number")
    if agent:
        field = "agent.id_number"
        faults = identifiers.check_identity_number(str(agent), facts.known.today, field, "代办人身份证号")
        found += _named(call, faults) or passes(call, field, "代办人身份证号校验通过。")
    return tuple(found)


def _named(call: RuleCall, faults: Findings) -> Findings:
    return tuple(each._replace(rule=call.rule, source=call.source) for each in faults)


def identity_number_matches(facts: Facts, call: RuleCall) -> Findings:
    """A typed sex or birth date is the one that the identity number states; the retirement class is of that sex."""
    found: list[Finding] = []
    for field, label, values in (
        ("applicant.sex", "性别", facts.sexes),
        ("applicant.birth_date", "出生日期", facts.births),
    ):
        if len(values) > 1:
            found += doubts(facts, call, field, f"填写的{label}与身份证号里的不一致，请对照身份证核对")
    chosen = given(facts, "applicant.retirement_class")
    if chosen is not None and len(facts.sexes) == 1 and (chosen == "male") != (facts.sexes[0] == "male"):
        words = choice_label("applicant.sex", facts.sexes[0])
        label = choice_label("applicant.retirement_class", str(chosen))
        fact = f"法定退休年龄类别选的是{label}，性别是{words}，请核对身份证号，或改选类别"
        found += doubts(facts, call, "applicant.retirement_class", fact)
    return tuple(found)


def card_number_plausible(facts: Facts, call: RuleCall) -> Findings:
    """The card number has 13 to 19 digits and its check digit; some accounts have neither, so figures only warn."""
    field = "payment.account_number"
    number = given(facts, field)
    if not number:
        return ()
    plain = identifiers.compact(str(number))
    faults = identifiers.check_card_number(plain, field)
    if not identifiers.is_digits(plain):
        return fails(call, field, faults[0].message)
    if faults:
        return doubts(facts, call, field, faults[0].message.rstrip("。"))
    return passes(call, field, "卡号校验通过。")


def account_belongs_to_applicant(facts: Facts, call: RuleCall) -> Findings:
    """The account's name is the applicant's."""
    field = "payment.account_name"
    account, name = given(facts, field), given(facts, "applicant.name")
    if not account or not name:
        return ()
    if identifiers.normalise_name(str(account)) == identifiers.normalise_name(str(name)):
        return passes(call, field, "账户户名与申请人姓名一致。")
    return doubts(facts, call, field, "账户户名与申请人姓名不同，补贴应发给申请人本人，请核对")


def employer_code_matches(facts: Facts, call: RuleCall) -> Findings:
    """The kind of employer that the credit code states is the one that was chosen."""
    field = "employer.credit_code"
    code, kind = given(facts, field), given(facts, "employer.kind")
    if not code or not kind:
        return ()
    stated = identifiers.identify("credit-code", str(code)).tells.get("employer_kind")
    if stated is None or stated == kind:
        return ()
    label, chosen = choice_label("employer.kind", str(stated)), choice_label("employer.kind", str(kind))
    return doubts(
        facts, call, field, f"统一社会信用代码表示的是{label}，所填的参保单位类型是{chosen}，请核对"
    )


def dates_consistent(facts: Facts, call: RuleCall) -> Findings:
    """No certificate or birth after the governing day, no application before its certificate or on another day."""
    found: list[Finding] = []
    governing, applied, issued = facts.governing_day, facts.applied, facts.issued
    if applied != governing:
        message = f"申请日期{show_day(applied)}与办理日期{show_day(governing)}不同，请核对。"
        found += fails(call, "claim.applied_on", message)
    if issued is not None and issued > governing:
        message = f"证书核发日期{show_day(issued)}晚于申请日期{show_day(governing)}，请核对年份。"
        found += fails(call, "certificate.issued_on", message)
    elif issued is not None and issued > applied:
        message = f"申请日期{show_day(applied)}早于证书核发日期{show_day(issued)}，请核对。"
        found += fails(call, "claim.applied_on", message)
    for birth in facts.births:
        if birth > governing:
            message = f"出生日期{show_day(birth)}晚于申请日期{show_day(governing)}，请核对年份。"
            found += fails(call, "applicant.birth_date", message)
    return tuple(found) or passes(call, "claim.applied_on", "各项日期的先后没有矛盾。")
