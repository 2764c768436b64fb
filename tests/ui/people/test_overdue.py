"""A password that is older than the office's rules allow leads to the page that changes it."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication

from desktop_app.ui.people import overdue
from desktop_app.ui.people.overdue import lead_to_new_password
from desktop_app.ui.people.own_password_page import OwnPasswordPage
from desktop_app.ui.window.main_window import MainWindow
from tests.support.clerk import until


def sign_in_again(window: MainWindow, monkeypatch: pytest.MonkeyPatch, profile_id: str, days: int) -> None:
    """Do what a start does under a profile, so many days from now."""
    window.context.settings.set_office({"protection": profile_id})
    monkeypatch.setattr(overdue, "now", lambda: datetime.now(UTC) + timedelta(days=days))
    lead_to_new_password(window.context)
    window.door.opened.emit()
    done: list[object] = []
    window.door.read(lambda _session: None, then=done.append)
    until(lambda: bool(done), "what was asked before")
    QApplication.processEvents()


@pytest.mark.parametrize(
    ("profile_id", "days", "is_led"),
    [("asvs", 5000, False), ("level_2", 89, False), ("level_2", 92, True), ("level_3", 92, True)],
)
def test_an_old_password_is_to_be_changed_where_the_profile_says_so(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, profile_id: str, days: int, is_led: bool
) -> None:
    from desktop_app.store import people_jobs

    asked: list[object] = []
    window.door.read(people_jobs.password_set_on, then=asked.append)
    until(lambda: bool(asked), "the day")
    age = (datetime.now(UTC).astimezone().date() - asked[0]).days  # type: ignore[operator]  # a day
    sign_in_again(window, monkeypatch, profile_id, days - age)
    assert isinstance(window.stack.currentWidget(), OwnPasswordPage) is is_led
    assert ("90 天" in window.notice.label.text()) is is_led
