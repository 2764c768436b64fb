"""The menus of the window, made from the list of acts, and what each of them does."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop_app.ui.parts.acts import ACTS, MENU_LETTERS, MENUS
from desktop_app.ui.window.discarding import discard_shown
from desktop_app.ui.window.focus_round import focus_round

_ON_PAPER: Final = (
    "undo", "redo", "next_mend", "facts", "help", "zoom_fit", "print", "save_pdf", "finish", "close_paper",
)  # fmt: skip


def build_menus(window: Any) -> dict[str, QAction]:
    """Fill the window's menu bar and bring its search box to life; return the entries by the names of their acts."""
    window.office.setTextFormat(Qt.TextFormat.PlainText)
    window.search.textEdited.connect(window.look_for)
    window.search.textChanged.connect(lambda text: None if text else window.look_for(""))
    window.search.returnPressed.connect(lambda: window.list_page().open_first())
    window.search.left.connect(window.take_focus)
    window.search.given_up.connect(window.give_up_search)
    does = _deeds(window)
    menus = {menu: window.menuBar().addMenu(f"{menu}(&{MENU_LETTERS[menu]})") for menu in MENUS}
    made = {}
    for act in ACTS:
        action = QAction(act.words, window)
        action.setShortcuts([QKeySequence(key) for key in act.keys])
        action.triggered.connect(does[act.id])
        menus[act.menu].addAction(action)
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
