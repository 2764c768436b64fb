"""Numbers and names of persons, employers, certificates and cards: what they must be and what they tell.

The module brings what was typed into one form and says in findings what is wrong with it. No message repeats
a number or a name. It knows no form, no clock (`today` is an argument) and no table of region codes, which
are historic. The three check digits are written out here because python-stdnum takes 25 ms to import.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Literal, NamedTuple, get_args

from desktop_app.finding import Finding, Outcome

IdentifiedKind = Literal["id-number", "certificate", "card", "credit-code", "phone", "name"]
Tells = Mapping[str, str | int]

CERTIFICATE_NUMBER_LENGTH = 40
NAME_LENGTH = 50

# In words that a clerk understands: GB 11643-1999, GB 32100-2015 and ISO/IEC 7812.
IDENTITY_SOURCE = "公民身份号码的编号规则"
CREDIT_SOURCE = "统一社会信用代码的编号规则"
CARD_SOURCE = "银行卡号的末位校验规则"
_NAME_SOURCE = "民委发〔2016〕33号"
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"

_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_HYPHENS = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-")
_NARROW_LETTERS = {code: to for code, to in _NARROW.items() if chr(to).isalnum()}
# Eight components and six characters stood in the private use area before GB 18030-2022; files from older
# systems and Python's own gb18030 codec still bring those code points.
_PRIVATE_USE = {
    0xE81E: 0x9FB4, 0xE826: 0x9FB5, 0xE82B: 0x9FB6, 0xE82C: 0x9FB7, 0xE832: 0x9FB8, 0xE843: 0x9FB9,
    0xE854: 0x9FBA, 0xE864: 0x9FBB, 0xE816: 0x20087, 0xE817: 0x20089, 0xE818: 0x200CC, 0xE831: 0x215D7,
    0xE83B: 0x2298F, 0xE855: 0x241FE,
}  # fmt: skip
_RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_NAME_CHARACTERS: dict[int, int | str] = {**_NARROW_LETTERS, **_PRIVATE_USE, **_RADICALS}
_JOINT = re.compile(r" *[·•‧・･∙⋅．.\u0387\u16eb] *| +")
_NAME_LOST = re.compile("[0-9?？\ufffd□]")

_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_LANDLINE = re.compile(r"\(?(0(?:10|2\d|[3-9]\d\d))\)?-?(\d{7,8})(?:(?:-|转|分机)(\d{1,6}))?", re.ASCII)
_LOCAL = re.compile(r"(\d{7,8})(?:(?:-|转|分机)(\d{1,6}))?", re.ASCII)
_SKILL_LEVEL = re.compile(r"[A-Z]{1,2}\d{20,21}", re.ASCII)


class Identified(NamedTuple):
    """What one typed number or name is.

    Attributes:
        value: The normalised text; None where a finding fails.
        tells: What the number says of its bearer, ready for JSON: ids of choices, whole numbers, ISO dates.
    """

    given: str
    value: str | None
    is_ok: bool
    tells: Tells
    findings: tuple[Finding, ...]


def narrow(text: str) -> str:
    """Return `text` with full-width ASCII, blanks and hyphens of every kind in their ASCII form."""
    if text.isascii():
        return text
    return plain_blanks(text).translate(_NARROW).translate(_HYPHENS)


def plain_blanks(text: str) -> str:
    """Return `text` without invisible format characters and with every kind of blank as an ASCII blank."""
    if text.isprintable():
        return text
    kept = []
    for character in text:
        category = unicodedata.category(character)
        if category != "Cf":
            kept.append(" " if category == "Zs" else character)
    return "".join(kept)


def has_control_characters(text: str) -> bool:
    """Tell whether `text` holds line ends, other control characters or halves of surrogate pairs."""
    if text.isprintable():
        return False
    return any(unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") for character in text)


def is_digits(text: str) -> bool:
    """Tell whether `text` is one or more of 0–9 and nothing else."""
    return text.isascii() and text.isdigit()


def compact(text: str) -> str:
    """Return a number in ASCII, without blanks and hyphens, in capitals."""
    return "".join(narrow(text).split()).replace("-", "").upper()


def _count(number: int) -> str:
    return "零一两三四五六七八九十"[number] if number <= 10 else str(number)


def mask_identity_number(number: str) -> str:
    """Return the first six and last four characters, with `*` for each other; a short number is all `*`."""
    if len(number) <= 10:
        return "*" * len(number)
    return number[:6] + "*" * (len(number) - 10) + number[-4:]


def check_identity_number(
    number: str, today: date | None = None, field_id: str = "", label: str = "身份证号"
) -> tuple[Finding, ...]:
    """Check a normalised number: 17 digits, a real birth date, the check character of ISO 7064 MOD 11-2.

    A birth date after `today` fails; without `today` the future is not looked at. Numbers that begin with
    81, 82, 83 (Hong Kong, Macao, Taiwan) or 9 (foreign permanent residents) follow the same rule.
    """
    fault = _identity_fault(number, today)
    return (
        (Finding("identity_number_valid", "fail", field_id, label + fault, IDENTITY_SOURCE),) if fault else ()
    )


def _identity_fault(number: str, today: date | None) -> str:
    if len(number) == 15 and is_digits(number):
        return "是旧的15位号码，已停止使用，请按现行身份证填写18位号码。"
    if len(number) == 15 and number.isascii() and number[:3].isalpha() and is_digits(number[3:]):
        return "是旧版外国人永久居留身份证的15位号码，请按新版证件填写18位号码。"
    if not is_digits(number.removesuffix("X")):
        return "只能是17位数字加一位数字或X，请核对。"
    if len(number) < 18:
        return f"少{_count(18 - len(number))}位，请核对。"
    if len(number) > 18:
        return f"多{_count(len(number) - 18)}位，请核对。"
    try:
        born = birth_date_of(number)
    except ValueError:
        return "第7至14位不是真实的出生日期，请核对。"
    if today is not None and born > today:
        return "第7至14位的出生日期在将来，请核对。"
    if _mod_11_2(number[:17]) != number[17]:
        return "与最后一位校验码不符，请逐位核对。"
    return ""


def _mod_11_2(digits: str) -> str:
    """The check character of ISO 7064 MOD 11-2."""
    check = 0
    for digit in digits:
        check = (check + int(digit)) * 2
    return "0123456789X"[(12 - check % 11) % 11]


def sex_of(number: str) -> Literal["male", "female"]:
    """Return the sex that a valid number states by its 17th digit."""
    return "male" if int(number[16]) % 2 else "female"


def birth_date_of(number: str) -> date:
    """Return the birth date that a number of 18 characters states; ValueError where there is no such day."""
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def _identity_tells(number: str) -> Tells:
    holder = "resident"
    if number[:2] in ("81", "82", "83"):
        holder = {"1": "hong_kong", "2": "macao", "3": "taiwan"}[number[1]]
    elif number[0] == "9":
        holder = "foreign_permanent_resident"
    return {"sex": sex_of(number), "birth_date": birth_date_of(number).isoformat(), "holder": holder}


def check_certificate_number(number: str, field_id: str = "", label: str = "证书编号") -> tuple[Finding, ...]:
    """Check a normalised number; no known structure has a check digit, so a doubtful one only warns."""
    rule = "certificate_number_plausible"
    if has_control_characters(number):
        return (Finding(rule, "fail", field_id, f"{label}含有看不见的控制字符，请删去后重新填写。"),)
    if len(number) > CERTIFICATE_NUMBER_LENGTH:
        message = f"{label}超过{CERTIFICATE_NUMBER_LENGTH}个字符，请核对。"
        return (Finding(rule, "fail", field_id, message),)
    place = _certificate_level_place(number)
    if place is not None and number[place] not in "12345":
        return (Finding(rule, "warn", field_id, f"{label}第{place + 1}位应是1至5的等级，请与证书核对。"),)
    return ()


def certificate_tells(number: str) -> Tells:
    """Return the `certificate_kind`, `year` and `level` that a number of a known structure states.

    Skill level: 22 characters that begin with one capital letter, or two for 特级技师; 14–15 the year, 16 the
    level. Vocational qualification: 16 digits; 1–2 the year, 11 the level. Any other number tells nothing.
    """
    place = _certificate_level_place(number)
    if place is None:
        return {}
    if len(number) == 22:
        tells: dict[str, str | int] = {"certificate_kind": "skill_level", "year": 2000 + int(number[13:15])}
    else:
        year = int(number[:2])
        # National qualification certificates began in 1994.
        tells = {
            "certificate_kind": "vocational_qualification",
            "year": year + (1900 if year >= 90 else 2000),
        }
    if number[place] in "12345":
        tells["level"] = int(number[place])
    return tells


def _certificate_level_place(number: str) -> int | None:
    if len(number) == 22 and _SKILL_LEVEL.fullmatch(number):
        return 15
    if len(number) == 16 and is_digits(number):
        return 10
    return None


def check_card_number(number: str, field_id: str = "", label: str = "卡号") -> tuple[Finding, ...]:
    """Check a normalised number: 13 to 19 digits; a failing Luhn digit warns, for some accounts have none."""
    rule = "card_number_plausible"
    if not is_digits(number):
        return (Finding(rule, "fail", field_id, f"{label}只能是数字，请核对。"),)
    if not 13 <= len(number) <= 19:
        message = f"{label}应是13至19位数字，现在是{len(number)}位，请核对。"
        return (Finding(rule, "fail", field_id, message),)
    if not _has_luhn_digit(number):
        message = f"{label}与银行卡的校验位不符，请对照卡面再输入一次。"
        return (Finding(rule, "warn", field_id, message, CARD_SOURCE),)
    return ()


def _has_luhn_digit(number: str) -> bool:
    digits = [int(digit) for digit in reversed(number)]
    return (sum(digits[::2]) + sum(sum(divmod(digit * 2, 10)) for digit in digits[1::2])) % 10 == 0


def check_credit_code(code: str, field_id: str = "", label: str = "统一社会信用代码") -> tuple[Finding, ...]:
    """Check a normalised code: 18 characters of the alphabet without I O S V Z, and the check mod 31."""
    fault = _credit_fault(code)
    return (Finding("credit_code_valid", "fail", field_id, label + fault, CREDIT_SOURCE),) if fault else ()


def _credit_fault(code: str) -> str:
    if any(character in "IOSVZ" for character in code):
        return "不会有字母I、O、S、V、Z，请核对是否把数字看成了字母。"
    if any(character not in _CREDIT_ALPHABET for character in code):
        return "只能是数字和大写字母，请核对。"
    if len(code) < 18:
        return f"少{_count(18 - len(code))}位，请核对。"
    if len(code) > 18:
        return f"多{_count(len(code) - 18)}位，请核对。"
    if not is_digits(code[2:8]):
        return "第3至8位应是数字，请核对。"
    weighted = sum(_CREDIT_ALPHABET.index(code[place]) * pow(3, place, 31) for place in range(17))
    if _CREDIT_ALPHABET[-weighted % 31] != code[17]:
        return "与最后一位校验码不符，请逐位核对。"
    return ""


def _credit_tells(code: str) -> Tells:
    """The `employer_kind` that the first two characters state: who registers it, and as what."""
    kinds = {
        "11": "government", "12": "public_institution", "51": "social_organisation",
        "52": "social_organisation", "53": "social_organisation", "91": "enterprise", "92": "self_employed",
    }  # fmt: skip
    kind = kinds.get(code[:2])
    return {"employer_kind": kind} if kind else {}


def normalise_phone(text: str) -> str:
    """Return the numbers as `13800000000` or `0991-4680700-12`, several with `；` between; else compacted."""
    numbers: list[str] = []
    for part in re.split(r"[;,、/\n]", narrow(text)):
        words = part.split()
        if _phone_number(part) is None and all(map(_phone_number, words)):
            numbers += [_phone_number(word) or word for word in words]
        else:
            numbers.append(_phone_number(part) or "".join(words))
    return "；".join(number for number in numbers if number)


def check_phone(text: str, field_id: str = "", label: str = "联系电话") -> tuple[Finding, ...]:
    """Check normalised numbers: mobile, landline with its area code, or bare 7 or 8 digits."""
    wrong = [part for part in text.split("；") if _phone_number(part) != part]
    if not wrong:
        return ()
    digits = "".join(wrong[0].split("-"))
    if is_digits(digits) and digits[0] == "1" and len(digits) != 11:
        fault = f"是{len(digits)}位数字，手机号应是11位，请核对。"
    else:
        fault = "不像手机号或固定电话，请核对，固定电话请写成区号-号码。"
    return (Finding("phone_plausible", "fail", field_id, label + fault),)


def _phone_number(text: str) -> str | None:
    joined = "".join(text.split())
    plain = joined.replace("-", "").removeprefix("+").removeprefix("86")
    if _MOBILE.fullmatch(plain):
        return plain
    for pattern in (_LANDLINE, _LOCAL):
        if matched := pattern.fullmatch(joined):
            return "-".join(group for group in matched.groups() if group)
    return None


def _phone_tells(text: str) -> Tells:
    if "；" in text:
        return {"numbers": text.count("；") + 1}
    return {"phone_kind": "mobile" if _MOBILE.fullmatch(text) else "landline"}


def normalise_name(text: str) -> str:
    """Return the name as it is stored and printed.

    `·` is the only separator between Chinese characters, whatever dot was typed; blanks between Chinese
    characters go and those of a Latin name stay; Kangxi radicals and private-use code points of older
    systems become the unified characters. Source of the separator: 民委发〔2016〕33号.
    """
    name = plain_blanks(text).translate(_NAME_CHARACTERS).strip()
    return _JOINT.sub(_joint, name)


def _joint(matched: re.Match[str]) -> str:
    """What stands for a dot or a gap inside a name: between Chinese characters `·` or nothing."""
    before = matched.string[: matched.start()][-1:]
    after = matched.string[matched.end() :][:1]
    if is_hanzi(before) and is_hanzi(after):
        return "·" if matched[0].strip() else ""
    return re.sub("  +", " ", matched[0])


def is_hanzi(character: str) -> bool:
    """Tell whether a character is an ideograph, private code points of older systems included."""
    # Python 3.11 takes the newest ideographs for unassigned, hence ranges and no category.
    return (
        "\u3400" <= character <= "\u9fff"
        or character == "〇"
        or "\U00020000" <= character <= "\U0003ffff"
        or "\ue000" <= character <= "\ufaff"
    )


def check_name(name: str, field_id: str = "", label: str = "姓名") -> tuple[Finding, ...]:
    """Check a normalised name: at most 50 characters (code points), nothing that a person's name has not."""
    outcome, fault = _name_fault(name)
    return (Finding("name_readable", outcome, field_id, label + fault, _NAME_SOURCE),) if fault else ()


def _name_fault(name: str) -> tuple[Outcome, str]:
    if has_control_characters(name):
        return "fail", "含有换行或看不见的控制字符，请删去后重新填写。"
    if not name:
        return "fail", "是空的，请填写。"
    if len(name) > NAME_LENGTH:
        return "fail", f"超过{NAME_LENGTH}个字，请核对是否多输了内容。"
    if _NAME_LOST.search(name):
        return "fail", "里有数字、问号或方框，请对照身份证件重新填写。"
    if name[0] == "·" or name[-1] == "·" or "··" in name:
        return "warn", "里的间隔号位置不对，请对照身份证件核对。"
    if not all(_is_name_character(character) for character in name):
        return "warn", "里有少见的符号，请对照身份证件核对。"
    return "pass", ""


def _is_name_character(character: str) -> bool:
    return is_hanzi(character) or character in "· .'’-()（）" or unicodedata.category(character)[0] in "LM"


def identify(kind: str, text: str, today: date | None = None) -> Identified:
    """Say what one number or name is and tells.

    Raises:
        ValueError: `kind` is not one of `IdentifiedKind`.
    """
    if kind not in _KINDS:
        raise ValueError(f"没有号码种类“{kind}”，请用 {'、'.join(get_args(IdentifiedKind))} 之一。")
    normalise, check, tell = _KINDS[kind]
    value = normalise(text)
    if not value:
        findings: tuple[Finding, ...] = (Finding("readable", "fail", "", "没有内容，请填写。"),)
    elif kind == "id-number":
        findings = check_identity_number(value, today)
    else:
        findings = check(value)
    is_ok = all(finding.outcome != "fail" for finding in findings)
    return Identified(text, value if is_ok else None, is_ok, tell(value) if is_ok else {}, findings)


_Kind = tuple[Callable[[str], str], Callable[[str], tuple[Finding, ...]], Callable[[str], Tells]]
_KINDS: Mapping[str, _Kind] = {
    "id-number": (compact, check_identity_number, _identity_tells),
    "certificate": (compact, check_certificate_number, certificate_tells),
    "card": (compact, check_card_number, lambda _value: {}),
    "credit-code": (compact, check_credit_code, _credit_tells),
    "phone": (normalise_phone, check_phone, _phone_tells),
    "name": (normalise_name, check_name, lambda _value: {}),
}
