"""How a bank wants a payment list, and how it words what it sends back: data, `resources/bank.toml`.

An office whose bank asks for another order puts its own `bank.toml` into its folder, in place of the bundled one.
"""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from desktop_app.faults import Faults, hint
from desktop_app.resources import home, resource
from desktop_app.toml_text import TomlFault, read_toml

FILE: Final = "bank.toml"
VALUES: Final = (
    "number",
    "name",
    "account_name",
    "account_number",
    "bank",
    "amount",
    "purpose",
    "case_number",
)
ASKED: Final = ("account_number", "account_name", "name", "amount", "outcome", "reason", "on", "case_number")
_ENCODINGS: Final = ("gb18030", "utf-8")
_SEPARATORS: Final = (",", "|", ";", "\t")


class BankColumn(NamedTuple):
    """One column: the word in its head, and which of `VALUES` stands in it."""

    head: str
    value: str


class BankFormat(NamedTuple):
    """What the bank gets and sends.

    Attributes:
        columns: In the order in which the bank wants them.
        separator: Of the text; as `encoding`, `ending` (with its dot), `has_head` and `has_foot` are.
        heads: The word in a head of the results to which of `ASKED` stands below it.
        outcomes: What a bank writes to whether the money arrived.
    """

    columns: tuple[BankColumn, ...]
    separator: str
    encoding: str
    ending: str
    has_head: bool
    has_foot: bool
    heads: Mapping[str, str]
    outcomes: Mapping[str, bool]


def bank_format() -> BankFormat:
    """Return the office's own format, or the bundled one.

    Raises:
        Faults: The file cannot be used; every fault with its remedy.
    """
    own = home() / FILE
    path = own if own.is_file() else resource(FILE)
    try:
        return read_format(path.read_text(encoding="utf-8"), path.name)
    except (OSError, UnicodeDecodeError):
        raise Faults([f"{FILE}：读不了，请检查文件的权限，并存成 UTF-8 编码。"]) from None


def read_format(text: str, file_name: str) -> BankFormat:
    """Return the format that a text says.

    Raises:
        Faults: With each fault, its place and remedy.
    """
    try:
        raw = read_toml(text, file_name)
    except TomlFault as fault:
        raise Faults([str(fault)]) from None
    faults: list[str] = []
    columns = _columns(raw.get("column"), file_name, faults)
    text_part = raw.get("text") if isinstance(raw.get("text"), dict) else {}
    results = raw.get("results") if isinstance(raw.get("results"), dict) else {}
    assert isinstance(text_part, dict)
    assert isinstance(results, dict)
    separator, encoding = text_part.get("separator", ","), text_part.get("encoding", "gb18030")
    ending = text_part.get("ending", ".csv")
    has_head, has_foot = text_part.get("has_head", True), text_part.get("has_foot", True)
    if separator not in _SEPARATORS:
        faults.append(f"{file_name} [text]：separator 只能是逗号、竖线、分号或制表符中的一个。")
    if encoding not in _ENCODINGS:
        faults.append(f"{file_name} [text]：encoding 只能是{'、'.join(_ENCODINGS)}之一。")
    if ending not in (".csv", ".txt"):
        faults.append(f"{file_name} [text]：ending 只能是 .csv 或 .txt。")
    if not isinstance(has_head, bool) or not isinstance(has_foot, bool):
        faults.append(f"{file_name} [text]：has_head 和 has_foot 只能是 true 或 false。")
    heads = _words({name: results.get(name, []) for name in ASKED}, file_name, faults)
    outcomes = _words({name: results.get(name, []) for name in ("paid", "failed")}, file_name, faults)
    for name in ("account_number", "amount", "outcome"):
        if name not in heads.values():
            faults.append(f"{file_name} [results]：缺少 {name}，没有它认不出结果，请补上列名。")
    if faults:
        raise Faults(faults)
    words = {word: meaning == "paid" for word, meaning in outcomes.items()}
    return BankFormat(columns, separator, encoding, ending, has_head, has_foot, heads, words)


def _columns(raw: Any, file_name: str, faults: list[str]) -> tuple[BankColumn, ...]:
    found = []
    for number, each in enumerate(raw if isinstance(raw, list) else [], 1):
        head, value = (each.get("head"), each.get("value")) if isinstance(each, dict) else (None, None)
        if not isinstance(head, str) or not head.strip():
            faults.append(f"{file_name} 第{number}个[[column]]：缺少 head，请写上列名。")
        elif value not in VALUES:
            faults.append(
                f"{file_name} 第{number}个[[column]]：没有这样的 value{hint(str(value), VALUES)}，请改正。"
            )
        else:
            found.append(BankColumn(head, value))
    for value in ("account_number", "amount"):
        if value not in [each.value for each in found]:
            faults.append(f"{file_name}：没有 {value} 这一列，银行付不了款，请补上。")
    return tuple(found)


def _words(raw: Mapping[str, Any], file_name: str, faults: list[str]) -> dict[str, str]:
    """Return each word with what it means; one word means one thing."""
    found: dict[str, str] = {}
    for meaning, words in raw.items():
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            faults.append(f"{file_name} [results]：{meaning} 要写成一列文字，请改正。")
            continue
        for word in words:
            if found.setdefault(word, meaning) != meaning:
                faults.append(f"{file_name} [results]：“{word}”写在了两处，请删去一处。")
    return found
