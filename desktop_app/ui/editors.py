"""The editors that float over the paper while a field is typed in: running text, one line, boxes.

An editor holds text and tells what its keys ask for; it knows no field, no paper and no meaning of what is typed.
Nothing is masked, validated or completed here, because that breaks Chinese input methods.
"""

from PySide6.QtCore import QLineF, QMimeData, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QWidget

from desktop_app.forms.slots import ASCENT
from desktop_app.ui import painting

FILL = QColor("#FFF9DB")
FRAME = QColor("#1A56B0")
FRAME_WIDTH = 2  # px
PAD = 4  # px between frame and text
_SELECTED = QColor("#BFD7FF")
_BOX_RULE = QColor("#B9B39A")
_KEYS = {
    QKeySequence.StandardKey.Undo: "undo",
    QKeySequence.StandardKey.Redo: "redo",
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
    return {Qt.Key.Key_Escape: "restore", Qt.Key.Key_Up: "earlier", Qt.Key.Key_Down: "later"}.get(
        event.key(), ""
    )


def paper_palette() -> QPalette:
    """Return black on pale yellow, whatever the desktop's colours are."""
    palette = QPalette()
    for role in (QPalette.ColorRole.Base, QPalette.ColorRole.Window):
        palette.setColor(role, FILL)
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.HighlightedText):
        palette.setColor(role, painting.INK)
    palette.setColor(QPalette.ColorRole.Highlight, _SELECTED)
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


class LineEditor(QLineEdit):
    """One line: numbers, dates, choices by name.

    Signals:
        asked: What a key asks of the sheet, as in `asked_by`.
        focus_left: The focus went elsewhere; the reason comes with it.
    """

    asked = Signal(str)
    focus_left = Signal(Qt.FocusReason)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrame(False)
        self.setPalette(paper_palette())
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setTextMargins(PAD, 0, PAD, 0)
        self.preedit = ""

    def set_content(self, text: str) -> None:
        """Begin with `text`, without anything to undo."""
        self.preedit = ""
        self.setText(text)

    def content(self) -> str:
        """Return the text without what is still being composed."""
        return self.text()

    def put_caret(self, point: QPoint) -> None:
        """Put the caret at a point of the editor."""
        self.setCursorPosition(self.cursorPositionAt(point))

    def can_undo(self) -> bool:
        """True if something was typed that the editor itself can take back."""
        return self.isUndoAvailable()

    def can_redo(self) -> bool:
        """True if the editor itself can make again what it took back."""
        return self.isRedoAvailable()

    def wanted_size(self, size: QSize) -> QSize:
        """Return the size at which the text can be read, at least `size`."""
        metrics = QFontMetrics(self.font())
        wide = metrics.horizontalAdvance(self.text()) + 4 * PAD + metrics.averageCharWidth()
        return QSize(max(size.width(), wide), max(size.height(), metrics.height() + 2 * FRAME_WIDTH))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember what is being composed, which is not yet text."""
        self.preedit = event.preeditString()
        super().inputMethodEvent(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Go on in the paper's order and not in the window's."""
        self.asked.emit("onward" if is_next else "backward")
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell the sheet what is its own; the rest is ordinary typing."""
        act = "" if self.preedit else asked_by(event)
        if act:
            self.asked.emit(act)
            event.accept()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the whole answer: numbers and names are replaced whole."""
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell the sheet."""
        super().focusOutEvent(event)
        self.focus_left.emit(event.reason())


class BoxEditor(LineEditor):
    """One line whose characters stand in the paper's boxes."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextMargins(0, 0, 0, 0)
        self.boxes = 18

    def _fits(self) -> bool:
        return len(self.text()) + len(self.preedit) <= self.boxes

    def box(self, number: int) -> QRectF:
        """Return the box of a character (from 0), in the editor's pixels."""
        step = self.width() / self.boxes
        return QRectF(number * step, 0.0, step, self.height())

    def _caret(self) -> QRectF:
        position = self.cursorPosition() + len(self.preedit)
        if position >= self.boxes:
            return QRectF(self.width() - 3.0, self.height() * 0.15, 2.0, self.height() * 0.7)
        box = self.box(position)
        return QRectF(box.x() + 2.0, box.height() * 0.15, 2.0, box.height() * 0.7)

    def wanted_size(self, size: QSize) -> QSize:
        """Keep the boxes where the paper has them."""
        return size if self._fits() else super().wanted_size(size)

    def put_caret(self, point: QPoint) -> None:
        """Put the caret at the box of a point."""
        if self._fits():
            self.setCursorPosition(min(int(point.x() / (self.width() / self.boxes)), len(self.text())))
        else:
            super().put_caret(point)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the caret at the box that was clicked."""
        super().mousePressEvent(event)
        if self._fits() and event.button() == Qt.MouseButton.LeftButton:
            self.put_caret(event.position().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select whole boxes."""
        if not self._fits():
            super().mouseMoveEvent(event)
        elif event.buttons() & Qt.MouseButton.LeftButton:
            target = min(max(round(event.position().x() / (self.width() / self.boxes)), 0), len(self.text()))
            self.cursorForward(True, target - self.cursorPosition())

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> object:
        """Tell input methods where the caret is, so that their list of candidates stands at its box."""
        if query == Qt.InputMethodQuery.ImCursorRectangle and self._fits():
            return self._caret().toRect()
        return super().inputMethodQuery(query)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint each character in its box; more characters than boxes are shown as a plain line."""
        if not self._fits():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.fillRect(event.rect(), FILL)
        at, high, step = self.cursorPosition(), float(self.height()), self.width() / self.boxes
        for number in range(self.selectionStart(), self.selectionEnd()):
            painter.fillRect(self.box(number), _SELECTED)
        painter.setPen(_BOX_RULE)
        painter.drawLines(
            [QLineF(number * step, 0.0, number * step, high) for number in range(1, self.boxes)]
        )
        painter.setPen(painting.INK)
        text = self.text()
        size = float(self.font().pixelSize())
        baseline = high / 2 + (ASCENT - 0.5) * size
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        run = painting.boxed_run(text[:at] + self.preedit + text[at:], size, step)
        painter.drawGlyphRun(QPointF(0.0, baseline), run)
        for number in range(at, at + len(self.preedit)):
            box = self.box(number)
            painter.drawLine(box.bottomLeft() + QPointF(3, -3), box.bottomRight() + QPointF(-3, -3))
        if self.hasFocus():
            painter.fillRect(self._caret(), FRAME)
        painter.end()


class ProseEditor(QPlainTextEdit):
    """Text that grows out of its cell line by line where the cell is too small for it.

    Signals:
        asked: What a key asks of the sheet, as in `asked_by`.
        focus_left: The focus went elsewhere; the reason comes with it.
        grown: The number of lines changed.
    """

    asked = Signal(str)
    focus_left = Signal(Qt.FocusReason)
    grown = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setPalette(paper_palette())
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self.grown.emit())

    def set_content(self, text: str) -> None:
        """Begin with `text`, without anything to undo."""
        self.setPlainText(text)

    def content(self) -> str:
        """Return the text without what is still being composed."""
        return self.toPlainText()

    def put_caret(self, point: QPoint) -> None:
        """Put the caret at a point of the editor."""
        self.setTextCursor(self.cursorForPosition(self.viewport().mapFrom(self, point)))

    def can_undo(self) -> bool:
        """True if something was typed that the editor itself can take back."""
        return self.document().isUndoAvailable()

    def can_redo(self) -> bool:
        """True if the editor itself can make again what it took back."""
        return self.document().isRedoAvailable()

    def lines(self) -> int:
        """Return the number of lines that the text takes at its width."""
        return max(round(self.document().size().height()), 1)

    def wanted_size(self, size: QSize) -> QSize:
        """Return the size at which all of the text can be read, at least `size`."""
        high = self.lines() * QFontMetrics(self.font()).lineSpacing()
        return QSize(size.width(), max(size.height(), high + 2 * (FRAME_WIDTH + PAD)))

    def centre(self) -> None:
        """Put the text in the middle of the editor's height."""
        high = self.lines() * QFontMetrics(self.font()).lineSpacing()
        top = max((self.height() - high) // 2, 0)
        if self.viewportMargins().top() != top:
            self.setViewportMargins(PAD, top, PAD, 0)

    def is_composing(self) -> bool:
        """True while an input method has text that is not yet typed."""
        return bool(self.textCursor().block().layout().preeditAreaText())

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste plain text alone, lines joined by a blank."""
        if source.hasText():
            self.textCursor().insertText(" ".join(source.text().split()))
            self.ensureCursorVisible()

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Go on in the paper's order and not in the window's."""
        self.asked.emit("onward" if is_next else "backward")
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell the sheet what is its own; the rest is ordinary typing."""
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            event.ignore()
            return
        act = "" if self.is_composing() else asked_by(event)
        if act and act not in ("earlier", "later"):
            self.asked.emit(act)
            event.accept()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the wheel move the paper."""
        event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the whole answer."""
        self.selectAll()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell the sheet."""
        super().focusOutEvent(event)
        self.focus_left.emit(event.reason())

    def move_to_end(self) -> None:
        """Put the caret after the last character."""
        self.moveCursor(QTextCursor.MoveOperation.End)


Editor = LineEditor | BoxEditor | ProseEditor


def inner_rect(frame: QRect) -> QRect:
    """Return where the editor stands in its frame."""
    edge = FRAME_WIDTH
    return QRect(edge, edge, frame.width() - 2 * edge, frame.height() - 2 * edge)
