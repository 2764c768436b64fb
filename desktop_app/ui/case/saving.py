"""Saving one paper as it is filled in: what is on the disk, what waits for it, what was refused.

It knows cases and the door to the store, and no widget but who is told.
"""

from collections.abc import Callable
from typing import Final, NamedTuple

from desktop_app.case import Case
from desktop_app.ui.jobs.lane import Ticket
from desktop_app.ui.jobs.store_door import Draft, StoreDoor
from desktop_app.workflow.states import State

# How long leaving a field may wait for the disk, in seconds. A commit takes some milliseconds; the wait is longer only
# where the disk is slow or the store is still being opened, and then nothing typed may be lost either.
_PATIENCE: Final = 2.0


class Desk(NamedTuple):
    """Who fills in: the office's code and the clerk or window, as the store knows them."""

    office: str
    owner: str


class Saving:
    """The saves of one paper, in the order in which they were asked for.

    Attributes:
        waiting: How many saves have not been answered yet.
    """

    def __init__(
        self, door: StoreDoor, desk: Desk, case: Case, case_id: str, on_saved: Callable[[bool], None]
    ) -> None:
        self._door, self._desk, self._on_saved = door, desk, on_saved
        self._draft = Draft(case_id)
        self._case, self._field = case, ""
        self._ticket: Ticket | None = None
        self._is_touched = False  # looking at a draft is no change of it
        self.waiting = 0

    @property
    def case_id(self) -> str:
        """The stored application's id; empty before the first save."""
        return self._draft.case_id

    @property
    def last_field(self) -> str:
        """The field that the last save named."""
        return self._field

    @property
    def has_fault(self) -> bool:
        """Whether the last save was refused; the next one tries again."""
        return self._ticket is not None and self._ticket.error is not None

    def begin_with(self, case: Case) -> None:
        """Take a case as what the paper says untouched: what the program itself fills in makes no draft."""
        self._case = case

    def is_on_disk(self, case: Case) -> bool:
        """Whether a case is what was saved, and nothing waits."""
        return self.waiting == 0 and not self.has_fault and self._case == case

    def save(self, case: Case, field_id: str, *, is_wanted: bool = False) -> None:
        """Save a case and the field to go on with, where either is new; `is_wanted` saves in any case."""
        self._is_touched |= case != self._case
        is_known = case == self._case and (not self._is_touched or field_id == self._field)
        if is_known and not is_wanted and not self.has_fault:
            return
        self._case, self._field = case, field_id
        self.waiting += 1
        self._ticket = self._door.save_case(
            self._draft,
            case,
            self._desk.office,
            self._desk.owner,
            field_id,
            lambda _case_id: self._answered(True),
            lambda _sentence: self._answered(False),
        )
        self._ticket.wait(_PATIENCE)

    def wait(self) -> bool:
        """Wait for the disk and say whether everything is there."""
        # The ticket itself is asked: what came of it reaches the window only with its next turn.
        return self._ticket is None or self._ticket.wait(10)

    def perform(self, act: str, on_done: Callable[[State], None], on_refused: Callable[[str], None]) -> None:
        """Do an act on the application; told with its new state once that is on the disk."""
        self._door.perform(self.case_id, act, {}, on_done, on_refused)

    def _answered(self, is_saved: bool) -> None:
        self.waiting -= 1
        self._on_saved(is_saved)
