"""Whose a draft is: what a colleague has begun and not finished is nobody else's to see, to change or to throw away.

A draft of an earlier release belongs to a counter and not to a person: everybody sees it, and who saves it first
owns it.
"""

from typing import Final

from sqlalchemy import ColumnElement, Select, Table, select
from sqlalchemy.orm import Session

from desktop_app.store import tables
from desktop_app.store.faults import StoreFault
from desktop_app.workflow.states import FIRST_STATE, is_draft, state_of

NOT_YOURS: Final = "这份草稿是同事还没填完的，要由本人填写，或由本人交给您。"

_REGISTERED: Final = select(tables.user.c.id)


def own_id(session: Session) -> str:
    """Return who is signed in, by id; empty where nobody is."""
    signer = session.info.get("signer")
    return signer.user_id if signer is not None else ""


def of_others(session: Session, table: Table) -> Select[tuple[str]]:
    """Return the statement that finds the drafts of other people than who is signed in, in `case` or `roster`."""
    columns = table.c
    return select(columns.id).where(
        columns.state == FIRST_STATE, columns.owner != own_id(session), columns.owner.in_(_REGISTERED)
    )


def is_shown(session: Session, table: Table) -> ColumnElement[bool]:
    """Return the condition on a table's lines that leaves out the drafts of other people.

    By their ids: drafts are few, and counting goes on over an index alone.
    """
    return table.c.id.not_in(of_others(session, table))


def assert_own(session: Session, state: str, owner: str) -> None:
    """Go on only with a draft that is no other person's; what is no draft is everybody's.

    Raises:
        StoreFault: It is a colleague's.
    """
    if is_draft(state_of(state)) and owner != own_id(session) and _is_registered(session, owner):
        raise StoreFault(NOT_YOURS)


def _is_registered(session: Session, owner: str) -> bool:
    return session.execute(_REGISTERED.where(tables.user.c.id == owner).limit(1)).first() is not None
