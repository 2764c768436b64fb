"""What the window tells of its store: an old copy put back, spoiled pages, changes that crossed."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from clerk import until
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.case import Case
from desktop_app.store import cases, faults
from desktop_app.store.opening import close_store, open_store, reading, writing
from desktop_app.store.settings import set_settings
from desktop_app.ui import start
from desktop_app.ui.jobs import keeping
from desktop_app.ui.jobs.keeping import now
from desktop_app.ui.window.main_window import MainWindow

CASE = Case("jilin.application", "2017-08-23", "jilin", date(2018, 1, 2), {"applicant.name": "样例"})


def fill(folder: Path, count: int) -> None:
    store = open_store(folder, now())
    with writing(store) as session:
        set_settings(session, {"region": "jilin", "office.name": "样例市社会保险事业管理局"}, "样例员", now())
        for _ in range(count):
            cases.create_case(session, CASE, "220104", "样例员", now())
    close_store(store)


def test_an_old_copy_that_was_put_back_is_told(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    fill(folder, 1)
    shutil.copy(folder / "store.db", tmp_path)
    fill(folder, 1)
    shutil.copy(tmp_path / "store.db", folder)
    window = start.open_window(qapp, folder, is_dark=False)
    qtbot.addWidget(window)
    until(lambda: window.keeping is not None and window.keeping.is_open, "the store")
    until(lambda: window.notice.isVisible(), "the sentence")
    assert window.notice.label.text() == f"✕ {faults.PUT_BACK}"
    window.close()
    window.keeping.close()


def test_spoiled_pages_are_told_and_stay_told(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.store.damage.has_damage", lambda _folder: True)
    window.keeping.check()
    until(lambda: window.notice.isVisible(), "the sentence")
    assert window.notice.label.text() == f"✕ {faults.PAGES_DAMAGED}"
    window.notice.forget(window.keeping.last_fault)
    assert window.notice.isVisible()


def test_a_store_that_is_sound_says_nothing(window: MainWindow) -> None:
    window.keeping.check()
    ended: list[object] = []
    window.keeping._checking.run(lambda: None, ended.append, ended.append)
    until(lambda: bool(ended), "the check")
    assert ended == [None]
    assert not window.notice.isVisible()


def test_what_was_saved_is_in_the_file_when_nobody_types(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = window.folder / "store.db-wal"

    def job(session: object) -> None:
        cases.create_case(session, CASE, "220104", "样例员", now())

    window.keeping.write(job, lambda _none: None)
    until(lambda: log.exists() and log.stat().st_size > 0, "the save")
    until(lambda: log.stat().st_size == 0, "the pause")
    assert keeping.IDLE_MS < 5000


def test_a_change_from_elsewhere_is_not_overwritten(window: MainWindow) -> None:
    """Another counter on the same store, as a shared one will have: the window's save is told, and theirs is kept."""
    store = window.keeping._store
    with writing(store) as session:
        case_id = cases.create_case(session, CASE, "220104", "样例员", now())
    window.open_case(case_id)
    until(lambda: window.case_page is not None, "the paper")
    until(lambda: window.case_page.saving.waiting == 0, "the first save")
    theirs = CASE.with_answer("applicant.name", "别的窗口")
    with reading(store) as session:
        revision = cases.load_case(session, case_id).revision
    with writing(store) as session:
        cases.save_answers(session, case_id, revision, theirs, "", now())
    window.case_page.save()
    until(lambda: window.notice.isVisible(), "the sentence")
    assert window.notice.label.text() == f"✕ {faults.CASE_CHANGED}"
    with reading(store) as session:
        assert cases.load_case(session, case_id).case == theirs
    window.case_page.saving._ticket = None  # the window is closed without it
