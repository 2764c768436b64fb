"""Two regions side by side, with one quiet line between them that can be drawn."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from desktop_app.ui.parts.look import Colours

_GRIP = 5  # pixels; the line itself has one


class Parting(QSplitter):
    """Keeps both regions in sight; the first takes what room there is."""

    def __init__(self, first: QWidget, second: QWidget, colours: Colours) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.colour = QColor(colours.line)  # of the line; a handle is made for each region
        self.setChildrenCollapsible(False)
        self.setHandleWidth(_GRIP)
        self.addWidget(first)
        self.addWidget(second)
        self.setStretchFactor(0, 1)
        self.setStretchFactor(1, 0)

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        self.colour = QColor(colours.line)
        self.handle(1).update()

    def createHandle(self) -> QSplitterHandle:
        return _Line(self)


class _Line(QSplitterHandle):
    def __init__(self, parting: Parting) -> None:
        super().__init__(parting.orientation(), parting)
        self._parting = parting

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), self._parting.colour)
        painter.end()
