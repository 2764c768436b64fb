"""What a window asks of the store about lists that are made of applications: publicity lists and payment lists alike.

Plain records and one plain function for each question and each change, as in `jobs`: each takes the session of its
transaction first and imports what it needs when it is run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from desktop_app.store.records import Changed, Written
from desktop_app.workflow.states import State

if TYPE_CHECKING:
    from sqlalchemy.orm import Session as Session

    from desktop_app.case import Answer
    from desktop_app.store.list_acts import Outcomes
    from desktop_app.workflow.acts import Act
    from desktop_app.workflow.posting import Posting


class WaitingLine(NamedTuple):
    """An application that waits to be listed.

    Attributes:
        listed: What a line of the list would say of it, by field id.
        amount: What was decided for it, in yuan.
        since: The day from which it waits.
        due: Until when it is to be listed; None where no period runs.
    """

    case_id: str
    number: str
    name: str
    listed: Mapping[str, Answer]
    amount: Decimal
    since: date | None
    due: date | None


class Waiting(NamedTuple):
    """What waits to be listed, the longest first, and what the list would be called."""

    lines: tuple[WaitingLine, ...]
    suggested_name: str


class ListDeed(NamedTuple):
    """One thing that was done on a list.

    Attributes:
        by: The name of who did it.
        on: The day on which it was done.
        given: What was given for it, as JSON keeps it.
    """

    act: str
    by: str
    on: date
    given: Mapping[str, object]


class MadeList(NamedTuple):
    """One list, as a line of the page and as the head of what stands on it.

    Attributes:
        persons: How many stand on it, those who left it too.
        sum: Of all its lines as they were listed, in yuan.
        states: How many of its applications stand in which state, those that left it too, in the order of states.
        places: How many keep their place on it.
        objections: How many stand under an objection now.
        deeds: Everything that was done on it, its making first.
        posting: The days of its publicity; None before it is posted, and for another kind of list.
        acts: What who is signed in may do on it now.
    """

    id: str
    kind: str
    name: str
    region: str
    made_by: str
    made_on: date
    persons: int
    sum: Decimal
    states: tuple[tuple[State, int], ...]
    places: int
    objections: int
    deeds: tuple[ListDeed, ...]
    posting: Posting | None
    acts: tuple[Act, ...]

    def last(self, act_id: str) -> ListDeed | None:
        """Return the newest deed of an act on it; None where there was none."""
        return next((deed for deed in reversed(self.deeds) if deed.act == act_id), None)


class Objection(NamedTuple):
    """What somebody said against an application while its list was posted.

    Attributes:
        outcome: The act by which it was settled; empty while it is open.
        finding: What was found; empty while it is open.
    """

    by: str
    on: str
    what: str
    outcome: str = ""
    finding: str = ""


class ListLine(NamedTuple):
    """One application on a list.

    Attributes:
        listed: What the list says of it, by field id, as it was when the list was made.
        has_place: It keeps its place; else it has left the list.
        initials: Of the name's pinyin, by which a line is found in two keys.
        objections: Everything that was said against it, in order.
    """

    case_id: str
    revision: int
    number: str
    name: str
    state: State
    listed: Mapping[str, Answer]
    amount: Decimal
    has_place: bool
    initials: tuple[str, ...]
    objections: tuple[Objection, ...] = ()


class Listed(NamedTuple):
    """A list with its lines, in their order."""

    head: MadeList
    lines: tuple[ListLine, ...]


class Found(NamedTuple):
    """A person on a list."""

    list_id: str
    list_name: str
    line: ListLine


def waiting(session: Session, kind: str, day: date) -> Waiting:
    """Return what waits in this office to be listed, and a name that no list has yet."""
    from desktop_app.store import listed

    return listed.waiting(session, kind, day)


def lists_of_kind(session: Session, kind: str, limit: int = 60) -> tuple[MadeList, ...]:
    """Return the lists of a kind, those with work left first, then the newest first."""
    from desktop_app.store import listed

    return listed.lists_of_kind(session, kind, limit)


def one_list(session: Session, list_id: str) -> Listed:
    """Return a list with its lines and the state of each application.

    Raises:
        StoreFault: There is none.
    """
    from desktop_app.store import listed

    return listed.one_list(session, list_id)


def find_on_lists(session: Session, kind: str, text: str, limit: int = 20) -> tuple[Found, ...]:
    """Return the persons on lists of a kind who answer to a name, its initials or a number; the newest lists first."""
    from desktop_app.store import listed

    return listed.find_on_lists(session, kind, text, limit)


def make_list(
    session: Session, name: str, kind: str, case_ids: Sequence[str] | None, now: datetime
) -> Written[Outcomes]:
    """Make a list of these applications, or of all of the office that wait."""
    from desktop_app.store import list_acts
    from desktop_app.store.settings import settings

    office = str(settings(session).get("office.code") or "")
    made = list_acts.make_list(session, name, kind, case_ids, office, now)
    return Written(made, _changed(made))


def do_on_list(
    session: Session, act_id: str, list_id: str, given: Mapping[str, object], now: datetime
) -> Written[Outcomes]:
    """Do an act on a list; answers for each application.

    Where none may move nothing has changed, and the answers say why for each.

    Raises:
        Refused: Something stands against it as a whole.
    """
    from desktop_app.store import list_acts

    try:
        done = list_acts.do_on_list(session, act_id, list_id, given, now)
    except list_acts.NoneMoved as refused:
        return Written(refused.answers, Changed())  # each was refused before anything was written
    return Written(done, _changed(done))


def send_list(session: Session, list_id: str, given: Mapping[str, object], now: datetime) -> Written[None]:
    """Record that a list went from one organ to another."""
    from desktop_app.store import list_acts

    list_acts.send_list(session, list_id, given, now)
    return Written(None, Changed(rosters=frozenset((list_id,))))


def record_export(
    session: Session, list_id: str, form_id: str, version: str, file_name: str, now: datetime
) -> Written[None]:
    """Record that a copy of a list was written to a file: which paper, and the file's name without its folder."""
    from desktop_app.store import listed

    listed.record_export(session, list_id, form_id, version, file_name, now)
    return Written(None, Changed(rosters=frozenset((list_id,))))


def _changed(outcomes: Outcomes) -> Changed:
    return Changed(
        cases=frozenset(each.case_id for each in outcomes.cases), rosters=frozenset((outcomes.list_id,))
    )
