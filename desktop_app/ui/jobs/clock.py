"""The window's one look at the clock."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return this moment, with its zone."""
    return datetime.now(UTC)
