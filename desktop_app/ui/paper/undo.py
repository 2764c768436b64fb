"""Undo and redo across the fields of a paper: in the open editor first, then one change after the other.

What was changed is shown where it was changed, and typing goes on there.
"""

from PySide6.QtCore import QObject, Signal

from desktop_app.ui.paper.edits import Edits
from desktop_app.ui.paper.history import Change, RowsChange, applied
from desktop_app.ui.paper.paper import Paper
from desktop_app.ui.paper.typed import Typing
from desktop_app.ui.paper.walk import Walk


class Undo(QObject):
    """Takes back what was changed in a paper, and makes it again.

    Signals:
        rows_restored: A row of a list came back, or went again.
    """

    rows_restored = Signal()

    def __init__(self, paper: Paper, edits: Edits, typing: Typing, walk: Walk) -> None:
        super().__init__(walk)
        self._paper, self._edits, self._typing, self._walk = paper, edits, typing, walk

    def undo(self) -> None:
        """Take back the last typing in the open editor, or else the last change of a field."""
        editor = self._typing.editor()
        if editor and editor.can_undo():
            editor.undo()
        elif change := self._edits.history.undo():
            self._restore(change, is_undo=True)

    def redo(self) -> None:
        """Make again what was taken back."""
        editor = self._typing.editor()
        if editor and editor.can_redo():
            editor.redo()
        elif change := self._edits.history.redo():
            self._restore(change, is_undo=False)

    def _restore(self, change: Change | RowsChange, *, is_undo: bool) -> None:
        place = change.place
        if isinstance(change, RowsChange):
            self._walk.drop()
            self._edits.show_rows(change.before if is_undo else change.after)
            place = place if self._paper.stop(place) else self._paper.first_of(len(self._paper.rows) - 1)
            self.rows_restored.emit()
        else:
            self._typing.second.forget(place)
            if self._typing.editor() is not None and self._typing.name() == place:
                self._walk.drop()
            values = change.before if is_undo else change.after
            answers = applied(self._paper.answers_at(change.row), values)
            self._edits.show(change.row, answers, values)
        self._edits.edited.emit(place)
        self._walk.go_to(place, is_selected=False)
        self._walk.left.emit(place)
