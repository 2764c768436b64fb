"""What the store hands out: plain records that the window shows, known without SQLAlchemy."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from desktop_app.store.case_columns import CaseRow, Order
from desktop_app.workflow.states import State

if TYPE_CHECKING:
    # The first window names cases and opens none; named tuples, since dataclasses compile their methods anew each time.
    from desktop_app.case import Case

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

T = TypeVar("T")


class RosterRow(NamedTuple):
    """One list of those that were begun, for the page of papers."""

    id: str
    form_id: str
    state: State
    updated_at: datetime


class CaseQuery(NamedTuple):
    """Which applications are wanted, and in which order.

    Attributes:
        text: What was typed into the search box; empty for all.
        state: One state alone; None for all.
        forms: Only these papers; empty for all.
        offset: How many lines of the answer are left out before the first one returned.
    """

    text: str = ""
    state: State | None = None
    order: Order = "updated_at"
    is_descending: bool = True
    offset: int = 0
    limit: int = 50
    forms: tuple[str, ...] = ()


class CasePage(NamedTuple):
    """The lines asked for, and how many there are in all."""

    rows: tuple[CaseRow, ...]
    total: int


class StoredCase(NamedTuple):
    """A case as the store knows it, an application's or a list's: the value itself and what surrounds it.

    Attributes:
        choices: Rule id to (reading, reason, what it was about): how the clerk settled an open point.
        notes: Field id to the clerk's own remark on it, which no paper shows.
        number: The running number that acceptance gave it (受理编号); empty before.
    """

    id: str
    case: "Case"
    state: State
    office: str
    owner: str
    revision: int
    last_field: str
    created_at: datetime
    updated_at: datetime
    choices: Mapping[str, tuple[str, ...]] = {}
    notes: Mapping[str, str] = {}
    number: str = ""


class Unfinished(NamedTuple):
    """The draft that was edited last, and the field left last: empty when none was left yet."""

    case_id: str
    form_id: str
    name: str
    last_field: str
    updated_at: datetime


class FirstPage(NamedTuple):
    """What the first window shows before anything heavy is loaded.

    Attributes:
        desk: What who has signed in had open when the program was locked; None where it was closed.
    """

    settings: Mapping[str, Json]
    rows: tuple[CaseRow, ...]
    total: int
    unfinished: Unfinished | None
    desk: Mapping[str, Json] | None = None


class Changed(NamedTuple):
    """What one writing transaction has changed, for those who show it.

    Attributes:
        cases: Ids of cases that are new or different.
        gone: Ids of cases and rosters that are no more.
        rosters: Ids of rosters likewise.
        settings: Names of settings.
    """

    cases: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    rosters: frozenset[str] = frozenset()
    settings: frozenset[str] = frozenset()


class Written(NamedTuple, Generic[T]):
    """What a writing job gives: its answer, and what it has changed."""

    answer: T
    changed: Changed


class ChainFault(NamedTuple):
    """One place where the chain of events, or a case against it, does not hold.

    Attributes:
        replica_id: Whose chain; empty where a case is at fault.
        number: The event's number in its replica; 0 for the chain as a whole.
        case_id: The case whose state nobody recorded; empty otherwise.
    """

    replica_id: str
    number: int
    message: str
    case_id: str = ""
