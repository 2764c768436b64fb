"""The first start: region and office are told once, by keyboard, and kept."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui import start
from desktop_app.ui.window.main_window import MainWindow
from tests.support.clerk import OFFICE, control, press, tell_office, until, write
from tests.ui.window.test_focus import goes_round

# Said by the display that is none; the tests run under a real X server too.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, store: Path) -> Iterator[MainWindow]:
    hook = sys.excepthook
    made = start.open_window(qapp, store, is_dark=False)
    sys.excepthook = hook
    qtbot.addWidget(made)
    until(lambda: made.door is not None, "the store")
    until(made.isActiveWindow, "an active window")
    yield made
    made.close()
    made.door.close()


def test_office_is_told_by_keyboard_alone_and_kept(window: MainWindow, store: Path) -> None:
    from desktop_app.store.first import first_page

    assert window.search.isVisible() is False
    tell_office()
    assert window.office.text() == "样例市社会保险事业管理局 · 1号窗口"
    assert window.search.isVisible()
    window.close()
    window.door.close()
    kept = first_page(store, 1)
    assert kept is not None
    assert {**OFFICE, "region": "jilin"}.items() <= kept.settings.items()


def test_what_is_missing_is_said_and_reached(window: MainWindow) -> None:
    page = window.stack.currentWidget()
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    write("样例局")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert page.fault.text() == "✕ 请填写经办机构编码。"
    assert page.fields.code.hasFocus()
    assert not window.settings


def test_empty_list_says_what_to_do_first(window: MainWindow) -> None:
    tell_office()
    page = window.stack.currentWidget()
    assert page.empty.isVisible()
    assert page.empty.text() == "还没有申请。按 Ctrl+N 新建一份。"
    control(Qt.Key.Key_N)
    assert window.case_page.form.id == "jilin.application"


def test_everything_has_a_name_and_nothing_is_below_twelve_pixels(window: MainWindow) -> None:
    tell_office()
    control(Qt.Key.Key_N)
    for room in ("cases", "forms", "settings"):
        window.show_room(room)
        for widget in window.findChildren(QWidget):
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                text = getattr(widget, "text", lambda: "")()
                assert widget.accessibleName() or text, widget
            if widget.isVisible():
                assert widget.font().pixelSize() >= 12, widget


def test_enter_and_tab_choose_no_region(window: MainWindow) -> None:
    page = window.stack.currentWidget()
    press(Qt.Key.Key_Return)
    assert page.fault.text() == "✕ 请选择地区。"
    press(Qt.Key.Key_Tab)
    for text in OFFICE.values():
        write(text)
        press(Qt.Key.Key_Return)
    assert page.fault.text() == "✕ 请选择地区。"
    assert page.fields.regions.checkedButton() is None
    assert not window.settings
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Return)
    page.start.click()
    assert window.settings["region"] == "chongqing"


def test_first_start_shows_where_the_focus_is(window: MainWindow) -> None:
    goes_round()
    press(Qt.Key.Key_Right)  # with a region chosen, the group is one stop
    goes_round()
