"""What an office has settled where its document leaves it to the office: periods, who may confirm, when is paid."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from desktop_app.store.records import Json
from desktop_app.workflow.deadlines import Due, OfficePeriods, Step, due
from desktop_app.workflow.doing import Matter
from desktop_app.workflow.refusals import Deed
from desktop_app.workflow.states import State

REVIEWER_MAY_CONFIRM: Final = "policy.reviewer_may_confirm"
PAY_ONLY_AFTER_RECEIPT: Final = "policy.pay_only_after_receipt"
PERIODS: Final = tuple(f"policy.{name}" for name in OfficePeriods._fields)


def periods_of(settings: Mapping[str, Json]) -> OfficePeriods:
    """Return the periods that an office has set; what is no number of days counts as not set."""
    review, publicity, payment = (_days(settings.get(key)) for key in PERIODS[:3])
    stops = settings.get(PERIODS[3])
    return OfficePeriods(review, publicity, payment, stops if isinstance(stops, bool) else None)


def _days(value: Json) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else None


def until(matter: Matter, state: State, deeds: tuple[Deed, ...]) -> Due:
    """Return until when a case is to be dealt with that stands in a state after some deeds."""
    if matter.policy is None or matter.calendar is None:
        return Due()
    return due(state, tuple(map(_step, deeds)), matter.policy, matter.calendar, matter.periods)


def since(deeds: tuple[Deed, ...], begun: date) -> date:
    """Return the day from which a case stands in its state: that of the act that brought it there."""
    return next((deed.day for deed in reversed(deeds) if deed.before != deed.after), begun)


def _step(deed: Deed) -> Step:
    given: dict[str, object] = dict(deed.given)
    for name in ("received_on", "sent_on", "on"):
        if isinstance(told := given.get(name), str):
            given[name] = date.fromisoformat(told)
    return Step(deed.act, deed.day, deed.before, deed.after, MappingProxyType(given))
