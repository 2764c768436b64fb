"""How a line of the side panel is painted: a head, or a message with its source under it; both wrap."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop_app.ui.case.panel_lines import PanelLine
from desktop_app.ui.parts.look import NORMAL, SMALL, STEP, Colours, sized

if TYPE_CHECKING:
    from desktop_app.ui.case.line_list import LineList

_Index = QModelIndex | QPersistentModelIndex
MARGIN: Final = 2 * STEP
LINE: Final = Qt.ItemDataRole.UserRole  # the index of a line, or the group of a head
FIRST: Final = Qt.ItemDataRole.UserRole + 1  # whether the line is the first of its group
_WRAP: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)


class LineDelegate(QStyledItemDelegate):
    """Paints a head, or a message with its source under it; both wrap."""

    def __init__(self, colours: Colours, lines: "LineList") -> None:
        super().__init__(lines)
        self._colours, self._lines = colours, lines

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        held = index.data(LINE)
        width = self._lines.viewport().width()
        if isinstance(held, str):
            return QSize(width, 4 * STEP)
        line = self._lines.line_at(held)
        words = under_line(line, is_first=index.data(FIRST))
        _message, _remedy, under = self._boxes(QRect(0, 0, width, 10_000), line, words)
        return QSize(width, under.bottom() + STEP // 2 + self._lines.room_below(held))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        held = index.data(LINE)
        colours = self._colours
        # Qt's own stubs leave out what an option holds.
        place, state = option.rect, option.state  # type: ignore[attr-defined]
        painter.save()
        place = self._lines.framed_part(place, held)
        self._paint_ground(painter, place, state)
        if isinstance(held, str):
            signs = {
                "missing": colours.fail,
                "fail": colours.fail,
                "warn": colours.warn,
                "pass": colours.passed,
                "note": colours.text,
                "bring": colours.text,
            }
            painter.setPen(QColor(signs[held]))
            painter.setFont(sized(NORMAL, is_bold=True))
            box = place.adjusted(MARGIN, STEP // 2, -MARGIN, 0)
            middle = Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | middle, index.data())
            if held == "pass":
                painter.setPen(QColor(colours.quiet))
                painter.setFont(sized(SMALL))
                words = "收起 ▾" if self._lines.is_unfolded() else "展开 ▸"
                painter.drawText(box, Qt.AlignmentFlag.AlignRight | middle, words)
            painter.restore()
            return
        line = self._lines.line_at(held)
        words = under_line(line, is_first=index.data(FIRST))
        message, remedy, under = self._boxes(place, line, words)
        painter.setPen(QColor(colours.text))
        painter.setFont(sized(NORMAL - 1))
        painter.drawText(message, _WRAP, index.data())
        if line.remedy:
            painter.setPen(QColor(colours.passed))
            painter.drawText(remedy, _WRAP, _remedy_line(line))
        painter.setPen(QColor(colours.quiet))
        painter.setFont(sized(SMALL))
        painter.drawText(under, _WRAP, words)
        painter.restore()

    def _paint_ground(self, painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
        if state & QStyle.StateFlag.State_Selected and self._lines.hasFocus():
            painter.fillRect(rect, QColor(self._colours.chip))
            painter.setPen(QPen(QColor(self._colours.focus), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        elif state & QStyle.StateFlag.State_MouseOver and state & QStyle.StateFlag.State_Enabled:
            painter.fillRect(rect, QColor(self._colours.hover))

    def _boxes(self, within: QRect, line: PanelLine, words: str) -> tuple[QRect, QRect, QRect]:
        """Return where message, remedy and source stand; what there is none of has no height."""
        inner = within.adjusted(MARGIN + STEP, STEP // 2, -MARGIN, 0)
        boxes = []
        for text, size in ((line.message, NORMAL - 1), (_remedy_line(line), NORMAL - 1), (words, SMALL)):
            box = QFontMetrics(sized(size)).boundingRect(inner, _WRAP, text) if text else QRect(inner)
            box.setWidth(inner.width())
            if not text:
                box.setHeight(0)
            boxes.append(box)
            inner.setTop(box.bottom() + (2 if text else 1))
        return boxes[0], boxes[1], boxes[2]


def _remedy_line(line: PanelLine) -> str:
    return f"→ {line.remedy}" if line.remedy else ""


def under_line(line: PanelLine, *, is_first: bool) -> str:
    """The grey line: where it is written, and once for all how to get to what is missing."""
    if line.group == "warn" and line.rule:
        return f"{line.source} · 选择并说明理由" if line.source else "选择并说明理由"
    if line.group == "missing" and is_first and not line.source:
        return "点击或按 Ctrl+↓ 到此处"
    return line.source
