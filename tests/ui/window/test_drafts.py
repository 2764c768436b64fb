"""Drafts: none is left by a paper that nobody touched, and one can be thrown away by keyboard, asked first."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop_app.regions import region_ids
from desktop_app.ui.window.main_window import MainWindow
from tests.support.clerk import OFFICE, control, press, until, write
from tests.ui.window.test_focus import put_dialog_away
from tests.ui.window.test_window import fill

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def answer_by_keys(asked: list[str], *keys: Qt.Key) -> None:
    def wait() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox) or not box.isActiveWindow():
            QTimer.singleShot(20, wait)
            return
        asked.append(box.text())
        for key in keys:
            QTest.keyClick(box.focusWidget(), key)
        box.close()  # a test that fails shall not wait for ever

    QTimer.singleShot(20, wait)


@pytest.mark.parametrize("region", region_ids())
def test_untouched_paper_leaves_no_draft(window: MainWindow, region: str) -> None:
    window.context.settings.set_office({"region": region, **OFFICE})
    control(Qt.Key.Key_N)
    for _ in range(4):
        press(Qt.Key.Key_Return)
    control(Qt.Key.Key_W)
    until(lambda: not window.list_page().model._is_stale, "the list")
    assert window.list_page().model.count == 0
    assert window.navigation.rooms["cases"].text() == "受理"


def test_draft_is_thrown_away_by_keyboard_when_the_clerk_says_so(window: MainWindow) -> None:
    control(Qt.Key.Key_N)
    write("样例𬱖")
    press(Qt.Key.Key_Return)
    control(Qt.Key.Key_W)
    model = window.list_page().model
    until(lambda: model.count == 1, "the list")
    asked: list[str] = []
    answer_by_keys(asked, Qt.Key.Key_Return)  # what is offered first keeps it
    press(Qt.Key.Key_Delete)
    assert "样例𬱖" in asked[0]
    window.list_page().model.refresh()
    until(lambda: not model._is_stale, "the list")
    assert model.count == 1
    window.activateWindow()
    until(window.isActiveWindow, "the window")
    assert window.list_page().table.hasFocus()
    answer_by_keys(asked, Qt.Key.Key_Tab, Qt.Key.Key_Return)
    press(Qt.Key.Key_Delete)
    until(lambda: model.count == 0, "the list without it")
    assert window.notice.label.text().startswith("已删除“样例𬱖”的草稿")
    until(lambda: window.navigation.rooms["cases"].text() == "受理", "the figure")


def test_open_paper_is_thrown_away(window: MainWindow) -> None:
    control(Qt.Key.Key_N)
    write("样例甲")
    press(Qt.Key.Key_Return)
    asked: list[str] = []
    answer_by_keys(asked, Qt.Key.Key_Tab, Qt.Key.Key_Return)
    window.acts["discard"].trigger()
    until(lambda: window.case_page is None, "the paper put away")
    until(lambda: not window.list_page().model._is_stale, "the list")
    assert window.list_page().model.count == 0


def test_what_was_signed_for_is_not_thrown_away(window: MainWindow) -> None:
    fill(window)
    window.context.printing.update({"printers": ()})
    press(Qt.Key.Key_F9)
    until(lambda: window.case_page.state == "awaiting_signature", "the move")
    until(lambda: not window.isActiveWindow(), "the print window")
    put_dialog_away(window)
    window.acts["discard"].trigger()
    assert window.notice.label.text() == "只有草稿可以删除。"
    press(Qt.Key.Key_F2)
    until(lambda: window.case_page.state == "draft", "the move back")
    asked: list[str] = []
    answer_by_keys(asked, Qt.Key.Key_Tab, Qt.Key.Key_Return)
    window.acts["discard"].trigger()
    until(lambda: "已有记录" in window.notice.label.text(), "the sentence")
    assert window.case_page is not None
