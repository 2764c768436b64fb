"""The panel beside the paper: which paper and its state, the amount, what is to be mended, what the document says.

It never covers the paper and opens no dialog. It shows what it is given and tells which line was chosen; below the head
it is one scroll: the counter's facts while they are asked, then the findings.
"""

from datetime import date
from decimal import Decimal
from typing import Final

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop_app.case import Answers
from desktop_app.dates import show_day
from desktop_app.forms import kinds
from desktop_app.forms.fields import fields
from desktop_app.forms.model import Form
from desktop_app.policy.assess import OpenPoint
from desktop_app.policy.model import Decision
from desktop_app.ui.case.facts_box import FactsBox
from desktop_app.ui.case.help import HelpBox
from desktop_app.ui.case.line_delegate import MARGIN
from desktop_app.ui.case.line_list import LineList
from desktop_app.ui.case.open_case import OpenCase
from desktop_app.ui.case.open_point_box import OpenPointBox
from desktop_app.ui.parts.labels import wrapped_label
from desktop_app.ui.parts.look import LARGE, NORMAL, SMALL, STEP, Colours, sized, tint
from desktop_app.workflow.states import LIST_STEPS, NEXT_STEPS, STATE_LABELS, State

NARROWEST: Final = 35 * STEP  # pixels
WIDTH: Final = 40 * STEP
_LOW: Final = 60 * STEP  # pixels; a panel that is no higher scrolls its head too
_SAMPLE: Final = "参考样式"


class SidePanel(QWidget):
    """Everything that is to be known of the paper while it is filled in."""

    line_chosen = Signal(object)

    def __init__(
        self, form: Form, colours: Colours, facts: FactsBox | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._form, self._has_amount = form, False
        self.facts = facts
        self.setMinimumWidth(NARROWEST)
        self._colours = colours
        self.title = wrapped_label(font=sized(NORMAL + 1, is_bold=True))
        self.title.setText(form.title)
        self.source = wrapped_label(font=sized(SMALL))
        is_told = _SAMPLE in form.source or not form.is_sample
        self.source.setText(form.source if is_told else f"{form.source}（{_SAMPLE}，官方原表未公布）")
        self.state = wrapped_label(font=sized(NORMAL - 1))
        self.step = wrapped_label(font=sized(NORMAL - 1))
        self.amount = wrapped_label(font=sized(LARGE, is_bold=True))
        self.capitals = wrapped_label(font=sized(NORMAL - 1))
        self.last_day = wrapped_label(font=sized(NORMAL - 1))
        # What comes and goes while typing has its room from the start: nothing jumps from under the mouse.
        self.capitals.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.capitals.setMinimumHeight(2 * self.capitals.fontMetrics().lineSpacing())
        for label in (self.amount, self.capitals, self.last_day):
            label.setVisible(facts is not None)
        self.choice = OpenPointBox(colours)
        self.lines = LineList(colours, self.choice)
        self.lines.line_chosen.connect(self.line_chosen)
        self.help = HelpBox(colours)
        self.help.hide()
        self._head = QWidget()
        head = QVBoxLayout(self._head)
        head.setContentsMargins(MARGIN, MARGIN, MARGIN, STEP)
        head.setSpacing(STEP // 2)
        for label in (
            self.title, self.source, self.state, self.step, self.amount, self.capitals, self.last_day,
        ):  # fmt: skip
            head.addWidget(label)
        inner = QWidget()
        self._inner = QVBoxLayout(inner)
        self._inner.setContentsMargins(0, 0, 0, STEP)
        self._inner.setSpacing(0)
        if facts is not None:
            facts.hide()
            self._inner.addWidget(facts)
        self._inner.addWidget(self.lines)
        self._inner.addStretch(1)
        self._area = QScrollArea()
        self._area.setObjectName("still")  # it never takes the focus
        self._area.setAccessibleName("核对结果")
        self._area.setWidget(inner)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there: a bar that comes and goes would wrap every line anew.
        self._area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._head)
        self._column.addWidget(self._area, 1)
        self._column.addWidget(self.help)
        self.lines.line_shown.connect(self._show_line)
        for left in (self.choice.put_away, self.choice.occupation_wanted):
            left.connect(self._leave_choice)
        self.dress(colours)

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        self._colours = colours
        for label in (self.source, self.step, self.capitals, self.last_day):
            tint(label, colours.quiet)
        self._tint_amount()
        self.choice.dress(colours)
        if self.facts is not None:
            self.facts.dress(colours)
        tint(self.state, colours.accent if colours.shadow < 100 else colours.text)
        self.lines.dress(colours)
        self.help.dress(colours)

    def show_state(self, state: State) -> None:
        """Show the state and the next step."""
        self.state.setText(f"● {STATE_LABELS[state]}")
        self.state.setAccessibleName(f"状态 {STATE_LABELS[state]}")
        steps = LIST_STEPS if self._form.is_list else NEXT_STEPS
        self.step.setText(f"下一步：{steps[state]}" if state in steps else "")
        self.step.setVisible(state in steps)

    def show_case(self, held: OpenCase) -> None:
        """Show amount, reasons, last day, facts and findings; entries are taken only while the paper takes them."""
        answers = held.case.answers
        if self.facts is not None:
            self.facts.setEnabled(held.is_draft)
            self.facts.show_facts(held.facts, answers)
        if not held.is_draft:
            self.close_choice()
        self._show_amount(answers)
        if held.assessment is not None and held.known.today is not None:
            self._show_decision(held.assessment.decision, _reasons(answers), held.known.today)
        self.lines.show_lines(held.lines)

    def _show_amount(self, answers: Answers) -> None:
        """Show the amount that stands on the paper, with its capitals."""
        amount = answers.get("claim.amount")
        if isinstance(amount, Decimal):
            self.amount.setText(f"补贴金额 ￥{amount:.2f}")
            self.capitals.setText(kinds.show(fields()["claim.amount"], amount, "capitals_full"))
        else:
            self.amount.setText("补贴金额 —")
            self.capitals.setText("填好证书和日期后，由程序按政策算出")
        self._has_amount = isinstance(amount, Decimal)
        self._tint_amount()

    def _tint_amount(self) -> None:
        tint(self.amount, self._colours.text if self._has_amount else self._colours.quiet)

    def _show_decision(self, decision: Decision, reasons: str, today: date) -> None:
        """Show why the amount is what it is, and how long there is to apply."""
        if decision.amount_in_capitals:
            self.capitals.setText(" · ".join(filter(None, (decision.amount_in_capitals, reasons))))
        day = decision.last_day_to_apply
        words = ""
        if day is not None:
            left = (day - today).days
            ending = f"（还有 {left} 天）" if left > 0 else "（今天截止）" if left == 0 else "（已过）"
            words = f"最后申领日 {show_day(day)}{ending}"
        self.last_day.setText(words)

    def toggle_facts(self, field_id: str = "") -> bool:
        """Show the facts with the focus in one, or put them away; say whether they are shown."""
        facts = self.facts
        is_wanted = facts is not None and (facts.isHidden() or not facts.in_use())
        if facts is None:
            return False
        if is_wanted:
            return self.go_to_fact(field_id or next(iter(facts.shown()), ""))
        facts.commit()
        facts.hide()
        return False

    def fact_in_use(self) -> str:
        """Return the fact that has the focus; empty without one."""
        return self.facts.in_use() if self.facts is not None else ""

    def go_to_fact(self, field_id: str) -> bool:
        """Show a fact's row and put the focus there; False where there is none."""
        if self.facts is None or field_id not in self.facts.shown():
            return False
        self.facts.show()
        self.facts.go_to(field_id)
        self._bring_into_sight(self.facts.editors[field_id])
        return True

    def open_choice(self, point: OpenPoint, reading: str, reason: str) -> bool:
        """Open the box of an open point in its row and put the focus there; False where it has no row."""
        self.choice.show_point(point, reading, reason)
        if not self.lines.hold_box(point.finding.rule):
            return False
        self.choice.take_focus()
        QTimer.singleShot(0, self.lines, self._show_choice)
        return True

    def close_choice(self) -> None:
        """Put the box away; what was begun in it has been told."""
        self.choice.leave()
        self.lines.hold_box("")

    def commit(self) -> None:
        """Take in what is being typed beside the paper."""
        if self.facts is not None:
            self.facts.commit()
        self.choice.leave()

    def take_focus(self) -> None:
        """Put the focus on the findings."""
        self.lines.take_focus()

    def _bring_into_sight(self, widget: QWidget) -> None:
        # What was just shown has its place after the next layout only.
        QTimer.singleShot(0, widget, lambda: self._area.ensureWidgetVisible(widget, 0, 6 * STEP))

    def _leave_choice(self) -> None:
        self.close_choice()
        self.take_focus()

    def _show_choice(self) -> None:
        self._show_line(self.lines.box_place())
        self._area.ensureWidgetVisible(self.choice, 0, 0)

    def _show_line(self, place: QRect) -> None:
        top = self.lines.mapTo(self._area.widget(), place.topLeft())
        middle = place.height() // 2
        self._area.ensureVisible(0, top.y() + middle, 0, middle + 2 * STEP)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low screen the head scrolls with the rest, so that there is room for what is asked."""
        super().resizeEvent(event)
        column = self._inner if event.size().height() < _LOW else self._column
        if column.indexOf(self._head) < 0:
            column.insertWidget(0, self._head)


def _reasons(answers: Answers) -> str:
    level = answers.get("certificate.level")
    words = kinds.show(fields()["certificate.level"], level, "long") if isinstance(level, int) else ""
    listed = "紧缺急需职业" if answers.get("claim.is_shortage") is True else ""
    return " · ".join(filter(None, (words, listed)))
