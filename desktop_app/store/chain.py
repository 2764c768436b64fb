"""The chain of events: each event carries the hash of the one before, so that a change shows.

An event holds only a salted commitment to its payload. Deleting a payload when its keeping time is over
(个人信息保护法 article 47) leaves the chain whole, and the salt keeps identity numbers from being guessed.
"""

import json
import secrets
from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from sqlalchemy import Row, insert, select, update
from sqlalchemy.orm import Session

from desktop_app.store import tables
from desktop_app.store.ids import new_id
from desktop_app.store.records import ChainFault, Json
from desktop_app.store.times import moment_text

_SALT_BYTES: Final = 16


def first_hash(replica_id: str) -> str:
    """Return what the first event of a replica names as its previous hash."""
    return sha256(replica_id.encode()).hexdigest()


def commitment(salt: str, payload: str) -> str:
    """Return the promise that an event keeps of its payload."""
    return sha256((salt + payload).encode()).hexdigest()


def event_hash(previous: str, number: int, at: str, user: str, case_id: str, kind: str, promise: str) -> str:
    """Return the hash of an event over the one before and everything the event says."""
    # As a JSON list, so that no two different events run together into one text.
    parts = [previous, number, at, user, case_id, kind, promise]
    return sha256(json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def append_event(
    session: Session, case_id: str, kind: str, user: str, now: datetime, payload: Mapping[str, Json]
) -> int:
    """Add an event, its payload and its outbox row in the session's transaction; return its number."""
    replica_id: str = session.info["replica_id"]
    # On a shared server two counters may append at once: the replica's row is the queue.
    head = session.execute(
        select(tables.replica.c.chain_number, tables.replica.c.chain_head)
        .where(tables.replica.c.id == replica_id)
        .with_for_update()
    ).one()
    number: int = head.chain_number + 1
    at, salt, payload_id = moment_text(now), secrets.token_hex(_SALT_BYTES), new_id(now)
    text = json.dumps(dict(payload), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    promise = commitment(salt, text)
    own_hash = event_hash(head.chain_head, number, at, user, case_id, kind, promise)
    session.execute(insert(tables.payload).values(id=payload_id, salt=salt, json=text))
    session.execute(
        insert(tables.event).values(
            replica_id=replica_id,
            number=number,
            id=new_id(now),
            at=at,
            user=user,
            case_id=case_id,
            kind=kind,
            payload_id=payload_id,
            commitment=promise,
            previous_hash=head.chain_head,
            hash=own_hash,
        )
    )
    session.execute(insert(tables.outbox).values(replica_id=replica_id, event_number=number))
    session.execute(
        update(tables.replica)
        .where(tables.replica.c.id == replica_id)
        .values(chain_number=number, chain_head=own_hash)
    )
    return number


def verify_chain(session: Session) -> tuple[ChainFault, ...]:
    """Return every place where an event or a case's state was changed behind the program's back."""
    replicas = session.execute(select(tables.replica).order_by(tables.replica.c.id)).all()
    chained = [fault for replica in replicas for fault in _replica_faults(session, replica)]
    return (*chained, *_state_faults(session))


def _replica_faults(session: Session, replica: Row[Any]) -> Iterator[ChainFault]:
    events, payloads = tables.event, tables.payload
    found = session.execute(
        select(events, payloads.c.salt, payloads.c.json.label("payload"))
        .outerjoin(payloads, payloads.c.id == events.c.payload_id)
        .where(events.c.replica_id == replica.id)
        .order_by(events.c.number)
    )
    number, previous = 0, first_hash(replica.id)
    for row in found.yield_per(500):
        for message in _event_faults(row, number, previous):
            yield ChainFault(replica.id, row.number, f"第 {row.number} 号记录{message}，请联系技术人员核查。")
        number, previous = row.number, row.hash
    if (replica.chain_number, replica.chain_head) != (number, previous):
        yield ChainFault(replica.id, 0, "最后几号记录与登记的不一致，请联系技术人员核查。")


def _event_faults(row: Row[Any], number: int, previous: str) -> Iterator[str]:
    """Yield what is wrong with one event after the event `number` with the hash `previous`."""
    if row.number != number + 1:
        yield "之前有记录缺失"
    elif row.previous_hash != previous:
        yield "与前一号不相接"
    said = (row.number, row.at, row.user, row.case_id, row.kind, row.commitment)
    if row.hash != event_hash(row.previous_hash, *said):
        yield "被改动过"
    if row.salt is not None and row.commitment != commitment(row.salt, row.payload):
        yield "的内容被改动过"


def _state_faults(session: Session) -> Iterator[ChainFault]:
    """Yield the cases that stand in another state than their last event left them in."""
    events, payloads = tables.event.c, tables.payload.c
    left: dict[str, tuple[int, str]] = {}
    forgotten: set[str] = set()
    for row in session.execute(
        select(events.case_id, payloads.json).outerjoin(tables.payload, payloads.id == events.payload_id)
    ):
        if row.json is None:  # its keeping time is over; nothing can be said of this case any more
            forgotten.add(row.case_id)
            continue
        said = json.loads(row.json)
        left[row.case_id] = max(left.get(row.case_id, (0, "")), (said["revision"], said["state"]))
    for case in session.execute(select(tables.case.c.id, tables.case.c.state)):
        if case.id not in forgotten and case.state != left.get(case.id, (0, "draft"))[1]:
            yield ChainFault("", 0, "有业务的状态与记录不一致，请联系技术人员核查。", case.id)
