"""A bundled font file, read once: its outlines, its advances, and the number of each character's glyph.

reportlab parses the file. Each glyph is taken out of it once in the life of the program. Source of the formats:
OpenType 1.9, tables glyf, head, hmtx.
"""

from array import array
from functools import cache
from struct import unpack_from
from typing import NamedTuple

from reportlab.pdfbase.ttfonts import TTFontFace

from desktop_app.forms.faces import font_file
from desktop_app.printing.deflate import packed

FULL_WIDTH = 1000  # 1/1000 em
_WORDS, _MORE, _SCALE, _TWO_SCALES, _MATRIX = 0x0001, 0x0020, 0x0008, 0x0040, 0x0080


class Glyph(NamedTuple):
    """One outline, and all that a file says of it beside its place there.

    Attributes:
        number: Its number in the bundled file, which is its code in every document.
        outline: Its bytes, padded to a multiple of four.
        blocks: The same, deflated by themselves.
        checksum: Their sum as big-endian words.
        metric: Advance and left side bearing as they stand in the file.
        width: Its entry in a W array; none where it is a full em wide.
        text: Its line in a text map; none where it is no character of its own.
        parts: (offset of the number, glyph number) of each component; empty for a simple outline.
    """

    number: int
    outline: bytes
    blocks: bytes
    checksum: int
    metric: bytes
    width: bytes
    text: bytes
    parts: tuple[tuple[int, int], ...]


class Face(TTFontFace):  # type: ignore[misc]
    """A parsed font file whose glyphs are read once each.

    Attributes:
        file_name: The name of the file without its ending.
        glyphs: The glyph of each character, .notdef where the face lacks it.
    """

    def __init__(self, name: str) -> None:
        path = font_file(name)
        super().__init__(str(path))
        self.file_name = path.stem
        self.glyphs = _Glyphs(self)
        self._em: int = unpack_from(">H", self.get_table("head"), 18)[0]
        self._outlines: int = self.get_table_pos("glyf")[0]
        self._metrics: bytes = self.get_table("hmtx")
        # Glyphs after these have the advance of the last of them; reportlab gives it in another unit.
        self._advances: int = unpack_from(">H", self.get_table("hhea"), 34)[0]

    def number_of(self, character: str) -> int:
        """Return the number of a character's glyph; 0, that of .notdef, where the face lacks it."""
        return int(self.charToGlyph.get(ord(character), 0))

    def glyph(self, number: int, character: str = "") -> Glyph:
        """Return a glyph by its number, as that of a character or as a part of others."""
        start, end = self._outlines + self.glyphPos[number], self._outlines + self.glyphPos[number + 1]
        outline: bytes = self._ttf_data[start:end]
        padded = outline + bytes(-len(outline) % 4)
        metric = self._metric(number)
        thousandths = int.from_bytes(metric[:2], "big") * 1000 / self._em
        width = b"%d[%g]" % (number, thousandths) if thousandths != FULL_WIDTH else b""
        text = _text_line(number, character) if character and number else b""
        blocks = packed(padded).blocks
        return Glyph(number, padded, blocks, checksum(padded), metric, width, text, _parts(outline))

    def _metric(self, number: int) -> bytes:
        if number < self._advances:
            return self._metrics[4 * number : 4 * number + 4]
        advance = 4 * (self._advances - 1)
        bearing = 4 * self._advances + 2 * (number - self._advances)
        return self._metrics[advance : advance + 2] + self._metrics[bearing : bearing + 2]


class _Glyphs(dict[str, Glyph]):
    """The glyphs of characters, each read once."""

    def __init__(self, face: Face) -> None:
        self._face = face

    def __missing__(self, character: str) -> Glyph:
        glyph = self[character] = self._face.glyph(self._face.number_of(character), character)
        return glyph


@cache
def face_named(name: str) -> Face:
    """Return one of the bundled faces, read once."""
    return Face(name)


def checksum(content: bytes | bytearray) -> int:
    """Return the sum of big-endian words, as a font file's directory has it."""
    words = array("I", content + bytes(-len(content) % 4))
    words.byteswap()
    return sum(words) & 0xFFFFFFFF


def _text_line(code: int, character: str) -> bytes:
    """Return code and text as a bfchar entry, UTF-16BE with surrogate pairs (PDF 32000-1 9.10.3)."""
    return f"<{code:04X}> <{character.encode('utf-16-be').hex()}>\n".encode("ascii")


def _parts(outline: bytes) -> tuple[tuple[int, int], ...]:
    if len(outline) < 10 or outline[0] < 0x80:
        return ()
    parts = []
    at, flags = 10, _MORE
    while flags & _MORE:
        flags, number = unpack_from(">HH", outline, at)
        parts.append((at + 2, number))
        at += 8 if flags & _WORDS else 6
        at += 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _MATRIX else 0
    return tuple(parts)
