"""People in the store: who is there, and the signed rows and events by which that changes.

A row of the table of people and its event are written in one transaction; `trust` says which rows count. Passwords and
slots are not known here.
"""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from desktop_app.store import tables, trust
from desktop_app.store.chain import append_event
from desktop_app.store.faults import StoreFault
from desktop_app.store.keys import Publics, Secrets
from desktop_app.store.records import Json
from desktop_app.store.times import moment_text
from desktop_app.store.trust import RECOVERY, Person, Place, SignedIn, Trust, UserRow, trusted
from desktop_app.workflow.roles import Actor

PEOPLE_CHANGED: Final = "人员登记在程序之外被改动过，请先不要办理业务，请联系技术人员核查。"
NOT_SIGNED_IN: Final = "还没有人登录，请登录后再办理。"
NO_USER: Final = "没有这个人，请刷新后重新选择。"

_EVENT: Final = tables.event.c


def user_rows(session: Session) -> tuple[UserRow, ...]:
    """Return the table of people as it stands, in the order of its numbers."""
    rows = session.execute(select(tables.user).order_by(tables.user.c.number))
    return tuple(UserRow(*row) for row in rows)


def root(session: Session) -> str:
    """Return the digest of the first administrator, as the slot of who is signed in says it.

    Where nobody is, the first row is believed, so that a technician without a password finds all else.
    """
    signer: SignedIn | None = session.info.get("signer")
    if signer is not None:
        return signer.root
    rows = user_rows(session)[:1]
    try:
        return trust.root_of(rows[0]) if rows else ""
    except TypeError:  # a value that is no text
        return ""


def trust_of(session: Session) -> Trust:
    """Return which rows of the table of people count.

    Raises:
        StoreFault: One does not: the table was changed behind the program's back.
    """
    found = trusted(user_rows(session), root(session))
    # Rows taken from the end break no signature; their events still tell of them.
    if found.faults or len(found.by_row) != max(introduced(session), default=0):
        raise StoreFault(PEOPLE_CHANGED)
    return found


def people(session: Session) -> dict[str, Person]:
    """Return everybody who can sign in, by id.

    Raises:
        StoreFault: The table of people was changed behind the program's back.
    """
    return trust_of(session).people


def signed_in_person(session: Session) -> Person:
    """Return who is signed in, with the roles that an administrator has signed for.

    Raises:
        StoreFault: Nobody is, or not any more, or the table of people was changed behind the program's back.
    """
    signer: SignedIn | None = session.info.get("signer")
    if signer is None:
        raise StoreFault(NOT_SIGNED_IN)
    found = people(session).get(signer.user_id)
    if found is None or not trust.is_same(found, signer):
        raise StoreFault(trust.REMOVED)
    return found


def actor(session: Session) -> Actor:
    """Return who is signed in as the table of acts knows a person.

    Raises:
        StoreFault: As `signed_in_person`.
    """
    person = signed_in_person(session)
    return Actor(person.id, person.name, person.roles)


def found_office(session: Session, first: Person, secrets: Secrets, recovery: Publics, now: datetime) -> str:
    """Write the first administrator and the recovery key; return the digest of the first administrator.

    Args:
        session: Of a store in which nobody is registered yet.
        first: Whom nobody has signed for but himself.
        secrets: The first administrator's.
        recovery: Of the sheet that is printed.
        now: Aware.
    """
    if user_rows(session):
        raise StoreFault(PEOPLE_CHANGED)
    at = moment_text(now)
    row = trust.signed_row(1, first, at, first.id, secrets)
    digest = trust.root_of(row)
    sheet = trust.signed_row(2, _sheet(recovery, 1), at, first.id, secrets, digest)
    _write(session, "found_office", (row, sheet), first.id, secrets, now)
    return digest


def add_person(session: Session, person: Person, now: datetime) -> None:
    """Register a new user; who is signed in signs for it.

    Raises:
        StoreFault: Something stands against it; nothing has changed.
    """
    _decide(session, "add_user", now, lambda _known: person)


def change_person(
    session: Session, act: str, user_id: str, change: Callable[[Person], Person], now: datetime
) -> None:
    """Write a new version of a user; who is signed in signs for it.

    Args:
        session: Of a store opened for writing.
        act: One of `USER_ACTS`.
        user_id: Whose.
        change: What the person shall be; the version counts on by itself.
        now: Aware.

    Raises:
        StoreFault: Something stands against it; nothing has changed.
    """

    def changed(known: Trust) -> Person:
        old = known.people.get(user_id)
        if old is None:
            raise StoreFault(NO_USER)
        return change(old)._replace(version=old.version + 1)

    _decide(session, act, now, changed)


def renew_recovery(session: Session, recovery: Publics, now: datetime) -> None:
    """Make another recovery sheet the valid one; who is signed in signs for it.

    Raises:
        StoreFault: Something stands against it; nothing has changed.
    """
    _decide(session, "new_recovery", now, lambda known: _next_sheet(known, recovery))


def recover(
    session: Session,
    sheet: Secrets,
    digest: str,
    user_id: str,
    new: Publics,
    recovery: Publics,
    now: datetime,
) -> None:
    """Give a user new keys by the recovery sheet, and make another sheet the valid one.

    Args:
        session: Of a store opened for writing.
        sheet: The keys of the sheet that is used up by this.
        digest: Of the first administrator.
        user_id: Whose password is forgotten.
        new: The user's new public keys.
        recovery: Of the new sheet.
        now: Aware.

    Raises:
        StoreFault: Something stands against it; nothing has changed.
    """
    known = trusted(user_rows(session), digest)
    old = known.people.get(user_id)
    if known.faults or old is None:
        raise StoreFault(PEOPLE_CHANGED if known.faults else NO_USER)
    person = old._replace(publics=new, version=old.version + 1)
    number, at = len(known.by_row) + 1, moment_text(now)
    rows = []
    for step, each in enumerate((person, _next_sheet(known, recovery))):
        _refuse(trust.against_row(each, RECOVERY, known.everybody))
        rows.append(trust.signed_row(number + step, each, at, RECOVERY, sheet, digest))
    _write(session, "use_recovery", rows, RECOVERY, sheet, now)


def _decide(session: Session, act: str, now: datetime, made: Callable[[Trust], Person]) -> None:
    signed_in_person(session)
    signer: SignedIn = session.info["signer"]
    known = trust_of(session)
    person = made(known)
    _refuse(trust.against_row(person, signer.user_id, known.everybody))
    number = len(known.by_row) + 1
    row = trust.signed_row(number, person, moment_text(now), signer.user_id, signer.secrets, signer.root)
    _write(session, act, (row,), signer.user_id, signer.secrets, now)


def _refuse(told: str) -> None:
    if told:
        raise StoreFault(told)


def _write(
    session: Session, act: str, rows: Sequence[UserRow], signer_id: str, secrets: Secrets, now: datetime
) -> None:
    session.execute(insert(tables.user), [row._asdict() for row in rows])
    told: list[Json] = [[row.number, trust.row_digest(row)] for row in rows]
    payload: dict[str, Json] = {"rows": told, "user": rows[0].id}
    append_event(session, act, signer_id, now, payload, signer=secrets)


def _sheet(recovery: Publics, version: int) -> Person:
    return Person(RECOVERY, "", "", frozenset(), recovery, version=version)


def _next_sheet(known: Trust, recovery: Publics) -> Person:
    return _sheet(recovery, known.everybody[RECOVERY].version + 1)


def introduced(session: Session) -> dict[int, Place]:
    """Return which event brought each row of the table of people, by the row's number."""
    payload = tables.payload.c
    found = session.execute(
        select(_EVENT.replica_id, _EVENT.number, _EVENT.at, payload.json)
        .join(tables.payload, payload.id == _EVENT.payload_id)
        .where(_EVENT.case_id == "", _EVENT.act.in_(trust.USER_ACTS))
    )
    return {
        number: Place(row.replica_id, row.number, row.at)
        for row in found
        for number, _ in json.loads(row.json)["rows"]
    }
