"""One question of an act as an editor: what is written, and what is one of few words.

Each reads its answer as the act takes it and says in one sentence what cannot be read; what is asked next, the form
knows.
"""

from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop_app import money
from desktop_app.dates import parse_day
from desktop_app.ui.parts.look import NORMAL, STEP, Colours, sized
from desktop_app.ui.parts.option_row import OptionRow
from desktop_app.workflow.offers import Question

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SIGNED = "已收到申请人签字的撤回申请"


class ActField(QWidget):
    """The editor of one question.

    Signals:
        asked: "answered" by a key that chose, "next" by Enter.
    """

    asked = Signal(str)

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question = question
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(STEP // 2)

    @property
    def has_own_label(self) -> bool:
        """Whether it says itself what it asks."""
        return False

    def value(self) -> object:
        """Return the answer as the act takes it; None where there is none.

        Raises:
            ValueError: It cannot be read; one sentence that says what to do.
        """
        raise NotImplementedError

    def show_value(self, value: object) -> None:
        """Show an answer as the act takes it; what it cannot be is left out."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """Put the focus where the answer is given."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""


class Line(QLineEdit):
    """A line of the form; Enter asks for what is next, and no key is lost on the way."""

    asked = Signal(str)

    def __init__(self, label: str, hint: str = "") -> None:
        super().__init__()
        self.setObjectName("line")
        self.setFont(sized(NORMAL - 1))
        self.setAccessibleName(label)
        self.setPlaceholderText(hint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is "next"."""
        if event.key() in _ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.asked.emit("next")
            return
        super().keyPressEvent(event)


class WrittenField(ActField):
    """A text, a day or a sum."""

    def __init__(self, question: Question) -> None:
        super().__init__(question)
        self.line = Line(question.label, question.hint)
        self.line.asked.connect(self.asked)
        self.column.addWidget(self.line)
        self.setFocusProxy(self.line)

    def value(self) -> object:
        """Read what is written."""
        text = self.line.text().strip()
        if not text:
            return None
        match self.question.kind:
            case "day":
                return parse_day(text)
            case "money":
                return money.parse(text)
            case _:
                return text

    def show_value(self, value: object) -> None:
        """Write it as a clerk would."""
        if isinstance(value, date):
            self.line.setText(value.isoformat())
        elif isinstance(value, Decimal):
            self.line.setText(money.show(value))
        elif isinstance(value, str):
            self.line.setText(value)

    def take_focus(self) -> None:
        """Begin to write, over what was filled in."""
        super().take_focus()
        self.line.selectAll()


class ChosenField(ActField):
    """One of few short words, each a button with its figure; or a thing that is there or not."""

    def __init__(self, question: Question, colours: Colours) -> None:
        super().__init__(question)
        is_signed = question.kind == "signed"
        self._values: tuple[object, ...] = (
            (True,) if is_signed else tuple(each.value for each in question.choices)
        )
        words = (_SIGNED,) if is_signed else tuple(each.words for each in question.choices)
        self._at = -1
        self.row = OptionRow(question.label, words, colours)
        self.row.chosen.connect(self._take)
        self.row.asked.connect(lambda asked: self.asked.emit("next") if asked == "next" else None)
        self.column.addWidget(self.row)
        self.setFocusProxy(self.row)

    @property
    def has_own_label(self) -> bool:
        """The row has its label."""
        return True

    def value(self) -> object:
        """Return what is chosen."""
        return self._values[self._at] if self._at >= 0 else None

    def show_value(self, value: object) -> None:
        """Choose it."""
        self._at = self._values.index(value) if value in self._values else -1
        self.row.show_chosen(self._at)

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        self.row.dress(colours)

    def _take(self, at: int, is_key: bool) -> None:
        self._at = at
        if is_key:
            self.asked.emit("answered")
