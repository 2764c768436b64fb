"""Read the text of one cell: wording, places in braces, arrows that stretch.

    姓　　名                            wording
    {applicant.name}                    the value of a field; takes what is left of the line
    {claim.amount 24 ruled}             24 mm wide, with a line under it
    {claim.applied_on 12 year}年        a part of a value (styles of `kinds.show`)
    {applicant.id_number boxes=18}      one box for each character
    {certificate.level=5}初级（五级）   a square that is ticked for this choice
    {claim.is_shortage=yes ring=是}     a printed word that is ringed for this choice
    {_ 12}  {signature 35}  {stamp}     room for handwriting, a signature, a stamp
    {#}                                 the running number of a repeated row
    →                                   white space that takes what is left of the line
    (an empty line)                     white space that takes what is left of the cell

It knows no positions and no fields; `load` asks the vocabulary.
"""

import re
from typing import get_args

from desktop_app.forms.model import Align, Blank, Kept, Number, Piece, Place, Stretch, Words

_PART = re.compile(r"(\{[^{}\n]*\}|→)")
_NUMBER = re.compile(r"\d+(\.\d+)?$")
STYLES = frozenset(
    (
        "year",
        "month",
        "day",
        "iso",
        "numeral",
        "title",
        "long",
        "capitals",
        "capitals_full",
        "masked",
        "yes",
        "no",
        "wan",
    )
)
_ALIGNS = frozenset(get_args(Align))


class MarkupFault(ValueError):
    """A place that cannot be read; the message is one Chinese sentence with the remedy."""


def read_lines(text: str) -> tuple[tuple[Piece, ...], ...]:
    """Return the lines of a cell as pieces; raise `MarkupFault` at the first place that cannot be read."""
    return tuple(_read_line(line) for line in text.split("\n"))


def _read_line(line: str) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    for part in _PART.split(line):
        if part == "→":
            pieces.append(Stretch())
        elif part.startswith("{") and part.endswith("}"):
            pieces.append(_read_place(part[1:-1]))
        elif "{" in part or "}" in part:
            raise MarkupFault(f"“{part.strip()}”里的花括号不成对，请补上另一半。")
        elif part:
            pieces.append(Words(part))
    return tuple(pieces)


def _read_place(inside: str) -> Piece:
    name, *options = inside.split()[:1] + inside.split()[1:] if inside.split() else ("",)
    if not name:
        raise MarkupFault("空的花括号没有意义，请写上字段名，或删去。")
    width: float | None = None
    settings: dict[str, str] = {}
    flags: set[str] = set()
    for option in options:
        key, equals, value = option.partition("=")
        if _NUMBER.match(option):
            width = float(option)
        elif equals and key in ("boxes", "ring", "kind", "level"):
            settings[key] = value
        elif option in STYLES or option in _ALIGNS or option == "ruled":
            flags.add(option)
        else:
            raise MarkupFault(
                f"“{{{inside}}}”里的“{option}”不认识，请改用宽度（毫米）、对齐方式或已有的写法。"
            )
    return _made(name, width, settings, flags)


def _made(name: str, width: float | None, settings: dict[str, str], flags: set[str]) -> Piece:
    is_ruled = "ruled" in flags
    if name == "#":
        return Number()
    if name == "_":
        if width is None:
            raise MarkupFault("“{_}”没有写宽度，请写成“{_ 12}”这样，单位毫米。")
        return Blank(width, is_ruled)
    if name == "signature":
        return Kept("signature", width)
    if name == "stamp":
        return Kept("stamp", width)
    field_id, _, option = name.partition("=")
    if field_id in ("statistics.persons", "statistics.amount"):
        field_id = f"{field_id}:{settings.get('kind', 'total')}:{settings.get('level', 'total')}"
    align: Align = "left" if "left" in flags else "right" if "right" in flags else "center"
    style = next(iter(flags & STYLES), "")
    boxes = settings.get("boxes", "0")
    if not boxes.isdecimal() or ("boxes" in settings and not 1 <= int(boxes) <= 60):
        raise MarkupFault(f"“boxes={boxes}”不是格数，请写成“boxes=18”这样。")
    return Place(field_id, option, width, align, style, int(boxes), settings.get("ring", ""), is_ruled)
