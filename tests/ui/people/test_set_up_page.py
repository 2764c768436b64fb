"""The page of the first start: what is missing is said and reached, by keyboard alone."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.ui import start
from desktop_app.ui.parts.look import shown_colours
from desktop_app.ui.people.set_up_page import SetUpPage
from desktop_app.ui.window.main_window import MainWindow
from tests.support.clerk import OFFICE, control, press, tell_office, until, write
from tests.ui.window.test_focus import goes_round


@pytest.fixture
def page(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[SetUpPage]:
    hook = sys.excepthook
    window = start.open_window(qapp, tmp_path / "store", is_dark=False)
    sys.excepthook = hook
    qtbot.addWidget(window)
    until(lambda: isinstance(window.stack.currentWidget(), SetUpPage), "the page")
    until(window.isActiveWindow, "an active window")
    shown = window.stack.currentWidget()
    assert isinstance(shown, SetUpPage)
    yield shown
    window.close()


def test_what_is_missing_is_said_and_reached(page: SetUpPage) -> None:
    press(Qt.Key.Key_Return)
    assert page.fault.text() == "✕ 请选择地区。"
    assert page.fault.palette().windowText().color().name() == shown_colours(page).fail
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    write("样例局")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert page.person is not None and page.fields is not None
    assert page.person.login.hasFocus()
    for text in ("zhang", "张样例", "12345678", "12345678"):
        write(text)
        press(Qt.Key.Key_Return)
    assert page.fault.text() == "✕ 请填写经办机构编码。"
    assert page.fields.code.hasFocus()


def test_a_weak_password_and_two_that_differ_are_told(page: SetUpPage, tmp_path: Path) -> None:
    tell_office()
    assert page.person is not None
    for text in ("zhang", "张样例", "zhang123", "zhang123"):
        write(text)
        press(Qt.Key.Key_Return)
    assert "密码" in page.fault.text()
    assert page.person.password.hasFocus()
    assert page.person.again.text() == ""
    for text in ("zheng-que 7 ma", "zheng-que 8 ma"):
        write(text)
        press(Qt.Key.Key_Return)
    assert page.fault.text() == "✕ 两遍密码不一样，请再输一遍。"
    assert page.person.again.hasFocus()
    assert not (tmp_path / "store" / "store.db").exists()


def test_enter_and_tab_choose_no_region(page: SetUpPage) -> None:
    assert page.fields is not None
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Tab)
    for text in OFFICE.values():
        write(text)
        press(Qt.Key.Key_Return)
    assert page.fields.regions.checkedButton() is None


def test_an_office_of_one_is_told_that_another_reviews(page: SetUpPage) -> None:
    assert "复核要由另一个人办" in page.alone.text()
    assert page.person is not None
    assert page.person.roles["administrator"].isChecked()
    assert not page.person.roles["administrator"].isEnabled()


def test_it_shows_where_the_focus_is(page: SetUpPage) -> None:
    goes_round()
    press(Qt.Key.Key_Right)  # with a region chosen, the group is one stop
    goes_round()


def test_everything_has_a_name_and_nothing_is_below_twelve_pixels(window: MainWindow) -> None:
    control(Qt.Key.Key_N)
    for room in ("cases", "forms", "people", "password", "settings"):
        window.show_room(room)
        for widget in window.findChildren(QWidget):
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                text = getattr(widget, "text", lambda: "")()
                assert widget.accessibleName() or text, widget
            if widget.isVisible():
                assert widget.font().pixelSize() >= 12, widget


def test_empty_list_says_what_to_do_first(window: MainWindow) -> None:
    page = window.list_page()
    assert page.empty.isVisible()
    assert page.empty.text() == "还没有申请。按 Ctrl+N 新建一份。"
    control(Qt.Key.Key_N)
    assert window.case_page is not None
    assert window.case_page.form.id == "jilin.application"
