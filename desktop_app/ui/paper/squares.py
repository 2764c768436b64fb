"""Squares and rings on the paper: which of them the keys act on, what a tick means.

It knows no editor.
"""

from desktop_app.case import holds
from desktop_app.ui.paper import stops
from desktop_app.ui.paper.edits import Edits
from desktop_app.ui.paper.fields import Fields
from desktop_app.ui.paper.paper_view import PaperView
from desktop_app.ui.paper.stops import Stop


class Squares:
    """The squares of the field in use; none where that is typed, or where no field is in use."""

    def __init__(self, view: PaperView, fields: Fields, edits: Edits) -> None:
        self._view, self._fields, self._edits = view, fields, edits
        self._stop: Stop | None = None
        self._option = 0

    def enter(self, stop: Stop, option: int | None = None) -> None:
        """Let the keys act on the squares of a field, on its ticked or first one where no other is given."""
        self._stop = stop
        self._lift(self._ticked(stop) if option is None else option)

    def leave(self) -> None:
        """Let the keys act on no square."""
        self._stop = None
        self._view.lift(None)

    def arrange(self, stop: Stop) -> None:
        """Go on at the same square of a field after the paper was arranged anew."""
        self._stop = stop
        self._view.lift(stops.marks_of(stop)[self._option])

    def step(self, step: int) -> None:
        """Go to the next (1) or previous (-1) square."""
        if self._stop is not None:
            self._lift((self._option + step) % len(stops.marks_of(self._stop)))

    def tick(self, option: int | None = None) -> None:
        """Tick a square, by default the one that the keys act on, or take its tick away."""
        if self._stop is None:
            return
        at = self._option if option is None else option
        chosen = stops.marks_of(self._stop)[at].slot.option
        stop = self._stop
        self._edits.take(stop, stops.toggled(stop.field, self._view.paper.value(stop), chosen))
        self._lift(at)

    def tick_place(self, place: int) -> None:
        """Tick the square in a place (from 0); one that is ticked in an either-or group stays."""
        if self._stop is None or not 0 <= place < len(stops.marks_of(self._stop)):
            return
        if self._stop.field.kind == "choices" or not self._is_ticked(self._stop, place):
            self.tick(place)
        else:
            self._lift(place)

    def _ticked(self, stop: Stop) -> int:
        return next((at for at in range(len(stops.marks_of(stop))) if self._is_ticked(stop, at)), 0)

    def _is_ticked(self, stop: Stop, option: int) -> bool:
        value = self._view.paper.value(stop)
        return value is not None and holds(value, stops.marks_of(stop)[option].slot.option)

    def _lift(self, option: int) -> None:
        """Show the square that the keys act on, and name it to screen readers."""
        if self._stop is None:
            return
        self._option = option
        spot = stops.marks_of(self._stop)[option]
        self._view.lift(spot)
        words = stops.option_text(self._view.paper.form, self._stop.field, spot.slot.option)
        state = "已选" if self._is_ticked(self._stop, option) else "未选"
        self._fields.say(self._stop, f"{words}，{state}")
