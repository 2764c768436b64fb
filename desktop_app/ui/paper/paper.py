"""A paper while it is filled in: its pages, its answers, and the marks of each value, of which only what changed is
set anew.

Knows no widget and no pixel: what changed comes back as indexes of spots, and the sheet paints them.
"""

from collections.abc import Collection, Sequence

from desktop_app.case import Answer, Answers, Unread, holds
from desktop_app.forms.draw import answers_of, draw, draw_slot, text_of
from desktop_app.forms.layout import LaidPage, lay_out
from desktop_app.forms.marks import Mark
from desktop_app.forms.model import Form, case_of
from desktop_app.forms.statistics import with_statistics
from desktop_app.ui.paper import stops
from desktop_app.ui.paper.stops import Spot, Stop


class Paper:
    """One paper, its answers and its rows.

    Attributes:
        decided: Fields that only the policy gives; nobody types them.
        pages: The fixed part of each page.
        spots: Every place of a value, pages in order.
        marks: What each spot shows now.
        stops: Where typing goes, in the paper's order.
        typed: Names of stops that were typed in by hand; Tab stops there though the program could work them out.
    """

    def __init__(
        self, form: Form, answers: Answers, rows: Sequence[Answers] = (), decided: Collection[str] = ()
    ) -> None:
        self.form = form
        self.decided = frozenset(decided)
        self.answers: dict[str, Answer] = dict(answers)
        self.rows: list[dict[str, Answer]] = [dict(row) for row in rows]
        self.typed: set[str] = set()
        self.pages: tuple[LaidPage, ...] = ()
        self.lay_out_anew()

    def lay_out_anew(self) -> None:
        """Lay the pages out for the rows as they are, and set every value."""
        self.pages = self._laid_out()
        self.spots = tuple(
            Spot(number, slot) for number, page in enumerate(self.pages) for slot in page.slots
        )
        self._dependents: dict[str, list[int]] = {}
        for index, (_, slot) in enumerate(self.spots):
            for field_id in {slot.field_id, *((slot.when[0],) if slot.when else ())}:
                self._dependents.setdefault(field_id, []).append(index)
        self._counted = with_statistics(self.form, {}, self.rows)
        self.marks: list[tuple[Mark, ...]] = [self._set(spot) for spot in self.spots]
        self.stops = stops.stops_of(self.form, self.pages, max(len(self.rows) - 1, 0))
        self._by_name = {stop.name: index for index, stop in enumerate(self.stops)}
        self._split = tuple(stop for stop in self.stops if stops.is_split(stop))
        self._all_fields = frozenset(stop.field.id for stop in self.stops)

    def stop(self, name: str) -> Stop | None:
        """Return the stop with this name (a field id, in a row with its number), or None."""
        index = self._by_name.get(name)
        return None if index is None else self.stops[index]

    def spot(self, stop: Stop) -> Spot:
        """Return the place at which a stop is typed now: the first that shows its field, or its first."""
        shown = stops.shown_spots(stop, self.answers_at(stop.row))
        return shown[0] if shown else stop.spots[0]

    def first_of(self, row: int) -> str:
        """Return the name of a row's first stop; empty where there is no such row."""
        return next((stop.name for stop in self.stops if stop.row == row), "")

    def takes_rows(self) -> bool:
        """True for a list whose rows are typed in; statistics count theirs."""
        return self.form.is_list and not self.form.is_statistics

    def answers_at(self, row: int) -> Answers:
        """Return the answers of a row, or of the paper where `row` is -1."""
        if row < 0:
            return self.answers
        return self.rows[row] if row < len(self.rows) else {}

    def value(self, stop: Stop) -> Answer | None:
        """Return the answer at a stop."""
        return self.answers_at(stop.row).get(stop.field.id)

    def shown_text(self, stop: Stop) -> str:
        """Return the answer as the paper words it; empty without one."""
        value = self.value(stop)
        if stop.way == "marks" and value is not None:
            ticked = (spot.slot.option for spot in stops.marks_of(stop) if holds(value, spot.slot.option))
            return "、".join(stops.option_text(self.form, stop.field, option) for option in ticked)
        return "" if value is None else text_of(self.form, stop.spots[0].slot._replace(style=""), value)

    def reachable(self) -> tuple[Stop, ...]:
        """Return the stops at which Tab stops now."""
        return tuple(
            stop
            for stop in self.stops
            if stop.field.id not in self.decided
            and (
                stop.name in self.typed
                or stops.is_reachable(stop, self.answers_at(stop.row), self._all_fields)
            )
        )

    def neighbour(self, name: str, step: int) -> Stop | None:
        """Return the next (1) or last (-1) stop that Tab reaches from a stop, itself reachable or not."""
        here = self._by_name.get(name, -1 if step > 0 else len(self.stops))
        reachable = {stop.name for stop in self.reachable()}
        index = here + step
        while 0 <= index < len(self.stops):
            if self.stops[index].name in reachable:
                return self.stops[index]
            index += step
        return None

    def set_answers(self, row: int, answers: Answers) -> Sequence[int] | None:
        """Take new answers of a row (-1: of the paper); return the spots to paint anew, None for all pages."""
        old = self.answers_at(row)
        changed = [key for key in {**old, **answers} if old.get(key) != answers.get(key)]
        if row < 0:
            self.answers = dict(answers)
        else:
            self.rows.extend({} for _ in range(len(self.rows), row + 1))
            self.rows[row] = dict(answers)
            if self._laid_out() != self.pages:
                self.lay_out_anew()
                return None
        touched = sorted({index for key in changed for index in self._dependents.get(key, ())})
        touched = [index for index in touched if self.spots[index].slot.row == row]
        for index in touched:
            self.marks[index] = self._set(self.spots[index])
        return touched

    def replace(self, answers: Answers, rows: Sequence[Answers]) -> None:
        """Take all answers and rows at once."""
        self.answers = dict(answers)
        self.rows = [dict(row) for row in rows]
        self.lay_out_anew()

    def _laid_out(self) -> tuple[LaidPage, ...]:
        if self.form.is_list and self.rows and not self.form.is_statistics:
            return draw(self.form, case_of(self.form, {}, self.rows)).layout.pages
        return lay_out(self.form).pages

    def unread_days(self, number: int) -> tuple[tuple[Stop, str], ...]:
        """Return the dates of three places on a page that could not be read, with what was typed."""
        found = ((stop, self.value(stop)) for stop in self._split if stop.spots[0].page == number)
        return tuple((stop, value.text) for stop, value in found if isinstance(value, Unread))

    def _set(self, spot: Spot) -> tuple[Mark, ...]:
        answers: Answers = {**self.answers, **self._counted} if self._counted else self.answers
        shown = answers_of(spot.slot, answers, self.rows)
        if shown is None or (
            spot.slot.style in stops.PARTS and isinstance(shown.get(spot.slot.field_id), Unread)
        ):
            return ()
        return draw_slot(self.form, spot.slot, shown)
