"""The lock in the middle of things, in the real window by keyboard alone: nothing typed is lost, nothing is shown."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.ui.lock import anew
from desktop_app.ui.lock.cover import Cover
from desktop_app.ui.lock.hands import Hands
from desktop_app.ui.lock.typed import caret_of
from desktop_app.ui.window.main_window import MainWindow
from tests.support.clerk import control, press, read_on, until, write
from tests.support.locked import Program, when


@pytest.fixture
def program(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Program]:
    made = Program(qapp, None)  # type: ignore[arg-type]  # the window follows
    monkeypatch.setattr(anew, "begin_anew", made.end)
    made.window = request.getfixturevalue("window")
    first = made.window
    yield made
    if made.window is not first:
        made.window.close()
        if made.window.door is not None:
            made.window.door.close()


def compose(text: str) -> None:
    """Begin a word with an input method, and do not choose it."""
    QApplication.sendEvent(QApplication.focusWidget(), QInputMethodEvent(text, []))


def focused_text() -> str:
    focus = QApplication.focusWidget()
    assert focus is not None
    return focus.text() if isinstance(focus, QLineEdit) else focus.toPlainText()  # type: ignore[attr-defined]


def on_paper(window: MainWindow, field_id: str) -> bool:
    return window.case_page is not None and window.case_page.sheet.current_field() == field_id


def test_a_half_composed_word_is_there_again_with_the_caret_behind_it(program: Program) -> None:
    control(Qt.Key.Key_N)
    write("样例")
    press(Qt.Key.Key_Return)
    write("样例厂东")
    press(Qt.Key.Key_Left)
    compose("you xian")
    control(Qt.Key.Key_L)
    program.locked()
    window = program.unlocked()
    until(lambda: on_paper(window, "employer.name"), "the field")
    until(lambda: focused_text() == "样例厂you xian东", "the half-composed word")
    until(lambda: caret_of(QApplication.focusWidget()) == (11, 11), "the caret")
    assert window.case_page is not None
    assert window.case_page.sheet.answers()["applicant.name"] == "样例"


def test_the_locked_page_shows_nothing_of_anybody(program: Program) -> None:
    control(Qt.Key.Key_N)
    write("样例甲")
    control(Qt.Key.Key_L)
    program.locked()
    window = program.begun()
    shown = " ".join(
        each.text() for kind in (QLabel, QLineEdit) for each in window.findChildren(kind) if each.isVisible()
    )
    assert "样例甲" not in shown + window.windowTitle()
    assert window.door is None
    assert window.menuBar().isHidden() or not window.menuBar().actions()


def test_the_screen_is_hidden_at_once_and_takes_no_key(program: Program) -> None:
    control(Qt.Key.Key_N)
    write("样例")
    end = read_on(program.window)
    try:
        control(Qt.Key.Key_L)
        cover = QApplication.activeModalWidget()
        assert isinstance(cover, Cover)
        assert cover.geometry() == program.window.geometry()
        QTest.keyClick(cover, Qt.Key.Key_Escape)
        assert cover.isVisible()
        # A long job that reads does not keep the lock waiting.
        program.locked()
    finally:
        end.set()


def test_a_dialog_comes_back_with_what_was_typed_in_it(program: Program) -> None:
    control(Qt.Key.Key_N)
    write("样例")

    def in_dialog() -> bool:
        focus = QApplication.focusWidget()
        return isinstance(focus, QLineEdit) and isinstance(focus.window(), QInputDialog)

    def type_and_lock() -> None:
        write("问过本人，材料")
        press(Qt.Key.Key_Left)
        control(Qt.Key.Key_L)
        program.locked()

    when(in_dialog, type_and_lock)
    control(Qt.Key.Key_M)
    found = []

    def go_on() -> None:
        found.append((focused_text(), caret_of(QApplication.focusWidget()).position))
        write("未")
        press(Qt.Key.Key_Return)

    when(lambda: in_dialog() and focused_text() != "", go_on)
    window = program.unlocked()
    until(lambda: found == [("问过本人，材料", 6)], "what was typed in the dialog")
    until(lambda: on_paper(window, "applicant.name"), "the paper again")
    assert window.case_page is not None
    until(lambda: window.case_page.held.notes == {"applicant.name": "问过本人，材未料"}, "the remark")


def test_words_that_are_searched_for_come_back(program: Program) -> None:
    control(Qt.Key.Key_N)
    write("样例乙")
    control(Qt.Key.Key_W)
    control(Qt.Key.Key_F)
    write("样例")
    control(Qt.Key.Key_L)
    program.locked()
    window = program.unlocked()
    until(lambda: window.search.text() == "样例", "the words")
    until(lambda: window.list_page().words.text() == "查找“样例”：1 份", "what answers to them")


def test_an_untouched_paper_is_opened_again_and_leaves_no_draft(program: Program) -> None:
    control(Qt.Key.Key_N)
    control(Qt.Key.Key_L)
    program.locked()
    window = program.unlocked()
    until(lambda: on_paper(window, "applicant.name"), "the paper")
    assert window.case_page is not None and window.case_page.case_id == ""
    control(Qt.Key.Key_W)
    assert window.list_page().model.count == 0


def test_a_desk_is_given_back_once(program: Program) -> None:
    control(Qt.Key.Key_N)
    write("样例")
    control(Qt.Key.Key_L)
    program.locked()
    window = program.unlocked()
    until(lambda: on_paper(window, "applicant.name"), "the paper")
    window.close()
    window.door.close()
    window = program.unlocked()
    assert window.desk is None
    assert window.case_page is None


def test_a_draft_that_is_gone_meanwhile_is_told(program: Program) -> None:
    from sqlalchemy import delete

    from desktop_app.store import tables
    from desktop_app.store.opening import close_store, open_store, writing
    from desktop_app.ui.jobs.clock import now
    from tests.support.clerk import LOGIN, PASSWORD

    control(Qt.Key.Key_N)
    write("样例")
    control(Qt.Key.Key_L)
    program.locked()
    from desktop_app.store.sign_in import sign_in

    folder = program.window.folder
    store = open_store(folder, now(), signed_in=sign_in(folder, LOGIN, PASSWORD, now()))
    with writing(store) as session:
        session.execute(delete(tables.search_term))
        session.execute(delete(tables.case))
    close_store(store)
    window = program.unlocked()
    until(lambda: "已经不在资料库里" in window.notice.label.text(), "the sentence")
    assert window.case_page is None


def test_it_locks_when_nothing_was_touched_for_as_long_as_the_office_says(program: Program) -> None:
    hands = program.window.findChild(Hands)
    assert hands is not None
    control(Qt.Key.Key_N)
    write("样")
    hands.rested.emit()
    program.locked()
    window = program.unlocked()
    until(lambda: on_paper(window, "applicant.name"), "the paper")
    assert focused_text() == "样"


def test_where_the_disk_is_full_nothing_is_shown_and_it_is_tried_again(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from desktop_app.store import desks
    from desktop_app.store.faults import DISK_FULL, StoreFault

    kept = desks.keep_desk
    is_full = [True]

    def keep(*given: object) -> None:
        if is_full[0]:
            raise StoreFault(DISK_FULL)
        kept(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(desks, "keep_desk", keep)
    control(Qt.Key.Key_N)
    write("样例")
    control(Qt.Key.Key_L)
    cover = QApplication.activeModalWidget()
    assert isinstance(cover, Cover)
    until(lambda: "磁盘空间不足" in cover.words.text(), "the sentence")
    assert program.ends == 0 and cover.isVisible()
    is_full[0] = False
    QTest.keyClick(cover, Qt.Key.Key_Return)
    program.locked()
    window = program.unlocked()
    until(lambda: on_paper(window, "applicant.name"), "the paper")
    assert focused_text() == "样例"
