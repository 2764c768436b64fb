"""The paper is typed into by keyboard, mouse and input method, as a clerk does it."""

import subprocess
import sys
from datetime import date
from typing import Any, NamedTuple

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.case import Unread
from desktop_app.forms.catalogue import form
from desktop_app.forms.fields import fields
from desktop_app.ui.paper.beside import OptionHint
from desktop_app.ui.paper.editor_frame import EditorFrame
from desktop_app.ui.paper.proxies import FieldProxy
from desktop_app.ui.paper.sheet import Sheet

OFFSCREEN_NOTE = "This plugin does not support propagateSizeHints()\n"
RARE_NAME = "样例𬱖㛃"
_ALT_SHIFT = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


def identity_number() -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    first = "22010419900307001"
    return first + "10X98765432"[sum(int(d) * w for d, w in zip(first, weights, strict=True)) % 11]


@pytest.fixture
def sheet(qtbot: QtBot) -> Sheet:
    return shown(qtbot, "jilin.application")


def shown(qtbot: QtBot, form_id: str, **kwargs: Any) -> Sheet:
    made = Sheet(form(form_id), {}, **kwargs)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def write(text: str) -> None:
    """Type as an input method does: each character comes by itself, without a key."""
    for character in text:
        event = QInputMethodEvent()
        event.setCommitString(character)
        QApplication.sendEvent(QApplication.focusWidget(), event)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def control(key: Qt.Key) -> None:
    press(key, Qt.KeyboardModifier.ControlModifier)


def test_whole_paper_is_filled_by_keyboard_alone(sheet: Sheet) -> None:
    left: list[str] = []
    sheet.answer_left.connect(left.append)
    sheet.go_to("applicant.name")
    written = {
        "applicant.name": RARE_NAME,
        "employer.name": "样例机械制造有限责任公司",
        "employer.industry": "样例制造业",
        "employer.address": "样例市样例路1号",
        "certificate.occupation": "焊工",
        "certificate.level": "三级",
        "certificate.number": "1707003018300000",
        "certificate.issued_on": "２０１７.８.１",
        "applicant.home_address": "样例市样例区" * 8,
        "applicant.phone": "１３８ ０００００００0",
        "applicant.id_number": identity_number(),
        "payment.account_number": "6200 0000 0000 0000 000",
        "payment.bank": "样例银行",
    }
    for field_id, text in written.items():
        assert sheet.current_field() == field_id
        write(text)
        press(Qt.Key.Key_Return if field_id < "c" else Qt.Key.Key_Tab)
    assert sheet.current_field() == "claim.is_first"
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Return)
    write("2017.3")
    press(Qt.Key.Key_Return)
    answers = sheet.answers()
    assert answers["applicant.name"] == RARE_NAME
    assert answers["certificate.issued_on"] == date(2017, 8, 1)
    assert answers["applicant.phone"] == "13800000000"
    assert answers["payment.account_number"] == "6200000000000000000"
    assert answers["claim.is_first"] is False
    assert answers["claim.earlier_month"] == "2017-03"
    assert answers["certificate.level"] == 3
    assert left == [*written, "claim.is_first", "claim.earlier_month"]


def test_identity_number_fills_sex_and_birth_date_and_takes_them_back(sheet: Sheet) -> None:
    sheet.go_to("applicant.id_number")
    write(identity_number())
    press(Qt.Key.Key_Return)
    assert sheet.answers()["applicant.sex"] == "male"
    assert sheet.answers()["applicant.birth_date"] == date(1990, 3, 7)
    assert "applicant.sex" not in sheet.typing_fields()
    sheet.go_to("applicant.id_number")
    write("12")
    press(Qt.Key.Key_Return)
    assert "applicant.sex" not in sheet.answers()
    assert "applicant.sex" in sheet.typing_fields()


def test_typed_sex_is_kept_when_the_number_comes(sheet: Sheet) -> None:
    sheet.go_to("applicant.sex")
    write("女")
    sheet.go_to("applicant.id_number")
    write(identity_number())
    sheet.commit()
    assert sheet.answers()["applicant.sex"] == "female"


def test_tab_comes_back_to_an_amount_that_was_typed_and_passes_one_that_was_worked_out(sheet: Sheet) -> None:
    sheet.go_to("claim.amount")
    write("2600")
    press(Qt.Key.Key_Return)
    assert "claim.amount" in sheet.typing_fields()
    worked_out = Sheet(form("jilin.application"), sheet.answers())
    assert "claim.amount" not in worked_out.typing_fields()


def test_nothing_is_read_while_an_input_method_composes(sheet: Sheet) -> None:
    edited: list[str] = []
    sheet.answers_edited.connect(edited.append)
    for field_id in ("applicant.name", "applicant.phone", "applicant.id_number"):
        sheet.go_to(field_id)
        editor = QApplication.focusWidget()
        QApplication.sendEvent(editor, QInputMethodEvent("yang'li", []))
        press(Qt.Key.Key_Down)
        assert sheet.current_field() == field_id
        assert edited == []
        event = QInputMethodEvent("", [])
        event.setCommitString("12")
        QApplication.sendEvent(editor, event)
        assert QApplication.focusWidget() is editor
        sheet.commit()
        assert edited == [field_id]
        edited.clear()
        assert "12" in str(sheet.answers()[field_id])


def test_candidates_stand_at_the_box_of_the_caret(sheet: Sheet) -> None:
    sheet.go_to("applicant.id_number")
    editor = QApplication.focusWidget()
    places = []
    for character in "2201":
        write(character)
        places.append(editor.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle).x())
    step = editor.width() / 18
    assert places == [pytest.approx(step * number + 2, abs=1.5) for number in (1, 2, 3, 4)]


@pytest.mark.parametrize("field_id", ["applicant.name", "applicant.phone", "applicant.id_number"])
def test_any_text_can_be_pasted(sheet: Sheet, field_id: str) -> None:
    QGuiApplication.clipboard().setText("第一行，很长的文字" * 3 + "\n第二行")
    sheet.go_to(field_id)
    QTest.keySequence(QApplication.focusWidget(), QKeySequence(QKeySequence.StandardKey.Paste))
    sheet.commit()
    value = sheet.answers()[field_id]
    text = value.text if isinstance(value, Unread) else value
    assert isinstance(text, str)
    assert "第二行" in text


def test_unreadable_text_stays_as_it_was_typed(sheet: Sheet) -> None:
    sheet.go_to("certificate.issued_on")
    write("去年夏天")
    press(Qt.Key.Key_Return)
    assert sheet.answers()["certificate.issued_on"] == Unread("去年夏天")
    sheet.go_to("certificate.issued_on")
    assert QApplication.focusWidget().text() == "去年夏天"  # type: ignore[attr-defined]


def test_undo_and_redo_go_across_fields(sheet: Sheet) -> None:
    sheet.go_to("applicant.name")
    write("样例甲")
    press(Qt.Key.Key_Return)
    write("样例公司")
    press(Qt.Key.Key_Return)
    write("制造")
    control(Qt.Key.Key_Z)
    while sheet.current_field() == "employer.industry":
        control(Qt.Key.Key_Z)
    assert "employer.industry" not in sheet.answers()
    assert sheet.current_field() == "employer.name"
    assert "employer.name" not in sheet.answers()
    control(Qt.Key.Key_Z)
    assert sheet.current_field() == "applicant.name"
    assert sheet.answers() == {}
    control(Qt.Key.Key_Y)
    assert sheet.answers() == {"applicant.name": "样例甲"}
    control(Qt.Key.Key_Y)
    assert sheet.answers()["employer.name"] == "样例公司"
    press(Qt.Key.Key_Return)
    assert sheet.answers() == {"applicant.name": "样例甲", "employer.name": "样例公司"}


def test_escape_gives_the_answer_back(sheet: Sheet) -> None:
    left: list[str] = []
    sheet.answer_left.connect(left.append)
    sheet.set_answers({"applicant.name": "样例甲"})
    sheet.go_to("applicant.name")
    write("乙")
    sheet.commit()
    assert sheet.answers()["applicant.name"] == "乙"
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_Return)
    assert sheet.answers()["applicant.name"] == "样例甲"
    assert left == []


def test_field_that_is_opened_from_elsewhere_loses_nothing_to_one_stray_key(sheet: Sheet) -> None:
    sheet.set_answers({"applicant.name": "样例甲", "applicant.phone": "13800000000"})
    for field_id, text in (("applicant.name", "样例甲 "), ("applicant.phone", "138000000007")):
        sheet.go_to(field_id, is_selected=False)
        press(Qt.Key.Key_Space if field_id == "applicant.name" else Qt.Key.Key_7)
        assert QApplication.focusWidget().content() == text
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_8)
    assert QApplication.focusWidget().content() == "138000000008"


@pytest.mark.parametrize("field_id", ["applicant.name", "applicant.phone", "applicant.id_number"])
def test_alt_and_a_letter_is_never_typed(sheet: Sheet, field_id: str) -> None:
    sheet.set_answers({field_id: "样例"})
    sheet.go_to(field_id)
    control(Qt.Key.Key_A)
    for modifier in (Qt.KeyboardModifier.AltModifier, _ALT_SHIFT):
        press(Qt.Key.Key_F, modifier)
    assert QApplication.focusWidget().content() == "样例"


def test_field_that_only_the_policy_gives_is_no_stop_and_says_so(qtbot: QtBot) -> None:
    sheet = shown(qtbot, "tianjin.application", decided=("claim.amount",))
    assert "claim.amount" in {each.field_id for each in form("tianjin.application").fields}
    assert "claim.amount" not in sheet.typing_fields()
    sheet.go_to("applicant.name")
    write("样例甲")
    sheet.go_to("claim.amount")
    note = sheet._telling.note
    assert note.isVisible() and note.sentence.text() == "补贴金额由程序按政策算出，不用填写。"
    assert sheet.answers() == {"applicant.name": "样例甲"}
    press(Qt.Key.Key_2)
    assert sheet.answers() == {"applicant.name": "样例甲"}
    press(Qt.Key.Key_Return)
    assert sheet.current_field() and not note.isVisible()


def test_figure_ticks_the_square_in_its_place_and_other_characters_are_answered(qtbot: QtBot) -> None:
    sheet = shown(qtbot, "chongqing.application")
    sheet.go_to("applicant.identity_categories")
    choices = [choice.id for choice in fields()["applicant.identity_categories"].choices]
    press(Qt.Key.Key_4)
    press(Qt.Key.Key_6, Qt.KeyboardModifier.KeypadModifier)
    assert sheet.answers()["applicant.identity_categories"] == (choices[3], choices[5])
    press(Qt.Key.Key_4)
    assert sheet.answers()["applicant.identity_categories"] == (choices[5],)
    note = sheet._telling.note
    assert not note.isVisible()
    press(Qt.Key.Key_H)
    assert note.isVisible() and "按 1 至 6" in note.sentence.text()
    assert sheet.answers()["applicant.identity_categories"] == (choices[5],)
    sheet.go_to("certificate.kind")
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_2)
    assert sheet.answers()["certificate.kind"] == "skill_level"


def test_what_is_told_beside_a_field_goes_when_it_is_answered_or_left(sheet: Sheet) -> None:
    note, hint = sheet._telling.note, sheet._telling._hint
    margin = QPoint(25, 25)
    sheet.go_to("claim.is_first")
    press(Qt.Key.Key_H)
    assert note.isVisible()
    press(Qt.Key.Key_1)
    assert not note.isVisible()
    press(Qt.Key.Key_H)
    assert note.isVisible()
    QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=margin)
    assert not note.isVisible()
    sheet.go_to("applicant.sex")
    assert hint.isVisible()
    QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=margin)
    assert not hint.isVisible()


def test_words_to_choose_from_stay_inside_the_paper_and_cover_no_words(qtbot: QtBot) -> None:
    for form_id in (
        "jilin.application",
        "tianjin.application",
        "chongqing.application",
        "dalian.application",
    ):
        sheet = shown(qtbot, form_id)
        for zoom in (1.0, 1.5):
            sheet.set_zoom(zoom)
            for name in sheet.typing_fields():
                sheet.go_to(name)
                hint = sheet.findChild(OptionHint)
                if hint.isVisible():
                    page = sheet.places.page_rect(0)
                    assert page.contains(hint.geometry()), (form_id, name)


def test_words_of_a_date_do_not_stick_out_behind_its_editor(qtbot: QtBot) -> None:
    sheet = shown(qtbot, "jilin.publicity_filing")
    sheet.go_to("period.to")
    frame = sheet.findChild(EditorFrame).geometry()
    words = [each for each in sheet.places.words(0) if each.intersects(frame) and each.x() > frame.x()]
    assert len(words) == 3 and all(each.x() + each.height() <= frame.right() + 1 for each in words)


def test_number_is_read_back_in_groups_while_it_is_typed_and_hides_nothing_needed(
    qtbot: QtBot, sheet: Sheet
) -> None:
    note = sheet._telling.note
    sheet.go_to("applicant.id_number")
    assert not note.isVisible()
    write("２２０１O４ 1990")
    qtbot.waitUntil(lambda: note.figures.text() == "220104 1990")
    assert note.isVisible()
    assert note.sentence.text() == "全角已改半角，已去掉空格，O 已改为 0"
    assert not note.geometry().intersects(sheet.findChild(EditorFrame).geometry())
    assert sheet.places.page_rect(0).contains(note.geometry())
    press(Qt.Key.Key_Return)
    assert sheet.answers()["applicant.id_number"] == "2201041990"
    assert not note.isVisible()


def test_split_date_that_cannot_be_read_is_shown_whole_with_its_corner_there(qtbot: QtBot) -> None:
    sheet = shown(qtbot, "jilin.publicity_filing")
    sheet.go_to("period.from")
    write("去年十一月的某一天")
    press(Qt.Key.Key_Return)
    assert sheet.answers()["period.from"] == Unread("去年十一月的某一天")
    stop = sheet.paper.stop("period.from")
    assert [sheet.paper.marks[sheet.paper.spots.index(spot)] for spot in stop.spots] == [(), (), ()]
    place = sheet.field_rect("period.from")
    picture = sheet.grab(place.adjusted(3, 3, -3, -3)).toImage()
    ink = [
        x
        for x in range(picture.width())
        if any(picture.pixelColor(x, y).lightness() < 90 for y in range(picture.height()))
    ]
    assert len(ink) > picture.width() / 2  # the whole text, over all three places
    sheet.set_marked({"period.from": "fail"})
    ((corner, _),) = sheet._corners(0)
    assert place.contains(corner.center().toPoint())
    sheet.go_to("period.from")
    write("2026-11-01")
    press(Qt.Key.Key_Return)
    assert sheet.paper.unread_days(0) == ()


def test_answer_from_a_rule_is_not_wiped_by_the_editor_that_is_open(sheet: Sheet) -> None:
    sheet.go_to("applicant.name")
    sheet.set_answers({"applicant.name": "样例甲"})
    press(Qt.Key.Key_Return)
    assert sheet.answers() == {"applicant.name": "样例甲"}


def test_squares_of_an_either_or_group_clear_each_other(sheet: Sheet) -> None:
    sheet.go_to("claim.is_first")
    press(Qt.Key.Key_Space)
    assert sheet.answers()["claim.is_first"] is True
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Space)
    assert sheet.answers()["claim.is_first"] is False
    press(Qt.Key.Key_Space)
    assert "claim.is_first" not in sheet.answers()


def test_arrow_keys_choose_where_a_choice_is_written_out(sheet: Sheet) -> None:
    sheet.go_to("applicant.sex")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert sheet.answers()["applicant.sex"] == "female"


def test_shift_tab_goes_back(sheet: Sheet) -> None:
    sheet.go_to("employer.industry")
    press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert sheet.current_field() == "employer.name"


def test_click_opens_a_field_and_ticks_a_square(sheet: Sheet) -> None:
    QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=sheet.field_rect("payment.bank").center())
    assert sheet.current_field() == "payment.bank"
    QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=sheet.field_rect("claim.is_first").center())
    assert sheet.answers() == {"claim.is_first": True}
    QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=QPoint(25, 25))
    assert sheet.current_field() == ""


def test_every_field_has_a_name_and_its_value_for_screen_readers(sheet: Sheet) -> None:
    sheet.set_answers({"applicant.name": "样例甲", "claim.is_first": True})
    proxies = {proxy.name: proxy for proxy in sheet.findChildren(FieldProxy)}
    wanted = {each.field_id for each in form("jilin.application").fields}
    assert wanted == set(proxies)
    assert all(proxy.accessibleName() for proxy in proxies.values())
    told = QAccessible.queryAccessibleInterface(sheet)
    fields = [
        told.child(at) for at in range(told.childCount()) if told.child(at).object() in proxies.values()
    ]
    values = {each.text(QAccessible.Text.Name): each.text(QAccessible.Text.Value) for each in fields}
    assert len(fields) == len(wanted)
    assert values["姓名"] == "样例甲"
    assert values["性别"] == ""
    assert values["技能补贴申领情况"] == "是"
    sheet.go_to("applicant.name")
    write("样例乙")
    press(Qt.Key.Key_Return)
    assert fields[0].text(QAccessible.Text.Value) == "样例乙"


class Surroundings(NamedTuple):
    """A window with a paper between two other widgets; it lives as long as it is held."""

    window: QWidget
    before: QLineEdit
    paper: Sheet
    after: QLineEdit


@pytest.fixture
def surroundings(qtbot: QtBot) -> Surroundings:
    window = QWidget()
    before, desk = QLineEdit(window), QScrollArea(window)
    paper = Sheet(form("jilin.application"), {})
    desk.setWidget(paper)
    after = QLineEdit(window)
    desk.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    desk.setGeometry(0, 40, 800, 500)
    after.move(0, 550)
    window.resize(800, 600)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return Surroundings(window, before, paper, after)


def test_tab_leaves_the_paper_at_its_end_and_comes_in_at_its_beginning(surroundings: Surroundings) -> None:
    _, before, paper, after = surroundings
    before.setFocus()
    press(Qt.Key.Key_Tab)
    assert paper.current_field() == "applicant.name"
    paper.go_to(paper.typing_fields()[-1])
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is after
    assert paper.current_field() == ""
    paper.go_to("applicant.name")
    press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is before


def test_leaving_for_another_widget_takes_the_answer(qtbot: QtBot, surroundings: Surroundings) -> None:
    _, _, paper, panel = surroundings
    paper.go_to("applicant.name")
    write("样例甲")
    with qtbot.waitSignal(paper.answer_left) as left:
        panel.setFocus()
    assert left.args == ["applicant.name"]
    assert paper.answers() == {"applicant.name": "样例甲"}
    frame = paper.findChild(EditorFrame)
    assert frame is not None
    assert not frame.isVisible()


def test_rows_of_a_list_are_typed_into(qtbot: QtBot) -> None:
    paper = Sheet(
        form("jilin.publicity_filing"), {}, ({"applicant.name": "样例甲"}, {"applicant.name": "样例乙"})
    )
    qtbot.addWidget(paper)
    paper.show()
    paper.activateWindow()
    qtbot.waitUntil(paper.isActiveWindow)
    assert paper.go_to("applicant.name@2")
    write("样例丙")
    press(Qt.Key.Key_Return)
    assert [row["applicant.name"] for row in paper.rows()] == ["样例甲", "样例丙"]
    name = paper.add_row()
    paper.go_to(name)
    assert len(paper.rows()) == 3


def test_paper_is_closed_while_something_is_typed(qtbot: QtBot) -> None:
    paper = Sheet(form("jilin.application"), {})
    paper.show()
    paper.activateWindow()
    qtbot.waitUntil(paper.isActiveWindow)
    paper.go_to("applicant.name")
    write("样")
    paper.close()
    paper.deleteLater()
    QApplication.sendPostedEvents()
    QApplication.processEvents()


@pytest.mark.parametrize("end", ["", "del paper, application\n", "application.quit(); raise SystemExit(0)\n"])
def test_program_ends_cleanly_after_a_paper_was_shown(end: str) -> None:
    script = (
        "from PySide6.QtWidgets import QApplication\n"
        "from desktop_app.forms.catalogue import form\n"
        "from desktop_app.ui.paper.sheet import Sheet\n"
        "application = QApplication([])\n"
        "paper = Sheet(form('jilin.application'), {'applicant.name': '样例㛃'})\n"
        "paper.show(); paper.go_to('applicant.name'); paper.grab(); application.processEvents()\n"
    )
    done = subprocess.run([sys.executable, "-c", script + end], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr.replace(OFFSCREEN_NOTE, "")) == (0, "")


def test_enter_passes_what_cannot_apply(sheet: Sheet) -> None:
    sheet.go_to("claim.is_first")
    press(Qt.Key.Key_Space)
    assert sheet.answers() == {"claim.is_first": True}
    press(Qt.Key.Key_Return)
    assert sheet.current_field() == "claim.applied_on"
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Return)
    assert sheet.current_field() == "claim.earlier_month"
