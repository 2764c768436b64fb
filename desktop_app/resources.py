"""Where files lie: those that come with the program, and those of this computer.

Knows the two places a copy of the program may have (a checkout, an installed wheel), the folder that is this
office's own, and nothing of what the files say.
"""

import errno
import os
import sys
from pathlib import Path

HOME = "DESKTOP_APP_HOME"
STATE = "DESKTOP_APP_STATE"
_CHECKOUT = Path(__file__).resolve().parent.parent / "resources"
_INSTALLED = Path(sys.prefix) / "share" / "desktop-app" / "resources"


def resource(name: str = "") -> Path:
    """The path of a file or folder below `resources`, named with slashes, as in `fonts/coverage.json`.

    The path is absolute; whether it exists is for the caller to find out.
    """
    return (_CHECKOUT if _CHECKOUT.is_dir() else _INSTALLED) / name


def home() -> Path:
    """The folder of this office's own files, the store and forms it was given; $DESKTOP_APP_HOME names another.

    The path is absolute; whether it exists is for the caller to find out.

    Raises:
        FileNotFoundError: The variable names a person whom the computer does not know.
    """
    if os.environ.get(HOME):
        try:
            return Path(os.environ[HOME]).expanduser().absolute()
        except RuntimeError:
            sentence = f"环境变量 {HOME} 里写的用户不存在，请改正。"
            raise FileNotFoundError(errno.ENOENT, sentence) from None
    person = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", person / "AppData" / "Local")) / "desktop-app"
    if sys.platform == "darwin":
        return person / "Library" / "Application Support" / "desktop-app"
    return Path(os.environ.get("XDG_DATA_HOME") or person / ".local" / "share") / "desktop-app"


def state() -> Path:
    """The folder of what this computer remembers of its stores; $DESKTOP_APP_STATE names another.

    It lies outside of `home`, so that who copies an office's folder or puts an old one back does not take it along.
    The path is absolute; whether it exists is for the caller to find out.
    """
    if os.environ.get(STATE):
        return Path(os.environ[STATE]).expanduser().absolute()
    person = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", person / "AppData" / "Local")) / "desktop-app-state"
    if sys.platform == "darwin":
        return person / "Library" / "Application Support" / "desktop-app-state"
    return Path(os.environ.get("XDG_STATE_HOME") or person / ".local" / "state") / "desktop-app"
