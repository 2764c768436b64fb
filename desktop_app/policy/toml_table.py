"""Reading one table of a policy file: each value with its type, each fault with its place and remedy.

The module knows no policy; it collects faults and never stops at the first.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin

from desktop_app import money
from desktop_app.faults import hint
from desktop_app.forms.fields import fields

_HEADER = re.compile(r"^\s*\[\[?\s*([\w.]+)\s*\]\]?", re.MULTILINE)
_CODE = re.compile(r"[a-z][a-z0-9_]*")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_UNSET: Any = object()


def header_lines(text: str) -> Mapping[str, tuple[int, ...]]:
    """Return the line numbers of the tables of a TOML text, by the name of the table, in order."""
    found: dict[str, tuple[int, ...]] = {}
    for matched in _HEADER.finditer(text):
        line = text.count("\n", 0, matched.start(1)) + 1
        found[matched[1]] = (*found.get(matched[1], ()), line)
    return found


class Table:
    """One table while it is read; what is wrong goes to `faults`, and a harmless value is returned."""

    def __init__(self, raw: object, place: str, faults: list[str]) -> None:
        """Take the table as TOML gives it; anything but a table is a fault."""
        self.place = place
        self.faults = faults
        self.raw: dict[str, Any] = raw if isinstance(raw, dict) else {}
        self.read: set[str] = set()
        if not isinstance(raw, dict):
            self.tell("应是一张表，请写成“名称 = 值”的样子")

    def tell(self, fault: str) -> None:
        """Add one fault, a clause with its remedy."""
        self.faults.append(f"{self.place}：{fault}。")

    def _take(self, key: str, default: Any, wanted: str) -> Any:
        self.read.add(key)
        if key in self.raw:
            return self.raw[key]
        if default is _UNSET:
            self.tell(f"缺少{key}，请写上{wanted}")
        return default

    def text(self, key: str, wanted: str, default: str = _UNSET) -> str:
        """A text that is not empty."""
        value = self._take(key, default, wanted)
        if isinstance(value, str) and (value.strip() or value == default):
            return value
        if value is not _UNSET:
            self.tell(f"{key}应是文字，请写上{wanted}")
        return ""

    def code(self, key: str, wanted: str) -> str:
        """A word of small letters, as names of files have it."""
        word = self.text(key, wanted)
        if word and not _CODE.fullmatch(word):
            self.tell(f"{key}应是小写字母和下划线，请改正")
        return word

    def address(self, key: str) -> str:
        """The address of a page, or nothing."""
        address = self.text(key, "网址", "")
        if address and not _ADDRESS.fullmatch(address):
            self.tell(f"{key}应是 http:// 或 https:// 开头的网址，请改正")
        return address

    def one_of(self, key: str, choices: tuple[str, ...], default: str = _UNSET) -> Any:
        """One word of a closed list."""
        value = self._take(key, default, "、".join(choices) + "之一")
        if value in choices or value is _UNSET or value == default:
            return value
        self.tell(f"{key}没有“{value}”{hint(str(value), choices)}，请改正")
        return choices[0]

    def day(self, key: str, wanted: str, default: date | None = _UNSET) -> Any:
        """A day, written without quotes."""
        value = self._take(key, default, wanted)
        if (isinstance(value, date) and not isinstance(value, datetime)) or value is default:
            return date.min if value is _UNSET else value
        self.tell(f"{key}应是不带引号的日期，请写成2017-08-23的样子")
        return date.min

    def whole(self, key: str, wanted: str, default: int | None = _UNSET) -> Any:
        """A whole number from 0 on."""
        value = self._take(key, default, wanted)
        if (isinstance(value, int) and not isinstance(value, bool) and value >= 0) or value is default:
            return 0 if value is _UNSET else value
        self.tell(f"{key}应是不带引号的整数，请改正")
        return 0

    def flag(self, key: str, default: bool = False) -> bool:
        """True or false."""
        value = self._take(key, default, "true或false")
        if not isinstance(value, bool):
            self.tell(f"{key}应是true或false，请改正")
        return value is True

    def texts(self, key: str, wanted: str, default: tuple[str, ...] = _UNSET) -> tuple[str, ...]:
        """Several texts."""
        value = self._take(key, default, wanted)
        if value is default:
            return () if value is _UNSET else default
        if isinstance(value, list) and all(isinstance(each, str) and each for each in value):
            return tuple(value)
        self.tell(f'{key}应是方括号里的几个文字，请写成["甲", "乙"]的样子')
        return ()

    def month_days(self, key: str) -> tuple[int, ...]:
        """Several days of the month, or nothing."""
        value = self._take(key, [], "")
        if isinstance(value, list) and all(type(each) is int and 1 <= each <= 31 for each in value):
            return tuple(sorted(value))
        self.tell(f"{key}应是每月的几号，请写成[15, 30]的样子")
        return ()

    def named_texts(self, key: str) -> tuple[tuple[str, str], ...]:
        """Names with their texts, in the order of the file."""
        value = self._take(key, {}, "")
        if isinstance(value, dict) and all(isinstance(each, str) and each for each in value.values()):
            return tuple(value.items())
        self.tell(f'{key}应是“名称 = 文字”，请写成{{ strict = "…", lenient = "…" }}的样子')
        return ()

    def yuan_by_level(self, key: str) -> tuple[tuple[int, Decimal], ...]:
        """Amounts by level: exact texts or whole yuan, above zero."""
        value = self._take(key, _UNSET, '各等级的金额，如{ 5 = "1000.00" }')
        if not isinstance(value, dict):
            if value is not _UNSET:
                self.tell(f'{key}应是“等级 = 金额”，请写成{{ 5 = "1000.00" }}的样子')
            return ()
        found = []
        for level, amount in value.items():
            if level not in ("1", "2", "3", "4", "5"):
                self.tell(f"{key}没有等级“{level}”，请用5、4、3、2、1之一")
                continue
            yuan = self._yuan(f"{key}的{level}级", amount)
            if yuan is not None:
                found.append((int(level), yuan))
        return tuple(found)

    def _yuan(self, name: str, amount: object) -> Decimal | None:
        if isinstance(amount, float):
            self.tell(f'{name}不能写成小数，请加上引号，如"1000.00"')
            return None
        if isinstance(amount, bool) or not isinstance(amount, int | str):
            self.tell(f'{name}应是金额，请写成"1000.00"的样子')
            return None
        try:
            yuan = money.parse(str(amount))
        except ValueError as fault:
            self.tell(f"{name}：{str(fault).rstrip('。')}")
            return None
        if yuan == 0:
            self.tell(f"{name}是零，补贴不能为零，请改正")
            return None
        return yuan

    def number(self, key: str, hint: Any, default: bool) -> Any:
        """A number of a rule, by the type of the rule's argument; `default`: it may be left out."""
        if default and key not in self.raw:
            self.read.add(key)
            return None
        if hint is int:
            return self.whole(key, "整数")
        if hint is str:
            return self.text(key, "文字")
        if hint is bool:
            return self.flag(key)
        if hint is date:
            return self.day(key, "日期")
        if get_origin(hint) is Literal:
            return self.one_of(key, get_args(hint))
        item = get_args(hint)[0]
        if item is int:
            return self._levels(key)
        values = self.texts(key, "几个文字")
        if get_origin(item) is Literal:
            for each in values:
                if each not in get_args(item):
                    self.tell(f"{key}没有“{each}”{hint(each, get_args(item))}，请改正")
        return values

    def _levels(self, key: str) -> tuple[int, ...]:
        value = self._take(key, _UNSET, "几个等级，如[5, 4, 3]")
        if isinstance(value, list) and all(type(each) is int and 1 <= each <= 5 for each in value):
            return tuple(value)
        if value is not _UNSET:
            self.tell(f"{key}应是1至5的几个等级，请写成[5, 4, 3]的样子")
        return ()

    def known_fields(self, key: str, names: tuple[str, ...]) -> None:
        """Every name is a field of the vocabulary."""
        for name in names:
            if name not in fields():
                self.tell(f"{key}没有字段“{name}”{hint(name, fields())}，请改正")

    def known_parts(self, key: str, names: tuple[str, ...]) -> None:
        """Every name is a field of the vocabulary, or all of a part of it, as `certificate.*`."""
        parts = [f"{each}.*" for each in dict.fromkeys(name.partition(".")[0] for name in fields())]
        for name in names:
            known = parts if name.endswith("*") else fields()
            if name not in known:
                self.tell(f"{key}没有字段“{name}”{hint(name, known)}，请改正")

    def known_choices(self, key: str, field_id: str, names: tuple[str, ...]) -> None:
        """Every name is a choice of a field."""
        known = [each.id for each in fields()[field_id].choices]
        for name in names:
            if name not in known:
                self.tell(f"{key}没有“{name}”{hint(name, known)}，请改正")

    def close(self) -> None:
        """Tell every key that nobody asked for."""
        for key in self.raw:
            if key not in self.read:
                self.tell(f"没有“{key}”这一项{hint(key, self.read)}，请改正或删去")
