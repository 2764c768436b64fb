"""Moments, ages and sizes as people say them."""

from datetime import datetime

_UNITS = ("字节", "KB", "MB", "GB", "TB")


def size_text(count: int) -> str:
    """Return a size in bytes with the unit that fits.

    >>> size_text(43_000_000), size_text(812)
    ('41.0 MB', '812 字节')
    """
    size, at = float(count), 0
    while size >= 1024 and at < len(_UNITS) - 1:
        size, at = size / 1024, at + 1
    return f"{size:.1f} {_UNITS[at]}" if at else f"{count} {_UNITS[0]}"


def moment_text(moment: datetime, now: datetime) -> str:
    """Return a moment with its day, today and yesterday by name, in this computer's time.

    >>> from datetime import UTC, datetime
    >>> moment_text(datetime(2026, 5, 2, 12, tzinfo=UTC), datetime(2026, 5, 20, tzinfo=UTC))[:9]
    '2026年5月2日'
    """
    here, today = moment.astimezone(), now.astimezone()
    days = (today.date() - here.date()).days
    day = {0: "今天", 1: "昨天"}.get(days, f"{here.year}年{here.month}月{here.day}日")
    return f"{day} {here:%H:%M}"


def age_text(moment: datetime, now: datetime) -> str:
    """Return how long ago a moment was.

    >>> from datetime import UTC, datetime
    >>> age_text(datetime(2026, 5, 2, 12, tzinfo=UTC), datetime(2026, 5, 2, 15, 30, tzinfo=UTC))
    '3 小时前'
    """
    minutes = int((now - moment).total_seconds() // 60)
    if minutes < 1:
        return "刚才"
    if minutes < 60:
        return f"{minutes} 分钟前"
    if minutes < 24 * 60:
        return f"{minutes // 60} 小时前"
    return f"{minutes // (24 * 60)} 天前"
