"""Which bundled face has a character, and how wide it is there: all that layout needs to know of fonts.

The coverage record beside the fonts is read when the first character is measured, and each character is
looked up once. This module opens no font file and knows no PDF and no screen; what it says is true for both.
"""

import json
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from itertools import accumulate, groupby
from pathlib import Path
from typing import Any, Final

from desktop_app.forms.marks import MM_PER_POINT
from desktop_app.resources import resource

FACES: Final = ("song", "song_bold", "hei", "kai", "rare")

FONTS: Final = resource("fonts")

# What a character that a face lacks is measured with: the blank that stands in for it.
_FULL_WIDTH: Final = 1000
_BLANK: Final = "\u3000"


def advance(face: str, character: str) -> int:
    """Width of one character in 1/1000 em; 1000 where the face lacks it.

    Raises:
        KeyError: `face` is none of `FACES`.
    """
    return _ADVANCES[face][character]


def has(face: str, character: str) -> bool:
    """Whether a face has a character; never true for controls, variation selectors and private characters.

    Raises:
        KeyError: `face` is none of `FACES`.
    """
    return _PRESENCE[face][character]


def face_for(text: str, wanted: str) -> tuple[tuple[str, str], ...]:
    """The runs (face, text) in which a text is set: one run wherever one face has all of it.

    A name in two faces looks like two weights, so the wanted face, then Song, then Rare is asked for the
    whole text first; only then are characters placed one by one, in that order. A character that no face has
    stays in the wanted face, and `missing` tells it. An empty text has no runs.
    """
    if not text:
        return ()
    order = (wanted, *(face for face in ("song", "rare") if face != wanted))
    for face in order:
        if all(map(_PRESENCE[face].__getitem__, text)):
            return ((face, text),)
    runs = groupby(text, lambda character: _first(order, character))
    return tuple((face, "".join(characters)) for face, characters in runs)


def missing(text: str) -> tuple[str, ...]:
    """The characters of a text that no face has, each once, in the order of the text."""
    # Song has all that Song Bold, Hei and Kai have (the build sees to it), so two faces answer for five.
    song, rare = _PRESENCE["song"], _PRESENCE["rare"]
    return tuple(character for character in dict.fromkeys(text) if not (song[character] or rare[character]))


def printable(run: str, face: str) -> str:
    """A run as it is put on paper: a character that its face lacks leaves a blank to write it in by hand."""
    present = _PRESENCE[face]
    return "".join(character if present[character] else _BLANK for character in run)


def text_width(text: str, face: str, size: float) -> float:
    """Width in mm of one run set in `size` points."""
    return sum(map(_ADVANCES[face].__getitem__, text)) * size * MM_PER_POINT / 1000


def width(runs: Iterable[tuple[str, str]], size: float) -> float:
    """Width in mm of runs (face, text), as `face_for` gives them, set in `size` points."""
    return sum(text_width(text, face, size) for face, text in runs)


def font_file(face: str) -> Path:
    """The TrueType file of a face.

    Raises:
        KeyError: `face` is none of `FACES`.
    """
    return FONTS / str(_record()[face]["file"])


def coverage_of(face: str) -> frozenset[int]:
    """All code points that a face has; for those who build or test, not for typing."""
    bounds = tuple(accumulate(_record()[face]["covered"]))
    return frozenset(
        code for first, end in zip(bounds[::2], bounds[1::2], strict=True) for code in range(first, end)
    )


def _first(order: tuple[str, ...], character: str) -> str:
    return next((face for face in order if _PRESENCE[face][character]), order[0])


@cache
def _record() -> dict[str, dict[str, Any]]:
    """The coverage record as it lies in the file; its shape is told in the fonts' README."""
    text = (FONTS / "coverage.json").read_text(encoding="utf-8")
    record: dict[str, dict[str, Any]] = json.loads(text)
    return record


class _Presence(dict[str, bool]):
    """Whether one face has a character; each is looked up once."""

    def __init__(self, face: str) -> None:
        self._bounds = tuple(accumulate(_record()[face]["covered"]))

    def __missing__(self, character: str) -> bool:
        is_covered = bisect_right(self._bounds, ord(character)) % 2 == 1
        self[character] = is_covered
        return is_covered


class _Advances(dict[str, int]):
    """The widths of one face in 1/1000 em: the narrow ones at once, the full ones as they are asked for."""

    def __init__(self, face: str) -> None:
        for thousandths, steps in _record()[face]["advances"].items():
            bounds = tuple(accumulate(steps))
            for first, end in zip(bounds[::2], bounds[1::2], strict=True):
                self.update(dict.fromkeys(map(chr, range(first, end)), int(thousandths)))

    def __missing__(self, character: str) -> int:
        self[character] = _FULL_WIDTH
        return _FULL_WIDTH


class _Presences(dict[str, _Presence]):
    def __missing__(self, face: str) -> _Presence:
        self[face] = _Presence(face)
        return self[face]


class _AdvanceTables(dict[str, _Advances]):
    def __missing__(self, face: str) -> _Advances:
        self[face] = _Advances(face)
        return self[face]


_PRESENCE: Final = _Presences()
_ADVANCES: Final = _AdvanceTables()
