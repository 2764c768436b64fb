"""The menus of the window, made from the table of acts."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from desktop_app.ui.parts.acts import ACTS
from desktop_app.workflow.roles import Actor

_ON_PAPER: Final = (
    "undo", "redo", "next_mend", "facts", "help", "zoom_fit", "print", "save_pdf", "finish", "close_paper",
)  # fmt: skip


def build_menus(
    menus: Mapping[str, QMenu],
    window: QWidget,
    does: Mapping[str, Callable[[], object]],
    do_on_paper: Callable[[str], object],
) -> dict[str, QAction]:
    """Fill the menus from the table of acts; return the entries by the names of their acts.

    Args:
        menus: By their titles, still empty.
        window: Whose entries they are, keys and all.
        does: What an act does that needs no paper.
        do_on_paper: Does any other, by its name.
    """
    made = {}
    for act in ACTS:
        action = QAction(act.words, window)
        action.setShortcuts([QKeySequence(key) for key in act.keys])
        do = partial(do_on_paper, act.id) if act.needs_paper else does[act.id]
        # Called without what Qt says of an entry that could be ticked.
        action.triggered.connect(lambda _checked, do=do: do())
        menus[act.menu].addAction(action)
        made[act.id] = action
    return made


def allow_acts(acts: Mapping[str, QAction], actor: Actor, *, is_on_paper: bool) -> None:
    """Offer what a person may do, and let what needs a paper be chosen only while one is shown."""
    for act in ACTS:
        is_offered = not act.right or actor.may(act.right)
        acts[act.id].setVisible(is_offered)
        acts[act.id].setEnabled(is_offered and (is_on_paper or not act.needs_paper))


def offer_acts(paper: QWidget, acts: dict[str, QAction]) -> None:
    """Give a paper a menu of its own for the right mouse button, with what is done most."""
    paper.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
    paper.addActions([acts[name] for name in _ON_PAPER])
