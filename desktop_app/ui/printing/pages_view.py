"""Pages as the printer will be given them, one under another: what the print preview shows.

It knows marks, layers and an offset, and neither form nor printer.
"""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desktop_app.forms.marks import ALL_LAYERS, Layer, Page
from desktop_app.printing.overprint import Offset
from desktop_app.ui.parts import painting

GAP = 16  # px between pages
DESK = QColor("#D9DDE3")
EDGE = QColor("#AEB6C0")
_FAINT = 0.25  # of the pre-printed form in the preview of over-printing


class PagesView(QWidget):
    """Pages one under another, as wide as there is room."""

    def __init__(self, pages: tuple[Page, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = pages
        self._layers: frozenset[Layer] = ALL_LAYERS
        self._offset = Offset()
        self.setAccessibleName("打印预览")

    def show_as(self, layers: frozenset[Layer], offset: Offset) -> None:
        """Show what these layers print, moved by an offset in mm."""
        self._layers, self._offset = layers, offset
        self.update()

    def fit(self, width: int) -> None:
        """Take a width in pixels; the height follows."""
        self.setFixedSize(width, round(self._top(len(self._pages), width)))

    def _scale(self, width: float) -> float:
        return (width - 2 * GAP) / max(page.width for page in self._pages)

    def _top(self, number: int, width: float) -> float:
        return GAP + sum(page.height * self._scale(width) + GAP for page in self._pages[:number])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pages in sight; on a pre-printed form the form is faint."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), DESK)
        scale = self._scale(self.width())
        for number, page in enumerate(self._pages):
            top = self._top(number, self.width())
            rect = QRectF(GAP, top, page.width * scale, page.height * scale)
            if not rect.intersects(QRectF(event.rect())):
                continue
            painter.fillRect(rect, painting.PAPER)
            painter.setPen(EDGE)
            painter.drawRect(rect)
            painter.save()
            painter.setClipRect(rect)
            painter.translate(rect.topLeft())
            if self._layers != ALL_LAYERS:
                painter.setOpacity(_FAINT)
                painting.paint(painter, page.marks, scale, layers=ALL_LAYERS - self._layers)
                painter.setOpacity(1.0)
            painter.translate(QPointF(self._offset.right * scale, self._offset.down * scale))
            painting.paint(painter, page.marks, scale, layers=self._layers)
            painter.restore()
        painter.end()


class PagesDesk(QScrollArea):
    """Keeps the pages as wide as the window."""

    def __init__(self, view: PagesView) -> None:
        super().__init__()
        self._view = view
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setWidget(view)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages to the new width."""
        super().resizeEvent(event)
        self._view.fit(self.viewport().width())
