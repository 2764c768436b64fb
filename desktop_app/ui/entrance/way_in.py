"""Who works here is asked on the first page that is painted; a good password leads to the list.

It decides nothing about passwords; the store does.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from desktop_app.ui.entrance.loading import Loading
from desktop_app.ui.jobs.lane import Lane
from desktop_app.ui.people import last_login
from desktop_app.ui.people.sign_in_page import SignInPage
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.workflow.roles import Actor

if TYPE_CHECKING:
    from pathlib import Path

    from desktop_app.store.place import Hold
    from desktop_app.store.records import FirstPage
    from desktop_app.store.trust import SignedIn
    from desktop_app.ui.entrance.setting_up import Hall
    from desktop_app.ui.jobs.store_door import StoreDoor


class Entered(NamedTuple):
    """What stands behind a good password."""

    signed_in: "SignedIn"
    actor: Actor
    first: "FirstPage | None"


class Entrance(QObject):
    """Leads one person into one store; the window that is settled needs it no more.

    Attributes:
        loading: What is loaded while the password is typed.
    """

    def __init__(
        self,
        application: QApplication,
        window: MainWindow,
        signed_in: "SignedIn | None",
        on_settled: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._application, self._window, self._signed_in = application, window, signed_in
        self._on_settled = on_settled
        self._claim: Hold | None = None
        self._door: StoreDoor | None = None  # until the window has it
        self._lane = Lane("entrance", self)
        self.loading = Loading(window)
        window.closed.connect(self._leave)

    def show_first(self) -> None:
        """Show the page that is painted first, where a store is there to sign in to."""
        if self._signed_in is None and (self._window.folder / "store.slots").exists():
            self._show_sign_in()

    def begin(self) -> None:
        """Claim the folder, and go on: in, to the set-up, or to load what is heavy while the password is typed."""
        from desktop_app import core_dumps
        from desktop_app.store import place
        from desktop_app.store.faults import ALREADY_OPEN, StoreFault

        core_dumps.forbid()
        folder = self._window.folder
        try:
            self._claim = place.hold(folder)
            is_old = place.has_store(folder)
        except StoreFault as fault:
            if str(fault) == ALREADY_OPEN:
                from desktop_app.ui.parts.questions import tell

                tell(self._window, "程序已经打开", str(fault))
                self._application.exit(1)
            elif self._claim is not None:
                self._restore(None, str(fault))
            else:
                self._window.refuse(str(fault))
            return
        if self._signed_in is not None:
            self._enter(self._signed_in)
        elif is_old and place.has_slots(folder):
            if self._window.stack.count() == 0:  # the first of the two files of slots was lost
                self._show_sign_in()
            self.loading.begin()
        else:
            from desktop_app.ui.entrance.setting_up import set_up

            set_up(self._hall(), self._restore, is_taken_over=is_old)

    def _show_sign_in(self) -> None:
        page = SignInPage(last_login.read(self._window.folder), self._window.colours)
        page.sign_in_wanted.connect(partial(self._sign_in, page))
        page.recovery_wanted.connect(partial(self._recover, page))
        page.restore_wanted.connect(partial(self._restore, self._show_sign_in))
        self._window.show_alone(page)

    def _sign_in(self, page: SignInPage, login: str, password: str) -> None:
        folder = self._window.folder

        def job() -> Entered:
            from desktop_app.store.sign_in import sign_in
            from desktop_app.ui.jobs.clock import now

            return _read(sign_in(folder, login, password, now()), folder)

        def failed(error: Exception) -> None:
            from desktop_app.store.faults import NEEDS_BACKUP

            if str(error) in NEEDS_BACKUP:
                self._restore(self._show_sign_in, str(error))
            else:
                page.refuse(_sentence(error), getattr(error, "wait", 0))

        self._lane.run(job, self._settle, failed)

    def _recover(self, page: SignInPage) -> None:
        from desktop_app.ui.entrance.setting_up import recover

        recover(self._hall(), page.login.text(), self._show_sign_in)

    def _restore(self, on_back: Callable[[], None] | None, why: str = "") -> None:
        """Lead back from a backup; afterwards a fresh program asks who works here."""
        from desktop_app.ui.lock import anew
        from desktop_app.ui.safekeeping.restore_acts import restore_page

        window = self._window

        def go_on() -> None:
            window.close()
            anew.begin_anew()

        page = restore_page(window.folder, self._lane, window.colours, go_on, on_back, why)
        window.show_alone(page)

    def _hall(self) -> "Hall":
        from desktop_app.ui.entrance.setting_up import Hall

        assert self._claim is not None
        return Hall(self._window, self._claim, self._lane, self._opened, self._enter)

    def _opened(self, signed_in: "SignedIn") -> "StoreDoor":
        from desktop_app.ui.jobs.store_door import StoreDoor

        if self._door is None:
            self._door = StoreDoor(self._window.folder, self._claim, self._application, signed_in)
            self._door.open()
        return self._door

    def _enter(self, signed_in: "SignedIn") -> None:
        """Read the first page of the store and let the window paint it."""
        folder = self._window.folder
        # Behind what was asked of the store before, where a door to it is open already.
        if self._door is None:
            self._lane.run(
                lambda: _read(signed_in, folder),
                self._settle,
                lambda error: self._window.refuse(_sentence(error)),
            )
        else:
            self._door.administer(
                lambda store: (store, _read(store.signed_in or signed_in, folder)),
                self._settle,
                self._window.refuse,
            )

    def _settle(self, entered: Entered) -> None:
        from desktop_app.ui.jobs.store_door import StoreDoor

        signed_in, actor, first = entered
        folder = self._window.folder
        door, self._door = self._door or StoreDoor(folder, self._claim, self._application, signed_in), None
        self._window.settle(door, first, actor)
        self._on_settled()
        self._lane.finish(0)  # the door has lanes of its own
        QTimer.singleShot(0, self, lambda: last_login.keep(folder, signed_in.login))

    def _leave(self) -> None:
        """The window was closed before anybody was in: give the folder back."""
        if self._door is not None:
            self._door.close()
        elif self._claim is not None:
            from desktop_app.store import place

            place.release(self._claim)


def _read(signed_in: "SignedIn", folder: "Path") -> Entered:
    from desktop_app.store.changing_key import read_rows
    from desktop_app.store.first import first_page
    from desktop_app.store.trust import trusted
    from desktop_app.ui.lists.case_model import PAGE_ROWS

    key = signed_in.key
    person = trusted(read_rows(folder, key), signed_in.root).people[signed_in.user_id]
    actor = Actor(person.id, person.name, person.roles)
    return Entered(signed_in, actor, first_page(folder, PAGE_ROWS, key, person.id))


def _sentence(error: Exception) -> str:
    from desktop_app.store.faults import told

    return told(error)
