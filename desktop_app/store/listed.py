"""Lists that are made of applications, as they stand: what waits, what was made, what stands on one, who is on one."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, NamedTuple

from sqlalchemy import Row, exists, select
from sqlalchemy.orm import Session

from desktop_app.case import Answer
from desktop_app.policy.calendars import calendar
from desktop_app.policy.catalogue import policy_at_hand
from desktop_app.store import faults, people, tables
from desktop_app.store.answers import answers_of
from desktop_app.store.cases import load_case
from desktop_app.store.chain import append_event
from desktop_app.store.deeds import deeds_of
from desktop_app.store.faults import StoreFault
from desktop_app.store.list_acts import MADE, amount_of, line_of, waiting_ids
from desktop_app.store.list_jobs import (
    Found,
    ListDeed,
    Listed,
    ListLine,
    MadeList,
    Objection,
    Waiting,
    WaitingLine,
)
from desktop_app.store.office_rules import periods_of
from desktop_app.store.records import Json
from desktop_app.store.rights import acting
from desktop_app.store.search import initials_of, matches
from desktop_app.store.settings import settings
from desktop_app.workflow.lists import LIST_KINDS, ListStanding, acts_on
from desktop_app.workflow.posting import posting
from desktop_app.workflow.refusals import Deed
from desktop_app.workflow.roles import Actor
from desktop_app.workflow.states import STATES, is_objected, state_of

# What is said against an application while its list is posted, and what settles it.
_OBJECTING: Final = "object"
_SETTLING: Final = ("dismiss_objection", "uphold_objection")

_ROSTER, _LINE, _CASE, _EVENT = tables.roster.c, tables.roster_line.c, tables.case.c, tables.event.c


class _Line(NamedTuple):
    """One line with its application, as it is read: the columns of `_LINES`, in their order."""

    list_id: str
    case_id: str
    live: str | None
    answers: str
    state: str
    revision: int
    number: str | None
    name: str


_LINE_COLUMNS: Final = (
    _LINE.roster_id,
    _LINE.case_id,
    _LINE.live,
    _LINE.answers,
    _CASE.state,
    _CASE.revision,
    _CASE.number,
    _CASE.name,
)
_LINES: Final = select(*_LINE_COLUMNS).join(tables.case, _CASE.id == _LINE.case_id)


def waiting(session: Session, kind: str, day: date) -> Waiting:
    """Return what waits in this office to be listed, the longest first, and a name that no list has yet."""
    office = str(settings(session).get("office.code") or "")
    lines = []
    for case_id in waiting_ids(session, kind, office):
        stored = load_case(session, case_id)
        row = session.execute(select(_CASE.since, _CASE.due).where(_CASE.id == case_id)).one()
        lines.append(
            WaitingLine(
                case_id,
                stored.number,
                str(stored.case.answers.get("applicant.name", "")),
                line_of(stored, kind),
                amount_of(stored),
                _day(row.since),
                _day(row.due),
            )
        )
    lines.sort(key=lambda line: (line.since or date.max, line.number, line.case_id))
    return Waiting(tuple(lines), _free_name(session, kind, day))


def _free_name(session: Session, kind: str, day: date) -> str:
    """Return a name that people can say, `2017年第3批公示名单`, and that no list has."""
    label = LIST_KINDS[kind].label
    taken = set(session.execute(select(_ROSTER.name).where(_ROSTER.kind == kind)).scalars())
    number = 1
    while (name := f"{day.year}年第{number}批{label}") in taken:
        number += 1
    return name


def lists_of_kind(session: Session, kind: str, limit: int) -> tuple[MadeList, ...]:
    """Return the lists of a kind, those on which somebody keeps a place first, then the newest first."""
    is_open = exists().where(_LINE.roster_id == _ROSTER.id, _LINE.live.is_not(None))
    wanted = (
        select(tables.roster)
        .where(_ROSTER.kind == kind)
        .order_by(is_open.desc(), _ROSTER.created_at.desc(), _ROSTER.id.desc())
        .limit(limit)
    )
    rosters = session.execute(wanted).all()
    lines: dict[str, list[_Line]] = {row.id: [] for row in rosters}
    for row in session.execute(_LINES.where(_LINE.roster_id.in_(lines))):
        lines[row.roster_id].append(_Line(*row))
    reading = _Reading(session)
    return tuple(reading.made(row, lines[row.id]) for row in rosters)


def one_list(session: Session, list_id: str) -> Listed:
    """Return a list with its lines and the state of each application.

    Raises:
        StoreFault: There is none that was made of applications.
    """
    wanted = select(tables.roster).where(_ROSTER.id == list_id, _ROSTER.kind.is_not(None))
    roster = session.execute(wanted).one_or_none()
    if roster is None:
        raise StoreFault(faults.CASE_MISSING)
    wanted_lines = _LINES.where(_LINE.roster_id == list_id).order_by(_LINE.position)
    rows = [_Line(*row) for row in session.execute(wanted_lines)]
    return Listed(_Reading(session).made(roster, rows), _lines(session, rows))


def find_on_lists(session: Session, kind: str, text: str, limit: int) -> tuple[Found, ...]:
    """Return the persons on lists of a kind who answer to a name, its initials or a number; the newest lists first."""
    asked = matches(text)
    if asked is None:
        return ()
    wanted = (
        select(*_LINE_COLUMNS, _ROSTER.name.label("list_name"))
        .join(tables.case, _CASE.id == _LINE.case_id)
        .join(tables.roster, _ROSTER.id == _LINE.roster_id)
        .where(_ROSTER.kind == kind, asked)
        .order_by(_ROSTER.created_at.desc(), _LINE.position)
        .limit(limit)
    )
    found = [(row.list_name, _Line(*row[:-1])) for row in session.execute(wanted)]
    lines = _lines(session, [line for _, line in found])
    return tuple(Found(line.list_id, name, shown) for (name, line), shown in zip(found, lines, strict=True))


def record_export(
    session: Session, list_id: str, form_id: str, version: str, file_name: str, now: datetime
) -> None:
    """Record that a copy of a list was written to a file."""
    said: dict[str, Json] = {"given": {"file": file_name}, "paper": form_id, "version": version}
    append_event(session, "export", acting(session).id, now, said, list_id)


class _Reading:
    """What all lists of one answer share: who asks, the office's periods, names of people."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._actor: Actor = acting(session)
        self._periods = periods_of(settings(session))
        self._people = people.trust_of(session).everybody if people.user_rows(session) else {}

    def made(self, roster: Row[Any], lines: Sequence[_Line]) -> MadeList:
        deeds = deeds_of(self._session, roster.id)
        rules = policy_at_hand(roster.region)
        days = posting(deeds, rules, calendar(roster.region), self._periods) if rules else None
        first = next((deed for deed in deeds if deed.act == MADE), None)
        counted = Counter(state_of(line.state) for line in lines)
        places = [state_of(line.state) for line in lines if line.live]
        state = state_of(roster.state)
        standing = ListStanding(
            roster.kind,
            state,
            places,
            {deed.act for deed in deeds},
            first.actor_id if first else roster.owner,
        )
        return MadeList(
            roster.id,
            roster.kind,
            roster.name,
            roster.region,
            self._name(first),
            first.day if first else date.fromisoformat(roster.governing_day),
            len(lines),
            sum((_amount(answers_of(line.answers)) for line in lines), Decimal(0)),
            tuple((each, counted[each]) for each in STATES if counted[each]),
            len(places),
            sum(is_objected(each) for each in places),
            tuple(ListDeed(deed.act, self._name(deed), deed.day, deed.given) for deed in deeds),
            days,
            acts_on(standing, self._actor, rules),
        )

    def _name(self, deed: Deed | None) -> str:
        person = self._people.get(deed.actor_id) if deed else None
        return person.name if person else ""


def _lines(session: Session, rows: Sequence[_Line]) -> tuple[ListLine, ...]:
    objected = _objections(session, [row.case_id for row in rows])
    return tuple(
        ListLine(
            row.case_id,
            row.revision,
            row.number or "",
            row.name,
            state_of(row.state),
            (listed := answers_of(row.answers)),
            _amount(listed),
            row.live is not None,
            initials_of(row.name),
            objected.get(row.case_id, ()),
        )
        for row in rows
    )


def _objections(session: Session, case_ids: Sequence[str]) -> Mapping[str, tuple[Objection, ...]]:
    wanted = select(_EVENT.case_id).where(_EVENT.case_id.in_(case_ids), _EVENT.act == _OBJECTING).distinct()
    return {each: _told(deeds_of(session, each)) for each in session.execute(wanted).scalars()}


def _told(deeds: Iterable[Deed]) -> tuple[Objection, ...]:
    found: list[Objection] = []
    for deed in deeds:
        if deed.act == _OBJECTING:
            found.append(Objection(*(str(deed.given.get(name) or "") for name in ("by", "on", "what"))))
        elif deed.act in _SETTLING and found:
            found[-1] = found[-1]._replace(outcome=deed.act, finding=str(deed.given.get("finding") or ""))
    return tuple(found)


def _amount(listed: Mapping[str, Answer]) -> Decimal:
    amount = listed.get("claim.amount")
    return amount if isinstance(amount, Decimal) else Decimal(0)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
