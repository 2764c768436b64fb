"""Locking: the screen is hidden, the desk goes into the store, and this process makes room for a fresh one.

The fresh one asks for the password and knows nothing; so nothing is asked here and nothing needs to be forgotten.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

from desktop_app import protection
from desktop_app.store import jobs
from desktop_app.store.records import Changed
from desktop_app.ui.jobs.clock import now
from desktop_app.ui.lock.clearing import caret_in_use, desk_of
from desktop_app.ui.lock.cover import Cover
from desktop_app.ui.lock.hands import Hands
from desktop_app.ui.lock.typed import Caret
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.ui.window.placing import keep_place

if TYPE_CHECKING:
    from desktop_app.store.jobs import Session

_NOT_SAVED: Final = "刚才填写的内容没能保存，还不能锁定。"
_AGAIN_MS: Final = 5000


class Locking(QObject):
    """Locks one window, once.

    Attributes:
        cover: What hides everything from then on; None while nothing is locked.
    """

    def __init__(self, window: MainWindow, hands: Hands, end: Callable[[], object]) -> None:
        """Make ready; `end` ends this process, a test has its own."""
        super().__init__(window)
        self.cover: Cover | None = None
        self._window, self._hands, self._end = window, hands, end
        self._caret = Caret()
        self._again = QTimer(self, singleShot=True, interval=_AGAIN_MS)
        self._again.timeout.connect(self._clear)
        hands.rested.connect(self.lock)
        hands.lock_asked.connect(self.lock)
        window.lock_wanted.connect(self.lock)
        window.door.changed.connect(self._follow)
        self._take_rules()

    def lock(self) -> None:
        """Hide everything now, and lock as soon as what is under way has ended."""
        if self.cover is not None:
            return
        self._hands.give_composed()
        self._caret = caret_in_use()
        self.cover = Cover(self._window, self._window.colours)
        self.cover.again.connect(self._clear)
        # Behind every save and act that was asked for before, and behind what they tell the window.
        self._window.door.read(_nothing, then=lambda _none: self._clear())

    def _clear(self) -> None:
        """Save what is open and put the desk into the store."""
        self._again.stop()
        window = self._window
        page = window.papers.page
        if page is not None and not page.save_before_leaving():
            self._fail(window.door.last_fault or _NOT_SAVED)
            return
        window.context.settings.keep_now()
        desk = desk_of(window, self._caret)
        window.door.write(jobs.keep_desk, desk.json(), now(), then=self._leave, on_fault=self._fail)

    def _leave(self, _none: None) -> None:
        keep_place(self._window, self._window.folder)
        self._window.door.close()
        self._end()

    def _fail(self, sentence: str) -> None:
        assert self.cover is not None
        self.cover.tell(sentence)
        self._again.start()

    def _follow(self, changed: Changed) -> None:
        if "protection" in changed.settings:
            self._take_rules()

    def _take_rules(self) -> None:
        rules = protection.profile(self._window.context.settings.text("protection"))
        self._hands.rest_after(rules.idle_minutes)


def _nothing(_session: "Session") -> None:
    """A question whose answer comes when everything before it is done."""
