"""What the counter establishes and the paper does not ask: one quiet row for each fact, in the order of the work.

Values are read when a row is left, as on the paper; text that cannot be read stays and is told beside it.
"""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop_app.case import Answer, Answers
from desktop_app.forms import kinds
from desktop_app.forms.fields import Field, fields
from desktop_app.ui.look import NORMAL, SMALL, STEP, Colours, sized, tint

_UNSET = "未核验"


class FactsBox(QFrame):
    """Rows of facts; tells which one has another value."""

    fact_edited = Signal(str, object)  # field id, answer or None

    def __init__(
        self, facts: Sequence[str], answers: Answers, colours: Colours, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName("窗口核验的内容，不印在表上")
        self.head = QLabel("窗口核验（不印在表上）")
        self.head.setTextFormat(Qt.TextFormat.PlainText)
        self.head.setFont(sized(NORMAL, is_bold=True))
        self.editors: dict[str, QWidget] = {}
        rows = QFormLayout()
        rows.setContentsMargins(STEP, 0, 0, 0)
        rows.setHorizontalSpacing(STEP)
        rows.setVerticalSpacing(STEP // 2)
        rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.labels: list[QLabel] = []
        for field_id in facts:
            field = fields()[field_id]
            label = QLabel(field.label)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setFont(sized(SMALL))
            label.setWordWrap(True)
            self.labels.append(label)
            editor = self._editor(field, answers.get(field_id))
            editor.setAccessibleName(field.label)
            editor.setFont(sized(NORMAL - 1))
            self.editors[field_id] = editor
            rows.addRow(label, editor)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * STEP, STEP, 2 * STEP, STEP)
        column.setSpacing(STEP)
        column.addWidget(self.head)
        column.addLayout(rows)
        self.dress(colours)

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        for label in self.labels:
            tint(label, colours.quiet)

    def go_to(self, field_id: str) -> bool:
        """Put the focus on a fact; False where there is none of this id."""
        editor = self.editors.get(field_id)
        if editor is not None:
            editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return editor is not None

    def _editor(self, field: Field, value: Answer | None) -> QWidget:
        words = _words_of(field)
        if words:
            return self._chooser(field, words, value)
        line = QLineEdit("" if value is None else _text_of(field, value))
        line.editingFinished.connect(partial(self._take_text, field, line))
        return line

    def _chooser(self, field: Field, words: Mapping[str, Answer], value: Answer | None) -> QComboBox:
        box = QComboBox()
        box.addItem(_UNSET, None)
        for word, answer in words.items():
            box.addItem(word, answer)
        held = [word for word, answer in words.items() if answer == value and type(answer) is type(value)]
        box.setCurrentText(held[0] if held else _UNSET)
        box.activated.connect(lambda _index: self.fact_edited.emit(field.id, box.currentData()))
        return box

    def _take_text(self, field: Field, line: QLineEdit) -> None:
        value = kinds.parse(field, line.text()).value
        shown = "" if value is None else _text_of(field, value)
        if shown != line.text():
            line.setText(shown)
        self.fact_edited.emit(field.id, value)


def _words_of(field: Field) -> dict[str, Answer]:
    """Return the words of a field that is chosen, with the answers they stand for; none for one that is typed."""
    if field.kind == "yes_no":
        return {"是": True, "否": False}
    return {choice.label: choice.id for choice in field.choices} if field.kind == "choice" else {}


def _text_of(field: Field, value: Answer) -> str:
    from desktop_app.case import Unread

    return value.text if isinstance(value, Unread) else kinds.edit_text(field, value)
