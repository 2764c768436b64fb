"""The panel beside the paper: which paper and its state, the amount, what is to be mended, what the document says.

It never covers the paper and opens no dialog. It shows what it is given and tells which line was chosen.
"""

from datetime import date
from decimal import Decimal
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.case import Answers
from desktop_app.dates import show_day
from desktop_app.forms import kinds
from desktop_app.forms.fields import fields
from desktop_app.forms.model import Form
from desktop_app.policy.model import Decision
from desktop_app.ui.choice_box import ChoiceBox
from desktop_app.ui.facts_box import FactsBox
from desktop_app.ui.help import HelpBox
from desktop_app.ui.look import LARGE, NORMAL, SMALL, STEP, Colours, sized, tint
from desktop_app.ui.remarks import HEADS, Remark
from desktop_app.workflow import NEXT_STEPS, STATE_LABELS, State

WIDTH: Final = 320
_REMARK: Final = Qt.ItemDataRole.UserRole
_MARGIN: Final = 2 * STEP
_SCROLL_BAR: Final = 2 * STEP  # room that one takes when it comes


class SidePanel(QWidget):
    """Everything that is to be known of the paper while it is filled in."""

    field_wanted = Signal(str)
    rule_wanted = Signal(str)  # an open point is to be settled

    def __init__(self, form: Form, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = form
        self.setFixedWidth(WIDTH)
        self.title = _words(sized(NORMAL + 1, is_bold=True))
        self.title.setText(form.title)
        self.state = _words(sized(NORMAL - 1))
        self.step = _words(sized(NORMAL - 1))
        self.amount = _words(sized(LARGE, is_bold=True))
        self.capitals = _words(sized(NORMAL - 1))
        self.last_day = _words(sized(NORMAL - 1))
        self.last_day.hide()
        self._settled: frozenset[str] = frozenset()
        self.lines = QListWidget()
        self.lines.setAccessibleName("要补正和已核对的内容")
        self.lines.setFrameShape(QFrame.Shape.NoFrame)
        self.lines.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.lines.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.lines.setItemDelegate(_Lines(colours, self.lines))
        self.lines.itemClicked.connect(self._choose)
        self.lines.itemActivated.connect(self._choose)
        self.help = HelpBox(colours)
        self.help.hide()
        sample = "（参考样式，官方原表未公布）" if form.is_sample else ""
        self.source = _words(sized(SMALL))
        self.source.setText(f"{form.source}{sample}")

        head = QVBoxLayout()
        head.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, STEP)
        head.setSpacing(STEP)
        for widget in (
            self.title,
            self.source,
            self.state,
            self.step,
            self.amount,
            self.capitals,
            self.last_day,
        ):
            head.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.choice = ChoiceBox(colours)
        self.choice.hide()
        self.facts: FactsBox | None = None
        self._facts_area = QScrollArea()
        self._facts_area.setWidgetResizable(True)
        self._facts_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._facts_area.setFrameShape(QFrame.Shape.NoFrame)
        self._facts_area.hide()
        column.addLayout(head)
        column.addWidget(self._facts_area, 3)
        column.addWidget(self.lines, 2)
        column.addWidget(self.choice)
        column.addWidget(self.help)
        self.dress(colours)

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        self._colours = colours
        for label in (self.source, self.step, self.capitals, self.last_day):
            tint(label, colours.quiet)
        self.choice.dress(colours)
        if self.facts is not None:
            self.facts.dress(colours)
        tint(self.state, colours.accent if colours.shadow < 100 else colours.text)
        self.lines.setItemDelegate(_Lines(colours, self.lines))
        self.help.dress(colours)

    def show_state(self, state: State) -> None:
        """Show the state and the next step."""
        self.state.setText(f"● {STATE_LABELS[state]}")
        self.state.setAccessibleName(f"状态 {STATE_LABELS[state]}")
        self.step.setText(f"下一步：{NEXT_STEPS[state]}" if state in NEXT_STEPS else "")
        self.step.setVisible(state in NEXT_STEPS)

    def show_amount(self, answers: Answers) -> None:
        """Show the amount that stands on the paper, with its capitals; nothing where there is none."""
        amount = answers.get("claim.amount")
        has_amount = isinstance(amount, Decimal)
        self.amount.setVisible(has_amount)
        self.capitals.setVisible(has_amount)
        if isinstance(amount, Decimal):
            self.amount.setText(f"补贴金额 ￥{amount:.2f}")
            self.capitals.setText(kinds.show(fields()["claim.amount"], amount, "capitals_full"))

    def show_decision(self, decision: Decision, reasons: str, today: date) -> None:
        """Show why the amount is what it is, and how long there is to apply."""
        if decision.amount_in_capitals:
            self.capitals.setText(" · ".join(filter(None, (decision.amount_in_capitals, reasons))))
        day = decision.last_day_to_apply
        self.last_day.setVisible(day is not None)
        if day is not None:
            left = (day - today).days
            ending = f"（还有 {left} 天）" if left > 0 else "（今天截止）" if left == 0 else "（已过）"
            self.last_day.setText(f"最后申领日 {show_day(day)}{ending}")

    def set_facts(self, facts: FactsBox) -> None:
        """Take the rows of facts that the paper does not ask; they stand under the head when they are wanted."""
        self.facts = facts
        self._facts_area.setWidget(facts)

    def toggle_facts(self) -> None:
        """Show or put away the facts; shown, the first of them takes the focus."""
        is_wanted = self.facts is not None and not self._facts_area.isVisible()
        self._facts_area.setVisible(is_wanted)
        if is_wanted and self.facts is not None:
            self.facts.go_to(next(iter(self.facts.editors), ""))

    def go_to_fact(self, field_id: str) -> bool:
        """Show a fact's row and put the focus there; False where there is none."""
        if self.facts is None or field_id not in self.facts.editors:
            return False
        self._facts_area.show()
        self.facts.go_to(field_id)
        self._facts_area.ensureWidgetVisible(self.facts.editors[field_id])
        return True

    def set_writable(self, is_writable: bool) -> None:
        """Take entries beside the paper only while the paper itself takes them."""
        if self.facts is not None:
            self.facts.setEnabled(is_writable)
        if not is_writable:
            self.choice.hide()

    def show_remarks(self, found: tuple[Remark, ...], settled: frozenset[str] = frozenset()) -> None:
        """Show the remarks under their heads; a line that was chosen stays chosen.

        `settled` are the rules whose point the clerk has settled and may settle otherwise.
        """
        self._settled = settled
        chosen = self.lines.currentItem().data(_REMARK) if self.lines.currentItem() else None
        self.lines.clear()
        for group, (sign, word) in HEADS.items():
            lines = [remark for remark in found if remark.group == group]
            if not lines:
                continue
            head = QListWidgetItem(f"{sign} {word} {len(lines)}")
            head.setData(_REMARK, group)
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.lines.addItem(head)
            for at, remark in enumerate(lines):
                item = QListWidgetItem(remark.message)
                item.setData(_REMARK, remark)
                item.setData(_FIRST, at == 0)
                under = _under(remark, at == 0)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{word}：{remark.message} {under}")
                self.lines.addItem(item)
                if remark == chosen:
                    self.lines.setCurrentItem(item)

    def take_focus(self) -> None:
        """Put the focus on the first line."""
        if self.lines.currentItem() is None and self.lines.count() > 1:
            self.lines.setCurrentRow(1)
        self.lines.setFocus()

    def _choose(self, item: QListWidgetItem) -> None:
        remark = item.data(_REMARK)
        if not isinstance(remark, tuple):
            return
        group, field_id, _message, _source, rule = remark
        if rule and (group == "warn" or rule in self._settled):
            self.rule_wanted.emit(rule)
        elif field_id:
            self.field_wanted.emit(field_id)


class _Lines(QStyledItemDelegate):
    """Paints a head, or a message with its source under it; both wrap."""

    def __init__(self, colours: Colours, parent: QWidget) -> None:
        super().__init__(parent)
        self._colours = colours

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        remark = index.data(_REMARK)
        width = self.parent().viewport().width()
        if isinstance(remark, str):
            return QSize(width, 4 * STEP)
        words = _under(remark, index.data(_FIRST))
        message, under = self._boxes(QRect(0, 0, width, 10_000), remark, words)
        return QSize(width, (under.bottom() if words else message.bottom()) + STEP // 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        remark = index.data(_REMARK)
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
            box = option.rect.adjusted(_MARGIN, STEP // 2, -_MARGIN, 0)
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
        words = _under(remark, index.data(_FIRST))
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
        inner = within.adjusted(_MARGIN + STEP, STEP // 2, -_MARGIN, 0)
        message = QFontMetrics(sized(NORMAL - 1)).boundingRect(inner, _WRAP, remark[2])
        message.setWidth(inner.width())
        inner.setTop(message.bottom() + 2)
        under = QFontMetrics(sized(SMALL)).boundingRect(inner, _WRAP, words)
        under.setWidth(inner.width())
        return message, under


_WRAP: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
_FIRST: Final = Qt.ItemDataRole.UserRole + 1


def _under(remark: Any, is_first: bool) -> str:
    """The grey line: where it is written, and once for all how to get to what is missing."""
    group, _field_id, _message, source, rule = remark
    if group == "warn" and rule:
        return f"{source} · 选择并说明理由" if source else "选择并说明理由"
    return "点击或按 Ctrl+↓ 到此处" if group == "missing" and is_first and not source else str(source)


def _words(font: Any) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setFont(font)
    return label
