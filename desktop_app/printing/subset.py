"""Cut a TrueType face down to some of its glyphs: the tables that a PDF needs of it and no others.

reportlab parses the file and has a subsetter of its own, which copies the whole glyph table and all naming tables
for every subset: two thirds of the time of a small document. Here each glyph is read once in the life of the
program. Source of the formats: OpenType 1.9, tables glyf, loca, hmtx, maxp, head.
"""

from array import array
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from struct import pack, unpack_from
from typing import NamedTuple

from reportlab.pdfbase.ttfonts import TTFontFace

_WORDS, _MORE, _SCALE, _TWO_SCALES, _MATRIX = 0x0001, 0x0020, 0x0008, 0x0040, 0x0080
_COPIED = ("cvt ", "fpgm", "prep")


class Glyph(NamedTuple):
    """One outline.

    Attributes:
        outline: Its bytes, padded to a multiple of four.
        checksum: Their sum as big-endian words.
        parts: (offset of the number, glyph number) of each component; empty for a simple outline.
    """

    outline: bytes
    checksum: int
    parts: tuple[tuple[int, int], ...]


class Face(TTFontFace):  # type: ignore[misc]
    """A parsed font file whose glyphs are read once each."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._glyphs: dict[int, Glyph] = {}
        self._start: int = self.get_table_pos("glyf")[0]

    def glyph(self, number: int) -> Glyph:
        """Return an outline by its number in the file."""
        known = self._glyphs.get(number)
        if known is None:
            start, end = self._start + self.glyphPos[number], self._start + self.glyphPos[number + 1]
            outline: bytes = self._ttf_data[start:end]
            padded = outline + bytes(-len(outline) % 4)
            known = self._glyphs[number] = Glyph(padded, _checksum(padded), _parts(outline))
        return known

    def number_of(self, point: int) -> int:
        """Return the glyph of a code point; 0 where the face lacks it."""
        return int(self.charToGlyph.get(point, 0))


@cache
def parsed(path: Path) -> Face:
    """Return the face in a file, read once."""
    return Face(str(path))


class Subset(NamedTuple):
    """A font file with some glyphs of another, and which number each has got in it."""

    content: bytes
    numbers: dict[int, int]


def cut(face: Face, wanted: Iterable[int]) -> Subset:
    """Return a font file with the glyphs of these numbers, in order, after glyph 0; components follow."""
    numbers = {0: 0}
    for number in wanted:
        numbers.setdefault(number, len(numbers))
    order = list(numbers)
    for number in order:  # grows while components are found
        for _, part in face.glyph(number).parts:
            if part not in numbers:
                numbers[part] = len(numbers)
                order.append(part)
    outlines: list[bytes] = []
    offsets = [0]
    checksum = 0
    for number in order:
        glyph = face.glyph(number)
        outline = glyph.outline
        if glyph.parts:
            outline = _renumbered(glyph, numbers)
            checksum += _checksum(outline)
        else:
            checksum += glyph.checksum
        outlines.append(outline)
        offsets.append(offsets[-1] + len(outline))
    metrics = array("H", (int(value) & 0xFFFF for number in order for value in face.hmetrics[number]))
    metrics.byteswap()
    places = array("I", offsets)
    places.byteswap()
    tables = {
        "glyf": b"".join(outlines),
        "head": _with_short(_with_short(face.get_table("head"), 50, 1), 8, 0, 0),
        "hhea": _with_short(face.get_table("hhea"), 34, len(order)),
        "hmtx": metrics.tobytes(),
        "loca": places.tobytes(),
        "maxp": _with_short(face.get_table("maxp"), 4, len(order)),
    }
    tables.update({tag: face.get_table(tag) for tag in _COPIED if tag in face.table})
    return Subset(_file(tables, {"glyf": checksum & 0xFFFFFFFF}), numbers)


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


def _renumbered(glyph: Glyph, numbers: dict[int, int]) -> bytes:
    outline = bytearray(glyph.outline)
    for at, number in glyph.parts:
        outline[at : at + 2] = pack(">H", numbers[number])
    return bytes(outline)


def _with_short(table: bytes, at: int, *values: int) -> bytes:
    """Return a table with 16-bit values put in at a byte."""
    return table[:at] + pack(f">{len(values)}H", *values) + table[at + 2 * len(values) :]


def _checksum(content: bytes) -> int:
    words = array("I", content + bytes(-len(content) % 4))
    words.byteswap()
    return sum(words) & 0xFFFFFFFF


def _file(tables: dict[str, bytes], checksums: dict[str, int]) -> bytes:
    """Return tables as a font file, in the order of their tags."""
    count = len(tables)
    power = count.bit_length() - 1
    head = [pack(">IHHHH", 0x00010000, count, 16 << power, power, count * 16 - (16 << power))]
    body = []
    offset = 12 + 16 * count
    for tag in sorted(tables):
        content = tables[tag]
        checksum = checksums[tag] if tag in checksums else _checksum(content)
        head.append(pack(">4sIII", tag.encode("ascii"), checksum, offset, len(content)))
        padded = content + bytes(-len(content) % 4)
        body.append(padded)
        offset += len(padded)
    return b"".join((*head, *body))
