"""What a window asks of the store: one plain function for each question and each change.

Each takes the session of its transaction first. What it needs is imported when it is run, beside the window, so that
a window which names a job has loaded no database for it. A job that writes tells what it has changed; what is done
with a whole store, outside of any transaction, stands at the end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from desktop_app.store.case_columns import CaseRow
from desktop_app.store.records import CasePage, CaseQuery, Changed, Json, RosterRow, StoredCase, Written
from desktop_app.workflow.states import State

if TYPE_CHECKING:
    from sqlalchemy.orm import Session as Session

    from desktop_app.case import Case
    from desktop_app.policy.model import Award
    from desktop_app.store.opening import Store
    from desktop_app.store.past_answers import PersonBefore, Word
    from desktop_app.store.perform import Done


class Person(NamedTuple):
    """What the store knows of a person beside one application: earlier awards, other open applications."""

    earlier: tuple[Award, ...]
    others: tuple[CaseRow, ...]


def load_case(session: Session, case_id: str) -> StoredCase:
    """Return a stored application or list."""
    from desktop_app.store import papers

    return papers.open_paper(session, case_id)


def list_cases(session: Session, query: CaseQuery) -> CasePage:
    """Return a page of the list."""
    from desktop_app.store import cases

    return cases.list_cases(session, query)


def list_rosters(session: Session, limit: int) -> tuple[RosterRow, ...]:
    """Return the lists that were changed last."""
    from desktop_app.store import rosters

    return rosters.list_rosters(session, limit)


def count_cases(session: Session, states: Sequence[State]) -> int:
    """Return how many applications are in some states."""
    from desktop_app.store import cases

    return sum(cases.list_cases(session, CaseQuery(state=state, limit=1)).total for state in states)


def past_words(
    session: Session, field_ids: Sequence[str], listed: Mapping[str, Sequence[str]]
) -> dict[str, tuple[Word, ...]]:
    """Return the words that may come again, field by field."""
    from desktop_app.store import past_answers

    return past_answers.past_words(session, field_ids, listed)


def person_before(session: Session, id_number: str, except_case: str) -> PersonBefore | None:
    """Return what was written of a person last."""
    from desktop_app.store import past_answers

    return past_answers.person_before(session, id_number, except_case)


def person(session: Session, id_number: str, except_case: str) -> Person:
    """Return what is known of a person beside one application."""
    from desktop_app.store.awards import earlier_awards
    from desktop_app.store.cases import open_cases_of

    return Person(
        earlier_awards(session, id_number, except_case), open_cases_of(session, id_number, except_case)
    )


def save_case(
    session: Session,
    case_id: str,
    revision: int,
    case: Case,
    office: str,
    owner: str,
    last_field: str,
    now: datetime,
) -> Written[tuple[str, int]]:
    """Store a draft, making it where it has no id yet; answer with its id and its new revision."""
    from desktop_app.store import papers

    is_new = not case_id
    if is_new:
        case_id, revision = papers.create_paper(session, case, office, owner, now), 1
    if last_field or not is_new:
        revision = papers.save_paper(session, case_id, revision, case, last_field, now)
    return Written((case_id, revision), _changed(case_id, is_list=papers.is_list(case)))


def save_choices(
    session: Session, case_id: str, revision: int, choices: Mapping[str, tuple[str, ...]], now: datetime
) -> Written[int]:
    """Keep with a draft how its clerk settled what a document leaves open; answer with its new revision."""
    from desktop_app.store import cases

    new = cases.save_choices(session, case_id, revision, choices, now)
    return Written(new, Changed(cases=frozenset((case_id,))))


def save_notes(
    session: Session, case_id: str, revision: int, notes: Mapping[str, str], now: datetime
) -> Written[int]:
    """Keep with a draft what its clerk remarked on fields; answer with its new revision."""
    from desktop_app.store import cases

    new = cases.save_notes(session, case_id, revision, notes, now)
    return Written(new, Changed(cases=frozenset((case_id,))))


def perform(
    session: Session, act_id: str, case_id: str, revision: int, given: Mapping[str, object], now: datetime
) -> Written[Done]:
    """Do an act on an application or a list, as the person who is signed in."""
    from desktop_app.store import perform, rosters

    done = perform.perform(session, act_id, case_id, revision, given, now)
    return Written(done, _changed(case_id, is_list=rosters.is_roster(session, case_id)))


def delete_draft(session: Session, case_id: str, now: datetime) -> Written[None]:
    """Delete a draft of which nothing was ever recorded."""
    from desktop_app.store import papers

    papers.delete_paper(session, case_id, now)
    return Written(None, Changed(gone=frozenset((case_id,))))


def keep_desk(session: Session, desk: Mapping[str, Json], now: datetime) -> Written[None]:
    """Keep what who is signed in has open; the program is about to be locked."""
    from desktop_app.store import desks

    desks.keep_desk(session, desk, now)
    return Written(None, Changed())


def clear_desk(session: Session) -> Written[None]:
    """Forget what who is signed in had open: it lies open again."""
    from desktop_app.store import desks

    desks.clear_desk(session)
    return Written(None, Changed())


def hand_over(session: Session, paper_ids: Sequence[str], to: str, now: datetime) -> Written[str]:
    """Give drafts to a colleague; answer with the colleague's name."""
    from desktop_app.store import handing_over

    name = handing_over.hand_over(session, paper_ids, to, now)
    ids = frozenset(paper_ids)
    return Written(name, Changed(gone=ids))


def _changed(paper_id: str, *, is_list: bool) -> Changed:
    ids = frozenset((paper_id,))
    return Changed(rosters=ids) if is_list else Changed(cases=ids)


def set_settings(session: Session, values: Mapping[str, Json], now: datetime) -> Written[None]:
    """Keep settings, decided by who is signed in; the whole office's only by an administrator."""
    from desktop_app.store import settings

    settings.set_settings(session, values, session.info["replica_id"], now)
    return Written(None, Changed(settings=frozenset(values)))


def has_damage(store: Store) -> bool:
    """Say whether a page of a store is spoiled."""
    from desktop_app.store import damage

    return damage.has_damage(store.path.parent, store.key)


def settle(store: Store) -> None:
    """Bring everything committed into the store's file."""
    from desktop_app.store import opening

    opening.settle(store)


def close_store(store: Store) -> None:
    """Close a store and give its folder back."""
    from desktop_app.store import opening

    opening.close_store(store)
