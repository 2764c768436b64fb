"""Where things stand: areas, the slots of values, and what setting one cell gives.

Plain records in millimetres from the top left corner of a band or, once stacked, of a page. This module decides
nothing; `cell_setting` and `running_text` fill these records, `layout` moves them, `draw` sets values into slots.
"""

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from desktop_app.forms import faces
from desktop_app.forms.marks import MM_PER_POINT, Layer, Line, Mark, Path, Text
from desktop_app.forms.model import Align, Row

PAD = 1.2  # mm between a rule and what stands in the cell
ASCENT = 0.88  # of the em box, the same in every bundled face

Shape = Literal["text", "boxes", "square", "ring", "number"]


class Area(NamedTuple):
    """A rectangle in mm and what it is for."""

    x: float
    y: float
    width: float
    height: float
    purpose: str

    def moved(self, dx: float, dy: float) -> "Area":
        return self._replace(x=self.x + dx, y=self.y + dy)


class Slot(NamedTuple):
    """The place of one value on a page, in mm.

    Attributes:
        option: The choice that a square or ring stands for.
        when: (field id, choice id): shown only for that choice.
        face: The face that a value is wanted in.
        is_number: The value shrinks before it wraps.
        boxes: Number of character boxes.
        row: Index of the list's row; -1 for a value that stands once.
    """

    field_id: str
    x: float
    y: float
    width: float
    height: float
    shape: Shape
    option: str = ""
    style: str = ""
    align: Align = "center"
    size: float = 10.5
    face: str = "song"
    is_number: bool = False
    boxes: int = 0
    when: tuple[str, str] | None = None
    is_repeated: bool = False
    row: int = -1


class Room(NamedTuple):
    """Where a cell is set: its box, the settings of its row, whether rules surround it, how labels stand."""

    box: Area
    row: Row
    is_ruled: bool
    align: Align


@dataclass(slots=True)
class CellSetting:
    """What became of one cell; filled while it is set."""

    marks: list[Mark] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    kept: list[Area] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def shifted(mark: Mark, dx: float, dy: float) -> Mark:
    """Return the mark moved by millimetres."""
    if type(mark) is Text:
        return Text(mark.x + dx, mark.y + dy, mark.size, mark.face, mark.text, mark.spread, mark.layer)
    if type(mark) is Line:
        return Line(mark.x1 + dx, mark.y1 + dy, mark.x2 + dx, mark.y2 + dy, mark.width, mark.layer)
    assert isinstance(mark, Path)
    return Path(tuple((x + dx, y + dy) for x, y in mark.points), mark.width, mark.is_closed, mark.layer)


def text_marks(
    x: float, y: float, size: float, face: str, text: str, layer: Layer, spread: float = 0.0
) -> list[Mark]:
    """Return one mark for each run of `text`, from the baseline point (x, y)."""
    marks: list[Mark] = []
    for run_face, run in faces.face_for(text, face):
        marks.append(Text(x, y, size, run_face, faces.printable(run, run_face), spread, layer))
        x += faces.text_width(run, run_face, size) + spread * len(run)
    return marks


def baseline_of(size: float, pitch: float) -> float:
    """Return the distance in mm from the top of a line to its baseline."""
    return (pitch - size * MM_PER_POINT) / 2 + ASCENT * size * MM_PER_POINT
