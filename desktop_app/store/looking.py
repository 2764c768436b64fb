"""What a reviewer looks at on a stored application, with who did it by name."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.store import people, tables
from desktop_app.store.cases import load_case
from desktop_app.store.perform import View, view_of
from desktop_app.store.records import StoredCase
from desktop_app.store.times import beijing_day, moment_text
from desktop_app.workflow.states import FIRST_STATE
from desktop_app.workflow.to_look_at import Before, ToLookAt, to_look_at


def looked_at(session: Session, case_id: str, day: date) -> tuple[ToLookAt, ...]:
    """Return what a reviewer looks at on an application on a day; `who` is a name.

    Raises:
        StoreFault: There is none, it is a colleague's draft, or what it rests on was changed.
    """
    return looks_of(session, view_of(session, case_id, day))


def looks_of(session: Session, view: View) -> tuple[ToLookAt, ...]:
    """Return the same of an application that was read."""
    stored, matter = view.stored, view.matter
    found = to_look_at(
        matter.deeds,
        stored.case.answers,
        matter.assessment,
        stored.choices,
        stored.notes,
        before(session, stored),
    )
    everybody = people.trust_of(session).everybody
    return tuple(
        each._replace(who=everybody[each.who].name if each.who in everybody else each.who) for each in found
    )


def before(session: Session, stored: StoredCase) -> Before | None:
    """Return the newest application of the person that was begun before this one and is no draft; None without one."""
    number = stored.case.answers.get("applicant.id_number")
    columns = tables.case.c
    wanted = (
        select(columns.id)
        # Ids sort by the time of making.
        .where(columns.id_number == number, columns.id < stored.id, columns.state != FIRST_STATE)
        .order_by(columns.id.desc())
        .limit(1)
    )
    found = session.execute(wanted).scalar() if isinstance(number, str) and number else None
    if found is None:
        return None
    other = load_case(session, found)
    return Before(other.case.answers, beijing_day(moment_text(other.created_at)))
