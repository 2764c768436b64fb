"""The fonts inside a PDF are sound font files with the outlines of the bundled faces, and copy out as they read."""

import zlib
from io import BytesIO
from struct import unpack

import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from desktop_app.forms import faces
from desktop_app.forms.marks import Page, Text
from desktop_app.printing.deflate import joined, packed, quickly_packed
from desktop_app.printing.pdf import Sheet, pdf_bytes
from tests.printing.test_pdf import assert_marks_read_back, characters

# Digits and capitals are narrow, ¨ and − are made of other glyphs in Kai, and each face has its share of names.
FIXED = {
    "song": "申请表 Aj1¨",
    "song_bold": "申请表 Aj1",
    "hei": "申请表 Aj1",
    "kai": "申请表 Aj1¨",
    "rare": "𠀀",
}
OWN = {
    "song": "样例㛃㐀−",
    "song_bold": "样例−",
    "hei": "样例−",
    "kai": "样例𬱖−´",
    "rare": "𠀁𪜀",
}


def text_page(face: str) -> tuple[Sheet, Page]:
    """Return a page with fixed words and words of its own in one face, and all its marks."""
    fixed = (Text(20, 30, 14, face, FIXED[face], 0.0, "form"),)
    own = (Text(20, 50, 14, face, OWN[face], 0.0, "value"), Text(20, 60, 9, face, FIXED[face], 1.5, "value"))
    return Sheet(210, 297, fixed, own), Page(210, 297, fixed + own)


def embedded(content: bytes) -> DictionaryObject:
    """Return the CIDFont of a document that has one font."""
    (font,) = PdfReader(BytesIO(content), strict=True).pages[0]["/Resources"]["/Font"].values()
    descendant = font["/DescendantFonts"][0].get_object()
    assert isinstance(descendant, DictionaryObject)
    return descendant


def outline(font: TTFont, name: str) -> list[object]:
    pen = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[name].draw(pen)
    return list(pen.value)


@pytest.mark.parametrize("face", faces.FACES)
def test_an_embedded_font_is_a_sound_file_with_the_outlines_of_its_face(face: str) -> None:
    sheet, _ = text_page(face)
    descendant = embedded(pdf_bytes([sheet], ""))
    stream = descendant["/FontDescriptor"]["/FontFile2"]
    content = stream.get_data()
    assert stream["/Length1"] == len(content)
    assert (sum(unpack(f">{len(content) // 4}I", content)) & 0xFFFFFFFF) == 0xB1B0AFBA
    font = TTFont(BytesIO(content), checkChecksums=2)
    whole = TTFont(faces.font_file(face))
    places = descendant["/CIDToGIDMap"].get_data()
    used = sorted(set(FIXED[face] + OWN[face]))
    assert font["maxp"].numGlyphs >= len(used) + 1
    for character in used:
        name = whole.getBestCmap()[ord(character)]
        code = whole.getGlyphID(name)
        place = int.from_bytes(places[2 * code : 2 * code + 2], "big")
        assert place, character
        copy = font.getGlyphName(place)
        assert outline(font, copy) == outline(whole, name), character
        assert font["hmtx"][copy] == whole["hmtx"][name], character


@pytest.mark.parametrize("face", faces.FACES)
def test_characters_stand_where_the_marks_say_in_each_face(face: str) -> None:
    sheet, page = text_page(face)
    content = pdf_bytes([sheet], "")
    assert_marks_read_back(page, content)
    read = "".join(each.text for each in characters(content)).replace(" ", "")
    assert read == (FIXED[face] + OWN[face] + FIXED[face]).replace(" ", "")


def test_pieces_join_in_any_order() -> None:
    parts = [b"", b"one piece " * 9, bytes(70_000), bytes(range(256)) * 20]
    pieces = [pack(part) for part in parts for pack in (packed, quickly_packed)]
    for order in (pieces, pieces[::-1]):
        assert zlib.decompress(joined(*order)) == b"".join(piece.content for piece in order)
