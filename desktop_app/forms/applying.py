"""Whether a field can apply at all, by what was answered before: 年月 of an earlier claim to a first one cannot.

What a field depends on stands in the vocabulary; the module knows no paper and no rule.
"""

from desktop_app.case import Answers, holds
from desktop_app.forms.fields import Field


def is_applicable(field: Field, answers: Answers, *, is_yet_unknown: bool = True) -> bool:
    """Say whether a field can apply; `is_yet_unknown` is said while the answer that decides it is not there."""
    if field.only_if is None:
        return True
    deciding, options = field.only_if
    value = answers.get(deciding)
    return is_yet_unknown if value is None else any(holds(value, option) for option in options)
