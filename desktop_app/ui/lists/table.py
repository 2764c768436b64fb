"""A table of lines that are opened and thrown away by key."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTableView

# Of Qt.Key: its name space of constants is loaded after the list is painted.
_RETURN, _ENTER, _DELETE = 0x01000004, 0x01000005, 0x01000007


class Table(QTableView):
    """A table whose Enter opens the line, and whose Delete throws it away."""

    row_opened = Signal(int)
    row_discarded = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, row = event.key(), self.currentIndex().row()
        if row >= 0 and key in (_RETURN, _ENTER):
            self.row_opened.emit(row)
        elif row >= 0 and key == _DELETE:
            self.row_discarded.emit(row)
        else:
            super().keyPressEvent(event)
