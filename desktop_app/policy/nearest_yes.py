"""The nearest yes: for each rule that a case fails, the smallest change that meets it, and from which day on.

A pure function of case, policy and what is known. It is asked where a failure is shown and decides anew for every
remedy that it tells; where nothing mends a failure it says nothing. `decide` knows nothing of it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from desktop_app.case import Answer, Case
from desktop_app.dates import show_day
from desktop_app.policy.decide import decide, terms_for
from desktop_app.policy.model import Decision, Known, Policy, RuleCall

_MONTHS, _APPLIED = "insurance.months_paid", "claim.applied_on"
# Waiting only makes these worse: what to say where a remedy would come after them.
_TOO_LATE = {
    "applied_within_months_of_issue": "已超过申请期限",
    "applied_by_transition_deadline": "已超过申请期限",
    "below_retirement_age": "已达到法定退休年龄",
}


class Change(NamedTuple):
    """What would have to be otherwise for one rule.

    Attributes:
        condition: A clause that says what it is, 满36个月.
        answers: Facts that become so.
        day: The first day of application on which it is so; None where no day is waited for.
        is_by_month: The day stands for its month: contributions are counted by months.
        district: The office's district, where another one has to take the application.
        is_open: It mends the failure, and leaves what the document leaves open.
    """

    condition: str
    answers: Mapping[str, Answer] = {}
    day: date | None = None
    is_by_month: bool = False
    district: str = ""
    is_open: bool = False


def remedies(case: Case, policy: Policy, known: Known, decision: Decision) -> Mapping[str, str]:
    """Return for each failing rule that something mends one Chinese sentence: what, and from when.

    Args:
        case: The application as it was decided.
        policy: The policy that decided it.
        known: What was known then.
        decision: What `decide` returned for them.
    """
    found = {}
    for rule, change in changes(case, policy, known, decision).items():
        after = decide(*as_if(case, policy, known, change))
        left = {each.rule for each in after.findings if each.outcome == "fail"}
        late = next((_TOO_LATE[each] for each in _TOO_LATE if each in left), "")
        is_whole = after.decision == "eligible" and not after.needs_confirmation
        ending = "可以申领" if is_whole else "才符合这一条"
        if change.is_open:
            ending = "不再是不符合，存疑之处由经办人确认"
        if change.day is None:
            found[rule] = f"{change.condition}，{ending}。"
        elif not late:
            found[rule] = f"{change.condition}，{_from(change)}起{ending}。"
        elif not any(each.rule in _TOO_LATE and each.outcome == "fail" for each in decision.findings):
            found[rule] = f"{change.condition}要等到{_from(change)}，那时{late}，不能申领。"
    return found


def changes(case: Case, policy: Policy, known: Known, decision: Decision) -> Mapping[str, Change]:
    """Return for each failing rule the smallest change after which it fails no more, tried by deciding anew."""
    failing = dict.fromkeys(each.rule for each in decision.findings if each.outcome == "fail")
    calls = {each.rule: each for each in terms_for(case, policy)[0].calls if _is_on_path(each, case)}
    found = {}
    for rule in failing:
        if rule not in _PROPOSED or rule in known.choices or rule not in calls:
            continue
        for change in _PROPOSED[rule](case, known, calls[rule]):
            after = decide(*as_if(case, policy, known, change))
            outcomes = {each.outcome for each in after.findings if each.rule == rule}
            if outcomes <= {"pass", "warn"}:
                found[rule] = change._replace(is_open="warn" in outcomes)
                break
    return found


def as_if(case: Case, policy: Policy, known: Known, change: Change) -> tuple[Case, Policy, Known]:
    """Return what `decide` takes, as if a change had come to pass.

    Waiting for a later month adds one paid month for each, as long as the person goes on paying.
    """
    answers = {**case.answers, **change.answers}
    day = change.day or case.governing_day
    if change.day is not None:
        applied = _applied(case)
        paid = answers.get(_MONTHS)
        if isinstance(paid, int):
            answers[_MONTHS] = paid + max((day.year - applied.year) * 12 + day.month - applied.month, 0)
        answers[_APPLIED] = day
    office = known.office._replace(district=change.district) if change.district else known.office
    return replace(case, governing_day=day, answers=answers), policy, known._replace(office=office)


def _is_on_path(call: RuleCall, case: Case) -> bool:
    return call.path in ("", case.answers.get("insurance.route", ""))


def _applied(case: Case) -> date:
    applied = case.answers.get(_APPLIED)
    return applied if isinstance(applied, date) else case.governing_day


def _from(change: Change) -> str:
    day = change.day or date.min
    return f"{day.year}年{day.month}月" if change.is_by_month else show_day(day)


def _months(case: Case, known: Known, call: RuleCall) -> Iterator[Change]:
    needed, paid = dict(call.numbers)["months"], case.answers.get(_MONTHS)
    if isinstance(paid, int):
        applied = _applied(case)
        year, month = divmod(applied.year * 12 + applied.month - 1 + needed - paid, 12)
        yield Change(f"按月缴费满{needed}个月", day=date(year, month + 1, 1), is_by_month=True)


def _next_year(case: Case, known: Known, call: RuleCall) -> Iterator[Change]:
    yield Change("进入下一年度", day=date(_applied(case).year + 1, 1, 1))


def _dates(case: Case, known: Known, call: RuleCall) -> Iterator[Change]:
    issued = case.answers.get("certificate.issued_on")
    yield Change("申请日期改为办理日期", {_APPLIED: case.governing_day})
    if isinstance(issued, date):
        yield Change("证书核发日期填写无误的", day=issued)


def _district(case: Case, known: Known, call: RuleCall) -> Iterator[Change]:
    place = str(case.answers.get("certificate.assessed_in", ""))
    yield Change(f"到{place}申请", district=place)


def _becomes(*wanted: tuple[str, Answer, str]) -> Callable[[Case, Known, RuleCall], Iterator[Change]]:
    """Propose that the facts among `wanted` which are otherwise become so."""

    def proposed(case: Case, known: Known, call: RuleCall) -> Iterator[Change]:
        wrong = [each for each in wanted if case.answers.get(each[0], each[1]) != each[1]]
        not_so = [each for each in wanted if case.answers.get(each[0]) != each[1]]
        for otherwise in (wrong, not_so) if wrong else ():
            words = "并".join(words for _, _, words in otherwise)
            yield Change(words, {field: value for field, value, _ in otherwise})

    return proposed


_PROPOSED: Mapping[str, Callable[[Case, Known, RuleCall], Iterator[Change]]] = {
    "dates_consistent": _dates,
    "months_paid_at_least": _months,
    "yearly_limit": _next_year,
    "assessed_in_this_district": _district,
    "not_in_arrears": _becomes(("insurance.in_arrears", False, "补缴所欠的失业保险费后")),
    "in_service_at_application": _becomes(("employment.in_service", True, "申请时在职的")),
    "employer_is_enterprise": _becomes(("employer.kind", "enterprise", "申请时在企业参保的")),
    "employer_registered_here": _becomes(("employer.registered_here", True, "单位在本地登记的")),
    "employer_insures": _becomes(("employment.employer_insures", True, "由企业缴纳社会保险后")),
    "contract_and_filing": _becomes(
        ("employment.has_contract", True, "与企业签订劳动合同"),
        ("employment.is_filed", True, "由企业办理用工备案"),
    ),
    "proof_of_no_award_elsewhere": _becomes(
        ("insurance.no_award_proof", True, "交来原参保地社保经办机构开具的未享受补贴证明后")
    ),
    "filed_locally": _becomes(("certificate.is_filed_locally", True, "证书在参保地人社部门查验备案后")),
    "certificate_verified": _becomes(
        ("certificate.verification", "genuine", "证书查证为真实有效后"),
        ("certificate.review_verification", "genuine", "证书复核为真实有效后"),
    ),
}
