"""The dark strip at the left: the rooms that exist, each with a word and, where something waits, a figure."""

from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop_app.ui.parts.look import STEP, Colours, ground
from desktop_app.ui.window.pages import PAGES

ROOMS: Final = tuple((page.id, page.word) for page in PAGES if page.word)
_WIDTH: Final = 88
# Qt.Key.Key_Up and Qt.Key.Key_Down: its name space of constants is loaded after the first painting.
_UP, _DOWN = 0x01000013, 0x01000015


class Room(QPushButton):
    """The entry of a room. Arrow keys only move between rooms; Enter, the space bar or a click opens one."""

    moved = Signal(int)  # rooms down

    def nextCheckState(self) -> None:
        """Stay as it is: the window marks the room that is open."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrow keys."""
        if event.key() in (_UP, _DOWN):
            self.moved.emit(1 if event.key() == _DOWN else -1)
        else:
            super().keyPressEvent(event)


class Navigation(QWidget):
    """Chooses the room; those that are no daily work stand at the foot."""

    room_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(_WIDTH)
        self.setAccessibleName("导航")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, STEP, 0, STEP)
        column.setSpacing(0)
        self.rooms: dict[str, Room] = {}
        for room, word in ROOMS:
            if room == "backup":
                column.addStretch(1)
            button = Room(word)
            button.setObjectName("room")
            button.setCheckable(True)
            button.setAutoDefault(True)
            button.setAccessibleName(word)
            button.clicked.connect(lambda _checked, chosen=room: self.room_chosen.emit(chosen))
            button.moved.connect(self._move)
            column.addWidget(button)
            self.rooms[room] = button

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        ground(self, colours.navigation)

    def offer(self, rooms: Iterable[str]) -> None:
        """Offer these rooms and no others."""
        for name, button in self.rooms.items():
            button.setVisible(name in rooms)

    def show_room(self, room: str) -> None:
        """Mark the room that is open."""
        if room in self.rooms:
            for name, button in self.rooms.items():
                button.setChecked(name == room)

    def show_waiting(self, room: str, count: int) -> None:
        """Show how many things wait in a room; 0 shows no figure."""
        word = dict(ROOMS)[room]
        self.rooms[room].setText(f"{word}  {count}" if count else word)
        self.rooms[room].setAccessibleName(f"{word}，{count} 份待办" if count else word)
        self.rooms[room].setToolTip(f"{count} 份草稿和待签字的申请" if count else "")

    def take_focus(self) -> None:
        """Put the focus on the open room."""
        offered = self._offered()
        next((each for each in offered if each.isChecked()), offered[0]).setFocus()

    def _move(self, rooms_down: int) -> None:
        buttons = self._offered()
        at = next(number for number, each in enumerate(buttons) if each.hasFocus())
        buttons[min(max(at + rooms_down, 0), len(buttons) - 1)].setFocus()

    def _offered(self) -> list[Room]:
        return [each for each in self.rooms.values() if not each.isHidden()]
