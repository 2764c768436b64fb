"""Set the content of one cell.

A cell is one of two things: a label, whose lines stand in the middle and shrink if they must, or running text,
whose lines wrap, stretch and hold places (`running_text`). This module knows no answers.
"""

from desktop_app.forms import breaking, faces
from desktop_app.forms.marks import MM_PER_POINT
from desktop_app.forms.model import Cell, Form, Words
from desktop_app.forms.running_text import set_running
from desktop_app.forms.slots import PAD, CellSetting, Room, baseline_of, text_marks

LABEL_LEAD = 1.2
SMALLEST_LABEL = 7.5  # pt


def set_cell(form: Form, room: Room, cell: Cell) -> CellSetting:
    """Return the fixed marks, slots and kept places of a cell."""
    setting = CellSetting()
    if is_label(cell):
        _set_label(setting, room, cell)
    else:
        set_running(setting, form, room, cell)
    return setting


def is_label(cell: Cell) -> bool:
    """True if the cell holds wording alone, without arrows, empty lines or an indent."""
    return all(
        line and all(isinstance(piece, Words) for piece in line) and not line[0].text.startswith("　　")  # type: ignore[union-attr]
        for line in cell.lines
    ) or cell.lines == ((),)


def _set_label(setting: CellSetting, room: Room, cell: Cell) -> None:
    box, row = room.box, room.row
    pad = PAD if room.is_ruled else 0.0
    width, height = box.width - 2 * pad, box.height - (0.8 if room.is_ruled else 0.0)
    texts = ["".join(piece.text for piece in line if isinstance(piece, Words)) for line in cell.lines]
    if not any(texts):
        return
    size, lines, is_whole = _fit_label(texts, row.face, row.size, width, height)
    if not is_whole:
        setting.faults.append(f"“{''.join(texts)}”放不下，请把这一格加宽或把这一行加高。")
    lead = LABEL_LEAD if room.is_ruled else row.lead
    pitch = size * lead * MM_PER_POINT
    top = box.y + (box.height - pitch * len(lines)) / 2
    for number, line in enumerate(lines):
        wide = faces.width(faces.face_for(line, row.face), size)
        offset = (
            0.0 if room.align == "left" else (width - wide) if room.align == "right" else (width - wide) / 2
        )
        baseline = top + number * pitch + baseline_of(size, pitch)
        setting.marks.extend(text_marks(box.x + pad + offset, baseline, size, row.face, line, "form"))


def _fit_label(
    texts: list[str], face: str, size: float, width: float, height: float
) -> tuple[float, list[str], bool]:
    """Shrink a label until its own lines, wrapped where they must be, fit."""
    while True:
        lines: list[str] = []
        limit = width / (size * MM_PER_POINT)
        wide = 0.0
        for text in texts:
            broken = breaking.break_lines(breaking.em_tokens(text, face), limit)
            lines.extend("".join(token.text for token in line).strip(" ") for line in broken)
            wide = max([wide, *(sum(token.width for token in line) for line in broken)])
        is_whole = len(lines) * size * LABEL_LEAD * MM_PER_POINT <= height + 0.6 and wide <= limit + 1e-6
        if is_whole or size <= SMALLEST_LABEL:
            return size, lines, is_whole
        size -= 0.5
