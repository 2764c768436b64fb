"""The findings in the panel: one list without a scroll bar of its own, what is fine folded away, a choice in its row.

It shows what it is given and tells which line was chosen; it decides nothing.
"""

from typing import Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListWidget, QListWidgetItem, QWidget

from desktop_app.ui.case.line_delegate import FIRST, LINE, LineDelegate, under_line
from desktop_app.ui.case.panel_lines import HEADS, PanelLine
from desktop_app.ui.parts.look import Colours

_FOLDED: Final = "pass"
_NO_FLAGS: Final = Qt.ItemFlag.NoItemFlags


class LineList(QListWidget):
    """Lines under their heads; a line that was chosen stays chosen when they are told anew.

    Signals:
        line_chosen: The line that was clicked or entered.
        line_shown: Where the line is that the keys went to, to be brought into sight.
    """

    line_chosen = Signal(object)
    line_shown = Signal(QRect)

    def __init__(self, colours: Colours, box: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[PanelLine, ...] = ()
        self._is_open = False  # whether what is fine is unfolded
        self._rule = ""  # whose row holds the box
        self._held, self._box_height = -1, 0  # that row's line, and the room below its words, in pixels
        self._box = box
        box.setParent(self.viewport())
        # A list's ground is another role, which its children would take over with its colours.
        box.setBackgroundRole(QPalette.ColorRole.Window)
        box.setForegroundRole(QPalette.ColorRole.WindowText)
        box.hide()
        self.setObjectName("findings")  # the line in use has the frame, not the list
        self.setAccessibleName("要补正和已核对的内容")
        self.setFrameShape(QFrame.Shape.NoFrame)
        for set_policy in (self.setHorizontalScrollBarPolicy, self.setVerticalScrollBarPolicy):
            set_policy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setAutoScroll(False)
        self.dress(colours)
        self.itemClicked.connect(self._choose)
        self.currentItemChanged.connect(lambda item, _old: self._tell_place(item))

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        self.setItemDelegate(LineDelegate(colours, self))

    def show_lines(self, found: tuple[PanelLine, ...]) -> None:
        """Show the lines under their heads."""
        if found == self._lines:
            return
        chosen = self._line_of(self.currentItem())
        self.blockSignals(True)
        self.clear()  # which lays out the old lines once more
        self._lines, self._held = found, -1
        for group, (sign, word) in HEADS.items():
            of_group = [line for line in found if line.group == group]
            if not of_group:
                continue
            head = QListWidgetItem(f"{sign} {word} {len(of_group)}")
            head.setData(LINE, group)
            if group != _FOLDED:
                head.setFlags(_NO_FLAGS)
            self.addItem(head)
            for at, line in enumerate(of_group):
                item = QListWidgetItem(line.message)
                item.setData(LINE, found.index(line))
                item.setData(FIRST, at == 0)
                under = under_line(line, is_first=at == 0)
                item.setData(
                    Qt.ItemDataRole.AccessibleTextRole, f"{word}：{line.message} {line.remedy} {under}"
                )
                self.addItem(item)
                item.setHidden(group == _FOLDED and not self._is_open)
                if line == chosen:
                    self.setCurrentItem(item)
        self.blockSignals(False)
        self._place_box()

    def line_at(self, index: int) -> PanelLine:
        """Return the line that an item's data names."""
        return self._lines[index]

    def room_below(self, index: int) -> int:
        """Return the height of what stands in a line below its words, in pixels."""
        return self._box_height if index == self._held else 0

    def framed_place(self) -> QRect:
        """Return where the frame of the line in use stands, in the viewport: round its words, without the box."""
        return self.framed_part(self.visualItemRect(self.currentItem()), self.currentItem().data(LINE))

    def framed_part(self, place: QRect, held: object) -> QRect:
        """Return the part of a line's place that its frame stands round."""
        below = self.room_below(held) if isinstance(held, int) else 0
        return place.adjusted(0, 0, 0, -below)

    def is_unfolded(self) -> bool:
        """Whether the lines of what is fine are shown."""
        return self._is_open

    def hold_box(self, rule: str) -> bool:
        """Open a place for the box in the line of a rule; without one there is none, and False comes back."""
        self._rule = rule
        item = self._item_of(rule)
        if item is not None:
            self._unfold(self._is_open or item.isHidden())
            self.setCurrentItem(item)
        self._place_box()
        return item is not None

    def box_place(self) -> QRect:
        """Return where the box stands with its line above it; the box alone matters where both are too high."""
        item = self._item_of(self._rule)
        return self._box.geometry() if item is None else self.visualItemRect(item)

    def take_focus(self) -> None:
        """Put the focus on the chosen line, or the first."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _item_of(self, rule: str) -> QListWidgetItem | None:
        for row in range(self.count()):
            line = self._line_of(self.item(row))
            if rule and line is not None and line.rule == rule:
                return self.item(row)
        return None

    def _line_of(self, item: QListWidgetItem | None) -> PanelLine | None:
        index = item.data(LINE) if item is not None else None
        return self._lines[index] if isinstance(index, int) else None

    def _place_box(self) -> None:
        """Keep room for the box below its line, and the list as high as its lines."""
        item = self._item_of(self._rule)
        self._box.setVisible(item is not None)
        self._held, self._box_height = -1, 0
        if item is not None:
            width = self.viewport().width()
            self._box.setFixedWidth(width)
            layout = self._box.layout()
            assert layout is not None
            self._held = item.data(LINE)
            self._box_height = max(layout.totalHeightForWidth(width), layout.totalSizeHint().height())
        self.fit()
        if item is not None:
            place = self.visualItemRect(item)
            place.setTop(place.bottom() + 1 - self._box_height)
            self._box.setGeometry(place)
            self._box.raise_()

    def fit(self) -> None:
        """Be as high as all lines: the panel scrolls as a whole."""
        self.scheduleDelayedItemsLayout()
        rows = [row for row in range(self.count()) if not self.item(row).isHidden()]
        self.setFixedHeight(
            sum(self.sizeHintForIndex(self.indexFromItem(self.item(row))).height() for row in rows) + 4
        )
        self.doItemsLayout()

    def _unfold(self, is_open: bool) -> None:
        self._is_open = is_open
        for row in range(self.count()):
            line = self._line_of(self.item(row))
            if line is not None and line.group == _FOLDED:
                self.item(row).setHidden(not is_open)

    def _choose(self, item: QListWidgetItem) -> None:
        line = self._line_of(item)
        if line is not None:
            self.line_chosen.emit(line)
        elif item.data(LINE) == _FOLDED:
            self._unfold(not self._is_open)
            self._place_box()
            self.viewport().update()

    def _tell_place(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        place = self.visualItemRect(item)
        self.line_shown.emit(QRect(self.viewport().mapTo(self, place.topLeft()), place.size()))

    def _usable(self, row: int) -> bool:
        item = self.item(row)
        return bool(item.flags() & Qt.ItemFlag.ItemIsEnabled) and not item.isHidden()

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Go from line to line, never to a head that does nothing."""
        usable = [row for row in range(self.count()) if self._usable(row)]
        if not usable:
            return QModelIndex()
        here = self.currentRow()
        cursor = QAbstractItemView.CursorAction
        at = usable.index(here) if here in usable else -1
        match action:
            case cursor.MoveHome:
                at = 0
            case cursor.MoveEnd:
                at = len(usable) - 1
            case cursor.MovePageUp | cursor.MovePageDown:
                at = max(0, min(at + (5 if action == cursor.MovePageDown else -5), len(usable) - 1))
            case cursor.MoveUp | cursor.MoveLeft | cursor.MovePrevious:
                at = max(at - 1, 0)
            case _:
                at = min(at + 1, len(usable) - 1)
        return self.indexFromItem(self.item(usable[at]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses a line, and folds or unfolds at the head of what is fine."""
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self._choose(item)
            event.accept()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A focus that no line shows would be nowhere."""
        super().focusInEvent(event)
        row = self.currentRow()
        if not 0 <= row < self.count() or not self._usable(row):
            row = next((each for each in range(self.count()) if self._usable(each)), -1)
        self.setCurrentRow(row, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if row >= 0 and event.reason() != Qt.FocusReason.MouseFocusReason:
            self._tell_place(self.item(row))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._place_box()
