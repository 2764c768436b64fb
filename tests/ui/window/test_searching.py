"""The search box at work: only what is typed last is looked for, however fast it is typed."""

from threading import Event

import pytest
from PySide6.QtCore import Qt

from desktop_app.store import jobs
from desktop_app.store.records import CasePage, CaseQuery
from desktop_app.ui.window.main_window import MainWindow
from tests.support.clerk import control, until, write


def test_letters_typed_behind_a_busy_store_are_looked_for_once(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    ask = jobs.list_cases

    def asking(session, query: CaseQuery) -> CasePage:
        asked.append(query.text)
        return ask(session, query)

    monkeypatch.setattr(jobs, "list_cases", asking)
    is_busy, is_free = Event(), Event()
    window.door.read(lambda _session: (is_busy.set(), is_free.wait(20)), then=lambda _answer: None)
    until(is_busy.is_set, "a busy store")
    control(Qt.Key.Key_F)
    write("ylz")
    is_free.set()
    until(lambda: window.list_page().words.text() == "查找“ylz”：0 份", "what was found")
    assert [text for text in asked if text] == ["ylz"]
