"""Draw a filled paper: a form and a case in, pages of marks out.

The fixed part comes from `layout`, once for each form; here the values are set into their slots. A value that does
not fit at the smallest size prints 见附页, stands whole on a continuation page, and is a finding. This module
derives and decides nothing: it prints what the case says.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from desktop_app.case import Answer, Answers, Case, Unread, holds
from desktop_app.finding import Finding
from desktop_app.forms import breaking, faces, kinds
from desktop_app.forms.breaking import VALUE_LEAD
from desktop_app.forms.fields import fields
from desktop_app.forms.layout import Layout, lay_out, lay_out_rows, row_height
from desktop_app.forms.marks import MM_PER_POINT, Mark, Page, Path, Text
from desktop_app.forms.model import Form, label_of
from desktop_app.forms.slots import ASCENT, PAD, Slot, text_marks
from desktop_app.forms.statistics import with_statistics

SEE_CONTINUATION = "见附页"
CONTINUATION_TITLE = "附　页"
_ROW_GROWTH = 1.5  # mm by which a list's row grows until its values fit
_RING = tuple((math.cos(i * math.pi / 12), math.sin(i * math.pi / 12)) for i in range(24))


class Setting(NamedTuple):
    """One value set into its slot; `overflow` is the whole text where it did not fit."""

    marks: tuple[Mark, ...]
    overflow: str = ""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A filled paper: the fixed marks of each page, the values on it, and what was to be said about them.

    Attributes:
        layout: The fixed part; continuation pages have no part in it.
        values: For each page of the layout, the marks of layer "value".
        further: Continuation pages.
        findings: Values that did not fit and characters that no face has.
    """

    layout: Layout
    values: tuple[tuple[Mark, ...], ...]
    further: tuple[Page, ...]
    findings: tuple[Finding, ...]

    @property
    def pages(self) -> tuple[Page, ...]:
        """Every page with all its marks, form before values."""
        made = (
            Page(laid.width, laid.height, laid.marks + values)
            for laid, values in zip(self.layout.pages, self.values, strict=True)
        )
        return (*made, *self.further)


def draw(form: Form, case: Case, *, is_masked: bool = False) -> Drawing:
    """Return the paper filled with the answers of a case.

    With `is_masked`, as for a copy to be posted, the form's masked fields show their ends alone.
    """
    if form.is_list and not form.is_statistics and case.rows:
        layout = lay_out_rows(form, _row_heights(form, case.rows, is_masked))
    else:
        layout = lay_out(form)
    answers = with_statistics(form, case.answers, case.rows)
    pages: list[tuple[Mark, ...]] = []
    overflows: list[tuple[Slot, str]] = []
    for laid in layout.pages:
        marks: list[Mark] = []
        for slot in laid.slots:
            shown = answers_of(slot, answers, case.rows)
            if shown is None:
                continue
            setting = set_slot(form, slot, shown, is_masked=is_masked)
            marks.extend(setting.marks)
            if setting.overflow:
                overflows.append((slot, setting.overflow))
        pages.append(tuple(marks))
    findings = (*_unprintable(form, case), *(_overflow_finding(form, slot) for slot, _ in overflows))
    return Drawing(layout, tuple(pages), _continuation(form, overflows), findings)


def answers_of(slot: Slot, answers: Answers, rows: Sequence[Answers]) -> Answers | None:
    """Return the answers that a slot shows: the case's, or those of its row; None for an empty row."""
    if slot.row < 0:
        return answers
    return rows[slot.row] if slot.row < len(rows) else None


def draw_slot(form: Form, slot: Slot, answers: Answers) -> tuple[Mark, ...]:
    """Return the marks of one slot alone: what a key in a field costs."""
    return set_slot(form, slot, answers).marks


def set_slot(form: Form, slot: Slot, answers: Answers, *, is_masked: bool = False) -> Setting:
    """Return the value of a slot as marks; nothing where there is no answer or the choice is another."""
    if slot.shape == "number":
        return _set_text(slot, str(slot.row + 1))
    value = answers.get(slot.field_id)
    if value is None:
        return Setting(())
    if slot.option:
        return Setting(_chosen(slot) if holds(value, slot.option) else ())
    if slot.when and not holds(answers.get(slot.when[0], ""), slot.when[1]):
        return Setting(())
    text = text_of(form, slot, value, is_masked=is_masked)
    if not text:
        return Setting(())
    if slot.shape == "boxes":
        return _set_boxes(slot, text)
    return _set_text(slot._replace(face="song") if text.isascii() else slot, text)


def text_of(form: Form, slot: Slot, value: Answer, *, is_masked: bool = False) -> str:
    """Return a value as the paper words it."""
    is_hidden = is_masked and is_masked_field(form, slot.field_id)
    if isinstance(value, Unread):
        if slot.style in ("month", "day"):
            return ""  # the first place of a date shows what was typed, once
        return "*" * len(value.text) if is_hidden else value.text
    words = form.wording.get(slot.field_id)
    if words and isinstance(value, str) and value in words:
        return words[value]
    field = fields().get(slot.field_id)
    if field is None:
        return str(value)
    return kinds.show(field, value, "masked" if is_hidden else slot.style)


def is_masked_field(form: Form, field_id: str) -> bool:
    """True for what a copy to be posted hides: the fields the paper names, else every identity number on it."""
    if form.masked:
        return field_id in form.masked
    field = fields().get(field_id)
    return field is not None and field.kind == "id_number"


def _chosen(slot: Slot) -> tuple[Mark, ...]:
    if slot.shape == "ring":
        x, y = slot.x + slot.width / 2, slot.y + slot.height / 2
        points = tuple((x + slot.width / 2 * a, y + slot.height / 2 * b) for a, b in _RING)
        return (Path(points, 0.3, True, "value"),)
    size = slot.width / MM_PER_POINT * 0.98
    wide = faces.text_width("√", "song", size)
    x = slot.x + (slot.width - wide) / 2
    y = slot.y + slot.height / 2 + 0.36 * size * MM_PER_POINT
    return (Text(x, y, size, "song", "√", 0.0, "value"),)


def _set_boxes(slot: Slot, text: str) -> Setting:
    """Set one character in each box; more characters than boxes fall back to plain text in the same room."""
    if len(text) > slot.boxes:
        return _set_text(slot._replace(x=slot.x + PAD, width=slot.width - 2 * PAD), text)
    step = slot.width / slot.boxes
    size = slot.size
    y = slot.y + slot.height / 2 + (ASCENT - 0.5) * size * MM_PER_POINT
    marks: list[Mark] = []
    for number, character in enumerate(text):
        wide = faces.text_width(character, "song", size)
        marks.extend(
            text_marks(slot.x + number * step + (step - wide) / 2, y, size, "song", character, "value")
        )
    return Setting(tuple(marks))


def _set_text(slot: Slot, text: str) -> Setting:
    fitted = breaking.fit(text, slot.face, slot.size, slot.width, slot.height, is_number=slot.is_number)
    if fitted.is_whole:
        return Setting(_lines(slot, fitted.size, fitted.lines))
    short = breaking.fit(SEE_CONTINUATION, slot.face, slot.size, slot.width, slot.height, is_number=False)
    return Setting(_lines(slot, short.size, short.lines), text)


def _lines(slot: Slot, size: float, lines: Sequence[str]) -> tuple[Mark, ...]:
    pitch = size * VALUE_LEAD * MM_PER_POINT
    high = pitch * (len(lines) - 1) + size * MM_PER_POINT
    y = slot.y + (slot.height - high) / 2 + ASCENT * size * MM_PER_POINT
    wanted = {face for line in lines for face, _ in faces.face_for(line, slot.face)}
    face = slot.face if len(wanted) == 1 and slot.face in wanted else _one_face("".join(lines), slot.face)
    marks: list[Mark] = []
    for line in lines:
        x = slot.x
        if slot.align != "left":
            left_over = slot.width - faces.width(faces.face_for(line, face), size)
            x += left_over if slot.align == "right" else left_over / 2
        marks.extend(text_marks(x, y, size, face, line, "value"))
        y += pitch
    return tuple(marks)


def _one_face(text: str, wanted: str) -> str:
    """Return the face in which a value of several lines is set, the same for all of them."""
    return faces.face_for(text, wanted)[0][0]


def _row_heights(form: Form, rows: Sequence[Answers], is_masked: bool) -> tuple[float, ...]:
    """Return the height in mm of each row of a list; a row grows until its values fit."""
    standard = row_height(form)
    template = [slot for slot in lay_out_rows(form, (standard,)).pages[0].slots if slot.row == 0]
    heights = []
    for answers in rows:
        height = standard
        while height < standard * 4 and any(
            set_slot(
                form, slot._replace(height=slot.height + height - standard), answers, is_masked=is_masked
            ).overflow
            for slot in template
            if slot.shape == "text"
        ):
            height += _ROW_GROWTH
        heights.append(height)
    return tuple(heights)


def _unprintable(form: Form, case: Case) -> list[Finding]:
    """Say which fields hold characters that no face has."""
    findings = []
    for field_id, value in [*case.answers.items(), *(pair for row in case.rows for pair in row.items())]:
        text = value.text if isinstance(value, Unread) else value
        if isinstance(text, str) and (missing := faces.missing(text)):
            codes = "、".join(f"U+{ord(each):04X}" for each in missing)
            message = f"{label_of(form, field_id)}里的 {codes} 字库没有，请改用其他写法，或打印后手写。"
            findings.append(Finding("glyphs_available", "fail", field_id, message))
    return findings


def _overflow_finding(form: Form, slot: Slot) -> Finding:
    message = f"{label_of(form, slot.field_id)}太长，表格里印“见附页”，全文印在附页上，请一并打印。"
    return Finding("fits_paper", "warn", slot.field_id, message)


def _continuation(form: Form, overflows: Sequence[tuple[Slot, str]]) -> tuple[Page, ...]:
    """Return the pages on which values that did not fit stand whole."""
    pages: list[Page] = []
    width, height = form.page_size
    top, right, bottom, left = form.margins
    marks: list[Mark] = []
    y = 0.0
    size, pitch = 10.5, 10.5 * 1.6 * MM_PER_POINT
    for slot, text in overflows:
        limit = (width - left - right) / (size * MM_PER_POINT)
        for line in [f"{label_of(form, slot.field_id)}：", *_wrapped(text, limit)]:
            if not marks or y + pitch > height - bottom:
                if marks:
                    pages.append(Page(width, height, tuple(marks)))
                marks = _continuation_head(form)
                y = top + 18.0
            marks.extend(text_marks(left, y, size, "song", line, "value"))
            y += pitch
    if marks:
        pages.append(Page(width, height, tuple(marks)))
    return tuple(pages)


def _continuation_head(form: Form) -> list[Mark]:
    width, _ = form.page_size
    out: list[Mark] = []
    for text, size, y in (
        (form.title, 12.0, form.margins[0]),
        (CONTINUATION_TITLE, 14.0, form.margins[0] + 8.0),
    ):
        wide = faces.width(faces.face_for(text, "song_bold"), size)
        out.extend(text_marks((width - wide) / 2, y, size, "song_bold", text, "form"))
    return out


def _wrapped(text: str, limit: float) -> list[str]:
    lines = breaking.break_lines(breaking.em_tokens(text, "song"), limit)
    return ["".join(token.text for token in line) for line in lines]
