"""What hides everything at once while the program locks itself: an opaque page that takes every key and click."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget

from desktop_app.ui.parts.buttons import push_button
from desktop_app.ui.parts.labels import centred_label
from desktop_app.ui.parts.look import LARGE, STEP, Colours, ground, sized, style_sheet

_LOCKING = "正在保存并锁定…"


class Cover(QDialog):
    """Stands over the window and whatever else is open, until the process ends.

    Signals:
        again: The clerk wants the lock to be tried again.
    """

    again = Signal()

    def __init__(self, window: QWidget, colours: Colours) -> None:
        super().__init__(QApplication.activeModalWidget() or window, Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle("锁定")
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setStyleSheet(style_sheet(colours))
        ground(self, colours.frame)
        self.words = centred_label(_LOCKING, sized(LARGE))
        self.try_again = push_button("再试一次  Enter", "main_act")
        self.try_again.clicked.connect(self.again)
        self.try_again.hide()
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addWidget(self.words)
        column.addSpacing(2 * STEP)
        column.addWidget(self.try_again, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(3)
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        # Dialogs stay as they are, below a lid each: closing one would ask something or throw away what is typed.
        for other in QApplication.topLevelWidgets():
            if other.isVisible():
                _put_lid(other, colours)
        self.setGeometry(window.geometry())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show()
        self.activateWindow()
        self.setFocus()
        self.repaint()

    def tell(self, sentence: str) -> None:
        """Say why it is not locked yet; what was typed stays below."""
        self.words.setText(f"✕ {sentence}\n屏幕已遮住，填写的内容还在；程序会再试，直到保存好并锁定。")
        self.try_again.show()
        self.try_again.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take every key; none of them uncovers anything."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.try_again.isVisible():
            self.again.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay: what is below is to be saved first."""
        event.ignore()


def _put_lid(other: QWidget, colours: Colours) -> None:
    lid = QWidget(other)
    ground(lid, colours.frame)
    lid.setGeometry(other.rect())
    lid.show()
    lid.raise_()
    other.repaint()
