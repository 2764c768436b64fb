"""The paper judged while it is filled in: assessed, told in the panel, its open points settled beside it.

It stands between the sheet, the panel and the policy and holds the last assessment; it saves nothing.
"""

from datetime import date

from PySide6.QtCore import QObject, Signal

from desktop_app.case import Answer, Case
from desktop_app.forms import kinds
from desktop_app.forms.fields import fields
from desktop_app.forms.model import Form
from desktop_app.policy.asked import facts_of
from desktop_app.policy.assess import Assessment
from desktop_app.ui.facts_box import FactsBox
from desktop_app.ui.look import Colours
from desktop_app.ui.remarks import Remark, remarks
from desktop_app.ui.sheet import Sheet
from desktop_app.ui.side_panel import SidePanel
from desktop_app.ui.under_policy import UnderPolicy


class Judging(QObject):
    """What the policy and the kinds of field say of one paper.

    Signals:
        changed: The paper is to be judged again.
        taken: This field was answered beside the paper.
        settled: Rule, reading and reason that the clerk chose.
    """

    changed = Signal()
    taken = Signal(str)
    settled = Signal(str, str, str)

    def __init__(
        self,
        form: Form,
        sheet: Sheet,
        panel: SidePanel,
        policy: UnderPolicy,
        colours: Colours,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._form, self._sheet, self._panel = form, sheet, panel
        self.policy = policy
        self.assessment: Assessment | None = None
        self._is_writable = True
        policy.setParent(self)
        policy.changed.connect(self.changed)
        panel.rule_wanted.connect(self.show_point)
        panel.choice.settled.connect(self.settled)
        panel.choice.occupation_wanted.connect(lambda name: self.take("certificate.occupation", name))
        if policy.policy is not None:
            panel.set_facts(FactsBox(facts_of(form, policy.policy), sheet.answers(), colours))
            panel.facts.fact_edited.connect(self.take)

    @property
    def facts(self) -> tuple[str, ...]:
        """The fields that the rules ask for and the paper does not."""
        return self.assessment.facts if self.assessment else ()

    def assess(self, case: Case, case_id: str, *, is_draft: bool) -> None:
        """Ask the policy; on a draft, put what it derives on the paper."""
        self._is_writable = is_draft
        self._panel.set_writable(is_draft)
        self.assessment = self.policy.assess(case, case_id)
        if self.assessment is not None and is_draft and self.assessment.answers != self._sheet.answers():
            self._sheet.set_answers(self.assessment.answers)

    def remarks(self) -> tuple[Remark, ...]:
        """Return every remark on the paper as it is now."""
        return remarks(self._form, self._sheet.answers(), date.today(), self.assessment, self._sheet.rows())

    def tell(self) -> tuple[Remark, ...]:
        """Show amount, reasons, last day and remarks in the panel; return the remarks."""
        found = self.remarks()
        self._panel.show_amount(self._sheet.answers())
        if self.assessment is not None:
            answers = self.assessment.answers
            level = answers.get("certificate.level")
            words = kinds.show(fields()["certificate.level"], level, "long") if isinstance(level, int) else ""
            listed = "紧缺急需职业" if answers.get("claim.is_shortage") is True else ""
            reasons = " · ".join(filter(None, (words, listed)))
            self._panel.show_decision(self.assessment.decision, reasons, date.today())
        settled = self.assessment.settled_points if self.assessment else ()
        self._panel.show_remarks(found, frozenset(point.finding.rule for point in settled))
        return found

    def show_point(self, rule: str) -> None:
        """Show the box in which an open point is settled."""
        held = self.assessment
        for point in (*held.open_points, *held.settled_points) if held else ():
            if point.finding.rule == rule and self._is_writable:
                self._panel.choice.show_point(point)
                return

    def take(self, field_id: str, value: Answer | None) -> None:
        """Take an answer that was given beside the paper."""
        if not self._is_writable:
            return
        answers = {key: old for key, old in self._sheet.answers().items() if key != field_id}
        self._sheet.set_answers(answers if value is None else {**answers, field_id: value})
        self.taken.emit(field_id)
