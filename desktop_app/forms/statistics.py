"""The figures of a statistics paper, counted from applications; which figures it has, the paper itself says.

A place `{statistics.persons kind=skill_level level=5}` counts persons, `{statistics.amount …}` adds up money; a place
without kind or level counts all of them. Pure; draws nothing.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from desktop_app.case import Answer, Answers
from desktop_app.forms.model import Form

_ALL: Final = "total"
_WAN: Final = Decimal(10_000)


def with_statistics(form: Form, answers: Answers, rows: Sequence[Answers]) -> Answers:
    """Return the answers of a paper and, where it is one of statistics with applications to count, its figures.

    Returns:
        Further answers under ids such as `statistics.persons:skill_level:5`, as text: money exact and without trailing
        zeros, in yuan or, where the place has the style `wan`, in 万元.
    """
    if not form.is_statistics or not rows:
        return answers
    return {**answers, **_counted(form, rows)}


def _counted(form: Form, rows: Sequence[Answers]) -> Mapping[str, Answer]:
    persons: dict[tuple[str, str], int] = {}
    money: dict[tuple[str, str], Decimal] = {}
    for row in rows:
        kind, level = str(row.get("certificate.kind", "")), str(row.get("certificate.level", ""))
        amount = row.get("claim.amount")
        for key in {(kind, level), (kind, _ALL), (_ALL, level), (_ALL, _ALL)}:
            persons[key] = persons.get(key, 0) + 1
            money[key] = money.get(key, Decimal(0)) + (amount if isinstance(amount, Decimal) else Decimal(0))
    figures: dict[str, Answer] = {}
    for place in form.places:
        name, _, cell = place.field_id.partition(":")
        kind, _, level = cell.partition(":")
        if name == "statistics.persons":
            figures[place.field_id] = str(persons.get((kind, level), 0))
        elif name == "statistics.amount":
            yuan = money.get((kind, level), Decimal(0))
            figures[place.field_id] = _figure(yuan / _WAN if place.style == "wan" else yuan)
    return figures


def _figure(amount: Decimal) -> str:
    return f"{amount.normalize():f}" if amount else "0"
