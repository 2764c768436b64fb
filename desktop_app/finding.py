"""What a rule or a check says of a case: a value that is collected and shown, never raised."""

from collections.abc import Iterable
from typing import Literal, NamedTuple

Outcome = Literal["pass", "warn", "fail", "unknown"]


class Finding(NamedTuple):
    """One sentence about one field, with its source.

    Attributes:
        rule: Stable id of the rule, `identity_number_valid`.
        field_id: The field that the sentence is about; empty for the whole case.
        message: One Chinese sentence: what is so, then what to do.
        source: Document number and article; empty where common sense speaks.
    """

    rule: str
    outcome: Outcome
    field_id: str
    message: str
    source: str = ""


def told_once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings as a person reads them: the same words once, and of a wrong field nothing that it lacks."""
    first: dict[tuple[str, str], Finding] = {}
    for each in findings:
        first.setdefault((each.outcome, each.message), each)
    wrong = {each.field_id for each in first.values() if each.outcome == "fail"}
    return tuple(each for each in first.values() if each.outcome != "unknown" or each.field_id not in wrong)
