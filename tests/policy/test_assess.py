"""What the window shows of a paper under its policy: amount, shortage, missing, open points, facts to ask."""

from datetime import date
from decimal import Decimal

import pytest

from desktop_app.case import Answer, Case
from desktop_app.cli.demo import sample
from desktop_app.forms.catalogue import form
from desktop_app.forms.fields import fields
from desktop_app.policy.asked import facts_asked, facts_of
from desktop_app.policy.assess import Assessment, assess
from desktop_app.policy.catalogue import policy
from desktop_app.policy.model import Award, ClerkChoice, Known
from desktop_app.regions import region_ids

APPLICATIONS = {
    "tianjin": "tianjin.application",
    "urumqi": "urumqi.review",
    "jilin": "jilin.application",
    "dalian": "dalian.application",
    "chongqing": "chongqing.application",
}


def assessed(answers: dict[str, Answer], known: Known = Known()) -> Assessment:  # noqa: B008 - a frozen record
    paper = form("jilin.application")
    case = Case(paper.id, paper.version, "jilin", date(2017, 10, 9), answers)
    return assess(paper, case, policy("jilin"), known)


WELDER: dict[str, Answer] = {
    "certificate.kind": "vocational_qualification",
    "certificate.occupation": "焊工",
    "certificate.level": 4,
    "certificate.issued_on": date(2017, 3, 2),
}


def test_amount_and_shortage_come_from_the_policy_alone() -> None:
    found = assessed({**WELDER, "claim.amount": Decimal("9999.00"), "claim.is_shortage": False})
    assert found.answers["claim.amount"] == Decimal("1950.00")
    assert found.answers["claim.is_shortage"] is True
    without = assessed({key: value for key, value in WELDER.items() if key != "certificate.level"})
    assert "claim.amount" not in without.answers


def test_a_near_name_offers_the_listed_one() -> None:
    found = assessed({**WELDER, "certificate.occupation": "电焊工"})
    (point,) = [each for each in found.open_points if each.finding.rule == "on_shortage_list"]
    assert point.near_occupation == "焊工"
    assert found.answers["claim.is_shortage"] is False
    assert found.answers["claim.amount"] == Decimal("1500.00")


def test_an_open_point_offers_both_readings_until_it_is_settled() -> None:
    late = {**WELDER, "certificate.issued_on": date(2017, 1, 7), "claim.applied_on": date(2018, 1, 8)}
    case_day = date(2018, 1, 8)  # 2018-01-07 is a Sunday
    paper = form("jilin.application")
    case = Case(paper.id, paper.version, "jilin", case_day, late)
    known = Known(is_rest_day=lambda day: day.weekday() > 4)
    found = assess(paper, case, policy("jilin"), known)
    (point,) = [each for each in found.open_points if each.finding.rule == "applied_within_months_of_issue"]
    assert set(point.readings) >= {"strict", "lenient"}
    choice = {"applied_within_months_of_issue": ClerkChoice("lenient", "局里口径")}
    settled = assess(paper, case, policy("jilin"), known._replace(choices=choice))
    assert not [each for each in settled.open_points if each.finding.rule == "applied_within_months_of_issue"]


def test_missing_fields_stand_in_the_order_of_the_paper() -> None:
    missing = assessed(WELDER).missing
    assert missing[0] == "applicant.name"
    assert "certificate.occupation" not in missing


@pytest.mark.parametrize("region", APPLICATIONS)
def test_every_fact_that_a_decision_waits_for_can_be_given(region: str) -> None:
    """What comes back as unknown stands on the paper or among the facts that the window asks for."""
    paper = form(APPLICATIONS[region])
    case = Case(paper.id, paper.version, region, date(2023, 6, 1), {"insurance.route": "employee"})
    found = assess(paper, case, policy(region))
    asked = {each.field_id for each in paper.fields} | set(found.facts)
    unknown = {each.field_id for each in found.decision.findings if each.outcome == "unknown"}
    stated_by_the_number = {"applicant.birth_date", "applicant.sex"}
    assert unknown - {"", "claim.amount"} - stated_by_the_number <= asked
    assert set(found.facts) <= set(fields())
    assert not set(found.facts) & {each.field_id for each in paper.fields}


def test_every_region_has_its_facts_and_materials() -> None:
    for region in region_ids():
        paper = form(APPLICATIONS[region])
        assert facts_of(paper, policy(region))
        assert assess(paper, sample(paper), policy(region)).materials


def test_awards_without_a_date_are_asked_about_where_they_could_fill_the_year() -> None:
    paper = form("dalian.application")
    case = sample(paper)
    undated = tuple(
        Award("granted", region="dalian", occupation=f"样例工{number}", level=5) for number in range(3)
    )
    outcomes = {}
    for count in (1, 3):
        found = assess(paper, case, policy("dalian"), Known(earlier=undated[:count]))
        outcomes[count] = {each.outcome for each in found.decision.findings if each.rule == "yearly_limit"}
    assert outcomes == {1: {"pass"}, 3: {"warn"}}


@pytest.mark.parametrize(
    ("region", "answers", "asked", "left_out"),
    [
        ("jilin", {}, ("insurance.months_paid", "insurance.moved_in"), ("insurance.no_award_proof",)),
        ("jilin", {"insurance.moved_in": True}, ("insurance.no_award_proof",), ()),
        ("jilin", {"insurance.moved_in": False}, (), ("insurance.no_award_proof",)),
        ("jilin", {"insurance.no_award_proof": True}, ("insurance.no_award_proof",), ()),
        (
            "tianjin",
            {},
            (),
            ("insurance.benefit_from", "insurance.months_paid", "applicant.retirement_class"),
        ),
        (
            "tianjin",
            {"insurance.route": "employee"},
            ("insurance.months_paid", "employment.in_service_at_certificate"),
            ("insurance.benefit_from", "insurance.benefit_to"),
        ),
        (
            "tianjin",
            {"insurance.route": "benefit_recipient"},
            ("insurance.benefit_from", "insurance.benefit_to"),
            ("insurance.months_paid",),
        ),
        (
            "chongqing",
            {"applicant.identity_categories": ("graduating_student",)},
            ("applicant.graduated_on",),
            ("payment.card_has_bank_function",),
        ),
    ],
)
def test_what_cannot_apply_is_not_asked(
    region: str, answers: dict[str, Answer], asked: tuple[str, ...], left_out: tuple[str, ...]
) -> None:
    found = facts_asked(form(APPLICATIONS[region]), policy(region), answers, date(2026, 11, 24))
    assert set(asked) <= set(found)
    assert not set(left_out) & set(found)


@pytest.mark.parametrize(
    ("sex", "birth", "is_asked"),
    [
        ("female", date(1972, 5, 4), True),  # past the age of a worker, not past that of a cadre
        ("female", date(1990, 5, 4), False),
        ("female", date(1960, 5, 4), False),
        ("male", date(1965, 5, 4), False),
    ],
)
def test_the_retirement_class_is_asked_of_women_between_the_ages(
    sex: str, birth: date, is_asked: bool
) -> None:
    answers: dict[str, Answer] = {"applicant.sex": sex, "applicant.birth_date": birth}
    asked = facts_asked(form("tianjin.application"), policy("tianjin"), answers, date(2023, 11, 24))
    assert ("applicant.retirement_class" in asked) is is_asked


def test_a_class_that_is_not_of_the_sex_is_told() -> None:
    answers: dict[str, Answer] = {
        "applicant.sex": "female",
        "applicant.birth_date": date(1972, 5, 4),
        "applicant.retirement_class": "male",
    }
    paper, day = form("tianjin.application"), date(2023, 11, 24)
    found = assess(paper, Case(paper.id, paper.version, "tianjin", day, answers), policy("tianjin"))
    told = [each for each in found.decision.findings if each.field_id == "applicant.retirement_class"]
    assert [each.outcome for each in told] == ["unknown", "warn"]
    assert "女干部还是女工人" in "".join(each.message for each in told)
    assert "性别是女" in told[1].message
