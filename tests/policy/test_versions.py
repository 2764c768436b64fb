"""Versions by date: later documents, a sixth region, and decisions that are made again years later."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desktop_app.case import Case
from desktop_app.policy.catalogue import policy
from desktop_app.policy.decide import decide
from desktop_app.policy.load import load_policy
from desktop_app.policy.model import Award, ClerkChoice, Decision, Known, Policy
from desktop_app.policy.record import decision_record, remake
from desktop_app.resources import resource
from tests.support.policy_cases import FOLDER, GOOD, TABLE, good, outcome, policy_of, weekends_off

HAIBIN = policy_of("haibin")


def extended() -> Policy:
    """Jilin's policy after later documents were added to its file."""
    now = resource("policies/jilin.toml").read_text(encoding="utf-8")
    return load_policy(now + (FOLDER / "jilin_later.toml").read_text(encoding="utf-8"), "jilin.toml")


LATER = extended()


def of_year(issued: date, applied: date, **changes: Any) -> Case:
    return good("jilin", applied, certificate__issued_on=issued, **changes)


def later(case: Case, *earlier: Award) -> Decision:
    return decide(case, LATER, Known(earlier, is_rest_day=weekends_off))


@pytest.mark.parametrize(
    ("issued", "version", "needed"),
    [
        (date(2018, 12, 31), "2017-08-23", 36),
        (date(2019, 1, 1), "2019-01-15", 12),
        (date(2021, 12, 31), "2019-01-15", 12),
        (date(2022, 1, 1), "2022-05-01", 12),
    ],
)
def test_certificate_chooses_months_and_version(issued: date, version: str, needed: int) -> None:
    applied = issued.replace(year=issued.year + 1, day=1)
    for months, expected in ((needed, "pass"), (needed - 1, "fail")):
        case = of_year(issued, applied, insurance__months_paid=months, insurance__route="employee")
        decision = later(case)
        assert outcome(decision, "months_paid_at_least") == expected
        assert decision.policy == f"jilin.skill_upgrade@{version}"


def test_stated_end_is_an_end_and_the_next_document_takes_over() -> None:
    assert later(of_year(date(2024, 12, 31), date(2025, 2, 3))).policy.endswith("2022-05-01")
    assert later(of_year(date(2025, 1, 1), date(2025, 7, 1))).policy.endswith("2025-06-01")
    past = later(of_year(date(2026, 1, 1), date(2026, 2, 2)))
    assert outcome(past, "certificate_dated_in_range") == "fail" and past.amount is None


def test_new_path_comes_with_its_version() -> None:
    drawing = {
        "insurance__route": "benefit_recipient",
        "insurance__benefit_from": date(2022, 1, 1),
        "insurance__benefit_to": date(2022, 12, 1),
    }
    for issued, expected in ((date(2022, 12, 1), "pass"), (date(2022, 12, 2), "fail")):
        decision = later(of_year(issued, date(2023, 2, 1), **drawing))
        assert outcome(decision, "certificate_while_drawing_benefit") == expected


def had(level: int, on: date, status: Any = "granted", occupation: str = "焊工") -> Award:
    return Award(status, "jilin", occupation=occupation, level=level, on=on, applied_on=on)


def test_precedence_none_then_enjoyed_then_held() -> None:
    higher = had(3, date(2018, 1, 2)), had(3, date(2018, 1, 2), "obtained")
    for year, expected in ((2018, (None, None)), (2023, ("fail", "pass")), (2025, ("fail", "fail"))):
        case = of_year(date(year, 3, 1), date(year, 7, 2))
        found = tuple(outcome(later(case, each), "no_lower_level_after_higher") for each in higher)
        assert found == expected


def test_three_a_year_then_one_and_two_of_the_list() -> None:
    others = [had(4, date(2023, 3, n), occupation=f"职业{n}") for n in (1, 2, 3)]
    case = of_year(date(2023, 3, 1), date(2023, 7, 2))
    assert outcome(later(case, *others[:2]), "yearly_limit") == "pass"
    assert outcome(later(case, *others), "yearly_limit") == "fail"
    one = had(4, date(2025, 3, 1), occupation="车工")
    listed = [had(4, date(2025, 3, n), occupation=name) for n, name in ((2, "模具工"), (3, "药物制剂工"))]
    welder, cook = (
        of_year(date(2025, 3, 1), date(2025, 7, 2), certificate__occupation=each)
        for each in ("焊工", "中式面点师")
    )
    assert outcome(later(cook, one), "yearly_limit") == "fail"
    assert outcome(later(cook, *listed[:1]), "yearly_limit") == "pass"
    assert outcome(later(welder, one, *listed[:1]), "yearly_limit") == "pass"
    assert outcome(later(welder, one, *listed), "yearly_limit") == "fail"


def test_list_and_amount_have_versions_and_a_rule_can_end() -> None:
    changes = {"certificate__occupation": "测试职业十六", "insurance__in_arrears": True}
    first, grown, newest = (
        later(of_year(date(year, 3, 1), date(year, 7, 2), **changes)) for year in (2021, 2022, 2025)
    )
    assert (first.amount, grown.amount, newest.amount) == tuple(
        map(Decimal, ("1500.00", "1950.00", "1950.00"))
    )
    assert outcome(grown, "not_in_arrears") == "fail" and outcome(newest, "not_in_arrears") is None
    plain = later(of_year(date(2025, 3, 1), date(2025, 7, 2), certificate__occupation="车工"))
    assert plain.amount == Decimal("1600.00")


def test_without_the_day_that_chooses_the_version_nothing_fails_by_it() -> None:
    case = good("jilin", date(2018, 7, 2), insurance__months_paid=20, certificate__issued_on=None)
    assert outcome(later(case), "months_paid_at_least") == "unknown"
    assert outcome(later(case.with_answer("insurance.in_arrears", True)), "not_in_arrears") == "unknown"


def haibin(day: date, **changes: Any) -> Decision:
    answers: dict[str, Any] = {
        "insurance.months_paid": 6, "certificate.kind": "skill_level", "certificate.occupation": "焊工",
        "certificate.level": 4, "certificate.issued_on": date(2024, 10, 31),
    }  # fmt: skip
    answers |= {key.replace("__", "."): value for key, value in changes.items()}
    return decide(Case("", "", "haibin", day, answers), HAIBIN, Known(is_rest_day=weekends_off))


def test_sixth_region_decides_by_its_data() -> None:
    good_one = haibin(date(2024, 12, 31))
    assert (good_one.decision, good_one.amount) == ("eligible", Decimal("1200.00"))
    assert good_one.policy == "haibin.skill_upgrade@2024-03-01"
    assert good_one.last_day_to_apply == date(2025, 4, 30)
    assert haibin(date(2025, 1, 1)).amount == Decimal("1250.00")
    assert haibin(date(2024, 12, 31), insurance__months_paid=3).decision == "ineligible"
    assert haibin(date(2025, 1, 1), insurance__months_paid=3).decision == "eligible"
    assert haibin(date(2024, 12, 31), certificate__level=5).decision == "ineligible"
    listed = haibin(date(2024, 12, 31), certificate__occupation="起重装卸机械操作工")
    assert listed.amount_in_capitals == "人民币壹仟叁佰贰拾元伍角"
    # 2024-08-31 is a Saturday, and this document says that the period rolls.
    rolled = haibin(date(2024, 9, 2), certificate__issued_on=date(2024, 2, 29))
    assert rolled.last_day_to_apply == date(2024, 8, 29)
    assert haibin(date(2024, 12, 2), certificate__issued_on=date(2024, 6, 1)).decision == "eligible"
    assert haibin(date(2024, 12, 3), certificate__issued_on=date(2024, 6, 1)).decision == "ineligible"


CASES = [
    *(good(name) for name in GOOD),
    good("jilin", date(2018, 9, 3)),
    good("jilin", date(2019, 7, 1), certificate__issued_on=date(2019, 3, 1), insurance__months_paid=20),
    good("jilin", insurance__months_paid=None),
    good("jilin", certificate__issued_on=None),
    good("jilin", certificate__issued_on=None, insurance__months_paid=20),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.region}-{case.governing_day}")
def test_decision_is_made_again_from_its_record(case: Case) -> None:
    known = Known(
        (had(5, date(2017, 9, 20)),),
        choices={"applied_within_months_of_issue": ClerkChoice("lenient", "顺延")},
        amounts=TABLE,
        is_rest_day=weekends_off,
    )
    policy_then = policy(case.region)
    record = json.loads(json.dumps(decision_record(case, policy_then, known), ensure_ascii=False))
    assert record["decision"]["policy"] == record["policy"]
    remade = remake(record, policy_then)
    assert remade.is_same and remade.is_same_policy
    assert remade.decision == decide(case, policy_then, known)
    if case.region == "jilin":
        after = remake(record, LATER)
        assert after.is_same and after.decision == remade.decision


def test_corrected_file_is_told_to_the_auditor() -> None:
    record = decision_record(good("jilin"), policy("jilin"), Known())
    text = resource("policies/jilin.toml").read_text(encoding="utf-8").replace("months = 36", "months = 30")
    remade = remake(record, load_policy(text, "jilin.toml"))
    assert not remade.is_same_policy and not remade.is_same


def test_version_that_is_not_at_hand_is_told() -> None:
    record = decision_record(of_year(date(2019, 3, 1), date(2019, 7, 1)), LATER, Known())
    with pytest.raises(ValueError, match="2019-01-15"):
        remake(record, policy("jilin"))


def test_months_can_be_counted_up_to_the_certificate() -> None:
    text = (FOLDER / "haibin.toml").read_text(encoding="utf-8")
    rules = load_policy(
        text.replace("months = 6\nsource", 'months = 6\nas_of = "certificate"\nsource', 1), "x.toml"
    )
    for paid, expected in ((5, "fail"), (6, "warn"), (8, "warn"), (9, "pass")):
        answers = {"insurance.months_paid": paid, "certificate.issued_on": date(2024, 10, 31)}
        decision = decide(Case("", "", "haibin", date(2024, 12, 2), answers), rules)
        assert outcome(decision, "months_paid_at_least") == expected
