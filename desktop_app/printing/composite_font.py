"""One Type0 font object for each face: the text of a whole document in one font, and text that copies out right.

reportlab's own TrueType embedding cuts a face into fonts of 256 glyphs and writes a wrong text map for characters
above U+FFFF. Its parser and its document are used here; font object, subset and text map are ours.
"""

import zlib
from struct import pack
from typing import Any

from reportlab.pdfbase import pdfdoc

from desktop_app.forms.faces import font_file
from desktop_app.printing.subset import Face, cut, parsed

COMPRESSION = 1  # of 9: a fifth larger than 6 and three times as fast
SUBSET_TAG = "AAAAAA"
_BFCHAR_LIMIT = 100  # entries in one bfchar block, PDF 32000-1 9.10.3
_DEFAULT_WIDTH = 1000


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
        face = parsed(font_file(self.face))
        glyphs = [0, *(face.number_of(ord(character)) for character in self.codes)]
        name = f"{SUBSET_TAG}+{font_file(self.face).stem}"
        subset = cut(face, glyphs)
        stream = compressed(subset.content)
        stream.dictionary["Length1"] = len(subset.content)
        glyph_map = pack(f">{len(glyphs)}H", *(subset.numbers[glyph] for glyph in glyphs))
        descriptor = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("FontDescriptor"),
                "FontName": pdfdoc.PDFName(name),
                "Flags": 4,
                "FontBBox": pdfdoc.PDFArray(face.bbox),
                "ItalicAngle": face.italicAngle,
                "Ascent": face.ascent,
                "Descent": face.descent,
                "CapHeight": face.capHeight,
                "StemV": face.stemV,
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
                "W": _widths(face, glyphs),
                "CIDToGIDMap": document.Reference(compressed(glyph_map), f"glyphs:{name}"),
            }
        )
        font = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Font"),
                "Subtype": pdfdoc.PDFName("Type0"),
                "BaseFont": pdfdoc.PDFName(name),
                "Encoding": pdfdoc.PDFName("Identity-H"),
                "DescendantFonts": pdfdoc.PDFArray([document.Reference(descendant, f"descendant:{name}")]),
                "ToUnicode": document.Reference(compressed(_text_map(self.codes)), f"text:{name}"),
            }
        )
        reference = document.Reference(font, f"font:{name}")
        document.idToObject["BasicFonts"].dict[self.resource] = reference


def compressed(content: bytes) -> Any:
    """Return a stream object that holds `content` deflated."""
    stream = pdfdoc.PDFStream(content=zlib.compress(content, COMPRESSION))
    stream.dictionary["Filter"] = pdfdoc.PDFName("FlateDecode")
    return stream


def _widths(face: Face, glyphs: list[int]) -> str:
    """Return the W array: runs of codes whose advance is not the default, in 1/1000 em."""
    out: list[str] = []
    is_open = False
    for code, glyph in enumerate(glyphs):
        width = face.hmetrics[glyph][0] * 1000 / face.unitsPerEm
        if width == _DEFAULT_WIDTH:
            out.append("] " if is_open else "")
            is_open = False
        else:
            out.append(f"{width:g} " if is_open else f"{code} [{width:g} ")
            is_open = True
    return f"[{''.join(out)}{']' if is_open else ''}]"


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
