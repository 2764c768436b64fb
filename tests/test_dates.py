"""Days and months as they are typed, and months counted as the Civil Code counts them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app import dates


@pytest.mark.parametrize(
    "typed",
    [
        "20230905", "2023.9.5", "2023-9-5", "2023/9/5", "2023年9月5日", "2023-09-05", "２０２３年９月５日",
        " 2023 年 9 月 5 日 ", "2023．09．05", "2023。9。5", "2023–9–5", "2023 9 5", "2023年9月5号",
        "2023-09-05 00:00:00", "2023-09-05T00:00:00",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(typed: str) -> None:
    assert dates.parse_day(typed) == date(2023, 9, 5)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("2023-2-29", "2023年没有2月29日，请核对。"),
        ("20230431", "2023年没有4月31日，请核对。"),
        ("2023-9-0", "2023年没有9月0日，请核对。"),
        ("2023-13-01", "没有13月，请核对月份。"),
        ("0203-09-05", "年份应在1900年至2199年之间，请核对。"),
        ("23.9.5", "年份要写四位，请写成2023-09-05的样子。"),
        ("2023-9", "日期看不懂，请写成2023-09-05的样子。"),
        ("昨天", "日期看不懂，请写成2023-09-05的样子。"),
        ("202395", "日期看不懂，请写成2023-09-05的样子。"),
        ("", "日期看不懂，请写成2023-09-05的样子。"),
    ],
)
def test_a_day_that_is_none_names_its_fault(typed: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=r"。$") as told:
        dates.parse_day(typed)
    assert str(told.value) == sentence


@pytest.mark.parametrize(
    "typed", ["201703", "2017-03", "2017-3", "2017.3", "2017/3", "2017年3月", "２０１７年３月份"]
)
def test_a_month_is_read_however_it_is_written(typed: str) -> None:
    assert dates.parse_month(typed) == "2017-03"


@pytest.mark.parametrize(
    ("typed", "fault"), [("2017-13", "没有13月"), ("201700", "没有0月"), ("2017", "看不懂")]
)
def test_a_month_that_is_none_names_its_fault(typed: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        dates.parse_month(typed)


@pytest.mark.parametrize(
    ("day", "months", "end"),
    [
        (date(2017, 3, 2), 12, date(2018, 3, 2)),
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
        (date(2023, 2, 28), 12, date(2024, 2, 28)),
        (date(2023, 8, 31), 1, date(2023, 9, 30)),
        (date(2023, 12, 31), 2, date(2024, 2, 29)),
        (date(2023, 3, 31), -1, date(2023, 2, 28)),
        (date(2023, 11, 30), 1, date(2023, 12, 30)),
    ],
)
def test_months_end_on_the_corresponding_day_or_the_last(day: date, months: int, end: date) -> None:
    assert dates.add_months(day, months) == end


@settings(deadline=None, max_examples=100)
@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_day_written_out_is_read_back(day: date) -> None:
    assert dates.parse_day(dates.show_day(day)) == day
    assert dates.parse_day(day.isoformat()) == day
