"""Windows' messages of a locked session and of a computer that goes to sleep. Not tried on a real Windows yet.

Windows tells sessions only to windows that have asked for it, and sleep to every window.
"""

import ctypes
from collections.abc import Callable
from ctypes import wintypes
from typing import Final

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication

# <WinUser.h>, <WtsApi32.h>
_POWER: Final = 0x0218  # WM_POWERBROADCAST
_SUSPEND: Final = 0x0004  # PBT_APMSUSPEND
_SESSION: Final = 0x02B1  # WM_WTSSESSION_CHANGE
_SESSION_LOCK: Final = 0x0007  # WTS_SESSION_LOCK
_THIS_SESSION: Final = 0  # NOTIFY_FOR_THIS_SESSION
_TOLD: Final = frozenset({(_POWER, _SUSPEND), (_SESSION, _SESSION_LOCK)})


class WindowsMessages(QAbstractNativeEventFilter):
    """Calls a function when Windows locks the session or goes to sleep."""

    def __init__(self, window_id: int, on_lock: Callable[[], None]) -> None:
        super().__init__()
        self._on_lock = on_lock
        # Named here: the module does not exist elsewhere.
        register = getattr(ctypes, "windll").wtsapi32.WTSRegisterSessionNotification  # noqa: B009
        register(wintypes.HWND(window_id), wintypes.DWORD(_THIS_SESSION))
        application = QCoreApplication.instance()
        if application is not None:
            application.installNativeEventFilter(self)

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        """Look at one message; it goes on."""
        if kind == b"windows_generic_MSG":
            told = wintypes.MSG.from_address(int(message))
            if (told.message, told.wParam) in _TOLD:
                self._on_lock()
        return False, 0
