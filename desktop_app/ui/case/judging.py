"""The paper judged while it is filled in: assessed, told in the panel, its open points settled beside it.

It stands between the sheet, the panel and the policy and holds the last assessment; it saves nothing.
"""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QObject, Signal

from desktop_app.case import Answer, Case
from desktop_app.forms import kinds
from desktop_app.forms.fields import fields
from desktop_app.forms.model import Form
from desktop_app.policy.assess import Assessment
from desktop_app.ui.case.remarks import Remark, remarks
from desktop_app.ui.case.side_panel import SidePanel
from desktop_app.ui.case.under_policy import UnderPolicy
from desktop_app.ui.paper.sheet import Sheet


class Judging(QObject):
    """What the policy and the kinds of field say of one paper.

    Signals:
        changed: The paper is to be judged again.
        taken: This field was answered beside the paper.
        settled: Rule, reading and reason that the clerk chose.
        begun: Rule, reading and reason so far, not recorded.
        point_left: The box of an open point was put away, with or without a choice.
        field_wanted: A field of the paper or a fact is to be gone to.
        case_wanted: Another application is to be opened.
    """

    changed = Signal()
    taken = Signal(str)
    settled = Signal(str, str, str)
    begun = Signal(str, str, str)
    point_left = Signal()
    field_wanted = Signal(str)
    case_wanted = Signal(str)

    def __init__(
        self,
        form: Form,
        sheet: Sheet,
        panel: SidePanel,
        policy: UnderPolicy,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._form, self._sheet, self._panel = form, sheet, panel
        self.policy = policy
        self.assessment: Assessment | None = None
        self._remedies: Mapping[str, str] = {}
        self._is_writable = True
        policy.setParent(self)
        policy.changed.connect(self.changed)
        panel.remark_chosen.connect(self._go_for)
        panel.choice.settled.connect(self.settled)
        panel.choice.begun.connect(self.begun)
        panel.choice.put_away.connect(self._leave_point)
        panel.choice.occupation_wanted.connect(self._take_occupation)
        if panel.facts is not None:
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
        self._remedies = self.policy.remedies(case, self.assessment)
        if self.assessment is not None and is_draft and self.assessment.answers != self._sheet.answers():
            self._sheet.set_answers(self.assessment.answers)

    def missing_facts(self) -> tuple[str, ...]:
        """Return the facts that the rules need and that are not given or cannot be read, in the order of the work."""
        wanted = {each.field_id for each in self.remarks() if each.group in ("missing", "fail")}
        return tuple(each for each in self.facts if each in wanted)

    def open_rules(self) -> tuple[str, ...]:
        """Return the rules whose points are open, in the policy's order."""
        return tuple(each.finding.rule for each in self.assessment.open_points) if self.assessment else ()

    def remarks(self) -> tuple[Remark, ...]:
        """Return every remark on the paper as it is now."""
        answers, rows = self._sheet.answers(), self._sheet.rows()
        return (
            *self.policy.others(),
            *remarks(self._form, answers, date.today(), self.assessment, rows, self._remedies),
        )

    def tell(self) -> tuple[Remark, ...]:
        """Show facts, amount, reasons, last day and remarks in the panel; return the remarks."""
        found = self.remarks()
        answers = self._sheet.answers()
        self._panel.show_amount(answers)
        if self.assessment is not None:
            level = answers.get("certificate.level")
            words = kinds.show(fields()["certificate.level"], level, "long") if isinstance(level, int) else ""
            listed = "紧缺急需职业" if answers.get("claim.is_shortage") is True else ""
            reasons = " · ".join(filter(None, (words, listed)))
            self._panel.show_decision(self.assessment.decision, reasons, date.today())
        if self._panel.facts is not None:
            self._panel.facts.show_facts(self.facts, answers)
        self._panel.show_remarks(found)
        return found

    def show_point(self, rule: str) -> bool:
        """Open the box in which an open point is settled, in its row; False where there is none."""
        held = self.assessment
        for point in (*held.open_points, *held.settled_points) if held else ():
            if point.finding.rule == rule and self._is_writable:
                return self._panel.open_choice(point, *self.policy.begun(rule))
        return False

    def _go_for(self, remark: Remark) -> None:
        settled = self.assessment.settled_points if self.assessment else ()
        is_settled = any(point.finding.rule == remark.rule for point in settled)
        if remark.case_id:
            self.case_wanted.emit(remark.case_id)
        elif remark.rule and (remark.group == "warn" or is_settled) and self.show_point(remark.rule):
            pass
        elif remark.field_id:
            self.field_wanted.emit(remark.field_id)

    def _leave_point(self) -> None:
        self._panel.close_choice()
        self.point_left.emit()

    def _take_occupation(self, name: str) -> None:
        self._panel.close_choice()
        self.take("certificate.occupation", name)
        self.point_left.emit()

    def take(self, field_id: str, value: Answer | None) -> None:
        """Take an answer that was given beside the paper."""
        if not self._is_writable:
            return
        answers = {key: old for key, old in self._sheet.answers().items() if key != field_id}
        self._sheet.set_answers(answers if value is None else {**answers, field_id: value})
        self.taken.emit(field_id)
