"""A quiet table of plain records that are all at hand, with ticks where lines can be chosen.

What is fetched page by page has a model of its own (`case_model`); both are shown in the same `Table`.
"""

from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any, Final, Generic, NamedTuple, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView

from desktop_app.ui.lists.table import Table
from desktop_app.ui.parts.look import STEP, Colours, load_faces_for

T = TypeVar("T")

_ROW_HEIGHT: Final = 4 * STEP + STEP // 2
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Head(NamedTuple, Generic[T]):
    """One column.

    Attributes:
        text: What a record shows in it.
        width: In the window's own pixels; the last column takes what is left.
        is_right: As figures stand, at the right.
        colour: The name of a colour of the frame; empty for the usual one.
    """

    title: str
    text: Callable[[T], str]
    width: int
    is_right: bool = False
    colour: Callable[[T], str] = lambda _row: ""


class RowsModel(QAbstractTableModel, Generic[T]):
    """Records as lines; with ticks, the first column carries them.

    Signals:
        ticks_changed: Other lines are ticked now.
    """

    ticks_changed = Signal()

    def __init__(
        self,
        heads: Sequence[Head[T]],
        colours: Colours,
        *,
        has_ticks: bool = False,
        found_by: Callable[[T], Sequence[str]] = lambda _row: (),
    ) -> None:
        """Make it empty; `found_by` gives the capital letters by which a line is found where some are typed."""
        super().__init__()
        self._found_by = found_by
        self.rows: tuple[T, ...] = ()
        self._heads, self._colours = tuple(heads), colours
        self._ticks: list[bool] | None = [] if has_ticks else None

    def show_rows(
        self, rows: Sequence[T], heads: Sequence[Head[T]] | None = None, *, ticked: bool = True
    ) -> None:
        """Show these records, in other columns where some are given; where there are ticks, all or none has one."""
        self.beginResetModel()
        self.rows = tuple(rows)
        if heads is not None:
            self._heads = tuple(heads)
        if self._ticks is not None:
            self._ticks = [ticked] * len(self.rows)
        load_faces_for("".join(head.text(row) for row in self.rows for head in self._heads))
        self.endResetModel()
        self.ticks_changed.emit()

    def dress(self, colours: Colours) -> None:
        """Take the colours in which words are written."""
        self._colours = colours

    def ticked(self) -> tuple[T, ...]:
        """Return the records that are ticked, in their order."""
        return tuple(row for row, is_on in zip(self.rows, self._ticks or (), strict=False) if is_on)

    def tick(self, number: int) -> None:
        """Tick one line, or take its tick away."""
        if self._ticks is not None:
            self._ticks[number] = not self._ticks[number]
            self._tell_ticks()

    def tick_all(self) -> None:
        """Tick all, or none where all were ticked."""
        if self._ticks is not None:
            self._ticks = [not all(self._ticks)] * len(self._ticks)
            self._tell_ticks()

    def _tell_ticks(self) -> None:
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, 0))
        self.ticks_changed.emit()

    def match(
        self,
        start: QModelIndex | QPersistentModelIndex,
        role: int,
        value: Any,
        hits: int = 1,
        flags: Qt.MatchFlag = Qt.MatchFlag.MatchStartsWith,
    ) -> list[QModelIndex]:
        """Find the next line by the letters that were typed; the table asks so itself."""
        letters, count = str(value).upper(), len(self.rows)
        places = ((start.row() + step) % count for step in range(count))
        found = (
            at for at in places if any(each.startswith(letters) for each in self._found_by(self.rows[at]))
        )
        return [self.index(at, start.column()) for at in islice(found, max(hits, 1))]

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._heads)

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        has_tick = self._ticks is not None and index.column() == 0
        return flags | Qt.ItemFlag.ItemIsUserCheckable if has_tick else flags

    def setData(
        self, index: QModelIndex | QPersistentModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Take a tick that the mouse has set."""
        if role != Qt.ItemDataRole.CheckStateRole or self._ticks is None:
            return False
        self.tick(index.row())
        return True

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | QColor | Qt.AlignmentFlag | Qt.CheckState | None:
        row, head = self.rows[index.row()], self._heads[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return head.text(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if head.is_right else _LEFT
        if role == Qt.ItemDataRole.ForegroundRole and (name := head.colour(row)):
            return QColor(getattr(self._colours, name))
        if role == Qt.ItemDataRole.CheckStateRole and self._ticks is not None and index.column() == 0:
            return Qt.CheckState.Checked if self._ticks[index.row()] else Qt.CheckState.Unchecked
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | Qt.AlignmentFlag | None:
        if orientation != Qt.Orientation.Horizontal or section >= len(self._heads):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self._heads[section].is_right else _LEFT
        return None

    def set_widths(self, table: Table) -> None:
        """Give a table the widths of the columns."""
        for number, head in enumerate(self._heads):
            table.setColumnWidth(number, head.width)


def rows_table(model: RowsModel[Any], name: str) -> Table:
    """Return a quiet table of records; `name` is what a screen reader calls it."""
    table = Table()
    table.setAccessibleName(name)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
    table.horizontalHeader().setHighlightSections(False)
    table.horizontalHeader().setStretchLastSection(True)
    table.setModel(model)
    model.set_widths(table)
    model.modelReset.connect(lambda: model.set_widths(table))
    table.doubleClicked.connect(lambda index: table.row_opened.emit(index.row()))
    table.row_ticked.connect(model.tick)
    table.all_ticked.connect(model.tick_all)
    return table
