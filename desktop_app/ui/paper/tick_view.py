"""Squares and rings on the paper: which of them the keys act on, how it is lifted, what a tick means.

It knows no editor.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.forms.draw import holds
from desktop_app.ui.paper import stops
from desktop_app.ui.paper.answering import AnswerView
from desktop_app.ui.paper.editor_frame import FILL, FRAME, FRAME_WIDTH
from desktop_app.ui.paper.paper import Paper
from desktop_app.ui.paper.stops import Stop


class TickView(AnswerView):
    """A paper with one field in use, whose squares can be ticked."""

    def __init__(self, paper: Paper, parent: QWidget | None = None) -> None:
        self._current: Stop | None = None
        self._option = 0
        super().__init__(paper, parent)

    def _step_mark(self, step: int) -> None:
        """Go to the next (1) or previous (-1) square of the field in use."""
        if self._current is not None:
            self._update_option()
            self._option = (self._option + step) % len(stops.marks_of(self._current))
            self._tell_option()

    def _ticked_option(self) -> int:
        assert self._current is not None
        value = self._paper.value(self._current)
        marks = stops.marks_of(self._current)
        ticked = (i for i, spot in enumerate(marks) if value is not None and holds(value, spot.slot.option))
        return next(ticked, 0)

    def _tick_place(self, place: int) -> None:
        """Tick the square in a place (from 0) of the field in use; one that is ticked in an either-or group stays."""
        if self._current is None or not 0 <= place < len(stops.marks_of(self._current)):
            return
        self._update_option()
        self._option = place
        value, chosen = self._paper.value(self._current), stops.marks_of(self._current)[place].slot.option
        if self._current.field.kind == "choices" or value is None or not holds(value, chosen):
            self._tick(place)
        self._tell_option()

    def _tick(self, option: int) -> None:
        if self._current is None or self._current.way != "marks":
            return
        chosen = stops.marks_of(self._current)[option].slot.option
        self._take(
            self._current, stops.toggled(self._current.field, self._paper.value(self._current), chosen)
        )
        self._tell_option()

    def _tell_option(self) -> None:
        """Paint the square that the keys act on, and name it to screen readers."""
        self._update_option()
        if self._current is None:
            return
        option = stops.marks_of(self._current)[self._option].slot.option
        value = self._paper.value(self._current)
        state = "已选" if value is not None and holds(value, option) else "未选"
        words = stops.option_text(self._paper.form, self._current.field, option)
        self._proxy(self._current).setAccessibleDescription(f"{words}，{state}")

    def _update_option(self) -> None:
        if self._current is not None and self._current.way == "marks":
            self.update(self._spot_rect(stops.marks_of(self._current)[self._option]))

    def _paint_under(self, painter: QPainter, number: int) -> None:
        """Lift the square that the keys act on: pale yellow with a blue frame."""
        if self._current is None or self._current.way != "marks":
            return
        spot = stops.marks_of(self._current)[self._option]
        if spot.page != number:
            return
        rect = self._spot_rect(spot).adjusted(1, 1, -1, -1)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.fillRect(rect, FILL)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(FRAME, FRAME_WIDTH))
        painter.drawRect(rect)
