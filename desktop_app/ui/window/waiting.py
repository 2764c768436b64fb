"""The figures in the navigation: how many applications wait for the clerk, counted anew after each write."""

from functools import partial

from PySide6.QtCore import QObject

from desktop_app.store import jobs
from desktop_app.store.records import Changed
from desktop_app.ui.jobs.lane import Ticket
from desktop_app.ui.jobs.store_door import StoreDoor
from desktop_app.ui.window.navigation import Navigation
from desktop_app.workflow.queues import QUEUES


class Waiting(QObject):
    """Counts beside the window, and shows the figure."""

    def __init__(self, navigation: Navigation, door: StoreDoor) -> None:
        super().__init__(navigation)
        self._door = door
        self._show = partial(navigation.show_waiting, "cases")
        self._ticket: Ticket | None = None
        door.opened.connect(self.count)
        door.changed.connect(self._recount)

    def count(self) -> None:
        """Count; a count that was asked for before and has not begun is left out."""
        if self._ticket is not None:
            self._ticket.drop()
        states = QUEUES[0].states
        self._ticket = self._door.read_long(jobs.count_cases, states, then=self._show)

    def _recount(self, changed: Changed) -> None:
        if changed.cases or changed.gone:
            self.count()
