"""Applications in the store: made, saved as fields are left, moved on, listed.

Functions take a session first and belong to its transaction; they know neither the clock nor the user's
screen. Leaving a field writes the case alone; moving a case writes case, event and outbox together.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, delete, func, insert, select, update
from sqlalchemy.orm import Session

from desktop_app.case import Answer, Case, Unread
from desktop_app.store import faults, tables
from desktop_app.store.answers import answers_text, case_of, lines_text, paper_values
from desktop_app.store.case_columns import CaseRow, case_row
from desktop_app.store.chain import append_event
from desktop_app.store.faults import StoreFault
from desktop_app.store.ids import new_id
from desktop_app.store.json_text import json_text
from desktop_app.store.keys import Secrets
from desktop_app.store.ledger import follow
from desktop_app.store.name_order import name_order
from desktop_app.store.owners import assert_own, is_shown, own_id
from desktop_app.store.records import CasePage, CaseQuery, Json, StoredCase
from desktop_app.store.rights import assert_may
from desktop_app.store.search import SearchKeys, matches, replace_terms, terms
from desktop_app.store.times import moment, moment_text
from desktop_app.workflow.states import (
    FIRST_STATE,
    LEDGER_STATUS,
    OPEN_STATES,
    State,
    is_draft,
    state_of,
)

_ROW = tuple(tables.case.c[name] for name in CaseRow._fields)


def create_case(
    session: Session, case: Case, office: str, owner: str, now: datetime, missing: int | None = None
) -> str:
    """Store a new draft, as a clerk alone may, and return its id.

    Args:
        session: Of a store opened for writing.
        case: What is filled in.
        office: The office's code.
        owner: The counter or clerk.
        now: Aware.
        missing: How many required fields have no answer, where the caller has counted them.
    """
    assert_may(session, "write")
    case_id, at = new_id(now), moment_text(now)
    session.execute(
        insert(tables.case).values(
            id=case_id,
            office=office,
            state=FIRST_STATE,
            owner=owner,
            revision=1,
            last_field="",
            choices="{}",
            created_at=at,
            updated_at=at,
            missing=missing,
            **_values(case),
        )
    )
    replace_terms(session, case_id, frozenset(), terms(_search_keys(case)))
    return case_id


def save_answers(
    session: Session,
    case_id: str,
    revision: int,
    case: Case,
    last_field: str,
    now: datetime,
    missing: int | None = None,
) -> int:
    """Store what a draft says after the field `last_field` was left; return the new revision.

    Args:
        session: Of a store opened for writing.
        case_id: The draft.
        revision: The one that the caller has seen, and changed into `case`.
        case: The whole draft; of the same paper and region as before.
        last_field: Where to go on.
        now: Aware.
        missing: How many required fields have no answer, where the caller has counted them.

    Raises:
        StoreFault: There is no such case, it is no longer a draft, another change came before this one, or it would
            become another paper.
    """
    columns = tables.case.c
    kept = (columns.form, columns.region)
    keys = (columns.name, columns.id_number, columns.certificate_number, columns.phone)
    old = seen(session, tables.case, case_id, revision, *kept, *keys, must_be_draft=True)
    if (old.form, old.region) != (case.form_id, case.region):
        raise StoreFault(faults.OTHER_PAPER)
    values = {
        **_values(case),
        "last_field": last_field,
        "missing": missing,
        "owner": own_id(session) or old.owner,
    }
    session.execute(
        update(tables.case)
        .where(columns.id == case_id)
        .values(revision=revision + 1, updated_at=moment_text(now), **values)
    )
    before = SearchKeys(old.name, old.id_number, old.certificate_number, old.phone)
    after = _search_keys(case)
    if before != after:
        replace_terms(session, case_id, terms(before), terms(after))
    return revision + 1


def load_case(session: Session, case_id: str) -> StoredCase:
    """Return a stored case.

    Raises:
        StoreFault: There is no such case, or it holds an answer that this program does not know.
    """
    row = session.execute(select(tables.case).where(tables.case.c.id == case_id)).one_or_none()
    if row is None:
        raise StoreFault(faults.CASE_MISSING)
    return StoredCase(
        row.id,
        case_of(row.form, row.version, row.region, row.governing_day, row.answers, row.rows),
        state_of(row.state),
        row.office,
        row.owner,
        row.revision,
        row.last_field,
        moment(row.created_at),
        moment(row.updated_at),
        {rule: tuple(choice) for rule, choice in json.loads(row.choices).items()},
        json.loads(row.notes) if row.notes else {},
        row.number or "",
    )


def every_case(session: Session) -> Iterator[Case]:
    """Yield every case as a value, in the order in which they were made, without holding them all.

    Raises:
        StoreFault: A case holds an answer that this program does not know.
    """
    columns = tables.case.c
    # Ids sort by the time of making, so cases lie in their table in this order too, and no page is decrypted twice.
    wanted = (
        select(
            columns.form,
            columns.version,
            columns.region,
            columns.governing_day,
            columns.answers,
            columns.rows,
        )
        .order_by(columns.id)
        .execution_options(yield_per=500)
    )
    for form, version, region, day, answers, rows in session.execute(wanted):
        yield case_of(form, version, region, day, answers, rows)


def save_choices(
    session: Session,
    case_id: str,
    revision: int,
    choices: Mapping[str, tuple[str, ...]],
    now: datetime,
) -> int:
    """Keep the clerk's readings of open points with a draft; return the new revision.

    Args:
        session: Of a store opened for writing.
        case_id: The draft.
        revision: The one that the caller has seen.
        choices: Rule id to (reading, reason, what it was about); what was only begun has no reading there but as a
            fourth part, and settles nothing.
        now: Aware.

    Raises:
        StoreFault: There is no such case, it is no longer a draft, or another change came before this one.
    """
    kept = {rule: list(choice) for rule, choice in sorted(choices.items())}
    return _save(session, case_id, revision, now, choices=json_text(kept))


def save_notes(session: Session, case_id: str, revision: int, notes: Mapping[str, str], now: datetime) -> int:
    """Keep the clerk's remarks on fields with a draft, in place of those before; return the new revision.

    Args:
        session: Of a store opened for writing.
        case_id: The draft.
        revision: The one that the caller has seen.
        notes: Field id to remark; an empty one is none. They are never printed.
        now: Aware.

    Raises:
        StoreFault: There is no such case, it is no longer a draft, or another change came before this one.
    """
    kept = {field_id: note.strip() for field_id, note in sorted(notes.items()) if note.strip()}
    return _save(session, case_id, revision, now, notes=json_text(kept) if kept else None)


def _save(session: Session, case_id: str, revision: int, now: datetime, **values: str | None) -> int:
    seen(session, tables.case, case_id, revision, must_be_draft=True)
    session.execute(
        update(tables.case)
        .where(tables.case.c.id == case_id)
        .values(revision=revision + 1, updated_at=moment_text(now), **values)
    )
    return revision + 1


def list_cases(session: Session, query: CaseQuery) -> CasePage:
    """Return the lines that `query` asks for, and how many answer to it in all."""
    columns = tables.case.c
    conditions = [is_shown(session, tables.case)]
    if query.state is not None:
        conditions.append(columns.state == query.state)
    if query.forms:
        conditions.append(columns.form.in_(query.forms))
    found = matches(query.text)
    if found is not None:
        conditions.append(found)
    order = columns[query.order]
    # The id settles equal keys, so that no line is seen twice or missed between two pages.
    orders = (order.desc(), columns.id.desc()) if query.is_descending else (order, columns.id)
    wanted = select(*_ROW).where(*conditions).order_by(*orders).limit(query.limit).offset(query.offset)
    count = session.execute(select(func.count()).select_from(tables.case).where(*conditions)).scalar_one()
    return CasePage(tuple(map(case_row, session.execute(wanted))), count)


def open_cases_of(session: Session, id_number: str, except_case: str = "") -> tuple[CaseRow, ...]:
    """Return a person's applications that are not taken in yet, the latest first, but for the one that asks."""
    if not id_number:
        return ()
    columns = tables.case.c
    wanted = (
        select(*_ROW)
        .where(
            columns.id_number == id_number,
            columns.state.in_(OPEN_STATES),
            columns.id != except_case,
            is_shown(session, tables.case),
        )
        .order_by(columns.updated_at.desc())
    )
    return tuple(map(case_row, session.execute(wanted)))


def move_case(
    session: Session,
    case_id: str,
    revision: int,
    to_state: State,
    act: str,
    actor_id: str,
    now: datetime,
    payload: Mapping[str, Json],
    table: Table = tables.case,
    signer: Secrets | None = None,
    columns: Mapping[str, str | None] = MappingProxyType({}),
) -> int:
    """Move a case to another state with its event, outbox row and award; return the new revision.

    Whether the move is allowed is not known here.

    Args:
        session: Of a store opened for writing.
        case_id: The case, in whatever state.
        revision: The one that the caller has seen.
        to_state: Where it goes.
        act: What was done, by its name in the table of acts; batches carry it for ever.
        actor_id: Who moved it, as the store knows the person.
        now: Aware; the event's moment.
        payload: What the event has to say beside the states; it can be deleted later without breaking the chain.
        table: Where it stands; a list stands in `roster`.
        signer: The actor's, where the act is signed for.
        columns: What else of the case's row the act itself sets.

    Raises:
        StoreFault: There is no such case, or another change came before this one.
    """
    old = seen(session, table, case_id, revision)
    values = {"state": to_state, "revision": revision + 1, "updated_at": moment_text(now), **columns}
    if is_draft(to_state):
        values["owner"] = actor_id  # who takes it back goes on with it
    session.execute(update(table).where(table.c.id == case_id).values(values))
    append_event(session, act, actor_id, now, payload, case_id, old.state, signer)
    if table is tables.case and {old.state, to_state} & LEDGER_STATUS.keys():
        given = payload.get("given")
        follow(session, case_id, act, now, given if isinstance(given, dict) else {})
    return revision + 1


def seen(
    session: Session,
    table: Table,
    paper_id: str,
    revision: int,
    *others: ColumnElement[Any],
    must_be_draft: bool = False,
) -> Row[Any]:
    """Return state, owner and other columns of a paper of a table, if it still is as the caller has seen it.

    Raises:
        StoreFault: There is no such paper, it is no draft where it must be or who is signed in is no clerk, it is a
            colleague's, or another change came before this one.
    """
    if must_be_draft:
        assert_may(session, "write")
    columns = table.c
    wanted = select(columns.state, columns.owner, columns.revision, *others).where(columns.id == paper_id)
    found: Row[Any] | None = session.execute(wanted).one_or_none()
    if found is None:
        raise StoreFault(faults.CASE_MISSING)
    if must_be_draft and not is_draft(state_of(found.state)):
        raise StoreFault(faults.NOT_A_DRAFT)
    assert_own(session, found.state, found.owner)
    if found.revision != revision:
        raise StoreFault(faults.CASE_CHANGED)
    return found


def corrected_columns(session: Session, case_id: str, old: Case, new: Case) -> dict[str, str]:
    """Return the columns of a case that says something else now, and let the search find it by its new words."""
    replace_terms(session, case_id, terms(_search_keys(old)), terms(_search_keys(new)))
    return _values(new)


def delete_draft(session: Session, case_id: str) -> None:
    """Delete a draft of which nothing was ever recorded; it leaves no event.

    Raises:
        StoreFault: There is no such case, it is no longer a draft, or it was signed for once.
    """
    assert_untouched(session, tables.case, case_id)
    for table in (tables.search_term, tables.attachment):
        session.execute(delete(table).where(table.c.case_id == case_id))
    session.execute(delete(tables.case).where(tables.case.c.id == case_id))


def assert_untouched(session: Session, table: Table, paper_id: str) -> None:
    """Go on only with one's own draft of a table of which nothing was recorded but that it was handed over.

    Raises:
        StoreFault: There is no such paper, it is no draft any more, a colleague's, signed for once, or no clerk asks.
    """
    assert_may(session, "write")
    columns, events = table.c, tables.event.c
    found = session.execute(select(columns.state, columns.owner).where(columns.id == paper_id)).one_or_none()
    if found is None:
        raise StoreFault(faults.CASE_MISSING)
    if not is_draft(state_of(found.state)):
        raise StoreFault(faults.NOT_A_DRAFT)
    assert_own(session, found.state, found.owner)
    told = select(func.count()).select_from(tables.event)
    if session.execute(told.where(events.case_id == paper_id, events.act != "hand_over")).scalar_one():
        raise StoreFault(faults.HAS_HISTORY)


def _values(case: Case) -> dict[str, str]:
    keys = _search_keys(case)
    return {
        **paper_values(case),
        "rows": lines_text(map(answers_text, case.rows)),
        "occupation": _text(case.answers.get("certificate.occupation")),
        "name_order": name_order(keys.name),
        **keys._asdict(),
    }


def _search_keys(case: Case) -> SearchKeys:
    return SearchKeys(
        name=_text(case.answers.get("applicant.name")),
        id_number=_text(case.answers.get("applicant.id_number")),
        certificate_number=_text(case.answers.get("certificate.number")),
        phone=_text(case.answers.get("applicant.phone")),
    )


def _text(answer: Answer | None) -> str:
    """Return an answer as the list shows it: what was typed, readable or not."""
    if isinstance(answer, Unread):
        return answer.text
    return "" if answer is None else str(answer)
