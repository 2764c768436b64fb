"""What people have typed and chosen in a page or dialog, read from its widgets and put back into others made alike.

It knows no page: whatever takes text or a choice is kept, in the order in which it was made. Passwords never are.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from desktop_app.store.records import Json

_Taker = QLineEdit | QPlainTextEdit | QComboBox | QAbstractButton | QTableWidget | QListWidget
_TAKERS: Final = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractButton, QTableWidget, QListWidget)


class Caret(NamedTuple):
    """Where the caret stands in a text, and where what is selected begins, as Qt counts."""

    anchor: int = 0
    position: int = 0


class Typed(NamedTuple):
    """What stands in one widget.

    Attributes:
        kind: Which widget of Qt it is.
        name: What screen readers call it.
        has_focus: It is typed in; `caret` says where.
    """

    kind: str
    name: str
    value: Json
    has_focus: bool = False
    caret: Caret = Caret()


def typed_in(parent: QWidget) -> tuple[Typed, ...]:
    """Return what stands in everything below a page or dialog that can be typed into or chosen."""
    focus = parent.window().focusWidget()
    return tuple(
        Typed(kind, name, _value(widget), widget is focus, caret_of(widget))
        for kind, name, widget in _takers(parent)
    )


def put_back(parent: QWidget, kept: tuple[Typed, ...]) -> None:
    """Put what was kept into a page or dialog made alike; what it no longer has a place for is left out."""
    left = list(_takers(parent))
    for typed in kept:
        at = next((at for at, each in enumerate(left) if each[:2] == (typed.kind, typed.name)), None)
        if at is None:
            continue
        widget = left.pop(at)[2]
        if _value(widget) != typed.value:
            _take(widget, typed.value)
        if typed.has_focus:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
            put_caret(widget, typed.caret)


def caret_of(widget: QWidget | None) -> Caret:
    """Return the caret of a widget that takes text."""
    if isinstance(widget, QLineEdit):
        start, at = widget.selectionStart(), widget.cursorPosition()
        if start < 0:
            return Caret(at, at)
        return Caret(widget.selectionEnd() if at == start else start, at)
    if isinstance(widget, QPlainTextEdit):
        return Caret(widget.textCursor().anchor(), widget.textCursor().position())
    return Caret()


def put_caret(widget: QWidget | None, caret: Caret) -> None:
    """Put the caret of a widget that takes text; behind its end it stands at the end."""
    if isinstance(widget, QLineEdit):
        widget.setCursorPosition(caret.anchor)
        widget.cursorForward(True, caret.position - caret.anchor)
    elif isinstance(widget, QPlainTextEdit):
        end = widget.document().characterCount() - 1
        cursor = widget.textCursor()
        cursor.setPosition(min(caret.anchor, end))
        cursor.setPosition(min(caret.position, end), QTextCursor.MoveMode.KeepAnchor)
        widget.setTextCursor(cursor)


def _takers(parent: QWidget) -> Iterator[tuple[str, str, _Taker]]:
    for widget in parent.findChildren(QWidget):
        kind = next((each for each in _TAKERS if isinstance(widget, each)), None)
        if kind is None or not isinstance(widget, _TAKERS):
            continue
        is_secret = isinstance(widget, QLineEdit) and widget.echoMode() != QLineEdit.EchoMode.Normal
        is_act = isinstance(widget, QAbstractButton) and not widget.isCheckable()
        if not is_secret and not is_act:
            yield kind.__name__, widget.accessibleName() or widget.objectName(), widget


def _value(widget: _Taker) -> Json:
    match widget:
        case QLineEdit():
            return widget.text()
        case QPlainTextEdit():
            return widget.toPlainText()
        case QComboBox():
            return widget.currentText()
        case QAbstractButton():
            return widget.isChecked()
        case QListWidget():
            items = [widget.item(at) for at in range(widget.count())]
            return [item.text() for item in items if item.checkState() == Qt.CheckState.Checked]
        case QTableWidget():
            rows = range(widget.rowCount())
            return [[_cell(widget, row, column) for column in range(widget.columnCount())] for row in rows]


def _cell(table: QTableWidget, row: int, column: int) -> Json:
    item = table.item(row, column)
    return item.text() if item is not None else ""


def _take(widget: _Taker, value: Json) -> None:
    match widget, value:
        case QLineEdit(), str():
            widget.setText(value)
        case QPlainTextEdit(), str():
            widget.setPlainText(value)
        case QComboBox(), str() if widget.findText(value) >= 0:
            widget.setCurrentIndex(widget.findText(value))
        case QAbstractButton(), bool():
            # A radio button goes out with the one beside it.
            widget.setChecked(value or (widget.isChecked() and widget.autoExclusive()))
        case QListWidget(), list():
            for at in range(widget.count()):
                if widget.item(at).text() in value:
                    widget.item(at).setCheckState(Qt.CheckState.Checked)
        case QTableWidget(), list():
            _take_table(widget, value)
        case _:
            pass


def _take_table(table: QTableWidget, rows: list[Json]) -> None:
    table.setRowCount(max(table.rowCount(), len(rows)))
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells if isinstance(cells, list) else []):
            if _cell(table, row, column) == text or not isinstance(text, str):
                continue
            item = table.item(row, column)
            if item is None:
                table.setItem(row, column, QTableWidgetItem(text))
            else:
                item.setText(text)
