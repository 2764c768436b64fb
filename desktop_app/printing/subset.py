"""A font file with some glyphs of a bundled face: the tables that a PDF needs of it and no others, deflated.

The directory stands first as it must, then the small tables, then the outlines, which are nearly all of the file
and are not touched here. Source of the formats: OpenType 1.9, tables glyf, head, hhea, hmtx, loca, maxp.
"""

from array import array
from collections.abc import Sequence
from struct import pack
from typing import NamedTuple

from desktop_app.printing.deflate import joined, quickly_packed
from desktop_app.printing.face import Face, checksum
from desktop_app.printing.glyph_run import GlyphRun

_COPIED = ("cvt ", "fpgm", "prep")
_WHOLE_FILE = 0xB1B0AFBA  # what the words of a font file add up to with the adjustment in its head


class FontFile(NamedTuple):
    """A font file as a PDF stream holds it: deflated, and how long it is plain."""

    deflated: bytes
    length: int


def font_file_of(face: Face, runs: Sequence[GlyphRun]) -> FontFile:
    """Return the font file whose glyphs are those of the runs, in order."""
    offsets = array("I", [0])
    for run in runs:
        start = offsets[-1]
        offsets.extend([start + end for end in run.ends])
    length = offsets[-1]
    offsets.byteswap()
    count = len(offsets) - 1
    tables = {
        "head": _with(">h", _with(">I", face.get_table("head"), 8, 0), 50, 1),
        "hhea": _with(">H", face.get_table("hhea"), 34, count),
        "hmtx": b"".join([run.metrics for run in runs]),
        "loca": offsets.tobytes(),
        "maxp": _with(">H", face.get_table("maxp"), 4, count),
        **{tag: face.get_table(tag) for tag in _COPIED if tag in face.table},
    }
    begin = _beginning(tables, length, sum([run.checksum for run in runs]))
    deflated = joined(quickly_packed(begin), *(run.outlines for run in runs))
    return FontFile(deflated, len(begin) + length)


def _beginning(tables: dict[str, bytes], outlines_length: int, outlines_sum: int) -> bytes:
    """Return the directory and all tables but the outlines, which follow."""
    count = len(tables) + 1
    power = count.bit_length() - 1
    offset = 12 + 16 * count
    sums = {tag: checksum(table) for tag, table in tables.items()}
    entries = []
    for tag, table in tables.items():
        entries.append(pack(">4sIII", tag.encode("ascii"), sums[tag], offset, len(table)))
        offset += _padded_length(table)
    entries.append(pack(">4sIII", b"glyf", outlines_sum & 0xFFFFFFFF, offset, outlines_length))
    head = pack(">IHHHH", 0x00010000, count, 16 << power, power, count * 16 - (16 << power))
    directory = b"".join((head, *sorted(entries)))
    adjustment = _WHOLE_FILE - checksum(directory) - sum(sums.values()) - outlines_sum
    tables = {**tables, "head": _with(">I", tables["head"], 8, adjustment & 0xFFFFFFFF)}
    return b"".join((directory, *(table.ljust(_padded_length(table), b"\0") for table in tables.values())))


def _padded_length(table: bytes) -> int:
    return len(table) + -len(table) % 4


def _with(form: str, table: bytes, at: int, value: int) -> bytes:
    """Return a table with a value, in the form of `struct`, put in at a byte."""
    packed_value = pack(form, value)
    return table[:at] + packed_value + table[at + len(packed_value) :]
