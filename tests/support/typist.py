"""A clerk who types Chinese: a real input method, the X server's own keys, the real window on the real paper.

Run as `python -m tests.support.typist METHOD FOLDER` on a session bus and an X server of its own; the status is 0 where
everything came out as it was meant. METHOD is fcitx5 or ibus; fcitx4 cannot be used in Qt 6, and is known by its name
on the bus.
"""

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtDBus import QDBusConnection
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.ui.paper.prose_editor import ProseEditor
from desktop_app.ui.paper.sheet import Sheet
from desktop_app.ui.window import input_methods
from tests.support.clerk import opened, tell_office, until

PROFILE = """[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin
[Groups/0/Items/0]
Name=keyboard-us
[Groups/0/Items/1]
Name=pinyin
[GroupOrder]
0=Default
"""
NUMBER = "220104199003070016"
ON_ONE_PAGE = 5  # candidates that both methods number without turning a page


def run(*command: str) -> str:
    """Run a program while the window works on, and return what it printed."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    until(lambda: process.poll() is not None, " ".join(command))
    assert process.stdout is not None
    return process.stdout.read().strip()


def started(method: str) -> subprocess.Popen[bytes]:
    """Start an input method as a desktop does before any program, and wait until it answers."""
    if method == "fcitx5":
        profile = Path(os.environ["XDG_CONFIG_HOME"], "fcitx5", "profile")
        profile.parent.mkdir(parents=True)
        profile.write_text(PROFILE, encoding="utf-8")
        command = ["fcitx5", "--disable", "notifications"]
    else:
        command = ["ibus-daemon", "--replace", "--panel=/usr/libexec/ibus-ui-gtk3"]
    daemon = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    until(lambda: "org.freedesktop.IBus" in input_methods.session_names(), method)
    return daemon


def turn_on(method: str) -> None:
    """Switch to pinyin, as the keys of the desktop do."""
    if method == "fcitx5":
        until(lambda: run("fcitx5-remote", "-o") == "" and run("fcitx5-remote", "-n") == "pinyin", "pinyin")
    else:
        until(lambda: (run("ibus", "engine", "libpinyin"), run("ibus", "engine"))[1] == "libpinyin", "pinyin")


def letters(text: str) -> None:
    run("xdotool", "type", "--delay", "30", text)


def keys(*names: str) -> None:
    run("xdotool", "key", "--delay", "30", *names)


def used() -> QWidget:
    """The editor that is typed in."""
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus


def composed() -> str:
    """What is being composed there."""
    editor = used()
    is_prose = isinstance(editor, ProseEditor)
    return editor.textCursor().block().layout().preeditAreaText() if is_prose else editor.preedit


def choose(key: str) -> None:
    """Choose a candidate by its key, and wait until it is text."""
    until(composed, "a composition")
    keys(key)
    until(lambda: not composed(), "the end of the composition")


def places(window_class: str) -> list[QPoint]:
    """Where the visible windows of a program stand on the screen."""
    found = run("xdotool", "search", "--onlyvisible", "--class", window_class).split()
    shown = (run("xdotool", "getwindowgeometry", "--shell", each) for each in found)
    told = (dict(line.split("=") for line in each.splitlines()) for each in shown)
    return [QPoint(int(each["X"]), int(each["Y"])) for each in told]


def assert_candidates_stand_below() -> None:
    """The list of candidates begins at the caret and right below its line, as fcitx 5 places it."""
    editor = used()
    below = editor.viewport().mapToGlobal(editor.cursorRect().bottomLeft())
    until(lambda: places("fcitx"), "candidates")
    (place,) = places("fcitx")
    assert (place - below).manhattanLength() <= 3, (place, below)


def write_an_application(method: str, sheet: Sheet) -> None:
    """Write into a paper as clerks do, slips and all."""
    sheet.go_to("applicant.name")
    turn_on(method)
    # A name that is not the first candidate: one number after another, until it is the right one.
    for number in range(1, ON_ONE_PAGE + 1):
        letters("zhangwei")
        until(composed, "zhangwei")
        if method == "fcitx5":
            assert_candidates_stand_below()
        choose(str(number))
        if used().content() == "张伟":
            break
        keys("BackSpace", "BackSpace")
        until(lambda: used().content() == "", "an empty field")
    assert used().content() == "张伟", used().content()

    # A slip that is mended while it is composed, and the first candidate by the space bar.
    letters("ouyabg")
    keys("BackSpace", "BackSpace")
    letters("ng")
    choose("space")
    assert used().content() == "张伟欧阳", used().content()

    # Return gives the letters as they are and stays; a second Return goes on.
    letters("ming")
    choose("Return")
    assert (used().content(), sheet.current_field()) == ("张伟欧阳ming", "applicant.name"), used().content()
    keys(*["BackSpace"] * 4)
    keys("Return")
    until(lambda: sheet.current_field() == "employer.name", "the next field")

    # A phrase by its number, and figures as they are.
    letters("shehuibaoxian")
    choose("1")
    sheet.go_to("applicant.id_number")
    letters(NUMBER)
    until(lambda: used().content() == NUMBER, "eighteen figures")
    sheet.commit()
    answers = sheet.answers()
    written = [answers.get(each) for each in ("applicant.name", "employer.name", "applicant.id_number")]
    assert written == ["张伟欧阳", "社会保险", NUMBER], written


def main(method: str, folder: Path) -> None:
    """Write with an input method, or be told that it cannot be used."""
    if method == "fcitx4":
        assert QDBusConnection.sessionBus().registerService("org.fcitx.Fcitx-0")
        _, window = opened(folder)
        until(lambda: window.notice.label.accessibleName() == input_methods.NONE_WORKS, "the sentence")
    else:
        daemon = started(method)
        _, window = opened(folder)
        tell_office()
        window.open_new()
        until(lambda: window.case_page is not None, "the paper")
        write_an_application(method, window.case_page.sheet)
        assert window.notice.isHidden(), window.notice.label.text()
        daemon.terminate()
    window.close()
    window.door.close()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
