"""Qt is told which input methods to try on the desktops of offices, and a clerk is told where none can work."""

import pytest

from desktop_app.ui import start
from desktop_app.ui.window import input_methods
from desktop_app.ui.window.main_window import MainWindow

FCITX = "wayland;fcitx;ibus"


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({}, ""),
        ({"QT_IM_MODULE": "ibus", "XMODIFIERS": "@im=ibus"}, ""),
        ({"QT_IM_MODULE": "compose"}, ""),
        ({"QT_IM_MODULES": "wayland;ibus", "QT_IM_MODULE": "fcitx"}, ""),
        ({"QT_IM_MODULE": "fcitx", "XMODIFIERS": "@im=fcitx"}, FCITX),
        ({"QT_IM_MODULE": "fcitx5"}, "wayland;fcitx5;ibus"),
        ({"XMODIFIERS": "@im=fcitx"}, FCITX),
        ({"QT_IM_MODULE": "", "QT_IM_MODULES": "", "XMODIFIERS": "@im=fcitx"}, FCITX),
        ({"QT_IM_MODULE": "xim", "XMODIFIERS": "@im=fcitx"}, FCITX),
        ({"XMODIFIERS": "@im=ibus"}, "wayland;ibus"),
        ({"XMODIFIERS": "@im=none"}, ""),
        ({"QT_IM_MODULE": "none"}, ""),
    ],
)
def test_plugins_that_are_tried(environment: dict[str, str], wanted: str) -> None:
    assert input_methods.plugins(environment) == wanted


@pytest.mark.parametrize(
    ("names", "is_without"),
    [
        ((), False),
        (("org.freedesktop.DBus", ":1.0"), False),
        (("org.fcitx.Fcitx", "org.fcitx.Fcitx-0"), True),
        (("org.fcitx.Fcitx-77", "org.freedesktop.portal.Fcitx"), True),
        (("org.fcitx.Fcitx-0", "org.fcitx.Fcitx5", "org.freedesktop.IBus"), False),
        (("org.freedesktop.IBus", "org.freedesktop.portal.IBus"), False),
        (("org.fcitx.Fcitx-0", "org.freedesktop.IBus"), False),
    ],
)
def test_input_method_that_cannot_work(names: tuple[str, ...], is_without: bool) -> None:
    assert input_methods.is_without(names) == is_without


def test_no_bus_is_started_to_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    assert input_methods.session_names() == ()


def test_clerk_is_told_once_that_no_input_method_works(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    start.tell_input_method(window)
    assert window.notice.isHidden()
    monkeypatch.setattr(input_methods, "session_names", lambda: ("org.fcitx.Fcitx-0",))
    start.tell_input_method(window)
    assert window.notice.isVisible()
    assert window.notice.label.accessibleName() == input_methods.NONE_WORKS
