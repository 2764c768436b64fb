"""The paper that is typed into: its keys and its mouse, undo across fields, the rows of a list, words to choose from.

It gives plain values by signal, one level up. It knows no store, no amounts and nothing of what is missing.
"""

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from desktop_app.case import Answers
from desktop_app.forms.fields import Kind
from desktop_app.forms.model import Form
from desktop_app.forms.rare_characters import Offer
from desktop_app.ui.paper import stops
from desktop_app.ui.paper.editor_frame import asked_by
from desktop_app.ui.paper.editors import Editors
from desktop_app.ui.paper.edits import Edits
from desktop_app.ui.paper.fields import STAY, Fields
from desktop_app.ui.paper.paper import Paper
from desktop_app.ui.paper.paper_view import PaperView
from desktop_app.ui.paper.rows import Rows
from desktop_app.ui.paper.squares import Squares
from desktop_app.ui.paper.telling import Telling
from desktop_app.ui.paper.typed import Typing
from desktop_app.ui.paper.undo import Undo
from desktop_app.ui.paper.walk import Walk


class Sheet(PaperView):
    """One paper that is typed into.

    A field is told by its name: the field id, in a list's row with the running number (`applicant.name@3`).

    Signals:
        field_entered: This field is typed in now.
        answers_edited: A field has a new answer in the model.
        answer_left: A field was left, and its answer is another than when it was entered.
        overfilled: Far more was pasted than any answer has, so many characters; nothing of it was taken.
        rows_restored: A row of a list came back, or went again.
        ended: Enter was pressed in the last field.
    """

    field_entered = Signal(str)
    answers_edited = Signal(str)
    answer_left = Signal(str)
    overfilled = Signal(int)
    rows_restored = Signal()
    ended = Signal()

    def __init__(
        self,
        form: Form,
        answers: Answers,
        rows: Sequence[Answers] = (),
        decided: Collection[str] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Paper(form, answers, rows, decided), parent)
        self.setAccessibleName(form.title)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._fields = Fields(self)
        self._edits = Edits(self, self._fields)
        self._squares = Squares(self, self._fields, self._edits)
        editors = Editors(self)
        self._telling = Telling(self, editors)
        self._typing = Typing(self, self._edits, editors, self._telling)
        self._walk = Walk(self, self._fields, self._squares, editors, self._telling, self._typing)
        self._rows = Rows(self.paper, self._edits, self._typing, self._walk)
        self._undo = Undo(self.paper, self._edits, self._typing, self._walk)
        self._fields.asked.connect(self._act)
        editors.asked.connect(self._act)
        editors.overfilled.connect(self.overfilled)
        self._edits.edited.connect(self.answers_edited)
        self._walk.entered.connect(self.field_entered)
        self._walk.left.connect(self.answer_left)
        self._undo.rows_restored.connect(self.rows_restored)

    def set_answers(self, answers: Answers, rows: Sequence[Answers] | None = None) -> None:
        """Show other answers, as when a rule worked one out; no signal, no undo.

        What is being typed stays; an open editor in which nothing was typed shows the new answer.
        """
        is_untouched = self._typing.is_untouched()
        if rows is not None and tuple(rows) != self.rows():
            self.paper.replace(answers, rows)
            self.arrange()
        else:
            self._edits.show(-1, answers, {**self.paper.answers, **answers})
        if is_untouched:
            self._typing.begin_anew()

    def take_answers(self, values: Answers) -> None:
        """Take several answers at once, as one change that is undone at once."""
        self.commit()
        place = self.current_field() or next(iter(values))
        if self._edits.take_several(place, values):
            if self.current_field() in values:
                self._typing.begin_anew()
            self.answers_edited.emit(place)

    def current_field(self) -> str:
        """Return the field that is typed in; empty without one."""
        return self._typing.name()

    def go_to(self, field_id: str, *, is_selected: bool = True) -> bool:
        """Begin to type in a field, without `is_selected` behind what is there; False where the paper has it not."""
        return self._walk.go_to(field_id, is_selected=is_selected)

    def commit(self) -> None:
        """Take what stands in the open editor into the answers."""
        self._typing.commit()

    def close_editor(self) -> None:
        """Take what is in the editor and leave the field; the paper keeps the focus."""
        self._walk.close()

    def set_offers(self, offer_for: Callable[[str, str], tuple[Offer, ...]]) -> None:
        """Take what words go on with what is typed: a function of the field id and the text."""
        self._telling.offer_for = offer_for

    def offer(self, field_id: str, sentence: str) -> None:
        """Say something at a field that stays while others are typed in, until it is withdrawn."""
        self._telling.offer(field_id, sentence)

    def withdraw(self) -> None:
        """Take back what was said by `offer`."""
        self._telling.withdraw()

    def key_twice(self, asked_kinds: Collection[Kind]) -> None:
        """Ask for a second keying of numbers of these kinds."""
        self._typing.second.asked_kinds = asked_kinds

    def wait_again(self, names: Collection[str]) -> None:
        """Wait for the second keying of numbers that were waited for before."""
        self._typing.wait_again(names)

    def keyed_once(self) -> tuple[str, ...]:
        """Return the fields that wait for their second keying."""
        return self._typing.second.waiting()

    def add_row(self) -> str:
        """Add an empty row to a list and return its first field; empty where the paper has no rows."""
        return self._rows.add()

    def take_rows(self, rows: Sequence[Answers]) -> None:
        """Put rows behind those of a list, in place of empty ones at its end, and begin to type in the first."""
        self._rows.take(rows)

    def remove_row(self) -> int:
        """Take the row that is typed in out of a list; return its number (from 1), 0 where there is none."""
        return self._rows.remove()

    def undo(self) -> None:
        """Take back the last typing in the open editor, or else the last change of a field."""
        self._undo.undo()

    def redo(self) -> None:
        """Make again what was taken back."""
        self._undo.redo()

    def _act(self, act: str) -> None:
        """Do what a key in an editor or at a square asks."""
        editor = self._typing.editor()
        if editor is None:
            self._telling.hush()
        if act in ("next", "onward") and self._typing.asks_again():
            return
        match act:
            case "next" if self._rows.is_at_end():
                self.go_to(self.add_row())
            case "next" | "back":
                if self._walk.go(1 if act == "next" else -1):
                    return
                if editor:
                    editor.put_caret_last()
                if act == "next":
                    self.ended.emit()
            case "onward" | "backward":
                if not self._walk.go(1 if act == "onward" else -1):
                    self._leave_paper(is_forward=act == "onward")
            case "undo":
                self.undo()
            case "redo":
                self.redo()
            case "restore":
                self._typing.put_back()
            case "earlier" | "later":
                step = 1 if act == "later" else -1
                self._squares.step(step)
                self._typing.step_words(step)
            case "tick":
                self._squares.tick()
            case "refuse" if self._typing.here:
                self._telling.tell_tick_keys(self._typing.here.stop)
            case _ if act.startswith("tick "):
                self._squares.tick_place(int(act.removeprefix("tick ")) - 1)

    def _leave_paper(self, *, is_forward: bool) -> None:
        """Give the focus to the window's next widget after the last field, or before the first."""
        self._walk.leave()
        self._fields.pass_to_end(is_last=is_forward)
        self._walk.tidy()
        self.focusNextPrevChild(is_forward)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Open the field in use, or the first: the paper has no other use for the focus."""
        super().focusInEvent(event)
        is_asked = event.reason() not in (*STAY, Qt.FocusReason.MouseFocusReason)
        if is_asked and not self._fields.is_passing and not self._typing.here:
            self._walk.go(1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the field that was clicked with the caret there; tick a square; elsewhere leave the field."""
        if event.button() != Qt.MouseButton.LeftButton:
            if editor := self._typing.editor():
                editor.setFocus()  # a menu leaves the field as it is
            return
        found = self.places.found_at(event.position())
        if found is None:
            self.close_editor()
            return
        stop, spot = found
        if stop.way == "marks":
            option = stops.marks_of(stop).index(spot)
            self._walk.enter(stop, self.paper.spot(stop), option)
            self._squares.tick(option)
        else:
            self._walk.enter(stop, spot)
            if editor := self._typing.editor():
                editor.put_caret(editor.mapFrom(self, event.position().toPoint()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what a click would do."""
        found = self.places.found_at(event.position())
        shape = Qt.CursorShape.ArrowCursor
        if found is not None:
            is_square = found[0].way == "marks"
            shape = Qt.CursorShape.PointingHandCursor if is_square else Qt.CursorShape.IBeamCursor
        self.setCursor(shape)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take undo and redo where no editor is open; leave the other keys to the window."""
        act = asked_by(event)
        if act in ("undo", "redo", "next", "back") and not self._typing.here:
            self._act(act)
        else:
            super().keyPressEvent(event)
