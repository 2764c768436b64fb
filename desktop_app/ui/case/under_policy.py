"""An application under its region's policy while it is filled in: what is known of the person, what was chosen.

It holds what the paper does not: earlier awards from the store, the office, its amounts, the clerk's readings of open
points. What follows from them is `policy.assess`, a pure function.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop_app.case import Case
from desktop_app.dates import show_day
from desktop_app.forms.model import Form
from desktop_app.policy.assess import Assessment, assess
from desktop_app.policy.calendars import calendar
from desktop_app.policy.catalogue import policy_at_hand
from desktop_app.policy.known import amounts_of, choices_of, office_of
from desktop_app.policy.model import ClerkChoice, Known, Policy
from desktop_app.policy.nearest_yes import remedies
from desktop_app.store import jobs
from desktop_app.store.records import CaseRow
from desktop_app.ui.case.remarks import Remark
from desktop_app.ui.jobs.store_door import StoreDoor
from desktop_app.ui.parts.titles import form_title
from desktop_app.workflow.states import STATE_LABELS

_ID_NUMBER = "applicant.id_number"


class UnderPolicy(QObject):
    """The policy's side of one paper; papers that are no application have none.

    Signals:
        changed: Something else is known, so the paper is to be assessed again.
    """

    changed = Signal()

    def __init__(
        self,
        form: Form,
        door: StoreDoor,
        settings: Mapping[str, Any],
        choices: Mapping[str, tuple[str, ...]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._form, self._door = form, door
        self.policy: Policy | None = None if form.is_list else policy_at_hand(form.region)
        self._asked_for = ("", "")
        self._unkept = False
        # What each choice was about: another fact under the same rule is another question.
        self._about = {rule: choice[2] for rule, choice in choices.items() if len(choice) > 2}
        # What was begun in a box and not recorded: kept without a reading, so that it settles nothing.
        self._begun = {rule: (choice[3], choice[1]) for rule, choice in choices.items() if len(choice) > 3}
        self._others: tuple[CaseRow, ...] = ()
        self._known = Known(
            office=office_of(settings),
            choices=choices_of(choices),
            amounts=amounts_of(settings),
            is_rest_day=calendar(form.region).is_rest_day if self.policy else None,
            today=date.today(),
        )

    def assess(self, case: Case, case_id: str) -> Assessment | None:
        """Return what the policy makes of the case now; earlier awards of its person are looked up beside."""
        if self.policy is None:
            return None
        self._look_up(case, case_id)
        if self._known.choices:
            self._drop_outdated(case, case_id)
        return assess(self._form, case, self.policy, self._known)

    def remedies(self, case: Case, assessment: Assessment | None) -> Mapping[str, str]:
        """Return for each failing rule that something mends what would meet it; nothing where none fails."""
        if self.policy is None or assessment is None:
            return {}
        if all(each.outcome != "fail" for each in assessment.decision.findings):
            return {}
        given = replace(case, answers=assessment.answers)
        return remedies(given, self.policy, self._known, assessment.decision)

    def settle(self, rule: str, reading: str, reason: str, about: str, case_id: str) -> None:
        """Take the clerk's reading of an open point, told as `about`, and keep it with the draft."""
        self._known = self._known._replace(
            choices={**self._known.choices, rule: ClerkChoice(reading, reason)}
        )
        self._about[rule] = about
        self._begun.pop(rule, None)
        self.keep_choices(case_id)
        self.changed.emit()

    def begin(self, rule: str, reading: str, reason: str, case_id: str) -> None:
        """Keep what was begun on a point and not recorded; it settles nothing."""
        self._begun[rule] = (reading, reason)
        self.keep_choices(case_id)

    def begun(self, rule: str) -> tuple[str, str]:
        """Return the reading and the reason with which work on a point goes on; empty where nothing was begun."""
        chosen = self._known.choices.get(rule)
        return self._begun.get(rule, (chosen.reading, chosen.reason) if chosen else ("", ""))

    def others(self) -> tuple[Remark, ...]:
        """Return what is to be said of other applications with this identity number that are not yet taken in."""
        if not self._others:
            return ()
        latest, count = self._others[0], len(self._others)
        which = f"最近一份是{STATE_LABELS[latest.state]}" if count > 1 else f"是{STATE_LABELS[latest.state]}"
        day = show_day(latest.updated_at.astimezone().date())
        message = f"同一身份证号另有 {count} 份申请，{which}，{day}保存，请先看是否重复。"
        source = f"{form_title(latest.form_id)} · 点击或按 Enter 打开"
        return (Remark("warn", _ID_NUMBER, message, source, case_id=latest.id),)

    def take_settings(self, settings: Mapping[str, Any]) -> None:
        """Take the office's amounts and district as they are set now."""
        self._known = self._known._replace(office=office_of(settings), amounts=amounts_of(settings))
        self.changed.emit()

    def open_messages(self, case: Case) -> dict[str, str]:
        """Return what is open as long as nobody has chosen, rule by rule."""
        if self.policy is None:
            return {}
        found = assess(self._form, case, self.policy, self._known._replace(choices={}))
        return {point.finding.rule: point.finding.message for point in found.open_points}

    def _drop_outdated(self, case: Case, case_id: str) -> None:
        messages = self.open_messages(case)
        kept = {
            rule: choice
            for rule, choice in self._known.choices.items()
            if rule not in messages or messages[rule] == self._about.get(rule, messages[rule])
        }
        if len(kept) != len(self._known.choices):
            self._known = self._known._replace(choices=kept)
            self.keep_choices(case_id)

    def keep_new_choices(self, case_id: str) -> None:
        """Keep readings that were chosen before the draft was first stored."""
        if self._unkept:
            self.keep_choices(case_id)

    def keep_choices(self, case_id: str) -> None:
        """Keep the readings with a stored draft; before its first save there is none to keep them with."""
        self._unkept = not case_id
        if not case_id:
            return
        kept: dict[str, tuple[str, ...]] = {
            rule: (choice.reading, choice.reason, self._about.get(rule, ""))
            for rule, choice in self._known.choices.items()
        }
        for rule, (reading, reason) in self._begun.items():
            kept.setdefault(rule, ("", reason, "", reading))

        self._door.save_choices(case_id, kept)

    def _look_up(self, case: Case, case_id: str) -> None:
        number = case.answers.get(_ID_NUMBER, "")
        if not isinstance(number, str) or (number, case_id) == self._asked_for:
            return
        self._asked_for = asked = (number, case_id)

        def done(found: jobs.Person) -> None:
            if asked == self._asked_for and found != (self._known.earlier, self._others):
                self._known, self._others = self._known._replace(earlier=found[0]), found[1]
                self.changed.emit()

        self._door.read(jobs.person, number, case_id, then=done)
