"""One paper being filled in: the sheet on its desk, the panel beside it, the foot below.

Every field is saved as it is left. The page holds the case as a value; what is on the disk is told in the foot.
"""

from datetime import date, datetime
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.case import Case
from desktop_app.forms.model import Form
from desktop_app.ui.foot import Foot
from desktop_app.ui.keeping import Draft, Keeping, now
from desktop_app.ui.look import Colours, rule, style_sheet
from desktop_app.ui.paper_area import PaperArea
from desktop_app.ui.remarks import Remark, label_of, remarks, to_mend
from desktop_app.ui.sheet import Sheet
from desktop_app.ui.side_panel import SidePanel
from desktop_app.ui.workers import Ticket
from desktop_app.workflow import State

# How long leaving a field may wait for the disk, in seconds. A commit takes some milliseconds; the wait is longer only
# where the disk is slow or the store is still being opened, and then nothing typed may be lost either.
_PATIENCE: Final = 2.0
_MOVED: Final = {
    "draft": "已改回草稿，可以继续填写。",
    "awaiting_signature": "已填写完成，请打印后交申请人签字。",
}


class Desk(NamedTuple):
    """Who fills in: the office's code and the clerk or window, as the store knows them."""

    office: str
    owner: str


class CasePage(QWidget):
    """The paper, from opening it to the signature."""

    case_saved = Signal()
    said = Signal(str, str)  # a sentence, `say` or `fault`
    keys_wanted = Signal()
    act_chosen = Signal(str)

    def __init__(
        self,
        form: Form,
        case: Case,
        keeping: Keeping,
        desk: Desk,
        colours: Colours,
        case_id: str = "",
        state: State = "draft",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.form, self.state, self._case = form, state, case
        self._keeping, self._desk = keeping, desk
        self._draft = Draft(case_id)
        self._saved_field = ""
        self._ticket: Ticket | None = None
        self.is_away = False  # the answer of a last save may come when the page is gone
        self._is_touched = False  # looking at a draft is no change of it
        self._waiting = 0
        self._last_field = ""
        self._is_strict = False
        self.sheet = Sheet(form, case.answers, case.rows)
        self._saved_case = self._now()
        self.area = PaperArea(self.sheet, colours)
        self.panel = SidePanel(form, colours)
        self.foot = Foot(form.is_list and not form.is_statistics, colours)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._catch_up)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.area, 1)
        self._rules = (rule(is_upright=True), rule(is_upright=False))
        middle.addWidget(self._rules[0])
        middle.addWidget(self.panel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(middle, 1)
        column.addWidget(self._rules[1])
        column.addWidget(self.foot)
        self._connect()
        self.dress(colours)
        self._show_state()
        self._catch_up()

    def _connect(self) -> None:
        self.sheet.answers_edited.connect(lambda _field: self._soon.start())
        self.sheet.answer_left.connect(self._left)
        self.sheet.field_entered.connect(self._entered)
        self.area.zoom_changed.connect(self.foot.show_zoom)
        self.foot.act_chosen.connect(self.act_chosen)
        self.panel.field_wanted.connect(self.go_to)
        self.panel.help.keys_wanted.connect(self.keys_wanted)

    @property
    def case_id(self) -> str:
        """The stored application's id; empty before the first save."""
        return self._draft.case_id

    @property
    def has_fault(self) -> bool:
        """Whether the last save was refused; the next one tries again."""
        return self._ticket is not None and self._ticket.error is not None

    @property
    def is_saved(self) -> bool:
        """Whether everything that was left is on the disk."""
        return self._waiting == 0 and not self.has_fault and self._saved_case == self._now()

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        for part in (self.panel, self.foot, *self._rules, self.area.verticalScrollBar()):
            part.setStyleSheet(style_sheet(colours))
        for part in (self.area, self.panel, self.foot):
            part.dress(colours)

    def case(self) -> Case:
        """Return the case as the paper shows it, with the field in use taken in."""
        self.sheet.commit()
        return self._now()

    def go_to(self, field_id: str) -> None:
        """Put the focus on a field."""
        self.sheet.go_to(field_id)

    def take_focus(self) -> None:
        """Put the focus on the paper."""
        self.begin(self.sheet.current_field() or self._last_field)

    def begin(self, field_id: str = "") -> None:
        """Begin to type: at a field, or where the paper begins."""
        order = self.sheet.typing_fields()
        if self.state == "draft" and order:
            self.sheet.go_to(field_id if field_id in order else order[0])

    def save(self) -> None:
        """Save what is on the paper, the field in use included."""
        self.sheet.commit()
        self._save(self.sheet.current_field() or self._saved_field, is_wanted=True)

    def save_before_leaving(self) -> bool:
        """Save, wait for the disk, and say whether everything is there."""
        self.sheet.commit()
        self._save(self.sheet.current_field() or self._saved_field)
        # The ticket itself is asked: what came of it reaches the page only with the next turn of the window.
        return self._ticket is None or self._ticket.wait(10)

    def mend(self, direction: int) -> None:
        """Go to the next (1) or previous (-1) field that is missing, wrong or odd."""
        self.sheet.commit()
        fields = to_mend(self.form, self._remarks())
        if not fields:
            self.said.emit("没有要补正的地方了。", "say")
            return
        order = [each.field_id for each in self.form.fields]
        current = self.sheet.current_field() or self._last_field
        here = order.index(current) if current in order else -direction
        places = [order.index(field) for field in fields]
        beyond = [at for at in places if (at - here) * direction > 0]
        at = (min if direction > 0 else max)(beyond or places)
        self.go_to(order[at])

    def finish(self) -> bool:
        """Check and hand on for signing; False after going to the first thing that stands against it."""
        self.sheet.commit()
        self._is_strict = True
        self._catch_up()
        against = [each for each in self._remarks() if each.group in ("missing", "fail")]
        if against:
            first = to_mend(self.form, tuple(against))[0]
            self.go_to(first)
            remark = next(each for each in against if each.field_id == first)
            words = (
                f"还缺“{label_of(self.form, first)}”，请填写。"
                if remark.group == "missing"
                else remark.message
            )
            self.said.emit(words, "fault")
            return False
        if not self.save_before_leaving():
            return False
        self._move("awaiting_signature", "completed")
        return True

    def reopen(self) -> None:
        """Take an application that waits for its signature back to be written on."""
        self._move("draft", "reopened")

    def add_row(self) -> None:
        """Add a row to a list and begin to type in it."""
        if self.state == "draft" and self.form.is_list and not self.form.is_statistics:
            self.sheet.go_to(self.sheet.add_row())

    def toggle_help(self) -> None:
        """Show or put away what the document says about the field in use."""
        self.panel.help.setVisible(not self.panel.help.isVisible())
        self._show_help(self.sheet.current_field())

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
            tuple(map(dict, self.sheet.rows())),
        )

    def _remarks(self) -> tuple[Remark, ...]:
        return remarks(self.form, self.sheet.answers(), date.today())

    def _left(self, field_id: str) -> None:
        self._save(field_id)

    def _entered(self, field_id: str) -> None:
        self._last_field = field_id
        # The field entered is where to go on, if the program ends before it is left.
        self._save(field_id)
        self.area.show_place(self.sheet.field_rect(field_id))
        self._show_help(field_id)

    def _show_help(self, field_id: str) -> None:
        if self.panel.help.isVisible():
            self.panel.help.show_field(self.form, field_id, label_of(self.form, field_id) if field_id else "")

    def _catch_up(self) -> None:
        """Bring panel and marks up to what the paper says, and save it."""
        found = self._remarks()
        self.panel.show_amount(self.sheet.answers())
        self.panel.show_remarks(found)
        marked = {each.field_id: "warn" for each in found if each.group == "warn"}
        wrong = ("fail", "missing") if self._is_strict else ("fail",)
        marked |= {each.field_id: "fail" for each in found if each.group in wrong}
        self.sheet.set_marked(marked)
        if self.sheet.current_field():
            self._save(self.sheet.current_field())

    def _save(self, field_id: str, is_wanted: bool = False) -> None:
        case = self._now()
        self._is_touched |= case != self._saved_case
        is_known = case == self._saved_case and (not self._is_touched or field_id == self._saved_field)
        if self.state != "draft" or (is_known and not is_wanted and not self.has_fault):
            return
        self._saved_case, self._saved_field = case, field_id
        self._waiting += 1
        self._ticket = self._keeping.save_case(
            self._draft,
            case,
            self._desk.office,
            self._desk.owner,
            field_id,
            self._was_saved,
            self._was_refused,
        )
        self._ticket.wait(_PATIENCE)

    def _was_saved(self, _case_id: str) -> None:
        self._waiting -= 1
        if self.is_away:
            return
        self.foot.show_saved(datetime.now())
        self.case_saved.emit()

    def _was_refused(self, _sentence: str) -> None:
        self._waiting -= 1
        if not self.is_away:
            self.foot.show_unsaved()

    def _move(self, to_state: State, kind: str) -> None:
        case_id, owner = self.case_id, self._desk.owner
        payload = {"form": self.form.id, "form_version": self.form.version}

        def job(session: Any) -> None:
            from desktop_app.store.cases import move_case

            move_case(session, case_id, to_state, kind, owner, now(), payload)

        def done(_none: Any) -> None:
            self.state = to_state
            if self.is_away:
                return
            self._show_state()
            self.case_saved.emit()
            self.said.emit(
                "已改回草稿，可以继续填写。" if to_state == "draft" else "已填写完成，请打印后交申请人签字。",
                "say",
            )

        self._keeping.write(job, done)

    def _show_state(self) -> None:
        # A paper that waits for its signature is not written on; it can be printed and taken back.
        self.sheet.setEnabled(self.state == "draft")
        self.panel.show_state(self.state)
        self.foot.show_state(self.state)
        if self.case_id:
            self.foot.show_saved(datetime.now())
        else:
            self.foot.show_new()
