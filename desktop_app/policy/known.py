"""What an office knows beside a case, made from its settings and from what its clerk has chosen."""

from collections.abc import Mapping
from typing import Any, Final

from desktop_app.faults import Faults
from desktop_app.policy.model import AmountRow, ClerkChoice, Office
from desktop_app.policy.office_amounts import amount_rows

AMOUNTS: Final = "policy.amounts"  # the setting that holds an office's own table


def office_of(settings: Mapping[str, Any]) -> Office:
    """Return the office as the settings name it."""
    return Office(str(settings.get("office.code") or ""), str(settings.get("office.district") or ""))


def choices_of(stored: Mapping[str, tuple[str, ...]]) -> dict[str, ClerkChoice]:
    """Return what the clerk has chosen; what was begun and not recorded settles nothing."""
    return {rule: ClerkChoice(*choice[:2]) for rule, choice in stored.items() if len(choice) < 4}


def amounts_of(settings: Mapping[str, Any]) -> tuple[AmountRow, ...]:
    """Return the office's table; what cannot be read any more counts as not filled in."""
    try:
        return amount_rows(settings.get(AMOUNTS) or ())
    except Faults:
        return ()
