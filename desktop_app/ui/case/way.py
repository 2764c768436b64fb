"""The way of the work on one paper: its fields, the facts that are missing, the open points, everything looked over.

It holds the paper and the overview in one place and puts the focus where work goes on; it saves nothing.
"""

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop_app.case import Case
from desktop_app.forms.model import Form
from desktop_app.ui.case.judging import Judging
from desktop_app.ui.case.mending import to_mend
from desktop_app.ui.case.overview import Overview, overview_of
from desktop_app.ui.case.side_panel import SidePanel
from desktop_app.ui.paper.sheet import Sheet


class Way(QStackedWidget):
    """Paper or overview, and the steps from the one to the other."""

    def __init__(
        self,
        form: Form,
        sheet: Sheet,
        area: QWidget,
        overview: Overview,
        panel: SidePanel,
        judging: Judging,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._form, self._sheet, self._area, self._overview = form, sheet, area, overview
        self._panel, self._judging = panel, judging
        self.addWidget(area)
        self.addWidget(overview)

    def show_paper(self) -> None:
        """Show the paper in place of the overview."""
        self.setCurrentWidget(self._area)

    def show_overview(self, case: Case, *, is_draft: bool) -> None:
        """Show everything that is known of a case, with the focus on what ends the work."""
        judging = self._judging
        sections = overview_of(self._form, case, judging.remarks(), judging.assessment)
        self._overview.show_case(sections, is_draft=is_draft)
        self.setCurrentWidget(self._overview)
        self._overview.take_focus()

    def go_to(self, field_id: str) -> None:
        """Put the focus on a field of the paper, or on a fact that stands beside it."""
        if not self._panel.go_to_fact(field_id):
            self.show_paper()
            self._sheet.go_to(field_id)

    def go_on(self, after: str = "") -> bool:
        """Go to a fact that is missing, or else to an open point; False where there is neither.

        `after` is the fact that was left with Enter: those before it were passed on purpose.
        """
        facts = self._judging.facts
        beyond = facts[facts.index(after) + 1 :] if after in facts else facts
        missing = [each for each in self._judging.missing_facts() if each in beyond]
        if missing:
            self.go_to(missing[0])
            return True
        if self._panel.facts is not None:
            self._panel.facts.hide()
        return self._go_to_point()

    def step_facts(self, field_id: str, step: str) -> bool:
        """Go from one fact to its neighbour; False where Enter or the last answer leads out of them."""
        facts = self._panel.facts
        assert facts is not None
        beside = facts.neighbour(field_id, -1 if step == "earlier" else 1)
        if beside and step != "next":
            self.go_to(beside)
        return step in ("earlier", "later") or (step == "answered" and bool(beside))

    def leave_point(self) -> bool:
        """Go from a settled point to the next, or to the findings; False where nothing stands against the case."""
        if self._go_to_point():
            return True
        self._panel.close_choice()
        if any(each.group in ("fail", "missing") for each in self._judging.remarks()):
            self._panel.take_focus()
            return True
        return False

    def mend(self, direction: int, last_field: str) -> bool:
        """Go to the next (1) or previous (-1) field that is missing, wrong or odd; False where there is none."""
        fields = to_mend(self._form, self._judging.remarks())
        if not fields:
            return False
        order = [*self._sheet.field_names(), *self._judging.facts]
        current = self._panel.fact_in_use() or self._sheet.current_field() or last_field
        here = order.index(current) if current in order else -direction
        places = [order.index(field) for field in fields if field in order]
        beyond = [at for at in places if (at - here) * direction > 0]
        at = (min if direction > 0 else max)(beyond or places)
        self.go_to(order[at])
        return True

    def _go_to_point(self) -> bool:
        return any(self._judging.show_point(each) for each in self._judging.open_rules())
