"""Rules on both sides of their edges, where the cases as data do not look: choices, doubts, the order of things."""

from datetime import date
from decimal import Decimal

import pytest

from desktop_app.identifiers import check_credit_code
from desktop_app.policy.model import AmountRow, Award, ClerkChoice
from desktop_app.policy.rules import RULES
from desktop_app.policy.rules_certificate import NOT_CONFIGURED
from tests.support.policy_cases import DAYS, GOOD, HERE, TABLE, good, judge, outcome


@pytest.mark.parametrize("name", GOOD)
def test_good_case_passes(name: str) -> None:
    decision = judge(good(name), amounts=TABLE)
    assert decision.decision == "eligible", [each for each in decision.findings if each.outcome != "pass"]
    assert decision.amount and decision.amount_source
    assert all(each.source and each.message.endswith("。") for each in decision.findings)


def test_findings_stand_in_the_order_of_the_rules() -> None:
    order = list(RULES)
    places = [order.index(each.rule) for each in judge(good("tianjin")).findings]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("sex", "retirement_class", "age", "expected"),
    [
        ("male", None, 60, "fail"),
        ("female", None, 50, "unknown"),
        ("female", "female_worker", 50, "fail"),
        ("female", "female_cadre", 50, "pass"),
        ("female", "female_cadre", 55, "fail"),
        ("female", None, 55, "fail"),
        (None, None, 55, "unknown"),
        (None, None, 60, "fail"),
    ],
)
def test_retirement_age_is_reached_on_the_birthday(
    sex: str | None, retirement_class: str | None, age: int, expected: str
) -> None:
    applied = DAYS["tianjin"]
    changes = {"applicant__sex": sex, "applicant__retirement_class": retirement_class}
    on_the_day = good("tianjin", **changes, applicant__birth_date=applied.replace(year=applied.year - age))
    assert outcome(judge(on_the_day), "below_retirement_age") == expected
    day_before = good(
        "tianjin", **changes, applicant__birth_date=applied.replace(year=applied.year - age, day=10)
    )
    if expected == "fail" and sex is not None:
        earlier_edge = "unknown" if (sex, retirement_class) == ("female", None) else "pass"
        assert outcome(judge(day_before), "below_retirement_age") == earlier_edge


def test_retirement_age_rises_from_2025() -> None:
    from desktop_app.policy.catalogue import policy
    from desktop_app.policy.rules_person import retirement_day

    ages = policy("tianjin").retirement_ages
    of = {key: tuple(row for row in ages if row.retirement_class == key) for key in ("male", "female_worker")}
    assert retirement_day(date(1964, 12, 31), of["male"]) == date(2024, 12, 31)
    assert retirement_day(date(1965, 1, 15), of["male"]) == date(2025, 2, 15)
    assert retirement_day(date(1965, 5, 1), of["male"]) == date(2025, 7, 1)
    assert retirement_day(date(1976, 9, 1), of["male"]) == date(2039, 9, 1)
    assert retirement_day(date(1975, 3, 1), of["female_worker"]) == date(2025, 5, 1)
    assert retirement_day(date(1990, 1, 1), of["female_worker"]) == date(2045, 1, 1)


def test_last_day_that_is_a_rest_day_is_open() -> None:
    # 2018-09-01 is a Saturday.
    for day, expected in ((1, "pass"), (3, "warn"), (4, "fail")):
        decision = judge(good("jilin", date(2018, 9, day)))
        assert outcome(decision, "applied_within_months_of_issue") == expected
        assert decision.last_day_to_apply == date(2018, 9, 1)


@pytest.mark.parametrize(("reading", "expected"), [("strict", "ineligible"), ("lenient", "eligible")])
def test_choice_settles_an_open_point_with_its_reason(reading: str, expected: str) -> None:
    choice = {"applied_within_months_of_issue": ClerkChoice(reading, "大厅星期六不开门")}
    decision = judge(good("jilin", date(2018, 9, 3)), choices=choice)
    assert decision.decision == expected
    assert not decision.needs_confirmation
    assert any("大厅星期六不开门" in each.message for each in decision.findings)


def test_choice_waives_no_plain_failure() -> None:
    choice = {"months_paid_at_least": ClerkChoice("lenient", "通融")}
    assert judge(good("jilin", insurance__months_paid=35), choices=choice).decision == "ineligible"


def test_without_a_calendar_a_late_application_is_not_decided() -> None:
    from desktop_app.policy.catalogue import policy
    from desktop_app.policy.decide import decide

    decision = decide(good("jilin", date(2018, 9, 3)), policy("jilin"))
    assert outcome(decision, "applied_within_months_of_issue") == "warn"
    late = decide(good("jilin", date(2018, 9, 20)), policy("jilin"))
    assert outcome(late, "applied_within_months_of_issue") == "fail"


def test_near_name_on_the_list_is_a_warning_and_no_match() -> None:
    decision = judge(good("jilin", certificate__occupation="电焊工"))
    assert outcome(decision, "on_shortage_list") == "warn"
    assert any("“焊工”" in each.message for each in decision.findings)
    assert decision.amount == Decimal("1500.00")
    assert outcome(judge(good("jilin", certificate__occupation="车工")), "on_shortage_list") is None
    assert judge(good("jilin", certificate__occupation="　焊 工")).amount == Decimal("1950.00")


def test_empty_table_of_chongqing_gives_no_number() -> None:
    decision = judge(good("chongqing"))
    assert (decision.decision, decision.amount) == ("incomplete", None)
    assert [each.message for each in decision.findings if each.rule == "amount_configured"] == [
        NOT_CONFIGURED
    ]


def test_table_of_chongqing_holds_from_its_day() -> None:
    row = AmountRow("vocational_qualification", "焊 工", 4, date(2025, 9, 1), Decimal("300.00"), "测试依据")
    assert judge(good("chongqing"), amounts=(*TABLE, row)).amount == Decimal("300.00")
    before = good("chongqing", date(2025, 8, 31))
    assert judge(before, amounts=(*TABLE, row)).amount == Decimal("250.00")


def test_special_ability_has_no_level_and_is_not_repeated() -> None:
    changes = {"certificate__kind": "special_ability", "certificate__occupation": "面点制作"}
    case = good("chongqing", certificate__level=None, **changes)
    decision = judge(case, amounts=TABLE, office=HERE)
    assert decision.decision == "eligible"
    assert decision.amount == Decimal("120.00")
    assert outcome(decision, "certificate_level_accepted") is None
    again = Award("granted", occupation="面点制作", certificate_kind="special_ability", on=date(2025, 7, 1))
    assert outcome(judge(case, again, amounts=TABLE), "once_for_occupation") == "fail"
    other = again._replace(certificate_kind="skill_level", level=5)
    assert outcome(judge(case, other, amounts=TABLE), "once_for_occupation") == "pass"


@pytest.mark.parametrize(("level", "expected"), [(5, "fail"), (4, "fail"), (3, "warn")])
def test_chongqing_higher_level_after_a_lower_is_open(level: int, expected: str) -> None:
    had = Award("granted", "chongqing", occupation="焊工", level=4, on=date(2025, 7, 1))
    assert outcome(judge(good("chongqing", certificate__level=level), had), "once_for_occupation") == expected


def test_dalian_year_is_open_where_the_dates_differ() -> None:
    had = [
        Award(
            "granted",
            "dalian",
            occupation=f"职业{n}",
            level=5,
            on=date(2020, 1, 9),
            applied_on=date(2019, 12, 20),
        )
        for n in range(3)
    ]
    assert outcome(judge(good("dalian"), *had[:2]), "yearly_limit") == "pass"
    assert outcome(judge(good("dalian"), *had), "yearly_limit") == "warn"
    for reading, expected in (("application", "pass"), ("payment", "fail")):
        choices = {"yearly_limit": ClerkChoice(reading, "按市局答复")}
        assert outcome(judge(good("dalian"), *had, choices=choices), "yearly_limit") == expected
    this_year = [each._replace(applied_on=date(2020, 1, 2)) for each in had]
    assert outcome(judge(good("dalian"), *this_year), "yearly_limit") == "fail"


def test_higher_level_counts_only_if_obtained_first() -> None:
    for day, expected in ((9, "fail"), (10, "pass"), (11, "pass")):
        held = Award(
            "obtained", "tianjin", occupation="焊工", level=3, certificate_issued_on=date(2023, 5, day)
        )
        assert outcome(judge(good("tianjin"), held), "no_lower_level_after_higher") == expected
    unknown = Award("obtained", "tianjin", occupation="焊工", level=3)
    assert outcome(judge(good("tianjin"), unknown), "no_lower_level_after_higher") == "warn"
    claimed = Award("applied", "tianjin", occupation="焊工", level=3, certificate_issued_on=date(2023, 6, 1))
    assert outcome(judge(good("tianjin"), claimed), "no_lower_level_after_higher") == "fail"


def test_finding_names_the_earlier_award() -> None:
    had = Award("granted", "jilin", occupation="焊工", level=4, on=date(2017, 9, 8))
    decision = judge(good("jilin"), had)
    (told,) = [each for each in decision.findings if each.outcome == "fail"]
    for words in ("2017年9月8日", "吉林省", "焊工", "中级（四级）", "已发放"):
        assert words in told.message


def test_number_that_contradicts_level_and_year_warns() -> None:
    fits = good("jilin", certificate__number="1707011003400123")
    assert outcome(judge(fits), "certificate_number_plausible") == "pass"
    for number in ("1707011003500123", "1607011003400123", "17070110034001"):
        decision = judge(good("jilin", certificate__number=number))
        assert outcome(decision, "certificate_number_plausible") == "warn"
        assert decision.decision == "eligible" and decision.needs_confirmation


def test_sex_and_birth_date_come_from_the_number() -> None:
    case = good("tianjin", applicant__sex=None, applicant__birth_date=None)
    assert outcome(judge(case), "below_retirement_age") == "unknown"
    known = good(
        "tianjin", applicant__sex=None, applicant__birth_date=None, applicant__id_number="22010419850307123X"
    )
    numbered = [
        known.with_answer("applicant.id_number", f"22010419850307123{check}") for check in "0123456789X"
    ]
    passing = [each for each in numbered if judge(each).decision == "eligible"]
    assert len(passing) == 1


def test_application_before_the_document_is_in_force_warns() -> None:
    decision = judge(good("jilin", date(2017, 8, 22), certificate__issued_on=date(2017, 3, 1)))
    assert outcome(decision, "policy_in_force") == "warn"
    assert outcome(judge(good("jilin")), "policy_in_force") is None


def test_no_edition_for_the_day_is_said_and_gives_no_amount() -> None:
    decision = judge(good("tianjin", date(2024, 3, 1), certificate__issued_on=date(2024, 1, 1)))
    (told,) = [each for each in decision.findings if each.rule == "certificate_dated_in_range"]
    assert told.outcome == "fail" and "没有适用于这一日期的政策版本" in told.message
    assert decision.amount is None
    assert decision.last_day_to_apply is None


def test_insured_elsewhere_fails_and_an_unknown_place_gives_no_finding() -> None:
    for pool, expected in (("长春市", "pass"), ("辽宁省沈阳市", "fail"), ("市本级", None)):
        assert outcome(judge(good("jilin", insurance__pool=pool)), "insured_in_this_region") == expected


def test_credit_code_that_tells_another_kind_of_employer_warns() -> None:
    def sound(start: str) -> str:
        return next(
            each
            for check in "0123456789ABCDEFGHJKLMNPQRTUWXY"
            if not check_credit_code(each := start + check)
        )

    for code, expected in (
        (sound("91350100M000100Y4"), None),
        (sound("1210000040001949A"), "warn"),
        ("123", None),
    ):
        decision = judge(good("jilin", employer__kind="enterprise", employer__credit_code=code))
        assert outcome(decision, "employer_code_matches") == expected


def test_doubt_is_told_in_one_sentence_and_settled_by_a_reason() -> None:
    case = good("jilin", applicant__name="张样例", payment__account_name="李样例")
    (told,) = [each for each in judge(case).findings if each.outcome == "warn"]
    assert told.message == "账户户名与申请人姓名不同，补贴应发给申请人本人，请核对，确认无误请写明理由。"
    settled = judge(
        case, choices={"account_belongs_to_applicant": ClerkChoice("lenient", "已改名，有户口簿")}
    )
    assert not settled.needs_confirmation and settled.decision == "eligible"
