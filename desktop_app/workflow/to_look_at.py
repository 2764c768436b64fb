"""What a reviewer looks at on an application: what was changed, corrected, warned of, chosen, noted, or is as before.

Pure: deeds, assessment and what the clerk left go in. What the paper shows of it is the window's business.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Final, Literal, NamedTuple, get_args

from desktop_app.case import Answer, Answers
from desktop_app.finding import told_once
from desktop_app.forms import kinds
from desktop_app.forms.carrying import OF_PERSON
from desktop_app.forms.fields import fields
from desktop_app.policy.assess import Assessment
from desktop_app.workflow.refusals import Deed

# The gravest first: of several at one field the paper marks the first.
LookKind = Literal["failed", "corrected", "changed", "warned", "chosen", "noted", "carried"]
LOOK_KINDS: Final[tuple[LookKind, ...]] = get_args(LookKind)


class ToLookAt(NamedTuple):
    """One thing that a reviewer looks at.

    Attributes:
        field_id: The field that it is about; empty for the whole application.
        before: What stood there before it was changed; None where nothing did.
        after: What came in its place; for a finding and a note what stands there.
        reason: Why: the clerk's words, or those of the finding.
        who: Whose deed it is, by id; empty for a finding.
        day: The day of the deed; None for what nobody dated.
        reading: For a choice, the reading in words.
    """

    field_id: str
    kind: LookKind
    before: Answer | None = None
    after: Answer | None = None
    reason: str = ""
    who: str = ""
    day: date | None = None
    reading: str = ""


class Before(NamedTuple):
    """What an earlier application of the same person says, and the day on which it was made."""

    answers: Answers
    day: date


def to_look_at(
    deeds: Sequence[Deed],
    answers: Answers,
    assessment: Assessment | None,
    choices: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    notes: Mapping[str, str] = MappingProxyType({}),
    before: Before | None = None,
) -> tuple[ToLookAt, ...]:
    """Return everything, the gravest kind first, within a kind in the order of the deeds.

    Args:
        deeds: Everything that was done on the application, in order.
        answers: What it says now.
        assessment: What the policy makes of it now; None where no policy is at hand.
        choices: Rule id to (reading, reason, what it was about), as the store keeps them.
        notes: Field id to the clerk's remark.
        before: The person's application before this one.
    """
    found = (
        *_corrected(deeds),
        *_changed(deeds),
        *_found(answers, assessment),
        *_chosen(deeds, assessment, choices),
        *(ToLookAt(field_id, "noted", None, answers.get(field_id), note) for field_id, note in notes.items()),
        *_carried(answers, before),
    )
    return tuple(sorted(found, key=lambda each: LOOK_KINDS.index(each.kind)))


def _corrected(deeds: Sequence[Deed]) -> Iterator[ToLookAt]:
    for deed in deeds:
        if deed.act == "correct":
            for field_id, (old, new) in deed.said.get("changed", {}).items():
                reason = str(deed.given.get("reason") or "")
                yield _change(field_id, "corrected", old, new, reason, deed)


def _changed(deeds: Sequence[Deed]) -> Iterator[ToLookAt]:
    """Yield what differs between two signatures: what was reopened and finished again."""
    for first, then in pairwise(deed for deed in deeds if deed.act == "finish"):
        old, new = _signed(first), _signed(then)
        for field_id in {**old, **new}:
            if old.get(field_id) != new.get(field_id) and field_id in fields():
                yield _change(field_id, "changed", old.get(field_id), new.get(field_id), "", then)


def _signed(finish: Deed) -> Mapping[str, Any]:
    """Return what the paper said as it was given out for signature."""
    found: Mapping[str, Any] = finish.said.get("decision", {}).get("answers", {})
    return found


def _change(field_id: str, kind: LookKind, old: Any, new: Any, reason: str, deed: Deed) -> ToLookAt:
    return ToLookAt(
        field_id, kind, _answer(field_id, old), _answer(field_id, new), reason, deed.actor_id, deed.day
    )


def _answer(field_id: str, raw: Any) -> Answer | None:
    return None if raw is None else kinds.from_json(fields()[field_id], raw)


def _found(answers: Answers, assessment: Assessment | None) -> Iterator[ToLookAt]:
    for each in told_once(assessment.decision.findings) if assessment else ():
        if each.outcome != "pass":
            kind: LookKind = "warned" if each.outcome == "warn" else "failed"
            yield ToLookAt(each.field_id, kind, None, answers.get(each.field_id), each.message)


def _chosen(
    deeds: Sequence[Deed], assessment: Assessment | None, choices: Mapping[str, tuple[str, ...]]
) -> Iterator[ToLookAt]:
    """Yield how each open point was settled; where no deed of its own says so, who finished the paper did it."""
    for point in assessment.settled_points if assessment else ():
        reading, reason = choices[point.finding.rule][:2]
        chose = {"rule": point.finding.rule, "reading": reading, "reason": reason}
        made = [deed for deed in deeds if deed.act == "choose" and deed.given == chose]
        made = made or [deed for deed in deeds if deed.act == "finish"]
        yield ToLookAt(
            point.finding.field_id,
            "chosen",
            reason=reason,
            who=made[-1].actor_id if made else "",
            day=made[-1].day if made else None,
            reading=point.readings.get(reading, reading),
        )


def _carried(answers: Answers, before: Before | None) -> Iterator[ToLookAt]:
    """Yield what stands word for word in the person's application before this one, but for the name itself."""
    if before is None:
        return
    for field_id in OF_PERSON:
        value = answers.get(field_id)
        if field_id != "applicant.name" and value is not None and value == before.answers.get(field_id):
            yield ToLookAt(field_id, "carried", value, value, "", "", before.day)
