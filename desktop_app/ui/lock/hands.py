"""What a person's hands do: whether a key or the mouse was used lately, and the word that is being composed.

Only what has the focus, and its window, are watched: a filter over the whole program would cost each key too much.
"""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QWindow

_MINUTE_MS: Final = 60_000
_USED: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletMove,
    }
)


class Hands(QObject):
    """Watches keys and mouse of the whole program.

    Signals:
        rested: Nothing was used for as long as `rest_after` says.
        lock_asked: Ctrl+L, wherever it was pressed: a dialog does not let it through to the menu.

    Attributes:
        composed: The word that an input method has begun and not yet given; empty without one.
    """

    rested = Signal()
    lock_asked = Signal()

    def __init__(self, application: QGuiApplication, parent: QObject, pause: QTimer | None = None) -> None:
        """Begin to watch, as long as `parent` lasts; `pause` is the clock, a test gives its own."""
        super().__init__(parent)
        self.composed = ""
        self._pause = pause or QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self.rested)
        self._focus: QObject | None = None
        self._window: QWindow | None = None
        application.focusObjectChanged.connect(self._follow_focus)
        application.focusWindowChanged.connect(self._follow_window)
        self._follow_focus(application.focusObject())
        self._follow_window(application.focusWindow())

    def rest_after(self, minutes: int) -> None:
        """Tell after so many minutes without a key or the mouse, counted from now; never with 0."""
        self._pause.setInterval(minutes * _MINUTE_MS)
        if minutes:
            self._pause.start()
        else:
            self._pause.stop()

    def give_composed(self) -> None:
        """Let the half-composed word be typed as it stands, in place of giving it up."""
        QGuiApplication.inputMethod().commit()
        # An input method that does not know how leaves it to Qt, which would throw it away.
        focus = QGuiApplication.focusObject()
        if self.composed and focus is not None:
            event = QInputMethodEvent()
            event.setCommitString(self.composed)
            QGuiApplication.sendEvent(focus, event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note what is used; every event goes on but Ctrl+L."""
        kind = event.type()
        if kind not in _USED:
            return False
        if self._pause.interval():
            self._pause.start()
        if watched is self._focus and isinstance(event, QInputMethodEvent):
            self.composed = event.preeditString()
        elif watched is self._focus and isinstance(event, QKeyEvent) and _is_lock_key(event):
            self.lock_asked.emit()
            return True
        return False

    def _follow_focus(self, focus: QObject | None) -> None:
        if focus is self._window:
            return
        # What was used once is watched on: a second time does nothing, and it may be gone when it is left.
        self._focus, self.composed = focus, ""
        if focus is not None:
            focus.installEventFilter(self)

    def _follow_window(self, window: QWindow | None) -> None:
        self._window = window
        if window is not None:
            window.installEventFilter(self)


def _is_lock_key(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_L and event.modifiers() == Qt.KeyboardModifier.ControlModifier
