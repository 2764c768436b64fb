"""Some characters of a face made ready for embedding: all of them that stands alike in every file.

The embedded font of a paper is a run of its fixed characters, ready since the first such paper, and a run of the
characters of its values, whose outlines are ready one by one. A character's code is the number of its glyph in
the bundled file, in every document.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, count
from struct import pack
from typing import NamedTuple

from desktop_app.printing.deflate import Piece, packed, quickly_packed
from desktop_app.printing.face import Face, Glyph, checksum

_BFCHAR_LIMIT = 100  # entries in one bfchar block, PDF 32000-1 9.10.3
_FIXED_RUNS_KEPT = 64  # one for each face of each paper in use


class GlyphRun(NamedTuple):
    """Glyphs that stand side by side in an embedded font.

    Attributes:
        places: The place in the embedded font of each code.
        outlines: The outlines, one behind the other.
        ends: Where each of them ends, from the start of the run; components of others come last.
        metrics: Their rows of the table hmtx.
        checksum: The sum of the outlines.
        widths: Entries of the W array for the codes that are not a full em wide.
        text_map: Blocks of the text map.
    """

    places: Mapping[int, int]
    outlines: Piece
    ends: Sequence[int]
    metrics: bytes
    checksum: int
    widths: bytes
    text_map: Piece


@lru_cache(_FIXED_RUNS_KEPT)
def fixed_run(face: Face, characters: frozenset[str]) -> GlyphRun:
    """Return the run that begins an embedded font, .notdef and these characters, as small as it goes."""
    run = _run(face, {0: face.glyph(0), **_glyphs(face, characters)}, 0)
    return run._replace(outlines=packed(run.outlines.content), text_map=packed(run.text_map.content))


def own_run(face: Face, characters: frozenset[str], before: GlyphRun) -> GlyphRun:
    """Return the run that follows `before`, made quickly, of those characters that do not stand there."""
    glyphs = _glyphs(face, characters)
    for number in glyphs.keys() & before.places.keys():
        del glyphs[number]
    return _run(face, glyphs, len(before.ends))


def _glyphs(face: Face, characters: frozenset[str]) -> dict[int, Glyph]:
    """Return the glyphs of characters by their numbers, in one order whatever the order of a set.

    Two spaces share a glyph: the plain one is the last here and gives its text.
    """
    return {glyph.number: glyph for glyph in map(face.glyphs.__getitem__, sorted(characters, reverse=True))}


def _run(face: Face, glyphs: Mapping[int, Glyph], first: int) -> GlyphRun:
    """Return a run whose first glyph has the place `first`."""
    every = list(glyphs.values())
    if any([glyph.parts for glyph in every]):  # noqa: C419 - twice as fast, in each face of each file
        every = _with_parts(face, glyphs, first)
    outlines = [glyph.outline for glyph in every]
    return GlyphRun(
        places=dict(zip(glyphs, count(first), strict=False)),
        outlines=Piece(b"".join(outlines), b"".join([glyph.blocks for glyph in every])),
        ends=tuple(accumulate(map(len, outlines))),
        metrics=b"".join([glyph.metric for glyph in every]),
        checksum=sum([glyph.checksum for glyph in every]),
        widths=b"".join([glyph.width for glyph in every]),
        text_map=quickly_packed(_text_map([glyph.text for glyph in every if glyph.text])),
    )


def _with_parts(face: Face, glyphs: Mapping[int, Glyph], first: int) -> list[Glyph]:
    """Return glyphs and after them their components, and each component named by its place."""
    every = list(glyphs.values())
    places = dict(zip(glyphs, count(first), strict=False))
    for glyph in every:  # grows while components are found
        for _, part in glyph.parts:
            if part not in places:
                places[part] = first + len(every)
                every.append(face.glyph(part)._replace(width=b""))
    return [_renumbered(glyph, places) if glyph.parts else glyph for glyph in every]


def _renumbered(glyph: Glyph, places: Mapping[int, int]) -> Glyph:
    changed = bytearray(glyph.outline)
    for at, part in glyph.parts:
        changed[at : at + 2] = pack(">H", places[part])
    outline = bytes(changed)
    return glyph._replace(outline=outline, blocks=packed(outline).blocks, checksum=checksum(outline))


def _text_map(lines: Sequence[bytes]) -> bytes:
    """Return lines of code and text in blocks (PDF 32000-1 9.10.3)."""
    blocks = []
    for start in range(0, len(lines), _BFCHAR_LIMIT):
        block = lines[start : start + _BFCHAR_LIMIT]
        blocks.append(b"%d beginbfchar\n%bendbfchar\n" % (len(block), b"".join(block)))
    return b"".join(blocks)
