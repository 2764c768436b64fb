"""Work that somebody takes for himself or herself: an application that waits is seen taken, and put back.

It moves the owner and no state, so it is no line of the table of acts, and stands against nobody's act.
"""

from datetime import datetime
from typing import Final

from sqlalchemy import update
from sqlalchemy.orm import Session

from desktop_app.store import people, tables
from desktop_app.store.cases import load_case, seen
from desktop_app.store.chain import append_event
from desktop_app.store.deeds import deeds_of
from desktop_app.store.perform import Refused
from desktop_app.store.records import StoredCase
from desktop_app.store.rights import acting
from desktop_app.store.times import moment_text
from desktop_app.workflow.states import is_draft

CLAIM: Final = "claim_work"
RELEASE: Final = "release_work"


def claim_work(session: Session, case_id: str, now: datetime) -> None:
    """Take an application that waits, so that colleagues see it taken.

    Raises:
        Refused: A colleague has it, it is a draft, or the person can do nothing with it.
    """
    actor, stored = acting(session), load_case(session, case_id)
    if not actor.roles & {"clerk", "reviewer", "head"}:
        raise Refused(("领取申请由经办人、复核人或负责人办理，请换有这些角色的人登录。",))
    holder = claimed_by(session, case_id)
    if is_draft(stored.state):
        raise Refused(("草稿由本人填写，不用领取，要换人的请办理交接。",))
    if holder == actor.id:
        raise Refused(("这份申请您已经领取了，请直接办理。",))
    if holder:
        name = people.trust_of(session).everybody[holder].name
        raise Refused((f"这份申请{name}已经领取，请换一份，或者请本人放回。",))
    _own(session, stored, actor.id, CLAIM, actor.id, now)


def release_work(session: Session, case_id: str, now: datetime) -> None:
    """Put back an application that the person has taken.

    Raises:
        Refused: The person has not taken it.
    """
    actor, stored = acting(session), load_case(session, case_id)
    if claimed_by(session, case_id) != actor.id:
        raise Refused(("这份申请不是您领取的，不用放回。",))
    _own(session, stored, "", RELEASE, actor.id, now)


def claimed_by(session: Session, case_id: str) -> str:
    """Return who has taken an application, by id; empty where nobody has."""
    taken = (deed for deed in reversed(deeds_of(session, case_id)) if deed.act in (CLAIM, RELEASE))
    last = next(taken, None)
    return last.actor_id if last is not None and last.act == CLAIM else ""


def _own(session: Session, stored: StoredCase, owner: str, act: str, actor_id: str, now: datetime) -> None:
    seen(session, tables.case, stored.id, stored.revision)
    values = {"owner": owner, "revision": stored.revision + 1, "updated_at": moment_text(now)}
    session.execute(update(tables.case).where(tables.case.c.id == stored.id).values(values))
    append_event(session, act, actor_id, now, {"given": {}}, stored.id, stored.state)
