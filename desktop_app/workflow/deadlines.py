"""Until when: which period runs on a case, on which day it ends, and how a screen says so.

The periods are data of the region's policy; which acts were done on the case, and on which days, comes in as plain
records. Pure: today and the calendar are arguments. The day on which a period begins is not counted.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final, NamedTuple

from desktop_app.dates import show_day
from desktop_app.faults import hint
from desktop_app.policy.calendars import Calendar
from desktop_app.policy.model import Check, Policy
from desktop_app.policy.period import Clock
from desktop_app.workflow.acts import ACT, ACTS
from desktop_app.workflow.states import STATES, State

# What an act names as its day, the first that was given; else the act's own day counts.
_DAY_NAMES: Final = ("received_on", "sent_on", "on")
_ONE_DAY: Final = timedelta(days=1)


class Step(NamedTuple):
    """One act that was done on a case.

    Attributes:
        day: The day on which it was done; what it names as its day stands in `given`.
        given: What was given for what the act asks for, by name.
    """

    act: str
    day: date
    before: State
    after: State
    given: Mapping[str, object] = MappingProxyType({})


class OfficePeriods(NamedTuple):
    """What an office has set where its document is silent; None: nothing is set.

    Attributes:
        waiting_stops_clock: Whether a period stands still while materials are waited for; no document says.
    """

    review_days: int | None = None
    publicity_days: int | None = None
    payment_days: int | None = None
    waiting_stops_clock: bool | None = None


class Due(NamedTuple):
    """Until when.

    Attributes:
        day: The last day; None while the period stands still, and where nobody states or can count it.
        other: The same in the other reading of what is open: with the posting day counted, or with waiting counted.
        clock: The id of the period; empty where none runs in this state.
        label: What it is called.
        source: The article that states it.
        is_still: It stands still, or may: materials are waited for.
        has_days: Days are stated, by the document or by the office.
    """

    day: date | None = None
    other: date | None = None
    clock: str = ""
    label: str = ""
    source: str = ""
    is_still: bool = False
    has_days: bool = False


def due(
    state: State, steps: Sequence[Step], policy: Policy, calendar: Calendar, office: OfficePeriods
) -> Due:
    """Return until when a case is to be dealt with in its state; `Due()` where no period runs.

    Args:
        state: How the case stands.
        steps: Everything that was done on it, in order.
        policy: Whose periods hold.
        calendar: The working days of the region.
        office: What the office has set.
    """
    is_waiting = state == "awaiting_materials"
    asked_in = (step.before for step in reversed(steps) if step.act == "ask_materials")
    shown = next(asked_in, state) if is_waiting else state
    found = []
    for clock in policy.clocks:
        begun = _begun(clock, steps, policy.checks) if shown in clock.runs_in else None
        if begun is not None:
            found.append(_due(clock, steps, begun, _Given(policy, calendar, office, is_waiting)))
    return min(found, key=lambda each: each.day or each.other or date.max, default=Due())


def publicity_closes_on(
    posted: date, policy: Policy, calendar: Calendar, office: OfficePeriods
) -> date | None:
    """Return the first day on which a posted list may be closed: its end day, the later one of both countings.

    Where neither document nor office states days it is the day after the posting; None where the calendar has no data.
    """
    days = publicity_days(policy, office)
    return calendar.end_of_period(posted, days).first_day_not_counted if days else posted + _ONE_DAY


def publicity_days(policy: Policy, office: OfficePeriods) -> int | None:
    """Return for how many working days a list is posted; None where neither document nor office states any."""
    clock = next((each for each in policy.clocks if each.id == "publicity"), None)
    return _days(clock, office) if clock else None


def words(told: Due, today: date, calendar: Calendar) -> str:
    """Return a period as a screen says it: days left and the day itself, in words and sign; empty where none runs."""
    if not told.clock:
        return ""
    if not told.has_days:
        return f"{told.label}：文件没有写明期限"
    if told.day is None and told.is_still:
        running = f"；不停算的话到{show_day(told.other)}" if told.other else ""
        return f"{told.label}：等待补正，停止计算{running}"
    if told.day is None:
        return f"{told.label}：缺少放假安排，算不出期限"
    other = f"（另一种算法到{show_day(told.other)}）" if told.other and told.other != told.day else ""
    return f"{told.label}：{_left(told.day, today, calendar)}{other}"


def clock_faults(policy: Policy) -> Iterator[str]:
    """Yield a sentence for each act and state that a policy names and that does not exist."""
    regional = tuple(act.id for act in ACTS if act.is_regional or act.id == "confirm")
    for each in policy.acts:
        if each.id not in regional:
            yield f"[[act]] {each.id}：没有这项各地自定的办理{hint(each.id, regional)}，请改正。"
    coded = tuple(act.id for act in ACTS if any(ask.kind == "reason" for ask in act.asks))
    for reason in policy.reasons:
        for name in reason.acts:
            if name not in coded:
                yield f"[[reason]] {reason.code}：acts没有“{name}”{hint(name, coded)}，请改正。"
    for clock in policy.clocks:
        for key, named, known in (
            ("starts_with", clock.starts_with, tuple(ACT)),
            ("ends_with", clock.ends_with, tuple(ACT)),
            ("runs_in", clock.runs_in, STATES),
        ):
            for name in named:
                if name not in known:
                    yield f"[[clock]] {clock.id}：{key}没有“{name}”{hint(name, known)}，请改正。"


class _Given(NamedTuple):
    policy: Policy
    calendar: Calendar
    office: OfficePeriods
    is_waiting: bool


def _due(clock: Clock, steps: Sequence[Step], begun: int, given: _Given) -> Due:
    days = _days(clock, given.office)
    told = Due(clock=clock.id, label=clock.name, source=clock.source, has_days=bool(days or clock.month_days))
    start = _start(clock, steps, begun, given)
    if start is None or not told.has_days:
        return told
    if clock.month_days:
        return told._replace(day=_next_of_month(start, clock.month_days))
    assert days is not None
    period = given.calendar.end_of_period(start, days)
    running = period.first_day_not_counted
    if clock.id == "publicity":
        return told._replace(day=running, other=period.first_day_counted)
    waits = list(_waits(steps[begun + 1 :]))
    if not waits or given.office.waiting_stops_clock is False:
        return told._replace(day=running)
    other = running if given.office.waiting_stops_clock is None else None
    if given.is_waiting:
        return told._replace(other=other, is_still=True)
    return told._replace(day=_stopped(start, days, running, waits, given.calendar), other=other)


def _begun(clock: Clock, steps: Sequence[Step], checks: Sequence[Check]) -> int | None:
    """Return the index of the step with which a period began that has not ended; None where none runs."""
    check = next((each for each in checks if each.clock == clock.id), None)
    after = next((each for each in checks if check and each.id == check.after), None)
    begun = None
    for index, step in enumerate(steps):
        if _is_good(step, after) if after else _begins(clock, step, checks):
            begun = index
        elif step.act in clock.ends_with or (check and _recorded(step) == check.id):
            begun = None
    return begun


def _begins(clock: Clock, step: Step, checks: Sequence[Check]) -> bool:
    """Say whether an act begins a period; a check does so only if it is good and leads to where the period runs."""
    if step.act != "record_check":
        return step.act in clock.starts_with
    is_moved = step.before != step.after and step.after in clock.runs_in
    return step.act in clock.starts_with and is_moved and any(_is_good(step, each) for each in checks)


def _recorded(step: Step) -> object:
    return step.given.get("check") if step.act == "record_check" else None


def _is_good(step: Step, check: Check) -> bool:
    return _recorded(step) == check.id and step.given.get("result") == check.results[0]


def _start(clock: Clock, steps: Sequence[Step], begun: int, given: _Given) -> date | None:
    """Return the day from which a period is counted, itself not counted."""
    if not clock.counts_from:
        return _day_of(steps[begun])
    before = next(each for each in given.policy.clocks if each.id == clock.counts_from)
    starts = [step for step in steps[:begun] if _begins(before, step, given.policy.checks)]
    days = _days(before, given.office)
    if not starts or not days:
        return _day_of(steps[begun])
    return given.calendar.end_of_period(_day_of(starts[-1]), days).first_day_not_counted


def _day_of(step: Step) -> date:
    named = (step.given.get(name) for name in _DAY_NAMES)
    return next((day for day in named if isinstance(day, date)), step.day)


def _days(clock: Clock, office: OfficePeriods) -> int | None:
    if clock.days is not None:
        return clock.days
    entered = {
        "review": office.review_days,
        "publicity": office.publicity_days,
        "payment": office.payment_days,
    }
    return entered.get(clock.id)


def _next_of_month(start: date, month_days: Sequence[int]) -> date:
    """Return the first of the days of a month after `start`; a rest day is one too."""
    day = start
    while True:
        day += _ONE_DAY
        last = monthrange(day.year, day.month)[1]
        if day.day in {min(each, last) for each in month_days}:
            return day


def _waits(steps: Sequence[Step]) -> Iterator[tuple[date, date | None]]:
    """Yield the days of asking for materials and of their receipt; the last may not be received yet."""
    asked: date | None = None
    for step in steps:
        if step.act == "ask_materials":
            asked = step.day
        elif step.act == "materials_received" and asked is not None:
            yield asked, step.day
            asked = None
    if asked is not None:
        yield asked, None


def _stopped(
    start: date,
    days: int,
    running: date | None,
    waits: Sequence[tuple[date, date | None]],
    calendar: Calendar,
) -> date | None:
    """Return the last day of a period that stood still: the day of asking is used, the one of receipt is not."""
    end = running
    for asked, received in waits:
        used = _workdays(start, asked, calendar)
        if used is None:
            return None
        if received is None or used > days:
            return end  # still waited for, or over before anybody asked
        start, days = received, days - used
        end = calendar.end_of_period(start, days).first_day_not_counted if days else received
    return end


def _workdays(start: date, last: date, calendar: Calendar) -> int | None:
    """Return the number of working days after `start` up to `last`; None where one of them has no data."""
    count = 0
    for number in range(1, (last - start).days + 1):
        is_workday = calendar.is_workday(start + number * _ONE_DAY)
        if is_workday is None:
            return None
        count += is_workday
    return count


def _left(day: date, today: date, calendar: Calendar) -> str:
    if day == today:
        return f"！今天（{show_day(day)}）到期"
    is_over = day < today
    left = _workdays(*((day, today) if is_over else (today, day)), calendar)
    if is_over:
        return f"！已过期{f'{left}个工作日' if left else ''}，应在{show_day(day)}以前"
    return f"还有{f'{left}个工作日' if left is not None else '若干天'}，到{show_day(day)}"
