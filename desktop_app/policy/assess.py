"""What a policy makes of a paper: the answers it derives, the decision, what to bring, what else has to be asked.

A pure function of paper, case and what is known; the window and the command line show what comes back. Papers that
are no application (lists, statistics) have no assessment.
"""

from collections.abc import Container, Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from desktop_app.case import Answer, Answers, Case
from desktop_app.finding import Finding
from desktop_app.forms.model import Form
from desktop_app.policy.asked import facts_asked
from desktop_app.policy.decide import decide, terms_for
from desktop_app.policy.derived import derive
from desktop_app.policy.facts import plain_occupation, readings_of
from desktop_app.policy.materials import materials_for
from desktop_app.policy.model import Decision, Known, Material, Policy, Terms
from desktop_app.policy.rules_certificate import nearest_occupation

# What the decision alone gives to an application; nobody types it.
DECIDED: Final = ("claim.amount", "claim.is_shortage")
_NOTHING_KNOWN = Known()


class OpenPoint(NamedTuple):
    """A warning that the clerk settles: its readings by name, and a listed name that may be meant instead."""

    finding: Finding
    readings: Mapping[str, str]
    near_occupation: str = ""


class Assessment(NamedTuple):
    """A paper under a policy.

    Attributes:
        answers: The case's answers with all that is derived; amount and shortage are the decision's alone.
        missing: Required fields of the paper without an answer, in its order.
        facts: Fields that the rules ask for in this case and the paper does not, in the order of the work.
    """

    answers: dict[str, Answer]
    decision: Decision
    missing: tuple[str, ...]
    open_points: tuple[OpenPoint, ...]
    settled_points: tuple[OpenPoint, ...]
    materials: tuple[Material, ...]
    facts: tuple[str, ...]


def assess(form: Form, case: Case, policy: Policy, known: Known = _NOTHING_KNOWN) -> Assessment:
    """Return what the policy makes of a case on its paper."""
    answers = derive(case.answers, form.derived)
    given = replace(case, answers=answers)
    decision = decide(given, policy, known)
    terms = terms_for(given, policy)[0]
    points = _points(policy, terms, decision, answers, known.choices)
    for field_id in DECIDED:
        answers.pop(field_id, None)
    if decision.amount is not None:
        answers["claim.amount"] = decision.amount
    occupation = answers.get("certificate.occupation")
    if terms.lists and isinstance(occupation, str) and occupation:
        answers["claim.is_shortage"] = _is_listed(terms, occupation)
    return Assessment(
        answers,
        decision,
        missing_fields(form, answers),
        tuple(each for each in points if each.finding.outcome == "warn"),
        tuple(each for each in points if each.finding.outcome != "warn"),
        materials_for(answers, policy),
        facts_asked(form, policy, answers, case.governing_day),
    )


def missing_fields(form: Form, answers: Answers) -> tuple[str, ...]:
    """Return the required fields of a paper that have no answer, in its order."""
    return tuple(
        each.field_id
        for each in form.fields
        if each.is_required and not each.is_repeated and answers.get(each.field_id) in (None, "", ())
    )


def _is_listed(terms: Terms, occupation: str) -> bool:
    plain = plain_occupation(occupation)
    return any(plain in each.occupations for each in terms.lists)


def _points(
    policy: Policy, terms: Terms, decision: Decision, answers: Answers, settled: Container[str]
) -> list[OpenPoint]:
    occupation = answers.get("certificate.occupation")
    points = []
    for finding in decision.findings:
        if finding.outcome != "warn" and finding.rule not in settled:
            continue
        near = ""
        if finding.rule == "on_shortage_list" and isinstance(occupation, str):
            plain = plain_occupation(occupation)
            near = next(
                filter(None, (nearest_occupation(plain, each.occupations) for each in terms.lists)), ""
            )
        points.append(OpenPoint(finding, readings_of(policy, finding.rule), near))
    return points
