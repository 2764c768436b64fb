"""Write marks as PDF: text that copies out right, embedded subsets, equal bytes for equal input.

The fixed part of each page is written once as a form object and shown on every page that has it. Marks are painted
as they stand: this module measures nothing and knows no case.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc

from desktop_app.forms.draw import Drawing
from desktop_app.forms.marks import ALL_LAYERS, Layer, Line, Mark, Text
from desktop_app.printing.composite_font import CompositeFont, compressed
from desktop_app.printing.overprint import Offset
from desktop_app.whole_file import whole_file

POINTS_PER_MM = 72 / 25.4
LANGUAGE = "zh-CN"
rl_config.pdfComments = 0  # reportlab's notes to its own developers


class Sheet(NamedTuple):
    """One page as it goes to paper: its fixed marks, shared between papers, and the marks of its values."""

    width: float
    height: float
    form: tuple[Mark, ...]
    values: tuple[Mark, ...]


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


class _Page(pdfdoc.PDFObject):  # type: ignore[misc]
    """One page object, written as text: reportlab's own costs more than all that stands on it."""

    __RefOnly__ = 1

    def __init__(self, size: tuple[float, float], resources: Any, contents: Any) -> None:
        self.size = size
        self.resources = resources
        self.contents = contents

    def format(self, document: pdfdoc.PDFDocument) -> bytes:
        parent, resources, contents = (
            document.Reference(each).format(document)
            for each in (document.Pages, self.resources, self.contents)
        )
        box = b"[0 0 %.3f %.3f]" % self.size
        parts = (b"/Parent", parent, b"/MediaBox", box, b"/Resources", resources, b"/Contents", contents)
        return b"<< /Type /Page " + b" ".join(parts) + b" >>"


class _Writer:
    """One document being written."""

    def __init__(self, title: str, layers: frozenset[Layer], offset: Offset) -> None:
        self.layers = layers
        self.offset = offset
        self.document = pdfdoc.PDFDocument(compression=1, invariant=1, lang=LANGUAGE, pdfVersion=(1, 5))
        information = self.document.info
        information.title, information.author, information.subject = title, "", ""
        information.creator = information.producer = "desktop-app"
        self.shown = pdfdoc.PDFDictionary({})
        self.resources = pdfdoc.PDFDictionary(
            {"Font": pdfdoc.PDFObjectReference(pdfdoc.BasicFonts), "XObject": self.shown}
        )
        self.resources_reference = self.document.Reference(self.resources)
        self.fonts: dict[str, CompositeFont] = {}
        self.forms: dict[int, tuple[str, tuple[Mark, ...]]] = {}

    def page(self, sheet: Sheet) -> None:
        operators = []
        if sheet.form and "form" in self.layers:
            operators.append(f"/{self._form(sheet)} Do")
        values = [mark for mark in sheet.values if mark.layer in self.layers]
        if values:
            operators.append(self._operators(values, sheet.height))
        contents = compressed("\n".join(operators).encode("ascii"))
        self.document.addPage(_Page(_points(sheet), self.resources, contents))

    def finished(self) -> bytes:
        self.document.delayedFonts.extend(self.fonts.values())
        content: bytes = self.document.GetPDFData(None)
        return content

    def _form(self, sheet: Sheet) -> str:
        """Return the name of the form object for a page's fixed marks, written at its first use."""
        known = self.forms.get(id(sheet.form))
        if known:
            return known[0]
        name = f"Paper{len(self.forms) + 1}"
        stream = compressed(self._operators(sheet.form, sheet.height).encode("ascii"))
        stream.dictionary.dict.update(
            {
                "Type": pdfdoc.PDFName("XObject"),
                "Subtype": pdfdoc.PDFName("Form"),
                "BBox": pdfdoc.PDFArray([0, 0, *_points(sheet)]),
                "Resources": self.resources_reference,
            }
        )
        self.shown[name] = self.document.Reference(stream)
        self.forms[id(sheet.form)] = (name, sheet.form)
        return name

    def _operators(self, marks: Sequence[Mark], height: float) -> str:
        """Return PDF operators for marks; y grows downwards in mm here and upwards in points there."""
        right, down = self.offset.right * POINTS_PER_MM, (height - self.offset.down) * POINTS_PER_MM
        out = [f"q {POINTS_PER_MM:.6f} 0 0 {-POINTS_PER_MM:.6f} {right:.3f} {down:.3f} cm 2 J"]
        is_text = False
        spread = 0.0
        face, size, width = "", 0.0, -1.0
        codes: dict[str, str] = {}
        for mark in marks:
            if type(mark) is Text:
                if not is_text:
                    out.append("BT")
                    is_text = True
                if face != mark.face or size != mark.size:
                    face, size = mark.face, mark.size
                    font = self._font(face)
                    codes = font.codes
                    out.append(f"/{font.resource} {size / POINTS_PER_MM:.5f} Tf")
                if spread != mark.spread:
                    spread = mark.spread
                    out.append(f"{spread:.4f} Tc")
                text = "".join([codes[character] for character in mark.text])
                out.append(f"1 0 0 -1 {mark.x:.3f} {mark.y:.3f} Tm<{text}>Tj")
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
        out.append("ET Q" if is_text else "Q")
        return "\n".join(out)

    def _font(self, face: str) -> CompositeFont:
        font = self.fonts.get(face)
        if font is None:
            font = self.fonts[face] = CompositeFont(face)
        return font


def _points(sheet: Sheet) -> tuple[float, float]:
    return sheet.width * POINTS_PER_MM, sheet.height * POINTS_PER_MM
