"""Until when a case is to be dealt with: each region's periods over real holidays, days counted by hand.

2017: 9月30日 (a Saturday) is worked, 10月1日 to 8日 are off. 2018: 2月11日 (Sunday) and 24日 (Saturday) are worked,
2月15日 to 21日 are off. 2019: 9月29日 and 10月12日 are worked, 10月1日 to 7日 are off. 2025: 9月28日 and 10月11日 are
worked, 10月1日 to 8日 are off.
"""

from datetime import date

import pytest

from desktop_app.policy.calendars import calendar
from desktop_app.policy.catalogue import policy
from desktop_app.policy.load import load_policy
from desktop_app.policy.model import Policy
from desktop_app.regions import region_ids
from desktop_app.workflow.deadlines import (
    Due,
    OfficePeriods,
    Step,
    clock_faults,
    due,
    publicity_closes_on,
    words,
)
from desktop_app.workflow.states import State
from tests.support.policy_cases import FOLDER

HAIBIN = load_policy((FOLDER / "haibin.toml").read_text(encoding="utf-8"), "haibin.toml")
SILENT = OfficePeriods()


def day(text: str) -> date:
    """A day of the tables below, `2017-09-27`."""
    return date.fromisoformat(text)


def accepted(received: str, done: str = "") -> Step:
    return Step(
        "accept", day(done or received), "awaiting_signature", "accepted", {"received_on": day(received)}
    )


def checked(check: str, result: str, on: str, before: State, after: State) -> Step:
    return Step("record_check", day(on), before, after, {"check": check, "result": result})


def posted(on: str) -> Step:
    return Step("post", day(on), "awaiting_publicity", "in_publicity", {"on": day(on)})


def closed(on: str, after: State = "awaiting_payment", **given: str) -> Step:
    days = {name: day(text) for name, text in given.items()}
    return Step("close_publicity", day(on), "in_publicity", after, days)


def moved(act: str, on: str, before: State, after: State) -> Step:
    return Step(act, day(on), before, after)


def told(region: str, *steps: Step, office: OfficePeriods = SILENT, state: State | None = None) -> Due:
    rules = HAIBIN if region == "haibin" else policy(region)
    return due(state or steps[-1].after, steps, rules, calendar(region), office)


def ends(region: str, *steps: Step, office: OfficePeriods = SILENT) -> tuple[str, str]:
    """The period and its last day as text; empty where there is none."""
    found = told(region, *steps, office=office)
    return found.clock, found.day.isoformat() if found.day else ""


# Tianjin: 5 from acceptance, 10 from the list's end day.


def test_tianjin_reviews_within_five_days_of_receipt() -> None:
    # 28, 29, 30 September, 9, 10 October; the day of the act is later and does not count.
    taken = accepted("2017-09-27", "2017-09-29")
    assert ends("tianjin", taken) == ("review", "2017-10-10")
    verifying = checked("certificate", "genuine", "2017-09-29", "accepted", "verifying")
    assert ends("tianjin", taken, verifying) == ("review", "2017-10-10")
    assert told("tianjin", taken).source == "天津市2023年职业技能提升补贴指南 二（三）2"


def test_what_is_returned_keeps_the_day_of_its_review() -> None:
    taken = accepted("2017-09-27")
    back = moved("return", "2017-10-09", "awaiting_review", "returned")
    again = moved("resubmit", "2017-10-10", "returned", "awaiting_review")
    assert ends("tianjin", taken, back) == ends("tianjin", taken, back, again) == ("review", "2017-10-10")


def test_tianjin_pays_within_ten_days_of_the_end_of_the_list_closed_late_or_not() -> None:
    # Posted on Monday 25: 26 to 30 September; then 9 to 13 and 16 to 20 October.
    list_posted = posted("2017-09-25")
    assert told("tianjin", list_posted)[:3] == (day("2017-09-30"), day("2017-09-29"), "publicity")
    assert ends("tianjin", list_posted, closed("2017-09-30")) == ("payment", "2017-10-20")
    assert ends("tianjin", list_posted, closed("2017-10-12")) == ("payment", "2017-10-20")


def test_what_is_objected_to_has_no_day_until_the_objection_is_dismissed() -> None:
    list_posted = posted("2017-09-25")
    objection = moved("object", "2017-09-27", "in_publicity", "objected")
    assert told("tianjin", list_posted, objection) == Due()
    dismissed = moved("dismiss_objection", "2017-10-11", "objected", "in_publicity")
    assert ends("tianjin", list_posted, objection, dismissed) == ("publicity", "2017-09-30")
    paying = (list_posted, objection, dismissed, closed("2017-10-12"))
    assert ends("tianjin", *paying) == ("payment", "2017-10-20")


# Urumqi: the checks 1, 2, 1 one after another; publicity exactly 5; payment 5 from the arrival of the funds.

URUMQI = (
    accepted("2017-09-29"),
    checked("completeness", "passed", "2017-09-30", "accepted", "verifying"),
    checked("certificate", "genuine", "2017-10-10", "verifying", "verifying"),
    checked("insurance", "passed", "2017-10-11", "verifying", "awaiting_review"),
)


@pytest.mark.parametrize(
    ("done", "clock", "last"),
    [
        (1, "completeness", "2017-09-30"),
        (2, "certificate_check", "2017-10-10"),
        (3, "insurance_check", "2017-10-11"),
        (4, "review", ""),
    ],
)
def test_urumqi_checks_one_after_another(done: int, clock: str, last: str) -> None:
    assert ends("urumqi", *URUMQI[:done]) == (clock, last)


def test_urumqi_reviews_within_the_days_that_the_office_has_entered() -> None:
    entered = OfficePeriods(review_days=3)
    assert ends("urumqi", *URUMQI, office=entered) == ("review", "2017-10-16")
    back = moved("return", "2017-10-12", "awaiting_review", "returned")
    anew = checked("insurance", "passed", "2017-10-13", "returned", "returned")
    assert ends("urumqi", *URUMQI, back, anew, office=entered) == ("review", "2017-10-16")


def test_a_bad_check_of_urumqi_begins_nothing() -> None:
    bad = checked("completeness", "failed", "2017-09-30", "accepted", "returned")
    again = moved("resubmit", "2017-10-09", "returned", "verifying")
    assert told("urumqi", URUMQI[0], bad, office=OfficePeriods(review_days=3)) == Due()
    assert told("urumqi", URUMQI[0], bad, again) == Due()
    good = checked("completeness", "passed", "2017-10-09", "verifying", "verifying")
    assert ends("urumqi", URUMQI[0], bad, again, good) == ("certificate_check", "2017-10-11")


def test_urumqi_posts_five_days_and_pays_within_five_of_the_funds() -> None:
    assert told("urumqi", posted("2017-09-28"))[:2] == (day("2017-10-11"), day("2017-10-10"))
    paying = moved("confirm", "2017-10-12", "awaiting_confirmation", "awaiting_payment")
    assert told("urumqi", paying) == Due()
    funds = Step(
        "funds_arrived",
        day("2017-10-09"),
        "awaiting_payment",
        "awaiting_payment",
        {"on": day("2017-09-29")},
    )
    assert ends("urumqi", paying, funds) == ("payment", "2017-10-12")


# Jilin: review 5, refusal told within 5, lists by the 15th and 30th, publicity 5, payment 7 from `sent_on`.


def test_jilin_reviews_and_tells_a_refusal_over_the_spring_festival() -> None:
    taken = accepted("2018-02-09")  # 11, 12, 13, 14, 22
    assert ends("jilin", taken) == ("review", "2018-02-22")
    refused = moved("refuse", "2018-02-13", "awaiting_review", "refused")  # 14, 22, 23, 24, 26
    assert ends("jilin", taken, refused) == ("refusal_notice", "2018-02-26")
    asked = moved("ask_reexamination", "2018-02-27", "refused", "under_reexamination")
    assert told("jilin", taken, refused, asked) == Due()
    upheld = moved("uphold_refusal", "2018-03-01", "under_reexamination", "refused")
    assert told("jilin", taken, refused, asked, upheld) == Due()


@pytest.mark.parametrize(
    ("approved", "last"),
    [
        ("2018-01-14", "2018-01-15"),
        ("2018-01-15", "2018-01-30"),
        ("2018-01-30", "2018-02-15"),  # a holiday, and not rolled
        ("2018-01-31", "2018-02-15"),
        ("2018-02-16", "2018-02-28"),
        ("2018-02-28", "2018-03-15"),
        ("2020-02-20", "2020-02-29"),
        ("2017-12-30", "2018-01-15"),
    ],
)
def test_jilin_sends_its_lists_by_the_15th_and_30th(approved: str, last: str) -> None:
    assert ends("jilin", moved("approve", approved, "awaiting_review", "awaiting_publicity")) == (
        "publicity_filing",
        last,
    )
    overturned = moved("overturn_refusal", approved, "under_reexamination", "awaiting_publicity")
    assert ends("jilin", overturned)[1] == last


def test_jilin_posts_five_days_and_pays_within_seven_of_the_list() -> None:
    list_posted = posted("2018-02-12")  # 13, 14, 22, 23, 24; with the 12th: 23
    assert told("jilin", list_posted)[:2] == (day("2018-02-24"), day("2018-02-23"))
    sent = closed("2018-02-26", sent_on="2018-02-13")  # 14, 22, 23, 24, 26, 27, 28
    assert ends("jilin", list_posted, sent) == ("payment", "2018-02-28")


# Dalian states no period; the office may.


def test_dalian_states_no_days_and_says_so() -> None:
    calendar_of = calendar("dalian")
    for step in (accepted("2019-09-27"), posted("2019-09-27"), closed("2019-09-27")):
        found = told("dalian", step)
        assert (found.day, found.other) == (None, None)
        assert words(found, day("2019-09-27"), calendar_of) == f"{found.label}：文件没有写明期限"


def test_dalian_counts_what_its_office_has_entered() -> None:
    entered = OfficePeriods(review_days=5, publicity_days=4, payment_days=6)
    assert ends("dalian", accepted("2019-09-27"), office=entered) == ("review", "2019-10-10")
    assert told("dalian", posted("2019-09-27"), office=entered)[:2] == (day("2019-10-09"), day("2019-10-08"))
    assert ends("dalian", closed("2019-09-30"), office=entered) == ("payment", "2019-10-14")


def test_a_list_may_be_closed_on_the_later_end_day_or_the_day_after_posting() -> None:
    def closes(region: str, on: str, office: OfficePeriods = SILENT) -> str:
        return str(publicity_closes_on(day(on), policy(region), calendar(region), office))

    assert closes("tianjin", "2017-09-25") == "2017-09-30"
    assert closes("dalian", "2019-09-30") == "2019-10-01"
    assert closes("dalian", "2019-09-27", OfficePeriods(publicity_days=4)) == "2019-10-09"


# Chongqing: review 10; payment by the office.


def test_chongqing_reviews_within_ten_days() -> None:
    # 28, 29, 30 September, 9, 10, 11, 13, 14, 15, 16 October
    assert ends("chongqing", accepted("2025-09-26")) == ("review", "2025-10-16")
    assert told("chongqing", posted("2025-09-26"))[:2] == (day("2025-10-10"), day("2025-10-09"))
    confirmed = moved("confirm", "2025-10-09", "awaiting_confirmation", "awaiting_payment")
    assert ends("chongqing", confirmed) == ("payment", "")
    assert ends("chongqing", confirmed, office=OfficePeriods(payment_days=5)) == ("payment", "2025-10-15")


# Waiting for materials; no document says whether a period stands still meanwhile.

TAKEN = accepted("2017-09-27")  # without waiting until 10 October
ASKED = moved("ask_materials", "2017-09-29", "verifying", "awaiting_materials")  # two of five days are used
GOT = moved("materials_received", "2017-10-11", "awaiting_materials", "verifying")  # 12, 13, 16


@pytest.mark.parametrize(
    ("stops", "waiting", "afterwards"),
    [
        (True, (None, None), ("2017-10-16", None)),
        (False, ("2017-10-10", None), ("2017-10-10", None)),
        (None, (None, "2017-10-10"), ("2017-10-16", "2017-10-10")),
    ],
)
def test_waiting_for_materials(
    stops: bool | None, waiting: tuple[str | None, str | None], afterwards: tuple[str | None, str | None]
) -> None:
    office = OfficePeriods(waiting_stops_clock=stops)

    def days(*steps: Step) -> tuple[str | None, str | None]:
        found = told("tianjin", *steps, office=office)
        assert found.clock == "review"
        return (found.day and found.day.isoformat(), found.other and found.other.isoformat())

    assert days(TAKEN, ASKED) == waiting
    assert days(TAKEN, ASKED, GOT) == afterwards


def test_a_suspicion_that_comes_and_goes_ends_no_waiting() -> None:
    between = (
        moved("suspect_duplicate", "2017-09-30", "awaiting_materials", "suspected_duplicate"),
        moved("clear_duplicate", "2017-10-09", "suspected_duplicate", "awaiting_materials"),
    )
    office = OfficePeriods(waiting_stops_clock=True)
    waited = ends("tianjin", TAKEN, ASKED, GOT, office=office)
    assert ends("tianjin", TAKEN, ASKED, *between, GOT, office=office) == waited == ("review", "2017-10-16")


def test_waiting_twice_stops_twice() -> None:
    again = moved("ask_materials", "2017-10-12", "verifying", "awaiting_materials")
    got = moved("materials_received", "2017-10-17", "awaiting_materials", "verifying")
    office = OfficePeriods(waiting_stops_clock=True)
    assert ends("tianjin", TAKEN, ASKED, GOT, again, got, office=office) == ("review", "2017-10-19")


@pytest.mark.parametrize(
    ("asked", "got", "last"),
    [("2017-10-10", "2017-10-12", "2017-10-12"), ("2017-10-11", "2017-10-12", "2017-10-10")],
)
def test_waiting_from_the_last_day_leaves_no_day_and_later_mends_nothing(
    asked: str, got: str, last: str
) -> None:
    steps = (
        TAKEN,
        moved("ask_materials", asked, "verifying", "awaiting_materials"),
        moved("materials_received", got, "awaiting_materials", "verifying"),
    )
    assert ends("tianjin", *steps, office=OfficePeriods(waiting_stops_clock=True)) == ("review", last)


def test_where_nothing_ran_yet_nothing_stops() -> None:
    asked = moved("ask_materials", "2017-09-20", "awaiting_signature", "awaiting_materials")
    got = moved("materials_received", "2017-09-26", "awaiting_materials", "awaiting_signature")
    assert told("tianjin", asked) == Due()
    assert told("tianjin", asked, got, TAKEN)[:2] == (day("2017-10-10"), None)


# A region that the program does not know: data alone.


def test_the_periods_of_a_sixth_region_are_data_alone() -> None:
    assert ends("haibin", accepted("2024-09-27")) == (
        "review",
        "2024-10-09",
    )  # 29, 30 September, 8, 9 October
    surveyed = checked("certificate", "genuine", "2024-09-30", "accepted", "verifying")
    assert told("haibin", accepted("2024-09-27"), surveyed).clock == "seaworthiness"
    approved = moved("approve", "2024-10-11", "awaiting_review", "awaiting_publicity")
    assert ends("haibin", approved) == ("monthly_list", "2024-10-20")


@pytest.mark.parametrize("rules", [*map(policy, region_ids()), HAIBIN], ids=lambda each: each.region)
def test_every_act_and_state_that_a_period_names_exists(rules: Policy) -> None:
    assert list(clock_faults(rules)) == []


def test_a_period_of_no_act_is_told_with_the_nearest() -> None:
    text = (FOLDER / "haibin.toml").read_text(encoding="utf-8").replace('["accept"]', '["acept"]')
    (fault, *_) = clock_faults(load_policy(text, "haibin.toml"))
    assert "没有“acept”，最接近的是“accept”" in fault


# In words


@pytest.mark.parametrize(
    ("today", "said"),
    [
        ("2017-09-29", "审核并告知结果：还有3个工作日，到2017年10月10日"),
        ("2017-10-10", "审核并告知结果：！今天（2017年10月10日）到期"),
        ("2017-10-12", "审核并告知结果：！已过期2个工作日，应在2017年10月10日以前"),
    ],
)
def test_a_period_is_said_in_words_and_sign(today: str, said: str) -> None:
    assert words(told("tianjin", TAKEN), day(today), calendar("tianjin")) == said


def test_what_is_open_is_said_with_both_days() -> None:
    days = calendar("tianjin")
    assert words(told("tianjin", posted("2017-09-25")), day("2017-09-28"), days) == (
        "公示：还有2个工作日，到2017年9月30日（另一种算法到2017年9月29日）"
    )
    assert words(told("tianjin", TAKEN, ASKED), day("2017-09-30"), days) == (
        "审核并告知结果：等待补正，停止计算；不停算的话到2017年10月10日"
    )
    assert (
        words(
            told("tianjin", moved("pay", "2017-10-20", "awaiting_payment", "paid")), day("2017-10-20"), days
        )
        == ""
    )


def test_a_year_without_holidays_gives_no_day_and_says_so() -> None:
    found = told("tianjin", accepted("2026-12-30"))
    assert found.day is None
    assert words(found, day("2026-12-30"), calendar("tianjin")) == "审核并告知结果：缺少放假安排，算不出期限"
