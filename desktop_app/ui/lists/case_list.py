"""The list of applications: a quiet table, its filter in words, its count, and what to do when it is empty."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.store.case_columns import COLUMNS, CaseRow
from desktop_app.store.records import CasePage, CaseQuery, Json
from desktop_app.ui.lists.case_model import CaseModel
from desktop_app.ui.lists.table import Table
from desktop_app.ui.parts.buttons import push_button
from desktop_app.ui.parts.labels import centred_label, plain_label
from desktop_app.ui.parts.look import LARGE, STEP, Colours, sized, style_sheet, tint
from desktop_app.ui.parts.notice import Notice
from desktop_app.workflow.states import OPEN_STATES, STATE_LABELS

if TYPE_CHECKING:
    from PySide6.QtCore import Qt

_ROW_HEIGHT = 5 * STEP
# Of Qt.AlignmentFlag: its name space of constants is loaded after the list is painted.
_LEFT_MIDDLE = 0x81
_NEWEST: Final = next(at for at, column in enumerate(COLUMNS) if column.id == "updated_at")
_UNCOUNTED: Final = 9  # columns, where their count was not kept yet
_EMPTY = "还没有申请。按 Ctrl+N 新建一份。"
_NOTHING_FOUND = "没有找到。请换姓名、拼音首字母、证件后四位或证书编号再试。"


class CaseList(QWidget):
    """The page 受理."""

    case_chosen = Signal(str)
    page_wanted = Signal(object)  # CaseQuery
    columns_changed = Signal(str)
    new_wanted = Signal()
    discard_wanted = Signal(object)  # CaseRow

    def __init__(
        self,
        rows: tuple[CaseRow, ...],
        count: int,
        columns: Json,
        parent: QWidget | None = None,
        writes: bool = True,
    ) -> None:
        super().__init__(parent)
        self.notice = Notice(is_dressed=True)
        self.notice.focus_left.connect(self.take_focus)
        self.model = CaseModel(rows, count)
        self.words = plain_label()
        self.states = QComboBox()
        self.states.setAccessibleName("按状态筛选")
        self.states.addItem("全部状态", None)
        for state in OPEN_STATES:
            self.states.addItem(STATE_LABELS[state], state)
        self.states.activated.connect(lambda _at: self.model.filter_state(self.states.currentData()))
        self.choose_columns = push_button("选择列", "plain")
        self.choose_columns.setToolTip("选择列表里显示哪些列")
        self.choose_columns.clicked.connect(self._choose_columns)
        self.new = push_button("新建申请  Ctrl+N", "main_act")
        self.new.setAccessibleName("新建申请")
        self.new.setToolTip("新建申请 Ctrl+N")
        self.new.clicked.connect(self.new_wanted)
        self.new.setVisible(writes)
        self._nothing = _EMPTY if writes else "还没有申请。"
        self.model.page_wanted.connect(self.page_wanted)
        self.model.count_changed.connect(lambda _count: self._say_count())
        self.table = self._table(columns)
        self.empty = centred_label(self._nothing, sized(LARGE))

        head = QHBoxLayout()
        head.setContentsMargins(2 * STEP, STEP, 2 * STEP, STEP)
        head.addWidget(self.words, 1)
        head.addWidget(self.states)
        head.addWidget(self.choose_columns)
        head.addWidget(self.new)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP // 2)
        column.addWidget(self.notice)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        self._say_count()

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        self.setStyleSheet(style_sheet(colours))
        for label in (self.words, self.empty):
            tint(label, colours.quiet)
        self.notice.dress(colours)
        self.model.dress(colours)

    def search(self, text: str) -> None:
        """Show what answers to the search box."""
        self.model.search(text)

    def search_anew(self, text: str) -> None:
        """Read the lines anew, whether or not something else is searched for."""
        self.model.refresh(text)

    def take(self, query: CaseQuery, page: CasePage) -> None:
        """Show a page that was asked for."""
        chosen = self.chosen_row()
        self.model.take(query, page)
        if self.model.count and not self.table.currentIndex().isValid():
            same = next((at for at, row in enumerate(page.rows) if chosen and row.id == chosen.id), 0)
            self.table.setCurrentIndex(self.model.index(same, self._first_column()))
        if self.table.hasFocus() and not self.model.count:
            self.new.setFocus()
        self._say_count()
        if self.new.hasFocus() and self.model.count:
            self.take_focus()

    def take_focus(self) -> None:
        """Put the focus on the lines."""
        if self.model.count and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, self._first_column()))
        (self.table if self.model.count else self.new).setFocus()

    def open_first(self) -> None:
        """Open the chosen line, or the first."""
        self._open(max(self.table.currentIndex().row(), 0))

    def _table(self, columns: Json) -> Table:
        table = Table()
        table.setAccessibleName("申请列表")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        # The heads stand in Qt's own model: what Qt asks of ours by its orientation loads the name space.
        head = table.horizontalHeader()
        heads = QStandardItemModel(0, len(COLUMNS), head)
        heads.setHorizontalHeaderLabels([column.head for column in COLUMNS])
        head.hide()
        table.setModel(self.model)
        head.setModel(heads)
        head.show()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        head.setProperty("defaultAlignment", _LEFT_MIDDLE)
        head.setHighlightSections(False)
        head.setSectionsMovable(True)
        head.setStretchLastSection(True)
        for number, column in enumerate(COLUMNS):
            table.setColumnWidth(number, column.width)
            table.setColumnHidden(number, not column.is_shown)
        if isinstance(columns, str) and columns:
            count, _, state = columns.rpartition(":")
            head.restoreState(QByteArray.fromBase64(state.encode("ascii")))
            # Qt shows every column that it has not kept; those that came since stand as in a list nobody arranged.
            for number, column in enumerate(COLUMNS[int(count or _UNCOUNTED) :], int(count or _UNCOUNTED)):
                table.setColumnWidth(number, column.width)
                table.setColumnHidden(number, not column.is_shown)
        # What was kept may name another column: the lines are always shown the newest first to begin with.
        head.setSortIndicatorShown(False)
        for changed in (head.sectionResized, head.sectionMoved):
            changed.connect(lambda *_: self._tell_columns())
        table.doubleClicked.connect(lambda index: self._open(index.row()))
        table.row_opened.connect(self._open)
        table.row_discarded.connect(self._discard)
        return table

    def point_to_newest(self) -> None:
        """Show by a sign that the newest stand on top, and let each head sort; to be called once."""
        from PySide6.QtCore import Qt

        head = self.table.horizontalHeader()
        head.setSortIndicator(_NEWEST, Qt.SortOrder.DescendingOrder)
        # Connected by hand: setSortingEnabled would sort, and so ask the store, at once.
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.sortIndicatorChanged.connect(self._sort)

    def _sort(self, column: int, order: "Qt.SortOrder") -> None:
        self.model.sort_by(column, order.name == "DescendingOrder")
        self._tell_columns()

    def _open(self, number: int) -> None:
        row = self.model.row(number) if number < self.model.count else None
        if row is not None:
            self.case_chosen.emit(row.id)

    def chosen_row(self) -> CaseRow | None:
        """Return the line that is chosen, if its content is at hand."""
        at = self.table.currentIndex()
        return self.model.row(at.row()) if at.isValid() and self.model.count else None

    def _discard(self, number: int) -> None:
        row = self.model.row(number)
        if row is not None:
            self.discard_wanted.emit(row)

    def _first_column(self) -> int:
        return next((at for at in range(len(COLUMNS)) if not self.table.isColumnHidden(at)), 0)

    def _say_count(self) -> None:
        text, count, state = self.model.query.text, self.model.count, self.model.query.state
        about = f"查找“{text}”" if text else "全部申请"
        of_state = f"，{STATE_LABELS[state]}" if state else ""
        self.words.setText(f"{about}{of_state}：{count} 份" if text or state or count else "")
        nothing = f"没有{STATE_LABELS[state]}的申请。" if state else self._nothing
        self.empty.setText(_NOTHING_FOUND if text else nothing)
        self._stack.setCurrentWidget(self.table if count else self.empty)
        self.choose_columns.setVisible(bool(count))
        self.states.setVisible(bool(count or text or state))

    def _choose_columns(self) -> None:
        menu = QMenu(self)
        for number, column in enumerate(COLUMNS):
            act = menu.addAction(column.head)
            act.setCheckable(True)
            act.setChecked(not self.table.isColumnHidden(number))
            act.setEnabled(number != 0)
            act.toggled.connect(lambda is_shown, at=number: self._show_column(at, is_shown))
        menu.exec(self.choose_columns.mapToGlobal(self.choose_columns.rect().bottomLeft()))

    def _show_column(self, number: int, is_shown: bool) -> None:
        self.table.setColumnHidden(number, not is_shown)
        self._tell_columns()

    def _tell_columns(self) -> None:
        state = self.table.horizontalHeader().saveState()
        self.columns_changed.emit(f"{len(COLUMNS)}:{bytes(state.toBase64().data()).decode('ascii')}")
