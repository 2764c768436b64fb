"""What the rows of a list say of themselves: what cannot be read, what is missing, what stands in the wrong column.

Each finding names its row and column, and its field as the paper's rows do: `certificate.issued_on@3`. Pure; it knows
no policy, no window and no clock.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from desktop_app import identifiers
from desktop_app.case import Answer, Answers, Unread
from desktop_app.finding import Finding
from desktop_app.forms import kinds
from desktop_app.forms.fields import fields
from desktop_app.forms.model import Form

_NAME: Final = "applicant.name"
_ONCE: Final = "certificate.number"  # one certificate stands in a list once
_IDENTITY = re.compile(r"\d{17}[\dX]", re.ASCII)


def check_rows(form: Form, rows: Sequence[Answers], today: date) -> tuple[Finding, ...]:
    """Return what is wrong with the rows of a list, row by row; an empty row says nothing.

    Outcomes: "fail" for what cannot be right, "warn" for what looks odd, "unknown" for what is missing.
    """
    columns = {each.field_id: "".join(each.label.split()) for each in form.fields if each.is_repeated}
    needed = [each.field_id for each in form.fields if each.is_repeated and each.is_required]
    if _NAME in columns and _NAME not in needed:
        needed.insert(0, _NAME)
    found: list[Finding] = []
    for number, row in enumerate(rows, 1):
        if row:
            found.extend(_wrong(columns, row, number, today))
            found.extend(_missing(columns, needed, row, number))
    if _ONCE in columns:
        found.extend(_repeated(columns[_ONCE], rows))
    return tuple(found)


def _missing(
    columns: Mapping[str, str], needed: Sequence[str], row: Answers, number: int
) -> Iterator[Finding]:
    empty = [field_id for field_id in needed if row.get(field_id) in (None, "", ())]
    if empty:
        words = "、".join(columns[field_id] for field_id in empty)
        message = f"第 {number} 行还没有填{words}。"
        yield Finding("row_complete", "unknown", f"{empty[0]}@{number}", message)


def _wrong(columns: Mapping[str, str], row: Answers, number: int, today: date) -> Iterator[Finding]:
    for field_id, label in columns.items():
        value = row.get(field_id)
        if value is None:
            continue
        field = fields()[field_id]
        place = f"{field_id}@{number}"
        if field.kind in ("text", "name") and _holds_identity_number(value):
            message = f"第 {number} 行{label}里是身份证号，请核对是否填错了列。"
            yield Finding("row_column", "fail", place, message)
            continue
        for finding in kinds.check(field, value, today):
            rest = finding.message.removeprefix(field.label)
            told = f"{label}{'' if rest != finding.message else '：'}{rest}"
            yield finding._replace(field_id=place, message=f"第 {number} 行{told}")


def _holds_identity_number(value: Answer) -> bool:
    text = value.text if isinstance(value, Unread) else value
    return isinstance(text, str) and bool(_IDENTITY.fullmatch(identifiers.compact(text)))


def _repeated(label: str, rows: Sequence[Answers]) -> Iterator[Finding]:
    first: dict[Answer, int] = {}
    for number, row in enumerate(rows, 1):
        value = row.get(_ONCE)
        if value is None:
            continue
        if value in first:
            message = f"第 {first[value]} 行和第 {number} 行的{label}相同，请核对。"
            yield Finding("row_once", "warn", f"{_ONCE}@{number}", message)
        else:
            first[value] = number
