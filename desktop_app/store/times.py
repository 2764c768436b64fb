"""Moments as the store writes them: UTC, ISO 8601, of one width, so that they sort as text."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

from desktop_app.store.faults import CLOCK_WRONG, StoreFault

# The day of an act is the counter's, wherever the computer believes to be: China has one time, and no summer time.
BEIJING: Final = timezone(timedelta(hours=8))
_FIRST_YEAR: Final = 1970


def moment_text(moment: datetime) -> str:
    """Return an aware moment as text in UTC with microseconds.

    Raises:
        ValueError: The moment does not say its zone.
        StoreFault: The moment lies before 1970: the computer's clock is wrong.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment in the store needs its time zone")
    if moment.year < _FIRST_YEAR or moment.astimezone(UTC).year < _FIRST_YEAR:
        raise StoreFault(CLOCK_WRONG)
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def moment(text: str) -> datetime:
    """Return the aware moment that `moment_text` wrote."""
    return datetime.fromisoformat(text)


def beijing_day(text: str) -> date:
    """Return the day in China of a moment that `moment_text` wrote.

    >>> beijing_day("2025-12-31T23:50:00.000000+00:00")
    datetime.date(2026, 1, 1)
    """
    return moment(text).astimezone(BEIJING).date()
