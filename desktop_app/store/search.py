"""What an application can be found by, and the question that finds it.

A term is looked up by its beginning in one clustered table, so a key typed costs one descent of a tree
however many applications there are. There are no patterns, so no character has a meaning of its own.
"""

import unicodedata
from collections.abc import Iterator
from itertools import islice, product
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, and_, delete, insert, or_, select
from sqlalchemy.orm import Session

from desktop_app.store import tables

# Separators that people type differently, or leave out.
_DROPPED: Final = str.maketrans("", "", "-‐‑–—·•・.。()+ \t\u3000")
# A name with many readings of its characters keeps the commonest ones.
_MOST_INITIALS: Final = 8
# How many of a number's last characters people know by heart.
_ENDS: Final = (4, 6)
# No term goes on with this code point, so it ends the range of everything that begins with a word.
_LAST: Final = "\U0010ffff"


class SearchKeys(NamedTuple):
    """The texts by which a clerk asks for an application; empty where not filled in."""

    name: str
    id_number: str
    certificate_number: str
    phone: str


def normalised(text: str) -> str:
    """Return `text` without width, case, blanks and separators.

    >>> normalised("１１０101-1990 0307 12x")
    '1101011990030712X'
    """
    return unicodedata.normalize("NFKC", text).upper().translate(_DROPPED)


def terms(keys: SearchKeys) -> frozenset[str]:
    """Return every term of an application: whole keys, their ends, and the initials of the name."""
    found = {normalised(key) for key in keys} | {normalised(part) for part in _name_parts(keys.name)}
    numbers = (keys.id_number, keys.certificate_number, keys.phone)
    found |= {normalised(number)[-length:] for number in numbers for length in _ENDS}
    found |= set(_initials(normalised(keys.name)))
    return frozenset(found - {""})


def _name_parts(name: str) -> list[str]:
    return unicodedata.normalize("NFKC", name).replace("•", "·").split("·")


def initials_of(name: str) -> tuple[str, ...]:
    """Return the first letters of a name's pinyin, once for each common reading; of a Latin one none."""
    return tuple(_initials(normalised(name)))


def _initials(name: str) -> Iterator[str]:
    """Yield the first letters of the name's pinyin, once for each common reading."""
    if not name or name.isascii():
        return
    # pypinyin's tables take a tenth of a second: not before the first window.
    from pypinyin import Style, pinyin

    readings = pinyin(name, style=Style.FIRST_LETTER, heteronym=True, errors="ignore")
    for letters in islice(product(*(dict.fromkeys(reading) for reading in readings)), _MOST_INITIALS):
        yield "".join(letters).upper()


def replace_terms(session: Session, case_id: str, old: frozenset[str], new: frozenset[str]) -> None:
    """Bring an application's terms from `old` to `new`, touching only what differs."""
    table = tables.search_term
    gone = sorted(old - new)
    if gone:
        session.execute(delete(table).where(table.c.case_id == case_id, table.c.term.in_(gone)))
    added = [{"term": term, "case_id": case_id} for term in sorted(new - old)]
    if added:
        session.execute(insert(table), added)


def matches(text: str) -> ColumnElement[bool] | None:
    """Return the condition that an application answers to `text`; None when nothing is asked.

    Words separated by blanks must all be found; a number typed in groups is also tried as one.
    """
    words = [word for word in map(normalised, text.split()) if word]
    if not words:
        return None
    each = and_(*(_begins_with(word) for word in words))
    return or_(each, _begins_with("".join(words))) if len(words) > 1 else each


def _begins_with(word: str) -> ColumnElement[bool]:
    term = tables.search_term.c
    found = select(term.case_id).where(term.term >= word, term.term < word + _LAST)
    return tables.case.c.id.in_(found)
