"""The figures in the navigation: true after each write, and counted no oftener than they can be read."""

import pytest
from PySide6.QtCore import Qt

from desktop_app.store import jobs
from desktop_app.ui.window.main_window import MainWindow
from tests.support.clerk import control, press, read_on, until, write


def test_counts_asked_for_behind_a_long_job_are_one(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[int] = []
    count = jobs.count_cases
    monkeypatch.setattr(jobs, "count_cases", lambda *given: counted.append(1) or count(*given))
    end = read_on(window)
    for name in ("样例甲", "样例乙", "样例丙"):
        control(Qt.Key.Key_N)
        write(name)
        press(Qt.Key.Key_Return)
        control(Qt.Key.Key_S)
    end.set()
    until(lambda: window.navigation.rooms["cases"].text() == "受理  3", "the figure")
    assert len(counted) == 1
    assert window.navigation.rooms["cases"].accessibleName() == "受理，3 份待办"
