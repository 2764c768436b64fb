"""The menus of the window, made from the list of acts, and what each of them does."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop_app.ui.parts.acts import ACTS
from desktop_app.ui.window.discarding import discard_shown
from desktop_app.ui.window.focus_round import focus_round

_ON_PAPER: Final = (
    "undo", "redo", "next_mend", "facts", "help", "zoom_fit", "print", "save_pdf", "finish", "close_paper",
)  # fmt: skip


def build_menus(window: Any) -> dict[str, QAction]:
    """Fill the window's menus; return the entries by the names of their acts."""
    does = _deeds(window)
    made = {}
    for act in ACTS:
        action = QAction(act.words, window)
        action.setShortcuts([QKeySequence(key) for key in act.keys])
        action.triggered.connect(does[act.id])
        window.menus[act.menu].addAction(action)
        made[act.id] = action
    return made


def offer_acts(paper: QWidget, acts: dict[str, QAction]) -> None:
    """Give a paper a menu of its own for the right mouse button, with what is done most."""
    paper.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
    paper.addActions([acts[name] for name in _ON_PAPER])


def _deeds(window: Any) -> dict[str, Callable[[], object]]:
    page: dict[str, Callable[[], object]] = {
        act.id: partial(window.do_on_paper, act.id) for act in ACTS if act.needs_paper
    }
    return page | {
        "new": window.open_new,
        "quit": window.close,
        "discard": partial(discard_shown, window),
        "find": partial(_find, window),
        "menus": partial(_open_menus, window),
        "focus_round": partial(focus_round, window),
        "help": partial(_help, window),
        "keys": window.show_keys,
    }


def _open_menus(window: Any) -> None:
    bar = window.menuBar()
    bar.setActiveAction(bar.actions()[0])


def _find(window: Any) -> None:
    window.search.setFocus()
    window.search.selectAll()


def _help(window: Any) -> None:
    if window.case_page is not None and window.stack.currentWidget() is window.case_page:
        window.case_page.toggle_help()
    else:
        window.show_keys()
