"""The program itself with a clerk's hands inside, until it is locked: run as `python -m tests.support.locker STORE`.

The lock begins this very command again, in this very process; the second time it signs nobody in and waits.
"""

import ctypes
import os
import sys
from pathlib import Path

from PySide6.QtCore import Qt, QTimer

from tests.support.clerk import control, founded, tell_office, until, write

_AGAIN = "TESTS_LOCKED_ONCE"
_SET_DUMPABLE = 4  # prctl's


def main(folder: Path) -> None:
    from desktop_app.ui import start

    application = start.made_application(["desktop-app"])
    if _AGAIN in os.environ:
        window = start.open_window(application, folder, is_dark=False)
        until(window.isActiveWindow, "an active window")
        ctypes.CDLL(None).prctl(
            _SET_DUMPABLE, 1, 0, 0, 0
        )  # the test reads the memory; the program forbids it
        QTimer.singleShot(0, lambda: print("locked", flush=True))
        application.exec()
        return
    os.environ[_AGAIN] = "1"
    signed_in = founded(folder, "clerk")
    window = start.open_window(application, folder, is_dark=False, signed_in=signed_in)
    until(lambda: window.acts != {} and window.door.is_open, "the whole window")
    until(window.isActiveWindow, "an active window")
    tell_office()
    control(Qt.Key.Key_N)
    # Told from outside, so that the process which begins anew has never known it.
    write(sys.stdin.readline().strip())
    ctypes.CDLL(None).prctl(_SET_DUMPABLE, 1, 0, 0, 0)
    print(signed_in.key, flush=True)
    sys.stdin.readline()
    control(Qt.Key.Key_L)
    application.exec()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
