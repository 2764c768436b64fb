"""Which facts the counter is asked for beside the paper: those that can apply to this person and no others.

A pure function of paper, policy and answers; what a fact depends on stands in the vocabulary of fields.
"""

from datetime import date

from desktop_app.case import Answers
from desktop_app.forms.applying import is_applicable
from desktop_app.forms.fields import fields
from desktop_app.forms.model import Form
from desktop_app.policy.model import Policy
from desktop_app.policy.rules_person import retirement_day

_RETIREMENT_CLASS = "applicant.retirement_class"


def facts_of(form: Form, policy: Policy) -> tuple[str, ...]:
    """Return every field that the policy may ask for and the paper does not, in the order of the work."""
    on_paper = {each.field_id for each in form.fields}
    return tuple(field_id for field_id in policy.facts if field_id not in on_paper and field_id in fields())


def facts_asked(form: Form, policy: Policy, answers: Answers, governing_day: date) -> tuple[str, ...]:
    """Return the facts that can apply now, and those that have an answer: nothing that counts is hidden."""
    asked = facts_of(form, policy)
    here = {*asked, *(each.field_id for each in form.fields)}
    return tuple(
        field_id
        for field_id in asked
        if field_id in answers
        or (
            _class_matters(policy, answers, governing_day)
            if field_id == _RETIREMENT_CLASS
            else is_applicable(fields()[field_id], answers, is_yet_unknown=_decider(field_id) not in here)
        )
    )


def _decider(field_id: str) -> str:
    deciding = fields()[field_id].only_if
    return deciding[0] if deciding else ""


def _class_matters(policy: Policy, answers: Answers, governing_day: date) -> bool:
    """Say whether the retirement age depends on a class that only the clerk can tell: women between two ages."""
    birth, sex = answers.get("applicant.birth_date"), answers.get("applicant.sex")
    if sex != "female" or not isinstance(birth, date):
        return False
    applied = answers.get("claim.applied_on")
    day = applied if isinstance(applied, date) else governing_day
    of_women = {each.retirement_class for each in policy.retirement_ages} - {"male"}
    rows = [tuple(row for row in policy.retirement_ages if row.retirement_class == each) for each in of_women]
    return len({retirement_day(birth, each) <= day for each in rows}) > 1
