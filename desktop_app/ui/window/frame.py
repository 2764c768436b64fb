"""The frame of the window: room for one page, and around it navigation and search, once somebody has signed in.

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
from desktop_app.ui.parts.look import (
    NORMAL,
    STEP,
    Colours,
    ground,
    load_faces_for,
    rule,
    sized,
    style_sheet,
    tint,
)
from desktop_app.ui.window.navigation import Navigation
from desktop_app.workflow.roles import Actor, roles_list

TITLE: Final = "补贴申领表单"
# Qt.Key.Key_Escape and Qt.Key.Key_Down: its name space of constants is loaded after the first painting.
_ESCAPE, _DOWN = 0x01000000, 0x01000015


class Frame(QMainWindow):
    """An empty window that takes a page, and is furnished with all that stands around one.

    Signals:
        painted: For the first time.
    """

    painted = Signal()
    # What `furnish` brings.
    navigation: Navigation
    search: "SearchBox"

    def __init__(self, colours: Colours) -> None:
        super().__init__()
        self.colours = colours
        self.is_furnished = False
        self.setWindowTitle(TITLE)
        self.stack = QStackedWidget()
        self.column = QVBoxLayout()
        self.column.setSpacing(0)
        self.column.addWidget(self.stack, 1)
        middle = _Middle(self)
        self._across = QHBoxLayout(middle)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(0)
        self._across.addLayout(self.column, 1)
        self.setCentralWidget(middle)

    def furnish(self) -> None:
        """Put navigation and search box around the page, out of sight; a second call does nothing."""
        if self.is_furnished:
            return
        self.is_furnished = True
        self.navigation = Navigation()
        self.office = plain_label(font=sized(NORMAL, is_bold=True))
        self.person = plain_label()
        self.person.setAccessibleName("登录的人")
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
        row.addWidget(self.person)
        self.rule = rule(is_upright=False)
        for part in (self.navigation, self.top, self.rule):
            part.hide()
        self.dress_frame(self.colours)
        self.column.insertWidget(0, self.top)
        self.column.insertWidget(1, self.rule)
        self._across.insertWidget(0, self.navigation)

    def dress_frame(self, colours: Colours) -> None:
        """Take the colours of a light or dark desktop, on every page too."""
        for at in range(self.stack.count()):
            dress = getattr(self.stack.widget(at), "dress", None)  # what refuses has none
            if dress is not None:
                dress(colours)
        if not self.is_furnished:
            return
        # Style sheets stand on the parts and never above the paper: they would repaint what is typed into.
        for part in (self.navigation, self.top):
            part.setStyleSheet(style_sheet(colours))
        ground(self.top, colours.frame)
        ground(self.rule, colours.line)
        self.navigation.dress(colours)
        tint(self.person, colours.quiet)

    def show_alone(self, page: QWidget) -> None:
        """Show a page that stands before all others: of who signs in, or sets the program up."""
        before = self.stack.currentWidget()
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        page.take_focus()  # type: ignore[attr-defined]  # as every page has it
        if before is not None:
            # A page of this kind holds what was typed into it: passwords.
            self.stack.removeWidget(before)
            before.deleteLater()

    def show_office(self, title: str, *, is_known: bool) -> None:
        """Show whose program this is; until an office is known, nothing but the page is offered."""
        self.office.setText(title)
        for part in (self.navigation, self.top, self.rule, self.menuBar()):
            if part.isHidden() == is_known:
                part.setVisible(is_known)

    def show_person(self, actor: Actor) -> None:
        """Show who has signed in, and the search to who may read."""
        load_faces_for(actor.name)
        self.person.setText(f"{actor.name}（{roles_list(actor.roles)}）")
        self.search.setVisible(actor.may("read"))

    def refuse(self, sentence: str) -> None:
        """Say why the store cannot be used; nothing else is offered."""
        from PySide6.QtCore import Qt

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
