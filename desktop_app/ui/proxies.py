"""What stands for a field while nothing is typed in it: a place in the Tab order with a name that screen readers say.

A proxy paints nothing. For squares and rings it also takes the keys, because they need no editor.
"""

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from desktop_app.ui import painting
from desktop_app.ui.editor_frame import asked_by, paper_palette


class FieldProxy(QWidget):
    """One field for the keyboard and for screen readers.

    Signals:
        entered: The focus came here (name of the stop).
        left: The focus went elsewhere (name, reason).
        asked: What a key asks, as in `editor_frame.asked_by`, and "tick", "earlier", "later", "onward", "backward".
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
        keys = {
            Qt.Key.Key_Space: "tick",
            Qt.Key.Key_Left: "earlier",
            Qt.Key.Key_Right: "later",
        }
        act = asked_by(event) or ("" if event.modifiers() else keys.get(event.key(), ""))
        if act and self.takes_keys:
            self.asked.emit(act)
            event.accept()
        else:
            event.ignore()


class OptionHint(QWidget):
    """The words between which ↑ and ↓ choose, below the editor; it never takes the focus.

    Signals:
        chosen: The word that was clicked.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAutoFillBackground(True)
        self.setPalette(paper_palette())
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(6, 2, 6, 2)
        self._row.setSpacing(2)
        self._words: tuple[str, ...] = ()
        self.hide()

    def show_options(self, words: tuple[str, ...], above: QRect) -> None:
        """Stand below a rectangle of the parent with these words; hide without any."""
        if not words:
            self.hide()
            return
        if words != self._words:
            self._fill(words)
        self.resize(self._row.totalSizeHint())
        self.show()
        parent = self.parentWidget()
        left = min(above.left(), parent.width() - self.width() - 4)
        is_low = above.bottom() + self.height() > parent.height()
        self.move(QPoint(left, above.top() - self.height() if is_low else above.bottom() + 1))
        self.raise_()

    def _fill(self, words: tuple[str, ...]) -> None:
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._words = words
        font = painting.widget_font(13)
        arrows = QLabel("↑↓", self)
        arrows.setFont(font)
        self._row.addWidget(arrows)
        arrows.show()
        for word in words:
            button = QToolButton(self)
            button.setText(word)
            button.setFont(font)
            button.setAutoRaise(True)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setPalette(paper_palette())
            button.clicked.connect(lambda _=False, word=word: self.chosen.emit(word))
            self._row.addWidget(button)
            button.show()
