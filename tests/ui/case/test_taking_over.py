"""What need not be typed again: a person who was here before, a stack from one employer, words that come again."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.ui.paper.beside import OptionHint
from desktop_app.ui.window.main_window import MainWindow
from tests.support.clerk import AFTER, BEFORE, control, press, until, write

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
NUMBER = "220104199003070016"


def fill(window: MainWindow) -> None:
    control(Qt.Key.Key_N)
    for _, text in (*BEFORE, *AFTER):
        write(text)
        press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Space)
    window.case_page.save_before_leaving()


def test_known_person_is_offered_and_taken_with_one_key(window: MainWindow) -> None:
    fill(window)
    control(Qt.Key.Key_N)
    page = window.case_page
    page.go_to("applicant.name")
    write("样例改")
    page.go_to("applicant.id_number")
    write(NUMBER)
    press(Qt.Key.Key_Return)
    until(lambda: page.known_person.offered() != {}, "the offer")
    note = page.sheet._telling.standing
    assert note.isVisible()
    assert note.sentence.text() == f"{date.today()} 来办过，按 F4 带入联系电话、家庭地址等 7 项"
    page.area.zoom_to(1.5)
    assert page.sheet.places.page_rect(0).contains(note.geometry())
    page.area.zoom_to(1.0)
    assert page.sheet.places.page_rect(0).contains(note.geometry())
    assert "applicant.phone" not in page.sheet.answers()  # nothing is taken silently
    press(Qt.Key.Key_F4)
    answers = page.sheet.answers()
    for field_id, text in (*BEFORE, *AFTER):
        if field_id in ("applicant.phone", "employer.name", "employer.address", "payment.bank"):
            assert answers[field_id] == text
    assert answers["applicant.name"] == "样例改"  # what was typed stays
    assert "certificate.number" not in answers
    assert not note.isVisible()
    page.sheet.undo()
    assert "applicant.phone" not in page.sheet.answers()


def test_unknown_person_is_not_offered(window: MainWindow) -> None:
    fill(window)
    control(Qt.Key.Key_N)
    page = window.case_page
    press(Qt.Key.Key_F4)
    assert page.sheet.answers().keys() <= {"claim.applied_on"}
    assert "没有可以带入的" in window.notice.label.text()


def test_what_is_known_of_an_older_number_is_not_offered(window: MainWindow) -> None:
    fill(window)
    control(Qt.Key.Key_N)
    page = window.case_page
    for number in (NUMBER, "220104199003070032"):
        # Both are asked for before the window has its next turn, so the first answer comes late.
        page.sheet.take_answers({"applicant.id_number": number})
    answered: list[None] = []
    window.door.read(lambda _session: None, then=answered.append)
    until(lambda: answered, "the answers")
    assert page.known_person.offered() == {}


def test_next_of_one_employer_takes_what_the_stack_shares_and_nothing_personal(window: MainWindow) -> None:
    fill(window)
    first = dict(window.case_page.sheet.answers())
    press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    page = window.case_page
    answers = page.sheet.answers()
    for field_id in ("employer.name", "employer.address", "payment.bank", "certificate.issued_on"):
        assert answers[field_id] == first[field_id]
    assert answers["claim.applied_on"] == date.today()
    personal = [key for key in answers if key.startswith("applicant.")]
    assert personal == [] and not {"certificate.number", "payment.account_number"} & answers.keys()
    assert page.sheet.current_field() == "applicant.name"
    assert window.notice.label.text().startswith("已从上一份带来：单位全称")


def test_words_of_past_papers_are_offered_by_initials_and_never_taken_silently(
    qtbot: QtBot, window: MainWindow
) -> None:
    fill(window)
    control(Qt.Key.Key_N)
    page = window.case_page
    page.go_to("payment.bank")
    until(lambda: page.sheet._telling.offer_for("payment.bank", "yl") != (), "the words")
    editor = QApplication.focusWidget()
    hint = page.sheet.findChild(OptionHint)
    write("yl")
    qtbot.waitUntil(hint.isVisible)
    assert QApplication.focusWidget() is editor
    press(Qt.Key.Key_Return)
    assert page.sheet.answers()["payment.bank"] == "yl"
    page.go_to("payment.bank")
    write("样例")
    qtbot.waitUntil(hint.isVisible)
    press(Qt.Key.Key_Down)
    assert editor.content() == "样例银行样例支行"
    assert page.sheet.answers()["payment.bank"] == "yl"
    press(Qt.Key.Key_Return)
    assert page.sheet.answers()["payment.bank"] == "样例银行样例支行"
    page.go_to("certificate.occupation")
    write("hg")
    qtbot.waitUntil(hint.isVisible)
    assert "焊工" in [each.text for each in page.sheet._telling.offers]


def test_rare_character_is_typed_by_its_parts(qtbot: QtBot, window: MainWindow) -> None:
    control(Qt.Key.Key_N)
    sheet = window.case_page.sheet
    write("样例氵+亢")
    qtbot.waitUntil(sheet.findChild(OptionHint).isVisible)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert sheet.answers()["applicant.name"] == "样例沆"
    assert not sheet._telling.note.isVisible()
