"""The editors of one line: numbers, dates, choices by name, and characters in the paper's boxes.

An editor holds text and tells what its keys ask for; it knows no field, no paper and no meaning of what is typed.
Nothing is masked, validated or completed here, because that breaks Chinese input methods.
"""

from typing import Any

from PySide6.QtCore import QLineF, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_app.forms.slots import ASCENT
from desktop_app.ui.paper.editor_frame import (
    FILL,
    FRAME,
    FRAME_WIDTH,
    LONGEST,
    PAD,
    SELECTED,
    asked_by,
    is_for_menu,
    paper_palette,
    spliced,
    units,
)
from desktop_app.ui.parts import painting

_BOX_RULE = QColor("#B9B39A")


class LineEditor(QLineEdit):
    """One line: numbers, dates, choices by name.

    Signals:
        asked: What a key asks of the sheet, as in `asked_by`.
        focus_left: The focus went elsewhere; the reason comes with it.
        overfilled: Far more was pasted than any answer has, so many characters; nothing of it was taken.
    """

    asked = Signal(str)
    focus_left = Signal(Qt.FocusReason)
    overfilled = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrame(False)
        self.setPalette(paper_palette())
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setTextMargins(PAD, 0, PAD, 0)
        self.preedit = ""
        self._replaced = ""  # what was selected when composing began; Qt takes it away at once
        self.textEdited.connect(self._refuse_too_much)

    def set_content(self, text: str) -> None:
        """Begin with `text`, without anything to undo."""
        self.preedit = self._replaced = ""
        self.setText(text)

    def content(self) -> str:
        """Return the text as it is without what is still being composed."""
        return spliced(self.text(), self.cursorPosition(), self._replaced) if self._replaced else self.text()

    def end_composing(self) -> None:
        """Give up what is still being composed; what it would have replaced comes back."""
        if self.preedit:
            self.inputMethodEvent(QInputMethodEvent())

    def put_caret(self, point: QPoint) -> None:
        """Put the caret at a point of the editor."""
        self.setCursorPosition(self.cursorPositionAt(point))

    def put_caret_last(self) -> None:
        """Put the caret behind the text, with nothing selected."""
        self.end(False)

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
        """Remember what is being composed, which is not yet text, and what it would replace."""
        if not self.preedit and event.preeditString():
            self._replaced = self.selectedText()
        self.preedit = event.preeditString()
        if event.commitString():
            self._replaced = ""
        super().inputMethodEvent(event)
        if not self.preedit and self._replaced:
            replaced, self._replaced = self._replaced, ""
            at = self.cursorPosition()
            self.insert(replaced)
            self.setSelection(at, units(replaced))

    def _refuse_too_much(self, text: str) -> None:
        if len(text) > LONGEST:
            self.undo()
            self.overfilled.emit(len(text))

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
        elif is_for_menu(event):
            event.ignore()
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

    def caret(self) -> QRectF:
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

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> Any:  # type: ignore[override]  # Qt calls this one
        """Tell input methods where the caret is, so that their list of candidates stands at its box."""
        if query == Qt.InputMethodQuery.ImCursorRectangle and self._fits():
            return self.caret().toRect()
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
            painter.fillRect(self.box(number), SELECTED)
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
            painter.fillRect(self.caret(), FRAME)
        painter.end()
