"""The buttons of the window's pages: Enter presses the one that has the focus, as the space bar does."""

from typing import Literal

from PySide6.QtWidgets import QPushButton


def push_button(words: str = "", look: Literal["", "main_act", "plain"] = "") -> QPushButton:
    """Return a button; its look is that of an ordinary one, of the page's main act, or of words alone."""
    button = QPushButton(words)
    button.setObjectName(look)
    button.setAutoDefault(True)
    return button
