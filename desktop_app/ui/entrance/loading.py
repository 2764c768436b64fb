"""Loads what is heavy while the password is typed: the store's code beside the window, the window's between keys."""

from collections.abc import Iterator
from functools import partial
from importlib import import_module
from typing import Final

from PySide6.QtCore import QObject, QTimer

from desktop_app.ui.jobs.lane import Lane
from desktop_app.ui.window.main_window import MainWindow

# What a sign-in and the store behind it need; none of it is of the window's.
_BESIDE: Final = (
    "desktop_app.store.sign_in",
    "desktop_app.store.first",
    "desktop_app.store.opening",
    "desktop_app.store.cases",
    "desktop_app.store.people",
)
# What the first page needs of the window.
_STEPS: Final = (
    "desktop_app.ui.jobs.store_door",
    "desktop_app.ui.lists.case_list",
    "desktop_app.ui.lists.feeds",
    "desktop_app.ui.window.page_stack",
    "desktop_app.ui.window.papers",
    "desktop_app.ui.window.searching",
    "desktop_app.ui.window.top_bar",
    "desktop_app.ui.window.offering",
    "desktop_app.ui.window.commands",
    "desktop_app.ui.window.menus",
    "desktop_app.ui.window.waiting",
)
_STEP_MS: Final = 10


class Loading(QObject):
    """Loads until the window is settled.

    Attributes:
        is_done: Everything was loaded.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._lane = Lane("loading", self)
        self._left = len(_BESIDE) + 1  # and the steps
        self._steps = self._taken()

    @property
    def is_done(self) -> bool:
        """Whether everything was loaded."""
        return self._left == 0

    def begin(self) -> None:
        """Begin, beside the window and in it."""
        for module in _BESIDE:
            self._lane.run(partial(import_module, module), self._count, self._count)
        self._step()

    def _count(self, _answer: object) -> None:
        # What cannot be loaded is told when it is needed.
        self._left -= 1

    def _taken(self) -> Iterator[None]:
        for module in _STEPS:
            import_module(module)
            yield
        self._window.furnish()
        yield
        from desktop_app.forms.titles import list_ids
        from desktop_app.ui.window.first_paper import steps

        list_ids()  # reads the head of every paper, which the first page names
        yield
        yield from steps("")

    def _step(self) -> None:
        # One step in each turn of the window, so that no key waits for all of them.
        if self._window.door is not None or not self._window.isVisible():
            return
        if next(self._steps, self) is None:
            QTimer.singleShot(_STEP_MS, self, self._step)
        else:
            self._count(None)
