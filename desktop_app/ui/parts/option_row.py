"""One fact that is chosen: all its options in sight, each with the figure key that chooses it.

Nothing is chosen by an arrow, a letter or the wheel; what was chosen is told, and the row decides nothing.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from desktop_app.ui.parts.labels import wrapped_label
from desktop_app.ui.parts.look import NORMAL, STEP, Colours, sized, tint

_CLEARING = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_UNSET = "未核验"


class OptionRow(QWidget):
    """A label and its options; a second choice of the same one takes it back.

    Signals:
        chosen: Index of the option, -1 for none; whether a key chose it.
        asked: A key asks for "next", "earlier" or "later".
    """

    chosen = Signal(int, bool)
    asked = Signal(str)

    def __init__(
        self, label: str, words: Sequence[str], colours: Colours, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._label, self._words, self._frame = label, tuple(words), QColor(colours.focus)
        self._chosen = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.name = wrapped_label(label, sized(NORMAL - 1))
        grid = QGridLayout(self)
        grid.setContentsMargins(STEP, STEP // 2, STEP // 2, STEP // 2)
        grid.setHorizontalSpacing(STEP // 2)
        grid.setVerticalSpacing(STEP // 2)
        longest = max(map(len, words))
        is_beside = len(words) == 2 and longest <= 2
        across = 3 if longest <= 4 else 2 if longest <= 6 else 1
        grid.addWidget(self.name, 0, 0, 1, 1 if is_beside else across)
        grid.setColumnStretch(0 if is_beside else across - 1, 1)
        self.options: list[QPushButton] = []
        for index in range(len(words)):
            option = QPushButton()
            option.setObjectName("option")
            option.setCheckable(True)
            option.setFont(sized(NORMAL - 1))
            option.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            option.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            option.clicked.connect(lambda _checked, at=index: self._choose(at, is_key=False))
            row, column = (0, index + 1) if is_beside else (1 + index // across, index % across)
            grid.addWidget(option, row, column, Qt.AlignmentFlag.AlignLeft)
            self.options.append(option)
        self.dress(colours)
        self.show_chosen(-1)

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        self._frame = QColor(colours.focus)
        tint(self.name, colours.text)
        self.update()

    def show_chosen(self, index: int) -> None:
        """Show an option as chosen, -1 for none; no signal."""
        self._chosen = index
        for at, (option, word) in enumerate(zip(self.options, self._words, strict=True)):
            option.setChecked(at == index)
            option.setText(f"{'√' if at == index else at + 1} {word}")
            option.setAccessibleName(f"{self._label}，{word}，{'已选' if at == index else '未选'}")
        keys = "，".join(f"按 {at + 1} 选{word}" for at, word in enumerate(self._words))
        self.setAccessibleName(f"{self._label}：{self.chosen_words()}")
        self.setAccessibleDescription(keys)

    def chosen_words(self) -> str:
        """Return the words of what is chosen."""
        return self._words[self._chosen] if self._chosen >= 0 else _UNSET

    def _choose(self, index: int, *, is_key: bool) -> None:
        # By key the same figure twice means the same answer: who types ahead must not take it back.
        self.show_chosen(-1 if index == self._chosen and not is_key else index)
        if not is_key:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.chosen.emit(self._chosen, is_key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the figures, Enter, and what goes up, down or clears; leave the rest to the window."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        key = event.key()
        at = key - Qt.Key.Key_1
        if 0 <= at < len(self.options):
            self._choose(at, is_key=True)
        elif key in _CLEARING:
            self.show_chosen(-1)
            self.chosen.emit(-1, False)
        elif key in _ENTER:
            self.asked.emit("next")
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.asked.emit("earlier" if key == Qt.Key.Key_Up else "later")
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame of the focus, whichever way it came."""
        if not self.hasFocus():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._frame, 2))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)
        painter.end()
