"""What an office knows beside a case, read from its store: earlier awards, its details and amounts, what was chosen."""

from datetime import date

from sqlalchemy.orm import Session

from desktop_app.policy.calendars import calendar
from desktop_app.policy.known import amounts_of, choices_of, office_of
from desktop_app.policy.model import Known
from desktop_app.store.awards import earlier_awards
from desktop_app.store.records import StoredCase
from desktop_app.store.settings import settings


def known_of(session: Session, stored: StoredCase, today: date) -> Known:
    """Return everything that a decision on a stored case is made from, beside the case itself."""
    held = settings(session)
    number = stored.case.answers.get("applicant.id_number")
    return Known(
        earlier=earlier_awards(session, number, stored.id) if isinstance(number, str) else (),
        office=office_of(held),
        choices=choices_of(stored.choices),
        amounts=amounts_of(held),
        is_rest_day=calendar(stored.case.region).is_rest_day,
        today=today,
    )
