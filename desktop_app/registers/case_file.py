"""Read filled papers from JSON: answers, the rows of a list, figures of statistics, as cases.

`Faults` name file, place and the nearest known field; nothing is taken of what cannot be read whole.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from desktop_app.case import Answer, Answers, Case, Unread
from desktop_app.faults import Faults, nearest
from desktop_app.forms import kinds
from desktop_app.forms.fields import fields
from desktop_app.forms.model import Form, in_order
from desktop_app.policy.derived import derive
from desktop_app.registers.json_file import read_json, read_one

MOST_ANSWERS = 1_000  # in one application; the vocabulary has fewer fields
LONGEST_TEXT = 5_000  # characters of one answer
MOST_PERSONS = 100_000  # in one cell of statistics


def read_cases(path: Path, form: Form) -> list[Case]:
    """Return the cases of a file: one for a `.json` file, one a line for a `.jsonl` file."""
    return [case_from(raw, form, place) for place, raw in read_json(path)]


def read_rows(path: Path, form: Form) -> Case:
    """Return the list that a file holds, `{"answers": …, "rows": […]}` or the rows alone."""
    place, raw = read_one(path)
    return case_from({"rows": raw} if isinstance(raw, list) else raw, form, place)


def case_from(raw: Any, form: Form, place: str) -> Case:
    """Return the case that JSON states of a paper; raise `Faults` with every field that cannot be read."""
    if not isinstance(raw, dict):
        raise Faults([f"{place}：应是一组“字段: 值”，请写成花括号括起的样子。"])
    is_wrapped = form.is_list or "answers" in raw or "rows" in raw
    answers = raw.get("answers", {}) if is_wrapped else raw
    rows = raw.get("rows", []) if is_wrapped else []
    if is_wrapped and (extra := set(raw) - {"answers", "rows"}):
        raise Faults([f"{place}：没有“{min(extra)}”这一项，只能有“answers”和“rows”，请改正。"])
    if not isinstance(rows, list):
        raise Faults([f"{place}：“rows”应是一列申请，请写成方括号括起的样子。"])
    read = derive(read_answers(answers, place), form.derived)
    made: list[Answers] = []
    for number, row in enumerate(rows, 1):
        row_place = f"{place} rows 第{number}行"
        made.extend(
            _counted(row, row_place) if form.is_statistics else [derive(read_answers(row, row_place))]
        )
    day = read.get("claim.applied_on")
    if not form.is_statistics:
        for row_place, held in (
            (place, read),
            *((f"{place} rows 第{n}行", row) for n, row in enumerate(made, 1)),
        ):
            if held.get("claim.amount") == 0:
                raise Faults([f"{row_place}：补贴金额不能是零，请改正或删去。"])
    governing_day = day if isinstance(day, date) else date.min
    return Case(form.id, form.version, form.region, governing_day, read, in_order(form, made))


def read_answers(raw: Any, place: str) -> dict[str, Answer]:
    """Return answers from a JSON object; raise `Faults` with every field that cannot be read."""
    if not isinstance(raw, dict):
        raise Faults([f"{place}：应是一组“字段: 值”，请写成花括号括起的样子。"])
    if len(raw) > MOST_ANSWERS:
        raise Faults([f"{place}：超过 {MOST_ANSWERS} 项，不像是一件申请，请核对。"])
    answers: dict[str, Answer] = {}
    faults = []
    for field_id, value in raw.items():
        field = fields().get(field_id)
        if field is None:
            near = nearest(field_id, fields())
            hint = f"，最接近的是“{near}”" if near else ""
            faults.append(f"{place}：没有字段“{field_id}”{hint}，请改正。")
            continue
        if value is None or value == "":
            continue
        if isinstance(value, str) and len(value) > LONGEST_TEXT:
            faults.append(f"{place}：{field.label}超过 {LONGEST_TEXT} 个字，请核对。")
            continue
        try:
            answer = kinds.from_json(field, value)
        except ValueError as error:
            faults.append(f"{place}：{error}")
            continue
        if isinstance(answer, Unread):
            faults.extend(f"{place}：{finding.message}" for finding in kinds.check(field, answer))
        else:
            answers[field_id] = answer
    if faults:
        raise Faults(faults)
    return answers


def _counted(row: Any, place: str) -> list[Answers]:
    """Return the applications that a row of statistics stands for.

    A row is one application, or `{"certificate.kind": …, "5": {"persons": n, "amount": yuan}, …}`.
    """
    if not isinstance(row, dict) or not any(level in row for level in "54321"):
        return [read_answers(row, place)]
    kind = read_answers({"certificate.kind": row.get("certificate.kind")}, place)
    out: list[Answers] = []
    for level in (key for key in "54321" if key in row):
        cell = row[level]
        persons = cell.get("persons") if isinstance(cell, dict) else None
        if not isinstance(persons, int) or isinstance(persons, bool) or not 0 <= persons <= MOST_PERSONS:
            raise Faults([f'{place}：“{level}”级应写明人数，如“{{"persons": 3, "amount": "4500.00"}}”。'])
        amount = read_answers({"claim.amount": cell.get("amount", 0)}, place).get("claim.amount", Decimal(0))
        first = {**kind, "certificate.level": int(level), "claim.amount": amount}
        rest = {**kind, "certificate.level": int(level), "claim.amount": Decimal(0)}
        out.extend([first, *[rest] * (persons - 1)] if persons else [])
    return out
