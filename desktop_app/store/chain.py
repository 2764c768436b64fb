"""The chain of events: each event carries the hash of the one before, so that a change shows.

An event holds only salted commitments to its payload and to the case as it stood after it. Deleting a payload when
its keeping time is over (个人信息保护法 article 47) takes the salt with it and leaves the chain whole.
"""

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from desktop_app.store import tables
from desktop_app.store.answers import lines_text
from desktop_app.store.faults import UNKEEPABLE, StoreFault
from desktop_app.store.ids import new_id
from desktop_app.store.json_text import json_text
from desktop_app.store.keys import Secrets, sign
from desktop_app.store.records import Json
from desktop_app.store.times import moment_text

FORMAT: Final = 2
# What this program wrote last in a transaction, so that the doors of the store know whether it was an act.
HAS_ACTED: Final = "has_acted"

_SALT_BYTES: Final = 16
# Fifteen parts, told apart by what no text of the store holds.
_FORMAT_2: Final = "\0".join(["%s"] * 15)


def first_hash(replica_id: str) -> str:
    """Return what the first event of a replica names as its previous hash."""
    return sha256(replica_id.encode()).hexdigest()


def commitment(salt: str, payload: str) -> str:
    """Return the promise that an event keeps of its payload."""
    return sha256((salt + payload).encode()).hexdigest()


def case_digest(salt: str, row: Mapping[str, Any]) -> str:
    """Return the promise that an event keeps of a case: of each column that says anything, by name.

    A column that a later schema adds is empty in old cases and changes nothing here; what the program works out of
    the others is not promised.
    """
    said = [f"{name}={value}" for name in _promised(tuple(row)) if (value := row[name]) is not None]
    return sha256((salt + "\0".join(said)).encode()).hexdigest()


@cache
def _promised(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(set(names) - tables.WORKED_OUT - {"id"}))


def paper_row(session: Session, paper_id: str) -> dict[str, Any] | None:
    """Return what an event promises of the application or list of this id; None where there is none."""
    case = session.execute(select(tables.case).where(tables.case.c.id == paper_id)).mappings().one_or_none()
    if case is not None:
        return dict(case)
    roster = session.execute(select(tables.roster).where(tables.roster.c.id == paper_id))
    found = roster.mappings().one_or_none()
    return None if found is None else roster_row(session, dict(found))


def roster_row(session: Session, roster: Mapping[str, Any]) -> dict[str, Any]:
    """Return a list with its lines as what an event promises of it.

    It is told as lists were before schema 0003, which kept them among the applications: the promises of that time
    hold as they are.
    """
    line = tables.roster_line.c
    wanted = select(line.position, line.answers, line.case_id)
    lines = session.execute(wanted.where(line.roster_id == roster["id"]).order_by(line.position)).all()
    return {
        **roster,
        **dict.fromkeys(("name", "id_number", "certificate_number", "occupation", "phone"), ""),
        "choices": "{}",
        "rows": lines_text(each.answers for each in lines),
        "cases": _said_if_any(each.case_id for each in lines),
    }


def _said_if_any(ids: Iterable[str | None]) -> str | None:
    told = [each or "" for each in ids]
    return ",".join(told) if any(told) else None


def event_hash(form: int, parts: Sequence[Any]) -> str:
    """Return the hash of an event over the one before and everything the event says.

    Args:
        form: The event's format.
        parts: What `HASHED` names for it, in that order.
    """
    if form == 1:
        text = json.dumps(list(parts), ensure_ascii=False, separators=(",", ":"))
    else:
        # No text of the store holds a null character, so no two different events run together into one text.
        said = tuple(parts)
        text = _FORMAT_2 % (tuple("\1" if part is None else part for part in said) if None in said else said)
    return sha256(text.encode()).hexdigest()


# What is hashed of an event, by its format. Format 1 was written by schema 0001 alone.
HASHED: Final[Mapping[int, tuple[str, ...]]] = {
    1: ("previous_hash", "number", "at", "actor_id", "case_id", "act", "commitment"),
    2: (
        "format",
        "previous_hash",
        "replica_id",
        "number",
        "id",
        "at",
        "act",
        "actor_id",
        "case_id",
        "revision",
        "state_before",
        "state_after",
        "payload_id",
        "commitment",
        "case_digest",
    ),
}


def append_event(
    session: Session,
    act: str,
    actor_id: str,
    now: datetime,
    payload: Mapping[str, Json],
    case_id: str = "",
    state_before: str | None = None,
    signer: Secrets | None = None,
) -> int:
    """Add an event, its payload and its outbox row in the session's transaction; return its number.

    Args:
        session: Of a store opened for writing.
        act: What happened, as `workflow.md` or the module that writes it names it; carried for ever.
        actor_id: Who did it, as the store knows the person; empty for the program itself.
        now: Aware; the event's moment.
        payload: What the event has to say; it can be deleted later without breaking the chain.
        case_id: The application or list as it stands after the act; empty where the event is of neither.
        state_before: Its state before the act, where the act moved it.
        signer: The actor's, where the act is signed for.

    Raises:
        ValueError: The payload holds a number that JSON does not have.
        StoreFault: The payload holds what no text can say.
    """
    replica_id: str = session.info["replica_id"]
    # On a shared server two counters may append at once: the replica's row is the queue.
    head = session.execute(
        select(tables.replica.c.chain_number, tables.replica.c.chain_head)
        .where(tables.replica.c.id == replica_id)
        .with_for_update()
    ).one()
    salt, payload_id, text = (
        secrets.token_hex(_SALT_BYTES),
        new_id(now),
        json_text(dict(payload), is_sorted=True),
    )
    case = paper_row(session, case_id) if case_id else None
    said: dict[str, Any] = {
        "format": FORMAT,
        "replica_id": replica_id,
        "number": head.chain_number + 1,
        "id": new_id(now),
        "at": moment_text(now),
        "act": act,
        "actor_id": actor_id,
        "case_id": case_id,
        "revision": case["revision"] if case else None,
        "state_before": state_before or (case["state"] if case else None),
        "state_after": case["state"] if case else None,
        "payload_id": payload_id,
        "commitment": commitment(salt, text),
        "case_digest": case_digest(salt, case) if case else None,
        "previous_hash": head.chain_head,
    }
    texts = [*said.values(), *(case.values() if case else ())]
    if any(isinstance(text, str) and "\0" in text for text in texts):
        raise StoreFault(UNKEEPABLE)
    said["hash"] = event_hash(FORMAT, [said[name] for name in HASHED[FORMAT]])
    said["signature"] = sign(signer, said["hash"]) if signer else None
    session.execute(insert(tables.payload).values(id=payload_id, salt=salt, json=text))
    session.execute(insert(tables.event).values(said))
    session.execute(insert(tables.outbox).values(replica_id=replica_id, event_number=said["number"]))
    session.execute(
        update(tables.replica)
        .where(tables.replica.c.id == replica_id)
        .values(chain_number=said["number"], chain_head=said["hash"])
    )
    session.info[HAS_ACTED] = True
    return int(said["number"])


def forget_case(session: Session, case_id: str, actor_id: str, now: datetime) -> int:
    """Erase a case or list whose keeping time is over, with all its events told; return the number of the event of it.

    The events stay, and each stands for itself: what was erased, when, and by whom, is the chain's last word on it.
    """
    events = tables.event.c
    told = session.execute(
        select(events.replica_id, events.number, events.payload_id).where(events.case_id == case_id)
    )
    gone = told.all()
    row = paper_row(session, case_id)
    for table in (tables.search_term, tables.attachment, tables.award):
        session.execute(table.delete().where(table.c.case_id == case_id))
    session.execute(tables.roster_line.delete().where(tables.roster_line.c.roster_id == case_id))
    session.execute(tables.payload.delete().where(tables.payload.c.id.in_([row.payload_id for row in gone])))
    for table in (tables.case, tables.roster):
        session.execute(table.delete().where(table.c.id == case_id))
    numbers: list[Json] = [[row.replica_id, row.number] for row in gone]
    return append_event(
        session, "forget", actor_id, now, {"events": numbers}, case_id, row["state"] if row else None
    )
