"""Working days agree with two independent packages, and nothing is counted where there is no data."""

import json
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import pairwise

import chinese_calendar
import holidays
import pytest

from desktop_app.faults import Faults
from desktop_app.policy.calendars import Calendar, Day, calendar, import_year
from desktop_app.resources import resource

FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)
ALL_DAYS = tuple(FIRST + timedelta(number) for number in range((LAST - FIRST).days + 1))
SETTLED = {
    date.fromisoformat(each["date"]): each
    for each in json.loads(resource("calendars/settled.json").read_text(encoding="utf-8"))["days"]
}
NATIONAL = calendar("jilin")
URUMQI = calendar("urumqi")
XINJIANG = {
    date.fromisoformat(text)
    for text in (
        "2022-05-05 2022-07-09 2022-07-10 2022-07-11 2022-07-12 2022-07-13 2023-04-21 2023-06-28 2023-06-29 "
        "2023-06-30 2025-03-29 2025-03-30 2025-03-31 2025-06-06 2025-06-07 2025-06-08 2025-06-09 2025-06-10"
    ).split()
}
YEAR_2027 = [(1, 1), (1, 2), (1, 3), (5, 1), (10, 1), (10, 2), (10, 3)]


@pytest.fixture(scope="module")
def other_package() -> Callable[[date], bool]:
    """Whether a day is worked, as the package holidays says."""
    return holidays.country_holidays("CN", years=range(2004, 2027)).is_working_day


def a_year(
    year: int = 2027, days: Iterable[tuple[str, bool]] = (), region: str = "", **changes: object
) -> str:
    """A whole file of a year in the common shape, with further days."""
    named = [{"name": "节日", "date": date(year, *each).isoformat(), "isOffDay": True} for each in YEAR_2027]
    named += [{"name": "节日", "date": day, "isOffDay": is_off} for day, is_off in days]
    return json.dumps({"year": year, "papers": [], "days": named, "region": region} | changes)


def test_packages_differ_only_on_days_that_a_notice_settles(other_package: Callable[[date], bool]) -> None:
    differing = [day for day in ALL_DAYS if chinese_calendar.is_workday(day) != other_package(day)]
    assert differing == list(SETTLED)
    for day, each in SETTLED.items():
        assert "国办发明电" in each["source"]
        assert each["reason"]
        assert NATIONAL.is_rest_day(day) is each["isOffDay"]


def test_every_day_is_worked_or_off_as_in_the_other_package(other_package: Callable[[date], bool]) -> None:
    wrong = [day for day in ALL_DAYS if day not in SETTLED and NATIONAL.is_workday(day) != other_package(day)]
    assert wrong == []
    assert all(NATIONAL.is_rest_day(day) is (not NATIONAL.is_workday(day)) for day in ALL_DAYS)


def counted_from(
    days: Iterable[date], is_worked: Callable[[date], bool]
) -> tuple[list[date], dict[date, int]]:
    """The worked days in order, and how many of them lie before each day."""
    worked: list[date] = []
    before = {}
    for day in days:
        before[day] = len(worked)
        if is_worked(day):
            worked.append(day)
    return worked, before


def wrong_periods(
    tested: Calendar, days: Iterable[date], is_worked: Callable[[date], bool], lengths: Iterable[int]
) -> list[tuple[date, int]]:
    """Periods that end otherwise than a list of all worked days says."""
    worked, before = counted_from(ALL_DAYS, is_worked)
    wrong = []
    for start in days:
        is_first_worked = is_worked(start)
        for n in lengths:
            period = tested.end_of_period(start, n)
            last = before[start] + n - 1
            want_counted = worked[last] if last < len(worked) else None
            last += is_first_worked
            want = worked[last] if last < len(worked) else None
            is_told = bool(period.warnings) or want is not None or tested.own_years is not None
            if (period.first_day_counted, period.first_day_not_counted) != (
                want_counted,
                want,
            ) or not is_told:
                wrong.append((start, n))
    return wrong


def test_periods_end_as_in_the_other_package(other_package: Callable[[date], bool]) -> None:
    def is_worked(day: date) -> bool:
        return not SETTLED[day]["isOffDay"] if day in SETTLED else other_package(day)

    assert wrong_periods(NATIONAL, ALL_DAYS, is_worked, range(1, 31)) == []


def test_urumqi_adds_the_holidays_of_xinjiang_and_no_other() -> None:
    assert {day for day in ALL_DAYS if URUMQI.is_workday(day) != NATIONAL.is_workday(day)} == {
        day for day in XINJIANG if NATIONAL.is_workday(day)
    }
    assert all(URUMQI.is_rest_day(day) for day in XINJIANG)

    def is_worked(day: date) -> bool:
        return day not in XINJIANG and bool(NATIONAL.is_workday(day))

    around = [day for day in ALL_DAYS if day.year in (2022, 2023, 2025)]
    assert wrong_periods(URUMQI, around, is_worked, (1, 2, 5, 10, 30)) == []


def test_urumqi_over_the_feast_of_sacrifice() -> None:
    period = URUMQI.end_of_period(date(2025, 6, 5), 5)
    assert period == (date(2025, 6, 17), date(2025, 6, 16), ())
    assert calendar("tianjin").end_of_period(date(2025, 6, 5), 5).first_day_not_counted == date(2025, 6, 12)


@pytest.mark.parametrize("year", [2017, 2024, 2026])
def test_urumqi_without_the_notice_gives_dates_and_a_warning(year: int) -> None:
    period = URUMQI.end_of_period(date(year, 6, 5), 5)
    assert period[:2] == NATIONAL.end_of_period(date(year, 6, 5), 5)[:2]
    assert None not in period
    (warning,) = period.warnings
    assert f"{year}年肉孜节、古尔邦节" in warning


def test_a_period_from_a_known_year_into_an_unknown_one_warns() -> None:
    (warning,) = URUMQI.end_of_period(date(2023, 12, 28), 5).warnings
    assert "2024" in warning
    assert "2023" not in warning


def test_the_eve_of_2024_was_worked() -> None:
    assert NATIONAL.is_workday(date(2024, 2, 9)) is True
    assert NATIONAL.is_workday(date(2025, 1, 28)) is False


@pytest.mark.parametrize("start", [date(2025, 6, 7), date(2025, 10, 1), date(2026, 2, 23)])
def test_from_a_rest_day_both_readings_are_the_same(start: date) -> None:
    period = NATIONAL.end_of_period(start, 3)
    assert period.first_day_counted == period.first_day_not_counted


def test_edges_at_the_end_of_the_data() -> None:
    assert NATIONAL.end_of_period(date(2026, 12, 30), 1) == (date(2026, 12, 31), date(2026, 12, 30), ())
    not_counted, counted, warnings = NATIONAL.end_of_period(date(2026, 12, 31), 1)
    assert (not_counted, counted) == (None, date(2026, 12, 31))
    assert len(warnings) == 1
    assert "没有2027年的放假安排" in warnings[0]
    assert "导入国务院办公厅" in warnings[0]
    assert NATIONAL.end_of_period(date(2026, 12, 31), 2)[:2] == (None, None)
    assert NATIONAL.end_of_period(date(2004, 1, 2), 10**6)[:2] == (None, None)


@pytest.mark.parametrize("day", [date(2003, 12, 31), date(2027, 1, 4), date(2027, 1, 2)])
def test_a_day_without_data_has_no_answer(day: date) -> None:
    assert NATIONAL.is_workday(day) is None
    assert NATIONAL.is_rest_day(day) is None
    assert NATIONAL.next_workday(day) is None
    not_counted, counted, warnings = NATIONAL.end_of_period(day, 1)
    assert not_counted is None
    assert counted is None
    assert f"没有{day.year}年的放假安排" in warnings[0]


def test_next_workday_takes_the_day_itself_or_the_first_after_it() -> None:
    assert NATIONAL.next_workday(date(2025, 11, 28)) == date(2025, 11, 28)
    assert NATIONAL.next_workday(date(2025, 11, 30)) == date(2025, 12, 1)
    assert NATIONAL.next_workday(date(2025, 10, 1)) == date(2025, 10, 9)


def test_a_period_has_at_least_one_day() -> None:
    with pytest.raises(ValueError, match="1以上"):
        NATIONAL.end_of_period(date(2025, 1, 2), 0)


def test_local_days_go_before_all_others() -> None:
    local = [Day("停电", date(2025, 6, 11), True), Day("加班", date(2025, 6, 7), False)]
    own = calendar("urumqi", local)
    assert own.is_workday(date(2025, 6, 11)) is False
    assert own.is_workday(date(2025, 6, 7)) is True
    assert URUMQI.is_workday(date(2025, 6, 11)) is True
    closed = calendar("jilin", [Day("停电", date(2027, 3, 1), True)])
    assert closed.is_workday(date(2027, 3, 1)) is None


def test_an_imported_year_extends_the_calendar() -> None:
    year = import_year(a_year(days=[("2026-12-31", True), ("2027-02-06", False)]), "2027.json")
    extended = calendar("jilin", imported=[year])
    assert extended.is_workday(date(2026, 12, 31)) is False
    assert extended.is_workday(date(2027, 2, 6)) is True
    assert extended.end_of_period(date(2026, 12, 30), 1) == (date(2027, 1, 4), date(2026, 12, 30), ())
    assert NATIONAL.is_workday(date(2027, 2, 6)) is None


def test_an_imported_year_replaces_the_one_that_came_with_the_program() -> None:
    year = import_year(a_year(2026, [("2026-01-05", True)]), "2026.json")
    changed = calendar("jilin", imported=[year])
    assert changed.is_workday(date(2026, 1, 5)) is False
    assert changed.is_workday(date(2026, 2, 17)) is True  # the new file names no Spring Festival
    assert NATIONAL.is_workday(date(2026, 2, 17)) is False


def test_an_imported_year_of_a_region_ends_its_warning() -> None:
    text = json.dumps(
        {
            "region": "urumqi",
            "year": 2024,
            "days": [{"name": "古尔邦节", "date": "2024-06-17", "isOffDay": True}],
        }
    )
    imported = [import_year(text, "urumqi-2024.json")]
    period = calendar("urumqi", imported=imported).end_of_period(date(2024, 6, 14), 1)
    assert period == (date(2024, 6, 18), date(2024, 6, 14), ())
    assert calendar("jilin", imported=imported).is_workday(date(2024, 6, 17)) is True


def test_shipped_files_are_whole_and_in_order() -> None:
    files = sorted(resource("calendars").glob("*[0-9].json"))
    years = [import_year(file.read_text(encoding="utf-8"), file.name) for file in files]
    assert [each.year for each in years if not each.region] == list(range(2004, 2027))
    for file, year in zip(files, years, strict=True):
        assert file.stem == (f"{year.region}-{year.year}" if year.region else str(year.year))
        assert year.papers
        assert all(one.date < other.date for one, other in pairwise(year.days))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "第1行"),
        ("[]", "花括号"),
        (a_year(year=2027)[:-1] + ', "year": 2028}', "“year”写了两次"),
        (a_year(days=[("2027-05-01", False)]), "2027年5月1日写了两次"),
        (a_year(days=[("2028-01-01", True)]), "2028年1月1日不在2027年"),
        (a_year(days=[("2026-11-30", True)]), "2026年11月30日不在2027年"),
        (a_year(days=[("2027-02-30", True)]), "days 第8项：“date”"),
        (a_year(days=[("20270230", True)]), "days 第8项：“date”"),
        (a_year(days=[("2027-02-06", 1)]), "days 第8项：“isOffDay”"),
        (a_year().replace('"year": 2027', '"year": "2027"'), "“year”"),
        (a_year(papers="通知"), "“papers”"),
        (a_year(region=7), "“region”"),
        (a_year(regoin="urumqi"), "“regoin”"),
        (json.dumps({"year": 2027, "papers": []}), "“days”"),
        (json.dumps({"year": 2027, "papers": [], "days": []}), "尚未公布"),
        (json.dumps({"year": 2027, "papers": [], "days": [3]}), "days 第1项"),
        (a_year().replace("2027-10-02", "2027-10-04"), "缺少2027年10月2日国庆节"),
    ],
)
def test_a_fault_of_a_file_is_told_with_its_place(text: str, sentence: str) -> None:
    with pytest.raises(Faults) as raised:
        import_year(text, "新年.json")
    (fault,) = raised.value.faults
    assert fault.startswith("新年.json")
    assert sentence in fault
    assert fault.endswith("。")


def test_all_faults_are_told_at_once() -> None:
    text = json.dumps(
        {
            "year": "2027",
            "papers": 3,
            "days": [
                {"name": "", "date": "2027-13-01", "isOffDay": "true"},
                {"name": "元旦", "date": "2027-01-01", "isOffDay": True},
                {"name": "元旦", "date": "2027-01-01", "isOffDay": True},
            ],
        }
    )
    with pytest.raises(Faults) as raised:
        import_year(text, "2027.json")
    assert len(raised.value.faults) == 6


def test_public_files_with_their_schema_are_taken() -> None:
    text = a_year(days=[("2026-12-31", False)], **{"$schema": "https://example.org/s.json", "$id": "x"})
    assert import_year("\ufeff" + text, "2027.json").days[-1] == ("节日", date(2026, 12, 31), False)
