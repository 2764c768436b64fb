"""A rare character by its code point or by its parts, for names that no input method on the counter can write.

`U+20BB7` stands for 𠮷, `氵+亢` for 沆. What is typed is looked up in `resources/parts.txt` only when it has this form.
"""

import re
from functools import cache
from typing import NamedTuple

from desktop_app import identifiers
from desktop_app.resources import resource

_CODE_POINT = re.compile(r"[uU]\+?([0-9a-fA-F]{4,6})$", re.ASCII)
_PARTS = re.compile(r"([^\s+])\+([^\s+])(?:\+([^\s+]))?(?:\+([^\s+]))?$")
_MOST = 6
# What people type for a part in the form that it has inside a character.
_INSIDE = {
    "水": "氵", "手": "扌", "人": "亻", "心": "忄", "火": "灬", "艸": "艹", "草": "艹", "金": "钅", "言": "讠",
    "糸": "纟", "食": "饣", "犬": "犭", "示": "礻", "衣": "衤", "竹": "⺮", "刀": "刂", "走": "辶", "玉": "王",
}  # fmt: skip


class Offer(NamedTuple):
    """A text that is offered in place of what is typed, and how the list shows it."""

    text: str
    shown: str


def offered_characters(text: str) -> tuple[Offer, ...]:
    """Return what a code point or parts at the end of a text stand for; nothing where it ends otherwise."""
    plain = text.replace("＋", "+")
    if matched := _CODE_POINT.search(plain):
        code = int(matched[1], 16)
        character = chr(code) if code <= 0x10FFFF else ""
        found = character if identifiers.is_hanzi(character) else ""
    elif matched := _PARTS.search(plain):
        found = "".join(dict.fromkeys(_made_of([part for part in matched.groups() if part])))
    else:
        return ()
    begin = plain[: matched.start()]
    return tuple(
        Offer(begin + character, f"{character} {_reading(character)}") for character in found[:_MOST]
    )


def _made_of(parts: list[str]) -> str:
    inside = [_INSIDE.get(part, part) for part in parts]
    spellings = dict.fromkeys("".join(each) for each in (parts, inside, parts[::-1], inside[::-1]))
    return "".join(_characters(spelling) for spelling in spellings)


def _characters(spelling: str) -> str:
    begin = f"\n{spelling}\t"
    at = _parts().find(begin)
    if at < 0:
        return ""
    at += len(begin)
    return _parts()[at : _parts().index("\n", at)]


@cache
def _parts() -> str:
    return resource("parts.txt").read_text(encoding="utf-8")


def _reading(character: str) -> str:
    # pypinyin's tables take a tenth of a second, and few names need them.
    from pypinyin import pinyin

    found = pinyin(character, errors="ignore")
    return found[0][0] if found else f"U+{ord(character):04X}"
