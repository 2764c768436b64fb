"""Which checks count, and where a check leads; from deeds alone."""

from collections.abc import Iterator
from itertools import permutations

import pytest

from desktop_app.policy.catalogue import policy
from desktop_app.policy.model import Check
from desktop_app.workflow.acts import ACT
from desktop_app.workflow.checking import (
    against_recording,
    against_review,
    results_of,
    state_after_check,
    state_to_review,
)
from desktop_app.workflow.refusals import Deed
from desktop_app.workflow.states import State

REGIONS = ("tianjin", "urumqi", "jilin", "dalian", "chongqing")


def recorded(check: str, result: str) -> Deed:
    return Deed("record_check", "zhang", "verifying", {"check": check, "result": result})


def corrected(field: str) -> Deed:
    return Deed("correct", "zhang", "verifying", {"field": field, "value": "1", "reason": "写错"})


def good(checks: tuple[Check, ...]) -> tuple[Deed, ...]:
    return tuple(recorded(each.id, each.results[0]) for each in checks)


VOID = [
    ("jilin", "certificate.level", {"insurance"}),
    ("jilin", "insurance.in_arrears", {"certificate"}),
    ("jilin", "applicant.phone", {"insurance", "certificate"}),
    ("urumqi", "certificate.number", {"completeness", "insurance"}),
    ("urumqi", "insurance.months_paid", {"completeness", "certificate"}),
    ("dalian", "certificate.level", set()),
    ("chongqing", "applicant.identity_categories", {"certificate"}),
    ("tianjin", "insurance.route", {"certificate"}),
]


@pytest.mark.parametrize(("region", "field", "left"), VOID)
def test_a_correction_voids_the_checks_that_rest_on_the_field(
    region: str, field: str, left: set[str]
) -> None:
    checks = policy(region).checks
    assert set(results_of((*good(checks), corrected(field)), checks)) == left
    assert set(results_of((corrected(field), *good(checks)), checks)) == {each.id for each in checks}


def test_the_newest_result_counts() -> None:
    checks = policy("jilin").checks
    deeds = (recorded("insurance", "passed"), recorded("insurance", "failed"))
    assert results_of(deeds, checks) == {"insurance": "failed"}
    assert list(against_review(checks, results_of(deeds, checks))) == [
        "“参保信息审核”的结果是“审核未通过”，不能通过。",
        "还没有记录“证书核查”，请先核验。",
    ]


def orders(checks: tuple[Check, ...]) -> Iterator[tuple[Check, ...]]:
    """Yield the orders in which nothing stands against recording the checks."""
    for order in permutations(checks):
        deeds: tuple[Deed, ...] = ()
        for each in order:
            if list(against_recording(each.id, each.results[0], checks, results_of(deeds, checks))):
                break
            deeds = (*deeds, recorded(each.id, each.results[0]))
        else:
            yield order


@pytest.mark.parametrize("region", REGIONS)
def test_the_last_good_check_leads_to_the_review_in_whatever_order_the_region_allows(region: str) -> None:
    checks = policy(region).checks
    allowed = list(orders(checks))
    assert len(allowed) == (1 if region in ("urumqi", "dalian") else 2)
    for order in allowed:
        ids = [each.id for each in order]
        assert all(ids.index(each.after) < ids.index(each.id) for each in order if each.after)
        deeds: tuple[Deed, ...] = ()
        for place, each in enumerate(order, 1):
            state = state_after_check("accepted", each, each.results[0], checks, results_of(deeds, checks))
            assert state == ("awaiting_review" if place == len(order) else "verifying")
            deeds = (*deeds, recorded(each.id, each.results[0]))
        assert state_to_review(checks, results_of(deeds, checks)) == "awaiting_review"
    assert state_to_review(checks, {}) == "verifying"


@pytest.mark.parametrize("region", REGIONS)
def test_a_bad_check_goes_to_the_review_and_in_urumqi_back_at_once(region: str) -> None:
    checks = policy(region).checks
    for each in checks:
        for before in ("accepted", "verifying"):
            state = state_after_check(before, each, each.results[1], checks, results_of(good(checks), checks))  # type: ignore[arg-type]
            assert state == ("returned" if region == "urumqi" else "awaiting_review")


@pytest.mark.parametrize("before", ["returned", "under_reexamination"])
def test_a_check_leaves_what_waits_for_an_act_of_its_own(before: State) -> None:
    checks = policy("urumqi").checks
    for each in checks:
        for result in each.results:
            assert state_after_check(before, each, result, checks, {}) == before
            assert state_after_check(before, each, result, checks, {}) in ACT["record_check"].after
