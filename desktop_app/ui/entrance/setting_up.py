"""The longer ways in, each past a recovery sheet: a new office, a store of the last release, a forgotten password."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from desktop_app.store import jobs, people_jobs
from desktop_app.store.faults import told
from desktop_app.store.founding import found_office
from desktop_app.store.keys import seed_of_sheet
from desktop_app.store.users import use_recovery
from desktop_app.ui.jobs.clock import now
from desktop_app.ui.jobs.lane import Lane
from desktop_app.ui.jobs.store_door import StoreDoor
from desktop_app.ui.people.colleagues_page import ColleaguesPage
from desktop_app.ui.people.forgotten_page import ForgottenPage
from desktop_app.ui.people.person_fields import NewPerson
from desktop_app.ui.people.recovery import sheet_page
from desktop_app.ui.people.set_up_page import SetUpPage
from desktop_app.ui.window.main_window import MainWindow

if TYPE_CHECKING:
    from desktop_app.store.place import Hold
    from desktop_app.store.trust import SignedIn


class Hall(NamedTuple):
    """What every way in is given.

    Attributes:
        lane: On which what may take long is done.
        opened: Makes the door to the store of who is signed in now.
        enter: Goes on to the list.
    """

    window: MainWindow
    claim: "Hold"
    lane: Lane
    opened: "Callable[[SignedIn], StoreDoor]"
    enter: "Callable[[SignedIn], None]"


def set_up(hall: Hall, restore: Callable[[Callable[[], None]], None], *, is_taken_over: bool) -> None:
    """Ask for office and administrator, or for the administrator of a store that there is already.

    `restore` leads back from a backup, and is given the way back here.
    """
    window = hall.window
    page = SetUpPage(window.colours, is_office_known=is_taken_over)

    def found(office: dict[str, str], person: NewPerson) -> None:
        login, name, password, roles = person
        at = now()

        def done(made: "tuple[SignedIn, bytes]") -> None:
            signed_in, seed = made
            door = hall.opened(signed_in)
            if office:
                door.write(jobs.set_settings, office, at, then=_nothing)
            _show_sheet(hall, signed_in, seed, is_new=True)

        page.show_working()
        hall.lane.run(
            lambda: found_office(window.folder, login, name, roles, password, at, claim=hall.claim),
            done,
            lambda error: page.refuse(told(error)),
        )

    page.told.connect(found)
    page.restore_wanted.connect(lambda: restore(partial(set_up, hall, restore, is_taken_over=is_taken_over)))
    window.show_alone(page)


def recover(hall: Hall, login: str, on_given_up: Callable[[], None]) -> None:
    """Lead through a forgotten password."""
    window = hall.window
    page = ForgottenPage(login, window.colours)

    def use(text: str, who: str, password: str) -> None:
        at = now()

        def done(made: "tuple[SignedIn, bytes]") -> None:
            signed_in, seed = made
            _show_sheet(hall, signed_in, seed, is_new=False)

        page.show_working()
        hall.lane.run(
            lambda: use_recovery(window.folder, seed_of_sheet(text), who, password, at, hall.claim),
            done,
            lambda error: page.refuse(told(error)),
        )

    page.given_up.connect(on_given_up)
    page.recovery_told.connect(use)
    window.show_alone(page)


def _show_sheet(hall: Hall, signed_in: "SignedIn", seed: bytes, *, is_new: bool) -> None:
    window = hall.window

    def show(who: tuple[str, str]) -> None:
        page = sheet_page(seed, *who, signed_in, date.today(), window.printing, window.colours)
        go_on = partial(_show_colleagues, hall) if is_new else hall.enter
        page.confirmed.connect(partial(go_on, signed_in))
        window.show_alone(page)

    # Behind what the first start has just told the store.
    hall.opened(signed_in).read(people_jobs.who_prints, then=show)


def _show_colleagues(hall: Hall, signed_in: "SignedIn") -> None:
    page = ColleaguesPage(hall.window.colours)

    def add(person: NewPerson) -> None:
        at = now()
        page.show_working()
        hall.opened(signed_in).administer(
            lambda store: people_jobs.add(store, *person, at),
            lambda _none: page.show_added(person.name),
            page.refuse,
        )

    page.add_wanted.connect(add)
    page.done.connect(partial(hall.enter, signed_in))
    hall.window.show_alone(page)


def _nothing(_answer: object) -> None:
    """What was kept is seen on the next page."""
