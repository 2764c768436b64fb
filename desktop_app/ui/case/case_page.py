"""One paper being filled in: the sheet on its desk, the panel beside it, the foot below.

Every field is saved as it is left. The page holds the case as a value; what is on the disk is told in the foot.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.case import Answer, Answers, Case
from desktop_app.forms.model import Form
from desktop_app.policy.assess import DECIDED
from desktop_app.policy.finishing import against_finishing
from desktop_app.ui.case.facts_box import facts_box
from desktop_app.ui.case.foot import Foot
from desktop_app.ui.case.judging import Judging
from desktop_app.ui.case.known_person import KnownPerson
from desktop_app.ui.case.mending import corners, failures, to_mend
from desktop_app.ui.case.overview import Overview
from desktop_app.ui.case.remarks import Remark, label_of
from desktop_app.ui.case.saving import Desk, Saving
from desktop_app.ui.case.side_panel import NARROWEST, WIDTH, SidePanel
from desktop_app.ui.case.under_policy import UnderPolicy
from desktop_app.ui.case.way import Way
from desktop_app.ui.jobs.store_door import StoreDoor
from desktop_app.ui.paper.paper_area import PaperArea
from desktop_app.ui.paper.sheet import Sheet
from desktop_app.ui.parts.look import Colours, rule, style_sheet
from desktop_app.ui.parts.parting import Parting
from desktop_app.workflow.states import State

_LIST_DONE: Final = "名单已填写完成，请打印后按表上的要求签字、盖章。"
_MOVED: Final[dict[State, str]] = {
    "draft": "已改回草稿，可以继续填写。",
    "awaiting_signature": "已填写完成，请打印后交申请人签字。",
}


class CasePage(QWidget):
    """The paper, from opening it to the signature."""

    case_saved = Signal()
    said = Signal(str, str)  # a sentence, `say` or `fault`
    unsaid = Signal(str)  # a sentence that no longer holds
    keys_wanted = Signal()
    act_chosen = Signal(str)
    case_wanted = Signal(str)  # another application
    panel_widened = Signal(int)  # pixels, by the clerk

    def __init__(
        self,
        form: Form,
        case: Case,
        door: StoreDoor,
        desk: Desk,
        colours: Colours,
        policy: UnderPolicy,
        case_id: str = "",
        state: State = "draft",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.form, self.state, self._case = form, state, case
        self.is_away = False  # the answer of a last save may come when the page is gone
        self._last_field = ""
        self._is_strict = False
        self.known_person: KnownPerson | None = None
        self._is_moving = False  # an act is on its way to the disk
        self._told_failures: tuple[str, ...] = ()
        self._removed = ""  # what was said of the row that was removed last
        self.sheet = Sheet(form, case.answers, case.rows, DECIDED if policy.policy else ())
        self.saving = Saving(door, desk, self._now(), case_id, self._was_answered)
        self.area = PaperArea(self.sheet, colours)
        self.panel = SidePanel(form, colours, facts_box(form, policy.policy, case.answers, colours))
        has_rows = form.is_list and not form.is_statistics
        self.foot = Foot(has_rows, colours, is_typed=has_rows or not form.is_list)
        self.judging = Judging(form, self.sheet, self.panel, policy, self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._catch_up)
        self.overview = Overview(colours)
        self.way = Way(form, self.sheet, self.area, self.overview, self.panel, self.judging)
        self.parts = Parting(self.way, self.panel, colours)
        self._rules = (rule(is_upright=False),)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.parts, 1)
        column.addWidget(self._rules[0])
        column.addWidget(self.foot)
        self._connect()
        self.dress(colours)
        self._show_state()
        self._catch_up()
        self.saving.begin_with(self._now())

    def _connect(self) -> None:
        self.sheet.answers_edited.connect(lambda _field: self._soon.start())
        self.sheet.answer_left.connect(self._left)
        self.sheet.field_entered.connect(self._entered)
        self.sheet.rows_restored.connect(lambda: self.unsaid.emit(self._removed))
        self.sheet.overfilled.connect(self._refuse_paste)
        self.area.zoom_changed.connect(self.foot.show_zoom)
        self.foot.act_chosen.connect(self.act_chosen)
        self.sheet.ended.connect(self.go_on)
        self.parts.splitterMoved.connect(lambda: self.panel_widened.emit(self.panel.width()))
        self.judging.field_wanted.connect(self.go_to)
        self.judging.case_wanted.connect(self.case_wanted)
        self.judging.begun.connect(self._begin_point)
        self.judging.point_left.connect(self.panel.take_focus)
        if self.panel.facts is not None:
            self.panel.facts.step_asked.connect(self._step_facts)
        self.overview.finish_wanted.connect(lambda: self.act_chosen.emit("finish"))
        self.overview.put_away.connect(self.take_focus)
        self.panel.help.keys_wanted.connect(self.keys_wanted)
        self.judging.changed.connect(self._soon.start)
        self.judging.taken.connect(self._taken)
        self.judging.settled.connect(self._settle)

    @property
    def case_id(self) -> str:
        """The stored application's id; empty before the first save."""
        return self.saving.case_id

    @property
    def has_fault(self) -> bool:
        """Whether the last save was refused; the next one tries again."""
        return self.saving.has_fault

    @property
    def is_saved(self) -> bool:
        """Whether everything that was left is on the disk."""
        return self.saving.is_on_disk(self._now())

    @property
    def field_in_use(self) -> str:
        """The field that is typed in, or was last; empty on a paper that nobody has typed on."""
        return self.sheet.current_field() or self._last_field

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        for part in (self.panel, self.overview, self.foot, *self._rules, self.area.verticalScrollBar()):
            part.setStyleSheet(style_sheet(colours))
        for part in (self.area, self.panel, self.foot, self.overview, self.parts):
            part.dress(colours)

    def case(self) -> Case:
        """Return the case as paper and panel show it, with what is being typed taken in."""
        self.commit()
        return self._now()

    def go_to(self, field_id: str) -> None:
        """Put the focus on a field of the paper, or on a fact that stands beside it."""
        self.way.go_to(field_id)
        self.area.show_place(self.sheet.field_rect(field_id))

    def show_overview(self) -> None:
        """Show every answer, fact and choice in place of the paper, to be looked over before F9."""
        if not self.form.is_list:
            self.commit()
            self._catch_up()
            self.way.show_overview(self._now(), is_draft=self.state == "draft")

    def commit(self) -> None:
        """Take in what is being typed, on the paper and beside it."""
        self.sheet.commit()
        self.panel.commit()

    def widen_panel(self, width: int) -> None:
        """Make the panel as wide as the clerk left it, in pixels; 0 for the width of a new program."""
        self.parts.setSizes([self.width(), max(width, NARROWEST) if width else WIDTH])

    def found(self) -> tuple[Remark, ...]:
        """Return what the panel says of the paper now."""
        return self.judging.remarks()

    def take_focus(self) -> None:
        """Put the focus on the paper."""
        self.begin(self.field_in_use)

    def begin(self, field_id: str = "") -> None:
        """Begin to type: at a field, or where the paper begins."""
        self.way.show_paper()
        order = self.sheet.typing_fields()
        if self.state != "draft" or not order:
            # Nothing is typed here; what is done next with such a paper stands at the foot.
            self.foot.buttons["print"].setFocus()
            return
        if field_id not in order:
            # Where work is left: the first empty field, or else what is to be mended.
            answered, mend = self.sheet.answers(), to_mend(self.form, self.judging.remarks())
            empty = (each for each in order if "@" not in each and each not in answered)
            field_id = next(empty, next((each for each in mend if each in order), order[0]))
        self.sheet.go_to(field_id, is_selected=False)

    def save(self) -> None:
        """Save what is on the paper, the field in use included."""
        self.commit()
        self._save(self.sheet.current_field() or self.saving.last_field, is_wanted=True)

    def save_before_leaving(self) -> bool:
        """Save, wait for the disk, and say whether everything is there."""
        self.commit()
        self._save(self.sheet.current_field() or self.saving.last_field)
        return self.saving.wait()

    def mend(self, direction: int) -> None:
        """Go to the next (1) or previous (-1) field that is missing, wrong or odd."""
        self.commit()
        if not self.way.mend(direction, self._last_field):
            self.said.emit("没有要补正的地方了。", "say")

    def go_on(self, after: str = "") -> None:
        """Go where work goes on from the paper's last field, or from the fact that was left with Enter."""
        if self.state == "draft" and not self.form.is_list:
            self.commit()
            self._catch_up()
            if not self.way.go_on(after):
                self.show_overview()

    def toggle_facts(self) -> None:
        """Go to the facts, to the first that is missing; from there back to the paper."""
        if not self.panel.toggle_facts(next(iter(self.judging.missing_facts()), "")):
            self.take_focus()

    def finish(self, on_finished: Callable[[], None]) -> None:
        """Hand on for signing, or go to the first thing that stands against it.

        `on_finished` is called when the act is on the disk, and never before.
        """
        if self.state != "draft" or self._is_moving:
            return
        self.commit()
        self._is_strict = True
        self._catch_up()
        stopped = self._stop()
        if stopped is not None:
            field_id, rule, sentence = stopped
            if not (rule and self.judging.show_point(rule)):
                self.go_to(field_id)
            self.said.emit(sentence, "fault")
            return
        # A paper that came filled in may not have been stored yet.
        self._save(self.sheet.current_field() or self.saving.last_field, is_wanted=not self.case_id)
        if self.saving.wait():
            self.way.show_paper()
            self._perform("finish", on_finished)

    def _stop(self) -> tuple[str, str, str] | None:
        """Return field, open point and sentence of the first thing against finishing; None where nothing is.

        What fails is told once: the applicant may hand in all the same, and F9 again hands on.
        """
        for finding in against_finishing(self.form, self._now(), self.judging.assessment, date.today()):
            return finding.field_id, finding.rule, finding.message
        for field_id in self.sheet.keyed_once():
            label = label_of(self.form, field_id)
            return field_id, "", f"“{label}”还要再输入一次，核对后才能完成。"
        failing = failures(self.form, self.found())
        told = tuple(each.message for each in failing)
        if failing and told != self._told_failures:
            self._told_failures = told
            return failing[0].field_id, "", f"{told[0]}申请人仍要交件的，请再按一次 F9。"
        return None

    def reopen(self) -> None:
        """Take an application that waits for its signature back to be written on."""
        if self.state == "awaiting_signature" and not self._is_moving:
            self._perform("reopen", lambda: None)

    def add_row(self) -> None:
        """Add a row to a list and begin to type in it."""
        if self.state == "draft" and self.form.is_list and not self.form.is_statistics:
            self.sheet.go_to(self.sheet.add_row())

    def remove_row(self) -> None:
        """Take the row that is typed in out of a list."""
        number = self.sheet.remove_row() if self.state == "draft" else 0
        if number:
            self._removed = f"已删除第 {number} 行，按 Ctrl+Z 可以恢复。"
            self.said.emit(self._removed, "say")
        elif self.state == "draft":
            self.said.emit("请先点到名单里要删除的那一行。", "say")

    def toggle_help(self) -> None:
        """Show or put away what the document says about the field in use."""
        self.panel.help.setVisible(not self.panel.help.isVisible())
        fact = self.panel.fact_in_use()
        self._show_help(fact or self.sheet.current_field())
        self.panel.go_to_fact(fact)  # there is less room, and it stays in sight

    def _now(self) -> Case:
        answers = self.sheet.answers()
        applied = answers.get("claim.applied_on")
        day = applied if isinstance(applied, date) else self._case.governing_day
        return Case(
            self.form.id,
            self.form.version,
            self.form.region,
            day,
            dict(answers),
            _without_empty_end(self.sheet.rows()),
        )

    def _begin_point(self, rule: str, reading: str, reason: str) -> None:
        self.judging.policy.begin(rule, reading, reason, self.case_id)

    def _settle(self, rule: str, reading: str, reason: str) -> None:
        about = self.judging.policy.open_messages(self._now()).get(rule, "")
        self.judging.policy.settle(rule, reading, reason, about, self.case_id)
        self._catch_up()
        if not self.way.leave_point():
            self.show_overview()

    def _step_facts(self, field_id: str, step: str) -> None:
        self._catch_up()  # what was answered may ask for more
        if not self.way.step_facts(field_id, step):
            self.go_on(field_id)

    def _taken(self, _field_id: str) -> None:
        self._soon.start()
        self._save(self.sheet.current_field() or self.saving.last_field)

    def _left(self, field_id: str) -> None:
        self._save(field_id)

    def _entered(self, field_id: str) -> None:
        self._last_field = field_id
        # The field entered is where to go on, if the program ends before it is left.
        self._save(field_id)
        self.area.show_place(self.sheet.field_rect(field_id))
        self._show_help(field_id)

    def _refuse_paste(self, length: int) -> None:
        self.said.emit(f"粘贴的内容有 {length} 个字，太长了，请只复制这一格要填的内容。", "fault")

    def _show_help(self, field_id: str) -> None:
        if self.panel.help.isVisible():
            self.panel.help.show_field(self.form, field_id, label_of(self.form, field_id) if field_id else "")

    def _catch_up(self) -> None:
        """Bring panel and marks up to what the paper says, and save it."""
        self.judging.assess(self._now(), self.case_id, is_draft=self.state == "draft")
        found = self.judging.tell()
        self.sheet.set_marked(corners(found, is_strict=self._is_strict))
        if self.sheet.current_field():
            self._save(self.sheet.current_field())

    def _save(self, field_id: str, is_wanted: bool = False) -> None:
        if self.state == "draft":
            self.saving.save(self._now(), field_id, is_wanted=is_wanted)

    def _was_answered(self, is_saved: bool) -> None:
        if self.is_away:
            return
        if is_saved:
            self.foot.show_saved(datetime.now())
            self.case_saved.emit()
            self.judging.policy.keep_new_choices(self.case_id)
        else:
            self.foot.show_unsaved()

    def _perform(self, act: str, on_done: Callable[[], None]) -> None:
        def done(state: State) -> None:
            self.state, self._is_moving, self._told_failures = state, False, ()
            if self.is_away:
                return
            self._show_state()
            self.case_saved.emit()
            is_list_done = self.form.is_list and state != "draft"
            self.said.emit(_LIST_DONE if is_list_done else _MOVED[state], "say")
            if state == "draft":
                self._catch_up()
                stopped = self._stop()
                self.go_to(stopped[0]) if stopped else self.begin()
                self._told_failures = ()
            else:
                self.begin()
            on_done()

        def refused(_sentence: str) -> None:
            self._is_moving = False

        self._is_moving = True
        self.saving.perform(act, done, refused)

    def _show_state(self) -> None:
        # A paper that waits for its signature is not written on; it can be printed and taken back.
        self.sheet.setEnabled(self.state == "draft")
        self.panel.show_state(self.state)
        self.foot.show_state(self.state)
        if self.case_id:
            self.foot.show_saved(datetime.now())
        else:
            self.foot.show_new()


def _without_empty_end(rows: tuple[Answers, ...]) -> tuple[dict[str, Answer], ...]:
    """Return rows without the empty ones at the end: Enter adds one, and nobody takes it away again."""
    kept = list(map(dict, rows))
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)
