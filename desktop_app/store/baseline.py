"""What an upgrade writes down of a store whose events did not yet cover it: its settings, lists and cases.

From then on each of them is held against the event of the upgrade until an event of its own follows.
"""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.store import tables
from desktop_app.store.awards import source_digests
from desktop_app.store.chain import case_digest, paper_row
from desktop_app.store.records import Json
from desktop_app.store.settings import settings
from desktop_app.store.standing import standing


def taken(session: Session) -> dict[str, Json]:
    """Return what the store holds as it stands: settings, digests of lists, digests of cases with an event."""
    return {
        "settings": settings(session),
        "lists": dict(source_digests(session)),
        "cases": dict(_cases(session)),
        "epoch": standing(session).epoch,
    }


def _cases(session: Session) -> Iterator[tuple[str, Json]]:
    """Yield the digest of each case and list that has events of format 1 alone, by the salt of its last one."""
    events, payloads = tables.event.c, tables.payload.c
    salts: dict[str, str] = {}
    formats: dict[str, int] = {}
    for row in session.execute(
        select(events.case_id, events.format, payloads.salt)
        .join(tables.payload, payloads.id == events.payload_id)
        .where(events.case_id != "")
        .order_by(events.replica_id, events.number)
    ):
        salts[row.case_id], formats[row.case_id] = row.salt, row.format
    for paper_id, form in formats.items():
        paper = paper_row(session, paper_id) if form == 1 else None
        if paper is not None:
            yield paper_id, case_digest(salts[paper_id], paper)
