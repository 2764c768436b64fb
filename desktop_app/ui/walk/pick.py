"""A few things in sight to choose from, each with the figure that chooses it: one of them, or several.

Words too long for a line are broken; a button breaks none by itself. It tells what a key asks for and decides nothing.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QCheckBox, QRadioButton, QVBoxLayout, QWidget

from desktop_app.ui.parts.look import NORMAL, STEP, sized

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CLEARING = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_BOX = 5 * STEP  # pixels beside the words: the square, the room around, the bar of the panel
_NARROWEST = 26 * STEP


class Pick(QWidget):
    """Choices below each other, one stop of the Tab key.

    Signals:
        asked: "answered" by a figure that chose the one, "next" by Enter.
        changed: Something else is chosen now.
    """

    asked = Signal(str)
    changed = Signal()

    def __init__(
        self, label: str, words: Sequence[str], *, is_many: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._words, self._is_many, self._width = tuple(words), is_many, 0
        self._group = QButtonGroup(self)
        self._group.setExclusive(not is_many)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.buttons: list[QAbstractButton] = []
        for at, word in enumerate(self._words):
            button = QCheckBox() if is_many else QRadioButton()
            button.setFont(sized(NORMAL - 1))
            button.setAccessibleName(f"{label}，{word}")
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if at == 0 else Qt.FocusPolicy.ClickFocus)
            button.installEventFilter(self)
            button.toggled.connect(self.changed)
            self._group.addButton(button, at)
            column.addWidget(button)
            self.buttons.append(button)
        if self.buttons:
            self.setFocusProxy(self.buttons[0])
        self._break_words(_NARROWEST)

    def chosen(self) -> tuple[int, ...]:
        """Return which ones are chosen."""
        return tuple(at for at, button in enumerate(self.buttons) if button.isChecked())

    def choose(self, chosen: Sequence[int]) -> None:
        """Choose these and nothing else."""
        self._group.setExclusive(False)
        for at, button in enumerate(self.buttons):
            button.setChecked(at in chosen)
        self._group.setExclusive(not self._is_many)

    def take_focus(self) -> None:
        """Put the focus on what is chosen, or on the first."""
        at = next(iter(self.chosen()), 0)
        self.buttons[at].setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Figures choose, arrows go, Enter asks for what is next, Delete takes back."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or watched not in self.buttons:
            return False
        here, key = self.buttons.index(watched), event.key()
        at = key - Qt.Key.Key_1
        if key in _ENTER:
            self.asked.emit("next")
        elif 0 <= at < min(len(self.buttons), 9):
            self._press(at)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if key == Qt.Key.Key_Down else -1
            self.buttons[(here + step) % len(self.buttons)].setFocus(Qt.FocusReason.TabFocusReason)
        elif key in _CLEARING:
            self.choose(())
        else:
            return False
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the words anew where there is another width for them."""
        self._break_words(self.width() - _BOX)

    def _press(self, at: int) -> None:
        button = self.buttons[at]
        button.setFocus(Qt.FocusReason.OtherFocusReason)
        button.setChecked(not button.isChecked() if self._is_many else True)
        if not self._is_many:
            self.asked.emit("answered")

    def _break_words(self, width: int) -> None:
        if width == self._width:
            return
        self._width = width
        metrics = QFontMetrics(sized(NORMAL - 1))
        for at, (button, word) in enumerate(zip(self.buttons, self._words, strict=True)):
            sign = f"{at + 1} " if at < 9 else "   "
            button.setText(broken(f"{sign}{word}", metrics, max(width, _NARROWEST)))


def broken(text: str, metrics: QFontMetrics, width: int) -> str:
    """Return a text in lines of at most a width, in pixels."""
    lines = [""]
    for character in text:
        if metrics.horizontalAdvance(lines[-1] + character) > width:
            lines.append("")
        lines[-1] += character
    return "\n".join(lines)
