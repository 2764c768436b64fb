"""Where the window stands on its screen, remembered in a small file beside the store.

It is read before the first painting, when the store is still closed; it holds sizes and places and nothing else.
"""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QWidget

_FILE: Final = "window.ini"
_KEY: Final = "geometry"
_USUAL: Final = (1366, 768)
# The paper and the panel need no more: on a wider screen the window leaves room for others.
_WIDEST_WHOLE_SCREEN: Final = 1920
_TITLE_BAR: Final = 40  # px; a desktop tells how tall its own is only when a window stands there


def show_placed(window: QWidget, folder: Path) -> None:
    """Show the window where it was last, or as large as its screen; never larger than the screen."""
    room = window.screen().availableGeometry()
    window.resize(min(room.width(), _USUAL[0]), min(room.height() - _TITLE_BAR, _USUAL[1]))
    kept = QSettings(str(folder / _FILE), QSettings.Format.IniFormat).value(_KEY)
    if isinstance(kept, QByteArray) and window.restoreGeometry(kept):
        window.show()
    elif room.width() <= _WIDEST_WHOLE_SCREEN:
        window.showMaximized()
    else:
        window.move(room.center() - window.rect().center())
        window.show()


def keep_place(window: QWidget, folder: Path) -> None:
    """Remember where the window stands; where the folder cannot be written, nothing is remembered."""
    settings = QSettings(str(folder / _FILE), QSettings.Format.IniFormat)
    settings.setValue(_KEY, window.saveGeometry())
    settings.sync()


def fit(window: QWidget, width: int, height: int) -> None:
    """Give a window of its own a size, and less where the screen has less."""
    room = window.screen().availableSize()
    window.resize(min(width, room.width()), min(height, room.height() - _TITLE_BAR))
