"""A list paper as rows and columns: the same words, values and order as the printed paper, on one grid.

The paper's blocks may have columns of their own; a spreadsheet has one set. The columns of the list are that set,
and whatever else stands on the paper covers some of them. This module knows no file and no spreadsheet library.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from desktop_app.case import Answers, Case
from desktop_app.forms.cell_setting import SMALLEST_LABEL, is_label
from desktop_app.forms.fields import fields
from desktop_app.forms.layout import lay_out
from desktop_app.forms.marks import MM_PER_POINT
from desktop_app.forms.model import Align, Block, Cell, Form, Number, Piece, Place, Row
from desktop_app.forms.running_text import NUMBER_KINDS
from desktop_app.forms.statistics import with_statistics
from desktop_app.registers.paper_words import (
    BETWEEN_PARTS,
    CELL_ROOM,
    LINE_PITCH,
    Filled,
    Part,
    exact_number,
    is_white,
    line_count,
    parts_of,
    running_text,
    shown,
    wide,
    words_of,
)

_PAGE_SHARES = (0.99, 1.0, 1.02)  # of a page: spreadsheets round rows, and scale columns to the page's width
_TOO_NARROW = 20.0  # how much worse a millimetre too few is than a millimetre off the paper's place


class Look(NamedTuple):
    """How a cell's text stands.

    Attributes:
        face: A name of `faces.FACES`.
        size: Points.
        is_wrapped: Long text wraps; otherwise it shrinks, as numbers do on paper.
        vertical: At the "top", "center" or "bottom" of its row.
    """

    face: str
    size: float
    align: Align
    is_wrapped: bool
    vertical: str = "center"


class GridCell(NamedTuple):
    """One cell, covering columns `first` up to but not `end`, and `row_span` rows.

    Attributes:
        number: The value where it may be calculated with; `text` is how the paper shows it all the same.
    """

    first: int
    end: int
    row_span: int
    text: str
    look: Look
    number: Decimal | None = None


class GridRow(NamedTuple):
    """One row; `height` in mm. `table` numbers the framed table that it belongs to, -1 for none."""

    height: float
    cells: tuple[GridCell, ...]
    table: int = -1


@dataclass(frozen=True, slots=True)
class Grid:
    """A list paper on one grid.

    Attributes:
        columns: Widths in mm.
        head_rows: How many rows stand again at the top of each page.
        needs_pages: The rows are higher than one page, so that the paper carries page numbers.
        break_after: Number of the row that ends a page, so that the foot stays whole and has a row above it; 0
            where pages may end anywhere.
    """

    columns: tuple[float, ...]
    rows: tuple[GridRow, ...]
    head_rows: int
    needs_pages: bool
    break_after: int


def grid_of(form: Form, case: Case, *, is_masked: bool = False) -> Grid:
    """Return a list paper filled with a case, rows in the case's order.

    Without rows it has as many empty ones as the blank paper. With `is_masked` the form's masked fields show
    their ends alone.
    """
    bounds = _bounds(form)
    filled = Filled(form, with_statistics(form, case.answers, case.rows), is_masked)
    rows: list[GridRow] = []
    head_rows = list_end = 0
    table = -1
    for index, block in enumerate(form.blocks):
        before = form.blocks[index - 1] if index else None
        if block.is_ruled and not (before and before.is_ruled and not block.space):
            table += 1
        space = _leave_space(rows, block)
        for number, row in enumerate(block.rows):
            strip = _Strip(bounds, block, number, table if block.is_ruled else -1)
            if row.role == "repeat":
                head_rows = len(rows)
                rows.extend(_list_rows(strip, filled, case.rows))
                list_end = len(rows)
            elif block.is_ruled or len(row.cells) > 1:
                rows.append(_table_row(strip, filled))
            elif row.cells:
                rows.extend(_text_rows(strip, filled, row.cells[0], 0.0 if number else space))
    room = form.page_size[1] - form.margins[0] - form.margins[2]
    widths = tuple(right - left for left, right in pairwise(bounds))
    heights = [row.height for row in rows]
    break_after = _break_before_foot(heights, head_rows, list_end, room) if case.rows else 0
    return Grid(widths, tuple(rows), head_rows, sum(heights) > room, break_after)


def _break_before_foot(heights: Sequence[float], head_rows: int, list_end: int, room: float) -> int:
    """Return after which row a page must end because the foot has no room below the last one; 0 for none."""
    head, foot = sum(heights[:head_rows]), sum(heights[list_end:])
    if not foot or list_end - head_rows < 2:
        return 0
    for share in _PAGE_SHARES:
        used = head
        for height in heights[head_rows:list_end]:
            used = head + height if used + height > room * share else used + height
        if used + foot > room * share:
            return list_end - 1
    return 0


def _leave_space(rows: list[GridRow], block: Block) -> float:
    """Put the white space above a block below the text before it, and return what the block itself must leave.

    Between two tables it is a row of its own.
    """
    before = rows[-1] if rows else None
    if block.space and before and before.table < 0 and before.cells:
        cells = tuple(cell._replace(look=cell.look._replace(vertical="top")) for cell in before.cells)
        rows[-1] = before._replace(height=before.height + block.space, cells=cells)
        return 0.0
    if block.space and block.is_ruled:
        rows.append(GridRow(block.space, ()))
        return 0.0
    return block.space


def _bounds(form: Form) -> tuple[float, ...]:
    """Return where the columns begin and end, mm from the left: those of the list, or of its widest table.

    A table with more columns than that adds its own.
    """
    tables = [block for block in form.blocks if len(block.columns) > 1] or list(form.blocks)
    lists = [block for block in tables if any(row.role == "repeat" for row in block.rows)]
    main = (lists or sorted(tables, key=lambda block: len(block.columns), reverse=True))[0]
    bounds = set(accumulate(main.columns, initial=0.0))
    for block in tables:
        if len(block.columns) > len(bounds) - 1:
            bounds |= {each for each in accumulate(block.columns) if min(abs(each - b) for b in bounds) > 0.5}
    return tuple(sorted(bounds))


@lru_cache(maxsize=256)
def snapped(bounds: tuple[float, ...], ends: tuple[float, ...], needs: tuple[float, ...]) -> tuple[int, ...]:
    """Return for each part, in order, the index in `bounds` at which it ends; the last takes what is left.

    The ends lie as near as can be to where the paper has them (`ends`, mm), but no part gets less room than its
    text needs (`needs`, mm) if there is a way.
    """
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for at, need in zip(ends, needs, strict=True):
        reached: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, path) in best.items():
            for end in range(start + 1, len(bounds)):
                short = max(0.0, need - (bounds[end] - bounds[start]))
                total = cost + abs(bounds[end] - at) + _TOO_NARROW * short
                if end not in reached or total < reached[end][0]:
                    reached[end] = (total, (*path, end))
        best = reached
    return best[len(bounds) - 1][1]


@dataclass(frozen=True, slots=True)
class _Strip:
    """One row of a block on the grid.

    Attributes:
        bounds: Where the grid's columns begin and end, mm.
        table: As in `GridRow`.
    """

    bounds: tuple[float, ...]
    block: Block
    number: int
    table: int

    @property
    def row(self) -> Row:
        return self.block.rows[self.number]

    @property
    def ends(self) -> tuple[int, ...]:
        """Index in `bounds` of the left edge of the block's first column, then of each right edge."""
        edges = tuple(accumulate(self.block.columns))
        return (0, *snapped(self.bounds, edges, (0.0,) * len(edges)))

    def height(self, row_span: int) -> float:
        """Return the millimetres of a cell over so many rows."""
        return sum(each.height or 0.0 for each in self.block.rows[self.number : self.number + row_span])

    def width(self, first: int, end: int) -> float:
        """Return the millimetres from one column up to another."""
        return self.bounds[end] - self.bounds[first]

    def line_count(self, cell: GridCell) -> int:
        """Return how many lines a cell's text takes."""
        face, size, _, is_wrapped, _ = cell.look
        room = (self.width(cell.first, cell.end) - CELL_ROOM) / (size * MM_PER_POINT)
        return line_count(cell.text, face, room) if is_wrapped else 1

    def needed(self, cell: GridCell) -> float:
        """Return the height in mm without which a cell's text would be hidden."""
        pitch = cell.look.size * LINE_PITCH * MM_PER_POINT
        return self.line_count(cell) * pitch + 0.6 if cell.text else 0.0


def _list_rows(strip: _Strip, filled: Filled, rows: Sequence[Answers]) -> Iterator[GridRow]:
    """Yield the list's rows with running numbers, or the empty ones of the blank paper."""
    for place, answers in enumerate(rows, 1):
        yield _table_row(strip, filled._replace(answers=answers), str(place))
    if not rows:
        slots = lay_out(filled.form).pages[0].slots
        empty = _table_row(strip, filled._replace(answers={}))
        yield from [empty] * len({slot.row for slot in slots if slot.row >= 0})


def _table_row(strip: _Strip, filled: Filled, place: str = "") -> GridRow:
    """Return a row of a table, higher than on paper where its text needs it; `place` is its running number."""
    ends = strip.ends
    cells = tuple(
        _table_cell(strip, filled, cell, (ends[cell.column], ends[cell.column + cell.column_span]), place)
        for cell in strip.row.cells
    )
    needed = max((strip.needed(cell) for cell in cells if cell.row_span == 1), default=0.0)
    return GridRow(max(strip.row.height or 0.0, needed), cells, strip.table)


def _table_cell(strip: _Strip, filled: Filled, cell: Cell, span: tuple[int, int], place: str) -> GridCell:
    row = strip.row
    if is_label(cell):
        look = Look(row.face, row.size, strip.block.align, True)
        return _fitted(strip, GridCell(*span, cell.row_span, words_of(cell), look))
    piece = cell.lines[0][0] if len(cell.lines) == 1 and len(cell.lines[0]) == 1 else None
    if isinstance(piece, Number):
        look = Look("song", row.size, "center", False)
        return GridCell(*span, cell.row_span, place, look, exact_number(place))
    if isinstance(piece, Place) and not piece.option:
        return _value_cell(row, cell, piece, span, shown(filled, row, piece))
    text = running_text(filled, row, cell, strip.width(*span), strip.height(cell.row_span))
    return GridCell(*span, cell.row_span, text, Look(row.face, row.size, "left", True))


def _fitted(strip: _Strip, cell: GridCell) -> GridCell:
    """Return a label at a size at which it fits its cell, as on paper."""
    height = strip.height(cell.row_span)
    while height and strip.needed(cell) > height and cell.look.size > SMALLEST_LABEL:
        cell = cell._replace(look=cell.look._replace(size=cell.look.size - 0.5))
    return cell


def _value_cell(row: Row, cell: Cell, place: Place, span: tuple[int, int], text: str) -> GridCell:
    """Return the cell of one value: a number where it reads the same as on paper, else text."""
    known = fields().get(place.field_id)
    kind = known.kind if known else "whole_number"  # counted numbers of statistics
    is_number = kind in NUMBER_KINDS and not place.style.startswith("capitals")
    number = exact_number(text) if kind in ("money", "whole_number") and place.style in ("", "wan") else None
    face = "song" if is_number or text.isascii() else "kai"
    return GridCell(*span, cell.row_span, text, Look(face, row.size, place.align, not is_number), number)


def _text_rows(strip: _Strip, filled: Filled, cell: Cell, space: float) -> Iterator[GridRow]:
    """Yield text outside tables, a row for each of its lines; white lines share what height is left.

    The first leaves `space` mm above its text.
    """
    row = strip.row
    pitch = row.size * max(row.lead, LINE_PITCH) * MM_PER_POINT
    white = [is_white(line) for line in cell.lines]
    made = [
        () if is_empty else _line_cells(strip, filled, cell, line)
        for line, is_empty in zip(cell.lines, white, strict=True)
    ]
    heights = [pitch * max((strip.line_count(each) for each in cells), default=1) for cells in made]
    used = sum(height for height, is_empty in zip(heights, white, strict=True) if not is_empty)
    spare = max((row.height or 0.0) - used, 0.0) / (white.count(True) or len(made))
    for cells, height, is_empty in zip(made, heights, white, strict=True):
        if is_empty:
            height = max(spare, pitch)
        elif not any(white):
            height += spare
        if space:
            cells = tuple(each._replace(look=each.look._replace(vertical="bottom")) for each in cells)
        yield GridRow(height + space, cells)
        space = 0.0


def _line_cells(strip: _Strip, filled: Filled, cell: Cell, line: Sequence[Piece]) -> tuple[GridCell, ...]:
    """Return the cells of one line: its parts stand as near as can be to their places on paper."""
    row, last = strip.row, len(strip.bounds) - 1
    parts = parts_of(filled, row, line)
    align: Align = strip.block.align if is_label(cell) else "left"
    look = Look(row.face, row.size, align, True)
    if len(parts) == 1 or len(parts) > last:
        return (GridCell(0, last, 1, BETWEEN_PARTS.join(part.text for part in parts), look),)
    reached = _part_ends(strip, parts)
    out = []
    for part, first, end in zip(parts, (0, *reached), reached, strict=False):
        is_right = part is parts[-1] and part.ends_with_words
        if part.text:
            out.append(
                GridCell(first, end, 1, part.text, look._replace(align="right" if is_right else "left"))
            )
    return tuple(out)


def _part_ends(strip: _Strip, parts: Sequence[Part]) -> tuple[int, ...]:
    width = strip.bounds[-1]
    white = max(width - sum(part.width for part in parts), 0.0) / (len(parts) - 1)
    starts = list(accumulate((part.width + white for part in parts), initial=0.0))
    needs = (round(wide(part.text, strip.row) * 1.03 + CELL_ROOM, 1) if part.text else 0.0 for part in parts)
    return snapped(strip.bounds, (*starts[1:-1], width), tuple(needs))
