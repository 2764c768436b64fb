"""Ids that sort by the time of their making: UUIDv7 (RFC 9562, section 5.7)."""

import secrets
from datetime import datetime
from threading import Lock
from typing import Final
from uuid import UUID

from desktop_app.store.faults import CLOCK_WRONG, StoreFault

_RANDOM_BITS: Final = 74
# How far two ids of one millisecond may lie apart: nobody guesses the next one, and millions of them have room.
_STEP_BITS: Final = 40

_lock: Final = Lock()
_last = (-1, 0)  # the millisecond of the id made last, and its random part


def new_id(now: datetime) -> str:
    """Return a fresh UUIDv7 as text; `now` is aware and gives its 48 bits of milliseconds.

    Ids of one millisecond count up (section 6.2, method 2), so that ids sort in the order of making.

    Raises:
        StoreFault: The moment lies before 1970, which no such id can say.
    """
    global _last
    milliseconds = int(now.timestamp() * 1000)
    if milliseconds < 0:
        raise StoreFault(CLOCK_WRONG)
    with _lock:
        random = secrets.randbits(_RANDOM_BITS - 1)
        if _last[0] == milliseconds:
            random = _last[1] + 1 + secrets.randbits(_STEP_BITS)
        _last = (milliseconds, random)
    number = milliseconds << 80 | 7 << 76 | (random >> 62) << 64 | 2 << 62 | random & (1 << 62) - 1
    return str(UUID(int=number))
