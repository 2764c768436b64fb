"""Tells input methods where the caret is, so that their list of candidates stands right below what is composed.

Qt tells them when the widget in use moves in its parent, and not when a parent moves: when the paper is scrolled, when
the frame of an editor goes to the next field, when a notice pushes the page down.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QTransform
from PySide6.QtWidgets import QWidget


class CaretPlace(QObject):
    """Watches everything that a widget stands in which was typed in once, up to its window."""

    def __init__(self, application: QGuiApplication) -> None:
        super().__init__(application)
        application.focusObjectChanged.connect(self._watch_parents)
        self._watch_parents(application.focusObject())

    def _watch_parents(self, used: QObject | None) -> None:
        if isinstance(used, QWidget) and used.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled):
            parent = used.parentWidget()
            while parent is not None and not parent.isWindow():
                parent.installEventFilter(self)  # a second time does nothing
                parent = parent.parentWidget()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell the new place when something moved in which the widget in use stands; the event goes on."""
        if event.type() == QEvent.Type.Move:
            used = QGuiApplication.focusObject()
            if isinstance(used, QWidget) and isinstance(watched, QWidget) and watched.isAncestorOf(used):
                place = used.mapTo(used.window(), QPoint(0, 0))
                moved = QTransform.fromTranslate(place.x(), place.y())
                QGuiApplication.inputMethod().setInputItemTransform(moved)
        return False
