"""One period of the procedure, as a policy states it; `workflow.deadlines` makes days of it."""

from datetime import date
from typing import NamedTuple


class Clock(NamedTuple):
    """A period of the procedure; `days` None: the document states none and the office enters it.

    Attributes:
        days: Working days.
        starts: From when it runs, in the document's words.
        starts_with: The acts with which it begins; empty for one that no act begins. A check's period begins, where a
            check comes before it, with that one's good result.
        ends_with: The acts that end it; leaving the states of `runs_in` ends none, it runs on behind them.
        runs_in: The states in which it is shown.
        counts_from: The id of the period from whose last day it is counted; empty for the day of the act.
        month_days: Days of the month by the next of which it ends, in place of `days`; a month that is shorter ends
            with its last day.
    """

    id: str
    name: str
    days: int | None
    is_minimum: bool
    starts: str
    source: str
    confirmed: date
    starts_with: tuple[str, ...] = ()
    ends_with: tuple[str, ...] = ()
    runs_in: tuple[str, ...] = ()
    counts_from: str = ""
    month_days: tuple[int, ...] = ()
