"""What an office knows beside a case, from its store: earlier awards, its details and amounts, what was chosen."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy.orm import Session

from desktop_app.policy.calendars import calendar
from desktop_app.policy.model import AmountRow, ClerkChoice, Known, Office
from desktop_app.policy.office_amounts import amount_rows
from desktop_app.policy.toml_table import PolicyFaults
from desktop_app.store.awards import earlier_awards
from desktop_app.store.records import StoredCase
from desktop_app.store.settings import settings

AMOUNTS: Final = "policy.amounts"  # the setting that holds an office's own table


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


def office_of(held: Mapping[str, Any]) -> Office:
    """Return the office as the settings name it."""
    return Office(str(held.get("office.code") or ""), str(held.get("office.district") or ""))


def choices_of(stored: Mapping[str, tuple[str, ...]]) -> dict[str, ClerkChoice]:
    """Return what the clerk has chosen; what was begun and not recorded settles nothing."""
    return {rule: ClerkChoice(*choice[:2]) for rule, choice in stored.items() if len(choice) < 4}


def amounts_of(held: Mapping[str, Any]) -> tuple[AmountRow, ...]:
    """Return the office's table; what cannot be read any more counts as not filled in."""
    try:
        return amount_rows(held.get(AMOUNTS) or ())
    except PolicyFaults:
        return ()
