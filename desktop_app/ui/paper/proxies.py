"""What stands for a field while nothing is typed in it: a place in the Tab order with a name that screen readers say.

A proxy paints nothing. For squares and rings it also takes the keys, because they need no editor.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_app.ui.paper.editor_frame import asked_by

_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class FieldProxy(QWidget):
    """One field for the keyboard and for screen readers.

    Signals:
        entered: The focus came here (name of the stop).
        left: The focus went elsewhere (name, reason).
        asked: What a key asks, as in `editor_frame.asked_by`, and "tick", "earlier", "later", "onward", "backward";
            at squares "tick 3" for the third, and "refuse" for a character that means nothing there.
    """

    entered = Signal(str)
    left = Signal(str, Qt.FocusReason)
    asked = Signal(str)

    def __init__(self, name: str, label: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.name = name
        self.takes_keys = False
        self.access: object = None  # what screen readers ask; it must live as long as Qt knows the proxy
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell the sheet."""
        self.entered.emit(self.name)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell the sheet."""
        self.left.emit(self.name, event.reason())

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Go on in the paper's order and not in the window's."""
        self.asked.emit("onward" if is_next else "backward")
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys of squares and rings; leave the others to the window."""
        keys: dict[int, str] = {
            Qt.Key.Key_Space: "tick",
            Qt.Key.Key_Left: "earlier",
            Qt.Key.Key_Right: "later",
        }
        act = asked_by(event) or ("" if event.modifiers() & ~_KEYPAD else keys.get(event.key(), ""))
        if not act and not event.modifiers() & ~_KEYPAD and event.text() and event.text().isprintable():
            # A figure ticks the square in its place; anything else that is typed is answered and not dropped.
            act = f"tick {event.text()}" if event.text() in "123456789" else "refuse"
        if act and self.takes_keys:
            self.asked.emit(act)
            event.accept()
        else:
            event.ignore()
