"""A table of lines that are opened, ticked and thrown away by key."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTableView

# Of Qt.Key and Qt.KeyboardModifier: their name space of constants is loaded after the list is painted.
_RETURN, _ENTER, _DELETE, _SPACE, _A = 0x01000004, 0x01000005, 0x01000007, 0x20, 0x41
_CONTROL = 0x04000000


class Table(QTableView):
    """A table whose Enter opens the line, and whose Delete throws it away.

    Signals:
        row_ticked: Space was pressed on a line.
        all_ticked: Ctrl+A was pressed.
    """

    row_opened = Signal(int)
    row_discarded = Signal(int)
    row_ticked = Signal(int)
    all_ticked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, row = event.key(), self.currentIndex().row()
        if row >= 0 and key in (_RETURN, _ENTER):
            self.row_opened.emit(row)
        elif row >= 0 and key == _DELETE:
            self.row_discarded.emit(row)
        elif row >= 0 and key == _SPACE:
            self.row_ticked.emit(row)
        elif key == _A and event.modifiers().value & _CONTROL:
            self.all_ticked.emit()
        else:
            super().keyPressEvent(event)
