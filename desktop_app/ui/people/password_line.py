"""The fields in which people write who they are: a login, and a password that nobody can read on the screen."""

from typing import Final, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from desktop_app.ui.parts.look import STEP

CAPITALS: Final = "大写锁定（Caps Lock）开着。"
WIDTH: Final = 40 * STEP
_SHIFT: Final = 0x02000000  # Qt.KeyboardModifier.ShiftModifier
_Line = TypeVar("_Line", bound=QLineEdit)


def line(name: str, hint: str = "", text: str = "") -> QLineEdit:
    """Return a field for a line of text."""
    return _set_up(QLineEdit(text), name, hint)


class PasswordLine(QLineEdit):
    """Takes a password. Qt shows dots, keeps it out of the clipboard and turns input methods off here.

    Signals:
        capitals_seen: A letter came as it does with Caps Lock on, or as it does without.
    """

    capitals_seen = Signal(bool)

    def __init__(self, name: str, hint: str = "") -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)
        _set_up(self, name, hint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Look at the letter before it is taken in."""
        letter = event.text()
        if len(letter) == 1 and letter.isascii() and letter.isalpha():
            has_shift = bool(event.modifiers().value & _SHIFT)
            self.capitals_seen.emit(letter.isupper() != has_shift)
        super().keyPressEvent(event)


def _set_up(made: _Line, name: str, hint: str) -> _Line:
    made.setObjectName("line")
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    made.setFixedWidth(WIDTH)
    return made
