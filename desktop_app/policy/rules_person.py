"""Rules about the applicant and the employer: insurance, employment, age, category.

Each rule is a pure function of the facts and of the numbers that a policy calls it with; its name is the rule
id. What a rule means stands in its docstring, which numbers it takes in its keyword arguments.
"""

from datetime import date
from typing import Literal

from desktop_app.dates import add_months, show_day
from desktop_app.policy.facts import (
    Facts,
    Findings,
    choice_label,
    doubts,
    fails,
    given,
    lacks,
    leaves_open,
    passes,
    plain_occupation,
)
from desktop_app.policy.model import RetirementAge, RuleCall
from desktop_app.policy.places import names_another_place

AsOf = Literal["application", "certificate"]
_EMPLOYERS = (("employer.kind", "申请时参保单位"), ("employer_at_certificate.kind", "取证时参保单位"))


def route_accepted(facts: Facts, call: RuleCall, *, routes: tuple[str, ...]) -> Findings:
    """The person applies by one of the named paths."""
    field = "insurance.route"
    route = given(facts, field)
    if route is None:
        return lacks(call, field, "还没有选取证时人员类别，请选企业职工或领取失业保险金人员。")
    label = choice_label(field, str(route))
    if route in routes:
        return passes(call, field, f"取证时人员类别是{label}，在申领范围内。")
    return fails(call, field, f"取证时人员类别是{label}，不在申领范围内，不能申领。")


def months_paid_at_least(
    facts: Facts, call: RuleCall, *, months: int, as_of: AsOf = "application"
) -> Findings:
    """Unemployment insurance is paid for at least `months`, cumulative, that number included.

    The answer counts up to the application. Where the document counts up to the certificate's day, the months
    since may be among those paid, and only what is left without them is sure.
    """
    field = "insurance.months_paid"
    paid = given(facts, field)
    if not isinstance(paid, int):
        return lacks(call, field, f"还没有填累计缴纳失业保险费的月数，须满{months}个月，请查询后填写。")
    if paid < months:
        message = f"累计缴纳失业保险费{paid}个月，不满{months}个月，还差{months - paid}个月，不能申领。"
        return fails(call, field, message)
    if as_of == "certificate":
        if facts.issued is None:
            return lacks(call, "certificate.issued_on", "还没有填证书核发日期，请照证书填写。")
        since = (facts.applied.year - facts.issued.year) * 12 + facts.applied.month - facts.issued.month + 1
        if paid - since < months:
            fact = f"到申请时累计缴纳{paid}个月，取证时须满{months}个月，请查询取证时的月数"
            return doubts(facts, call, field, fact)
    return passes(call, field, f"累计缴纳失业保险费{paid}个月，已满{months}个月。")


def in_service_at_certificate(facts: Facts, call: RuleCall) -> Findings:
    """The certificate was obtained while employed."""
    field = "employment.in_service_at_certificate"
    match given(facts, field):
        case None:
            return lacks(call, field, "还没有填是否在职期间取得证书，请核实后填写。")
        case True:
            return passes(call, field, "证书是在职期间取得的。")
        case _:
            return fails(call, field, "证书不是在职期间取得的，不能申领。")


def in_service_at_application(facts: Facts, call: RuleCall) -> Findings:
    """The person is employed on the day of application."""
    field = "employment.in_service"
    match given(facts, field):
        case None:
            return lacks(call, field, "还没有填申请时是否在职，请核实后填写。")
        case True:
            return passes(call, field, "申请时在职。")
        case _:
            return fails(call, field, "申请时不在职，不能申领。")


def employer_is_enterprise(
    facts: Facts, call: RuleCall, *, at_certificate: bool = False, open_employers: tuple[str, ...] = ()
) -> Findings:
    """The employer is an enterprise on the day of application, and on the certificate's day where that is asked.

    `open_employers` are kinds of employer of which the document does not say whether they are excluded.
    """
    places = _EMPLOYERS if at_certificate else _EMPLOYERS[:1]
    if call.is_if_given and not any(field in facts.answers for field, _ in places):
        return ()
    kinds = {field: given(facts, field) for field, _ in places}
    odd = [place for place in places if kinds[place[0]] not in (None, "enterprise")]
    for field, label in odd:
        if kinds[field] not in open_employers:
            message = f"{label}是{choice_label(field, str(kinds[field]))}，不是企业，不在申领范围内。"
            return fails(call, field, message)
    for field, label in odd:
        return leaves_open(facts, call, field, f"{label}是{choice_label(field, str(kinds[field]))}")
    known = [place for place in places if kinds[place[0]] is not None]
    if len(known) == len(places):
        labels = "申请时和取证时的参保单位都" if at_certificate else "申请时参保单位"
        return passes(call, "employer.kind", f"{labels}是企业。")
    if call.is_if_given:
        return passes(call, known[0][0], f"{known[0][1]}是企业。") if known else ()
    missing, label = next(place for place in places if kinds[place[0]] is None)
    return lacks(call, missing, f"还没有填{label}类型，请查询参保记录后填写。")


def certificate_while_drawing_benefit(
    facts: Facts, call: RuleCall, *, window_from: date, window_to: date
) -> Findings:
    """The certificate's day lies in the window and in the period in which benefits were drawn."""
    field, issued = "certificate.issued_on", facts.issued
    start, end = given(facts, "insurance.benefit_from"), given(facts, "insurance.benefit_to")
    window = f"{show_day(window_from)}至{show_day(window_to)}"
    if issued is not None and not window_from <= issued <= window_to:
        return fails(
            call, field, f"证书核发日期{show_day(issued)}不在{window}之间，不能按领取失业保险金人员申领。"
        )
    if isinstance(start, date) and start > (issued or window_to):
        message = f"领取失业保险金从{show_day(start)}开始，证书不在领取期间取得，不能申领。"
        return fails(call, "insurance.benefit_from", message)
    if isinstance(end, date) and end < (issued or window_from):
        message = f"领取失业保险金到{show_day(end)}为止，证书不在领取期间取得，不能申领。"
        return fails(call, "insurance.benefit_to", message)
    if isinstance(start, date) and isinstance(end, date) and start > end:
        message = f"领取失业保险金的开始日期{show_day(start)}晚于结束日期{show_day(end)}，请核对。"
        return fails(call, "insurance.benefit_from", message)
    if issued is None:
        return lacks(call, field, "还没有填证书核发日期，请照证书填写。")
    for each, value, label in (
        ("insurance.benefit_from", start, "开始"),
        ("insurance.benefit_to", end, "结束"),
    ):
        if value is None:
            return lacks(call, each, f"还没有填领取失业保险金的{label}日期，请查询后填写。")
    return passes(call, field, f"证书核发日期{show_day(issued)}在领取失业保险金期间。")


def retirement_day(birth: date, ages: tuple[RetirementAge, ...]) -> date:
    """Return the day on which a person reaches the statutory retirement age.

    `ages` are the rows of one class, ascending; a row with delayed ages speaks of births from its month on.
    """
    months = ages[0].age * 12
    for row in ages[1:]:
        if row.births_from is not None and birth >= row.births_from:
            place = (birth.year - row.births_from.year) * 12 + birth.month - row.births_from.month
            months = min(row.age * 12 + place // row.month_for_births + 1, row.final_age * 12)
    return add_months(birth, months)


def below_retirement_age(facts: Facts, call: RuleCall, *, ages: tuple[RetirementAge, ...]) -> Findings:
    """On the day of application the statutory retirement age is not reached; its day counts as reached."""
    field = "applicant.birth_date"
    if not facts.births:
        message = "还没有身份证号或出生日期，无法判断是否达到法定退休年龄，请照身份证填写。"
        return lacks(call, "applicant.id_number", message)
    classes = _retirement_classes(facts, ages)
    rows = [tuple(row for row in ages if row.retirement_class == each) for each in classes]
    days = [retirement_day(birth, each) for birth in facts.births for each in rows]
    applied = show_day(facts.applied)
    if all(day > facts.applied for day in days):
        return passes(call, field, f"申请日期{applied}未达到法定退休年龄。")
    if all(day <= facts.applied for day in days):
        reached = show_day(max(days))
        return fails(call, field, f"在{reached}已达到法定退休年龄，申请日期是{applied}，不能申领。")
    if not facts.sexes:
        return lacks(call, "applicant.sex", "还没有性别，无法判断是否达到法定退休年龄，请填写。")
    if len(facts.births) > 1 or len(facts.sexes) > 1:
        return lacks(
            call, field, "填写的性别或出生日期与身份证号不同，无法判断是否达到法定退休年龄，请核对。"
        )
    names = "还是".join(choice_label("applicant.retirement_class", each) for each in classes)
    return lacks(call, "applicant.retirement_class", f"法定退休年龄因类别不同，请选择{names}。")


def _retirement_classes(facts: Facts, ages: tuple[RetirementAge, ...]) -> list[str]:
    """The classes that the person may be in, for all that is known; a class is asked of a known sex only."""
    every = list(dict.fromkeys(row.retirement_class for row in ages))
    if len(facts.sexes) != 1:
        return every
    of_sex = [each for each in every if (each == "male") == (facts.sexes[0] == "male")]
    chosen = given(facts, "applicant.retirement_class")
    return [each for each in of_sex if each == chosen] or of_sex


def draws_no_pension(facts: Facts, call: RuleCall) -> Findings:
    """No old-age pension is drawn."""
    field = "applicant.draws_pension"
    match given(facts, field):
        case None:
            return lacks(call, field, "还没有填是否已享受养老保险待遇，请查询后填写。")
        case False:
            return passes(call, field, "未享受养老保险待遇。")
        case _:
            return fails(call, field, "已享受养老保险待遇，不在申领范围内。")


def not_in_arrears(facts: Facts, call: RuleCall) -> Findings:
    """The contributions are paid up."""
    field = "insurance.in_arrears"
    match given(facts, field):
        case None:
            return lacks(call, field, "还没有填是否欠缴失业保险费，请查询后填写。")
        case False:
            return passes(call, field, "不欠缴失业保险费。")
        case _:
            return fails(call, field, "欠缴失业保险费，请先由单位补缴，再来申请。")


def proof_of_no_award_elsewhere(facts: Facts, call: RuleCall) -> Findings:
    """A person moved in from another pool brings the former office's proof that no subsidy was drawn."""
    if given(facts, "insurance.moved_in") is not True:
        return ()
    field = "insurance.no_award_proof"
    match given(facts, field):
        case None:
            return lacks(
                call, field, "失业保险是跨统筹地区转入的，请确认是否带了原参保地的未享受技能提升补贴证明。"
            )
        case True:
            return passes(call, field, "已交原参保地社保经办机构开具的未享受技能提升补贴证明。")
        case _:
            message = "失业保险是跨统筹地区转入的，缺未享受技能提升补贴证明，请到原参保地社保经办机构开具。"
            return fails(call, field, message)


def filed_locally(facts: Facts, call: RuleCall) -> Findings:
    """A certificate of another province or of an industry is checked and filed locally before."""
    if given(facts, "certificate.from_elsewhere") is not True:
        return ()
    field = "certificate.is_filed_locally"
    match given(facts, field):
        case None:
            return lacks(call, field, "证书由外省或行业机构核发，请确认是否已由参保地人社部门查验备案。")
        case True:
            return passes(call, field, "外省或行业证书已由参保地人社部门查验备案。")
        case _:
            message = "证书由外省或行业机构核发，尚未查验备案，请先到参保地人社部门办理。"
            return fails(call, field, message)


def contract_and_filing(facts: Facts, call: RuleCall) -> Findings:
    """The employer has a labour contract with the person and has filed the employment."""
    return _all_yes(
        facts,
        call,
        ("employment.has_contract", "与企业签订劳动合同"),
        ("employment.is_filed", "由企业履行用工备案"),
    )


def employer_registered_here(facts: Facts, call: RuleCall) -> Findings:
    """The employer is registered within the region."""
    return _all_yes(facts, call, ("employer.registered_here", "单位在本行政区域内依法登记设立"))


def employer_insures(facts: Facts, call: RuleCall) -> Findings:
    """The employer pays the social insurance."""
    return _all_yes(facts, call, ("employment.employer_insures", "由企业依法缴纳社会保险"))


def _all_yes(facts: Facts, call: RuleCall, *asked: tuple[str, str]) -> Findings:
    for field, words in asked:
        if given(facts, field) is False:
            return fails(call, field, f"不符合“{words}”的条件，不能申领。")
    for field, words in asked:
        if given(facts, field) is None:
            return lacks(call, field, f"还没有填是否{words}，请核实后填写。")
    return passes(call, asked[0][0], f"已{'，并'.join(words for _, words in asked)}。")


def identity_category_accepted(
    facts: Facts,
    call: RuleCall,
    *,
    categories: tuple[str, ...],
    in_graduation_year: tuple[str, ...] = (),
    months_from_graduation: int = 12,
    soon_after_graduation: tuple[str, ...] = (),
) -> Findings:
    """One of the accepted categories is held on the day of application.

    Some hold in the calendar year of graduation only, some for a number of months from graduation on. Those terms
    stand in a notice that is not at hand, so a graduation day outside them is open.
    """
    field = "applicant.identity_categories"
    held = given(facts, field)
    if not isinstance(held, tuple):
        return lacks(call, field, "还没有选身份类别，请选六类人员身份之一。")
    accepted = [each for each in categories if each in held]
    termed = (*in_graduation_year, *soon_after_graduation)
    for each in accepted:
        if each not in termed:
            return passes(call, field, f"申请时属于{choice_label(field, each)}。")
    if not accepted:
        return fails(call, field, "所选身份类别不在申领范围内，不能申领。")
    names = "、".join(choice_label(field, each) for each in accepted)
    graduated = given(facts, "applicant.graduated_on")
    if not isinstance(graduated, date):
        return lacks(call, "applicant.graduated_on", f"{names}有时间限制，请填写毕业日期。")
    for each in accepted:
        if each in in_graduation_year:
            in_term = graduated.year == facts.applied.year
        else:
            in_term = graduated <= facts.applied <= add_months(graduated, months_from_graduation)
        if in_term:
            name = choice_label(field, each)
            return passes(call, field, f"毕业日期{show_day(graduated)}，申请时属于{name}。")
    dates = f"毕业日期{show_day(graduated)}，申请日期{show_day(facts.applied)}，不在{names}通常的时间之内"
    return leaves_open(facts, call, "applicant.graduated_on", dates)


def insured_in_this_region(
    facts: Facts,
    call: RuleCall,
    *,
    names: tuple[str, ...],
    districts: tuple[str, ...] = (),
    within: tuple[str, ...] = (),
) -> Findings:
    """The pool that was given lies in the region; a place that is not recognised gives no finding.

    `names` are the region's own (天津); `districts` are names that several cities have (和平区), which count only
    where no other place is named beside them; `within` is the province around a city, which alone tells nothing.
    """
    field = "insurance.pool"
    pool = plain_occupation(str(given(facts, field) or ""))
    if not pool:
        return ()
    if any(name in pool for name in names):
        return passes(call, field, f"失业保险参保地是{pool}。")
    beside = pool
    for name in within:
        beside = beside.replace(name, "")
    if names_another_place(beside):
        return fails(call, field, f"失业保险参保地是{pool}，不在{names[0]}，请到参保地申请。")
    if any(name in pool for name in districts):
        return passes(call, field, f"失业保险参保地是{pool}。")
    return ()
