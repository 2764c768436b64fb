"""The way of the work on one paper: its fields, the facts that are missing, the open points, everything looked over.

It holds the paper and the overview in one place and puts the focus where work goes on; it saves nothing.
"""

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop_app.ui.case.open_case import OpenCase
from desktop_app.ui.case.overview import Overview, overview_of
from desktop_app.ui.case.side_panel import SidePanel
from desktop_app.ui.case.to_correct import beyond, fields_to_correct, missing_facts, open_rules, point_of
from desktop_app.ui.paper.sheet import Sheet


class Way(QStackedWidget):
    """Paper or overview, and the steps from the one to the other."""

    def __init__(
        self, sheet: Sheet, area: QWidget, overview: Overview, panel: SidePanel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._sheet, self._area, self._overview, self._panel = sheet, area, overview, panel
        self.addWidget(area)
        self.addWidget(overview)

    def show_paper(self) -> None:
        """Show the paper in place of the overview."""
        self.setCurrentWidget(self._area)

    def show_overview(self, held: OpenCase) -> None:
        """Show everything that is known of a case, with the focus on what ends the work."""
        sections = overview_of(held.form, held.case, held.lines, held.assessment)
        self._overview.show_case(sections, is_draft=held.is_draft)
        self.setCurrentWidget(self._overview)
        self._overview.take_focus()

    def go_to(self, field_id: str) -> None:
        """Put the focus on a field of the paper, or on a fact that stands beside it."""
        if not self._panel.go_to_fact(field_id):
            self.show_paper()
            self._sheet.go_to(field_id)

    def go_on(self, held: OpenCase, after: str = "") -> bool:
        """Go to a fact that is missing, or else to an open point; False where there is neither.

        `after` is the fact that was left with Enter: those before it were passed on purpose.
        """
        facts = held.facts[held.facts.index(after) + 1 :] if after in held.facts else held.facts
        missing = [each for each in missing_facts(held) if each in facts]
        if missing:
            self.go_to(missing[0])
            return True
        if self._panel.facts is not None:
            self._panel.facts.hide()
        return self._go_to_point(held)

    def step_facts(self, field_id: str, step: str) -> bool:
        """Go from one fact to its neighbour; False where Enter or the last answer leads out of them."""
        facts = self._panel.facts
        assert facts is not None
        beside = facts.neighbour(field_id, -1 if step == "earlier" else 1)
        if beside and step != "next":
            self.go_to(beside)
        return step in ("earlier", "later") or (step == "answered" and bool(beside))

    def leave_point(self, held: OpenCase) -> bool:
        """Go from a settled point to the next, or to the findings; False where nothing stands against the case."""
        if self._go_to_point(held):
            return True
        self._panel.close_choice()
        if any(each.group in ("fail", "missing") for each in held.lines):
            self._panel.take_focus()
            return True
        return False

    def go_to_wrong(self, held: OpenCase, direction: int, last_field: str) -> bool:
        """Go to the next (1) or previous (-1) field that is missing, wrong or odd; False where there is none."""
        wrong = fields_to_correct(held.form, held.lines)
        if wrong:
            order = [*self._sheet.field_names(), *held.facts]
            current = self._panel.fact_in_use() or self._sheet.current_field() or last_field
            self.go_to(beyond(order, wrong, current, direction))
        return bool(wrong)

    def show_point(self, held: OpenCase, rule: str) -> bool:
        """Open the box in which an open point is settled, in its row; False where there is none."""
        point = point_of(held, rule)
        return point is not None and self._panel.open_choice(point, *held.choices.so_far(rule))

    def _go_to_point(self, held: OpenCase) -> bool:
        return any(self.show_point(held, each) for each in open_rules(held))
