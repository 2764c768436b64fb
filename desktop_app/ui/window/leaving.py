"""Leaving the window for the day: everything saved and put away."""

from typing import TYPE_CHECKING

from desktop_app.ui.window.placing import keep_place

if TYPE_CHECKING:
    from desktop_app.ui.window.main_window import MainWindow


def may_leave(window: "MainWindow") -> bool:
    """Save what is open and remember where the window stands; False where the clerk stays with what is not saved."""
    if not window.papers.put_away():
        return False
    window.context.settings.keep_now()
    keep_place(window, window.folder)
    return True
