"""One paper being filled in, from opening it to the signature: what the clerk does, and when it is saved.

The page holds the case as one value, replaces it and shows it. Every field is saved as it is left; what is on the
disk is told in the foot.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.case import Answer, Case
from desktop_app.ui.case.case_keeper import CaseKeeper
from desktop_app.ui.case.case_view import CaseView
from desktop_app.ui.case.known_person import KnownPerson
from desktop_app.ui.case.open_case import OpenCase
from desktop_app.ui.case.panel_lines import PanelLine
from desktop_app.ui.case.to_correct import missing_facts, point_behind, stop_of
from desktop_app.ui.parts.look import Colours
from desktop_app.workflow.acts import ACT
from desktop_app.workflow.states import State, is_draft


class CasePage(CaseView):
    """The open case, and what can be done with it."""

    case_wanted = Signal(str)  # another application

    def __init__(self, keeper: CaseKeeper, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(keeper.assess(), colours, parent)
        self.keeper = keeper
        keeper.on_changed, keeper.on_answered = self._was_changed, self._was_answered
        self.is_away = False  # the answer of a last save may come when the page is gone
        self.known_person: KnownPerson | None = None
        self._last_field = ""  # that was typed in
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._catch_up)
        self._connect()
        self._catch_up()
        keeper.held = keeper.held.untouched()

    def _connect(self) -> None:
        sheet, panel = self.sheet, self.panel
        sheet.answers_edited.connect(lambda _field: self._soon.start())
        sheet.answer_left.connect(self._save)
        sheet.field_entered.connect(self._entered)
        sheet.ended.connect(self.go_on)
        self.overview.put_away.connect(self.take_focus)
        panel.line_chosen.connect(self.go_for)
        panel.choice.settled.connect(self._settle)
        panel.choice.begun.connect(self.keeper.begin_choice)
        panel.choice.occupation_wanted.connect(partial(self.take, "certificate.occupation"))
        if panel.facts is not None:
            panel.facts.fact_edited.connect(self.take)
            panel.facts.step_asked.connect(self._step_facts)

    @property
    def held(self) -> OpenCase:
        """The case as it was last taken from the paper."""
        return self.keeper.held

    @property
    def state(self) -> State:
        """The state of the case; another one is told when it is on the disk."""
        return self.held.state

    @property
    def case_id(self) -> str:
        """The stored case; empty before the first save."""
        return self.held.case_id

    @property
    def is_saved(self) -> bool:
        """Whether everything that was left is on the disk."""
        self._read_paper()
        return self.keeper.is_on_disk()

    @property
    def field_in_use(self) -> str:
        """The field that is typed in, or was last; empty on a paper that nobody has typed on."""
        return self.sheet.current_field() or self._last_field

    def case(self) -> Case:
        """Return the case as paper and panel show it, with what is being typed taken in."""
        self.commit()
        return self.held.case

    def commit(self) -> None:
        """Take in what is being typed, on the paper and beside it, and all that follows from it."""
        self.commit_typing()
        self._assess()

    def take(self, field_id: str, value: Answer | None) -> None:
        """Take an answer that was given beside the paper of a draft; None takes one away."""
        if self.held.is_draft:
            self.sheet.set_answers(self._read_paper().case.with_answer(field_id, value).answers)
            self._soon.start()
            self._save(self._place())

    def go_for(self, line: PanelLine) -> None:
        """Go where a line of the panel leads: another application, an open point, a field."""
        rule = point_behind(self.held, line)
        if line.case_id:
            self.case_wanted.emit(line.case_id)
        elif not (rule and self.show_point(rule)) and line.field_id:
            self.go_to(line.field_id)

    def show_point(self, rule: str) -> bool:
        """Open the box in which an open point is settled; False where there is none."""
        return self.way.show_point(self.held, rule)

    def show_overview(self) -> None:
        """Show every answer, fact and choice in place of the paper, to be looked over before F9."""
        if not self.form.is_list:
            self.commit()
            self.way.show_overview(self.held)

    def take_focus(self) -> None:
        """Put the focus on the paper; on one that was put away meanwhile, nowhere."""
        if not self.is_away:
            self.begin(self.field_in_use)

    def begin(self, field_id: str = "") -> None:
        """Begin to type: at a field, or where the paper begins."""
        self.begin_at(self._read_paper(), field_id)

    def go_to_wrong(self, direction: int) -> None:
        """Go to the next (1) or previous (-1) field that is missing, wrong or odd."""
        self.commit()
        if not self.way.go_to_wrong(self.held, direction, self._last_field):
            self.said.emit("没有要补正的地方了。", "say")

    def go_on(self, after: str = "") -> None:
        """Go where work goes on from the paper's last field, or from the fact that was left with Enter."""
        if self.held.is_draft and not self.form.is_list:
            self.commit()
            if not self.way.go_on(self.held, after):
                self.show_overview()

    def toggle_facts(self) -> None:
        """Go to the facts, to the first that is missing; from there back to the paper."""
        if not self.panel.toggle_facts(next(iter(missing_facts(self.held)), "")):
            self.take_focus()

    def save(self) -> None:
        """Save what is on the paper, the field in use included."""
        self.commit()
        self._save(self._place(), is_wanted=True)

    def save_before_leaving(self) -> bool:
        """Save, wait for the disk, and say whether everything is there."""
        self.commit()
        self._save(self._place())
        return self.keeper.wait()

    def finish(self, on_finished: Callable[[], None]) -> None:
        """Hand on for signing, or go to the first thing that stands against it.

        `on_finished` is called when the act is on the disk, and never before.
        """
        if not self.held.is_draft or self.held.is_acting:
            return
        self.commit_typing()
        self.keeper.held = replace(self.held, is_strict=True)
        self._catch_up()
        stop = stop_of(self.held, self.sheet.keyed_once())
        if stop is not None:
            self.keeper.held = replace(self.held, told_failures=stop.failures or self.held.told_failures)
            if not (stop.rule and self.show_point(stop.rule)):
                self.go_to(stop.field_id)
            self.said.emit(stop.sentence, "fault")
            return
        # A paper that came filled in may not have been stored yet.
        self._save(self._place(), is_wanted=not self.case_id)
        if self.keeper.wait():
            self.way.show_paper()
            self._perform("finish", on_finished)

    def reopen(self) -> None:
        """Take an application that waits for its signature back to be written on."""
        if self.state in ACT["reopen"].before and self.held.is_written and not self.held.is_acting:
            self._perform("reopen", lambda: None)

    def _perform(self, act: str, on_done: Callable[[], None]) -> None:
        def done(state: State) -> None:
            if self.is_away:
                return
            self._assess()
            self.show_act_done(self.held)
            stop = stop_of(self.held, self.sheet.keyed_once()) if is_draft(state) else None
            self.go_to(stop.field_id) if stop is not None else self.begin()
            on_done()

        self.keeper.perform(act, done)

    def _settle(self, rule: str, reading: str, reason: str) -> None:
        self._read_paper()
        self.keeper.choose(rule, reading, reason)
        self._catch_up()
        if not self.way.leave_point(self.held):
            self.show_overview()

    def _step_facts(self, field_id: str, step: str) -> None:
        self._catch_up()  # what was answered may ask for more
        if not self.way.step_facts(field_id, step):
            self.go_on(field_id)

    def _entered(self, field_id: str) -> None:
        self._last_field = field_id
        # The field entered is where to go on, if the program ends before it is left.
        self._save(field_id)
        self.show_field(field_id)

    def _place(self) -> str:
        return self.sheet.current_field() or self.held.last_field

    def _read_paper(self) -> OpenCase:
        return self.keeper.take(self.sheet.answers(), self.sheet.rows())

    def _assess(self) -> None:
        self._read_paper()
        self.show_case(self.keeper.assess())

    def _catch_up(self) -> None:
        """Bring panel and marks up to what the paper says, and save it."""
        self._assess()
        if self.sheet.current_field():
            self._save(self.sheet.current_field())

    def _save(self, field_id: str, *, is_wanted: bool = False) -> None:
        self._read_paper()
        self.keeper.save(field_id, is_wanted=is_wanted)

    def _was_changed(self) -> None:
        if not self.is_away:
            self._soon.start()

    def _was_answered(self, is_saved: bool) -> None:
        if self.is_away:
            return
        if is_saved:
            self.foot.show_saved(datetime.now())
        else:
            self.foot.show_unsaved()
