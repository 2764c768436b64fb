"""Write marks as PDF: text that copies out right, embedded subsets, equal bytes for equal input.

The fixed part of each page is written once as a form object and shown on every page that has it. Marks are painted
as they stand: this module measures nothing and knows no case.
"""

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path as FilePath
from typing import NamedTuple

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from desktop_app.forms.draw import Drawing
from desktop_app.forms.marks import ALL_LAYERS, Layer, Line, Mark, Text
from desktop_app.printing.composite_font import CompositeFont
from desktop_app.whole_file import whole_file

POINTS_PER_MM = 72 / 25.4
LANGUAGE = "zh-CN"
rl_config.useA85 = 0  # binary streams: smaller and faster than reportlab's text armour


class Sheet(NamedTuple):
    """One page as it goes to paper: its fixed marks, shared between papers, and the marks of its values."""

    width: float
    height: float
    form: tuple[Mark, ...]
    values: tuple[Mark, ...]


class Offset(NamedTuple):
    """How far everything is moved on the paper, mm; right and down are positive."""

    right: float = 0.0
    down: float = 0.0


NOWHERE = Offset()


def sheets(drawing: Drawing) -> Iterator[Sheet]:
    """Return the pages of a drawing, fixed marks and values apart, continuation pages last."""
    for laid, values in zip(drawing.layout.pages, drawing.values, strict=True):
        yield Sheet(laid.width, laid.height, laid.marks, values)
    for page in drawing.further:
        yield Sheet(page.width, page.height, (), page.marks)


def write_pdf(
    path: FilePath,
    pages: Iterable[Sheet],
    title: str,
    *,
    layers: frozenset[Layer] = ALL_LAYERS,
    offset: Offset = NOWHERE,
) -> None:
    """Write pages to a PDF file, whole or not at all.

    `layers` says what is printed, {"value"} for over-printing on a pre-printed form; `offset` how far it is moved.

    Raises:
        WriteFault: If the file cannot be written.
    """
    with whole_file(path) as beside:
        beside.write_bytes(pdf_bytes(pages, title, layers=layers, offset=offset))


def pdf_bytes(
    pages: Iterable[Sheet], title: str, *, layers: frozenset[Layer] = ALL_LAYERS, offset: Offset = NOWHERE
) -> bytes:
    """Return pages as the bytes of a PDF; equal input gives equal bytes."""
    writer = _Writer(title, layers, offset)
    for sheet in pages:
        writer.page(sheet)
    return writer.finished()


class _Canvas(Canvas):  # type: ignore[misc]
    """A canvas that names no standard font: everything it shows is embedded."""

    def _make_preamble(self) -> None:
        self._preamble = "1 0 0 1 0 0 cm"


class _Writer:
    """One document being written."""

    def __init__(self, title: str, layers: frozenset[Layer], offset: Offset) -> None:
        self.layers = layers
        self.offset = offset
        self.out = BytesIO()
        self.canvas = _Canvas(self.out, pageCompression=1, invariant=1, lang=LANGUAGE)
        self.canvas.setTitle(title)
        self.canvas.setAuthor("")
        self.canvas.setSubject("")
        self.canvas.setCreator("desktop-app")
        self.fonts: dict[str, CompositeFont] = {}
        self.forms: dict[int, tuple[str, tuple[Mark, ...]]] = {}

    def page(self, sheet: Sheet) -> None:
        size = (sheet.width * POINTS_PER_MM, sheet.height * POINTS_PER_MM)
        if self.canvas._pagesize != size:
            self.canvas.setPageSize(size)
        if sheet.form and "form" in self.layers:
            self.canvas.doForm(self._form(sheet, size))
        values = [mark for mark in sheet.values if mark.layer in self.layers]
        if values:
            self.canvas.addLiteral(self._operators(values, sheet.height))
        self.canvas.showPage()

    def finished(self) -> bytes:
        document = self.canvas._doc
        document.delayedFonts.extend(self.fonts.values())
        self.canvas.save()
        return self.out.getvalue()

    def _form(self, sheet: Sheet, size: tuple[float, float]) -> str:
        """Return the name of the form object for a page's fixed marks, written at its first use."""
        known = self.forms.get(id(sheet.form))
        if known:
            return known[0]
        name = f"paper{len(self.forms) + 1}"
        self.canvas.beginForm(name, 0, 0, *size)
        self.canvas.addLiteral(self._operators(sheet.form, sheet.height))
        self.canvas.endForm()
        self.forms[id(sheet.form)] = (name, sheet.form)
        return name

    def _operators(self, marks: Sequence[Mark], height: float) -> str:
        """Return PDF operators for marks; y grows downwards in mm here and upwards in points there."""
        right, down = self.offset
        out = [
            f"{POINTS_PER_MM:.6f} 0 0 {-POINTS_PER_MM:.6f} {right * POINTS_PER_MM:.3f} "
            f"{(height - down) * POINTS_PER_MM:.3f} cm 2 J 0 j"
        ]
        is_text = False
        spread = 0.0
        font: tuple[str, float] | None = None
        width = -1.0
        for mark in marks:
            if type(mark) is Text:
                if not is_text:
                    out.append("BT")
                    is_text = True
                if font != (mark.face, mark.size):
                    font = (mark.face, mark.size)
                    out.append(f"/{self._font(mark.face).resource} {mark.size / POINTS_PER_MM:.5f} Tf")
                if spread != mark.spread:
                    spread = mark.spread
                    out.append(f"{spread:.4f} Tc")
                codes = self._font(mark.face).codes
                text = "".join([codes[character] for character in mark.text])
                out.append(f"1 0 0 -1 {mark.x:.3f} {mark.y:.3f} Tm <{text}> Tj")
                continue
            if is_text:
                out.append("ET")
                is_text = False
            assert not isinstance(mark, Text)
            if width != mark.width:
                width = mark.width
                out.append(f"{width:.3f} w")
            if isinstance(mark, Line):
                out.append(f"{mark.x1:.3f} {mark.y1:.3f} m {mark.x2:.3f} {mark.y2:.3f} l S")
            else:
                points = [f"{x:.3f} {y:.3f}" for x, y in mark.points]
                end = "s" if mark.is_closed else "S"
                out.append(f"{points[0]} m {' l '.join(points[1:])} l {end}")
        if is_text:
            out.append("ET")
        return "q " + "\n".join(out) + " Q"

    def _font(self, face: str) -> CompositeFont:
        font = self.fonts.get(face)
        if font is None:
            font = self.fonts[face] = CompositeFont(face)
        return font
