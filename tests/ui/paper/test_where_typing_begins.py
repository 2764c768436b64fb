"""Where the caret stands when a paper is opened or come back to, and what the window says where nothing is typed."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop_app.store.cases import list_cases
from desktop_app.store.records import CaseQuery
from desktop_app.ui.window.main_window import MainWindow
from tests.support.clerk import AFTER, BEFORE, control, press, until, write

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def count_cases(session: Any) -> int:
    return list_cases(session, CaseQuery()).total


def open_first(window: MainWindow) -> None:
    control(Qt.Key.Key_W)
    until(lambda: window.list_page().model.count == 1, "the list")
    press(Qt.Key.Key_Return)
    until(lambda: window.case_page is not None, "the paper")


def test_paper_from_the_list_opens_where_work_is_left(window: MainWindow) -> None:
    control(Qt.Key.Key_N)
    for _, text in BEFORE:
        write(text)
        press(Qt.Key.Key_Return)
    left = window.case_page.sheet.current_field()
    open_first(window)
    assert window.case_page.sheet.current_field() == left == "applicant.home_address"


def test_stray_key_in_a_full_paper_replaces_nothing(window: MainWindow) -> None:
    control(Qt.Key.Key_N)
    for _, text in (*BEFORE, *AFTER):
        write(text)
        press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Space)
    window.case_page.go_to("applicant.name")
    full = window.case_page.sheet.answers()
    open_first(window)
    for _ in range(2):
        press(Qt.Key.Key_Space)
        window.case_page.sheet.commit()
        left = window.case_page.sheet.answers()
        assert {key: str(value).strip() for key, value in left.items() if key in full} == {
            key: str(value) for key, value in full.items()
        }
        window.show_room("keys")
        window.leave_keys()


def test_amount_is_no_stop_and_says_why(window: MainWindow) -> None:
    window.open_new("tianjin.application")
    sheet = window.case_page.sheet
    assert "claim.amount" not in sheet.typing_fields()
    window.case_page.go_to("claim.amount")
    assert sheet._telling.note.isVisible()
    view = window.case_page.area.viewport()
    assert view.rect().contains(sheet.mapTo(view, sheet._telling.note.geometry().center()))
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_Return)
    assert "claim.amount" not in sheet.answers()
    assert QApplication.focusWidget() is not sheet


def test_words_as_a_card_number_are_wrong_and_a_split_date_names_its_field(window: MainWindow) -> None:
    control(Qt.Key.Key_N)
    window.case_page.go_to("payment.account_number")
    write("样例银行卡")
    press(Qt.Key.Key_Return)
    told = {each.field_id: each for each in window.case_page.held.lines if each.group == "fail"}
    assert "只能是数字" in told["payment.account_number"].message
    window.open_new("jilin.publicity_filing")
    window.case_page.go_to("period.from")
    write("昨天")
    press(Qt.Key.Key_Return)
    told = {each.field_id: each for each in window.case_page.held.lines if each.group == "fail"}
    assert told["period.from"].message == "报告期起：日期看不懂，请写成2023-09-05的样子。"


@pytest.mark.parametrize(
    "form_id", ["tianjin.application", "urumqi.review", "jilin.application", "jilin.publicity_filing"]
)
def test_new_paper_that_nobody_typed_in_leaves_nothing(window: MainWindow, form_id: str) -> None:
    window.open_new(form_id)
    press(Qt.Key.Key_Return)
    control(Qt.Key.Key_W)
    until(lambda: window.case_page is None, "the end of the paper")
    counted: list[int] = []
    window.door.read(count_cases, then=counted.append)
    until(lambda: counted != [], "the count")
    assert counted == [0]
