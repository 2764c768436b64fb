"""What an act does beside its line in the table: what stands against it, where it leads, and what its event says.

Pure: a case's matter goes in, what the act changes comes out. What each act does stands in `doings`.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, NamedTuple

from desktop_app import money
from desktop_app.case import Answer, Case
from desktop_app.forms.model import Form
from desktop_app.policy.assess import Assessment
from desktop_app.policy.calendars import Calendar
from desktop_app.policy.model import Check, Known, Policy
from desktop_app.policy.record import decision_record
from desktop_app.workflow.acts import Act
from desktop_app.workflow.deadlines import OfficePeriods
from desktop_app.workflow.refusals import Deed
from desktop_app.workflow.states import State


class Matter(NamedTuple):
    """A case while an act is done on it.

    Attributes:
        policy: What holds in its region; None for a list, and where no policy is at hand.
        known: What a decision is made from beside the case.
        assessment: What the policy makes of the case now.
        deeds: Everything that was done on it, in order.
        given: What the act asks for, by name; not yet looked at.
        day: The day of the act.
        calendar: The working days of its region.
        periods: What the office has set where the documents are silent.
        lists: The lists on which the case stands now, kind to name.
        pays_after_receipt: The office pays only what the centre has received.
    """

    act: Act
    case: Case
    state: State
    form: Form
    policy: Policy | None
    known: Known
    assessment: Assessment | None
    deeds: tuple[Deed, ...]
    given: Mapping[str, object]
    day: date
    calendar: Calendar | None = None
    periods: OfficePeriods = OfficePeriods()
    lists: Mapping[str, str] = MappingProxyType({})
    pays_after_receipt: bool = False

    @property
    def checks(self) -> tuple[Check, ...]:
        """The checks of its region."""
        return self.policy.checks if self.policy else ()

    def last(self, *act_ids: str) -> Deed | None:
        """Return the newest deed of these acts; None where there was none."""
        return next((deed for deed in reversed(self.deeds) if deed.act in act_ids), None)

    def has_act(self, act_id: str) -> bool:
        """Say whether the region has an act that not every region has."""
        return self.policy is not None and self.policy.has_act(act_id)

    def is_done_on(self, act_id: str, list_name: object) -> bool:
        """Say whether an act was done on the case with a list."""
        return any(deed.act == act_id and deed.given.get("list") == list_name for deed in self.deeds)


class Change(NamedTuple):
    """What an act changes.

    Attributes:
        state: Where the case stands afterwards.
        answers: Answers of the application that the act itself sets.
        choices: Readings of open points that it settles, as the store keeps them.
        says: What the event keeps beside the states and what was given; plain JSON.
        is_numbered: The case gets its running number.
    """

    state: State
    answers: Mapping[str, Answer] = MappingProxyType({})
    says: Mapping[str, Any] = MappingProxyType({})
    is_numbered: bool = False
    choices: Mapping[str, tuple[str, ...]] = MappingProxyType({})


def moved(matter: Matter) -> Change:
    """Return the change of an act that leads to one state, or leaves the case where it is."""
    act = matter.act
    return Change(matter.state if act.before == act.after else act.after[0])


def nothing(_matter: Matter) -> Iterator[str]:
    """Yield nothing: only the table stands against the act."""
    return iter(())


class Doing(NamedTuple):
    """How one act is done; without anything of its own it asks and moves as the table says."""

    change: Callable[[Matter], Change] = moved
    obstacles: Callable[[Matter], Iterator[str]] = nothing
    is_for_lists: bool = False


def against(doing: Doing, matter: Matter) -> tuple[str, ...]:
    """Return what of the case itself stands against an act, each sentence once."""
    if matter.form.is_list and not doing.is_for_lists:
        return (f"名单不办理“{matter.act.label}”，请在申请上办理。",)
    if matter.act.is_regional and not matter.has_act(matter.act.id):
        return (f"本地区没有“{matter.act.label}”这一步，请按本地区文件的规定办理。",)
    return tuple(dict.fromkeys(doing.obstacles(matter)))


def decided(matter: Matter) -> dict[str, Any]:
    """Return the decision with everything that it was made from, as an event keeps it."""
    if matter.policy is None:
        return {}
    return {"decision": decision_record(matter.case, matter.policy, matter.known)}


def came_from(matter: Matter, act_id: str) -> State:
    """Return the state in which an act was done last: where a case goes back to that waits or is looked into."""
    deed = matter.last(act_id)
    return deed.before if deed else matter.act.after[0]


def given_json(given: Mapping[str, object]) -> dict[str, Any]:
    """Return what was given as an event keeps it: days as ISO text, money with two decimals."""
    return {name: _plain(value) for name, value in given.items() if value is not None}


def _plain(value: object) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return money.show(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    return value
