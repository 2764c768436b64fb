"""The fresh process in place of the one that held the store's key: nothing of its memory is left to read."""

import os
import sys
from typing import NoReturn


def begin_anew() -> NoReturn:
    """End this process and begin the program again by the same command line.

    On POSIX the system puts the new program into this very process, so that whoever started it does not see it end.
    Windows has no such thing: another process is started and this one ends. Where none can be started this one ends all
    the same, and the program is opened again by hand: nobody's key stays.
    """
    command = [sys.executable, *sys.orig_argv[1:]]
    try:
        if sys.platform == "win32":
            from PySide6.QtCore import QProcess

            QProcess.startDetached(command[0], command[1:])
        else:
            os.execv(command[0], command)
    finally:
        os._exit(0)
