"""Lists, filings and tables of figures in the store: no applications, with a line for each row.

Functions take a session first and belong to its transaction, as those of `cases` do; the state of a list moves by the
same acts, and its events name it where those of an application name the case.
"""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from desktop_app.case import Case
from desktop_app.store import faults, tables
from desktop_app.store.answers import answers_text, case_of, lines_text, paper_values
from desktop_app.store.cases import assert_untouched, seen
from desktop_app.store.faults import StoreFault
from desktop_app.store.ids import new_id
from desktop_app.store.owners import is_shown, own_id
from desktop_app.store.records import RosterRow, StoredCase
from desktop_app.store.rights import assert_may
from desktop_app.store.times import moment, moment_text
from desktop_app.workflow.states import FIRST_STATE, state_of

_ROSTER: Final = tables.roster.c
_LINE: Final = tables.roster_line.c


def create_roster(session: Session, case: Case, office: str, owner: str, now: datetime) -> str:
    """Store a new list and return its id; `office` and `owner` are the codes of counter and clerk.

    Raises:
        StoreFault: Who is signed in is no clerk.
    """
    assert_may(session, "write")
    roster_id, at = new_id(now), moment_text(now)
    session.execute(
        insert(tables.roster).values(
            id=roster_id,
            office=office,
            state=FIRST_STATE,
            owner=owner,
            revision=1,
            last_field="",
            created_at=at,
            updated_at=at,
            **paper_values(case),
        )
    )
    _replace_lines(session, roster_id, [], [answers_text(line) for line in case.rows])
    return roster_id


def save_roster(
    session: Session, roster_id: str, revision: int, case: Case, last_field: str, now: datetime
) -> int:
    """Store what the draft of a list says after the field `last_field` was left; return the new revision.

    Args:
        session: Of a store opened for writing.
        roster_id: The list.
        revision: The one that the caller has seen, and changed into `case`.
        case: The whole list; of the same paper and region as before.
        last_field: Where to go on.
        now: Aware.

    Raises:
        StoreFault: There is no such list, it is no longer a draft, another change came before this one, or it would
            become another paper.
    """
    old = seen(session, tables.roster, roster_id, revision, _ROSTER.form, _ROSTER.region, must_be_draft=True)
    if (old.form, old.region) != (case.form_id, case.region):
        raise StoreFault(faults.OTHER_PAPER)
    values = {**paper_values(case), "last_field": last_field, "updated_at": moment_text(now)}
    values["owner"] = own_id(session) or old.owner
    session.execute(
        update(tables.roster).where(_ROSTER.id == roster_id).values(revision=revision + 1, **values)
    )
    _replace_lines(
        session, roster_id, lines_of(session, roster_id), [answers_text(line) for line in case.rows]
    )
    return revision + 1


def load_roster(session: Session, roster_id: str) -> StoredCase:
    """Return a stored list.

    Raises:
        StoreFault: There is no such list, or it holds an answer that this program does not know.
    """
    row = session.execute(select(tables.roster).where(_ROSTER.id == roster_id)).one_or_none()
    if row is None:
        raise StoreFault(faults.CASE_MISSING)
    rows = lines_text(lines_of(session, roster_id))
    return StoredCase(
        row.id,
        case_of(row.form, row.version, row.region, row.governing_day, row.answers, rows),
        state_of(row.state),
        row.office,
        row.owner,
        row.revision,
        row.last_field,
        moment(row.created_at),
        moment(row.updated_at),
    )


def is_roster(session: Session, paper_id: str) -> bool:
    """Say whether an id is a list's."""
    return session.execute(select(_ROSTER.id).where(_ROSTER.id == paper_id)).first() is not None


def list_rosters(session: Session, limit: int) -> tuple[RosterRow, ...]:
    """Return the lists that were changed last, the latest first."""
    wanted = (
        select(_ROSTER.id, _ROSTER.form, _ROSTER.state, _ROSTER.updated_at)
        .where(is_shown(session, tables.roster), _ROSTER.kind.is_(None))
        .order_by(_ROSTER.updated_at.desc(), _ROSTER.id.desc())
        .limit(limit)
    )
    return tuple(
        RosterRow(row.id, row.form, state_of(row.state), moment(row.updated_at))
        for row in session.execute(wanted)
    )


def delete_roster(session: Session, roster_id: str) -> None:
    """Delete the draft of a list of which nothing was ever recorded; it leaves no event.

    Raises:
        StoreFault: There is no such list, it is no longer a draft, or it was signed for once.
    """
    assert_untouched(session, tables.roster, roster_id)
    session.execute(delete(tables.roster_line).where(_LINE.roster_id == roster_id))
    session.execute(delete(tables.roster).where(_ROSTER.id == roster_id))


def lines_of(session: Session, roster_id: str) -> list[str]:
    """Return the lines of a list as texts, in their order."""
    wanted = select(_LINE.answers).where(_LINE.roster_id == roster_id).order_by(_LINE.position)
    return list(session.execute(wanted).scalars())


def _replace_lines(session: Session, roster_id: str, old: list[str], new: list[str]) -> None:
    """Bring the lines of a list from `old` to `new`, touching only what differs."""
    kept = min(len(old), len(new))
    for position in range(kept):
        if old[position] != new[position]:
            # What another application stood in is not known of the new words.
            session.execute(
                update(tables.roster_line)
                .where(_LINE.roster_id == roster_id, _LINE.position == position)
                .values(answers=new[position], case_id=None)
            )
    if len(old) > kept:
        session.execute(
            delete(tables.roster_line).where(_LINE.roster_id == roster_id, _LINE.position >= kept)
        )
    added: list[dict[str, Any]] = [
        {"roster_id": roster_id, "position": position, "answers": new[position]}
        for position in range(kept, len(new))
    ]
    if added:
        session.execute(insert(tables.roster_line), added)
