"""Set running text: lines that wrap or stretch, with squares, blanks, places for values and kept places in them.

Positions are millimetres from the top left corner of the cell's band. This module knows no answers.
"""

from collections.abc import Sequence

from desktop_app.forms import breaking, faces
from desktop_app.forms.breaking import Token
from desktop_app.forms.fields import fields
from desktop_app.forms.marks import MM_PER_POINT, Line, Path
from desktop_app.forms.model import Blank, Cell, Form, Kept, Number, Piece, Place, Row, Stretch, Words
from desktop_app.forms.slots import PAD, Area, CellSetting, Room, Slot, baseline_of, text_marks

EDGE = 1.0  # mm above and below running text that fills its cell
SQUARE = 0.82  # of the size
SQUARE_RULE = 0.18  # mm
JUSTIFY_SLACK = 2.2  # em: more white than this leaves a line ragged
NUMBER_KINDS = frozenset(
    (
        "id_number",
        "certificate_number",
        "phone",
        "card",
        "credit_code",
        "date",
        "month",
        "money",
        "whole_number",
    )
)


def set_running(setting: CellSetting, form: Form, room: Room, cell: Cell) -> None:
    """Add the fixed marks, slots and kept places of a cell of running text to its setting."""
    _Running(setting, form, room).set(cell)


def natural_height(form: Form, row: Row, cell: Cell, width: float) -> float:
    """Return the height in mm that the lines of an unruled cell need."""
    pitch = row.size * row.lead * MM_PER_POINT
    tokens = (_tokens(form, row, line) for line in cell.lines)
    return pitch * sum(
        1 if _is_stretched(line) else max(len(breaking.break_lines(each, width)), 1)
        for line, each in zip(cell.lines, tokens, strict=True)
    )


def _is_stretched(line: Sequence[Piece]) -> bool:
    return any(
        isinstance(piece, Stretch)
        or (isinstance(piece, Place) and piece.width is None and not piece.option)
        or (isinstance(piece, Kept) and piece.width is None)
        for piece in line
    )


def _tokens(form: Form, row: Row, line: Sequence[Piece]) -> list[Token]:
    """Return a line's tokens with widths in mm; pieces that take what is left are zero wide."""
    em = row.size * MM_PER_POINT
    out: list[Token] = []
    for piece in line:
        if isinstance(piece, Words):
            out.extend(Token(each.text, each.width * em) for each in breaking.em_tokens(piece.text, row.face))
        elif isinstance(piece, Place) and piece.ring:
            wide = faces.width(faces.face_for(piece.ring, row.face), row.size)
            out.append(Token("", wide, piece))
        elif isinstance(piece, Place) and piece.option:
            out.append(Token("", em * 0.95, piece, True))
        elif isinstance(piece, Place | Kept | Blank):
            out.append(Token("", piece.width or 0.0, piece))
        else:
            out.append(Token("", 0.0, piece))
    return out


class _Running:
    """Sets running text line by line into a `CellSetting`."""

    def __init__(self, setting: CellSetting, form: Form, room: Room) -> None:
        self.setting = setting
        self.form = form
        self.room = room
        self.pad = PAD if room.is_ruled else 0.0
        self.left = room.box.x + self.pad
        self.width = room.box.width - 2 * self.pad
        self.pitch = room.row.size * room.row.lead * MM_PER_POINT

    def set(self, cell: Cell) -> None:
        box = self.room.box
        if len(cell.lines) == 1 and len(cell.lines[0]) == 1 and isinstance(cell.lines[0][0], Place):
            self._place(cell.lines[0][0], Area(box.x, box.y, box.width, box.height, "cell"), is_alone=True)
            return
        if cell.lines == ((Number(),),):
            self._piece(Number(), box.x, box.width, 0.0, (box.y, box.height))
            return
        is_single = len(cell.lines) == 1 and _is_stretched(cell.lines[0])
        lines: list[tuple[list[Token], bool, bool]] = []  # tokens, is stretched, is the last of its paragraph
        for line in cell.lines:
            tokens = _tokens(self.form, self.room.row, line)
            if not line or self._is_stamp(line):
                lines.append((tokens, False, True))
            elif _is_stretched(line):
                lines.append((tokens, True, True))
            else:
                broken = breaking.break_lines(tokens, self.width)
                lines.extend((each, False, each is broken[-1]) for each in broken)
        self._stack(lines, is_single)

    @staticmethod
    def _is_stamp(line: Sequence[Piece]) -> bool:
        return len(line) == 1 and isinstance(line[0], Kept) and line[0].width is None

    def _stack(self, lines: list[tuple[list[Token], bool, bool]], is_single: bool) -> None:
        box = self.room.box
        is_white = [not tokens or self._is_stamp([t.piece for t in tokens]) for tokens, _, _ in lines]  # type: ignore[misc]
        edge = EDGE if any(is_white) and self.room.is_ruled else 0.0
        used = self.pitch * is_white.count(False) + 2 * edge
        left_over = box.height - used
        if left_over < -0.3:
            self.setting.faults.append(f"这一格的文字高出 {-left_over:.1f} 毫米，请把这一行加高。")
        white = max(left_over, 0.0) / max(is_white.count(True), 1)
        top = box.y + (edge if any(is_white) else left_over / 2)
        for (tokens, is_stretched, is_last), is_empty in zip(lines, is_white, strict=True):
            if is_empty:
                if tokens:
                    self.setting.kept.append(Area(self.left, top + 0.3, self.width, white - 0.6, "stamp"))
                top += white
            else:
                room = (box.y, box.height) if is_single else (top, self.pitch)
                self._line(tokens, top, room, is_stretched, is_last)
                top += self.pitch

    def _line(
        self, tokens: list[Token], top: float, room: tuple[float, float], is_stretched: bool, is_last: bool
    ) -> None:
        """Set one line whose text has its pitch at `top`; places stand in `room` (top, height)."""
        fixed = sum(token.width for token in tokens)
        slack = self.width - fixed
        if slack < -0.05:
            self.setting.faults.append(f"这一行宽出 {-slack:.1f} 毫米，请把空位改窄或分成两行。")
        shares = sum(1 for token in tokens if self._takes_rest(token))
        share = max(slack, 0.0) / shares if is_stretched and shares else 0.0
        em = self.room.row.size * MM_PER_POINT
        spread = 0.0
        if not is_stretched and not is_last and 0 < slack < JUSTIFY_SLACK * em:
            count = sum(len(token.text) or 1 for token in tokens) - 1
            spread = slack / count if count else 0.0
        x = self.left
        baseline = top + baseline_of(self.room.row.size, self.pitch)
        text = ""
        start = x
        for token in tokens:
            if token.text:
                if not text:
                    start = x
                text += token.text
                x += token.width + spread * len(token.text)
                continue
            self._words(start, baseline, text, spread)
            text = ""
            wide = share if self._takes_rest(token) and is_stretched else token.width
            self._piece(token.piece, x, wide, baseline, room)
            x += wide + spread
        self._words(start, baseline, text, spread)

    @staticmethod
    def _takes_rest(token: Token) -> bool:
        piece = token.piece
        return isinstance(piece, Stretch) or (
            isinstance(piece, Place | Kept)
            and piece.width is None
            and not (isinstance(piece, Place) and piece.option)
        )

    def _words(self, x: float, baseline: float, text: str, spread: float) -> None:
        shown = text.rstrip(" 　")
        lead = len(shown) - len(shown.lstrip(" 　"))
        if shown.strip():
            row = self.room.row
            x += sum(faces.text_width(each, row.face, row.size) + spread for each in shown[:lead])
            self.setting.marks.extend(
                text_marks(x, baseline, row.size, row.face, shown[lead:], "form", spread)
            )

    def _piece(
        self, piece: object, x: float, wide: float, baseline: float, room: tuple[float, float]
    ) -> None:
        match piece:
            case Place():
                area = Area(x, room[0], wide, room[1], "place")
                self._place(piece, area, baseline=baseline)
            case Kept():
                self.setting.kept.append(Area(x, room[0] + 0.2, wide, room[1] - 0.4, piece.purpose))
            case Blank():
                self._underline(piece.is_ruled, x, wide, baseline)
            case Number():
                area = Area(x, room[0], wide, room[1], "place")
                self.setting.slots.append(
                    Slot("#", *area[:4], "number", size=self.room.row.size, is_repeated=True)
                )

    def _underline(self, is_ruled: bool, x: float, wide: float, baseline: float) -> None:
        if is_ruled:
            self.setting.marks.append(Line(x, baseline + 0.9, x + wide, baseline + 0.9, 0.15, "form"))

    def _place(self, place: Place, area: Area, *, is_alone: bool = False, baseline: float = 0.0) -> None:
        row = self.room.row
        if place.ring:
            self._ring(place, area, baseline)
        elif place.option:
            self._square(place, area, baseline or area.y + area.height / 2 + 0.38 * row.size * MM_PER_POINT)
        elif place.boxes:
            self._boxes(place, area)
        else:
            self._underline(place.is_ruled, area.x, area.width, baseline)
            pad = (PAD if is_alone else 0.3, 0.5)
            is_list_row = row.role == "repeat"
            known = fields().get(place.field_id)
            kind = known.kind if known else "whole_number"
            is_number = kind in NUMBER_KINDS and place.style not in ("capitals", "capitals_full")
            self.setting.slots.append(
                Slot(
                    place.field_id,
                    area.x + pad[0],
                    area.y + pad[1],
                    area.width - 2 * pad[0],
                    area.height - 2 * pad[1],
                    "text",
                    style=place.style,
                    align=place.align,
                    size=row.size,
                    face="song" if is_number else "kai",
                    is_number=is_number,
                    when=row.when,
                    is_repeated=is_list_row,
                )
            )

    def _boxes(self, place: Place, area: Area) -> None:
        step = area.width / place.boxes
        top, bottom = area.y, area.y + area.height
        for number in range(1, place.boxes):
            x = area.x + number * step
            self.setting.marks.append(Line(x, top, x, bottom, 0.2, "form"))
        self.setting.slots.append(
            Slot(
                place.field_id,
                *area[:4],
                "boxes",
                size=12.0,
                is_number=True,
                boxes=place.boxes,
                when=self.room.row.when,
            )
        )

    def _square(self, place: Place, area: Area, baseline: float) -> None:
        size = self.room.row.size
        side = SQUARE * size * MM_PER_POINT
        x, top = area.x + 0.2, baseline - side + 0.06 * size * MM_PER_POINT
        points = ((x, top), (x + side, top), (x + side, top + side), (x, top + side))
        self.setting.marks.append(Path(points, SQUARE_RULE, True, "form"))
        self.setting.slots.append(Slot(place.field_id, x, top, side, side, "square", place.option, size=size))

    def _ring(self, place: Place, area: Area, baseline: float) -> None:
        row = self.room.row
        self.setting.marks.extend(text_marks(area.x, baseline, row.size, row.face, place.ring, "form"))
        em = row.size * MM_PER_POINT
        box = (area.x - 0.04 * em, baseline - 0.98 * em, area.width + 0.08 * em, 1.2 * em)
        self.setting.slots.append(Slot(place.field_id, *box, "ring", place.option, size=row.size))
