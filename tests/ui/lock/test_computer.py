"""The computer's own lock and sleep, on a message bus of the test's own."""

import os
import shutil
import subprocess
import sys

import pytest

from tests.support import ROOT

_LISTENER = """
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from desktop_app.ui.lock.computer import Computer

application = QCoreApplication([])
told = []
computer = Computer(0, application)
computer.locks.connect(lambda: told.append(1))
LOGIN, MANAGER = "org.freedesktop.login1", "/org/freedesktop/login1"
SIGNALS = (
    (MANAGER, LOGIN + ".Manager", "PrepareForSleep", [True]),
    (MANAGER, LOGIN + ".Manager", "PrepareForSleep", [False]),
    (MANAGER + "/session/_37", LOGIN + ".Session", "Lock", []),
    (MANAGER + "/session/_38", LOGIN + ".Session", "Lock", []),
    ("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", [True]),
    ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", [True]),
    ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", [False]),
)
answers = []

def tell(left):
    if not left:
        print(answers)
        application.quit()
        return
    path, interface, name, arguments = left[0]
    signal = QDBusMessage.createSignal(path, interface, name)
    signal.setArguments(arguments)
    told.clear()
    bus = QDBusConnection.systemBus() if interface.startswith(LOGIN) else QDBusConnection.sessionBus()
    bus.send(signal)
    # A question behind it: its answer comes when the signal is there.
    bus.call(QDBusMessage.createMethodCall("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "GetId"))
    def look():
        answers.append(len(told))
        tell(left[1:])
    QTimer.singleShot(50, look)

QTimer.singleShot(0, lambda: tell(SIGNALS))
application.exec()
"""


@pytest.mark.skipif(not shutil.which("dbus-run-session"), reason="no message bus to be had")
def test_the_screens_lock_and_sleep_are_heard_and_another_sessions_are_not() -> None:
    inner = 'DBUS_SYSTEM_BUS_ADDRESS="$DBUS_SESSION_BUS_ADDRESS" exec "$0" -c "$1"'
    found = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", inner, sys.executable, _LISTENER],
        env={**os.environ, "XDG_SESSION_ID": "7", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert found.stdout.strip().splitlines()[-1] == "[1, 0, 1, 0, 1, 1, 0]"
