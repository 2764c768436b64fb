"""One open case as a value: what is written, what is known beside it, what follows, and how far it is saved.

The page holds one, replaces it by another and shows it. Nothing here asks the store, the clock or Qt.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final, NamedTuple

from desktop_app.case import Answer, Answers, Case
from desktop_app.forms.model import Form
from desktop_app.policy.assess import Assessment, assess
from desktop_app.policy.calendars import calendar
from desktop_app.policy.catalogue import policy_at_hand
from desktop_app.policy.known import amounts_of, office_of
from desktop_app.policy.model import Known, Policy
from desktop_app.policy.nearest_yes import remedies
from desktop_app.store.case_columns import CaseRow
from desktop_app.store.jobs import Person
from desktop_app.ui.case.choices import Choices, StoredChoices, read_choices
from desktop_app.ui.case.panel_lines import PanelLine, lines_of_notes, lines_of_others, panel_lines
from desktop_app.workflow.states import State, is_draft

_ID_NUMBER: Final = "applicant.id_number"


class PersonAsked(NamedTuple):
    """What the store is asked about a person: everything of a number but the case that asks."""

    number: str
    except_case: str


@dataclass(frozen=True, slots=True)
class OpenCase:
    """One case while its paper is open.

    Attributes:
        first_day: The day that governs while the paper itself names none.
        known: What the office knows beside it; its `today` is the day on which the case was assessed last.
        notes: Field id to the clerk's own remark on it, which no paper shows.
        case_id: The stored case; empty before the first save.
        asked: What the store was asked last.
        others: Other applications with this identity number that are not taken in yet.
        remedies: For each rule that fails, what would meet it.
        lines: What the panel says.
        is_assessed: Whether assessment, remedies and lines follow from all the rest.
        kept_choices: What the store was given of the choices.
        saved: What the store was given of the case, or what the paper said untouched.
        last_field: The field to go on with that was given with it.
        is_touched: Something was changed; looking at a draft is no change of it.
        is_strict: The clerk has tried to finish: what is missing is marked on the paper too.
        is_acting: An act is on its way to the disk.
        is_written: Who looks at it may write on it, as far as its state allows.
        told_failures: What fails and was told at the last try to finish.
    """

    form: Form
    policy: Policy | None
    case: Case
    first_day: date
    known: Known
    choices: Choices
    notes: Mapping[str, str] = field(default_factory=dict)
    case_id: str = ""
    state: State = "draft"
    asked: PersonAsked | None = None
    others: tuple[CaseRow, ...] = ()
    assessment: Assessment | None = None
    remedies: Mapping[str, str] = field(default_factory=dict)
    lines: tuple[PanelLine, ...] = ()
    is_assessed: bool = False
    kept_choices: StoredChoices = field(default_factory=dict)
    saved: Case | None = None
    last_field: str = ""
    is_touched: bool = False
    is_strict: bool = False
    is_acting: bool = False
    told_failures: tuple[str, ...] = ()
    is_written: bool = True

    @property
    def is_draft(self) -> bool:
        """Whether it can be written on."""
        return is_draft(self.state) and self.is_written

    @property
    def facts(self) -> tuple[str, ...]:
        """The fields that the rules ask for and the paper does not."""
        return self.assessment.facts if self.assessment else ()

    def with_answers(self, answers: Answers, rows: Sequence[Answers] = ()) -> "OpenCase":
        """Return it with what the paper says now; what was found of one person says nothing of another."""
        applied = answers.get("claim.applied_on")
        day = applied if isinstance(applied, date) else self.first_day
        case = replace(self.case, governing_day=day, answers=dict(answers), rows=_without_empty_end(rows))
        if case == self.case:
            return self
        held = replace(self, case=case, is_assessed=False)
        if answers.get(_ID_NUMBER) != self.case.answers.get(_ID_NUMBER):
            held = replace(held, asked=None, known=self.known._replace(earlier=()), others=())
        return held

    def assessed(self, today: date) -> "OpenCase":
        """Return it with all that follows, on a draft in its answers too: nothing of a signed paper changes."""
        if self.is_assessed and self.known.today == today:
            return self
        held = replace(self, known=self.known._replace(today=today), is_assessed=True)
        if held.policy is not None:
            held = held._with_assessment(held.policy)
        found = panel_lines(
            held.form, held.case.answers, today, held.assessment, held.case.rows, held.remedies
        )
        return replace(
            held, lines=(*lines_of_others(held.others), *found, *lines_of_notes(held.form, held.notes))
        )

    def _with_assessment(self, policy: Policy) -> "OpenCase":
        choices = self.choices
        if self.is_draft and choices.recorded:
            choices = choices.without_outdated(self._open_messages())
        known = self.known._replace(choices=choices.recorded)
        assessment = assess(self.form, self.case, policy, known)
        derived = replace(self.case, answers=assessment.answers)
        is_failing = any(each.outcome == "fail" for each in assessment.decision.findings)
        return replace(
            self,
            case=derived if self.is_draft else self.case,
            known=known,
            choices=choices,
            assessment=assessment,
            remedies=remedies(derived, policy, known, assessment.decision) if is_failing else {},
        )

    def _open_messages(self) -> dict[str, str]:
        """Return what is open as long as nobody has chosen, by rule."""
        if self.policy is None:
            return {}
        found = assess(self.form, self.case, self.policy, self.known._replace(choices={}))
        return {point.finding.rule: point.finding.message for point in found.open_points}

    def person_to_ask(self) -> PersonAsked | None:
        """Return what the store is to be asked of the person; None where it was asked already or cannot be."""
        number = self.case.answers.get(_ID_NUMBER, "")
        if self.policy is None or not isinstance(number, str):
            return None
        wanted = PersonAsked(number, self.case_id)
        return wanted if wanted != self.asked else None

    def with_found(self, asked: PersonAsked, found: Person) -> "OpenCase":
        """Return it with the store's answer; an answer to anything but the last question is not taken."""
        if asked != self.asked or found == (self.known.earlier, self.others):
            return self
        known = self.known._replace(earlier=found.earlier)
        return replace(self, known=known, others=found.others, is_assessed=False)

    def with_settings(self, settings: Mapping[str, Any]) -> "OpenCase":
        """Return it with the office's amounts and district as they are set now."""
        known = self.known._replace(office=office_of(settings), amounts=amounts_of(settings))
        return replace(self, known=known, is_assessed=False)

    def with_choice(self, rule: str, reading: str, reason: str) -> "OpenCase":
        """Return it with the clerk's reading of an open point."""
        about = self._open_messages().get(rule, "")
        choices = self.choices.with_recorded(rule, reading, reason, about)
        return replace(self, choices=choices, is_assessed=False)

    def with_note(self, field_id: str, text: str) -> "OpenCase":
        """Return it with a remark on a field in place of the one before; without any where the text is empty."""
        notes = {key: note for key, note in self.notes.items() if key != field_id}
        if text.strip():
            notes[field_id] = text.strip()
        return replace(self, notes=notes, is_assessed=False)

    def with_begun(self, rule: str, reading: str, reason: str) -> "OpenCase":
        """Return it with what was begun on a point and not recorded; it settles nothing."""
        return replace(self, choices=self.choices.with_begun(rule, reading, reason))

    def choices_to_keep(self) -> StoredChoices | None:
        """Return the choices for the store; None where it has them, or has no draft yet to keep them with."""
        choices = self.choices.stored()
        return choices if self.is_draft and self.case_id and choices != self.kept_choices else None

    def with_choices_kept(self) -> "OpenCase":
        """Return it with its choices given to the store."""
        return replace(self, kept_choices=self.choices.stored())

    def wants_saving(self, field_id: str) -> bool:
        """Say whether the case is new to the store, or the field to go on with is, once the case was touched."""
        return self.case != self.saved or (self.is_touched and field_id != self.last_field)

    def with_saved(self, field_id: str) -> "OpenCase":
        """Return it with the case and the field to go on with given to the store."""
        is_touched = self.is_touched or self.case != self.saved
        return replace(self, saved=self.case, last_field=field_id, is_touched=is_touched)

    def untouched(self) -> "OpenCase":
        """Return it as what nobody has written on: what the program itself fills in makes no draft."""
        return replace(self, saved=self.case)

    def with_act_done(self, state: State) -> "OpenCase":
        """Return it in the state to which an act has brought it."""
        return replace(self, state=state, is_acting=False, told_failures=(), is_assessed=False)


def opened(
    form: Form,
    case: Case,
    settings: Mapping[str, Any],
    case_id: str = "",
    state: State = "draft",
    stored_choices: StoredChoices | None = None,
    notes: Mapping[str, str] | None = None,
    is_written: bool = True,
) -> OpenCase:
    """Return a case as its paper is opened, for an office with these settings; papers that are no application have
    no policy."""
    policy = None if form.is_list else policy_at_hand(form.region)
    known = Known(is_rest_day=calendar(form.region).is_rest_day if policy else None)
    choices = read_choices(stored_choices or {})
    held = OpenCase(form, policy, case, case.governing_day, known, choices, notes or {}, case_id, state)
    held = replace(held, is_written=is_written)
    return held.with_settings(settings).with_choices_kept()


def _without_empty_end(rows: Sequence[Answers]) -> tuple[dict[str, Answer], ...]:
    """Return rows without the empty ones at the end: Enter adds one, and nobody takes it away again."""
    kept = list(map(dict, rows))
    while kept and not kept[-1]:
        kept.pop()
    return tuple(kept)
