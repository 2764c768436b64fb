"""What every test of the window needs: a display that is none says one thing of each window, which is no fault."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.ui import start
from desktop_app.ui.lock import anew
from desktop_app.ui.window.main_window import MainWindow
from tests.support.clerk import founded, tell_office, until


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the note of Qt's offscreen display pass in the tests of this folder."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints"))


@pytest.fixture(autouse=True)
def no_fresh_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock, even one that the desktop under the tests asks for, must not put the program in place of the tests."""
    monkeypatch.setattr(anew, "begin_anew", lambda: None)


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """The window of an office that has told its name, over a new store, with a clerk at it who administers too."""
    hook = sys.excepthook
    store = tmp_path / "store"
    made = start.open_window(qapp, store, is_dark=False, signed_in=founded(store, "clerk"))
    # A fault of the program in a slot fails the test, in place of being told to the clerk.
    sys.excepthook = hook
    qtbot.addWidget(made)
    until(lambda: made.door is not None and made.door.is_open, "the store")
    until(made.isActiveWindow, "an active window")
    made.showNormal()
    made.resize(1366, 768)
    tell_office()
    yield made
    made.close()
    made.door.close()
