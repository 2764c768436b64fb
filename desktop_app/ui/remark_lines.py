"""How a line of the side panel is painted: a head, or a message with its source under it; both wrap."""

from typing import Any, Final

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop_app.ui.look import NORMAL, SMALL, STEP, Colours, sized

WIDTH: Final = 320  # of the panel, in pixels
MARGIN: Final = 2 * STEP
REMARK: Final = Qt.ItemDataRole.UserRole  # a remark, or the group of a head
FIRST: Final = Qt.ItemDataRole.UserRole + 1  # whether the line is the first of its group
_SCROLL_BAR: Final = 2 * STEP  # room that one takes when it comes
_WRAP: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)


class RemarkLines(QStyledItemDelegate):
    """Paints a head, or a message with its source under it; both wrap."""

    def __init__(self, colours: Colours, parent: QWidget) -> None:
        super().__init__(parent)
        self._colours = colours

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        remark = index.data(REMARK)
        width = self.parent().viewport().width()
        if isinstance(remark, str):
            return QSize(width, 4 * STEP)
        words = under_line(remark, index.data(FIRST))
        message, under = self._boxes(QRect(0, 0, width, 10_000), remark, words)
        return QSize(width, (under.bottom() if words else message.bottom()) + STEP // 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        remark = index.data(REMARK)
        colours = self._colours
        painter.save()
        if isinstance(remark, str):
            signs = {
                "missing": colours.fail,
                "fail": colours.fail,
                "warn": colours.warn,
                "pass": colours.passed,
                "bring": colours.text,
            }
            painter.setPen(QColor(signs[remark]))
            painter.setFont(sized(NORMAL, is_bold=True))
            box = option.rect.adjusted(MARGIN, STEP // 2, -MARGIN, 0)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, index.data())
            painter.restore()
            return
        state = option.state
        if state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_Active:
            painter.fillRect(option.rect, QColor(colours.chip))
            if state & QStyle.StateFlag.State_HasFocus:
                painter.fillRect(
                    QRect(option.rect.topLeft(), QSize(3, option.rect.height())), QColor(colours.accent)
                )
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(option.rect, QColor(colours.hover))
        words = under_line(remark, index.data(FIRST))
        message, under = self._boxes(QRect(option.rect), remark, words)
        painter.setPen(QColor(colours.text))
        painter.setFont(sized(NORMAL - 1))
        painter.drawText(message, _WRAP, index.data())
        painter.setPen(QColor(colours.quiet))
        painter.setFont(sized(SMALL))
        painter.drawText(under, _WRAP, words)
        painter.restore()

    def _boxes(self, within: QRect, remark: Any, words: str) -> tuple[QRect, QRect]:
        # As wide with a scroll bar as without one: lines that wrap otherwise would lie over their neighbours.
        within.setWidth(min(within.width(), WIDTH - _SCROLL_BAR))
        inner = within.adjusted(MARGIN + STEP, STEP // 2, -MARGIN, 0)
        message = QFontMetrics(sized(NORMAL - 1)).boundingRect(inner, _WRAP, remark[2])
        message.setWidth(inner.width())
        inner.setTop(message.bottom() + 2)
        under = QFontMetrics(sized(SMALL)).boundingRect(inner, _WRAP, words)
        under.setWidth(inner.width())
        return message, under


def under_line(remark: Any, is_first: bool) -> str:
    """The grey line: where it is written, and once for all how to get to what is missing."""
    group, _field_id, _message, source, rule = remark
    if group == "warn" and rule:
        return f"{source} · 选择并说明理由" if source else "选择并说明理由"
    return "点击或按 Ctrl+↓ 到此处" if group == "missing" and is_first and not source else str(source)
