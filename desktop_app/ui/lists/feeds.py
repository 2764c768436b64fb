"""How lists come by their lines: they ask the store's door, and ask again when something was written.

A list that is not shown is not read; it is read when it is shown.
"""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject

from desktop_app.store import jobs
from desktop_app.store.records import CasePage, CaseQuery, Changed
from desktop_app.ui.jobs.lane import Ticket
from desktop_app.ui.jobs.store_door import StoreDoor
from desktop_app.ui.lists.case_list import CaseList

if TYPE_CHECKING:
    from desktop_app.ui.lists.forms_page import FormsPage

_BEGUN: Final = 20  # lists shown on the page of papers


class CaseFeed(QObject):
    """Brings the list of applications its lines, page by page."""

    def __init__(self, page: CaseList, door: StoreDoor) -> None:
        super().__init__(page)
        self._page, self._door = page, door
        self._query: CaseQuery | None = None
        self._asked: list[Ticket] = []
        page.page_wanted.connect(self._fetch)
        door.changed.connect(self._refresh)

    def _fetch(self, query: CaseQuery) -> None:
        """Fetch a page; what was asked for an earlier list of lines is left out, for something else was typed since."""
        lines = query._replace(offset=0)
        if lines != self._query:
            for ticket in self._asked:
                ticket.drop()
            self._query, self._asked = lines, []

        def take(answer: CasePage) -> None:
            self._page.take(query, answer)

        self._asked.append(self._door.read(jobs.list_cases, query, then=take))

    def _refresh(self, changed: Changed) -> None:
        if (changed.cases or changed.gone) and self._page.isVisible():
            self._page.model.refresh()


class BegunFeed(QObject):
    """Brings the page of papers the lists that were begun lately."""

    def __init__(self, page: "FormsPage", door: StoreDoor) -> None:
        super().__init__(page)
        self._page, self._door = page, door
        page.installEventFilter(self)
        door.changed.connect(self._refresh)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Read them anew when they are shown: other programs write too."""
        if event.type() == QEvent.Type.Show:
            self._read()
        return super().eventFilter(watched, event)

    def _read(self) -> None:
        self._door.read(jobs.list_rosters, _BEGUN, then=self._page.show_begun)

    def _refresh(self, changed: Changed) -> None:
        if (changed.rosters or changed.gone) and self._page.isVisible():
            self._read()
