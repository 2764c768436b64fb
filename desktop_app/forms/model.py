"""What a paper is: plain records, in millimetres and points, made once by the loader.

A form is blocks one under another. A block is a table of cells; a line of text is a table of one cell without rules.
This module knows neither files nor positions; `layout` decides where things stand.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from desktop_app.case import Answers, Case
from desktop_app.forms.fields import fields

Align = Literal["left", "center", "right"]
Role = Literal["plain", "head", "repeat", "foot"]
Purpose = Literal["signature", "stamp"]

PAPER_SIZES: Mapping[str, tuple[float, float]] = {"A4": (210.0, 297.0), "A3": (297.0, 420.0)}


class Words(NamedTuple):
    """Fixed wording, to the letter of the document."""

    text: str


class Place(NamedTuple):
    """Where the value of one field is shown.

    Attributes:
        field_id: A field of the vocabulary; in a repeated row, of that row.
        option: The choice that a square or ring stands for; empty for a value.
        width: Millimetres; None takes what is left of the line.
        style: Which reading of the value, as in `kinds.show`.
        boxes: Number of character boxes; 0 for plain text.
        ring: The printed word that is ringed when the option holds.
    """

    field_id: str
    option: str = ""
    width: float | None = None
    align: Align = "center"
    style: str = ""
    boxes: int = 0
    ring: str = ""
    is_ruled: bool = False


class Blank(NamedTuple):
    """Room for handwriting inside a line."""

    width: float
    is_ruled: bool = False


class Kept(NamedTuple):
    """Room that stays free for a signature or a stamp; width None takes what is left."""

    purpose: Purpose
    width: float | None = None


class Stretch(NamedTuple):
    """White space that takes an equal share of what is left of the line."""


class Number(NamedTuple):
    """The running number of a repeated row."""


Piece = Words | Place | Blank | Kept | Stretch | Number


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its place in the grid and its lines; an empty line is white space that stretches."""

    row: int
    column: int
    row_span: int
    column_span: int
    lines: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Attributes:
        height: Millimetres; None is as high as its text.
        when: (field id, choice id): the row's places show only for that choice.
        size: Points.
        lead: Line pitch as a multiple of the size.
    """

    height: float | None
    cells: tuple[Cell, ...]
    role: Role = "plain"
    when: tuple[str, str] | None = None
    size: float = 10.5
    lead: float = 1.5
    face: str = "song"


@dataclass(frozen=True, slots=True)
class Block:
    """A table, or with `is_ruled` false a stretch of text.

    Attributes:
        columns: Widths in mm.
        space: White space above, mm.
        align: How lines of words alone stand.
    """

    columns: tuple[float, ...]
    rows: tuple[Row, ...]
    space: float = 0.0
    is_ruled: bool = True
    align: Align = "center"
    min_rows: int = 0


@dataclass(frozen=True, slots=True)
class FormField:
    """A field as one paper asks for it."""

    field_id: str
    label: str
    is_required: bool
    is_repeated: bool


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """An official paper as data. A released form is never edited in meaning: a new paper is a new version.

    Attributes:
        version: The day from which the paper is used, ISO.
        source: Document number and attachment.
        margins: top, right, bottom, left, mm.
        wording: Field id to choice id to the paper's own words.
        help: Field id to what the document says about it, with the article.
        masked: Fields that a copy for posting shows masked.
        order: Fields that a list is sorted by; levels from 初级 up.
        derived: Fields that this paper works out beside those that every paper does.
    """

    id: str
    version: str
    title: str
    region: str
    source: str
    paper: str
    orientation: Literal["portrait", "landscape"]
    copies: int
    is_list: bool
    is_sample: bool
    margins: tuple[float, float, float, float]
    blocks: tuple[Block, ...]
    fields: tuple[FormField, ...]
    wording: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    help: Mapping[str, str] = field(default_factory=dict)
    masked: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()

    @property
    def page_size(self) -> tuple[float, float]:
        """Width and height in mm, as the paper is held."""
        width, height = PAPER_SIZES[self.paper]
        return (height, width) if self.orientation == "landscape" else (width, height)

    @property
    def places(self) -> Iterator[Place]:
        """Every place of a value, in the paper's order."""
        for block in self.blocks:
            for row in block.rows:
                for cell in row.cells:
                    for line in cell.lines:
                        yield from (piece for piece in line if isinstance(piece, Place))

    @property
    def is_statistics(self) -> bool:
        """True for a fixed matrix whose numbers are counted from the rows."""
        return self.is_list and not any(row.role == "repeat" for block in self.blocks for row in block.rows)


def label_of(form: Form, field_id: str) -> str:
    """Return what the paper calls a field, without the blanks that spread a label over its cell."""
    known = fields().get(field_id)
    named = known.label if known else field_id
    label = next((each.label for each in form.fields if each.field_id == field_id), named)
    return "".join(label.split())


def in_order(form: Form, rows: Sequence[Answers]) -> tuple[Answers, ...]:
    """Return rows in the order that the paper demands; rows without the value come last, equals as they were."""
    out = list(rows)
    for field_id in reversed(form.order):
        is_level = fields()[field_id].kind == "level"
        held = [row for row in out if field_id in row]
        held.sort(key=lambda row: str(row[field_id]), reverse=is_level)
        out = held + [row for row in out if field_id not in row]
    return tuple(out)


def case_of(form: Form, answers: Answers, rows: Sequence[Answers] = (), day: date = date.min) -> Case:
    """Return a case for a paper that is filled outside the store."""
    return Case(form.id, form.version, form.region, day, answers, tuple(rows))
