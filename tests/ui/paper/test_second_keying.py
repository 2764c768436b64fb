"""An office that wants it has card and certificate numbers keyed twice; only where the two differ is told."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox

from desktop_app.ui.window.main_window import MainWindow
from tests.support.clerk import AFTER, BEFORE, control, press, until, write

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
CARD = "6222020200112233446"


def begin(window: MainWindow, *, is_wanted: bool = True) -> None:
    if is_wanted:
        window.show_room("settings")
        box = window.stack.currentWidget().findChild(QCheckBox)
        box.setFocus()
        press(Qt.Key.Key_Space)
    control(Qt.Key.Key_N)


def test_without_the_setting_nothing_is_asked_again(window: MainWindow) -> None:
    begin(window, is_wanted=False)
    window.case_page.go_to("payment.account_number")
    write(CARD)
    press(Qt.Key.Key_Return)
    assert window.case_page.sheet.current_field() == "payment.bank"


def test_second_keying_goes_on_when_it_is_the_same_and_never_shows_the_first(window: MainWindow) -> None:
    begin(window)
    sheet = window.case_page.sheet
    window.case_page.go_to("payment.account_number")
    write(CARD)
    press(Qt.Key.Key_Return)
    editor, note = QApplication.focusWidget(), sheet._telling.note
    assert sheet.current_field() == "payment.account_number"
    assert editor.content() == "" and "请再输入一次" in note.sentence.text()
    assert sheet.answers()["payment.account_number"] == CARD  # nothing is lost meanwhile
    write(CARD.replace("33", "35"))
    press(Qt.Key.Key_Return)
    assert sheet.current_field() == "payment.account_number"
    # What is told after the last key of a fast hand does not wipe it.
    until(lambda: not sheet._typing.note_pause.isActive(), "the note on what was typed")
    assert note.sentence.text() == "两次输入不同：第 16 位不一样，请对照原件再输入。"
    assert CARD not in note.figures.text() and CARD not in note.sentence.text()
    assert sheet.answers()["payment.account_number"] == CARD
    write(f"{CARD[:4]} {CARD[4:]}")
    press(Qt.Key.Key_Return)
    assert sheet.current_field() == "payment.bank"
    assert sheet.answers()["payment.account_number"] == CARD
    assert sheet.keyed_once() == ()


def test_escape_begins_anew_and_a_number_keyed_once_stops_the_paper(window: MainWindow) -> None:
    begin(window)
    page, sheet = window.case_page, window.case_page.sheet
    for field_id, text in (*BEFORE, *AFTER):
        page.go_to(field_id)
        write(text)
        press(Qt.Key.Key_Return)
        if sheet.keyed_once():
            write(text)
            press(Qt.Key.Key_Return)
    assert sheet.keyed_once() == ()
    page.go_to("claim.is_first")
    press(Qt.Key.Key_Space)
    page.go_to("payment.account_number")
    control(Qt.Key.Key_A)
    write("6222020200112233453")
    press(Qt.Key.Key_Return)
    assert sheet.keyed_once() == ("payment.account_number",)
    press(Qt.Key.Key_Escape)
    assert sheet.keyed_once() == ()
    assert QApplication.focusWidget().content() == CARD
    control(Qt.Key.Key_A)
    write("6222020200112233453")
    press(Qt.Key.Key_Return)
    page.go_to("payment.bank")  # left without the second keying, as with the mouse
    press(Qt.Key.Key_F9)
    assert page.state == "draft"
    assert sheet.current_field() == "payment.account_number"
    assert "还要再输入一次" in window.notice.label.text()
