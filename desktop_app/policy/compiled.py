"""From dated values to terms: what holds from each day on, with every rule bound to its numbers.

Done once for a policy, so that a decision only calls functions.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from desktop_app.policy import rules_certificate
from desktop_app.policy.facts import plain_occupation
from desktop_app.policy.model import BoundRule, Edition, Policy, RuleCall, Terms
from desktop_app.policy.rules import COMMON, RULES
from desktop_app.regions import regions

_ORDER = {rule_id: place for place, rule_id in enumerate(RULES)}
_LAST_DAYS: Mapping[str, Callable[..., date | None]] = {
    "applied_within_months_of_issue": rules_certificate.last_day_within_months,
    "applied_by_transition_deadline": rules_certificate.last_day_of_transition,
}


def compile_policy(policy: Policy) -> Policy:
    """Return the policy with its terms, one for each stretch of days on which nothing changes."""
    starts = {
        *(selecting_day(policy, each) for each in policy.editions),
        *(each.first_day for each in policy.calls),
        *(each.first_day for each in policy.amounts),
        *(each.first_day for each in policy.lists),
    }
    first = min(selecting_day(policy, each) for each in policy.editions)
    days = tuple(sorted(day for day in starts if day >= first))
    calls_on = [_calls_on(policy, day) for day in days]
    meanings = [frozenset(map(_meaning, calls)) for calls in calls_on]
    stable = frozenset.intersection(*meanings)
    unsettled = frozenset(rule for held in meanings for rule, *_ in held - stable)
    terms = tuple(_terms(policy, day, calls, unsettled) for day, calls in zip(days, calls_on, strict=True))
    return replace(policy, starts=days, terms=terms)


def _meaning(call: RuleCall) -> tuple[str, str, bool, str]:
    """What two calls of a rule share that say the same, whatever document they stand in."""
    return call.rule, call.path, call.is_if_given, repr(call.numbers)


def selecting_day(policy: Policy, edition: Edition) -> date:
    """The first of those days that select an edition: certificates' days, or days of application."""
    return edition.certificates_from if policy.selected_by == "certificate" else edition.first_day


def _edition_on(policy: Policy, day: date) -> Edition:
    editions = sorted(policy.editions, key=lambda each: selecting_day(policy, each))
    begun = [each for each in editions if selecting_day(policy, each) <= day]
    return begun[-1] if begun else editions[0]


def _calls_on(policy: Policy, day: date) -> tuple[RuleCall, ...]:
    """The calls that hold on a day, the common ones among them, in the order of the rules."""
    document = _edition_on(policy, day).document
    latest: dict[tuple[str, str], RuleCall] = {
        (rule, ""): RuleCall(rule, date.min, source or document, date.min) for rule, source in COMMON.items()
    }
    for call in sorted(policy.calls, key=lambda each: each.first_day):
        if call.first_day <= day:
            latest[call.rule, call.path] = call
    held = (call for call in latest.values() if not call.is_ended)
    return tuple(sorted(held, key=lambda call: (_ORDER[call.rule], call.path)))


def _terms(policy: Policy, day: date, calls: tuple[RuleCall, ...], unsettled: frozenset[str]) -> Terms:
    edition = _edition_on(policy, day)
    amounts = {}
    for amount in sorted(policy.amounts, key=lambda each: each.first_day):
        if amount.first_day <= day:
            amounts[amount.list_id] = amount
    lists = {}
    for listed in sorted(policy.lists, key=lambda each: each.first_day):
        if listed.first_day <= day:
            plain = tuple(map(plain_occupation, listed.occupations))
            lists[listed.id] = listed._replace(occupations=plain)
    paths = ("", *(each.id for each in policy.paths))
    content = repr((edition, calls, tuple(amounts.values()), tuple(lists.values())))
    return Terms(
        edition=edition,
        calls=calls,
        rules={path: tuple(_bind(_of_path(calls, path))) for path in paths},
        unsettled=unsettled,
        amounts=tuple(amounts.values()),
        lists=tuple(lists.values()),
        last_days={path: _last_day(_of_path(calls, path)) for path in paths},
        # So that an award made elsewhere is told in words.
        places={each.id: each.name for each in regions()} | {policy.region: policy.region_name},
        digest=hashlib.sha256(content.encode()).hexdigest()[:16],
    )


def _of_path(calls: Iterable[RuleCall], path: str) -> list[RuleCall]:
    return [call for call in calls if call.path in ("", path)]


def _bind(calls: Iterable[RuleCall]) -> Iterable[BoundRule]:
    for call in calls:
        yield partial(RULES[call.rule].function, call=call, **dict(call.numbers))


def _last_day(calls: Iterable[RuleCall]) -> Callable[[date], date | None]:
    for call in calls:
        if call.rule in _LAST_DAYS:
            return partial(_LAST_DAYS[call.rule], **dict(call.numbers))
    return _no_last_day


def _no_last_day(_issued: date) -> date | None:
    return None
