"""The words of a paper as plain text for cells: values as printed, blanks as white space, squares as signs.

It measures text as the paper does, to know how many lines a cell needs. It knows no grid and no file.
"""

import math
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from desktop_app.case import Answers, Unread, holds
from desktop_app.forms import breaking, draw, faces, kinds
from desktop_app.forms.fields import fields
from desktop_app.forms.marks import MM_PER_POINT
from desktop_app.forms.model import Cell, Form, Kept, Number, Piece, Place, Row, Stretch, Words
from desktop_app.forms.slots import PAD, Slot

WIDEST_PITCH = 1.5  # of the size: the lines of faces with much white, which an office may have instead
LINE_PITCH = 1.3  # of the size: how close spreadsheets set the lines of one cell
CELL_ROOM = 2 * PAD + 0.8  # mm of a cell that a spreadsheet keeps free at its sides
CHOSEN, NOT_CHOSEN = "√", "□"
BETWEEN_PARTS = "　　　　"
_MOST_BLANKS = 12  # more white than this only pushes the next words out of sight


class Filled(NamedTuple):
    """A paper and the answers that its places show."""

    form: Form
    answers: Answers
    is_masked: bool


class Part(NamedTuple):
    """What stands between two arrows of a line; `width` in mm is its room on paper."""

    text: str
    width: float
    ends_with_words: bool


def shown(filled: Filled, row: Row, place: Place) -> str:
    """Return a value as on paper; empty where there is none or the row is for another choice."""
    form, answers, is_masked = filled
    value = answers.get(place.field_id)
    if value is None or (row.when and not holds(answers.get(row.when[0], ""), row.when[1])):
        return ""
    if is_masked and draw.is_masked_field(form, place.field_id) and isinstance(value, Unread):
        return kinds.show(fields()[place.field_id], value, "masked")
    slot = Slot(place.field_id, 0, 0, 0, 0, "text", style=place.style)
    return draw.text_of(form, slot, value, is_masked=is_masked)


def line_text(filled: Filled, row: Row, line: Sequence[Piece]) -> str:
    """Return the text of one line."""
    return "".join(_piece_text(filled, row, piece) for piece in line)


def _piece_text(filled: Filled, row: Row, piece: Piece) -> str:
    match piece:
        case Words():
            return piece.text
        case Place(option=""):
            return shown(filled, row, piece) or _white(piece.width, row.size)
        case Place():
            is_chosen = holds(filled.answers.get(piece.field_id, ""), piece.option)
            if piece.ring:
                return piece.ring + (CHOSEN if is_chosen else "")
            return CHOSEN if is_chosen else NOT_CHOSEN
        case Stretch() | Number():
            return ""
        case _:
            return _white(piece.width, row.size)


def parts_of(filled: Filled, row: Row, line: Sequence[Piece]) -> list[Part]:
    """Return what stands between the arrows of a line; arrows at its end are left out."""
    pieces: list[list[Piece]] = [[]]
    for piece in line:
        if isinstance(piece, Stretch):
            pieces.append([])
        else:
            pieces[-1].append(piece)
    while len(pieces) > 1 and not pieces[-1]:
        pieces.pop()
    return [
        Part(
            line_text(filled, row, each).rstrip(),
            sum(_piece_width(row, piece) for piece in each),
            bool(each) and not isinstance(each[-1], Place),
        )
        for each in pieces
    ]


def running_text(filled: Filled, row: Row, cell: Cell, width: float, height: float) -> str:
    """Return a cell's running text with line breaks; room for stamps stays as empty lines.

    `width` and `height` of the cell are in mm.
    """
    white = [is_white(line) for line in cell.lines]
    left_over = int((height - 1.0) / (row.size * WIDEST_PITCH * MM_PER_POINT)) - white.count(False)
    empty = max(left_over // max(white.count(True), 1), 1)
    out = []
    for line, is_empty in zip(cell.lines, white, strict=True):
        if is_empty:
            out.extend([""] * empty)
            continue
        parts = parts_of(filled, row, line)
        words = BETWEEN_PARTS.join(part.text for part in parts if part.text)
        if len(parts) > 1 and not parts[0].text:
            room = width - CELL_ROOM - wide(words, row)
            words = "　" * int(room / (row.size * MM_PER_POINT)) + words
        out.append(words.rstrip())
    return "\n".join(out)


def words_of(cell: Cell) -> str:
    """Return the wording of a label, lines as on paper."""
    return "\n".join("".join(each.text for each in line if isinstance(each, Words)) for line in cell.lines)


def is_white(line: Sequence[Piece]) -> bool:
    """True if a line is white space that takes what is left: empty, or for a stamp."""
    return not line or (len(line) == 1 and isinstance(line[0], Kept) and line[0].width is None)


def exact_number(text: str) -> Decimal | None:
    """Return the number that a text shows, if a spreadsheet's 15 digits show it in the same characters."""
    plain = text.replace(".", "", 1)
    if not (plain.isascii() and plain.isdigit()) or len(plain) > 15 or "." in (text[0], text[-1]):
        return None
    number = Decimal(text)
    return number if f"{number:f}" == text else None


@lru_cache(maxsize=4096)
def line_count(text: str, face: str, limit: float) -> int:
    """Return how many lines a text takes in cells `limit` em wide."""
    return sum(
        max(len(breaking.break_lines(breaking.em_tokens(line, face), limit)), 1) if line else 1
        for line in text.split("\n")
    )


def wide(text: str, row: Row) -> float:
    """Return how wide a text is in the row's face and size, mm."""
    return faces.width(faces.face_for(text, row.face), row.size)


def _white(width: float | None, size: float) -> str:
    """Return blanks about as wide as room for handwriting."""
    return "　" * min(math.ceil((width or 0.0) / (size * MM_PER_POINT)), _MOST_BLANKS)


def _piece_width(row: Row, piece: Piece) -> float:
    """Return the millimetres that a piece has on paper."""
    match piece:
        case Words():
            return wide(piece.text, row)
        case Place(option=option) if option:
            return wide(piece.ring or NOT_CHOSEN, row)
        case Stretch() | Number():
            return 0.0
        case _:
            return piece.width or 0.0
