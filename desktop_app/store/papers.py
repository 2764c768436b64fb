"""Any paper by its id, be it an application or a list: made, saved, read, thrown away.

What is told apart here is known nowhere else: whoever asks has a paper and its id.
"""

from datetime import datetime

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from desktop_app.case import Case
from desktop_app.forms.catalogue import form
from desktop_app.forms.model import Form
from desktop_app.policy.assess import missing_fields
from desktop_app.policy.derived import derive
from desktop_app.store import cases, rosters, tables
from desktop_app.store.chain import forget_case
from desktop_app.store.owners import assert_own, own_id
from desktop_app.store.records import StoredCase


def is_list(case: Case) -> bool:
    """Say whether a case is that of a list."""
    return form(case.form_id, case.form_version).is_list


def create_paper(session: Session, case: Case, office: str, owner: str, now: datetime) -> str:
    """Store a new draft and return its id; `office` and `owner` are the codes of counter and clerk."""
    paper = form(case.form_id, case.form_version)
    if paper.is_list:
        return rosters.create_roster(session, case, office, owner, now)
    return cases.create_case(session, case, office, owner, now, _missing(paper, case))


def save_paper(
    session: Session, paper_id: str, revision: int, case: Case, last_field: str, now: datetime
) -> int:
    """Store what a draft says after the field `last_field` was left; return the new revision.

    Raises:
        StoreFault: As `cases.save_answers` says.
    """
    paper = form(case.form_id, case.form_version)
    if paper.is_list:
        return rosters.save_roster(session, paper_id, revision, case, last_field, now)
    return cases.save_answers(session, paper_id, revision, case, last_field, now, _missing(paper, case))


def load_paper(session: Session, paper_id: str) -> StoredCase:
    """Return a stored paper, whosever it is.

    Raises:
        StoreFault: There is none, or it holds an answer that this program does not know.
    """
    load = rosters.load_roster if rosters.is_roster(session, paper_id) else cases.load_case
    return load(session, paper_id)


def open_paper(session: Session, paper_id: str) -> StoredCase:
    """Return a stored paper for who is signed in to look at.

    Raises:
        StoreFault: It is a colleague's draft, or as `load_paper` says.
    """
    stored = load_paper(session, paper_id)
    assert_own(session, stored.state, stored.owner)
    return stored


def table_of(session: Session, paper_id: str) -> Table:
    """Return the table in which a paper stands."""
    return tables.roster if rosters.is_roster(session, paper_id) else tables.case


def delete_paper(session: Session, paper_id: str, now: datetime) -> None:
    """Delete a draft of which nothing was ever recorded; it leaves no event unless it was handed over.

    Raises:
        StoreFault: As `cases.delete_draft` says.
    """
    told = select(tables.event.c.number).where(tables.event.c.case_id == paper_id).limit(1)
    if session.execute(told).first() is not None:
        cases.assert_untouched(session, table_of(session, paper_id), paper_id)
        forget_case(session, paper_id, own_id(session), now)
        return
    delete = rosters.delete_roster if rosters.is_roster(session, paper_id) else cases.delete_draft
    delete(session, paper_id)


def _missing(paper: Form, case: Case) -> int:
    """Count what stands against finishing an application because nothing is filled in."""
    return len(missing_fields(paper, derive(case.answers, paper.derived)))
