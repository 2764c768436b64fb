"""Write marks as PDF: text that copies out right, embedded subsets, equal bytes for equal input.

The fixed part of each page is written once as a form object and shown on every page that has it. Marks are painted
as they stand: this module measures nothing and knows no case.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path as FilePath
from typing import NamedTuple

from desktop_app.forms.draw import Drawing
from desktop_app.forms.marks import ALL_LAYERS, Layer, Mark
from desktop_app.printing.composite_font import write_font
from desktop_app.printing.deflate import joined, quickly_packed
from desktop_app.printing.operators import POINTS_PER_MM, fixed_part, operators, resource_name
from desktop_app.printing.overprint import Offset
from desktop_app.printing.pdf_file import PdfFile, text_string
from desktop_app.whole_file import write_whole

LANGUAGE = b"zh-CN"


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
    write_whole(path, pdf_bytes(pages, title, layers=layers, offset=offset))


def pdf_bytes(
    pages: Iterable[Sheet], title: str, *, layers: frozenset[Layer] = ALL_LAYERS, offset: Offset = NOWHERE
) -> bytes:
    """Return pages as the bytes of a PDF; equal input gives equal bytes."""
    writer = _Writer(title, layers, offset)
    for sheet in pages:
        writer.page(sheet)
    return writer.finished()


class _Writer:
    """One document being written."""

    def __init__(self, title: str, layers: frozenset[Layer], offset: Offset) -> None:
        self.title = title
        self.layers = layers
        self.offset = offset
        self.file = PdfFile()
        self.catalog = self.file.number()
        self.parent = self.file.number()
        self.resources = self.file.number()
        self.pages: list[int] = []
        self.forms: dict[int, _Form] = {}
        self.used: dict[str, set[str]] = {}

    def page(self, sheet: Sheet) -> None:
        shown = []
        if sheet.form and "form" in self.layers:
            shown.append(f"/{self._form(sheet).name} Do")
        values = [mark for mark in sheet.values if mark.layer in self.layers]
        if values:
            shown.append(operators(values, sheet.height, self.offset, self.used))
        contents = self.file.write_stream(joined(quickly_packed("\n".join(shown).encode("ascii"))))
        self.pages.append(
            self.file.write(
                b"<< /Type /Page /Parent %d 0 R /MediaBox %b /Resources %d 0 R /Contents %d 0 R >>"
                % (self.parent, _box(sheet), self.resources, contents)
            )
        )

    def finished(self) -> bytes:
        file = self.file
        file.write(self._resources(), self.resources)
        kids = b" ".join([b"%d 0 R" % page for page in self.pages])
        file.write(b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(self.pages), kids), self.parent)
        file.write(b"<< /Type /Catalog /Pages %d 0 R /Lang (%b) >>" % (self.parent, LANGUAGE), self.catalog)
        maker = b"/Creator (desktop-app) /Producer (desktop-app)"
        information = file.write(b"<< /Title %b %b >>" % (text_string(self.title), maker))
        return file.finished(self.catalog, information)

    def _form(self, sheet: Sheet) -> "_Form":
        """Return the form object for a page's fixed marks, written at its first use."""
        known = self.forms.get(id(sheet.form))
        if known is None:
            part = fixed_part(sheet.form, sheet.height, self.offset)
            entries = b"/Type /XObject /Subtype /Form /BBox %b /Resources %d 0 R " % (
                _box(sheet),
                self.resources,
            )
            number = self.file.write_stream(part.deflated, entries)
            known = _Form(f"Paper{len(self.forms) + 1}", number, part.used, sheet.form)
            self.forms[id(sheet.form)] = known
        return known

    def _resources(self) -> bytes:
        """Write the fonts; return what pages and form objects call by name."""
        fixed: dict[str, frozenset[str]] = {}
        for form in self.forms.values():
            for face, characters in form.used.items():
                fixed[face] = fixed.get(face, frozenset()) | characters
        fonts = []
        for face in sorted({*fixed, *self.used}):
            own = frozenset(self.used.get(face, ()))
            number = write_font(self.file, face, fixed.get(face, frozenset()), own)
            fonts.append(f"/{resource_name(face)} {number} 0 R")
        forms = [f"/{form.name} {form.number} 0 R" for form in self.forms.values()]
        return f"<< /XObject << {' '.join(forms)} >> /Font << {' '.join(fonts)} >> >>".encode("ascii")


class _Form(NamedTuple):
    """A form object: its name on pages, its number, its characters, and the marks that it shows."""

    name: str
    number: int
    used: Mapping[str, frozenset[str]]
    marks: tuple[Mark, ...]  # held, so that their identity stays theirs


def _box(sheet: Sheet) -> bytes:
    """Return a page's size in points as a rectangle."""
    return b"[0 0 %.3f %.3f]" % (sheet.width * POINTS_PER_MM, sheet.height * POINTS_PER_MM)
