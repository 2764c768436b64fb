"""The ledger of awards: what a person has claimed or been granted before, from this store and from imported lists.

Functions take a session first. What counts for which rule is the policy's business, not the ledger's.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from desktop_app import identifiers
from desktop_app.case import Answer
from desktop_app.policy.ledger import PersonAward
from desktop_app.policy.model import Award
from desktop_app.store import tables
from desktop_app.store.cases import load_case
from desktop_app.store.ids import new_id
from desktop_app.workflow import LEDGER_STATUS, State


def earlier_awards(session: Session, id_number: str, except_case: str = "") -> tuple[Award, ...]:
    """Return a person's awards, oldest first: from the cases of this store and from imported lists.

    A case that is still a draft, waits for its signature or was withdrawn leaves none. `except_case` is the case
    that asks.
    """
    number = identifiers.compact(id_number)
    if not number:
        return ()
    awards = [*_from_cases(session, number, except_case), *_from_lists(session, number)]
    return tuple(sorted(awards, key=lambda award: (award.on or date.min, award.certificate_number)))


def count_awards(session: Session, source: str) -> int:
    """Return how many imported awards of a source the ledger holds."""
    held = select(func.count()).select_from(tables.award).where(tables.award.c.source == source)
    return session.scalar(held) or 0


def add_awards(session: Session, awards: Iterable[PersonAward], source: str, now: datetime) -> int:
    """Add imported awards in place of all that came from the same source; return how many.

    A list that is imported again replaces itself and doubles nothing.
    """
    session.execute(delete(tables.award).where(tables.award.c.source == source))
    rows = [
        {
            "id": new_id(now),
            "case_id": None,
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
            "source": source,
        }
        for each in awards
    ]
    if rows:
        session.execute(insert(tables.award), rows)
    return len(rows)


def _from_cases(session: Session, number: str, except_case: str) -> list[Award]:
    columns = tables.case.c
    states: Sequence[State] = tuple(LEDGER_STATUS)
    wanted = select(columns.id, columns.state, columns.updated_at).where(
        columns.id_number == number, columns.state.in_(states), columns.id != except_case
    )
    return [_award_of(session, row.id, row.updated_at) for row in session.execute(wanted)]


def _award_of(session: Session, case_id: str, updated_at: str) -> Award:
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
        on=applied if status == "applied" else date.fromisoformat(updated_at[:10]),
        amount=amount if isinstance(amount, Decimal) else None,
    )


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
