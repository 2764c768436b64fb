"""Leaving the window: everything saved and put away, for the day or for the next person."""

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


def sign_out(window: "MainWindow") -> None:
    """Close the program so that a new one asks who works now; nothing of this person stays in it."""
    window.is_for_another = True
    if not window.close():
        window.is_for_another = False
