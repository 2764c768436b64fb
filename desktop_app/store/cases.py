"""Applications in the store: made, saved as fields are left, moved on, listed.

Functions take a session first and belong to its transaction; they know neither the clock nor the user's
screen. Leaving a field writes the case alone; moving a case writes case, event and outbox together.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, func, insert, select, update
from sqlalchemy.orm import Session

from desktop_app.case import Answer, Answers, Case, Unread
from desktop_app.forms.fields import fields
from desktop_app.forms.kinds import restorer, to_json
from desktop_app.store import faults, tables
from desktop_app.store.chain import append_event
from desktop_app.store.faults import StoreFault
from desktop_app.store.ids import new_id
from desktop_app.store.json_text import json_text
from desktop_app.store.records import ROW_COLUMNS, CasePage, CaseQuery, CaseRow, Json, StoredCase
from desktop_app.store.search import SearchKeys, matches, replace_terms, terms
from desktop_app.store.times import moment, moment_text
from desktop_app.workflow.states import State, state_of

_SCANNER = json.JSONDecoder()


def create_case(session: Session, case: Case, office: str, owner: str, now: datetime) -> str:
    """Store a new draft and return its id; `office` and `owner` are the codes of counter and clerk."""
    case_id, at = new_id(now), moment_text(now)
    session.execute(
        insert(tables.case).values(
            id=case_id,
            office=office,
            state="draft",
            owner=owner,
            revision=1,
            last_field="",
            choices="{}",
            created_at=at,
            updated_at=at,
            **_values(case),
        )
    )
    replace_terms(session, case_id, frozenset(), terms(_search_keys(case)))
    return case_id


def save_answers(
    session: Session, case_id: str, revision: int, case: Case, last_field: str, now: datetime
) -> int:
    """Store what a draft says after the field `last_field` was left; return the new revision.

    Args:
        session: Of a store opened for writing.
        case_id: The draft.
        revision: The one that the caller has seen, and changed into `case`.
        case: The whole draft; of the same paper and region as before.
        last_field: Where to go on.
        now: Aware.

    Raises:
        StoreFault: There is no such case, it is no longer a draft, another change came before this one, or it would
            become another paper.
    """
    columns = tables.case.c
    kept = (columns.form, columns.region)
    keys = (columns.name, columns.id_number, columns.certificate_number, columns.phone)
    old = _seen(session, case_id, revision, *kept, *keys, is_draft=True)
    if (old.form, old.region) != (case.form_id, case.region):
        raise StoreFault(faults.OTHER_PAPER)
    values = _values(case)
    session.execute(
        update(tables.case)
        .where(columns.id == case_id)
        .values(revision=revision + 1, last_field=last_field, updated_at=moment_text(now), **values)
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
        _case_of(row.form, row.version, row.region, row.governing_day, row.answers, row.rows),
        state_of(row.state),
        row.office,
        row.owner,
        row.revision,
        row.last_field,
        moment(row.created_at),
        moment(row.updated_at),
        {rule: tuple(choice) for rule, choice in json.loads(row.choices).items()},
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
        yield _case_of(form, version, region, day, answers, rows)


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
    columns = tables.case.c
    _seen(session, case_id, revision, is_draft=True)
    kept = {rule: list(choice) for rule, choice in sorted(choices.items())}
    session.execute(
        update(tables.case)
        .where(columns.id == case_id)
        .values(choices=json_text(kept), revision=revision + 1, updated_at=moment_text(now))
    )
    return revision + 1


def list_cases(session: Session, query: CaseQuery) -> CasePage:
    """Return the lines that `query` asks for, and how many answer to it in all."""
    columns = tables.case.c
    conditions = [columns.state == query.state] if query.state is not None else []
    if query.forms:
        conditions.append(columns.form.in_(query.forms))
    if query.without_forms:
        conditions.append(columns.form.not_in(query.without_forms))
    found = matches(query.text)
    if found is not None:
        conditions.append(found)
    order = columns[query.order]
    # The id settles equal keys, so that no line is seen twice or missed between two pages.
    orders = (order.desc(), columns.id.desc()) if query.is_descending else (order, columns.id)
    wanted = (
        select(*(columns[name] for name in ROW_COLUMNS))
        .where(*conditions)
        .order_by(*orders)
        .limit(query.limit)
        .offset(query.offset)
    )
    count = session.execute(select(func.count()).select_from(tables.case).where(*conditions)).scalar_one()
    return CasePage(tuple(_case_row(row) for row in session.execute(wanted)), count)


def open_cases_of(session: Session, id_number: str, except_case: str = "") -> tuple[CaseRow, ...]:
    """Return a person's applications that are not taken in yet, the latest first, but for the one that asks."""
    if not id_number:
        return ()
    columns = tables.case.c
    wanted = (
        select(*(columns[name] for name in ROW_COLUMNS))
        .where(
            columns.id_number == id_number,
            columns.state.in_(("draft", "awaiting_signature")),
            columns.id != except_case,
        )
        .order_by(columns.updated_at.desc())
    )
    return tuple(_case_row(row) for row in session.execute(wanted))


def move_case(
    session: Session,
    case_id: str,
    revision: int,
    to_state: State,
    act: str,
    actor_id: str,
    now: datetime,
    payload: Mapping[str, Json],
) -> int:
    """Move a case to another state with its event and outbox row; return the new revision.

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

    Raises:
        StoreFault: There is no such case, or another change came before this one.
    """
    columns = tables.case.c
    old = _seen(session, case_id, revision)
    session.execute(
        update(tables.case)
        .where(columns.id == case_id)
        .values(state=to_state, revision=revision + 1, updated_at=moment_text(now))
    )
    append_event(session, act, actor_id, now, payload, case_id, old.state)
    return revision + 1


def _seen(
    session: Session, case_id: str, revision: int, *others: ColumnElement[Any], is_draft: bool = False
) -> Row[Any]:
    """Return a case's state and other columns, if it still is as the caller has seen it.

    Raises:
        StoreFault: There is no such case, it is no draft where it must be, or another change came before this one.
    """
    columns = tables.case.c
    wanted = select(columns.state, columns.revision, *others).where(columns.id == case_id)
    found: Row[Any] | None = session.execute(wanted).one_or_none()
    if found is None:
        raise StoreFault(faults.CASE_MISSING)
    if is_draft and found.state != "draft":
        raise StoreFault(faults.NOT_A_DRAFT)
    if found.revision != revision:
        raise StoreFault(faults.CASE_CHANGED)
    return found


def delete_draft(session: Session, case_id: str) -> None:
    """Delete a draft of which nothing was ever recorded; it leaves no event.

    Raises:
        StoreFault: There is no such case, it is no longer a draft, or it was signed for once.
    """
    columns = tables.case.c
    state = session.execute(select(columns.state).where(columns.id == case_id)).scalar_one_or_none()
    if state is None:
        raise StoreFault(faults.CASE_MISSING)
    if state != "draft":
        raise StoreFault(faults.NOT_A_DRAFT)
    events = select(func.count()).select_from(tables.event).where(tables.event.c.case_id == case_id)
    if session.execute(events).scalar_one():
        raise StoreFault(faults.HAS_HISTORY)
    for table in (tables.search_term, tables.attachment):
        session.execute(delete(table).where(table.c.case_id == case_id))
    session.execute(delete(tables.case).where(columns.id == case_id))


def _values(case: Case) -> dict[str, str]:
    keys = _search_keys(case)
    return {
        "form": case.form_id,
        "version": case.form_version,
        "region": case.region,
        "governing_day": case.governing_day.isoformat(),
        "answers": json_text(_raw(case.answers)),
        "rows": json_text([_raw(line) for line in case.rows]),
        "occupation": _text(case.answers.get("certificate.occupation")),
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


def _raw(answers: Answers) -> dict[str, Any]:
    known = fields()
    return {field_id: to_json(known[field_id], answer) for field_id, answer in answers.items()}


def _case_of(form: str, version: str, region: str, day: str, answers: str, rows: str) -> Case:
    lines = () if rows == "[]" else tuple(_answers(line) for line in json.loads(rows))
    # The scanner alone: a bulk check reads a hundred thousand of these.
    return Case(
        form, version, region, date.fromisoformat(day), _answers(_SCANNER.raw_decode(answers)[0]), lines
    )


def _answers(raw: Mapping[str, Any]) -> dict[str, Answer]:
    restorers = _restorers()
    out: dict[str, Answer] = {}
    try:
        for field_id, value in raw.items():
            restore = restorers[field_id]
            if type(value) is dict:
                out[field_id] = Unread(value["unread"])
            else:
                out[field_id] = restore(value) if restore else value
    except (KeyError, ValueError, TypeError, ArithmeticError) as error:
        raise StoreFault(faults.ANSWER_UNKNOWN) from error
    return out


@cache
def _restorers() -> dict[str, Callable[[Any], Answer] | None]:
    return {field_id: restorer(field.kind) for field_id, field in fields().items()}


def _case_row(row: Row[Any]) -> CaseRow:
    return CaseRow(
        row.id,
        row.form,
        state_of(row.state),
        row.name,
        row.id_number,
        row.certificate_number,
        row.occupation,
        row.phone,
        moment(row.created_at),
        moment(row.updated_at),
    )
