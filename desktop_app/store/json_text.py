"""JSON as the store keeps it: compact, and only what every database keeps and every reader reads."""

import json
import re
from typing import Final

from desktop_app.store.faults import UNKEEPABLE, StoreFault

_encoded: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode
_sorted: Final = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), allow_nan=False, sort_keys=True
).encode
# A null character as JSON writes it; after an odd backslash more, a person has typed just these signs.
_NULL: Final = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


def json_text(value: object, *, is_sorted: bool = False) -> str:
    """Return a value as JSON text.

    Raises:
        ValueError: A number that JSON does not have, as NaN.
        StoreFault: A null character, which PostgreSQL keeps in no text, or half of a character.
    """
    text = _sorted(value) if is_sorted else _encoded(value)
    if "\\u0000" in text and _NULL.search(text):
        raise StoreFault(UNKEEPABLE)
    try:
        text.encode()
    except UnicodeEncodeError:
        raise StoreFault(UNKEEPABLE) from None
    return text
