"""What this office has written before: words that come again, and what was written of one person.

Functions take a session first. What of it is offered, and where, is the window's business.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app import identifiers
from desktop_app.case import Answer
from desktop_app.store import tables
from desktop_app.store.cases import load_case
from desktop_app.store.owners import is_shown
from desktop_app.store.times import moment

_MOST_READ = 500  # the latest applications; older words come back when they are used again


class Word(NamedTuple):
    """A word that may come again, and the first letters of its pinyin, `hg` for 焊工."""

    text: str
    letters: str


class PersonBefore(NamedTuple):
    """What was written of a person last, and when."""

    answers: Mapping[str, Answer]
    at: datetime


def past_words(
    session: Session, field_ids: Iterable[str], listed: Mapping[str, Sequence[str]]
) -> dict[str, tuple[Word, ...]]:
    """Return for each field the words of the latest applications, the commonest first, then those that are listed."""
    wanted = tuple(field_ids)
    counts: dict[str, Counter[str]] = {field_id: Counter() for field_id in wanted}
    latest = (
        select(table.c.answers).order_by(table.c.updated_at.desc()).limit(_MOST_READ)
        for table in (tables.case, tables.roster)
    )
    for answers in chain.from_iterable(session.execute(wanted).scalars() for wanted in latest):
        found = json.loads(answers)
        for field_id in wanted:
            value = found.get(field_id)
            if isinstance(value, str) and value:
                counts[field_id][value] += 1
    return {
        field_id: tuple(
            Word(text, _first_letters(text))
            for text in dict.fromkeys(
                [each for each, _ in counts[field_id].most_common()] + [*listed.get(field_id, ())]
            )
        )
        for field_id in wanted
    }


def person_before(session: Session, id_number: str, except_case: str = "") -> PersonBefore | None:
    """Return what the latest other application of a person says; None where there is none."""
    columns = tables.case.c
    wanted = (
        select(columns.id, columns.updated_at)
        .where(
            columns.id_number == identifiers.compact(id_number),
            columns.id != except_case,
            is_shown(session, tables.case),
        )
        .order_by(columns.updated_at.desc())
        .limit(1)
    )
    row = session.execute(wanted).one_or_none()
    return (
        None if row is None else PersonBefore(load_case(session, row.id).case.answers, moment(row.updated_at))
    )


@lru_cache(maxsize=8192)
def _first_letters(text: str) -> str:
    # pypinyin's tables take a tenth of a second: not before somebody has typed here once.
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER)).lower()
