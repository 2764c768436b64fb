"""The editor of running text: names, addresses, employers; it grows where its cell is too small.

It holds text and tells what its keys ask for; it knows no field, no paper and no meaning of what is typed.
"""

from typing import Any

from PySide6.QtCore import QMimeData, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from desktop_app.ui.paper.editor_frame import (
    FRAME_WIDTH,
    LONGEST,
    PAD,
    asked_by,
    is_for_menu,
    paper_palette,
    spliced,
    units,
)

_PLACES = (Qt.InputMethodQuery.ImCursorRectangle, Qt.InputMethodQuery.ImAnchorRectangle)


class ProseEditor(QPlainTextEdit):
    """Text that grows out of its cell line by line where the cell is too small for it.

    Signals:
        asked: What a key asks of the sheet, as in `asked_by`.
        focus_left: The focus went elsewhere; the reason comes with it.
        grown: The number of lines changed.
        overfilled: Far more was pasted than any answer has, so many characters; nothing of it was taken.
    """

    asked = Signal(str)
    focus_left = Signal(Qt.FocusReason)
    overfilled = Signal(int)
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
        self.has_words = False  # ↑ and ↓ choose among words, and do not move between lines
        self._replaced = ""  # what was selected when composing began; Qt takes it away at once
        self.document().documentLayout().documentSizeChanged.connect(lambda _: self.grown.emit())

    def set_content(self, text: str) -> None:
        """Begin with `text`, without anything to undo."""
        self._replaced = ""
        self.setPlainText(text)

    def content(self) -> str:
        """Return the text as it is without what is still being composed."""
        text = self.toPlainText()
        return spliced(text, self.textCursor().position(), self._replaced) if self._replaced else text

    def end_composing(self) -> None:
        """Give up what is still being composed; what it would have replaced comes back."""
        if self.is_composing():
            self.inputMethodEvent(QInputMethodEvent())

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember what composing would replace, and put it back where nothing came of it."""
        if not self.is_composing() and event.preeditString():
            self._replaced = self.textCursor().selectedText()
        if event.commitString():
            self._replaced = ""
        super().inputMethodEvent(event)
        if not event.preeditString() and self._replaced:
            replaced, self._replaced = self._replaced, ""
            cursor = self.textCursor()
            at = cursor.position()
            cursor.insertText(replaced)
            cursor.setPosition(at)
            cursor.setPosition(at + units(replaced), QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> Any:  # type: ignore[override]  # Qt calls this one
        """Tell input methods where the caret is; Qt leaves out how far the text is from the editor's edge."""
        answer = super().inputMethodQuery(query)
        return answer.translated(self.viewport().pos()) if query in _PLACES else answer

    def put_caret(self, point: QPoint) -> None:
        """Put the caret at a point of the editor."""
        self.setTextCursor(self.cursorForPosition(self.viewport().mapFrom(self, point)))

    def insert(self, text: str) -> None:
        """Put text in place of what is selected."""
        self.insertPlainText(text)

    def put_caret_last(self) -> None:
        """Put the caret behind the text, with nothing selected."""
        self.moveCursor(QTextCursor.MoveOperation.End)

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
        if not source.hasText():
            return
        text = source.text()
        if len(text) > LONGEST:
            self.overfilled.emit(len(text))
            return
        self.textCursor().insertText(" ".join(text.split()))
        self.ensureCursorVisible()

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Go on in the paper's order and not in the window's."""
        self.asked.emit("onward" if is_next else "backward")
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell the sheet what is its own; the rest is ordinary typing."""
        if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) or is_for_menu(event):
            event.ignore()
            return
        act = "" if self.is_composing() else asked_by(event)
        if act and (self.has_words or act not in ("earlier", "later")):
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
