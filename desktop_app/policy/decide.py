"""The decision on a case: which terms hold, what each rule finds, which amount follows.

A pure function of case, policy and what is known: the order of answers and of earlier awards does not matter,
and the clock is never asked.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from desktop_app import money
from desktop_app.case import Case
from desktop_app.finding import Finding
from desktop_app.policy.compiled import selecting_day
from desktop_app.policy.facts import Facts, read_facts
from desktop_app.policy.model import Decision, Known, Policy, Terms, Verdict
from desktop_app.policy.rules_certificate import SPECIAL_ABILITY, office_amount

_AMOUNT_NEEDS = frozenset(
    ("certificate_kind_accepted", "certificate_level_accepted", "certificate_dated_in_range")
)
_NOTHING_KNOWN = Known()


class Sum(NamedTuple):
    """An amount in yuan and the article that states it."""

    yuan: Decimal
    source: str


class Pin(NamedTuple):
    """What a decision is made again under, whatever the policy file has become since.

    Attributes:
        unsettled: Rules that differed between versions then, where the day that selects one was not known.
    """

    version: str
    unsettled: frozenset[str]


def decide(case: Case, policy: Policy, known: Known = _NOTHING_KNOWN, pin: Pin | None = None) -> Decision:
    """Return what the policy says of a case.

    Args:
        case: The application; `governing_day` is the day of application.
        policy: The programme with all its versions.
        known: Earlier awards, the office, its amounts, its calendar, the clerk's choices.
        pin: Keeps to the version of a recorded decision; by default the day selects one.

    Raises:
        ValueError: The policy has no such version.
    """
    terms, unsettled = terms_for(case, policy, pin)
    facts = read_facts(case, known, terms)
    path = facts.answers.get("insurance.route", "")
    bound = terms.rules.get(path if isinstance(path, str) else "", terms.rules[""])
    findings: list[Finding] = []
    for rule in bound:
        findings += rule(facts)
    if unsettled:
        findings = [_unsettled(finding, unsettled) for finding in findings]
    outcomes = {finding.outcome for finding in findings}
    verdict: Verdict = (
        "ineligible" if "fail" in outcomes else "incomplete" if "unknown" in outcomes else "eligible"
    )
    found = _amount(facts, policy, findings if verdict != "eligible" else ())
    is_outside = verdict == "ineligible" and any(
        each.rule == "certificate_dated_in_range" and each.outcome == "fail" for each in findings
    )
    last_day = terms.last_days.get(str(path), terms.last_days[""])
    return Decision(
        verdict,
        found.yuan if found else None,
        money.capitals(found.yuan) if found else None,
        policy.version(terms.edition),
        "warn" in outcomes,
        last_day(facts.issued) if facts.issued is not None and not is_outside else None,
        tuple(findings),
        found.source if found else "",
    )


def terms_for(case: Case, policy: Policy, pin: Pin | None = None) -> tuple[Terms, frozenset[str]]:
    """Return the terms that hold for a case, and the rules that cannot fail yet.

    Where the day that selects a version is not known, the day of application stands in, and a rule that is not
    the same in every version cannot fail.
    """
    issued = case.answers.get("certificate.issued_on")
    applied = case.answers.get("claim.applied_on")
    day = applied if isinstance(applied, date) else case.governing_day
    is_selected = True
    if policy.selected_by == "certificate":
        is_selected = isinstance(issued, date)
        day = issued if isinstance(issued, date) else day
    terms = policy.terms_on(_within(policy, pin.version, day) if pin else day)
    if pin:
        return terms, pin.unsettled
    return terms, frozenset() if is_selected else terms.unsettled


def _within(policy: Policy, version: str, day: date) -> date:
    """The day nearest to `day` on which a version is the one that decides."""
    starts = sorted(selecting_day(policy, each) for each in policy.editions)
    for edition in policy.editions:
        if policy.version(edition) == version:
            start = selecting_day(policy, edition)
            later = [each for each in starts if each > start]
            return max(start, min(day, later[0] - timedelta(days=1)) if later else day)
    raise ValueError(f"政策“{policy.name}”没有版本“{version}”，请补上当时的政策文件。")


def _unsettled(finding: Finding, unsettled: frozenset[str]) -> Finding:
    """Without the day that selects the version, a rule that differs between versions cannot fail yet."""
    if finding.outcome != "fail" or finding.rule not in unsettled:
        return finding
    message = f"还没有填证书核发日期，无法确定适用哪一版政策，按现行版本算：{finding.message}"
    return finding._replace(outcome="unknown", message=message)


def _amount(facts: Facts, policy: Policy, findings: Sequence[Finding]) -> Sum | None:
    """What the policy gives where kind, level, occupation and day are known and accepted."""
    if facts.issued is None or facts.kind is None or not facts.occupation:
        return None
    for finding in findings:
        if finding.rule in _AMOUNT_NEEDS and finding.outcome in ("fail", "unknown"):
            return None
    if policy.has_office_amounts:
        row = office_amount(facts)
        return Sum(row.yuan, row.source) if row else None
    if facts.level is None or facts.kind == SPECIAL_ABILITY:
        return None
    return amount_of(facts.terms, facts.level, facts.occupation)


def amount_of(terms: Terms, level: int, occupation: str) -> Sum | None:
    """Return the amount for a level of an occupation, named in the form in which names compare."""
    on_lists = {each.id for each in terms.lists if occupation in each.occupations}
    base = None
    for amounts in terms.amounts:
        for each, yuan in amounts.yuan:
            if each == level and amounts.list_id in on_lists:
                return Sum(yuan, amounts.source)
            if each == level and not amounts.list_id:
                base = Sum(yuan, amounts.source)
    return base
