"""Decide where everything of a paper stands: its fixed marks, the places of its values, the room kept free.

A form is laid out as bands, each measured from its own top: a stretch of text, the rows of a table. Bands are
stacked into pages; a list repeats the band of its row. This module knows no answers; `draw` sets the values.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

from desktop_app.forms.cell_setting import set_cell
from desktop_app.forms.faces import text_width
from desktop_app.forms.marks import Line, Mark, Path, Text
from desktop_app.forms.model import Block, Cell, Form, Row
from desktop_app.forms.running_text import natural_height
from desktop_app.forms.slots import Area, Room, Slot, shifted

RULE = 0.2  # mm
FRAME = 0.45  # mm
PAGE_NUMBER_SIZE = 9.0  # pt
SMALLEST_STAMP = 15.0  # mm: below this no stamp finds room


@dataclass(slots=True)
class Band:
    """One strip of a page, measured from its own top left corner; filled while it is set."""

    width: float = 0.0
    height: float = 0.0
    is_ruled: bool = False
    horizontal: set[tuple[float, float, float]] = field(default_factory=set)  # y, x1, x2
    vertical: set[tuple[float, float, float]] = field(default_factory=set)  # x, y1, y2
    marks: list[Mark] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    kept: list[Area] = field(default_factory=list)
    cells: list[Area] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LaidPage:
    """The fixed part of one page and the places of its values.

    Attributes:
        marks: Layer "form" only, in reading order.
        kept: Room for signatures and stamps, where nothing else is drawn.
        cells: The inside of every cell, for tests and for the window.
    """

    width: float
    height: float
    marks: tuple[Mark, ...]
    slots: tuple[Slot, ...]
    kept: tuple[Area, ...]
    cells: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """All pages of a paper, and what does not fit on it as (place, Chinese sentence)."""

    pages: tuple[LaidPage, ...]
    faults: tuple[tuple[str, str], ...]


@lru_cache(maxsize=64)
def lay_out(form: Form) -> Layout:
    """Return the paper without values; a list is filled with empty rows to the end of its first page."""
    if form.is_list and not form.is_statistics:
        return lay_out_rows(form, (row_height(form),) * _rows_of_blank(form), is_blank=True)
    bands = [_band(form, index) for index in range(len(form.blocks))]
    faults = [fault for band in bands for fault in band.faults]
    room = form.page_size[1] - form.margins[0] - form.margins[2]
    high = sum(block.space + band.height for block, band in zip(form.blocks, bands, strict=True))
    if high > room + 0.01:
        faults.append(("", f"内容比纸面高 {high - room:.1f} 毫米，请把行改矮或把页边距改小。"))
    return Layout((_stacked(form, list(_spaced(form, bands))),), tuple(faults))


def _spaced(form: Form, bands: Sequence[Band]) -> list[tuple[float, Band]]:
    top = form.margins[0]
    out = []
    for block, band in zip(form.blocks, bands, strict=True):
        top += block.space
        out.append((top, band))
        top += band.height
    return out


def row_height(form: Form) -> float:
    """Return the height in mm of a list's repeated row."""
    _, row = _repeated(form)
    return row.height or 0.0


def _repeated(form: Form) -> tuple[int, Row]:
    for index, block in enumerate(form.blocks):
        for row in block.rows:
            if row.role == "repeat":
                return index, row
    raise ValueError(f"{form.id} has no repeated row")


@dataclass(frozen=True, slots=True)
class _ListBands:
    """A list in three parts, each measured from its own top."""

    head: tuple[tuple[float, Band], ...]
    head_height: float
    foot: tuple[tuple[float, Band], ...]
    foot_height: float
    faults: tuple[tuple[str, str], ...]


@lru_cache(maxsize=64)
def _list_bands(form: Form) -> _ListBands:
    table, _ = _repeated(form)
    head: list[tuple[float, Band]] = []
    top = 0.0
    for index in range(table):
        top += form.blocks[index].space
        head.append((top, _band(form, index)))
        top += head[-1][1].height
    top += form.blocks[table].space
    head.append((top, _band(form, table, ("plain", "head"))))
    head_height = top + head[-1][1].height
    foot = [(0.0, _band(form, table, ("foot",)))]
    top = foot[0][1].height
    for index in range(table + 1, len(form.blocks)):
        top += form.blocks[index].space
        foot.append((top, _band(form, index)))
        top += foot[-1][1].height
    faults = [fault for _, band in (*head, *foot) for fault in band.faults]
    return _ListBands(tuple(head), head_height, tuple(foot), top, tuple(faults))


def _rows_of_blank(form: Form) -> int:
    bands = _list_bands(form)
    room = form.page_size[1] - form.margins[0] - form.margins[2] - bands.head_height - bands.foot_height
    table, row = _repeated(form)
    most = max(int(room / (row.height or 10.0)), 1)
    return min(form.blocks[table].min_rows or most, most)


def lay_out_rows(form: Form, heights: Sequence[float], *, is_blank: bool = False) -> Layout:
    """Return the pages of a list whose rows have these heights in mm: the head on each, the foot on the last."""
    bands = _list_bands(form)
    table, _ = _repeated(form)
    page_room = form.page_size[1] - form.margins[0] - form.margins[2] - bands.head_height
    faults = list(bands.faults)
    if page_room < bands.foot_height + (heights[0] if heights else 0):
        faults.append(("", "表头和表尾占满了纸面，一行也放不下，请把行改矮。"))
    pages = _paged(heights, page_room, bands.foot_height)
    row_bands = {height: _band(form, table, ("repeat",), height) for height in set(heights)}
    for band in row_bands.values():
        faults.extend(fault for fault in band.faults if fault not in faults)
    out = []
    first = 0
    for number, count in enumerate(pages, 1):
        stack = [(form.margins[0] + top, band) for top, band in bands.head]
        top = form.margins[0] + bands.head_height
        numbered: list[Slot] = []
        for index in range(first, first + count):
            band = row_bands[heights[index]]
            stack.append((top, band))
            numbered.extend(
                slot._replace(y=slot.y + top, x=slot.x + form.margins[3], row=index) for slot in band.slots
            )
            top += band.height
        if number == len(pages):
            stack.extend((top + offset, band) for offset, band in bands.foot)
        out.append(_stacked(form, stack, numbered, (number, len(pages))))
        first += count
    return Layout(tuple(out), tuple(faults))


def _paged(heights: Sequence[float], room: float, foot: float) -> list[int]:
    """Return how many rows stand on each page; the last page has the foot and, if any do, a row."""
    pages: list[int] = []
    first = 0
    while True:
        ends = list(accumulate(heights[first:]))
        if not ends or ends[-1] + foot <= room + 0.01:
            return [*pages, len(ends)]
        count = max(sum(1 for end in ends if end <= room + 0.01), 1)
        if count == len(ends) and count > 1:
            count -= 1
        elif count == len(ends):
            return [*pages, count]
        pages.append(count)
        first += count


def _band(form: Form, index: int, roles: tuple[str, ...] = (), height: float | None = None) -> Band:
    """Set the rows of one block that have one of `roles` (all without); `height` replaces a repeated row's."""
    block = form.blocks[index]
    rows = [(number, row) for number, row in enumerate(block.rows) if not roles or row.role in roles]
    band = Band(width=sum(block.columns), is_ruled=block.is_ruled)
    columns = list(accumulate(block.columns, initial=0.0))
    heights = [height or row.height or _natural_height(form, block, row) for _, row in rows]
    tops = dict(zip((number for number, _ in rows), accumulate(heights, initial=0.0), strict=False))
    bottoms = {number: tops[number] + each for (number, _), each in zip(rows, heights, strict=True)}
    band.height = sum(heights)
    for number, row in rows:
        for cell in row.cells:
            last = number + cell.row_span - 1
            left, right = columns[cell.column], columns[cell.column + cell.column_span]
            box = Area(
                left, tops[number], right - left, bottoms.get(last, bottoms[number]) - tops[number], "cell"
            )
            place = f"第{index + 1}块第{number + 1}行第{cell.column + 1}格"
            _set(form, block, row, cell, box, band, place)
    return band


def _natural_height(form: Form, block: Block, row: Row) -> float:
    width = sum(block.columns)
    return max(natural_height(form, row, cell, width) for cell in row.cells)


def _set(form: Form, block: Block, row: Row, cell: Cell, box: Area, band: Band, place: str) -> None:
    room = Room(box, row, block.is_ruled, block.align)
    result = set_cell(form, room, cell)
    band.marks.extend(result.marks)
    band.slots.extend(result.slots)
    band.kept.extend(result.kept)
    band.cells.append(box)
    band.faults.extend((place, sentence) for sentence in result.faults)
    for area in result.kept:
        if area.purpose == "stamp" and area.height < SMALLEST_STAMP and area.height > row.size:
            band.faults.append((place, f"盖章处只有 {area.height:.0f} 毫米高，请把这一行加高。"))
    if block.is_ruled:
        left, top, right, bottom = box.x, box.y, box.x + box.width, box.y + box.height
        band.horizontal.update(((_r(top), _r(left), _r(right)), (_r(bottom), _r(left), _r(right))))
        band.vertical.update(((_r(left), _r(top), _r(bottom)), (_r(right), _r(top), _r(bottom))))


def _r(value: float) -> float:
    return round(value, 3)


def _stacked(
    form: Form,
    stack: Sequence[tuple[float, Band]],
    numbered: Sequence[Slot] = (),
    page: tuple[int, int] = (1, 1),
) -> LaidPage:
    """Put bands on a page at their tops; bands of one table that touch share one frame."""
    left = form.margins[3]
    width, height = form.page_size
    marks: list[Mark] = list(_rules(stack, left))
    slots: list[Slot] = []
    kept: list[Area] = []
    cells: list[Area] = []
    for top, band in stack:
        marks.extend(shifted(mark, left, top) for mark in band.marks)
        kept.extend(area.moved(left, top) for area in band.kept)
        cells.extend(area.moved(left, top) for area in band.cells)
        if not any(slot.is_repeated for slot in band.slots):
            slots.extend(slot._replace(x=slot.x + left, y=slot.y + top) for slot in band.slots)
    slots.extend(numbered)
    if page[1] > 1:
        marks.append(_page_number(form, page))
    return LaidPage(width, height, tuple(marks), tuple(slots), tuple(kept), tuple(cells))


def _page_number(form: Form, page: tuple[int, int]) -> Text:
    words = f"第 {page[0]} 页　共 {page[1]} 页"
    width, height = form.page_size
    x = (width - text_width(words, "song", PAGE_NUMBER_SIZE)) / 2
    return Text(x, height - form.margins[2] / 2, PAGE_NUMBER_SIZE, "song", words, 0.0, "form")


def _rules(stack: Sequence[tuple[float, Band]], left: float) -> list[Mark]:
    """Return the grid of each table on the page: long lines where cells meet, and a frame round it."""
    marks: list[Mark] = []
    tables: list[list[tuple[float, Band]]] = []
    for top, band in stack:
        if not band.is_ruled or not band.cells:
            continue
        last = tables[-1][-1] if tables else None
        if last and abs(last[0] + last[1].height - top) < 0.01 and last[1].width == band.width:
            tables[-1].append((top, band))
        else:
            tables.append([(top, band)])
    for table in tables:
        y1, y2 = table[0][0], table[-1][0] + table[-1][1].height
        x1, x2 = left, left + table[0][1].width
        rows = _merged((_r(y + top), a, b) for top, band in table for y, a, b in band.horizontal)
        columns = _merged((x, _r(a + top), _r(b + top)) for top, band in table for x, a, b in band.vertical)
        marks.extend(
            Line(a + left, y, b + left, y, RULE, "form")
            for y, a, b in rows
            if abs(y - y1) > 0.01 and abs(y - y2) > 0.01
        )
        marks.extend(
            Line(x + left, a, x + left, b, RULE, "form")
            for x, a, b in columns
            if abs(x) > 0.01 and abs(x + left - x2) > 0.01
        )
        marks.append(Path(((x1, y1), (x2, y1), (x2, y2), (x1, y2)), FRAME, True, "form"))
    return marks


def _merged(segments: Iterable[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Join segments on one line that touch or overlap."""
    out: list[tuple[float, float, float]] = []
    for at, start, end in sorted(segments):
        if out and out[-1][0] == at and start <= out[-1][2] + 0.005:
            out[-1] = (at, out[-1][1], max(out[-1][2], end))
        else:
            out.append((at, start, end))
    return out
