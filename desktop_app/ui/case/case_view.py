"""What one open case looks like: the sheet on its desk, the panel beside it, the foot below.

It shows an `OpenCase` and holds none of it.
"""

from datetime import datetime
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.forms.model import label_of
from desktop_app.policy.assess import DECIDED
from desktop_app.ui.case.facts_box import facts_box
from desktop_app.ui.case.foot import Foot
from desktop_app.ui.case.open_case import OpenCase
from desktop_app.ui.case.overview import Overview
from desktop_app.ui.case.side_panel import NARROWEST, WIDTH, SidePanel
from desktop_app.ui.case.to_correct import corners, where_to_begin
from desktop_app.ui.case.way import Way
from desktop_app.ui.paper.paper_area import PaperArea
from desktop_app.ui.paper.sheet import Sheet
from desktop_app.ui.parts.look import Colours, rule, style_sheet
from desktop_app.ui.parts.parting import Parting
from desktop_app.workflow.states import State

_LIST_DONE: Final = "名单已填写完成，请打印后按表上的要求签字、盖章。"
_DONE: Final[dict[State, str]] = {
    "draft": "已改回草稿，可以继续填写。",
    "awaiting_signature": "已填写完成，请打印后交申请人签字。",
}


class CaseView(QWidget):
    """The widgets of one paper, and what they show."""

    act_chosen = Signal(str)
    said = Signal(str, str)  # a sentence, `say` or `fault`
    unsaid = Signal(str)  # a sentence that no longer holds
    keys_wanted = Signal()
    panel_widened = Signal(int)  # pixels, by the clerk

    def __init__(self, held: OpenCase, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        form, case = held.form, held.case
        self.form = form
        self._removed = ""  # what was said of the row that was removed last
        self.sheet = Sheet(form, case.answers, case.rows, DECIDED if held.policy else ())
        self.area = PaperArea(self.sheet, colours)
        self.panel = SidePanel(form, colours, facts_box(form, held.policy, case.answers, colours))
        has_rows = form.is_list and not form.is_statistics
        self.foot = Foot(has_rows, colours, is_typed=has_rows or not form.is_list)
        self.overview = Overview(colours)
        self.way = Way(self.sheet, self.area, self.overview, self.panel)
        self.parts = Parting(self.way, self.panel, colours)
        self._rule = rule(is_upright=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.parts, 1)
        column.addWidget(self._rule)
        column.addWidget(self.foot)
        self.sheet.overfilled.connect(self._refuse_paste)
        self.sheet.rows_restored.connect(lambda: self.unsaid.emit(self._removed))
        self.area.zoom_changed.connect(self.foot.show_zoom)
        self.foot.act_chosen.connect(self.act_chosen)
        self.overview.finish_wanted.connect(lambda: self.act_chosen.emit("finish"))
        self.panel.help.keys_wanted.connect(self.keys_wanted)
        self.parts.splitterMoved.connect(lambda: self.panel_widened.emit(self.panel.width()))
        self.dress(colours)
        self.show_state(held)

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        for part in (self.panel, self.overview, self.foot, self._rule, self.area.verticalScrollBar()):
            part.setStyleSheet(style_sheet(colours))
        for part in (self.area, self.panel, self.foot, self.overview, self.parts):
            part.dress(colours)

    def widen_panel(self, width: int) -> None:
        """Make the panel as wide as the clerk left it, in pixels; 0 for the width of a new program."""
        self.parts.setSizes([self.width(), max(width, NARROWEST) if width else WIDTH])

    def show_case(self, held: OpenCase) -> None:
        """Show what follows from the answers: on the paper, in its corners and beside it."""
        if held.case.answers != self.sheet.answers():
            self.sheet.set_answers(held.case.answers)
        self.panel.show_case(held)
        self.sheet.set_marked(corners(held.lines, is_strict=held.is_strict))

    def show_state(self, held: OpenCase) -> None:
        """Show the state; a paper that waits for its signature is not written on."""
        self.sheet.setEnabled(held.is_draft)
        self.panel.show_state(held.state)
        self.foot.show_state(held.state, is_written=held.is_written)
        if not held.is_written:
            self.foot.show_read_only()
        elif held.case_id:
            self.foot.show_saved(datetime.now())
        else:
            self.foot.show_new()

    def show_act_done(self, held: OpenCase) -> None:
        """Show the state to which an act has brought the case, and say it."""
        self.show_state(held)
        is_list_done = self.form.is_list and not held.is_draft
        self.said.emit(_LIST_DONE if is_list_done else _DONE[held.state], "say")

    def begin_at(self, held: OpenCase, field_id: str) -> None:
        """Begin to type: at a field, or where the paper begins."""
        self.way.show_paper()
        order = self.sheet.typing_fields()
        if held.is_draft and order:
            place = field_id if field_id in order else where_to_begin(held, order)
            self.sheet.go_to(place, is_selected=False)
        else:
            # Nothing is typed here; what is done next with such a paper stands at the foot.
            self.foot.buttons["print"].setFocus()

    def go_to(self, field_id: str) -> None:
        """Put the focus on a field of the paper, or on a fact that stands beside it."""
        self.way.go_to(field_id)
        self.area.show_place(self.sheet.field_rect(field_id))

    def add_row(self) -> None:
        """Add a row to a list that is a draft, and begin to type in it."""
        if self.sheet.isEnabled() and self.form.is_list and not self.form.is_statistics:
            self.sheet.go_to(self.sheet.add_row())

    def remove_row(self) -> None:
        """Take the row that is typed in out of a list that is a draft."""
        if not self.sheet.isEnabled():
            return
        number = self.sheet.remove_row()
        if number:
            self._removed = f"已删除第 {number} 行，按 Ctrl+Z 可以恢复。"
        self.said.emit(self._removed if number else "请先点到名单里要删除的那一行。", "say")

    def show_field(self, field_id: str) -> None:
        """Bring a field of the paper into sight, and its help where that is shown."""
        self.area.show_place(self.sheet.field_rect(field_id))
        self._show_help(field_id)

    def toggle_help(self) -> None:
        """Show or put away what the document says about the field in use."""
        self.panel.help.setVisible(not self.panel.help.isVisible())
        fact = self.panel.fact_in_use()
        self._show_help(fact or self.sheet.current_field())
        self.panel.go_to_fact(fact)  # there is less room, and it stays in sight

    def commit_typing(self) -> None:
        """Take in what is being typed, on the paper and beside it."""
        self.sheet.commit()
        self.panel.commit()

    def _refuse_paste(self, length: int) -> None:
        self.said.emit(f"粘贴的内容有 {length} 个字，太长了，请只复制这一格要填的内容。", "fault")

    def _show_help(self, field_id: str) -> None:
        if self.panel.help.isVisible():
            self.panel.help.show_field(self.form, field_id, label_of(self.form, field_id) if field_id else "")
