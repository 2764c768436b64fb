"""Who signed in last on this computer, remembered in the small file beside the store that holds the window's place."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QSettings

_FILE: Final = "window.ini"
_KEY: Final = "login"


def read(folder: Path) -> str:
    """Return the login; empty where nobody has signed in here."""
    kept = QSettings(str(folder / _FILE), QSettings.Format.IniFormat).value(_KEY)
    return kept if isinstance(kept, str) else ""


def keep(folder: Path, login: str) -> None:
    """Remember the login; where the folder cannot be written, nothing is remembered."""
    settings = QSettings(str(folder / _FILE), QSettings.Format.IniFormat)
    settings.setValue(_KEY, login)
    settings.sync()
