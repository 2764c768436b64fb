"""A decision as a record: the policy's version and every input, so that an auditor can make it again.

A record is plain JSON. What the calendar said is kept with it, for calendars are amended too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from desktop_app import money
from desktop_app.case import Case
from desktop_app.forms import kinds
from desktop_app.forms.fields import field
from desktop_app.policy.decide import Pin, decide, terms_for
from desktop_app.policy.model import AmountRow, Award, ClerkChoice, Decision, Known, Office, Policy

RECORD_VERSION = 1


def decision_json(decision: Decision) -> dict[str, Any]:
    """Return a decision as the command line prints it."""
    amount, last_day = decision.amount, decision.last_day_to_apply
    return {
        "decision": decision.decision,
        "amount": None if amount is None else money.show(amount),
        "amount_in_capitals": decision.amount_in_capitals,
        "policy": decision.policy,
        "needs_confirmation": decision.needs_confirmation,
        "last_day_to_apply": None if last_day is None else last_day.isoformat(),
        "findings": [
            {
                "rule": each.rule,
                "outcome": each.outcome,
                "field": each.field_id,
                "message": each.message,
                "source": each.source,
            }
            for each in decision.findings
        ],
    }


def decision_record(case: Case, policy: Policy, known: Known) -> dict[str, Any]:
    """Return a decision with everything that it was made from.

    The record holds personal data; it belongs in the encrypted store and nowhere else.
    """
    asked: dict[str, bool | None] = {}

    def is_rest_day(day: date) -> bool | None:
        answer = known.is_rest_day(day) if known.is_rest_day is not None else None
        asked[day.isoformat()] = answer
        return answer

    decision = decide(case, policy, known._replace(is_rest_day=is_rest_day))
    terms, unsettled = terms_for(case, policy)
    return {
        "record": RECORD_VERSION,
        "policy": decision.policy,
        "policy_digest": terms.digest,
        "unsettled": sorted(unsettled),
        "form": case.form_id,
        "form_version": case.form_version,
        "region": case.region,
        "governing_day": case.governing_day.isoformat(),
        "answers": {key: kinds.to_json(field(key), case.answers[key]) for key in sorted(case.answers)},
        "office": known.office._asdict(),
        "earlier": [_plain(each._asdict()) for each in known.earlier],
        "choices": {rule: known.choices[rule]._asdict() for rule in sorted(known.choices)},
        "amounts": [_plain(each._asdict()) for each in known.amounts],
        "rest_days": asked,
        "today": known.today.isoformat() if known.today else None,
        "decision": decision_json(decision),
    }


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: value.isoformat()
        if isinstance(value, date)
        else str(value)
        if isinstance(value, Decimal)
        else value
        for key, value in values.items()
    }


@dataclass(frozen=True, slots=True)
class Remade:
    """A decision made again from its record.

    Attributes:
        is_same: The decision is word for word the recorded one.
        is_same_policy: The terms are those it was made under; where not, the policy file was corrected since.
    """

    decision: Decision
    is_same: bool
    is_same_policy: bool


def remake(record: Mapping[str, Any], policy: Policy) -> Remade:
    """Make a recorded decision again, under its version of the policy, from its own inputs.

    Raises:
        ValueError: The policy has no such version, or the record is of a newer program.
    """
    if record["record"] > RECORD_VERSION:
        raise ValueError("这份审核记录由更新的程序写成，请先升级本程序。")
    answers = {key: kinds.from_json(field(key), value) for key, value in record["answers"].items()}
    day = date.fromisoformat(record["governing_day"])
    case = Case(record["form"], record["form_version"], record["region"], day, answers)
    rest_days = record["rest_days"]
    known = Known(
        tuple(
            Award(**_dated(each, "certificate_issued_on", "applied_on", "on")) for each in record["earlier"]
        ),
        Office(**record["office"]),
        {rule: ClerkChoice(**choice) for rule, choice in record["choices"].items()},
        tuple(AmountRow(**_dated(each, "first_day")) for each in record["amounts"]),
        lambda asked: rest_days.get(asked.isoformat()),
        date.fromisoformat(record["today"]) if record["today"] else None,
    )
    decision = decide(case, policy, known, Pin(record["policy"], frozenset(record["unsettled"])))
    digests = {each.digest for each in policy.terms if policy.version(each.edition) == record["policy"]}
    return Remade(decision, decision_json(decision) == record["decision"], record["policy_digest"] in digests)


def _dated(values: Mapping[str, Any], *days: str) -> dict[str, Any]:
    """The values with days and money as what they are."""
    read = dict(values)
    for key in days:
        read[key] = date.fromisoformat(read[key]) if read[key] else None
    for key in ("amount", "yuan"):
        if read.get(key) is not None:
            read[key] = Decimal(read[key])
    return read
