"""Chinese input methods on Linux: which of Qt's plugins may serve, and one sentence where none can.

Qt's wheel brings a plugin for ibus, and none for fcitx. fcitx 5 answers as ibus too, fcitx 4 does not.
"""

import os
import sys
from collections.abc import Collection, Mapping
from pathlib import Path

NONE_WORKS = (
    "这台电脑的输入法（fcitx 4）在本程序里打不出汉字，请安装 fcitx5 或 ibus 中文输入法，然后重新打开程序。"
)
_BROUGHT = frozenset(("ibus", "compose", "qtvirtualkeyboard"))  # what QT_IM_MODULE may name and the wheel has
_IBUS = "org.freedesktop.IBus"  # on the session bus; fcitx 5 takes this name where ibus does not run
_FCITX = "org.fcitx.Fcitx-"  # and the number of the display; fcitx 5 takes it as well


def plugins(environment: Mapping[str, str]) -> str:
    """Return what QT_IM_MODULES should say, which Qt tries in turn; empty where the desktop's own setting works.

    A desktop that names fcitx gets a plugin for it where somebody has installed one, and else that of ibus; without
    this Qt takes none at all. On Wayland the compositor's own protocol goes first, as fcitx's manual asks.
    """
    if environment.get("QT_IM_MODULES") or environment.get("QT_IM_MODULE") in _BROUGHT:
        return ""
    named = environment.get("QT_IM_MODULE", "")
    if named in ("", "xim"):  # Qt 6 has no XIM, so what X names is what people mean
        named = environment.get("XMODIFIERS", "").partition("@im=")[2].lower()
    if named in ("", "none"):
        return ""
    return ";".join(dict.fromkeys(("wayland", named, "ibus")))


def choose() -> None:
    """Let Qt find an input method that works; to be called before Qt's application is made."""
    if sys.platform == "linux" and (wanted := plugins(os.environ)):
        os.environ["QT_IM_MODULES"] = wanted


def is_without(names: Collection[str]) -> bool:
    """Return whether an input method runs and cannot reach Qt, by the names that are taken on the session bus."""
    return _IBUS not in names and any(name.startswith(_FCITX) for name in names)


def session_names() -> tuple[str, ...]:
    """Return the names that are taken on the session bus; none where there is no bus, which is never started here."""
    socket = Path(os.environ.get("XDG_RUNTIME_DIR") or "/nowhere", "bus")
    if not os.environ.get("DBUS_SESSION_BUS_ADDRESS") and not socket.exists():
        return ()
    from PySide6.QtDBus import QDBus, QDBusConnection, QDBusMessage

    bus = "org.freedesktop.DBus"
    question = QDBusMessage.createMethodCall(bus, "/org/freedesktop/DBus", bus, "ListNames")
    answer = QDBusConnection.sessionBus().call(question, QDBus.CallMode.Block, 1000)  # ms
    return tuple(answer.arguments()[0]) if answer.type() is QDBusMessage.MessageType.ReplyMessage else ()
