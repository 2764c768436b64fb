"""The open case between page and store: held as one value, saved, asked about, moved by acts.

It knows no widget. What the value becomes is worked out in `open_case`; here is only when, and what the store says.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from desktop_app.case import Answers
from desktop_app.store import jobs
from desktop_app.ui.case.open_case import OpenCase, PersonAsked
from desktop_app.ui.jobs.draft import Draft
from desktop_app.ui.jobs.lane import Ticket
from desktop_app.ui.jobs.store_door import StoreDoor
from desktop_app.workflow.states import State

# How long leaving a field may wait for the disk, in seconds. A commit takes some milliseconds; the wait is longer only
# where the disk is slow or the store is still being opened, and then nothing typed may be lost either.
_PATIENCE: Final = 2.0


class CaseKeeper:
    """Holds the open case and keeps it in the store, in the order in which it was asked for.

    Attributes:
        held: The case as it is now.
        waiting: How many saves have not been answered yet.
        on_changed: Called where something else is known or chosen: the case is to be assessed and shown again.
        on_answered: Called with whether a save went well.
    """

    def __init__(self, held: OpenCase, door: StoreDoor, office: str, owner: str) -> None:
        self.held = held
        self.on_changed: Callable[[], None] = lambda: None
        self.on_answered: Callable[[bool], None] = lambda _is_saved: None
        self._door, self._office, self._owner = door, office, owner
        self._draft = Draft(held.case_id)
        self._ticket: Ticket | None = None
        self._choices_ticket: Ticket | None = None
        self.waiting = 0

    @property
    def has_fault(self) -> bool:
        """Whether the last save was refused; the next one tries again."""
        return self._ticket is not None and self._ticket.error is not None

    def is_on_disk(self) -> bool:
        """Whether the case is what was saved, and nothing waits."""
        return self.waiting == 0 and not self.has_fault and self.held.case == self.held.saved

    def take(self, answers: Answers, rows: tuple[Answers, ...]) -> OpenCase:
        """Take what the paper says, and return the case with it."""
        self.held = self.held.with_answers(answers, rows)
        return self.held

    def assess(self) -> OpenCase:
        """Work out all that follows, look for what the store knows of the person, and return the case."""
        self.held = self.held.assessed(date.today())
        self._keep_choices()
        asked = self.held.person_to_ask()
        if asked is not None:
            self.held = replace(self.held, asked=asked)
            self._ask(asked)
        return self.held

    def save(self, field_id: str, *, is_wanted: bool = False) -> None:
        """Save the case and the field to go on with, where either is new; `is_wanted` saves a draft in any case."""
        self._keep_choices()
        if not self.held.is_draft or not (is_wanted or self.has_fault or self.held.wants_saving(field_id)):
            return
        self.held = self.held.with_saved(field_id)
        self.waiting += 1
        self._ticket = self._door.save_case(
            self._draft,
            self.held.case,
            self._office,
            self._owner,
            field_id,
            lambda _case_id: self._answered(True),
            lambda _sentence: self._answered(False),
        )
        self._wait(_PATIENCE)

    def wait(self) -> bool:
        """Wait for the disk and say whether everything is there."""
        return self._wait(10)

    def choose(self, rule: str, reading: str, reason: str) -> None:
        """Take the clerk's reading of an open point and keep it."""
        self.held = self.held.with_choice(rule, reading, reason)
        self._keep_choices()
        self.on_changed()

    def begin_choice(self, rule: str, reading: str, reason: str) -> None:
        """Keep what was begun on a point and not recorded."""
        self.held = self.held.with_begun(rule, reading, reason)
        self._keep_choices()

    def note(self, field_id: str, text: str) -> None:
        """Keep the clerk's remark on a field with the draft; an empty one takes it away."""
        if not self.held.case_id:
            self.save(field_id, is_wanted=True)
            self._wait(_PATIENCE)
        if self.held.is_draft and self.held.case_id:
            self.held = self.held.with_note(field_id, text)
            self._door.keep_with_draft(self.held.case_id, jobs.save_notes, self.held.notes)
            self.on_changed()

    def take_settings(self, settings: Mapping[str, Any]) -> None:
        """Take the office's amounts and district as they are set now."""
        self.held = self.held.with_settings(settings)
        self.on_changed()

    def perform(self, act: str, on_done: Callable[[State], None]) -> None:
        """Do an act on the stored case, one at a time; told with its new state once that is on the disk."""

        def done(state: State) -> None:
            self.held = self.held.with_act_done(state)
            on_done(state)

        def refused(_sentence: str) -> None:
            self.held = replace(self.held, is_acting=False)

        self.held = replace(self.held, is_acting=True)
        self._door.perform(self.held.case_id, act, {}, done, refused)

    def _wait(self, seconds: float) -> bool:
        # The ticket itself is asked: what came of it reaches the window only with its next turn.
        is_there = self._ticket is None or self._ticket.wait(seconds)
        self._take_id()
        return is_there

    def _answered(self, is_saved: bool) -> None:
        self.waiting -= 1
        self._take_id()
        self.on_answered(is_saved)

    def _take_id(self) -> None:
        """Take the id that the first save has given to the case, and keep what was chosen before it."""
        if self._draft.case_id != self.held.case_id:
            self.held = replace(self.held, case_id=self._draft.case_id)
            self._keep_choices()

    def _keep_choices(self) -> None:
        if self._choices_ticket is not None and self._choices_ticket.error is not None:
            self.held = replace(self.held, kept_choices={})  # the disk has refused them
            self._choices_ticket = None
        choices = self.held.choices_to_keep()
        if choices is not None:
            self.held = self.held.with_choices_kept()
            self._choices_ticket = self._door.keep_with_draft(self.held.case_id, jobs.save_choices, choices)

    def _ask(self, asked: PersonAsked) -> None:
        def done(found: jobs.Person) -> None:
            held = self.held.with_found(asked, found)
            if held is not self.held:
                self.held = held
                self.on_changed()

        self._door.read(jobs.person, *asked, then=done)
