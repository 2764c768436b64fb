"""Ids that sort by the time of their making: UUIDv7 (RFC 9562, section 5.7)."""

import secrets
from datetime import datetime
from uuid import UUID


def new_id(now: datetime) -> str:
    """Return a fresh UUIDv7 as text; `now` is aware and gives its 48 bits of milliseconds."""
    milliseconds = int(now.timestamp() * 1000)
    random = secrets.randbits(74)
    number = milliseconds << 80 | 7 << 76 | (random >> 62) << 64 | 2 << 62 | random & (1 << 62) - 1
    return str(UUID(int=number))
