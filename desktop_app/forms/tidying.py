"""What is typed, tidied before it is read, and read back beside the field while it is typed.

People paste full-width figures, blanks and hyphens, and take O for 0. What stands here changes the way a text is
written and never what it says; the check of its kind judges the rest. The module knows no paper and no window.
"""

from datetime import date
from typing import NamedTuple

from desktop_app import identifiers
from desktop_app.forms import kinds
from desktop_app.forms.fields import Field, Kind

_FIGURES_ONLY: frozenset[Kind] = frozenset(("id_number", "card"))
_NUMBERS: frozenset[Kind] = _FIGURES_ONLY | {"certificate_number", "credit_code"}
_LOOK_ALIKE = str.maketrans({"O": "0", "o": "0", "〇": "0", "I": "1", "i": "1", "l": "1", "|": "1"})
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code - 0xFEE0).isalnum()}
_GROUPS: dict[Kind, tuple[int, ...]] = {"id_number": (6, 4, 4, 4), "phone": (3, 4, 4)}
_SHORTEST_NUMBER = 6  # figures and blanks alone, from this length, are a number and not a text


class ReadBack(NamedTuple):
    """What a typed text is taken for: large figures, and below them what was tidied; empty where it is plain."""

    figures: str = ""
    sentence: str = ""


def tidied(field: Field, text: str) -> str:
    """Return a typed text as it is meant: half-width, without blanks in numbers, figures where only figures are.

    >>> from desktop_app.forms.fields import field
    >>> tidied(field("employer.address"), "样例路１２号Ｂ座")
    '样例路12号B座'
    >>> tidied(field("insurance.number"), "12 3456 78")
    '12345678'
    >>> tidied(field("payment.account_number"), "62 22O2")
    '622202'
    """
    if field.kind == "text":
        return _tidied_text(text)
    if field.kind in _NUMBERS:
        plain = identifiers.compact(text)
        figures = identifiers.compact(text.translate(_LOOK_ALIKE)) if field.kind in _FIGURES_ONLY else ""
        return figures if identifiers.is_digits(figures.removesuffix("X")) else plain
    return text


def _tidied_text(text: str) -> str:
    if text.isascii():
        joined = "".join(text.split())
        is_number = len(joined) >= _SHORTEST_NUMBER and joined.isdigit()
        return joined if is_number else text
    half = text.translate(_FULL_WIDTH)
    plain = identifiers.plain_blanks(half)
    return _tidied_text(plain.strip()) if plain.isascii() else half


def read_back(field: Field, text: str) -> ReadBack:
    """Return what a text is taken for, to be shown beside it while it is typed."""
    if not text:
        return ReadBack()
    match field.kind:
        case "id_number" | "card" | "certificate_number" | "credit_code":
            plain = tidied(field, text)
            return ReadBack(grouped(field.kind, plain), _what_was_tidied(text, plain))
        case "phone":
            plain = identifiers.normalise_phone(text)
            return ReadBack(grouped("phone", plain), _what_was_tidied(text, plain))
        case "text":
            plain = tidied(field, text)
            return ReadBack() if plain == text else ReadBack("", f"记为 {plain}")
        case "name":
            plain = identifiers.normalise_name(text)
            return ReadBack() if plain == text.strip() else ReadBack("", f"记为 {plain}")
        case "date" | "month":
            return ReadBack(_day_in_words(field, text))
        case _:
            return ReadBack()


def grouped(kind: Kind, number: str) -> str:
    """Return a number in groups that are read aloud: 6-4-4-4 for an identity number, 3-4-4 for a mobile, else fours.

    >>> grouped("id_number", "220104199003070016")
    '220104 1990 0307 0016'
    """
    if kind == "phone" and not (len(number) == 11 and number.isdigit()):
        return number
    groups, rest = [], number
    for size in _GROUPS.get(kind, ()):
        groups.append(rest[:size])
        rest = rest[size:]
    groups.extend(rest[at : at + 4] for at in range(0, len(rest), 4))
    return " ".join(group for group in groups if group)


def _what_was_tidied(text: str, plain: str) -> str:
    if text == plain:
        return ""
    told = []
    if not text.isascii() and identifiers.narrow(text) != identifiers.plain_blanks(text):
        told.append("全角已改半角")
    narrow = identifiers.narrow(text)
    if " " in narrow.strip() and " " not in plain:
        told.append("已去掉空格")
    swapped = [
        f"{letter} 已改为 {figure}"
        for letter, figure in (("O", "0"), ("I", "1"), ("L", "1"), ("〇", "0"))
        if letter in narrow.upper() and letter not in plain
    ]
    return "，".join((*told, *swapped))


def _day_in_words(field: Field, text: str) -> str:
    value = kinds.parse(field, text).value
    if not isinstance(value, date | str) or text.strip() == kinds.edit_text(field, value):
        return ""
    return kinds.show(field, value)
