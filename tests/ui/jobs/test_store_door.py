"""What the window tells of its store: an old copy put back, spoiled pages, changes that crossed."""

import shutil
from datetime import date
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.case import Case
from desktop_app.store import cases, faults, jobs
from desktop_app.store.opening import close_store, open_store, reading, writing
from desktop_app.store.records import Changed
from desktop_app.store.settings import set_settings
from desktop_app.store.trust import SignedIn
from desktop_app.ui import start
from desktop_app.ui.jobs.clock import now
from desktop_app.ui.jobs.lane import Lane
from desktop_app.ui.jobs.upkeep import IDLE_MS
from desktop_app.ui.window.main_window import MainWindow
from tests.support.clerk import founded, press, read_on, until, write

CASE = Case("jilin.application", "2017-08-23", "jilin", date(2018, 1, 2), {"applicant.name": "样例"})


def fill(folder: Path, count: int, signed_in: SignedIn) -> None:
    store = open_store(folder, now(), None, signed_in)
    with writing(store) as session:
        set_settings(session, {"region": "jilin", "office.name": "样例市社会保险事业管理局"}, "样例员", now())
        for _ in range(count):
            cases.create_case(session, CASE, "220104", "样例员", now())
    close_store(store)


def test_an_old_copy_that_was_put_back_is_told(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    signed_in = founded(folder, "clerk")
    fill(folder, 1, signed_in)
    shutil.copy(folder / "store.db", tmp_path)
    fill(folder, 1, signed_in)
    shutil.copy(tmp_path / "store.db", folder)
    window = start.open_window(qapp, folder, is_dark=False, signed_in=signed_in)
    qtbot.addWidget(window)
    until(lambda: window.door is not None and window.door.is_open, "the store")
    until(lambda: window.notice.isVisible(), "the sentence")
    assert window.notice.label.text() == f"✕ {faults.PUT_BACK}"
    window.close()
    window.door.close()


def test_spoiled_pages_are_told_and_stay_told(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_app.store.damage.has_damage", lambda _folder, _key: True)
    window.door.check()
    until(lambda: window.notice.isVisible(), "the sentence")
    assert window.notice.label.text() == f"✕ {faults.PAGES_DAMAGED}"
    window.notice.forget(window.door.last_fault)
    assert window.notice.isVisible()


def test_a_store_that_is_sound_says_nothing(window: MainWindow) -> None:
    window.door.check()
    ended: list[object] = []
    window.door._long_lane.run(lambda: None, ended.append, ended.append)
    until(lambda: bool(ended), "the check")
    assert ended == [None]
    assert not window.notice.isVisible()


def test_what_was_saved_is_in_the_file_when_nobody_types(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = window.folder / "store.db-wal"

    arguments = ("", 0, CASE, "220104", "样例员", "", now())
    window.door.write(jobs.save_case, *arguments, then=lambda _saved: None)
    until(lambda: log.exists() and log.stat().st_size > 0, "the save")
    until(lambda: log.stat().st_size == 0, "the pause")
    assert IDLE_MS < 5000


def test_a_change_from_elsewhere_is_not_overwritten(window: MainWindow) -> None:
    """Another counter on the same store, as a shared one will have: the window's save is told, and theirs is kept."""
    store = window.door._store
    with writing(store) as session:
        case_id = cases.create_case(session, CASE, "220104", "样例员", now())
    window.open_case(case_id)
    until(lambda: window.case_page is not None, "the paper")
    until(lambda: window.case_page.keeper.waiting == 0, "the first save")
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
    window.case_page.keeper._ticket = None  # the window is closed without it


def test_nothing_that_is_saved_or_searched_waits_for_a_long_job(window: MainWindow) -> None:
    end = read_on(window)
    counted: list[int] = []
    window.door.read_long(jobs.count_cases, ("draft",), then=counted.append)
    window.open_new()
    write("样例")
    press(Qt.Key.Key_Return)
    assert window.case_page.keeper.wait()
    until(lambda: window.case_page.is_saved, "the save")
    window.show_room("cases")
    until(lambda: window.list_page().model.count == 1, "the line in the list")
    assert counted == []  # the long job still reads
    end.set()
    until(lambda: counted == [1], "what waited behind it")


def test_each_write_tells_once_what_it_has_changed(window: MainWindow) -> None:
    settled: list[None] = []
    window.door.read(lambda _session: None, then=settled.append)
    until(lambda: settled, "the office in the store")
    told: list[Changed] = []
    window.door.changed.connect(told.append)
    window.open_new()
    write("样例")
    press(Qt.Key.Key_Return)
    until(lambda: window.case_page.is_saved and told, "the save")
    case_id = window.case_page.case_id
    assert {*told} == {Changed(cases=frozenset((case_id,)))}
    told.clear()
    window.context.settings.keep("paper.zoom", 1.5)
    until(lambda: told, "the setting")
    # Others may have stopped changing at the same time: how wide the columns of the list are.
    assert ["paper.zoom" in each.settings for each in told] == [True]
    assert not told[0].cases


def test_a_list_that_is_shown_follows_what_is_written(window: MainWindow) -> None:
    """By whomever: another page, an import, a batch that comes in."""
    window.show_room("cases")
    page = window.list_page()
    until(lambda: page.model.count == 0 and not page.model._is_stale, "the empty list")
    case = ("", 0, CASE, "220104", "样例员", "applicant.name", now())
    window.door.write(jobs.save_case, *case, then=lambda _saved: None)
    until(lambda: page.model.count == 1, "the line")
    until(lambda: window.navigation.rooms["cases"].text() == "受理  1", "the figure")


def test_what_nobody_waits_for_any_more_is_left_out(qapp: QApplication) -> None:
    lane, end = Lane("test", qapp), Event()
    done: list[str] = []
    lane.run(lambda: end.wait(20), lambda _none: done.append("first"), lambda _error: None)
    dropped = lane.run(
        lambda: done.append("dropped job"), lambda _none: done.append("x"), lambda _error: None
    )
    lane.run(lambda: None, lambda _none: done.append("last"), lambda _error: None)
    dropped.drop()
    end.set()
    until(lambda: "last" in done, "the lane")
    assert done == ["first", "last"]
    lane.finish(10)


def test_a_finished_lane_tells_nobody_any_more(qapp: QApplication) -> None:
    """A lane lives as long as the program: the window that asked may be gone when an answer comes."""
    lane, end, begun = Lane("test", qapp), Event(), Event()
    told: list[object] = []

    def job() -> None:
        begun.set()
        end.wait(20)

    lane.run(job, told.append, told.append)
    lane.run(lambda: told.append("a job that had not begun"), told.append, told.append)
    assert begun.wait(20)
    lane.finish(0)
    end.set()
    assert lane._thread is not None
    lane._thread.join(20)
    qapp.processEvents()
    assert told == []
