"""Working days: which days of a region are worked, and on which day a period of working days ends.

The State Council's holidays come first, then a region's own, then the days an office has set for itself. What
has no data gets no answer. The module knows no clock, and no rule for which a period is wanted.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import chain
from types import MappingProxyType
from typing import Any, NamedTuple

from desktop_app.dates import FIRST_YEAR, LAST_YEAR, show_day
from desktop_app.faults import Faults
from desktop_app.regions import region_ids
from desktop_app.resources import home, resource

_ONE_DAY = timedelta(days=1)
_KEYS = ("year", "papers", "days", "region")
# Days off in every year, whatever the arrangement: 全国年节及纪念日放假办法. A file without them is not whole.
_ALWAYS_OFF = ((1, 1, "元旦"), (5, 1, "劳动节"), (10, 1, "国庆节"), (10, 2, "国庆节"), (10, 3, "国庆节"))


class Day(NamedTuple):
    """A day off, or a day that is worked although it would be off."""

    name: str
    date: date
    is_off: bool


class Year(NamedTuple):
    """The days that one yearly notice arranges.

    Attributes:
        papers: The notices or their addresses; may be empty.
        days: In the order of the file; late December of the year before may be among them.
        region: Empty for the State Council's notice, else the region whose own holidays these are.
    """

    year: int
    papers: tuple[str, ...]
    days: tuple[Day, ...]
    region: str = ""


class Period(NamedTuple):
    """On which day a period ends, in both readings of whether its first day counts.

    Attributes:
        first_day_not_counted: None where a day on the way has no data.
        first_day_counted: As above; the same day where the first day is a rest day.
        warnings: Chinese sentences for the clerk.
    """

    first_day_not_counted: date | None
    first_day_counted: date | None
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days of one region.

    Attributes:
        days: Whether a named day is off; the others are worked from Monday to Friday.
        years: Years with the State Council's arrangement.
        own_years: Years with the region's own holidays; None for a region that has none of its own.
        own_names: The region's own holidays, `肉孜节`.
        faults: Sentences on files of this office that could not be used; the bundled years stand in their place.
    """

    region: str
    days: Mapping[date, bool]
    years: frozenset[int]
    own_years: frozenset[int] | None = None
    own_names: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()

    def is_rest_day(self, day: date) -> bool | None:
        """Whether `day` is off; None where nobody can say: no data, or worked unless a holiday of the region's own."""
        is_off = self._is_off(day)
        is_whole = self.own_years is None or day.year in self.own_years or day in self.days
        return is_off if is_off or is_whole else None

    def _is_off(self, day: date) -> bool | None:
        """Whether `day` is off by what is known; None where its year has no data."""
        if day.year not in self.years:
            return None
        is_off = self.days.get(day)
        return day.weekday() >= 5 if is_off is None else is_off

    def is_workday(self, day: date) -> bool | None:
        """Whether `day` is worked by what is known; None where its year has no data."""
        is_off = self._is_off(day)
        return None if is_off is None else not is_off

    def next_workday(self, day: date) -> date | None:
        """The first working day from `day` on, `day` included; None where a day on the way has no data."""
        return self._nth_workday(day, 1)

    def end_of_period(self, start: date, n: int) -> Period:
        """The day on which a period of `n` working days from `start` ends, in both readings.

        Not counted: counting begins on the working day after `start`. Counted: `start` is the first day if it
        is worked. Which one holds for a posted list no notice says.

        Raises:
            ValueError: `n` is less than one.
        """
        if n < 1:
            raise ValueError("工作日天数应是1以上的整数，请改正。")
        is_off = self._is_off(start)
        if is_off is None:
            return Period(None, None, self.warnings(start, start))
        counted = self._nth_workday(start, n)
        not_counted = counted if is_off else self._nth_workday(start, n + 1)
        last = not_counted or date(self._last_known_year(start.year) + 1, 1, 1)
        return Period(not_counted, counted, self.warnings(start, last))

    def warnings(self, first: date, last: date) -> tuple[str, ...]:
        """Chinese sentences on what is not known of the days from `first` to `last`, both included."""
        years = range(first.year, last.year + 1)
        missing = [year for year in years if year not in self.years]
        told = list(self.faults) + [
            f"没有{year}年的放假安排，算不出落在这一年的日期，请先导入国务院办公厅的{year}年放假安排。"
            for year in missing
        ]
        if self.own_years is not None:
            unsure = [str(year) for year in years if year not in self.own_years and year not in missing]
            if unsure:
                told.append(
                    f"没有本地区{'、'.join(unsure)}年{'、'.join(self.own_names)}的放假安排，"
                    "日期只按全国放假安排算出，请对照本地区当年的放假通知核对。"
                )
        return tuple(told)

    def _nth_workday(self, first: date, n: int) -> date | None:
        """The `n`th working day from `first` on, `first` included."""
        day = first
        while (is_off := self._is_off(day)) is not None:
            n -= not is_off
            if n == 0:
                return day
            day += _ONE_DAY
        return None

    def _last_known_year(self, year: int) -> int:
        while year + 1 in self.years:
            year += 1
        return year


def calendar(region: str, local: Iterable[Day] = (), imported: Iterable[Year] = ()) -> Calendar:
    """The calendar of a region.

    Args:
        region: `urumqi`; a region without own holidays has the State Council's days.
        local: An office's own days; they go before all others.
        imported: Years taken in later; each replaces the year that came with the program.
    """
    return _merged(region, tuple(local), tuple(imported))


@lru_cache(maxsize=16)
def _merged(region: str, local: tuple[Day, ...], imported: tuple[Year, ...]) -> Calendar:
    taken_in, faults = _taken_in()
    years = {(each.region, each.year): each for each in chain(_shipped(), taken_in, imported)}
    national = [years[key] for key in sorted(years) if not key[0]]
    own = [years[key] for key in sorted(years) if key[0] == region != ""]
    # A later notice may move December of the year before, so the years are laid over each other in order.
    days = {day.date: day.is_off for year in (*national, *own) for day in year.days}
    days.update((day.date, day.is_off) for day in local)
    return Calendar(
        region,
        MappingProxyType(days),
        frozenset(each.year for each in national),
        frozenset(each.year for each in own) if own else None,
        tuple(dict.fromkeys(day.name for year in own for day in year.days)),
        faults,
    )


@cache
def _shipped() -> tuple[Year, ...]:
    """The years that come with the program; read once."""
    files = sorted(resource("calendars").glob("*[0-9].json"))
    return tuple(import_year(file.read_text(encoding="utf-8"), file.name) for file in files)


@cache
def _taken_in() -> tuple[tuple[Year, ...], tuple[str, ...]]:
    """The years that this office has imported, and what is wrong with its other files; read once."""
    years, faults = [], []
    for file in sorted((home() / "calendars").glob("*-[0-9][0-9][0-9][0-9].json")):
        if file.name.rpartition("-")[0] not in ("national", *region_ids()):
            continue
        try:
            year = import_year(file.read_text(encoding="utf-8"), file.name)
        except Faults as told:
            faults.append(told.faults[0])
        except (OSError, UnicodeDecodeError):
            faults.append(f"{file.name}：放假安排的文件读不出来，请重新导入。")
        else:
            if file.name == kept_name(year):
                years.append(year)
            else:
                faults.append(f"{file.name}：文件名和里面的年份、地区不符，请删去后重新导入。")
    return tuple(years), tuple(f"{fault.rstrip('。')}；仍按程序自带的放假安排计算。" for fault in faults)


def office_faults() -> tuple[str, ...]:
    """Sentences on files of this office that could not be used."""
    return _taken_in()[1]


def kept_name(year: Year) -> str:
    """The name under which an office keeps a year that it took in."""
    return f"{year.region or 'national'}-{year.year}.json"


def import_year(text: str, file_name: str) -> Year:
    """Return the year that a file in the common shape `{year, papers, days: [{name, date, isOffDay}]}` describes.

    `region` names a region whose own holidays the file holds. Days of December of the year before may stand in
    it, because a notice moves them.

    Raises:
        Faults: With every fault of the file, each a Chinese sentence with its place.
    """
    faults: list[str] = []
    table = _table(text, file_name)
    faults += _key_faults(table)
    year, papers, region = table.get("year"), table.get("papers", []), table.get("region", "")
    if type(year) is not int or not FIRST_YEAR <= year <= LAST_YEAR:
        faults.append("“year”应是四位年份，请写成2027的样子。")
        year = 0
    if not _is_texts(papers):
        faults.append("“papers”应是一列文字，请写成方括号括起的通知名称或网址。")
        papers = []
    if region != "" and region not in region_ids():
        faults.append(f"“region”应是地区代号{'、'.join(region_ids())}之一，请改正或删去。")
        region = ""
    days = _days(table.get("days"), year, faults)
    if not faults and not region:
        faults += _absent(year, days)
    if faults:
        raise Faults(f"{file_name}：{fault}" for fault in faults)
    return Year(year, tuple(papers), days, region)


def _table(text: str, file_name: str) -> dict[str, Any]:
    doubles: list[str] = []

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in pairs]
        doubles.extend(key for key in dict.fromkeys(keys) if keys.count(key) > 1)
        return dict(pairs)

    try:
        table = json.loads(text.removeprefix("\ufeff"), object_pairs_hook=once)
    except json.JSONDecodeError as error:
        place = f"第{error.lineno}行第{error.colno}列"
        raise Faults((f"{file_name} {place}：不合 JSON 的写法，请检查引号、括号和逗号。",)) from None
    except (RecursionError, ValueError):
        raise Faults((f"{file_name}：不合 JSON 的写法，请重新取得文件。",)) from None
    if not isinstance(table, dict):
        raise Faults((f"{file_name}：应是一年的放假安排，请写成花括号括起的样子。",))
    if doubles:
        raise Faults(f"{file_name}：“{key}”写了两次，请删去一处。" for key in dict.fromkeys(doubles))
    return table


def _key_faults(table: Mapping[str, Any]) -> Iterator[str]:
    for key in table:
        # Public files of this shape name their schema with `$schema` and `$id`.
        if key not in _KEYS and not key.startswith("$"):
            yield f"没有“{key}”这一项，只能有{'、'.join(f'“{each}”' for each in _KEYS)}，请改正。"


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _days(raw: Any, year: int, faults: list[str]) -> tuple[Day, ...]:
    """The days that can be read; what is wrong with the others is added to `faults`."""
    if not isinstance(raw, list):
        faults.append("“days”应是一列日期，请写成方括号括起的样子。")
        return ()
    if not raw:
        faults.append("“days”里一天也没有，这一年的放假安排尚未公布，请公布后再导入。")
    days: dict[date, Day] = {}
    for number, each in enumerate(raw, 1):
        day = _day(each, f"days 第{number}项", faults)
        if day is None:
            continue
        if day.date in days:
            faults.append(f"days 第{number}项：{show_day(day.date)}写了两次，请删去一处。")
        elif year and not _is_within(day.date, year):
            faults.append(f"days 第{number}项：{show_day(day.date)}不在{year}年，请核对日期。")
        days.setdefault(day.date, day)
    return tuple(days.values())


def _is_within(day: date, year: int) -> bool:
    return day.year == year or (day.year, day.month) == (year - 1, 12)


def _day(raw: Any, place: str, faults: list[str]) -> Day | None:
    if not isinstance(raw, dict):
        faults.append(f"{place}：应有“name”“date”“isOffDay”三项，请写成花括号括起的样子。")
        return None
    name, text, is_off = raw.get("name"), raw.get("date"), raw.get("isOffDay")
    found = []
    if not isinstance(name, str) or not name.strip():
        found.append(f"{place}：“name”应是节日名称，请补上。")
    day = _iso(text)
    if day is None:
        found.append(f"{place}：“date”应是有的日期，请写成2027-01-01的样子。")
    if not isinstance(is_off, bool):
        found.append(f"{place}：“isOffDay”应是 true（休息）或 false（上班），请改正。")
    faults += found
    return None if found or day is None else Day(str(name).strip(), day, bool(is_off))


def _iso(text: Any) -> date | None:
    # `fromisoformat` also takes 20270101 and week dates, which are not of the common shape.
    if not isinstance(text, str) or len(text) != 10:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _absent(year: int, days: tuple[Day, ...]) -> Iterator[str]:
    """Days off of every year that a file of the State Council's arrangement does not name."""
    off = {day.date for day in days if day.is_off}
    for month, number, name in _ALWAYS_OFF:
        if date(year, month, number) not in off:
            yield f"缺少{year}年{month}月{number}日{name}的放假，文件不完整，请核对国务院办公厅的通知后补全。"
