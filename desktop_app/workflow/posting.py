"""The days of a posted list: from when, until when in both countings, and how a screen says so.

The end day is the first day on which a list may be closed. Where the document says 不少于, closing it later is the
extension; where it states the days exactly (Urumqi), a later close extends nothing.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from desktop_app.dates import show_day
from desktop_app.policy.calendars import Calendar
from desktop_app.policy.model import Policy
from desktop_app.workflow.deadlines import OfficePeriods, publicity_closes_on, publicity_days
from desktop_app.workflow.refusals import Deed


class Posting(NamedTuple):
    """A list that hangs, or hung.

    Attributes:
        on: The day on which it was posted.
        where: By whom and where.
        until: Its end day, the first on which it may be closed; None where the calendar has no data.
        other: The end day if the day of posting counted; the later one decides.
        days: Working days; None where neither document nor office states any.
        is_minimum: The document says 不少于.
        closed_on: The day on which it was closed first; None while it hangs.
        extended: Working days between the end day and a later close, where the document leaves that open.
    """

    on: date
    where: str
    until: date | None
    other: date | None
    days: int | None
    is_minimum: bool
    source: str
    closed_on: date | None = None
    extended: int = 0


def posting(
    deeds: Sequence[Deed], policy: Policy, calendar: Calendar, office: OfficePeriods
) -> Posting | None:
    """Return the days of a list from what was done on it; None before it is posted."""
    posted = next((deed for deed in deeds if deed.act == "post"), None)
    if posted is None:
        return None
    on = day_named(posted)
    clock = next((each for each in policy.clocks if each.id == "publicity"), None)
    days = publicity_days(policy, office)
    until = publicity_closes_on(on, policy, calendar, office)
    other = calendar.end_of_period(on, days).first_day_counted if days else None
    is_minimum = clock is not None and clock.is_minimum
    closed = next((deed.day for deed in deeds if deed.act == "close_publicity"), None)
    late = closed is not None and until is not None and closed > until and is_minimum
    extended = _workdays_after(until, closed, calendar) if late and until and closed else 0
    where = str(posted.given.get("where") or "")
    source = clock.source if clock else ""
    return Posting(on, where, until, other, days, is_minimum, source, closed, extended)


def day_named(deed: Deed) -> date:
    """Return the day that an act names, or its own."""
    named = deed.given.get("on")
    return date.fromisoformat(named) if isinstance(named, str) else deed.day


def days_words(told: Posting) -> str:
    """Return how many days a list hangs, as its document says it: `不少于5个工作日`."""
    if told.days is None:
        return "文件没有写明公示几天"
    return f"{'不少于' if told.is_minimum else ''}{told.days}个工作日"


def until_words(told: Posting) -> str:
    """Return until when a list hangs, both countings where they differ: the later one decides."""
    if told.until is None:
        return "缺少放假安排，算不出公示到哪天"
    if told.days is None:
        return f"{show_day(told.until)}起可以办结"
    if told.other is None or told.other == told.until:
        return f"到{show_day(told.until)}"
    return f"到{show_day(told.until)}（公示当天也算的话到{show_day(told.other)}，以晚的为准）"


def now_words(told: Posting, today: date) -> str:
    """Return how a list stands today: hanging, full, closed, extended."""
    if told.closed_on is not None:
        longer = f"，比期满延长{told.extended}个工作日" if told.extended else ""
        return f"✓ {show_day(told.closed_on)}办结{longer}"
    if told.until is None:
        return "！先导入放假安排"
    if today < told.until:
        return "○ 公示中"
    if today == told.until:
        return "● 今天期满，可以办结"
    return f"● 已于{show_day(told.until)}期满，请办结" + ("，或继续公示（延长）" if told.is_minimum else "")


def _workdays_after(first: date, last: date, calendar: Calendar) -> int:
    days = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
    return sum(calendar.is_workday(day) is True for day in days)
