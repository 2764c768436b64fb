"""Marks: what is printed, in millimetres from the top left corner of a page.

A mark is the last decision about the paper. The screen, the PDF and the printer paint marks and decide nothing.
This module knows no form, no font file and no device.
"""

from typing import Literal, NamedTuple

Layer = Literal["form", "value", "seal"]

ALL_LAYERS: frozenset[Layer] = frozenset(("form", "value", "seal"))
VALUE_LAYERS: frozenset[Layer] = frozenset(("value", "seal"))  # what is over-printed on a pre-printed form

MM_PER_POINT = 25.4 / 72


class Text(NamedTuple):
    """One run of characters in one face.

    Attributes:
        x, y: Left end and baseline, mm.
        size: Points.
        face: A name of `faces.FACES`.
        spread: Millimetres added after each character, for justified lines.
    """

    x: float
    y: float
    size: float
    face: str
    text: str
    spread: float
    layer: Layer


class Line(NamedTuple):
    """A straight line with square ends; `width` in mm."""

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    layer: Layer


class Path(NamedTuple):
    """A line through points (mm), closed or open, never filled."""

    points: tuple[tuple[float, float], ...]
    width: float
    is_closed: bool
    layer: Layer


Mark = Text | Line | Path


class Page(NamedTuple):
    """One sheet: its size in mm and everything on it, in reading order."""

    width: float
    height: float
    marks: tuple[Mark, ...]
