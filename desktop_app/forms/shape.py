"""The shape of a form file: which kind of value each of its keys takes, before anybody reads a meaning into it.

What passes here can be read without asking for types again.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple


class Kind(NamedTuple):
    """A kind of value: what it is called, and how it is told."""

    words: str
    holds: Callable[[Any], bool]


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _is_named_texts(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(each, str) for each in value.values())


_TEXT = Kind("带引号的文字", lambda value: isinstance(value, str))
_FLAG = Kind("true 或 false", lambda value: isinstance(value, bool))
_WHOLE = Kind("整数", lambda value: isinstance(value, int) and not isinstance(value, bool))
_NUMBER = Kind("数", _is_number)
_NUMBERS = Kind(
    "方括号里的几个数", lambda value: isinstance(value, list) and all(_is_number(each) for each in value)
)
_TEXTS = Kind("方括号里的几个文字", _is_texts)
_NAMED = Kind("“名称 = 文字”的一张表", _is_named_texts)
_WORDING = Kind(
    "“选项 = 文字”的几张表",
    lambda value: isinstance(value, dict) and all(_is_named_texts(each) for each in value.values()),
)
_TABLES = Kind(
    "双方括号的几张表",
    lambda value: isinstance(value, list) and all(isinstance(each, dict) for each in value),
)

_FORM: Final[Mapping[str, Kind]] = {
    **dict.fromkeys("id version title region source paper orientation".split(), _TEXT),
    **dict.fromkeys("required counts masked order derived".split(), _TEXTS),
    **dict.fromkeys("labels help".split(), _NAMED),
    "copies": _WHOLE,
    "list": _FLAG,
    "sample": _FLAG,
    "margins": _NUMBERS,
    "wording": _WORDING,
    "block": _TABLES,
}
_LOOK: Final = {"height": _NUMBER, "size": _NUMBER, "lead": _NUMBER, "face": _TEXT}
_BLOCK: Final[Mapping[str, Kind]] = {
    **_LOOK,
    "text": _TEXT,
    "columns": _NUMBERS,
    "row": _TABLES,
    "space": _NUMBER,
    "align": _TEXT,
    "ruled": _FLAG,
    "min_rows": _WHOLE,
}
_ROW: Final[Mapping[str, Kind]] = {
    **_LOOK,
    "cells": _TEXTS,
    "head": _FLAG,
    "repeat": _FLAG,
    "when": _NAMED,
}

FORM_KEYS, BLOCK_KEYS, ROW_KEYS = list(_FORM), list(_BLOCK), list(_ROW)


def shape_faults(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield (place, sentence) for each value of a form file that is of another kind than its key takes."""
    yield from _of_table(table, _FORM, "")
    for number, block in enumerate(_tables(table, "block"), 1):
        yield from _of_table(block, _BLOCK, f"第{number}块")
        for index, row in enumerate(_tables(block, "row"), 1):
            yield from _of_table(row, _ROW, f"第{number}块第{index}行")


def _tables(table: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    found = table.get(key, [])
    return found if _TABLES.holds(found) else []


def _of_table(table: Mapping[str, Any], kinds: Mapping[str, Kind], place: str) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if key in kinds and not kinds[key].holds(value):
            yield place, f"“{key}”应是{kinds[key].words}，请改正。"
