"""The answers of a paper on the screen: taken in one by one, remembered for undo, painted where they changed.

Also the rows of a list, which come and go whole. It knows no editor and no key.
"""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.case import Answer, Answers
from desktop_app.ui.paper import stops
from desktop_app.ui.paper.field_view import FieldView
from desktop_app.ui.paper.history import History, RowsChange, change_between
from desktop_app.ui.paper.paper import Paper
from desktop_app.ui.paper.stops import Stop


class AnswerView(FieldView):
    """A paper whose answers can be changed.

    Signals:
        answers_edited: A field has a new answer in the model.
        answer_left: A field was left, and its answer is another than when it was entered.
    """

    answers_edited = Signal(str)
    answer_left = Signal(str)

    def __init__(self, paper: Paper, parent: QWidget | None = None) -> None:
        self._history = History()
        super().__init__(paper, parent)

    def answers(self) -> Answers:
        """Return the answers in the model; text in an open editor comes with `commit`."""
        return dict(self._paper.answers)

    def rows(self) -> tuple[Answers, ...]:
        """Return the rows of a list paper."""
        return tuple(dict(row) for row in self._paper.rows)

    def _take(self, stop: Stop, value: Answer | None) -> None:
        """Put an answer into the model, remember the change, and paint what it touches."""
        old = self._paper.answers_at(stop.row)
        new = stops.with_value(old, stop.field.id, value)
        change = change_between(stop.name, stop.row, old, new)
        if change is not None:
            self._paper.typed.add(stop.name)
            self._history.add(change)
            self._show_answers(change.row, new, change.after)
            self.answers_edited.emit(stop.name)

    def _show_answers(self, row: int, answers: Answers, changed: Iterable[str]) -> None:
        touched = self._paper.set_answers(row, answers)
        if touched is None:
            self._arrange()
            return
        for index in touched:
            self.update(self._spot_rect(self._paper.spots[index]))
        for field_id in changed:
            name = stops.stop_name(field_id, row)
            self._describe(name)
            stop = self._paper.stop(name)
            if stop is not None and stops.is_split(stop):
                self.update(self.field_rect(name))

    def _has_rows(self) -> bool:
        """True for a list whose rows are typed in; statistics count theirs."""
        return self._paper.form.is_list and not self._paper.form.is_statistics

    def _set_rows(self, rows: Sequence[Answers]) -> None:
        self._paper.typed = {name for name in self._paper.typed if "@" not in name}
        self._paper.replace(self._paper.answers, rows)
        self._arrange()

    def _change_rows(self, place: str, rows: Sequence[Answers]) -> None:
        """Take other rows and remember the change, to be shown at a place when it is undone."""
        before = self.rows()
        self._set_rows(rows)
        self._history.add(RowsChange(place, before, self.rows()))
        self.answers_edited.emit(place)
