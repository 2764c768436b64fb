"""What the counter establishes and the paper does not ask: one quiet row for each fact, in the order of the work.

Enter is "next" here as on the paper. Values are read when a row is left; text that cannot be read stays as typed and
the findings tell what is wrong with it.
"""

from collections.abc import Container, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_app.case import Answer, Answers, Unread
from desktop_app.forms import kinds
from desktop_app.forms.fields import Field, fields
from desktop_app.forms.model import Form
from desktop_app.policy.asked import facts_of
from desktop_app.policy.model import Policy
from desktop_app.ui.parts.labels import wrapped_label
from desktop_app.ui.parts.look import NORMAL, SMALL, STEP, Colours, sized, tint
from desktop_app.ui.parts.option_row import OptionRow


def facts_box(form: Form, policy: Policy | None, answers: Answers, colours: Colours) -> "FactsBox | None":
    """Return the rows of facts of a paper; None where no policy asks for any."""
    if policy is None:
        return None
    places = "；".join(f"{each.name} {each.address}" for each in policy.lookups)
    where = f"本程序不联网核验，请自行查询：{places}。" if places else "本程序不联网核验，请自行查询。"
    hints = {"certificate.verification": f"{where}暂时查不了的先空着，受理前再填。"}
    return FactsBox(facts_of(form, policy), answers, colours, hints)


class FactsBox(QFrame):
    """Rows of facts, of which those are shown that can apply.

    Signals:
        fact_edited: Field id, answer or None.
        step_asked: Field id of a row; "answered" by key, "next" to go on to what is missing, "earlier" or "later" to a
            neighbour.
    """

    fact_edited = Signal(str, object)
    step_asked = Signal(str, str)

    def __init__(
        self,
        facts: Sequence[str],
        answers: Answers,
        colours: Colours,
        hints: Mapping[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName("窗口核验的内容，不印在表上")
        self.head = wrapped_label(font=sized(NORMAL, is_bold=True))
        self.head.setText("窗口核验（不印在表上）")
        self.how = wrapped_label(font=sized(SMALL))
        self.how.setText("按数字键选定，Enter 下一项，F7 回到表上")
        self.editors: dict[str, OptionRow | _Line] = {}
        self._rows: dict[str, QWidget] = {}
        self._answers: dict[str, Answer | None] = {}
        self._quiet = [self.how]
        column = QVBoxLayout(self)
        column.setContentsMargins(STEP, STEP, STEP, STEP)
        column.setSpacing(STEP // 2)
        for label in (self.head, self.how):
            label.setContentsMargins(STEP, 0, 0, 0)
            column.addWidget(label)
        for field_id in facts:
            row = self._row(fields()[field_id], colours, (hints or {}).get(field_id, ""))
            self._rows[field_id] = row
            column.addWidget(row)
        self.show_facts(facts, answers)
        self.dress(colours)

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        for label in self._quiet:
            tint(label, colours.quiet)
        for editor in self.editors.values():
            editor.dress(colours)

    def show_facts(self, asked: Container[str], answers: Answers) -> None:
        """Show the rows that are asked for, with their answers; what is being typed stays."""
        for field_id, editor in self.editors.items():
            self._rows[field_id].setVisible(field_id in asked)
            value = answers.get(field_id)
            is_known = field_id in self._answers and self._answers[field_id] == value
            self._answers[field_id] = value
            if isinstance(editor, OptionRow):
                editor.show_chosen(_index_of(fields()[field_id], value))
            elif not is_known:
                editor.setText(_text_of(fields()[field_id], value))

    def shown(self) -> tuple[str, ...]:
        """Return the facts whose rows are shown, in their order."""
        return tuple(field_id for field_id, row in self._rows.items() if not row.isHidden())

    def go_to(self, field_id: str) -> bool:
        """Put the focus on a fact; False where there is none of this id."""
        editor = self.editors.get(field_id)
        if editor is None:
            return False
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(editor, QLineEdit):
            editor.selectAll()
        return True

    def neighbour(self, field_id: str, step: int) -> str:
        """Return the shown row after (1) or before (-1) a row; empty where there is none."""
        shown = self.shown()
        at = shown.index(field_id) + step if field_id in shown else -1
        return shown[at] if 0 <= at < len(shown) else ""

    def in_use(self) -> str:
        """Return the fact that has the focus; empty without one."""
        return next((field_id for field_id, editor in self.editors.items() if editor.hasFocus()), "")

    def commit(self) -> None:
        """Take the text that is being typed."""
        for field_id, editor in self.editors.items():
            if isinstance(editor, QLineEdit) and editor.isModified():
                self._take_text(fields()[field_id], editor)

    def _row(self, field: Field, colours: Colours, hint: str) -> QWidget:
        words = words_of(field)
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        editor: OptionRow | _Line
        if words:
            editor = OptionRow(field.label, tuple(words), colours)
            editor.chosen.connect(partial(self._take_option, field, tuple(words.values())))
            column.addWidget(editor)
        else:
            editor = _Line(field.label)
            editor.editingFinished.connect(partial(self._take_text, field, editor))
            beside = QHBoxLayout()
            beside.setContentsMargins(STEP, 0, STEP // 2, 0)
            beside.addWidget(editor.name, 1)
            beside.addWidget(editor, 1)
            column.addLayout(beside)
        editor.asked.connect(lambda asked: self.step_asked.emit(field.id, asked))
        self.editors[field.id] = editor
        if hint:
            label = wrapped_label(font=sized(SMALL))
            label.setText(hint)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            label.setContentsMargins(STEP, 0, STEP // 2, STEP // 2)
            self._quiet.append(label)
            column.addWidget(label)
        return row

    def _take_option(self, field: Field, answers: tuple[Answer, ...], index: int, is_key: bool) -> None:
        self._take(field, answers[index] if index >= 0 else None)
        if is_key:
            self.step_asked.emit(field.id, "answered")

    def _take_text(self, field: Field, line: QLineEdit) -> None:
        value = kinds.parse(field, line.text()).value
        line.setText(_text_of(field, value))
        if value != self._answers.get(field.id):
            self._take(field, value)

    def _take(self, field: Field, value: Answer | None) -> None:
        self._answers[field.id] = value
        self.fact_edited.emit(field.id, value)


class _Line(QLineEdit):
    """A fact that is typed.

    Signals:
        asked: A key asks for "next", "earlier" or "later".
    """

    asked = Signal(str)

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("line")
        self.setAccessibleName(label)
        self.setFont(sized(NORMAL - 1))
        self.name = wrapped_label(font=sized(NORMAL - 1))
        self.name.setText(label)

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        tint(self.name, colours.text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is "next", once the text is taken; up and down go to the neighbours."""
        steps: dict[int, str] = {Qt.Key.Key_Up: "earlier", Qt.Key.Key_Down: "later"}
        asked = steps.get(event.key(), "")
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            asked = "next"
        if asked:
            self.asked.emit(asked)


def words_of(field: Field) -> dict[str, Answer]:
    """Return the words of a field that is chosen, with the answers they stand for; none for one that is typed."""
    if field.kind == "yes_no":
        return {"是": True, "否": False}
    return {choice.label: choice.id for choice in field.choices} if field.kind == "choice" else {}


def _index_of(field: Field, value: Answer | None) -> int:
    held = [
        at
        for at, answer in enumerate(words_of(field).values())
        if answer == value and type(answer) is type(value)
    ]
    return held[0] if held else -1


def _text_of(field: Field, value: Answer | None) -> str:
    if value is None:
        return ""
    return value.text if isinstance(value, Unread) else kinds.edit_text(field, value)
