"""The paper that is typed into: its keys and its mouse, undo across fields, the rows of a list, words to choose from.

It gives plain values by signal, one level up. It knows no store, no amounts and nothing of what is missing.
"""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from desktop_app.case import Answers
from desktop_app.forms.model import Form
from desktop_app.forms.tidying import ReadBack
from desktop_app.ui.paper import stops
from desktop_app.ui.paper.editor_frame import asked_by
from desktop_app.ui.paper.history import Change, RowsChange, applied
from desktop_app.ui.paper.paper import Paper
from desktop_app.ui.paper.typing_view import TypingView


class Sheet(TypingView):
    """One paper that is typed into; how its fields are named and what it tells stands in `TypingView`.

    Signals:
        rows_restored: A row of a list came back, or went again.
        ended: Enter was pressed in the last field.
    """

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
        self.asked.connect(self._act)
        self._desk.asked.connect(self._act)
        self._desk.word_chosen.connect(self._put_words)
        self.setAccessibleName(form.title)

    def undo(self) -> None:
        """Take back the last typing in the open editor, or else the last change of a field."""
        if self._editor and self._editor.can_undo():
            self._editor.undo()
        else:
            self._restore(self._history.undo(), is_undo=True)

    def redo(self) -> None:
        """Make again what was taken back."""
        if self._editor and self._editor.can_redo():
            self._editor.redo()
        else:
            self._restore(self._history.redo(), is_undo=False)

    def add_row(self) -> str:
        """Add an empty row to a list and return its first field; empty where the paper has no rows."""
        if not self._has_rows():
            return ""
        self.close_editor()
        number = len(self._paper.rows) + 1
        self._change_rows(f"@{number}", [*self._paper.rows, {}])
        return self._first_of(number - 1)

    def take_rows(self, rows: Sequence[Answers]) -> None:
        """Put rows behind those of a list, in place of empty ones at its end, and begin to type in the first."""
        self.close_editor()
        kept = list(self._paper.rows)
        while kept and not kept[-1]:
            kept.pop()
        name = stops.stop_name(self._first_of(0).partition("@")[0], len(kept))
        self._change_rows(name, [*kept, *rows])
        self.go_to(name, is_selected=False)
        self.answer_left.emit(name)

    def remove_row(self) -> int:
        """Take the row that is typed in out of a list; return its number (from 1), 0 where there is none."""
        self.commit()
        stop = self._current
        if stop is None or not 0 <= stop.row < len(self._paper.rows) or not self._has_rows():
            return 0
        self.close_editor()
        rows = self._paper.rows
        self._change_rows(stop.name, rows[: stop.row] + rows[stop.row + 1 :])
        at = max(min(stop.row, len(self._paper.rows) - 1), 0)
        self.go_to(stops.stop_name(stop.field.id, at))
        self.answer_left.emit(stop.name)
        return stop.row + 1

    def _first_of(self, row: int) -> str:
        return next((stop.name for stop in self._paper.stops if stop.row == row), "")

    def _ends_list(self) -> bool:
        """True in the last field of a list's last row, once something stands in the row."""
        self.commit()
        last = len(self._paper.rows) - 1
        if self._current is None or not self._has_rows() or self._current.row != last or last < 0:
            return False
        onward = self._paper.neighbour(self._current.name, 1)
        return bool(self._paper.rows[last]) and (onward is None or onward.row != last)

    def _restore(self, change: Change | RowsChange | None, *, is_undo: bool) -> None:
        if change is None:
            return
        if isinstance(change, RowsChange):
            rows = change.before if is_undo else change.after
            self._close_without_taking()
            self._set_rows(rows)
            place = change.place if self._paper.stop(change.place) else self._first_of(len(rows) - 1)
            self.rows_restored.emit()
        else:
            place = change.place
            self._second.forget(place)
            if self._editor is not None and self.current_field() == place:
                self._close_without_taking()
            values = change.before if is_undo else change.after
            self._show_answers(change.row, applied(self._paper.answers_at(change.row), values), values)
        self.answers_edited.emit(place)
        self.go_to(place, is_selected=False)
        self.answer_left.emit(place)

    def _put_back(self) -> None:
        """Give the field the answer that it had when it was entered."""
        if self._current is None:
            return
        self._second.forget(self._current.name)
        if self._paper.value(self._current) != self._entered_value:
            self._take(self._current, self._entered_value)
        self._show_text_here()
        if self._editor is not None:
            self._editor.put_caret_last()

    def _act(self, act: str) -> None:
        """Do what a key in an editor or at a square asks."""
        if self._editor is None:
            self._hush()
        if act in ("next", "onward") and self._asks_again():
            return
        match act:
            case "next" if self._ends_list():
                self.go_to(self.add_row())
            case "next" | "back":
                if self._go(1 if act == "next" else -1):
                    return
                if self._editor:
                    self._editor.put_caret_last()
                if act == "next":
                    self.ended.emit()
            case "onward" | "backward":
                if not self._go(1 if act == "onward" else -1):
                    self._leave_paper(is_forward=act == "onward")
            case "undo":
                self.undo()
            case "redo":
                self.redo()
            case "restore":
                self._put_back()
            case "earlier" | "later":
                self._step_option(1 if act == "later" else -1)
            case "tick":
                self._tick(self._option)
            case "refuse":
                self._tell_tick_keys()
            case _:
                self._tick_place(int(act.removeprefix("tick ")) - 1)

    def _asks_again(self) -> bool:
        """True if the number here is to be keyed a second time, or was and differs."""
        stop, editor = self._current, self._editor
        if stop is None or editor is None:
            return False
        if self._second.is_waiting(stop.name):
            value = stops.read_value(self._paper.form, stop.field, editor.content())
            if told := self._second.compare(stop.name, value):
                editor.selectAll()
                self._tell(ReadBack("", told), self._desk.geometry(), stop.spots[0].page)
            return bool(told)
        self.commit()
        value = self._paper.value(stop)
        if value == self._entered_value or not self._second.wants(stop.name, stop.field, value):
            return False
        self._second.begin(stop.name, str(value))
        editor.set_content("")
        self._read_back()
        return True

    def _leave_paper(self, *, is_forward: bool) -> None:
        """Give the focus to the window's next widget after the last field, or before the first."""
        self._leave()
        chain = [proxy for proxy in self._proxies.values() if proxy.focusPolicy() != Qt.FocusPolicy.NoFocus]
        if chain:
            self._pass_focus(chain[-1] if is_forward else chain[0])
        self._tidy()
        super().focusNextPrevChild(is_forward)

    def _step_option(self, step: int) -> None:
        if self._current is None:
            return
        if self._current.way == "marks":
            self._step_mark(step)
            return
        words = stops.option_labels(self._paper.form, self._current.field) or self._offered_texts()
        if words and self._editor:
            text = self._editor.content()
            at = words.index(text) + step if text in words else (0 if step > 0 else -1)
            self._put_text(words[at % len(words)])

    def _put_words(self, shown: str) -> None:
        """Take the word that was clicked into the editor; nothing is taken into the answers before it is left."""
        self._put_text(next((each.text for each in self._offers if each.shown == shown), shown))

    def _put_text(self, text: str) -> None:
        if self._editor:
            self._editor.selectAll()
            self._editor.insert(text)
            if self._offers:
                self._editor.put_caret_last()
            else:
                self._editor.selectAll()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the field that was clicked with the caret there; tick a square; elsewhere leave the field."""
        if event.button() != Qt.MouseButton.LeftButton:
            if self._editor:
                self._editor.setFocus()  # a menu leaves the field as it is
            return
        found = self._spot_at(event.position())
        if found is None:
            self.close_editor()
            return
        stop, spot = found
        if stop.way == "marks":
            option = stops.marks_of(stop).index(spot)
            self._enter(stop, self._place(stop), option)
            self._update_option()
            self._option = option
            self._tick(option)
            return
        self._enter(stop, spot)
        if self._editor:
            self._editor.put_caret(self._editor.mapFrom(self, QPoint(event.position().toPoint())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take undo and redo where no editor is open; leave the other keys to the window."""
        act = asked_by(event)
        if act in ("undo", "redo", "next", "back") and self._current is None:
            self._act(act)
        else:
            super().keyPressEvent(event)
