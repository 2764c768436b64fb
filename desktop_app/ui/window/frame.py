"""The frame of the window: navigation at the left, the search box on top, room for one page.

It stands before anything else is loaded, so that the first window costs little more than an empty one. It knows no
store, no page and no menu.
"""

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.parts.labels import plain_label, wrapped_label
from desktop_app.ui.parts.look import NORMAL, STEP, Colours, ground, rule, sized, style_sheet
from desktop_app.ui.window.navigation import Navigation

TITLE: Final = "补贴申领表单"
# Qt.Key.Key_Escape and Qt.Key.Key_Down: its name space of constants is loaded after the first painting.
_ESCAPE, _DOWN = 0x01000000, 0x01000015


class Frame(QMainWindow):
    """An empty window that takes input: what is typed into the search box is searched for once the list is there."""

    painted = Signal()

    def __init__(self, colours: Colours) -> None:
        super().__init__()
        self.colours = colours
        self.setWindowTitle(TITLE)
        self._build_frame()
        self.dress_frame(colours)
        self.search.setFocus()

    def _build_frame(self) -> None:
        self.navigation = Navigation()
        self.office = plain_label(font=sized(NORMAL, is_bold=True))
        self.search = SearchBox()
        self.search.setObjectName("line")
        self.search.setPlaceholderText("姓名、拼音首字母、证件后四位、证书编号…   Ctrl+F")
        self.search.setAccessibleName("查找申请")
        self.search.setFixedWidth(46 * STEP)
        self.top = QWidget()
        self.top.setFixedHeight(6 * STEP)
        row = QHBoxLayout(self.top)
        row.setContentsMargins(2 * STEP, 0, 2 * STEP, 0)
        row.setSpacing(3 * STEP)
        row.addWidget(self.office)
        row.addWidget(self.search)
        row.addStretch(1)
        self.stack = QStackedWidget()
        self.column = column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.top)
        self.rule = rule(is_upright=False)
        column.addWidget(self.rule)
        column.addWidget(self.stack, 1)
        middle = _Middle(self)
        across = QHBoxLayout(middle)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.navigation)
        across.addLayout(column, 1)
        self.setCentralWidget(middle)

    def dress_frame(self, colours: Colours) -> None:
        """Take the colours of a light or dark desktop."""
        # Style sheets stand on the parts and never above the paper: they would repaint what is typed into.
        for part in (self.navigation, self.top):
            part.setStyleSheet(style_sheet(colours))
        ground(self.top, colours.frame)
        ground(self.rule, colours.line)
        self.navigation.dress(colours)

    def show_office(self, title: str, *, is_known: bool) -> None:
        """Show whose program this is; until an office is known, nothing but the page is offered."""
        self.office.setText(title)
        for part in (self.search, self.navigation, self.menuBar()):
            if part.isHidden() == is_known:
                part.setVisible(is_known)

    def refuse(self, sentence: str) -> None:
        """Say why the store cannot be used; nothing else is offered."""
        from PySide6.QtCore import Qt

        for part in (self.navigation, self.top, self.rule):
            part.hide()
        label = wrapped_label(sentence)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack.addWidget(label)
        self.stack.setCurrentWidget(label)


class SearchBox(QLineEdit):
    """The box that finds applications.

    Signals:
        given_up: Esc was pressed.
        left: ↓ goes to what was found.
    """

    given_up = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell of the keys that leave the box."""
        key = event.key()
        if key == _ESCAPE:
            self.given_up.emit()
        elif key == _DOWN:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class _Middle(QWidget):
    """Tells its window of the first painting."""

    def __init__(self, window: Frame) -> None:
        super().__init__()
        self._window: Frame | None = window

    def paintEvent(self, event: object) -> None:
        if self._window is not None:
            window, self._window = self._window, None
            QTimer.singleShot(0, window.painted.emit)
