"""One meaning for each kind of field: what people type, what it is, how paper and files show it.

Numbers of persons, money and days are read by the domain modules; here each kind gets its five functions. The
module knows no paper, no rule of a region and no clock (`today` is an argument where the future matters).
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from desktop_app import dates, identifiers, money
from desktop_app.case import Answer, Unread
from desktop_app.faults import nearest
from desktop_app.finding import Finding
from desktop_app.forms.fields import Field, Kind

Json = str | int | bool | list[str] | dict[str, str]
Findings = tuple[Finding, ...]

LARGEST_WHOLE_NUMBER = 999_999

_NUMERALS = ("", "一", "二", "三", "四", "五")
LEVEL_TITLES = ("", "高级技师", "技师", "高级", "中级", "初级")
_TITLE_LEVELS = {title: level for level, title in enumerate(LEVEL_TITLES) if title}
_TITLE_LEVELS |= {"高级工": 3, "中级工": 4, "初级工": 5}
_TITLE = "(高级技师|技师|[初中高]级工?)?"
# Certificates print 三级/高级工, papers 高级（三级）.
_LEVEL = re.compile(rf"{_TITLE}(?:([1-5一二三四五])级?)?{_TITLE}")
_MONTHS_OR_YEAR = re.compile(r"\s*(个?月|年)$")
_YES = frozenset(("是", "有", "y", "yes", "true", "1", "√"))
_NO = frozenset(("否", "无", "没有", "不是", "n", "no", "false", "0", "×"))
_BETWEEN_CHOICES = re.compile(r"[、,;；，\n]+")
_MONTH = re.compile(r"(\d{4})-(\d\d)", re.ASCII)
_MONEY = re.compile(r"\d+(\.\d\d)?", re.ASCII)

_NORMALISE: Mapping[Kind, Callable[[str], str]] = {
    "id_number": identifiers.compact,
    "certificate_number": identifiers.compact,
    "card": identifiers.compact,
    "credit_code": identifiers.compact,
    "phone": identifiers.normalise_phone,
    "name": identifiers.normalise_name,
    "text": lambda text: identifiers.plain_blanks(text).strip(),
}


class Reading(NamedTuple):
    """What typed text is as its kind; `value` None: nothing was typed."""

    value: Answer | None
    findings: Findings


def parse(field: Field, text: str, today: date | None = None) -> Reading:
    """Read what was typed or pasted; text that cannot be read comes back as Unread with a failing finding.

    An identity number's birth date cannot lie after `today`; without it the future is not looked at.
    """
    if not identifiers.plain_blanks(text).strip():
        return Reading(None, ())
    try:
        value = _read(field, text)
    except ValueError as fault:
        return Reading(Unread(text.strip()), (Finding("readable", "fail", field.id, str(fault)),))
    return Reading(value, check(field, value, today))


def _read(field: Field, text: str) -> Answer:
    """The value that typed text states; ValueError with one sentence where it states none."""
    match field.kind:
        case "date":
            return dates.parse_day(text)
        case "month":
            return dates.parse_month(text)
        case "money":
            return money.parse(text)
        case "whole_number":
            return _read_whole_number(field, text)
        case "choice":
            return _read_choice(field, text.strip())
        case "choices":
            words = [word.strip() for word in _BETWEEN_CHOICES.split(text) if word.strip()]
            chosen = {_read_choice(field, word) for word in words}
            return tuple(choice.id for choice in field.choices if choice.id in chosen)
        case "yes_no":
            return _read_yes_no(field, text)
        case "level":
            return _read_level(field, text)
        case _:
            value = _NORMALISE[field.kind](text)
            if identifiers.has_control_characters(value):
                raise ValueError(f"{field.label}含有换行或看不见的控制字符，请删去后重新填写。")
            return value


def _read_whole_number(field: Field, text: str) -> int:
    typed = _MONTHS_OR_YEAR.sub("", identifiers.narrow(text).strip())
    if typed.startswith("-"):
        raise ValueError(f"{field.label}不能是负数，请核对。")
    if not identifiers.is_digits(typed):
        raise ValueError(f"{field.label}应是整数，请只填数字。")
    if len(typed.lstrip("0")) > 6:
        raise ValueError(f"{field.label}的数字太大，请核对。")
    return int(typed)


def _read_choice(field: Field, word: str) -> str:
    plain = _plain_word(word)
    for choice in field.choices:
        if plain in (choice.id, _plain_word(choice.label)):
            return choice.id
    labels = [choice.label for choice in field.choices]
    near = nearest(word, labels)
    remedy = f"最接近的是“{near}”，请核对" if near else f"请选{'、'.join(labels)}之一"
    raise ValueError(f"{field.label}没有这个选项，{remedy}。")


def _plain_word(word: str) -> str:
    return "".join(identifiers.narrow(word).split())


def _read_yes_no(field: Field, text: str) -> bool:
    word = identifiers.narrow(text).strip().lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise ValueError(f"{field.label}只能填是或否，请核对。")


def _read_level(field: Field, text: str) -> int:
    matched = _LEVEL.fullmatch(re.sub(r"[\s()/、]", "", identifiers.narrow(text)))
    title, numeral, title_after = matched.groups() if matched else (None, None, None)
    title = title or title_after
    if not title and not numeral:
        raise ValueError(f"{field.label}看不懂，请填五级、四级、三级、二级或一级。")
    levels = {_TITLE_LEVELS[word] for word in (title, title_after) if word}
    if numeral:
        levels.add(_NUMERALS.index(numeral) if numeral in _NUMERALS else int(numeral))
    if len(levels) > 1:
        raise ValueError(f"{field.label}的名称与级数不一致，请核对，例如高级是三级。")
    return levels.pop()


def check(field: Field, value: Answer, today: date | None = None) -> Findings:
    """Say what one value tells of itself: check digits, lengths, characters that cannot be printed."""
    if isinstance(value, Unread):
        return parse(field, value.text, today).findings
    if not isinstance(value, str) or not value:
        return ()
    return _check_number(field, value, today) + _glyphs(field, value)


def _check_number(field: Field, value: str, today: date | None) -> Findings:
    match field.kind:
        case "id_number":
            return identifiers.check_identity_number(value, today, field.id, field.label)
        case "certificate_number":
            return identifiers.check_certificate_number(value, field.id, field.label)
        case "card":
            return identifiers.check_card_number(value, field.id, field.label)
        case "credit_code":
            return identifiers.check_credit_code(value, field.id, field.label)
        case "phone":
            return identifiers.check_phone(value, field.id, field.label)
        case "name":
            return identifiers.check_name(value, field.id, field.label)
        case _:
            return ()


def _glyphs(field: Field, text: str) -> Findings:
    if text.isascii():
        return ()
    # The coverage record is read only when a value needs it.
    from desktop_app.forms.faces import missing

    points = "、".join(f"U+{ord(character):04X}" for character in missing(text)[:5])
    if not points:
        return ()
    message = f"{field.label}里的字符{points}没有可打印的字形，请改用其他写法，或打印后手写。"
    return (Finding("glyphs_available", "fail", field.id, message),)


def show(field: Field, value: Answer, style: str = "") -> str:
    """Return `value` as the paper prints it.

    Styles: dates and months `year`, `month`, `day`, `iso`; level `numeral` 三, `title` 高级, `long`
    高级（三级）; money `capitals` (without 人民币), `capitals_full`; identity numbers `masked`. A style that
    a kind does not know changes nothing. Text that could not be read is shown as it was typed, in a date of three
    places in the first of them.
    """
    if isinstance(value, Unread):
        if style in ("month", "day"):
            return ""
        return identifiers.mask_identity_number(value.text) if style == "masked" else value.text
    match field.kind, value:
        case "id_number", str() if style == "masked":
            return identifiers.mask_identity_number(value)
        case "date", date():
            return _show_day(value, style)
        case "month", str():
            return _show_month(value, style)
        case "money", Decimal():
            return _show_money(value, style)
        case "level", int():
            return _show_level(value, style)
        case "yes_no", bool():
            return "是" if value else "否"
        case ("choice", str()) | ("choices", tuple()):
            labels = dict(field.choices)
            ids = value if isinstance(value, tuple) else (str(value),)
            return "、".join(labels.get(each, each) for each in ids)
        case _:
            return str(value)


def _show_day(day: date, style: str) -> str:
    match style:
        case "year" | "month" | "day":
            return str(getattr(day, style))
        case "iso":
            return day.isoformat()
        case _:
            return dates.show_day(day)


def _show_month(month: str, style: str) -> str:
    year, number = month.split("-")
    match style:
        case "year":
            return year
        case "month":
            return str(int(number))
        case "iso":
            return month
        case _:
            return f"{year}年{int(number)}月"


def _show_money(amount: Decimal, style: str) -> str:
    if style not in ("capitals", "capitals_full"):
        return money.show(amount)
    # Totals of an empty list are zero, which the rules for vouchers do not have.
    full = money.capitals(amount) if amount else "人民币零元整"
    return full if style == "capitals_full" else full.removeprefix("人民币")


def _show_level(level: int, style: str) -> str:
    match style:
        case "numeral":
            return _NUMERALS[level]
        case "title":
            return LEVEL_TITLES[level]
        case "long":
            return f"{LEVEL_TITLES[level]}（{_NUMERALS[level]}级）"
        case _:
            return f"{_NUMERALS[level]}级"


def edit_text(field: Field, value: Answer) -> str:
    """Return the text that an editor begins with; `parse` reads it back to the same value."""
    return show(field, value, "iso")


def to_json(field: Field, value: Answer) -> Json:
    """Return `value` for a JSON file, Unread as `{"unread": "…"}`; `from_json` reads all of it back."""
    match value:
        case Unread(text):
            return {"unread": text}
        case Decimal():
            return money.show(value)
        case date():
            return value.isoformat()
        case tuple():
            return list(value)
        case _:
            return value


def restorer(kind: Kind) -> Callable[[Any], Answer] | None:
    """Return what turns a value that `to_json` wrote back into an answer; None where it is one already.

    For values that this program stored itself: nothing is checked. Unread values are the caller's.
    """
    match kind:
        case "date":
            return date.fromisoformat
        case "money":
            return Decimal
        case "choices":
            return tuple
        case _:
            return None


def from_json(field: Field, raw: object) -> Answer:
    """Return the answer that a JSON value states: ISO dates, money as text or whole yuan, ids of choices.

    Raises:
        ValueError: One Chinese sentence that names the field id and what it takes, or the nearest choice.
    """
    match field.kind, raw:
        case _, {"unread": str(text), **others} if not others:
            return Unread(text)
        case "date", str():
            return _from_iso(field, raw)
        case "month", str() if (
            (found := _MONTH.fullmatch(raw)) and "01" <= found[2] <= "12" and found[1] > "1899"
        ):
            return raw
        case "money", int() if not isinstance(raw, bool) and 0 <= raw <= money.LARGEST:
            return Decimal(raw).quantize(Decimal("0.01"))
        case "money", str() if _MONEY.fullmatch(raw):
            return money.parse(raw)
        case "whole_number", int() if not isinstance(raw, bool) and 0 <= raw <= LARGEST_WHOLE_NUMBER:
            return raw
        case "level", int() if not isinstance(raw, bool) and 1 <= raw <= 5:
            return raw
        case "yes_no", bool():
            return raw
        case "choice", str():
            return _known_choice(field, raw)
        case "choices", list() if all(isinstance(each, str) for each in raw):
            chosen = {_known_choice(field, each) for each in raw}
            return tuple(choice.id for choice in field.choices if choice.id in chosen)
        case _, str() if field.kind in _NORMALISE:
            return _read_json_text(field, raw)
    raise ValueError(f"{field.id}（{field.label}）{_TAKES.get(field.kind, '应是文字')}，请改正。")


_TAKES: Mapping[str, str] = {
    "date": "应是2017-03-02样子的日期",
    "month": "应是2017-03样子的年月",
    "money": '应是两位小数的文字（如"1300.00"）或整数元，不能是负数',
    "whole_number": f"应是0至{LARGEST_WHOLE_NUMBER}的整数",
    "level": "应是1至5的整数，5是初级，1是高级技师",
    "yes_no": "应是true或false",
    "choice": "应是选项的代号",
    "choices": "应是选项代号的列表",
}


def _from_iso(field: Field, raw: str) -> date:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", raw, re.ASCII):
        raise ValueError(f"{field.id}（{field.label}）{_TAKES['date']}，请改正。")
    try:
        return dates.parse_day(raw)
    except ValueError as fault:
        raise ValueError(f"{field.id}（{field.label}）：{fault}") from None


def _known_choice(field: Field, raw: str) -> str:
    ids = [choice.id for choice in field.choices]
    if raw in ids:
        return raw
    near = nearest(raw, ids)
    remedy = f"最接近的是“{near}”" if near else f"请用{'、'.join(ids)}之一"
    raise ValueError(f"{field.id}（{field.label}）没有“{raw[:40]}”，{remedy}。")


def _read_json_text(field: Field, raw: str) -> Answer:
    try:
        return _read(field, raw)
    except ValueError as fault:
        raise ValueError(f"{field.id}：{fault}") from None
