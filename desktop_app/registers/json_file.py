"""Read text and JSON files that somebody gives the program: whole, of a bounded size, telling file and place.

What cannot be read raises `Faults`, each one Chinese sentence. It knows no field and no case.
"""

import json
import re
import stat
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from desktop_app.faults import Faults

LARGEST_FILE = 200_000_000  # bytes: 100 000 applications a line
LONGEST_NUMBER = 40  # digits
_HALF_CHARACTER = re.compile(r"\\[uU][dD][89a-fA-F]")


def read_json(path: Path) -> Iterator[tuple[str, Any]]:
    """Yield (place, value) for the file or, in a `.jsonl` file, for each line."""
    text = read_text(path)
    if path.suffix != ".jsonl":
        yield path.name, parse_json(text, path.name)
        return
    for number, line in lines_of(text, path.name):
        yield f"{path.name} 第{number}行", parse_json(line, f"{path.name} 第{number}行")


def read_one(path: Path) -> tuple[str, Any]:
    """Return (place, value) of a file that holds one value; raise `Faults` where a `.jsonl` file has more lines."""
    first, *more = islice(read_json(path), 2)
    if more:
        raise Faults([f"{path.name}：应只有一行，请把各行分成几个文件。"])
    return first


def lines_of(text: str, file_name: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a `.jsonl` text that say something, numbered from 1; raise `Faults` where none does.

    Only a line feed ends a line: other ends of lines may stand inside a JSON text.
    """
    if not text.strip():
        raise Faults([f"{file_name}：里面没有内容，请核对文件。"])
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, line


def read_text(path: Path) -> str:
    """Return the text of a file; raise `Faults` where it cannot be read."""
    try:
        if not _can_be_read(path):
            raise Faults([f"“{path.name}”不是普通文件，请换一个文件。"])
        with path.open("rb") as opened:
            content = opened.read(LARGEST_FILE + 1)
        if len(content) > LARGEST_FILE:
            raise Faults([f"{path.name}：文件超过 {LARGEST_FILE // 1_000_000} MB，请分成几个文件。"])
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        raise Faults([f"找不到文件“{path}”，请核对路径。"]) from None
    except UnicodeDecodeError:
        raise Faults([f"{path.name}：不是 UTF-8 文本，请另存为 UTF-8 后再试。"]) from None
    except OSError:
        raise Faults([f"读不了文件“{path}”，请检查权限。"]) from None


def _can_be_read(path: Path) -> bool:
    """True for a file and for a pipe of the shell; a named pipe might wait for ever, a device has no end."""
    mode = path.stat().st_mode
    return stat.S_ISREG(mode) or (stat.S_ISFIFO(mode) and not path.resolve().exists())


class _Refused(ValueError):
    """What JSON allows and no answer can be; the message is a clause."""


def parse_json(text: str, place: str) -> Any:
    """Return what a JSON text says; raise `Faults` with its place where it is none, or says what no answer can be."""
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
        raise Faults(
            [f"{place} 第{error.lineno}行第{error.colno}列：不合 JSON 的写法，请检查引号和逗号。"]
        ) from None
    except UnicodeEncodeError:
        raise Faults([f"{place}：有不成字的半个字符（\\ud800 这样的），请改正。"]) from None
    except _Refused as error:
        raise Faults([f"{place}：{error}。"]) from None
    except RecursionError:
        raise Faults([f"{place}：括号套得太深，请检查文件。"]) from None


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
