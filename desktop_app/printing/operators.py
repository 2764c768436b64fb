"""Marks as PDF operators: each mark as it stands, in millimetres from the top, under one transformation."""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from desktop_app.forms.marks import Line, Mark, Text
from desktop_app.printing.deflate import joined, packed
from desktop_app.printing.face import face_named
from desktop_app.printing.overprint import Offset

POINTS_PER_MM = 72 / 25.4
_FIXED_PARTS_KEPT = 64  # pages of papers in use


class FixedPart(NamedTuple):
    """The marks that stand on every copy of a page, as a form object shows them.

    Attributes:
        deflated: Their operators.
        used: The characters of each face.
    """

    deflated: bytes
    used: dict[str, frozenset[str]]


@lru_cache(_FIXED_PARTS_KEPT)
def fixed_part(marks: tuple[Mark, ...], height: float, offset: Offset) -> FixedPart:
    """Return the fixed part of a page, made once for each paper."""
    used: dict[str, set[str]] = {}
    content = operators(marks, height, offset, used).encode("ascii")
    return FixedPart(joined(packed(content)), {face: frozenset(text) for face, text in used.items()})


def operators(marks: Sequence[Mark], height: float, offset: Offset, used: dict[str, set[str]]) -> str:
    """Return PDF operators for marks, and add the characters that they show to those `used` in each face.

    y grows downwards in mm in marks and upwards in points in a PDF.
    """
    right, down = offset.right * POINTS_PER_MM, (height - offset.down) * POINTS_PER_MM
    out = [f"q {POINTS_PER_MM:.6f} 0 0 {-POINTS_PER_MM:.6f} {right:.3f} {down:.3f} cm 2 J"]
    is_text = False
    spread = 0.0
    face, size, width = "", 0.0, -1.0
    codes: dict[str, str] = {}
    characters: set[str] = set()
    for mark in marks:
        if type(mark) is Text:
            if not is_text:
                out.append("BT")
                is_text = True
            if face != mark.face or size != mark.size:
                face, size = mark.face, mark.size
                codes = _codes(face)
                characters = used.setdefault(face, set())
                out.append(f"/{resource_name(face)} {size / POINTS_PER_MM:.5f} Tf")
            if spread != mark.spread:
                spread = mark.spread
                out.append(f"{spread:.4f} Tc")
            characters.update(mark.text)
            text = "".join(map(codes.__getitem__, mark.text))
            out.append(f"1 0 0 -1 {mark.x:.3f} {mark.y:.3f} Tm<{text}>Tj")
            continue
        if is_text:
            out.append("ET")
            is_text = False
        assert not isinstance(mark, Text)
        if width != mark.width:
            width = mark.width
            out.append(f"{width:.3f} w")
        if isinstance(mark, Line):
            out.append(f"{mark.x1:.3f} {mark.y1:.3f} m {mark.x2:.3f} {mark.y2:.3f} l S")
        else:
            points = [f"{x:.3f} {y:.3f}" for x, y in mark.points]
            end = "s" if mark.is_closed else "S"
            out.append(f"{points[0]} m {' l '.join(points[1:])} l {end}")
    out.append("ET Q" if is_text else "Q")
    return "\n".join(out)


@cache
def resource_name(face: str) -> str:
    """Return the name by which operators call the font of a face.

    >>> resource_name("song_bold")
    'F-song-bold'
    """
    return f"F-{face.replace('_', '-')}"


class _Codes(dict[str, str]):
    """Character to the four hex digits of its code in one face, alike in every document."""

    def __init__(self, face: str) -> None:
        self._face = face_named(face)

    def __missing__(self, character: str) -> str:
        code = self[character] = f"{self._face.number_of(character):04X}"
        return code


@cache
def _codes(face: str) -> _Codes:
    return _Codes(face)
