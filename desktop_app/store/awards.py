"""The ledger of awards: what a person has claimed or been granted before, from this store and from imported lists.

Functions take a session first. What counts for which rule is the policy's business, not the ledger's.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import RowMapping, delete, insert, select, update
from sqlalchemy.orm import Session

from desktop_app import identifiers
from desktop_app.case import Answer, Case
from desktop_app.policy.ledger import PersonAward
from desktop_app.policy.model import Award
from desktop_app.store import tables
from desktop_app.store.chain import append_event
from desktop_app.store.ids import new_id
from desktop_app.store.json_text import json_text
from desktop_app.store.records import Json
from desktop_app.store.rights import assert_may
from desktop_app.workflow.states import LedgerStatus


def earlier_awards(session: Session, id_number: str, except_case: str = "") -> tuple[Award, ...]:
    """Return a person's awards, oldest first: from the cases of this store and from imported lists.

    A case that is still a draft, waits for its signature or was withdrawn leaves none. `except_case` is the case
    that asks.
    """
    number = identifiers.compact(id_number)
    if not number:
        return ()
    awards = _awards(session, number, except_case)
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

    Raises:
        StoreFault: Who is signed in is no clerk.
    """
    assert_may(session, "write")
    columns = tables.award.c
    new = [_row_of(each) for each in awards]
    old = [
        _content(row)
        for row in session.execute(select(tables.award).where(columns.source == source)).mappings()
    ]
    others = select(tables.award).where(columns.source != source, columns.case_id.is_(None))
    elsewhere = {_line(row) for row in session.execute(others).mappings()}
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


def award_of_case(
    case: Case, case_id: str, status: LedgerStatus, on: date | None, programme: str
) -> dict[str, Any]:
    """Return the line of the ledger that an application of this store leaves, without its id.

    Args:
        case: As it stands.
        case_id: Its id.
        status: What it comes to.
        on: The day of the status; None for one that is only applied for.
        programme: Of its region.
    """
    answers = case.answers
    applied = _day(answers.get("claim.applied_on")) or case.governing_day
    level, amount = answers.get("certificate.level"), answers.get("claim.amount")
    award = Award(
        status=status,
        region=case.region,
        programme=programme,
        occupation=_text(answers.get("certificate.occupation")),
        work_type=_text(answers.get("certificate.work_type")),
        level=level if isinstance(level, int) else None,
        certificate_kind=_text(answers.get("certificate.kind")),
        certificate_number=_text(answers.get("certificate.number")),
        certificate_issued_on=_day(answers.get("certificate.issued_on")),
        applied_on=applied,
        on=on or applied,
        amount=amount if isinstance(amount, Decimal) else None,
    )
    person = PersonAward(
        _text(answers.get("applicant.id_number")), _text(answers.get("applicant.name")), award
    )
    return {**_row_of(person), "case_id": case_id, "source": ""}


def awarded_on(session: Session, case_id: str) -> date | None:
    """Return the day of what the ledger says of an application; None where that is only applied for, or nothing."""
    columns = tables.award.c
    wanted = select(columns.on).where(columns.case_id == case_id, columns.status != "applied")
    return _from_iso(session.execute(wanted).scalar())


def keep_award(session: Session, case_id: str, line: Mapping[str, Any] | None, now: datetime) -> None:
    """Let the ledger say of an application what it comes to now; None leaves nothing."""
    columns = tables.award.c
    old = session.execute(select(tables.award).where(columns.case_id == case_id)).mappings().one_or_none()
    if line is not None and old is not None:
        if {**old, **line} != dict(old):
            session.execute(update(tables.award).where(columns.case_id == case_id).values(line))
    elif line is not None:
        session.execute(insert(tables.award).values(id=new_id(now), **line))
    elif old is not None:
        session.execute(delete(tables.award).where(columns.case_id == case_id))


def _awards(session: Session, number: str, except_case: str) -> list[Award]:
    columns = tables.award.c
    is_other = columns.case_id.is_(None) | (columns.case_id != except_case)
    rows = session.execute(select(tables.award).where(columns.id_number == number, is_other)).mappings()
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
