"""What was answered before: undo and redo across the fields of one paper.

Knows no widget; a change is two mappings, and None stands for no answer.
"""

from collections.abc import Mapping
from typing import NamedTuple

from desktop_app.case import Answer, Answers


class Change(NamedTuple):
    """One commit: the place that was typed in, its row, and what changed with it.

    Attributes:
        row: Index of the list's row; -1 for an answer that stands once.
        before, after: Answers of the changed fields; None where there was or is none.
    """

    place: str
    row: int
    before: Mapping[str, Answer | None]
    after: Mapping[str, Answer | None]


class RowsChange(NamedTuple):
    """A row of a list that came or went: the place to show, and all rows before and after."""

    place: str
    before: tuple[Answers, ...]
    after: tuple[Answers, ...]


def change_between(place: str, row: int, old: Answers, new: Answers) -> Change | None:
    """Return what differs between two sets of answers; None where nothing does."""
    changed = [key for key in {**old, **new} if old.get(key) != new.get(key)]
    if not changed:
        return None
    before = {key: old.get(key) for key in changed}
    return Change(place, row, before, {key: new.get(key) for key in changed})


def applied(answers: Answers, values: Mapping[str, Answer | None]) -> dict[str, Answer]:
    """Return the answers with some replaced; None takes an answer away."""
    changed = {**answers, **values}
    return {key: value for key, value in changed.items() if value is not None}


class History:
    """The changes of one paper while it is open, in order."""

    def __init__(self) -> None:
        self._done: list[Change | RowsChange] = []
        self._undone: list[Change | RowsChange] = []

    def add(self, change: Change | RowsChange) -> None:
        """Remember a change; what was undone before can no longer be redone."""
        self._done.append(change)
        self._undone.clear()

    def undo(self) -> Change | RowsChange | None:
        """Return the last change, which the caller takes back; None where there is none."""
        if not self._done:
            return None
        self._undone.append(self._done.pop())
        return self._undone[-1]

    def redo(self) -> Change | RowsChange | None:
        """Return the change that was undone last, which the caller makes again."""
        if not self._undone:
            return None
        self._done.append(self._undone.pop())
        return self._done[-1]
