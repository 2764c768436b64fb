"""Printing on pre-printed forms: how far a printer is off, which pages are printed, and the page that measures it.

Offsets are kept for each printer, tray and form under a name; whoever has settings stores them. No Qt here.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from desktop_app.forms import breaking, faces
from desktop_app.forms.marks import MM_PER_POINT, Layer, Line, Mark, Page, Text

CROSS_INSET = 20.0  # mm from two edges of the paper to the middle of each cross
RULER_LENGTH = 100.0  # mm
LARGEST_OFFSET = 50.0  # mm
MOST_COPIES = 99
_CROSS_ARM = 6.0
_THIN = 0.15
_RANGE = re.compile(r"(\d+)(?:-(\d+))?$")
_SENTENCES = (
    "打印测试页：请用直尺量一量。",
    "横尺和竖尺都应是 100 毫米长；不是的话，请在打印机设置里关掉“缩放”或“适合纸张”。",
    "四个十字的中心离最近的两条纸边都应是 20 毫米。",
    "偏左多少毫米，“向右调整”就填多少；偏上多少毫米，“向下调整”就填多少；反方向填负数。",
)


class Offset(NamedTuple):
    """How far everything is moved on the paper, mm; right and down are positive."""

    right: float = 0.0
    down: float = 0.0


def offset_name(printer: str, tray: str, form_id: str) -> str:
    """Return the name under which the offset of a form on one tray of one printer is kept.

    >>> offset_name("HP 1020", "", "jilin.application")
    'printing.offset/HP 1020//jilin.application'
    """
    return f"printing.offset/{printer}/{tray}/{form_id}"


def offset_text(offset: Offset) -> str:
    """Return an offset as it is kept, in tenths of millimetres; `read_offset` reads it back.

    >>> offset_text(Offset(1.5, -0.8))
    '1.5 -0.8'
    """
    return f"{offset.right:.1f} {offset.down:.1f}"


def read_offset(text: str) -> Offset:
    """Return a kept offset; none where nothing or nothing readable was kept."""
    parts = text.split()
    try:
        right, down = (float(part) for part in parts)
    except ValueError:
        return Offset()
    if max(abs(right), abs(down)) <= LARGEST_OFFSET:
        return Offset(right, down)
    return Offset()


def page_numbers(text: str, count: int) -> tuple[int, ...]:
    """Return the pages (from 1) that a range such as 1-3,5 names, in order, each once; all without a range.

    Raises:
        ValueError: With one sentence where the range cannot be read or the paper has no such page.

    >>> page_numbers("2－3，5", 6)
    (2, 3, 5)
    """
    plain = text.translate(str.maketrans("０１２３４５６７８９，、；－—～至", "0123456789,,,----")).replace(
        " ", ""
    )
    wanted: set[int] = set()
    for part in filter(None, plain.split(",")):
        found = _RANGE.match(part)
        if found is None:
            raise ValueError(f"页码“{part}”看不懂，请写成 1-3,5 这样。")
        first, last = int(found[1]), int(found[2] or found[1])
        if not 1 <= first <= last <= count:
            raise ValueError(f"页码“{part}”不在 1 到 {count} 之间，请改正。")
        wanted.update(range(first, last + 1))
    return tuple(sorted(wanted)) or tuple(range(1, count + 1))


def printed_pages(pages: Sequence[Page], layers: frozenset[Layer]) -> tuple[Page, ...]:
    """Return the pages on which these layers have anything: over-printing feeds no empty sheet."""
    return tuple(page for page in pages if any(mark.layer in layers for mark in page.marks))


def ruler_page(width: float, height: float) -> Page:
    """Return the test page for a paper size in mm: four crosses, two rulers of 100 mm, and what to do with them."""
    marks: list[Mark] = []
    for x in (CROSS_INSET, width - CROSS_INSET):
        for y in (CROSS_INSET, height - CROSS_INSET):
            marks.append(_line(x - _CROSS_ARM, y, x + _CROSS_ARM, y))
            marks.append(_line(x, y - _CROSS_ARM, x, y + _CROSS_ARM))
    left, top = 50.0, 50.0
    marks.extend(_ruler(left, top, is_level=True))
    marks.extend(_ruler(left, top, is_level=False))
    limit = width - CROSS_INSET - left - 12
    y = top + 24.0
    for sentence in _SENTENCES:
        for line in _broken(sentence, limit, 10.5):
            marks.append(Text(left + 14, y, 10.5, "song", line, 0.0, "form"))
            y += 6.0
        y += 2.0
    size = f"纸张 {width:g} × {height:g} 毫米"
    marks.append(Text(left + 14, y, 10.5, "song", size, 0.0, "form"))
    return Page(width, height, tuple(marks))


def _line(x1: float, y1: float, x2: float, y2: float) -> Line:
    return Line(x1, y1, x2, y2, _THIN, "form")


def _ruler(left: float, top: float, *, is_level: bool) -> list[Mark]:
    """Return a ruler from a point to the right or down, a stroke each millimetre, figures each centimetre."""
    marks: list[Mark] = []
    end = (left + RULER_LENGTH, top) if is_level else (left, top + RULER_LENGTH)
    marks.append(_line(left, top, *end))
    for millimetre in range(int(RULER_LENGTH) + 1):
        stroke = 5.0 if millimetre % 10 == 0 else 3.5 if millimetre % 5 == 0 else 2.0
        if is_level:
            marks.append(_line(left + millimetre, top, left + millimetre, top - stroke))
        else:
            marks.append(_line(left, top + millimetre, left - stroke, top + millimetre))
        if millimetre % 10 == 0:
            figure = str(millimetre)
            wide = faces.text_width(figure, "song", 8.0)
            x = left + millimetre - wide / 2 if is_level else left - stroke - wide - 1.0
            y = top - stroke - 1.0 if is_level else top + millimetre + 1.0
            marks.append(Text(x, y, 8.0, "song", figure, 0.0, "form"))
    return marks


def _broken(text: str, limit: float, size: float) -> list[str]:
    """Return lines of at most `limit` mm, by the Chinese rules."""
    lines = breaking.break_lines(breaking.em_tokens(text, "song"), limit / (size * MM_PER_POINT))
    return ["".join(token.text for token in line) for line in lines]
