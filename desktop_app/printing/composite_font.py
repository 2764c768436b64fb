"""One Type0 font object for each face: the text of a whole document in one font, and text that copies out right.

reportlab's own TrueType embedding cuts a face into fonts of 256 glyphs and writes a wrong text map for characters
above U+FFFF. It reads the bundled files (`face.py`); font object, subset and text map are ours.
"""

from array import array
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from desktop_app.printing.deflate import joined, packed, quickly_packed
from desktop_app.printing.face import FULL_WIDTH, face_named
from desktop_app.printing.glyph_run import GlyphRun, fixed_run, own_run
from desktop_app.printing.pdf_file import PdfFile
from desktop_app.printing.subset import FontFile, font_file_of

SUBSET_TAG = "AAAAAA"
_EMBEDDINGS_KEPT = 8  # more than the faces of a paper: those with fixed text alone are the same in every copy
_MAP_HEAD = packed(
    b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
    b"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
    b"1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
)
_MAP_FOOT = packed(b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend")


class Embedding(NamedTuple):
    """What a document holds of a face.

    Attributes:
        font_file: The font file.
        places: The place in it of each code, as a deflated CIDToGIDMap.
        text_map: The text of each code, as a deflated ToUnicode CMap.
        widths: What stands in the W array.
    """

    font_file: FontFile
    places: bytes
    text_map: bytes
    widths: bytes


@lru_cache(_EMBEDDINGS_KEPT)
def embedding(face_name: str, fixed: frozenset[str], own: frozenset[str]) -> Embedding:
    """Return what a document holds of a face that shows these characters.

    `fixed` are those of its papers' fixed parts: their half is made once for each paper. What is returned depends
    on the characters alone, not on the order in which they came.
    """
    face = face_named(face_name)
    first = fixed_run(face, fixed)
    runs = (first, own_run(face, own - fixed, first))
    return Embedding(
        font_file_of(face, runs),
        joined(quickly_packed(_places(runs))),
        joined(_MAP_HEAD, *(run.text_map for run in runs), _MAP_FOOT),
        b"".join([run.widths for run in runs]),
    )


def write_font(file: PdfFile, face_name: str, fixed: frozenset[str], own: frozenset[str]) -> int:
    """Write the font of a document in one face, see `embedding`; return its number."""
    face = face_named(face_name)
    held = embedding(face_name, fixed, own)
    name = f"{SUBSET_TAG}+{face.file_name}".encode("ascii")
    font_file = file.write_stream(held.font_file.deflated, b"/Length1 %d " % held.font_file.length)
    places = file.write_stream(held.places)
    text_map = file.write_stream(held.text_map)
    measures = (*face.bbox, face.italicAngle, face.ascent, face.descent, face.capHeight, face.stemV)
    descriptor = file.write(
        b"<< /Type /FontDescriptor /FontName /%b /Flags 4 /FontBBox [%g %g %g %g] /ItalicAngle %g"
        b" /Ascent %g /Descent %g /CapHeight %g /StemV %g /FontFile2 %d 0 R >>" % (name, *measures, font_file)
    )
    descendant = file.write(
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /%b"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
        b" /FontDescriptor %d 0 R /DW %d /W [%b] /CIDToGIDMap %d 0 R >>"
        % (name, descriptor, FULL_WIDTH, held.widths, places)
    )
    return file.write(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /%b /Encoding /Identity-H"
        b" /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>" % (name, descendant, text_map)
    )


def _places(runs: Sequence[GlyphRun]) -> bytes:
    """Return the CIDToGIDMap: for each code up to the highest, the place of its glyph in the font file."""
    places = array("H", bytes(2 * (1 + max([max(run.places, default=0) for run in runs]))))
    for run in runs:
        for code, place in run.places.items():
            places[code] = place
    places.byteswap()
    return places.tobytes()
