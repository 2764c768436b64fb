"""The panel beside the paper: which paper and its state, the amount, what is to be mended, what the document says.

It never covers the paper and opens no dialog. It shows what it is given and tells which line was chosen.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
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
from desktop_app.ui.remark_lines import FIRST, MARGIN, REMARK, WIDTH, RemarkLines, under_line
from desktop_app.ui.remarks import HEADS, Remark
from desktop_app.workflow import NEXT_STEPS, STATE_LABELS, State


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
        self.lines.setItemDelegate(RemarkLines(colours, self.lines))
        self.lines.itemClicked.connect(self._choose)
        self.lines.itemActivated.connect(self._choose)
        self.help = HelpBox(colours)
        self.help.hide()
        sample = "（参考样式，官方原表未公布）" if form.is_sample else ""
        self.source = _words(sized(SMALL))
        self.source.setText(f"{form.source}{sample}")

        head = QVBoxLayout()
        head.setContentsMargins(MARGIN, MARGIN, MARGIN, STEP)
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
        self.lines.setItemDelegate(RemarkLines(colours, self.lines))
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
        chosen = self.lines.currentItem().data(REMARK) if self.lines.currentItem() else None
        self.lines.clear()
        for group, (sign, word) in HEADS.items():
            lines = [remark for remark in found if remark.group == group]
            if not lines:
                continue
            head = QListWidgetItem(f"{sign} {word} {len(lines)}")
            head.setData(REMARK, group)
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            self.lines.addItem(head)
            for at, remark in enumerate(lines):
                item = QListWidgetItem(remark.message)
                item.setData(REMARK, remark)
                item.setData(FIRST, at == 0)
                under = under_line(remark, at == 0)
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
        remark = item.data(REMARK)
        if not isinstance(remark, tuple):
            return
        group, field_id, _message, _source, rule = remark
        if rule and (group == "warn" or rule in self._settled):
            self.rule_wanted.emit(rule)
        elif field_id:
            self.field_wanted.emit(field_id)


def _words(font: Any) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setFont(font)
    return label
