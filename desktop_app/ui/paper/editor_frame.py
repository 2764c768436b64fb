"""The frame round the one editor that is open, and what every editor agrees on: its colours and what its keys ask for.

Knows no field, no paper and no text.
"""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

from desktop_app.ui.parts import painting

FILL = QColor("#FFF9DB")
FRAME = QColor("#1A56B0")
FRAME_WIDTH = 2  # px
PAD = 4  # px between frame and text
LONGEST = 2000  # characters; no answer is longer, and a paste that is has gone wrong
SELECTED = QColor("#BFD7FF")
_KEYS = {
    QKeySequence.StandardKey.Undo: "undo",
    QKeySequence.StandardKey.Redo: "redo",
}


_PLAIN_KEYS: dict[int, str] = {
    Qt.Key.Key_Escape: "restore",
    Qt.Key.Key_Up: "earlier",
    Qt.Key.Key_Down: "later",
}


def asked_by(event: QKeyEvent) -> str:
    """Return what a key asks: next, back, restore, undo, redo, earlier, later; empty where it is ordinary typing."""
    for key, act in _KEYS.items():
        if event.matches(key):
            return act
    if event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() == Qt.Key.Key_Y:
        return "redo"
    plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        if plain == Qt.KeyboardModifier.ShiftModifier:
            return "back"
        return "next" if plain == Qt.KeyboardModifier.NoModifier else ""
    if plain != Qt.KeyboardModifier.NoModifier:
        return ""
    return _PLAIN_KEYS.get(event.key(), "")


def is_for_menu(event: QKeyEvent) -> bool:
    """True for Alt with a key: it opens menus and is never typed. AltGr, which is Ctrl+Alt to Windows, types."""
    held = event.modifiers()
    return bool(held & Qt.KeyboardModifier.AltModifier) and not held & Qt.KeyboardModifier.ControlModifier


def paper_palette() -> QPalette:
    """Return black on pale yellow, whatever the desktop's colours are."""
    palette = QPalette()
    for role in (QPalette.ColorRole.Base, QPalette.ColorRole.Window):
        palette.setColor(role, FILL)
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.HighlightedText):
        palette.setColor(role, painting.INK)
    palette.setColor(QPalette.ColorRole.Highlight, SELECTED)
    return palette


class EditorFrame(QWidget):
    """The blue frame round the one editor that is open; it covers what is under it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the frame alone; the editor paints the rest."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), FILL)
        painter.setPen(QPen(FRAME, FRAME_WIDTH))
        edge = FRAME_WIDTH / 2
        painter.drawRect(QRectF(self.rect()).adjusted(edge, edge, -edge, -edge))
        painter.end()


def inner_rect(frame: QRect) -> QRect:
    """Return where the editor stands in its frame."""
    edge = FRAME_WIDTH
    return QRect(edge, edge, frame.width() - 2 * edge, frame.height() - 2 * edge)


def units(text: str) -> int:
    """Return the length of a text as Qt counts it: rare characters are two."""
    return len(text.encode("utf-16-le")) // 2


def spliced(text: str, at: int, more: str) -> str:
    """Return `text` with more put in at a place that Qt counts."""
    raw = text.encode("utf-16-le")
    return (raw[: 2 * at] + more.encode("utf-16-le") + raw[2 * at :]).decode("utf-16-le")
