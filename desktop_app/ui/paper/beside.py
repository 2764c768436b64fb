"""What stands beside the editor: the words between which the arrow keys choose, and a note on what is typed.

Both never take the focus, stay inside the page and stand where they cover least of what is printed. They know no
field and no answer.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QToolButton, QVBoxLayout, QWidget

from desktop_app.ui.paper.editor_frame import paper_palette
from desktop_app.ui.parts import painting
from desktop_app.ui.parts.labels import plain_label

_GAP = 2  # px to the editor
_SMALL, _LARGE = 13, 22  # px


def quiet_place(size: QSize, around: QRect, page: QRect, printed: Sequence[QRect]) -> QPoint:
    """Return where a box of `size` beside `around` covers least of what is printed, inside the page; in pixels."""
    wide, high = size.width(), size.height()
    below, above = around.bottom() + _GAP, around.top() - high - _GAP
    right, left = around.right() + _GAP, around.left() - wide - _GAP
    level = around.center().y() - high // 2
    corners = (
        (around.left(), below),
        (right, level),
        (around.right() - wide, below),
        (around.left(), above),
        (around.right() - wide, above),
        (left, level),
    )
    inside = [QRect(QPoint(x, y), size) for x, y in corners]
    inside = [rect for rect in inside if page.contains(rect)] or [_moved_into(inside[0], page)]
    return min(inside, key=lambda rect: _covered(rect, printed)).topLeft()


def _moved_into(rect: QRect, page: QRect) -> QRect:
    left = max(min(rect.left(), page.right() - rect.width()), page.left())
    top = max(min(rect.top(), page.bottom() - rect.height()), page.top())
    return QRect(QPoint(left, top), rect.size())


def _covered(rect: QRect, printed: Sequence[QRect]) -> int:
    common = (rect.intersected(each) for each in printed if rect.intersects(each))
    return sum(each.width() * each.height() for each in common)


class OptionHint(QFrame):
    """The words between which ↑ and ↓ choose: a few in a row, or those that go on with what is typed in a column.

    Signals:
        chosen: The word that was clicked.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.Box)
        self.setAutoFillBackground(True)
        self.setPalette(paper_palette())
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(6, 2, 6, 2)
        self._row.setSpacing(2)
        self._words: tuple[str, ...] = ()
        self.hide()

    def show_options(
        self,
        words: tuple[str, ...],
        editor: QRect,
        page: QRect,
        printed: Sequence[QRect],
        *,
        is_column: bool = False,
    ) -> None:
        """Stand beside the editor with these words."""
        direction = QBoxLayout.Direction.TopToBottom if is_column else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(direction)
        if words != self._words:
            self._fill(words)
        self.resize(self._row.totalSizeHint())
        self.move(quiet_place(self.size(), editor, page, printed))
        self.show()
        self.raise_()

    def _fill(self, words: tuple[str, ...]) -> None:
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._words = words
        font = painting.widget_font(_SMALL, "".join(words))
        arrows = plain_label("↑↓", font, self)
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


class FieldNote(QFrame):
    """What is to be known of the field in use: a number read back in large figures, a sentence below it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.Box)
        self.setAutoFillBackground(True)
        self.setPalette(paper_palette())
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 3, 8, 3)
        column.setSpacing(0)
        self.figures, self.sentence = plain_label(parent=self), plain_label(parent=self)
        for label in (self.figures, self.sentence):
            column.addWidget(label)
        self.hide()

    def tell(self, figures: str, sentence: str, editor: QRect, page: QRect, printed: Sequence[QRect]) -> None:
        """Stand beside the editor with figures, a sentence or both; hide without either."""
        if not figures and not sentence:
            self.hide()
            return
        if self.isVisible() and (figures, sentence) == (self.figures.text(), self.sentence.text()):
            return
        for label, text, size, face in (
            (self.figures, figures, _LARGE, "song"),
            (self.sentence, sentence, _SMALL, "hei"),
        ):
            label.setVisible(bool(text))
            if text != label.text():
                label.setFont(painting.widget_font(size, text, face))
                label.setText(text)
        # It grows with what is typed and shrinks with the next field, so that it does not tremble at each key.
        wanted = self.sizeHint().expandedTo(self.size()) if self.isVisible() else self.sizeHint()
        if wanted != self.size() or not self.isVisible():
            self.resize(wanted)
            self.move(quiet_place(wanted, editor, page, printed))
        self.show()
        self.raise_()
