"""Which facts a rule needs, region by region: one missing fact at a time, from an application that is in order.

A needed fact that is missing gives `unknown`; one that is looked at only if given gives no finding; a rule that does
not apply in a region gives none.
"""

from datetime import date

import pytest

from desktop_app.finding import Finding, told_once
from desktop_app.policy.model import Award
from tests.support.policy_cases import GOOD, HERE, TABLE, good, judge, outcome

NEEDED = {
    "tianjin": {
        "insurance.route": "route_accepted",
        "insurance.months_paid": "months_paid_at_least",
        "employment.in_service_at_certificate": "in_service_at_certificate",
        "employer.kind": "employer_is_enterprise",
        "employer_at_certificate.kind": "employer_is_enterprise",
        "applicant.birth_date": "below_retirement_age",
        "applicant.draws_pension": "draws_no_pension",
        "training.subsidy_received": "no_other_subsidy",
    },
    "tianjin_benefit": {
        "insurance.route": "route_accepted",
        "insurance.benefit_from": "certificate_while_drawing_benefit",
        "insurance.benefit_to": "certificate_while_drawing_benefit",
        "applicant.birth_date": "below_retirement_age",
        "applicant.draws_pension": "draws_no_pension",
        "training.subsidy_received": "no_other_subsidy",
    },
    "urumqi": {"insurance.months_paid": "months_paid_at_least"},
    "jilin": {"insurance.months_paid": "months_paid_at_least", "insurance.in_arrears": "not_in_arrears"},
    "dalian": {
        "employment.has_contract": "contract_and_filing",
        "employment.is_filed": "contract_and_filing",
        "training.subsidy_received": "no_other_subsidy",
    },
    "chongqing": {
        "applicant.identity_categories": "identity_category_accepted",
        "assessment.old_subsidy_received": "no_other_subsidy",
    },
}  # fmt: skip
CERTIFICATE = {
    "certificate.kind": "certificate_kind_accepted",
    "certificate.level": "certificate_level_accepted",
    "certificate.issued_on": "certificate_dated_in_range",
}
ELSEWHERE_ONLY = {
    "route_accepted": {"tianjin"},
    "in_service_at_certificate": {"tianjin"},
    "in_service_at_application": {"urumqi", "jilin"},
    "certificate_while_drawing_benefit": {"tianjin"},
    "below_retirement_age": {"tianjin"},
    "draws_no_pension": {"tianjin"},
    "not_in_arrears": {"jilin"},
    "proof_of_no_award_elsewhere": {"jilin"},
    "filed_locally": {"jilin"},
    "contract_and_filing": {"dalian"},
    "identity_category_accepted": {"chongqing"},
    "assessed_in_this_district": {"chongqing"},
    "applied_by_transition_deadline": {"chongqing"},
    "amount_configured": {"chongqing"},
    "once_for_occupation": {"chongqing"},
    "no_lower_level_after_higher": {"tianjin"},
    "yearly_limit": {"tianjin", "dalian"},
    "no_other_subsidy": {"tianjin", "dalian", "chongqing"},
}
CASES = [
    (name, field, rule) for name, needed in NEEDED.items() for field, rule in (needed | CERTIFICATE).items()
]


@pytest.mark.parametrize(("name", "field", "rule"), CASES)
def test_a_needed_fact_that_is_missing_is_unknown(name: str, field: str, rule: str) -> None:
    without = good(name, **{field.replace(".", "__"): None})
    found = judge(without, amounts=TABLE, office=HERE)
    assert outcome(found, rule) == "unknown"
    assert found.decision == "incomplete"
    time = "applied_by_transition_deadline" if name == "chongqing" else "applied_within_months_of_issue"
    if field == "certificate.issued_on":
        assert outcome(found, time) == "unknown"


@pytest.mark.parametrize("name", GOOD)
def test_nothing_else_is_asked(name: str) -> None:
    asked = {each.rule for each in judge(good(name), amounts=TABLE).findings if each.outcome == "unknown"}
    assert not asked
    region = name.split("_")[0]
    spoke = {each.rule for each in judge(good(name), amounts=TABLE).findings}
    for rule, regions in ELSEWHERE_ONLY.items():
        assert rule not in spoke or region in regions, rule


@pytest.mark.parametrize("name", GOOD)
def test_an_earlier_claim_asks_only_for_what_compares(name: str) -> None:
    had = Award(
        "granted", certificate_number="1707011003400999", occupation="电工", level=5, on=date(2015, 1, 5)
    )
    assert outcome(judge(good(name), had), "once_for_certificate") == "unknown"
    unnumbered = had._replace(certificate_number="")
    assert outcome(judge(good(name), unnumbered), "once_for_certificate") == "pass"


@pytest.mark.parametrize("kind", ["public_institution", "flexible"])
@pytest.mark.parametrize("name", ["urumqi", "jilin", "dalian"])
def test_the_certificates_day_is_nobodys_business_but_tianjins(name: str, kind: str) -> None:
    case = good(name, employer_at_certificate__kind=kind, employment__in_service_at_certificate=False)
    found = judge(case)
    assert found.decision == "eligible" and not found.needs_confirmation
    assert outcome(found, "employer_is_enterprise") is None
    assert outcome(judge(good(name, employer__kind=kind)), "employer_is_enterprise") == "fail"


def test_what_two_rules_say_alike_is_told_once() -> None:
    without = good("chongqing", certificate__issued_on=None)
    told = [each.message for each in told_once(judge(without).findings) if each.outcome == "unknown"]
    assert len(told) == len(set(told)) and any("核发日期" in each for each in told)


def test_a_wrong_number_is_not_missing_too() -> None:
    wrong = good("tianjin", applicant__birth_date=None, applicant__sex=None, applicant__id_number="123")
    found = judge(wrong)
    assert outcome(found, "below_retirement_age") == "unknown"
    told = [each.outcome for each in told_once(found.findings) if each.field_id == "applicant.id_number"]
    assert told == ["fail"]


def test_told_once_keeps_order_and_outcomes() -> None:
    one, same, other = (
        Finding("a", "unknown", "x", "甲。"), Finding("b", "unknown", "x", "甲。"), Finding("c", "pass", "x", "甲。"),
    )  # fmt: skip
    assert told_once((one, same, other)) == (one, other)
