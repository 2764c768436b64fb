"""Days and months: reading what is typed, writing it out, and counting months as the Civil Code does.

The module knows no clock, no calendar of working days and no form.
"""

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

from desktop_app.identifiers import narrow

FIRST_YEAR = 1900
LAST_YEAR = 2199

_MARK = r"\s*[年月./。\-\s]\s*"
_DAY = re.compile(rf"(\d{{4}})(?:(\d\d)(\d\d)|{_MARK}(\d{{1,2}}){_MARK}(\d{{1,2}})\s*[日号]?)", re.ASCII)
_MONTH = re.compile(rf"(\d{{4}})(?:(\d\d)|{_MARK}(\d{{1,2}})\s*月?(?:份)?)", re.ASCII)
_SHORT_YEAR = re.compile(r"\d{2}\s*[年./。\-]\s*\d{1,2}\s*[月./。\-].*", re.ASCII)
# Spreadsheets hand a day over with its midnight.
_MIDNIGHT = re.compile(r"[T ]+0{1,2}:00(:00)?$", re.ASCII)


def parse_day(text: str) -> date:
    """Return the day that `text` states.

    Takes 20230905, 2023.9.5, 2023-9-5, 2023/9/5, 2023年9月5日, in full width too.

    Raises:
        ValueError: One Chinese sentence that names the fault.
    """
    typed = _MIDNIGHT.sub("", narrow(text).strip())
    matched = _DAY.fullmatch(typed)
    if matched is None:
        if _SHORT_YEAR.fullmatch(typed):
            raise ValueError("年份要写四位，请写成2023-09-05的样子。")
        raise ValueError("日期看不懂，请写成2023-09-05的样子。")
    year, month, day = (int(group) for group in matched.groups() if group)
    _refuse_month(year, month)
    if not 1 <= day <= monthrange(year, month)[1]:
        raise ValueError(f"{year}年没有{month}月{day}日，请核对。")
    return date(year, month, day)


def parse_month(text: str) -> str:
    """Return the month that `text` states as `2017-03`; takes 201703, 2017-03, 2017.3, 2017年3月.

    Raises:
        ValueError: One Chinese sentence that names the fault.
    """
    matched = _MONTH.fullmatch(narrow(text).strip())
    if matched is None:
        raise ValueError("年月看不懂，请写成2017-03的样子。")
    year, month = (int(group) for group in matched.groups() if group)
    _refuse_month(year, month)
    return f"{year}-{month:02d}"


def _refuse_month(year: int, month: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"年份应在{FIRST_YEAR}年至{LAST_YEAR}年之间，请核对。")
    if not 1 <= month <= 12:
        raise ValueError(f"没有{month}月，请核对月份。")


@lru_cache(maxsize=4096)
def show_day(day: date) -> str:
    """Return `2023年9月5日`, as the papers write it."""
    return f"{day.year}年{day.month}月{day.day}日"


@lru_cache(maxsize=4096)
def add_months(day: date, months: int) -> date:
    """Return the corresponding day `months` later, or that month's last day where there is none.

    The first day is not counted, so a period of n months from `day` ends on the day returned.
    Source: 民法典 第二百零一条至第二百零三条. Whether a rest day rolls on is not decided here.

    >>> add_months(date(2020, 2, 29), 12)
    datetime.date(2021, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
