"""A person who was here before: what was written then is offered beside the identity number, and taken with one key.

It asks the store when a valid number is in the paper, offers only what is still empty, and takes nothing by itself.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject

from desktop_app.case import Answer
from desktop_app.forms.carrying import OF_PERSON, carried, labels
from desktop_app.forms.model import Form
from desktop_app.identifiers import check_identity_number
from desktop_app.store import jobs
from desktop_app.ui.jobs.store_door import StoreDoor
from desktop_app.ui.paper.sheet import Sheet

if TYPE_CHECKING:
    from desktop_app.store.past_answers import PersonBefore

_NUMBER: Final = "applicant.id_number"
_STAYS: Final = 3  # fields that are entered while the offer stands; the key takes it later too


class KnownPerson(QObject):
    """What the store knows of the person on one paper."""

    def __init__(self, form: Form, sheet: Sheet, door: StoreDoor, case_id: Callable[[], str]) -> None:
        super().__init__(sheet)
        self._form, self._sheet, self._door, self._case_id = form, sheet, door, case_id
        self._asked_for = sheet.answers().get(_NUMBER)
        self._before: dict[str, Answer] = {}
        self._entered = 0
        sheet.answers_edited.connect(lambda _field: self._look_up())
        sheet.field_entered.connect(self._count)

    def offered(self) -> dict[str, Answer]:
        """Return what the key would take now: what was written before and is empty here."""
        here = self._sheet.answers()
        return {field_id: value for field_id, value in self._before.items() if field_id not in here}

    def take(self) -> tuple[str, ...]:
        """Take what is offered, as one change that is undone at once; return the fields."""
        self._sheet.commit()
        values = self.offered()
        if values:
            self._sheet.take_answers(values)
        self._sheet.withdraw()
        return tuple(values)

    def _look_up(self) -> None:
        number = self._sheet.answers().get(_NUMBER)
        if number == self._asked_for:
            return
        self._asked_for, self._before = number, {}
        self._sheet.withdraw()
        if not isinstance(number, str) or check_identity_number(number):
            return
        case_id = self._case_id()

        def done(found: "PersonBefore | None") -> None:
            if found is not None and number == self._asked_for:
                self._before = carried(self._form, found.answers, OF_PERSON)
                self._offer(found.at.astimezone().date().isoformat())

        self._door.read(jobs.person_before, number, case_id, then=done)

    def _offer(self, day: str) -> None:
        values = self.offered()
        if values:
            self._entered = 0
            first = labels(self._form, tuple(values)[:2])
            more = f"等 {len(values)} 项" if len(values) > 2 else ""
            self._sheet.offer(_NUMBER, f"{day} 来办过，按 F4 带入{first}{more}")

    def _count(self, _field: str) -> None:
        self._entered += 1
        if self._entered >= _STAYS:
            self._sheet.withdraw()
