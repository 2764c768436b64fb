"""What was done on a case, read from its events; each must hold by itself before anything relies on it."""

import json
from collections.abc import Sequence
from typing import Final

from sqlalchemy import RowMapping, select
from sqlalchemy.orm import Session

from desktop_app.store import people, tables
from desktop_app.store.chain import HASHED, commitment, event_hash
from desktop_app.store.faults import StoreFault
from desktop_app.store.times import beijing_day
from desktop_app.store.trust import Place, Signed, event_fault, may_need_signature
from desktop_app.workflow.refusals import Deed
from desktop_app.workflow.states import state_of

DEEDS_CHANGED: Final = "这份申请的办理记录在程序之外被改动过，请先不要办理，请联系技术人员核查。"

_EVENT, _PAYLOAD = tables.event.c, tables.payload.c
_NAMES: Final = (*HASHED[2], "hash", "signature")


def deeds_of(session: Session, case_id: str) -> tuple[Deed, ...]:
    """Return everything that was done on a case, in order.

    Raises:
        StoreFault: An event of it was changed, or a decision lacks the signature of somebody who could make it.
    """
    rows = (
        session.execute(
            select(*(_EVENT[name] for name in _NAMES), _PAYLOAD.salt, _PAYLOAD.json)
            .outerjoin(tables.payload, _PAYLOAD.id == _EVENT.payload_id)
            .where(_EVENT.case_id == case_id)
            .order_by(_EVENT.at, _EVENT.replica_id, _EVENT.number)
        )
        .mappings()
        .all()
    )
    if not all(map(_is_whole, rows)) or not _are_proven(session, rows):
        raise StoreFault(DEEDS_CHANGED)
    return tuple(map(_deed, rows))


def _is_whole(row: RowMapping) -> bool:
    names = HASHED.get(row["format"])
    if names is None or row["hash"] != event_hash(row["format"], [row[name] for name in names]):
        return False
    return row["salt"] is None or row["commitment"] == commitment(row["salt"], row["json"])


def _are_proven(session: Session, rows: Sequence[RowMapping]) -> bool:
    signed = [row for row in rows if row["signature"] is not None or may_need_signature(row["act"])]
    if not signed:
        return True
    trust, introduced = people.trust_of(session), people.introduced(session)
    return not any(event_fault(_signed(row), trust, introduced) for row in signed)


def _signed(row: RowMapping) -> Signed:
    place = Place(row["replica_id"], row["number"], row["at"])
    return Signed(place, row["act"], row["actor_id"], row["state_before"], row["hash"], row["signature"])


def _deed(row: RowMapping) -> Deed:
    said = json.loads(row["json"]) if row["json"] else {}
    given = said.pop("given", {})
    before = state_of(row["state_before"] or "draft")
    after = state_of(row["state_after"]) if row["state_after"] else before
    return Deed(row["act"], row["actor_id"], before, given, after, beijing_day(row["at"]), said)
