"""The case: one application as a value. Everything else about it is derived."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple


class Unread(NamedTuple):
    """Text that was typed and is kept, but that cannot be read as its kind of field."""

    text: str


Answer = str | int | bool | Decimal | date | tuple[str, ...] | Unread
Answers = Mapping[str, Answer]


def holds(value: Answer, option: str) -> bool:
    """True if an answer is, or contains, the option that a square stands for."""
    if isinstance(value, tuple) and not isinstance(value, Unread):
        return option in value
    if isinstance(value, bool):
        return value == (option == "yes")
    return str(value) == option


@dataclass(frozen=True, slots=True)
class Case:
    """One application, bound to the paper it was taken on.

    Attributes:
        form_version: The paper's version; a case keeps it for ever.
        governing_day: The day of application, which chooses rules and amounts; never the clock.
        answers: Field id to value; a field without an answer is absent.
        rows: For list papers, the answers of each row in order.
    """

    form_id: str
    form_version: str
    region: str
    governing_day: date
    answers: Answers = field(default_factory=dict)
    rows: tuple[Answers, ...] = ()

    def with_answer(self, field_id: str, value: Answer | None) -> "Case":
        """Return a case in which `field_id` has `value`; None takes the answer away."""
        answers = {key: old for key, old in self.answers.items() if key != field_id}
        if value is not None:
            answers[field_id] = value
        return replace(self, answers=answers)
