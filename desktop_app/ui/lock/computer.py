"""When the computer itself locks its screen or goes to sleep: the program locks itself with it.

Under Linux this is told on D-Bus, by systemd-logind and by the desktops' screen savers; under Windows by messages to
the window. Where nobody tells, the idle clock remains.
"""

import os
import sys
from typing import Any, Final

from PySide6.QtCore import SLOT, QObject, Signal, Slot

_LOGIN: Final = "org.freedesktop.login1"
_MANAGER: Final = "/org/freedesktop/login1"
# The slots below; PySide's stubs ask for bytes, which it refuses itself.
_TELL_IF: Final[Any] = SLOT("_tell_if(bool)")
_TELL: Final[Any] = SLOT("_tell()")
_SAVERS: Final = ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver")


class Computer(QObject):
    """Listens to the computer.

    Signals:
        locks: The screen is locked or the computer goes to sleep, now.
    """

    locks = Signal()

    def __init__(self, window_id: int, parent: QObject) -> None:
        """Begin to listen; `window_id` is the window that Windows shall tell."""
        super().__init__(parent)
        self._messages: object = None
        self._delay: object = None  # holds the sleep off until the process ends
        if sys.platform == "win32":
            from desktop_app.ui.lock.windows_messages import WindowsMessages

            self._messages = WindowsMessages(window_id, self.locks.emit)
        elif sys.platform == "linux":
            self._listen()

    def _listen(self) -> None:
        from PySide6.QtDBus import QDBusConnection

        system, session = QDBusConnection.systemBus(), QDBusConnection.sessionBus()
        # Without a service's name: whoever tells it on such a bus may tell it.
        system.connect("", _MANAGER, f"{_LOGIN}.Manager", "PrepareForSleep", self, _TELL_IF)
        system.connect("", _own_session(), f"{_LOGIN}.Session", "Lock", self, _TELL)
        for saver in _SAVERS:
            session.connect("", "", saver, "ActiveChanged", self, _TELL_IF)
        if system.isConnected():
            self._hold_sleep()

    def _hold_sleep(self) -> None:
        """Ask for the moment that saving takes before each sleep; without it the sleep is not waited for."""
        from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

        ask = QDBusMessage.createMethodCall(_LOGIN, _MANAGER, f"{_LOGIN}.Manager", "Inhibit")
        ask.setArguments(["sleep", "补贴申领表单", "先保存并锁定", "delay"])
        asked = QDBusPendingCallWatcher(QDBusConnection.systemBus().asyncCall(ask), self)
        asked.finished.connect(self._keep_delay)

    def _keep_delay(self, asked: object) -> None:
        from PySide6.QtDBus import QDBusMessage

        reply: QDBusMessage = asked.reply()  # type: ignore[attr-defined]
        if reply.type() == QDBusMessage.MessageType.ReplyMessage:
            self._delay = reply.arguments()[0]

    @Slot(bool)
    def _tell_if(self, is_so: bool) -> None:
        if is_so:
            self.locks.emit()

    @Slot()
    def _tell(self) -> None:
        self.locks.emit()


def _own_session() -> str:
    """Return the path of this login session on D-Bus; empty, which is any, where the session has no name."""
    name = os.environ.get("XDG_SESSION_ID", "")
    escaped = "".join(
        each if each.isascii() and each.isalnum() and (at or each.isalpha()) else f"_{ord(each):02x}"
        for at, each in enumerate(name)
    )
    return f"{_MANAGER}/session/{escaped}" if name else ""
