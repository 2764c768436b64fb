"""Read answers, rows and cases from JSON files, telling file and place of what cannot be read."""

import json
import re
import stat
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from desktop_app.case import Answer, Answers, Case, Unread
from desktop_app.cli.faults import Fault
from desktop_app.faults import nearest
from desktop_app.forms import kinds
from desktop_app.forms.fields import fields
from desktop_app.forms.model import Form, in_order
from desktop_app.policy.derived import derive

LARGEST_FILE = 200_000_000  # bytes: 100 000 applications a line
MOST_ANSWERS = 1_000  # in one application; the vocabulary has fewer fields
LONGEST_TEXT = 5_000  # characters of one answer
LONGEST_NUMBER = 40  # digits
MOST_PERSONS = 100_000  # in one cell of statistics
_HALF_CHARACTER = re.compile(r"\\[uU][dD][89a-fA-F]")


def read_cases(path: Path, form: Form) -> list[Case]:
    """Return the cases of a file: one for a `.json` file, one a line for a `.jsonl` file."""
    return [_case(raw, form, place) for place, raw in read_json(path)]


def read_rows(path: Path, form: Form) -> Case:
    """Return the list that a file holds, `{"answers": …, "rows": […]}` or the rows alone."""
    place, raw = read_one(path)
    return _case({"rows": raw} if isinstance(raw, list) else raw, form, place)


def read_json(path: Path) -> Iterator[tuple[str, Any]]:
    """Yield (place, value) for the file or, in a `.jsonl` file, for each line."""
    text = read_text(path)
    if path.suffix != ".jsonl":
        yield path.name, parse_json(text, path.name)
        return
    for number, line in lines_of(text, path.name):
        yield f"{path.name} 第{number}行", parse_json(line, f"{path.name} 第{number}行")


def read_one(path: Path) -> tuple[str, Any]:
    """Return (place, value) of a file that holds one value; raise `Fault` where a `.jsonl` file has more lines."""
    first, *more = islice(read_json(path), 2)
    if more:
        raise Fault(f"{path.name}：应只有一行，请把各行分成几个文件。")
    return first


def lines_of(text: str, file_name: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a `.jsonl` text that say something, numbered from 1; raise `Fault` where none does.

    Only a line feed ends a line: other ends of lines may stand inside a JSON text.
    """
    if not text.strip():
        raise Fault(f"{file_name}：里面没有内容，请核对文件。")
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, line


def read_text(path: Path) -> str:
    """Return the text of a file; raise `Fault` where it cannot be read."""
    try:
        if not _can_be_read(path):
            raise Fault(f"“{path.name}”不是普通文件，请换一个文件。")
        with path.open("rb") as opened:
            content = opened.read(LARGEST_FILE + 1)
        if len(content) > LARGEST_FILE:
            raise Fault(f"{path.name}：文件超过 {LARGEST_FILE // 1_000_000} MB，请分成几个文件。")
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        raise Fault(f"找不到文件“{path}”，请核对路径。") from None
    except UnicodeDecodeError:
        raise Fault(f"{path.name}：不是 UTF-8 文本，请另存为 UTF-8 后再试。") from None
    except OSError:
        raise Fault(f"读不了文件“{path}”，请检查权限。") from None


def _can_be_read(path: Path) -> bool:
    """True for a file and for a pipe of the shell; a named pipe might wait for ever, a device has no end."""
    mode = path.stat().st_mode
    return stat.S_ISREG(mode) or (stat.S_ISFIFO(mode) and not path.resolve().exists())


class _Refused(ValueError):
    """What JSON allows and no answer can be; the message is a clause."""


def parse_json(text: str, place: str) -> Any:
    """Return what a JSON text says; raise `Fault` with its place where it is none, or says what no answer can be."""
    try:
        value = json.loads(
            text,
            parse_float=_decimal,
            parse_int=_whole,
            parse_constant=_constant,
            object_pairs_hook=_without_doubles,
        )
        if _HALF_CHARACTER.search(text):
            json.dumps(value, ensure_ascii=False, default=str).encode()
        return value
    except json.JSONDecodeError as error:
        raise Fault(
            f"{place} 第{error.lineno}行第{error.colno}列：不合 JSON 的写法，请检查引号和逗号。"
        ) from None
    except UnicodeEncodeError:
        raise Fault(f"{place}：有不成字的半个字符（\\ud800 这样的），请改正。") from None
    except _Refused as error:
        raise Fault(f"{place}：{error}。") from None
    except RecursionError:
        raise Fault(f"{place}：括号套得太深，请检查文件。") from None


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table: dict[str, Any] = {}
    for key, value in pairs:
        if key in table:
            raise _Refused(f"“{key}”写了两次，请删去一处")
        table[key] = value
    return table


def _decimal(text: str) -> Decimal:
    mantissa, _, exponent = text.lower().partition("e")
    if len(mantissa) > LONGEST_NUMBER or len(exponent.lstrip("+-0")) > 2:
        raise _Refused("数字太长，请核对")
    return Decimal(text)


def _whole(text: str) -> int:
    if len(text) > LONGEST_NUMBER:
        raise _Refused("数字太长，请核对")
    return int(text)


def _constant(text: str) -> Any:
    raise _Refused(f"{text} 不是数，请改正")


def _case(raw: Any, form: Form, place: str) -> Case:
    if not isinstance(raw, dict):
        raise Fault(f"{place}：应是一组“字段: 值”，请写成花括号括起的样子。")
    is_wrapped = form.is_list or "answers" in raw or "rows" in raw
    answers = raw.get("answers", {}) if is_wrapped else raw
    rows = raw.get("rows", []) if is_wrapped else []
    if is_wrapped and (extra := set(raw) - {"answers", "rows"}):
        raise Fault(f"{place}：没有“{min(extra)}”这一项，只能有“answers”和“rows”，请改正。")
    if not isinstance(rows, list):
        raise Fault(f"{place}：“rows”应是一列申请，请写成方括号括起的样子。")
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
                raise Fault(f"{row_place}：补贴金额不能是零，请改正或删去。")
    governing_day = day if isinstance(day, date) else date.min
    return Case(form.id, form.version, form.region, governing_day, read, in_order(form, made))


def read_answers(raw: Any, place: str) -> dict[str, Answer]:
    """Return answers from a JSON object; raise `Fault` with every field that cannot be read."""
    if not isinstance(raw, dict):
        raise Fault(f"{place}：应是一组“字段: 值”，请写成花括号括起的样子。")
    if len(raw) > MOST_ANSWERS:
        raise Fault(f"{place}：超过 {MOST_ANSWERS} 项，不像是一件申请，请核对。")
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
        raise Fault(*faults)
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
            raise Fault(f'{place}：“{level}”级应写明人数，如“{{"persons": 3, "amount": "4500.00"}}”。')
        amount = read_answers({"claim.amount": cell.get("amount", 0)}, place).get("claim.amount", Decimal(0))
        first = {**kind, "certificate.level": int(level), "claim.amount": amount}
        rest = {**kind, "certificate.level": int(level), "claim.amount": Decimal(0)}
        out.extend([first, *[rest] * (persons - 1)] if persons else [])
    return out
