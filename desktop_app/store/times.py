"""Moments as the store writes them: UTC, ISO 8601, of one width, so that they sort as text."""

from datetime import UTC, datetime


def moment_text(moment: datetime) -> str:
    """Return an aware moment as text in UTC with microseconds.

    Raises:
        ValueError: The moment does not say its zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment in the store needs its time zone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def moment(text: str) -> datetime:
    """Return the aware moment that `moment_text` wrote."""
    return datetime.fromisoformat(text)
