"""What the entries of the menus do that need no paper, by the names of the table of acts."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from desktop_app.ui.context import Context
from desktop_app.ui.parts.notice import Notice
from desktop_app.ui.window.discarding import discard_shown
from desktop_app.ui.window.focus_round import focus_round
from desktop_app.ui.window.page_stack import PageStack
from desktop_app.ui.window.papers import Papers
from desktop_app.ui.window.searching import Searching

if TYPE_CHECKING:
    from desktop_app.ui.window.main_window import MainWindow


def commands(
    frame: "MainWindow",
    context: Context,
    pages: PageStack,
    papers: Papers,
    searching: Searching,
    notice: Notice,
) -> dict[str, Callable[[], object]]:
    """Return what each of them does."""
    return {
        "new": context.go.new,
        "password": partial(context.go.page, "password"),
        "lock": frame.lock_wanted.emit,
        "quit": frame.close,
        "discard": partial(discard_shown, context, papers, pages),
        "find": searching.begin,
        "menus": lambda: frame.menuBar().setActiveAction(frame.menuBar().actions()[0]),
        "focus_round": partial(_focus_round, frame, papers, notice),
        "help": partial(_help, context, papers),
        "keys": partial(context.go.page, "keys"),
    }


def _focus_round(frame: "MainWindow", papers: Papers, notice: Notice) -> None:
    panel = (papers.page.panel,) if papers.page is not None and papers.is_shown else ()
    bar = (notice,) if notice.isVisible() else ()
    focus_round((frame.stack.currentWidget(), *panel, *bar, frame.navigation), frame.focusWidget())


def _help(context: Context, papers: Papers) -> None:
    if papers.page is not None and papers.is_shown:
        papers.page.toggle_help()
    else:
        context.go.page("keys")
