"""The stops of a paper: where typing goes on, in the paper's order, and what is typed there.

A stop is one field (of one row in a list) with all its places. This module knows answers and slots, and no widget.
"""

from collections.abc import Mapping, Sequence
from typing import Final, Literal, NamedTuple

from desktop_app.case import Answer, Answers, holds
from desktop_app.forms import kinds
from desktop_app.forms.applying import is_applicable
from desktop_app.forms.fields import Field, fields
from desktop_app.forms.layout import LaidPage
from desktop_app.forms.marks import MM_PER_POINT, Text
from desktop_app.forms.model import Form, label_of
from desktop_app.forms.slots import Area, Slot
from desktop_app.forms.tidying import tidied
from desktop_app.policy.derived import derive

Way = Literal["prose", "line", "boxes", "marks"]
IDENTITY = "applicant.id_number"
FROM_IDENTITY = ("applicant.sex", "applicant.birth_date")
PARTS: Final = frozenset(("year", "month", "day"))
_WORD_GAP = 3.0  # mm between the last part of a date and the 日 behind it
_TICK_REACH = 14.0  # mm to the right of a square that belong to it: its words


class Spot(NamedTuple):
    """A slot and the page (from 0) that it stands on."""

    page: int
    slot: Slot


class Stop(NamedTuple):
    """One field where typing stops.

    Attributes:
        name: The field id; in a list's row with its running number, `applicant.name@3`.
        row: Index of the row; -1 for a field that stands once.
        way: How it is filled: running text, one line, boxes, or squares and rings.
    """

    name: str
    field: Field
    row: int
    label: str
    way: Way
    spots: tuple[Spot, ...]


def stop_name(field_id: str, row: int) -> str:
    """Return the name of a stop; rows count from 0 here and from 1 in the name."""
    return field_id if row < 0 else f"{field_id}@{row + 1}"


def stops_of(form: Form, pages: Sequence[LaidPage], last_row: int) -> tuple[Stop, ...]:
    """Return the stops of a paper in its order, rows up to `last_row` (an index)."""
    found: dict[tuple[str, int], list[Spot]] = {}
    for number, page in enumerate(pages):
        slots = sorted(page.slots, key=lambda slot: (round(slot.y), slot.x)) if form.is_list else page.slots
        for slot in slots:
            if slot.field_id in fields() and slot.row <= last_row and not _is_copy(found, slot):
                found.setdefault((slot.field_id, slot.row), []).append(Spot(number, slot))
    return tuple(
        Stop(
            stop_name(field_id, row),
            fields()[field_id],
            row,
            label_of(form, field_id),
            _way(field_id, spots),
            tuple(spots),
        )
        for (field_id, row), spots in found.items()
    )


def _is_copy(found: Mapping[tuple[str, int], list[Spot]], slot: Slot) -> bool:
    """True for a field of the head or foot that a list repeats on a further page."""
    spots = found.get((slot.field_id, slot.row), ())
    return any(spot.slot[1:5] == slot[1:5] for spot in spots)


def _way(field_id: str, spots: Sequence[Spot]) -> Way:
    first = spots[0].slot
    if first.shape in ("square", "ring"):
        return "marks"
    if first.shape == "boxes":
        return "boxes"
    return "prose" if fields()[field_id].kind in ("text", "name") else "line"


def is_split(stop: Stop) -> bool:
    """True for a date whose year, month and day have places of their own."""
    return any(spot.slot.style in PARTS for spot in stop.spots)


def shown_spots(stop: Stop, answers: Answers) -> tuple[Spot, ...]:
    """Return the places that show the field now: those whose condition holds; without one, none."""
    return tuple(
        spot
        for spot in stop.spots
        if spot.slot.when is None or holds(answers.get(spot.slot.when[0], ""), spot.slot.when[1])
    )


def marks_of(stop: Stop) -> tuple[Spot, ...]:
    """Return the squares and rings of a stop, in the paper's order."""
    return tuple(spot for spot in stop.spots if spot.slot.option)


def typing_area(stop: Stop, spot: Spot, page: LaidPage) -> Area:
    """Return where the editor of a place stands, mm: its whole cell, or the parts of a date together."""
    slot = spot.slot
    cell = next((cell for cell in page.cells if _is_inside(slot, cell)), None)
    if cell and slot.width * slot.height > 0.6 * cell.width * cell.height:
        return cell
    if slot.style in PARTS:
        line = [
            each.slot
            for each in stop.spots
            if each.page == spot.page and each.slot.style in PARTS and abs(each.slot.y - slot.y) < 1.0
        ]
        left, right = min(each.x for each in line), max(each.x + each.width for each in line)
        right = max(right, _end_of_last_word(page, right, slot) - 0.5)
        return Area(left - 0.5, slot.y, right - left + 1.0, slot.height, "place")
    return Area(slot.x - 0.5, slot.y, slot.width + 1.0, slot.height, "place")


def _end_of_last_word(page: LaidPage, right: float, slot: Slot) -> float:
    """Return where the 日 or 月 behind the last part of a date ends, mm; 0 where there is none."""
    for mark in page.marks:
        if not isinstance(mark, Text) or abs(mark.x - right) >= _WORD_GAP:
            continue
        if slot.y <= mark.y <= slot.y + slot.height and mark.text.lstrip()[:1] in ("日", "月"):
            blanks = len(mark.text) - len(mark.text.lstrip())
            return mark.x + (mark.size * MM_PER_POINT + mark.spread) * (blanks + 1)
    return 0.0


def corner_area(stop: Stop, spot: Spot, page: LaidPage) -> Area:
    """Return the area whose corner tells that something is wrong, mm: the cell, or a place inside a long one."""
    slot = spot.slot
    if slot.style in PARTS:
        return typing_area(stop, spot, page)
    cell = next((cell for cell in page.cells if _is_inside(slot, cell)), None)
    if cell and not slot.option and slot.height > 0.6 * cell.height:
        return cell
    return Area(slot.x, slot.y, slot.width, slot.height, "place")


def _is_inside(slot: Slot, cell: Area) -> bool:
    x, y = slot.x + slot.width / 2, slot.y + slot.height / 2
    return cell.x <= x <= cell.x + cell.width and cell.y <= y <= cell.y + cell.height


def reach_of(slot: Slot, page: LaidPage) -> Area:
    """Return where a click means this place, mm; a square takes its words with it."""
    if slot.shape != "square":
        return Area(slot.x - 0.6, slot.y - 0.4, slot.width + 1.2, slot.height + 0.8, "reach")
    right = slot.x + slot.width + _TICK_REACH
    middle = slot.y + slot.height / 2
    for other in page.slots:
        is_same_line = other.y - 1 <= middle <= other.y + other.height + 1
        if other is not slot and is_same_line and other.x > slot.x:
            right = min(right, other.x - 0.8)
    return Area(slot.x - 1.0, slot.y - 0.8, right - slot.x + 1.0, slot.height + 1.6, "reach")


def is_reachable(stop: Stop, answers: Answers, all_fields: frozenset[str]) -> bool:
    """True if Tab stops here: not at what the program fills in, what cannot apply, nor where nothing would show."""
    if not shown_spots(stop, answers) or not is_applicable(stop.field, answers):
        return False
    if not stop.field.is_derived:
        return True
    awaits_number = stop.field.id in FROM_IDENTITY and IDENTITY in all_fields and IDENTITY not in answers
    return stop.field.id not in answers and not awaits_number


def with_value(answers: Answers, field_id: str, value: Answer | None) -> dict[str, Answer]:
    """Return the answers with one changed, and with what follows from an identity number.

    Sex and birth date that came from the old number go with it; those that were typed stay.
    """
    changed = {key: each for key, each in answers.items() if key != field_id}
    if value is not None:
        changed[field_id] = value
    if field_id != IDENTITY:
        return changed
    old = derive({IDENTITY: answers[IDENTITY]}) if IDENTITY in answers else {}
    kept = {key: each for key, each in changed.items() if key not in FROM_IDENTITY or old.get(key) != each}
    return derive(kept)


def toggled(field: Field, value: Answer | None, option: str) -> Answer | None:
    """Return the answer after a square was ticked: the others of an either-or group clear, a second tick clears."""
    if field.kind == "choices":
        chosen = set(value) if type(value) is tuple else set()
        chosen ^= {option}
        return tuple(choice.id for choice in field.choices if choice.id in chosen) or None
    if value is not None and holds(value, option):
        return None
    if field.kind == "yes_no":
        return option == "yes"
    return int(option) if field.kind == "level" else option


def option_labels(form: Form, field: Field) -> tuple[str, ...]:
    """Return the words between which the arrow keys choose in a text place; empty where there is nothing to choose."""
    match field.kind:
        case "choice":
            words = form.wording.get(field.id, {})
            return tuple(words.get(choice.id, choice.label) for choice in field.choices)
        case "yes_no":
            return ("是", "否")
        case "level":
            return tuple(kinds.show(field, level) for level in (5, 4, 3, 2, 1))
        case _:
            return ()


def read_value(form: Form, field: Field, text: str) -> Answer | None:
    """Return what a typed text is; the paper's own words for a choice are understood too."""
    for option, words in form.wording.get(field.id, {}).items():
        if text.strip() == words:
            return toggled(field, None, option)
    return kinds.parse(field, tidied(field, text)).value


def edited_text(form: Form, field: Field, value: Answer | None) -> str:
    """Return the text with which an editor begins."""
    if value is None:
        return ""
    words = form.wording.get(field.id)
    if words and isinstance(value, str) and value in words:
        return words[value]
    return kinds.edit_text(field, value)


def option_text(form: Form, field: Field, option: str) -> str:
    """Return an option in words, for screen readers."""
    if words := form.wording.get(field.id, {}).get(option):
        return words
    value = toggled(field, None, option)
    return kinds.show(field, value) if value is not None else option
