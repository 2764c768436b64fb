"""The answers of a paper that is typed into: taken in one by one, remembered for undo, shown where they changed.

Also the rows of a list, which come and go whole. It knows no editor and no key.
"""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Signal

from desktop_app.case import Answer, Answers
from desktop_app.ui.paper import stops
from desktop_app.ui.paper.fields import Fields
from desktop_app.ui.paper.history import Change, History, RowsChange, change_between
from desktop_app.ui.paper.paper_view import PaperView
from desktop_app.ui.paper.stops import Stop


class Edits(QObject):
    """What is changed in the paper of a view.

    Signals:
        edited: A field has a new answer in the model.
    """

    edited = Signal(str)

    def __init__(self, view: PaperView, fields: Fields) -> None:
        super().__init__(view)
        self._view, self._fields = view, fields
        self.history = History()

    def take(self, stop: Stop, value: Answer | None) -> None:
        """Put an answer into the model, remember the change, and paint what it touches."""
        paper = self._view.paper
        old = paper.answers_at(stop.row)
        new = stops.with_value(old, stop.field.id, value)
        change = change_between(stop.name, stop.row, old, new)
        if change is not None:
            paper.typed.add(stop.name)
            self._note(change, new)
            self.edited.emit(stop.name)

    def take_several(self, place: str, values: Answers) -> bool:
        """Put several answers in as one change, to be shown at a place when it is undone; False if nothing changed."""
        old = self._view.paper.answers
        new = {**old, **values}
        change = change_between(place, -1, old, new)
        if change is not None:
            self._note(change, new)
        return change is not None

    def show(self, row: int, answers: Answers, named: Iterable[str]) -> None:
        """Show other answers of a row (-1: of the paper), and tell those of the named fields to screen readers."""
        self._view.show_answers(row, answers)
        self._fields.describe(stops.stop_name(field_id, row) for field_id in named)

    def show_rows(self, rows: Sequence[Answers]) -> None:
        """Show other rows."""
        paper = self._view.paper
        paper.typed = {name for name in paper.typed if "@" not in name}
        paper.replace(paper.answers, rows)
        self._view.arrange()

    def change_rows(self, place: str, rows: Sequence[Answers]) -> None:
        """Take other rows and remember the change, to be shown at a place when it is undone."""
        before = self._copied_rows()
        self.show_rows(rows)
        self.history.add(RowsChange(place, before, self._copied_rows()))
        self.edited.emit(place)

    def _note(self, change: Change, answers: Answers) -> None:
        self.history.add(change)
        self.show(change.row, answers, change.after)

    def _copied_rows(self) -> tuple[Answers, ...]:
        return tuple(dict(row) for row in self._view.paper.rows)
