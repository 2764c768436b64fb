"""The nearest yes, proved by trying: every failing policy case, every smaller change, every earlier day."""

import json
from datetime import date, timedelta
from functools import cache
from itertools import combinations

import pytest
from hypothesis import given as given_any
from hypothesis import settings

from desktop_app.case import Case
from desktop_app.policy.calendars import calendar
from desktop_app.policy.catalogue import policy
from desktop_app.policy.decide import decide
from desktop_app.policy.model import Award, Decision, Known
from desktop_app.policy.nearest_yes import Change, as_if, changes, remedies
from desktop_app.regions import region_ids
from desktop_app.registers.given import Given, read_given
from tests.policy.test_cases import CASES, as_json
from tests.policy.test_properties import situations
from tests.support.policy_cases import good


@cache
def given(number: int) -> tuple[Given, Decision]:
    calendars = {region: calendar(region).is_rest_day for region in region_ids()}
    read = read_given(json.loads(as_json(CASES[number].given)), CASES[number].name, calendars)
    return read, decide(read.case, read.policy, read.known)


def outcomes(decision: Decision, rule: str) -> set[str]:
    return {each.outcome for each in decision.findings if each.rule == rule}


def right(change: Change) -> set[str]:
    """The outcomes that a change promises: what the document leaves open stays open."""
    return {"pass", "warn"} if change.is_open else {"pass"}


FAILING = [number for number in range(len(CASES)) if given(number)[1].decision == "ineligible"]


@pytest.mark.parametrize("number", FAILING, ids=[CASES[number].name for number in FAILING])
def test_a_told_change_is_right_and_no_smaller_one_is(number: int) -> None:
    (case, rules, known), decision = given(number)
    for rule, change in changes(case, rules, known, decision).items():
        assert outcomes(decide(*as_if(case, rules, known, change)), rule) <= right(change)
        for size in range(len(change.answers)):
            for kept in combinations(change.answers.items(), size):
                smaller = change._replace(answers=dict(kept))
                assert outcomes(decide(*as_if(case, rules, known, smaller)), rule) - right(change)
        if change.day is not None:
            day = case.governing_day
            while day < change.day:
                earlier = change._replace(day=day)
                assert outcomes(decide(*as_if(case, rules, known, earlier)), rule) - right(change), day
                day += timedelta(days=1)


@pytest.mark.parametrize("number", FAILING, ids=[CASES[number].name for number in FAILING])
def test_a_told_sentence_promises_only_what_comes(number: int) -> None:
    (case, rules, known), decision = given(number)
    found = changes(case, rules, known, decision)
    for rule, sentence in remedies(case, rules, known, decision).items():
        after = decide(*as_if(case, rules, known, found[rule]))
        assert sentence.endswith("。") and sentence.count("。") == 1
        assert ("可以申领" in sentence) == (after.decision == "eligible" and not after.needs_confirmation)
        if "那时" in sentence:
            assert after.decision == "ineligible"


def told(case: Case) -> dict[str, str]:
    rules = policy(case.region)
    return dict(remedies(case, rules, Known(), decide(case, rules)))


def test_what_time_heals_says_from_when() -> None:
    one_short = good("jilin", insurance__months_paid=35)
    assert told(one_short) == {"months_paid_at_least": "按月缴费满36个月，2017年11月起可以申领。"}
    too_short = good("jilin", insurance__months_paid=10)
    assert told(too_short) == {
        "months_paid_at_least": "按月缴费满36个月要等到2019年12月，那时已超过申请期限，不能申领。"
    }
    both = good("jilin", insurance__months_paid=35, insurance__in_arrears=True)
    assert told(both) == {
        "months_paid_at_least": "按月缴费满36个月，2017年11月起才符合这一条。",
        "not_in_arrears": "补缴所欠的失业保险费后，才符合这一条。",
    }


def test_next_year_may_leave_open_which_day_gives_the_year() -> None:
    had = tuple(
        Award(
            "granted", "dalian", "training", f"职业{n}", level=4, certificate_issued_on=date(2020, 1, 10),
            applied_on=date(2020, 4, 13), on=date(2020, 5, 18),
        )
        for n in range(3)
    )  # fmt: skip
    case, rules, known = good("dalian"), policy("dalian"), Known(had)
    assert remedies(case, rules, known, decide(case, rules, known)) == {
        "yearly_limit": "进入下一年度，2021年1月1日起不再是不符合，存疑之处由经办人确认。"
    }


def test_a_condition_of_two_facts_asks_for_both_where_one_is_not_known() -> None:
    case = good("dalian", employment__has_contract=None, employment__is_filed=False)
    assert told(case) == {"contract_and_filing": "与企业签订劳动合同并由企业办理用工备案，可以申领。"}


def test_where_nothing_mends_it_nothing_is_told() -> None:
    assert told(good("jilin", certificate__level=2)) == {}
    eligible = good("jilin")
    assert told(eligible) == {}


def test_the_cases_have_remedies_of_every_sort() -> None:
    mended: set[str] = set()
    for number in FAILING:
        (case, rules, known), decision = given(number)
        mended |= set(changes(case, rules, known, decision))
    assert mended >= {
        "dates_consistent", "months_paid_at_least", "yearly_limit", "assessed_in_this_district", "not_in_arrears",
        "in_service_at_application", "employer_is_enterprise", "employer_registered_here", "employer_insures",
        "contract_and_filing", "proof_of_no_award_elsewhere", "filed_locally", "certificate_verified",
    }  # fmt: skip


@settings(max_examples=200, deadline=None)
@given_any(situations())
def test_whatever_the_case_a_told_change_is_right(situation: tuple[Case, Known]) -> None:
    case, known = situation
    rules = policy(case.region)
    decision = decide(case, rules, known)
    found = changes(case, rules, known, decision)
    assert set(found) <= {each.rule for each in decision.findings if each.outcome == "fail"}
    for rule, change in found.items():
        assert outcomes(decide(*as_if(case, rules, known, change)), rule) <= right(change)
    for sentence in remedies(case, rules, known, decision).values():
        assert sentence.endswith("。")
