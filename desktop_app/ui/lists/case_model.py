"""The lines of the list of applications, fetched page by page as they come into sight.

The model holds a few pages and never everything. It does not know where pages come from: it asks by signal, and
takes only answers to what it asks for now.
"""

from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Signal
from PySide6.QtGui import QColor

from desktop_app.store.case_columns import COLUMNS, CaseRow
from desktop_app.store.records import CasePage, CaseQuery
from desktop_app.ui.parts.look import Colours, load_faces_for
from desktop_app.workflow.states import State

if TYPE_CHECKING:
    from PySide6.QtCore import Qt

PAGE_ROWS: Final = 64
_PAGES_KEPT: Final = 12
# Of Qt.ItemDataRole: its name space of constants is loaded after the list is painted.
_DISPLAY, _FOREGROUND, _ACCESSIBLE_TEXT = 0, 9, 11


class CaseModel(QAbstractTableModel):
    """A table of applications that asks for the pages it shows."""

    page_wanted = Signal(object)  # CaseQuery
    count_changed = Signal(int)

    def __init__(self, rows: Sequence[CaseRow], count: int) -> None:
        super().__init__()
        self.query = CaseQuery(limit=PAGE_ROWS)
        self.count = count
        self._pages: OrderedDict[int, tuple[CaseRow, ...]] = OrderedDict()
        self._asked: set[int] = set()
        self._colours: dict[State, QColor] = {}
        self._load_faces(rows)
        # Only whole pages are kept from the first reading; the last one may be short.
        for start in range(0, len(rows), PAGE_ROWS):
            page = tuple(rows[start : start + PAGE_ROWS])
            if len(page) == PAGE_ROWS or start + len(page) == count:
                self._pages[start // PAGE_ROWS] = page

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self.count

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = _DISPLAY) -> str | QColor | None:
        if role == _FOREGROUND and COLUMNS[index.column()].id == "state":
            row = self.row(index.row())
            return self._colours.get(row.state) if row is not None else None
        if role not in (_DISPLAY, _ACCESSIBLE_TEXT):
            return None
        row = self.row(index.row())
        return "…" if row is None else COLUMNS[index.column()].text(row)

    def headerData(self, section: int, orientation: "Qt.Orientation", role: int = _DISPLAY) -> str | None:
        """Return the head of a column, for those who read the table aloud; the one that is painted has its own."""
        from PySide6.QtCore import Qt

        is_head = orientation == Qt.Orientation.Horizontal and role in (_DISPLAY, _ACCESSIBLE_TEXT)
        return COLUMNS[section].head if is_head else None

    def sort_by(self, column: int, is_descending: bool) -> None:
        """Show the lines by a column, if the store can sort by it."""
        wanted = COLUMNS[column].order
        if wanted is not None:
            self._ask_anew(self.query._replace(order=wanted, is_descending=is_descending))

    def dress(self, colours: Colours) -> None:
        """Take the colours in which states are written."""
        self._colours = {"draft": QColor(colours.warn), "awaiting_signature": QColor(colours.focus)}

    def filter_state(self, state: State | None) -> None:
        """Show the applications of one state, or of all."""
        if state != self.query.state:
            self._ask_anew(self.query._replace(state=state))

    def search(self, text: str) -> None:
        """Show what answers to `text`; the lines stay until the answer comes."""
        if text.strip() != self.query.text:
            self._ask_anew(self.query._replace(text=text.strip()))

    def refresh(self, text: str | None = None) -> None:
        """Ask again for what is shown, or for what answers to `text`."""
        self._ask_anew(self.query if text is None else self.query._replace(text=text.strip()))

    def row(self, number: int) -> CaseRow | None:
        """Return one line, or None while it is being fetched."""
        page, place = divmod(number, PAGE_ROWS)
        rows = self._pages.get(page)
        if rows is None:
            self._ask(page)
            return None
        self._pages.move_to_end(page)
        return rows[place] if place < len(rows) else None

    def take(self, query: CaseQuery, answer: CasePage) -> None:
        """Take a page; one that nobody waits for any more is dropped."""
        page = query.offset // PAGE_ROWS
        if query._replace(offset=0) != self.query or (self._is_stale and page):
            return
        self._asked.discard(page)
        self._load_faces(answer.rows)
        if self._is_stale or answer.total != self.count:
            self.beginResetModel()
            self._pages.clear()
            self._is_stale = False
            self.count = answer.total
            self._pages[page] = answer.rows
            self.endResetModel()
            self.count_changed.emit(self.count)
            return
        self._pages[page] = answer.rows
        if len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)
        first = page * PAGE_ROWS
        self.dataChanged.emit(
            self.index(first, 0), self.index(first + len(answer.rows) - 1, len(COLUMNS) - 1)
        )

    _is_stale = False

    @staticmethod
    def _load_faces(rows: Sequence[CaseRow]) -> None:
        load_faces_for("".join(row.name + row.occupation for row in rows))

    def _ask_anew(self, query: CaseQuery) -> None:
        self.query = query
        self._is_stale = True
        self._asked.clear()
        self._ask(0)

    def _ask(self, page: int) -> None:
        if page not in self._asked:
            self._asked.add(page)
            self.page_wanted.emit(self.query._replace(offset=page * PAGE_ROWS))
