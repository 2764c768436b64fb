"""The ledger of awards: what a person has claimed or been granted before, from this store and from imported lists.

Functions take a session first. What counts for which rule is the policy's business, not the ledger's.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import RowMapping, delete, func, insert, select
from sqlalchemy.orm import Session

from desktop_app import identifiers
from desktop_app.case import Answer
from desktop_app.policy.ledger import PersonAward
from desktop_app.policy.model import Award
from desktop_app.store import tables
from desktop_app.store.cases import load_case
from desktop_app.store.chain import append_event
from desktop_app.store.ids import new_id
from desktop_app.store.json_text import json_text
from desktop_app.store.records import Json, StoredCase
from desktop_app.store.times import beijing_day, moment_text
from desktop_app.workflow.states import LEDGER_STATUS, State


def earlier_awards(session: Session, id_number: str, except_case: str = "") -> tuple[Award, ...]:
    """Return a person's awards, oldest first: from the cases of this store and from imported lists.

    A case that is still a draft, waits for its signature or was withdrawn leaves none. `except_case` is the case
    that asks.
    """
    number = identifiers.compact(id_number)
    if not number:
        return ()
    awards = [*_from_cases(session, number, except_case), *_from_lists(session, number)]
    # A line that stands in two lists is one award.
    return tuple(
        sorted(dict.fromkeys(awards), key=lambda award: (award.on or date.min, award.certificate_number))
    )


RowLike = Mapping[str, Any] | RowMapping


class Import(NamedTuple):
    """What became of a list of awards.

    Attributes:
        added: How many lines it has.
        replaced: How many lines came from the same source before, and are gone.
        vanished: How many persons were in it before and are not now.
        repeated: How many of its lines stand word for word in another list too; they count once.
    """

    added: int
    replaced: int
    vanished: int
    repeated: int


def add_awards(
    session: Session, awards: Iterable[PersonAward], source: str, actor_id: str, now: datetime
) -> Import:
    """Add imported awards in place of all that came from the same source, with an event of it.

    A list that is imported again replaces itself and doubles nothing.
    """
    columns = tables.award.c
    new = [_row_of(each) for each in awards]
    old = [
        _content(row)
        for row in session.execute(select(tables.award).where(columns.source == source)).mappings()
    ]
    elsewhere = {
        _line(row) for row in session.execute(select(tables.award).where(columns.source != source)).mappings()
    }
    session.execute(delete(tables.award).where(columns.source == source))
    if new:
        rows = [{**row, "id": new_id(now), "case_id": None, "source": source} for row in new]
        session.execute(insert(tables.award), rows)
    persons = {row["id_number"] for row in new}
    told = Import(
        len(new),
        len(old),
        len({row["id_number"] for row in old} - persons),
        sum(_line(row) in elsewhere for row in new),
    )
    payload: dict[str, Json] = {"source": source, "digest": _digest(new), **told._asdict()}
    append_event(session, "import_awards", actor_id, now, payload)
    return told


def source_digests(session: Session) -> dict[str, str]:
    """Return the digest of each imported list as it stands, by its source."""
    lists: dict[str, list[RowLike]] = {}
    for row in session.execute(select(tables.award).where(tables.award.c.case_id.is_(None))).mappings():
        lists.setdefault(row["source"], []).append(row)
    return {source: _digest(rows) for source, rows in lists.items()}


def _digest(rows: Iterable[RowLike]) -> str:
    return sha256("\n".join(sorted(map(_line, rows))).encode()).hexdigest()


def _line(row: RowLike) -> str:
    return json_text(_content(row), is_sorted=True)


def _content(row: RowLike) -> dict[str, Any]:
    """Return what a line says, without where it came from."""
    return {name: value for name, value in row.items() if name not in ("id", "case_id", "source")}


def _row_of(each: PersonAward) -> dict[str, Any]:
    return {
        "id_number": identifiers.compact(each.id_number),
        "name": each.name,
        "region": each.award.region,
        "programme": each.award.programme,
        "occupation": each.award.occupation,
        "work_type": each.award.work_type,
        "level": each.award.level,
        "certificate_kind": each.award.certificate_kind,
        "certificate_number": each.award.certificate_number,
        "certificate_issued_on": _iso(each.award.certificate_issued_on),
        "status": each.award.status,
        "applied_on": _iso(each.award.applied_on),
        "on": _iso(each.award.on),
        "amount": None if each.award.amount is None else str(each.award.amount),
    }


def _from_cases(session: Session, number: str, except_case: str) -> list[Award]:
    columns = tables.case.c
    states: Sequence[State] = tuple(LEDGER_STATUS)
    wanted = select(columns.id).where(
        columns.id_number == number, columns.state.in_(states), columns.id != except_case
    )
    return [_award_of(session, case_id) for case_id in session.execute(wanted).scalars()]


def _award_of(session: Session, case_id: str) -> Award:
    stored = load_case(session, case_id)
    answers = stored.case.answers
    applied = _day(answers.get("claim.applied_on")) or stored.case.governing_day
    status = LEDGER_STATUS[stored.state]
    level = answers.get("certificate.level")
    amount = answers.get("claim.amount")
    return Award(
        status=status,
        region=stored.case.region,
        occupation=_text(answers.get("certificate.occupation")),
        work_type=_text(answers.get("certificate.work_type")),
        level=level if isinstance(level, int) else None,
        certificate_kind=_text(answers.get("certificate.kind")),
        certificate_number=_text(answers.get("certificate.number")),
        certificate_issued_on=_day(answers.get("certificate.issued_on")),
        applied_on=applied,
        on=applied if status == "applied" else _day_of_state(session, stored),
        amount=amount if isinstance(amount, Decimal) else None,
    )


def _day_of_state(session: Session, stored: StoredCase) -> date:
    """Return the day in China of the act that brought a case into its state; later acts that keep it count not."""
    columns = tables.event.c
    acts = session.execute(
        select(columns.at, columns.format, columns.state_before, columns.state_after)
        .where(columns.case_id == stored.id)
        .order_by(func.coalesce(columns.revision, 0).desc(), columns.at.desc())
    ).all()
    for act in acts:
        if act.format == 1 or (act.state_after == stored.state and act.state_before != act.state_after):
            return beijing_day(act.at)
    return beijing_day(moment_text(stored.updated_at))


def _from_lists(session: Session, number: str) -> list[Award]:
    rows = session.execute(select(tables.award).where(tables.award.c.id_number == number)).mappings()
    return [
        Award(
            status=row["status"],
            region=row["region"],
            programme=row["programme"],
            occupation=row["occupation"] or "",
            work_type=row["work_type"] or "",
            level=row["level"],
            certificate_kind=row["certificate_kind"] or "",
            certificate_number=row["certificate_number"] or "",
            certificate_issued_on=_from_iso(row["certificate_issued_on"]),
            applied_on=_from_iso(row["applied_on"]),
            on=_from_iso(row["on"]),
            amount=None if row["amount"] is None else Decimal(row["amount"]),
        )
        for row in rows
    ]


def _day(value: Answer | None) -> date | None:
    return value if isinstance(value, date) else None


def _text(value: Answer | None) -> str:
    return value if isinstance(value, str) else ""


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _from_iso(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
