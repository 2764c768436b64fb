"""Labels of plain text, the only ones of the window: what is typed as a name is never taken for rich text."""

from typing import Final

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.ui.parts.look import LARGE, NORMAL, sized

# Qt.TextFormat.PlainText and Qt.AlignmentFlag.AlignCenter. The name space of these constants alone costs a tenth of an
# empty window, so until the list is painted properties are set by their numbers.
_PLAIN_TEXT: Final = 0
_CENTRED: Final = 0x84


def plain_label(text: str = "", font: QFont | None = None, parent: QWidget | None = None) -> QLabel:
    """Return a label of one line, in the window's own font where no other is given."""
    label = QLabel(text, parent) if parent is not None else QLabel(text)
    label.setProperty("textFormat", _PLAIN_TEXT)
    if font is not None:
        label.setFont(font)
    return label


def wrapped_label(text: str = "", font: QFont | None = None) -> QLabel:
    """Return a label that breaks its text into lines."""
    label = plain_label(text, font)
    label.setWordWrap(True)
    return label


def centred_label(text: str, font: QFont | None = None) -> QLabel:
    """Return a label of one line in the middle of its place."""
    label = plain_label(text, font)
    label.setProperty("alignment", _CENTRED)
    return label


def selectable_label(text: str = "") -> QLabel:
    """Return a label that breaks its text into lines, and from which it can be copied."""
    from PySide6.QtCore import Qt

    label = wrapped_label(text, sized(NORMAL))
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def head(text: str = "") -> QLabel:
    """Return the head of a page or of a part of it."""
    return plain_label(text, sized(LARGE, is_bold=True))
