"""The vocabulary of fields: what each field id is called, which kind it is, what can be chosen.

Read once from `resources/fields.toml`, with every fault of the file told at once. The module knows no form
and no value; what a kind means stands in `kinds`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, NamedTuple, cast, get_args

from desktop_app.faults import Faults, nearest
from desktop_app.resources import resource

Kind = Literal[
    "text", "name", "id_number", "certificate_number", "phone", "card", "credit_code", "date", "month",
    "money", "whole_number", "choice", "choices", "yes_no", "level",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)


class Choice(NamedTuple):
    """One thing that can be chosen: its id, and its label in the document's wording."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the vocabulary.

    Attributes:
        label: The first label that the papers use; a form may print another.
        choices: In the document's order; empty but for `choice` and `choices`.
        is_derived: The program can work the value out; a typed value is kept all the same.
        only_if: The field that decides whether this one applies at all, and the answers with which it does.
    """

    id: str
    label: str
    kind: Kind
    choices: tuple[Choice, ...] = ()
    is_derived: bool = False
    only_if: tuple[str, tuple[str, ...]] | None = None


class UnknownField(KeyError):
    """No field has this id; the message names the nearest one."""

    def __str__(self) -> str:
        """The sentence as it is; a KeyError would quote it."""
        return str(self.args[0])


@cache
def fields() -> Mapping[str, Field]:
    """Every field by its id, in the order of the vocabulary.

    Raises:
        Faults: `resources/fields.toml` is damaged.
    """
    path = resource("fields.toml")
    return load_fields(path.read_text(encoding="utf-8"), path.name)


def field(field_id: str) -> Field:
    """Return the field with this id.

    Raises:
        UnknownField: There is none; the message names the nearest.
    """
    found = fields().get(field_id)
    if found is None:
        near = nearest(field_id, fields())
        hint = f"，最接近的是“{near}”" if near else ""
        raise UnknownField(f"没有字段“{field_id}”{hint}。")
    return found


def load_fields(text: str, file_name: str) -> Mapping[str, Field]:
    """Return the fields that a vocabulary file describes.

    Raises:
        Faults: With every fault of the file.
    """
    from desktop_app.toml_text import TomlFault, read_toml

    try:
        tables = read_toml(text, file_name)
    except TomlFault as fault:
        raise Faults([str(fault)]) from None
    faults: list[str] = []
    loaded = {field_id: _field(field_id, table, file_name, faults) for field_id, table in tables.items()}
    for field_id, one in loaded.items():
        if one is not None and one.only_if is not None and one.only_if[0] not in tables:
            faults.append(f'{file_name}：["{field_id}"]的only_if说到没有的字段“{one.only_if[0]}”，请改正。')
    if faults:
        raise Faults(faults)
    return MappingProxyType({field_id: one for field_id, one in loaded.items() if one is not None})


def _field(field_id: str, table: object, file_name: str, faults: list[str]) -> Field | None:
    """One field of the file; what is wrong with it is added to `faults`."""
    place = f'{file_name}：["{field_id}"]'
    if not isinstance(table, dict):
        faults.append(f'{place}应是一张表，请写成["{field_id}"]和下面的各项。')
        return None
    before = len(faults)
    for key in sorted(set(table) - {"label", "kind", "is_derived", "choices", "only_if"}):
        faults.append(f"{place}没有“{key}”这一项，请删去或改正拼写。")
    label, kind, choices = table.get("label"), table.get("kind"), table.get("choices", {})
    is_derived = table.get("is_derived", False)
    if not isinstance(label, str) or not label.strip():
        faults.append(f"{place}缺少label，请写上纸面上的中文名称。")
    if kind not in KINDS:
        faults.append(f"{place}的kind不是已知的种类，请用{'、'.join(KINDS)}之一。")
    if not isinstance(is_derived, bool):
        faults.append(f"{place}的is_derived应是true或false，请改正。")
    if not isinstance(choices, dict) or not all(isinstance(text, str) and text for text in choices.values()):
        faults.append(f"{place}的choices应是“选项 = 中文名称”，请改正。")
    elif bool(choices) != (kind in ("choice", "choices")):
        faults.append(f"{place}只有choice和choices才有选项，而且必须有，请改正kind或choices。")
    only_if = table.get("only_if", {})
    if not isinstance(only_if, dict) or not all(map(_is_words, only_if.values())) or len(only_if) > 1:
        faults.append(f"{place}的only_if应是“字段 = [选项]”，只写一个字段，请改正。")
    if len(faults) > before:
        return None
    deciding = next(((one, tuple(options)) for one, options in only_if.items()), None)
    pairs = tuple(Choice(choice_id, text) for choice_id, text in choices.items())
    return Field(field_id, str(label), cast(Kind, kind), pairs, bool(is_derived), deciding)


def _is_words(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(word, str) for word in value)
