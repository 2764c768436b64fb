"""The form of one act: a field for each thing that it asks, faults beside them, Enter does it and Esc goes back.

It stands in the panel or in a page, never over the paper. It reads what is given and tells it; whether the act may be
done, the store says, and its sentences come back beside the fields with everything typed still there.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.ui.parts.buttons import push_button
from desktop_app.ui.parts.labels import wrapped_label
from desktop_app.ui.parts.look import NORMAL, SMALL, STEP, Colours, load_faces_for, sized, tint
from desktop_app.ui.walk.act_choices import act_field
from desktop_app.ui.walk.act_field import ActField
from desktop_app.workflow.offers import Offer


class ActForm(QFrame):
    """What an act asks, one below the other.

    Signals:
        given: Everything that is given, by name, as the act takes it: what was settled and what was answered.
        cancelled: Nothing is to be done.
    """

    given = Signal(dict)
    cancelled = Signal()

    def __init__(self, offer: Offer, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.offer = offer
        self.setAccessibleName(offer.title)
        self.title = wrapped_label(offer.title, sized(NORMAL + 1, is_bold=True))
        self.fault = wrapped_label(font=sized(NORMAL - 1))
        self.fault.hide()
        self.fields: dict[str, ActField] = {}
        self._names: list[QLabel] = []
        self._hints: list[QLabel] = []
        self._faults: dict[str, QLabel] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * STEP, STEP, STEP, STEP)
        column.setSpacing(STEP // 2)
        column.addWidget(self.title)
        for question in offer.questions:
            field = act_field(question, colours)
            field.asked.connect(lambda asked, name=question.name: self._go_on(name, asked))
            field.show_value(question.filled)
            if not field.has_own_label:
                name = wrapped_label(question.label, sized(NORMAL - 1))
                name.setContentsMargins(0, STEP // 2, 0, 0)
                self._names.append(name)
                column.addWidget(name)
            column.addWidget(field)
            if question.hint and (question.choices or question.kind != "text"):
                hint = wrapped_label(question.hint, sized(SMALL))
                self._hints.append(hint)
                column.addWidget(hint)
            fault = wrapped_label(font=sized(NORMAL - 1))
            fault.hide()
            column.addWidget(fault)
            self.fields[question.name], self._faults[question.name] = field, fault
        column.addWidget(self.fault)
        self.do = push_button(f"{offer.act.label}  F9", "main_act")
        self.do.setAccessibleName(offer.title)
        self.do.clicked.connect(self.tell)
        self.back = push_button("返回  Esc")
        self.back.clicked.connect(self.cancelled)
        last = QHBoxLayout()
        last.setContentsMargins(0, STEP, 0, 0)
        last.addWidget(self.do)
        last.addWidget(self.back)
        last.addStretch(1)
        column.addLayout(last)
        self.dress(colours)

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        for name in (self.title, *self._names):
            tint(name, colours.text)
        for hint in self._hints:
            tint(hint, colours.quiet)
        for fault in (self.fault, *self._faults.values()):
            tint(fault, colours.fail)
        for field in self.fields.values():
            field.dress(colours)

    def take_focus(self) -> None:
        """Put the focus on what is not answered yet; on the button where all is."""
        field = next((each for each in self.fields.values() if _is_open(each)), None)
        field.take_focus() if field is not None else self.do.setFocus()

    def answers(self) -> dict[str, object]:
        """Return what is answered and can be read, by name."""
        return {name: value for name, field in self.fields.items() if (value := _value(field)) is not None}

    def show_answers(self, answers: Mapping[str, object]) -> None:
        """Show answers that were given before."""
        for name, value in answers.items():
            if name in self.fields:
                self.fields[name].show_value(value)

    def tell(self) -> None:
        """Tell everything that is given, or say beside a field what is missing of it."""
        if not self.do.isEnabled():
            return
        faults = {name: _fault(field) for name, field in self.fields.items()}
        self._show_faults(faults, "")
        if not any(faults.values()):
            self.do.setEnabled(False)  # until it is answered: nothing is done twice
            self.given.emit({**self.offer.settled, **self.answers()})

    def show_refused(self, sentences: Sequence[str]) -> None:
        """Show what stands against the act: beside the field that a sentence names, or above the buttons."""
        self.do.setEnabled(True)
        faults, others = dict.fromkeys(self.fields, ""), []
        for sentence in sentences:
            labels = {name: each.question.label for name, each in self.fields.items()}
            about = next((name for name, label in labels.items() if f"“{label}”" in sentence), "")
            if about and not faults[about]:
                faults[about] = sentence
            else:
                others.append(sentence)
        self._show_faults(faults, "\n".join(others))
        if not any(faults.values()):
            self.do.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F9 does it from wherever one is; Esc goes back."""
        if event.key() == Qt.Key.Key_F9:
            self.tell()
        elif event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def _show_faults(self, faults: Mapping[str, str], other: str) -> None:
        for name, sentence in faults.items():
            self._show(self._faults[name], sentence)
        self._show(self.fault, other)
        first = next((name for name, sentence in faults.items() if sentence), "")
        if first:
            self.fields[first].take_focus()

    def _show(self, label: QLabel, sentence: str) -> None:
        load_faces_for(sentence)
        label.setText(f"✕ {sentence}" if sentence else "")
        label.setAccessibleName(sentence)
        label.setVisible(bool(sentence))

    def _go_on(self, name: str, asked: str) -> None:
        """Go to what is not answered yet behind a field; Enter where nothing is does the act."""
        self._show(self._faults[name], "")
        names = list(self.fields)
        behind = [self.fields[each] for each in names[names.index(name) + 1 :]]
        field = next((each for each in behind if _is_open(each)), None)
        if field is not None:
            field.take_focus()
        elif asked == "next":
            self.tell()
        else:
            self.do.setFocus()


def _value(field: ActField) -> object:
    try:
        return field.value()
    except ValueError:
        return None


def _is_open(field: ActField) -> bool:
    """Say whether nothing that can be read is given for a question."""
    return _value(field) is None


def _fault(field: ActField) -> str:
    """Return what is wrong with an answer; empty where it can be told."""
    question = field.question
    try:
        value = field.value()
    except ValueError as fault:
        return str(fault)
    if value is None and question.is_needed:
        is_chosen = question.choices or question.kind in ("materials", "signed")
        return f"请{'选定' if is_chosen else '填写'}“{question.label}”。"
    return ""
