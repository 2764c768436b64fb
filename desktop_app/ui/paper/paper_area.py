"""The desk on which the paper lies: grey, with the sheet in its middle, and the zoom.

It knows how large the sheet wants to be and nothing of what is on it.
"""

from typing import Final

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desktop_app.ui.paper.paper_view import PaperView
from desktop_app.ui.parts.look import STEP, Colours, ground

LARGEST = 4.0
SMALLEST_FIT = 0.3  # an A3 list on a small screen
WIDEST_FIT = 1.6  # beyond this a line is too long to be read at a glance
_STEPS: Final = (0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0)


class PaperArea(QScrollArea):
    """Shows one sheet, by default as wide as fits."""

    zoom_chosen = Signal(float)  # by the clerk; 0 fits the width
    zoom_changed = Signal(float, bool)  # 1.0 is true size; whether it follows the width

    def __init__(self, sheet: PaperView, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._is_fitted = True
        self._least = SMALLEST_FIT  # the zoom below which fitting to the width does not go
        self.setAccessibleName("表单")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setWidget(sheet)
        # Qt paints a scrolled widget's ground in the frame's colour; round the pages the desk shows.
        sheet.setAutoFillBackground(False)
        # Always there: a scroll bar that comes and goes would change the width that the sheet is fitted to.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.dress(colours)

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame; the sheet stays white."""
        ground(self.viewport(), colours.desk)

    def show_as(self, zoom: float) -> None:
        """Show the sheet at a size that was kept; 0 fits the width."""
        self._is_fitted = not zoom
        self._set(min(max(zoom, SMALLEST_FIT), LARGEST) if zoom else self._fitting())

    def keep_legible(self, pixels: float) -> None:
        """Fit to the width only as long as the smallest text is so many pixels high; a paper that is wider scrolls."""
        self._least = self._sheet.zoom_for_text(pixels)
        if self._is_fitted:
            self._set(self._fitting())

    def fit(self) -> None:
        """Make the sheet as wide as fits, now and when the window changes."""
        self._least = SMALLEST_FIT
        self.show_as(0.0)
        self.zoom_chosen.emit(0.0)

    def fit_page(self) -> None:
        """Show a whole page at once."""
        self.zoom_to(min(max(self._sheet.zoom_for_page(self.viewport().height()), SMALLEST_FIT), WIDEST_FIT))

    def zoom_to(self, zoom: float) -> None:
        """Show the sheet at a fixed size."""
        self.show_as(zoom)
        self.zoom_chosen.emit(zoom)

    def step(self, direction: int) -> None:
        """Go to the next larger (1) or smaller (-1) size."""
        now = self._sheet.zoom()
        larger = [each for each in _STEPS if each > now * 1.01]
        smaller = [each for each in _STEPS if each < now * 0.99]
        wanted = larger[:1] if direction > 0 else smaller[-1:]
        if wanted:
            self.zoom_to(wanted[0])

    def show_place(self, place: QRect) -> None:
        """Scroll so that a place of the sheet is in sight, with some of what is around it."""
        if place.isEmpty():
            return
        middle = place.center()
        self.ensureVisible(
            middle.x(), middle.y(), place.width() // 2 + 3 * STEP, place.height() // 2 + 12 * STEP
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._is_fitted:
            self._set(self._fitting())

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.step(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def _fitting(self) -> float:
        return min(max(self._sheet.zoom_for(self.viewport().width()), self._least), WIDEST_FIT)

    def _set(self, zoom: float) -> None:
        self._sheet.set_zoom(zoom)
        self.zoom_changed.emit(zoom, self._is_fitted)
