"""The rows of a list that is typed into: one comes, several come, one goes.

A row is told by its number, from 1 in the name of its fields.
"""

from collections.abc import Sequence

from desktop_app.case import Answers
from desktop_app.ui.paper import stops
from desktop_app.ui.paper.edits import Edits
from desktop_app.ui.paper.paper import Paper
from desktop_app.ui.paper.typed import Typing
from desktop_app.ui.paper.walk import Walk


class Rows:
    """The rows of one paper; without any on it, nothing comes and nothing goes."""

    def __init__(self, paper: Paper, edits: Edits, typing: Typing, walk: Walk) -> None:
        self._paper, self._edits, self._typing, self._walk = paper, edits, typing, walk

    def add(self) -> str:
        """Add an empty row and return its first field; empty where the paper has no rows."""
        if not self._paper.takes_rows():
            return ""
        self._walk.close()
        rows = self._paper.rows
        self._edits.change_rows(f"@{len(rows) + 1}", [*rows, {}])
        return self._paper.first_of(len(rows))

    def take(self, rows: Sequence[Answers]) -> None:
        """Put rows behind those that are there, in place of empty ones at the end, and begin to type in the first."""
        self._walk.close()
        kept = list(self._paper.rows)
        while kept and not kept[-1]:
            kept.pop()
        name = stops.stop_name(self._paper.first_of(0).partition("@")[0], len(kept))
        self._edits.change_rows(name, [*kept, *rows])
        self._walk.go_to(name, is_selected=False)
        self._walk.left.emit(name)

    def remove(self) -> int:
        """Take the row that is typed in out of the list; return its number (from 1), 0 where there is none."""
        self._typing.commit()
        if not self._typing.here or not self._paper.takes_rows():
            return 0
        stop, rows = self._typing.here.stop, self._paper.rows
        if not 0 <= stop.row < len(rows):
            return 0
        self._walk.close()
        rows = self._paper.rows
        self._edits.change_rows(stop.name, rows[: stop.row] + rows[stop.row + 1 :])
        at = max(min(stop.row, len(self._paper.rows) - 1), 0)
        self._walk.go_to(stops.stop_name(stop.field.id, at))
        self._walk.left.emit(stop.name)
        return stop.row + 1

    def is_at_end(self) -> bool:
        """True in the last field of the last row, once something stands in the row."""
        self._typing.commit()
        last = len(self._paper.rows) - 1
        if not self._typing.here or not self._paper.takes_rows() or last < 0:
            return False
        stop = self._typing.here.stop
        onward = self._paper.neighbour(stop.name, 1)
        return stop.row == last and bool(self._paper.rows[last]) and (onward is None or onward.row != last)
