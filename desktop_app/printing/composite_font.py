"""One Type0 font object for each face: the text of a whole document in one font, and text that copies out right.

reportlab's own TrueType embedding cuts a face into fonts of 256 glyphs and writes a wrong text map for characters
above U+FFFF. Its parser and its subsetter are sound and used here; the font object and the text map are ours.
"""

from functools import cache
from pathlib import Path
from struct import pack
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.ttfonts import TTFontFace

from desktop_app.forms.faces import font_file

SUBSET_TAG = "AAAAAA"
_BFCHAR_LIMIT = 100  # entries in one bfchar block, PDF 32000-1 9.10.3
_DEFAULT_WIDTH = 1000


class _Face(TTFontFace):  # type: ignore[misc]
    """A parsed font file that keeps its glyph table, which every subset copies from."""

    def __init__(self, path: str) -> None:
        self._tables: dict[str, bytes] = {}
        super().__init__(path)

    def get_table(self, tag: str) -> bytes:
        if tag not in self._tables:
            self._tables[tag] = super().get_table(tag)
        return self._tables[tag]


@cache
def _parsed(path: Path) -> _Face:
    return _Face(str(path))


class Codes(dict[str, str]):
    """Character to the four hex digits of its code in the document, given in the order of first use."""

    def __missing__(self, character: str) -> str:
        code = self[character] = f"{len(self) + 1:04X}"
        return code


class CompositeFont:
    """A face in one document: collects characters while pages are written, then becomes PDF objects."""

    def __init__(self, face: str) -> None:
        self.face = face
        self.codes = Codes()
        self.resource = f"F-{face.replace('_', '-')}"

    def addObjects(self, document: pdfdoc.PDFDocument) -> None:
        """Add the font, its subset and its text map to the document; reportlab calls this before it writes."""
        parsed = _parsed(font_file(self.face))
        points = [0, *(ord(character) for character in self.codes)]
        name = f"{SUBSET_TAG}+{font_file(self.face).stem}"
        stream = _stream(document, parsed.makeSubset(points))
        stream.dictionary["Length1"] = len(stream.content)
        descriptor = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("FontDescriptor"),
                "FontName": pdfdoc.PDFName(name),
                "Flags": 4,
                "FontBBox": pdfdoc.PDFArray(parsed.bbox),
                "ItalicAngle": parsed.italicAngle,
                "Ascent": parsed.ascent,
                "Descent": parsed.descent,
                "CapHeight": parsed.capHeight,
                "StemV": parsed.stemV,
                "FontFile2": document.Reference(stream, f"file:{name}"),
            }
        )
        descendant = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("CIDFontType2"),
                "BaseFont": pdfdoc.PDFName(name),
                "CIDSystemInfo": pdfdoc.PDFDictionary(
                    {
                        "Registry": pdfdoc.PDFString("Adobe"),
                        "Ordering": pdfdoc.PDFString("Identity"),
                        "Supplement": 0,
                    }
                ),
                "FontDescriptor": document.Reference(descriptor, f"descriptor:{name}"),
                "DW": _DEFAULT_WIDTH,
                "W": pdfdoc.PDFArray(_widths(parsed, points)),
                "CIDToGIDMap": document.Reference(
                    _stream(document, _glyph_map(parsed, points)), f"glyphs:{name}"
                ),
            }
        )
        font = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type0"),
                "BaseFont": pdfdoc.PDFName(name),
                "Encoding": pdfdoc.PDFName("Identity-H"),
                "DescendantFonts": pdfdoc.PDFArray([document.Reference(descendant, f"descendant:{name}")]),
                "ToUnicode": document.Reference(_stream(document, _text_map(self.codes)), f"text:{name}"),
            }
        )
        reference = document.Reference(font, f"font:{name}")
        document.idToObject["BasicFonts"].dict[self.resource] = reference


def _stream(document: pdfdoc.PDFDocument, content: bytes) -> Any:
    stream = pdfdoc.PDFStream(content=content)
    if document.compression:
        stream.filters = [pdfdoc.PDFZCompress]
    return stream


def _widths(parsed: _Face, points: list[int]) -> list[Any]:
    """Return the W array: runs of codes whose advance is not the default, in 1/1000 em."""
    out: list[Any] = []
    run: list[float] = []
    for code, point in enumerate(points):
        width = parsed.charWidths.get(point, parsed.defaultWidth) if point else parsed.defaultWidth
        if width != _DEFAULT_WIDTH:
            if not run:
                out.extend((code, pdfdoc.PDFArray([])))
                run = out[-1].sequence
            run.append(width)
        else:
            run = []
    return out


def _glyph_map(parsed: _Face, points: list[int]) -> bytes:
    """Return code to glyph number in the subset, numbered as `makeSubset` numbers them."""
    numbers = {0: 0}
    glyphs = [numbers.setdefault(parsed.charToGlyph.get(point, 0), len(numbers)) for point in points]
    return pack(f">{len(glyphs)}H", *glyphs)


def _text_map(codes: Codes) -> bytes:
    """Return the ToUnicode CMap, UTF-16BE with surrogate pairs (PDF 32000-1 9.10.3)."""
    entries = [
        f"<{code}> <{character.encode('utf-16-be').hex().upper()}>" for character, code in codes.items()
    ]
    blocks: list[str] = []
    for start in range(0, len(entries), _BFCHAR_LIMIT):
        block = entries[start : start + _BFCHAR_LIMIT]
        blocks.extend((f"{len(block)} beginbfchar", *block, "endbfchar"))
    lines = (
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <FFFF>",
        "endcodespacerange",
        *blocks,
        "endcmap",
        "CMapName currentdict /CMap defineresource pop",
        "end",
        "end",
    )
    return "\n".join(lines).encode("ascii")
