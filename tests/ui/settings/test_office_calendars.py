"""A calendar of the office that is broken is told, and papers open all the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.policy import calendars
from desktop_app.resources import HOME
from desktop_app.ui.window.main_window import MainWindow


@pytest.fixture(autouse=True)
def broken_calendar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    folder = tmp_path / "home" / "calendars"
    folder.mkdir(parents=True)
    (folder / "national-2026.json").write_text("{", encoding="utf-8")
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    for kept in (calendars._taken_in, calendars._merged):
        kept.cache_clear()
    yield
    for kept in (calendars._taken_in, calendars._merged):
        kept.cache_clear()


def test_a_paper_opens_and_the_broken_calendar_is_told(window: MainWindow) -> None:
    window.open_new()
    assert window.stack.currentWidget() is window.case_page
    told = window.notice.label.text()
    assert "national-2026.json" in told
    assert "仍按程序自带的放假安排计算" in told
