"""Applications that are in order, one for each path of each region, for tests that change one thing."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from desktop_app.case import Case
from desktop_app.policy.catalogue import policy
from desktop_app.policy.decide import decide
from desktop_app.policy.load import load_policy
from desktop_app.policy.model import AmountRow, Award, Decision, Known, Office, Policy
from tests.support import TESTS

FOLDER = TESTS / "policies"
_CERTIFICATE = {
    "certificate.kind": "vocational_qualification",
    "certificate.occupation": "焊工",
    "certificate.level": 4,
}
_TIANJIN = {
    **_CERTIFICATE,
    "applicant.sex": "male",
    "applicant.birth_date": date(1985, 5, 1),
    "applicant.draws_pension": False,
    "training.subsidy_received": False,
    "certificate.issued_on": date(2023, 5, 10),
}
GOOD: dict[str, dict[str, Any]] = {
    "jilin": {
        **_CERTIFICATE,
        "insurance.months_paid": 36,
        "insurance.in_arrears": False,
        "certificate.issued_on": date(2017, 9, 1),
    },
    "urumqi": {
        **_CERTIFICATE,
        "insurance.months_paid": 36,
        "certificate.issued_on": date(2017, 9, 1),
    },
    "tianjin": {
        **_TIANJIN,
        "insurance.route": "employee",
        "insurance.months_paid": 12,
        "employment.in_service_at_certificate": True,
        "employer.kind": "enterprise",
        "employer_at_certificate.kind": "enterprise",
    },
    "tianjin_benefit": {
        **_TIANJIN,
        "insurance.route": "benefit_recipient",
        "insurance.benefit_from": date(2023, 1, 1),
        "insurance.benefit_to": date(2023, 12, 31),
    },
    "dalian": {
        **_CERTIFICATE,
        "employment.has_contract": True,
        "employment.is_filed": True,
        "training.subsidy_received": False,
        "certificate.issued_on": date(2020, 3, 2),
    },
    "chongqing": {
        **_CERTIFICATE,
        "applicant.identity_categories": ("registered_unemployed",),
        "assessment.old_subsidy_received": False,
        "certificate.issued_on": date(2025, 3, 3),
    },
}
DAYS = {
    "jilin": date(2017, 10, 9),
    "urumqi": date(2017, 10, 10),
    "tianjin": date(2023, 10, 9),
    "tianjin_benefit": date(2023, 10, 9),
    "dalian": date(2020, 9, 1),
    "chongqing": date(2025, 9, 1),
}
TABLE = (
    AmountRow("vocational_qualification", "焊工", 4, date(2025, 1, 1), Decimal("250.00"), "测试依据"),
    AmountRow("special_ability", "面点制作", None, date(2025, 1, 1), Decimal("120.00"), "测试依据"),
)


def weekends_off(day: date) -> bool | None:
    return day.weekday() >= 5


def good(name: str, day: date | None = None, **changes: Any) -> Case:
    """A case in order; `certificate__level=5` changes an answer, None takes it away."""
    answers = {**GOOD[name], **{key.replace("__", "."): value for key, value in changes.items()}}
    answers = {key: value for key, value in answers.items() if value is not None}
    return Case("", "", name.split("_")[0], day or DAYS[name], answers)


def judge(case: Case, *earlier: Award, **known: Any) -> Decision:
    return decide(case, policy(case.region), Known(earlier, is_rest_day=weekends_off, **known))


def outcome(decision: Decision, rule: str) -> str | None:
    found = [each.outcome for each in decision.findings if each.rule == rule]
    return found[0] if found else None


def policy_of(name: str) -> Policy:
    return load_policy((FOLDER / f"{name}.toml").read_text(encoding="utf-8"), f"{name}.toml")


def day_after(day: date, days: int = 1) -> date:
    return day + timedelta(days=days)


HERE = Office("500103001", "渝中区")
