"""From the paper to the facts, the open points and F9, by keyboard alone, in the real window; every key is counted."""

import random
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from desktop_app.case import Answer, Case, Unread
from desktop_app.forms.catalogue import form
from desktop_app.ui.case.case_page import CasePage
from desktop_app.ui.parts import look
from desktop_app.ui.parts.option_row import OptionRow
from desktop_app.ui.window.case_pages import page_of
from desktop_app.ui.window.main_window import MainWindow
from tests.support.clerk import AFTER, BEFORE, control, press, until, write

TODAY = date.today()
WELDER: dict[str, Answer] = {
    "applicant.name": "样例𬱖",
    "applicant.id_number": "220104199003070016",
    "certificate.kind": "vocational_qualification",
    "certificate.occupation": "焊工",
    "certificate.level": 4,
    "certificate.issued_on": TODAY - timedelta(days=60),
    "claim.applied_on": TODAY,
}


def opened(window: MainWindow, answers: dict[str, Answer], form_id: str = "jilin.application") -> CasePage:
    paper = form(form_id)
    if window.settings["region"] != paper.region:
        window.context.settings.set_office({**window.settings, "region": paper.region})
    page = page_of(window.context, paper, Case(paper.id, paper.version, paper.region, TODAY, answers))
    window.papers.show(page)
    QApplication.processEvents()
    return page


def shown(page: CasePage) -> list[str]:
    lines = page.panel.lines
    return [lines.item(at).text() for at in range(lines.count()) if not lines.item(at).isHidden()]


def warnings(page: CasePage) -> set[str]:
    return {each.rule for each in page.held.lines if each.group == "warn"}


def has_frame(widget: QWidget) -> bool:
    """Say whether a widget's edge is painted in the accent: what a clerk sees of the focus."""
    picture = widget.grab().toImage()
    accent = QColor(look.LIGHT.accent)
    middle = picture.width() // 2
    column = [
        picture.pixelColor(middle, y) for y in (*range(3), *range(picture.height() - 3, picture.height()))
    ]
    return any(
        abs(each.blue() - accent.blue()) < 40 and abs(each.red() - accent.red()) < 40 for each in column
    )


class Keys:
    """Counts the keys that are no text."""

    def __init__(self) -> None:
        self.count = 0

    def press(self, key: Qt.Key) -> None:
        self.count += 1
        press(key)

    def paper(self, card: str = "") -> None:
        """Fill in the whole paper, from Ctrl+N to Enter in its last field."""
        self.count += 1
        control(Qt.Key.Key_N)
        for field_id, text in (*BEFORE, *AFTER):
            write(card if card and field_id == "payment.account_number" else text)
            self.press(Qt.Key.Key_Return)
        self.press(Qt.Key.Key_Space)  # 初次申请
        for _ in range(3):  # over today's date and nobody's agent
            self.press(Qt.Key.Key_Return)

    def facts(self) -> None:
        self.press(Qt.Key.Key_1)  # 职业资格证书
        write("48")
        self.press(Qt.Key.Key_Return)
        self.press(Qt.Key.Key_2)  # 不欠缴


def finish_without_printing(window: MainWindow) -> None:
    window.context.printing.update({"printers": ()})
    page = window.case_page
    until(lambda: page.state == "awaiting_signature", "the move")
    for each in QApplication.topLevelWidgets():
        if each.parent() is window and each.isVisible():
            each.close()


def test_known_facts_take_at_most_24_keys(window: MainWindow, capsys: pytest.CaptureFixture[str]) -> None:
    window.context.printing.update({"printers": ()})
    keys = Keys()
    keys.paper()
    page = window.case_page
    facts = page.panel.facts
    assert facts.in_use() == "certificate.kind"
    keys.facts()
    assert facts.in_use() == facts.neighbour("insurance.in_arrears", 1)
    keys.press(Qt.Key.Key_Return)
    assert page.overview.isVisible()
    assert page.overview.finish.hasFocus()
    for words in ("样例𬱖", "220104199003070016", "否", "48", "2,600.00 元", "高级（三级）"):
        assert words in page.overview.text(), words
    assert "待确认" not in page.overview.text()
    assert "缺项" not in page.overview.text()
    keys.press(Qt.Key.Key_Return)
    finish_without_printing(window)
    with capsys.disabled():
        print(f"\n  {keys.count} keys besides the text, from Ctrl+N to 待签字, everything looked over")
    assert keys.count <= 24


def test_an_open_point_takes_at_most_6_more(window: MainWindow, capsys: pytest.CaptureFixture[str]) -> None:
    window.context.printing.update({"printers": ()})
    keys = Keys()
    keys.paper(card="6222020200112233440")
    page = window.case_page
    keys.facts()
    keys.press(Qt.Key.Key_Return)
    without = keys.count
    assert page.panel.choice.isVisible()
    assert page.panel.choice.readings.button(0).hasFocus()
    assert has_frame(page.panel.choice.readings.button(0))
    keys.press(Qt.Key.Key_Down)
    assert page.panel.choice.readings.checkedId() == 0
    keys.press(Qt.Key.Key_Down)
    assert page.panel.choice.readings.checkedId() == 1
    keys.press(Qt.Key.Key_Return)
    assert page.panel.choice.reason.hasFocus()
    assert has_frame(page.panel.choice.reason)
    write("存折账号")
    keys.press(Qt.Key.Key_Return)
    assert "card_number_plausible" not in warnings(page)
    assert page.overview.isVisible()
    assert "存折账号" in page.overview.text()
    with capsys.disabled():
        print(f"\n  {keys.count - without} keys more for an open point, {keys.count + 1} in all")
    assert keys.count - without <= 6
    keys.press(Qt.Key.Key_Return)
    finish_without_printing(window)


def test_the_box_stands_in_its_row_and_says_nothing_twice(window: MainWindow) -> None:
    page = opened(window, {**WELDER, "payment.account_number": "6222020200112233440"})
    press(Qt.Key.Key_F6)
    lines = page.panel.lines
    while page.panel.lines.currentItem().text() != next(
        each.message for each in page.held.lines if each.rule == "card_number_plausible"
    ):
        press(Qt.Key.Key_Down)
    row = lines.currentRow()
    press(Qt.Key.Key_Return)
    box = page.panel.choice
    assert lines.visualItemRect(lines.item(row)).contains(box.geometry())
    assert box.geometry().bottom() < lines.visualItemRect(lines.item(row + 1)).top()
    assert box.height() >= box.sizeHint().height() - 4
    press(Qt.Key.Key_2)
    assert box.readings.checkedId() == 1
    assert box.reason.hasFocus()
    press(Qt.Key.Key_Tab)
    assert box.isAncestorOf(QApplication.focusWidget())
    press(Qt.Key.Key_Escape)
    assert box.isHidden()
    assert lines.hasFocus()


def test_what_was_begun_in_the_box_outlives_box_and_paper(window: MainWindow) -> None:
    page = opened(window, {**WELDER, "payment.account_number": "6222020200112233440"})
    page.save()
    until(lambda: page.is_saved, "the save")
    page.show_point("card_number_plausible")
    press(Qt.Key.Key_2)
    write("存折")
    press(Qt.Key.Key_Escape)
    page.show_point("card_number_plausible")
    assert page.panel.choice.reason.text() == "存折"
    assert page.panel.choice.readings.checkedId() == 1
    press(Qt.Key.Key_Return)
    write("账号")
    control(Qt.Key.Key_W)
    until(lambda: window.list_page().model.count == 1, "the list")
    press(Qt.Key.Key_Return)
    until(lambda: window.case_page is not None, "the paper")
    page = window.case_page
    assert "card_number_plausible" in warnings(page)  # begun is not settled
    page.show_point("card_number_plausible")
    assert page.panel.choice.reason.text() == "存折账号"
    assert page.panel.choice.readings.checkedId() == 1


def test_facts_show_the_focus_and_only_figures_change_them(window: MainWindow) -> None:
    page = opened(window, WELDER)
    press(Qt.Key.Key_F7)
    facts = page.panel.facts
    assert facts.in_use() == "insurance.months_paid"  # the first that is missing
    assert has_frame(facts.editors["insurance.months_paid"])
    press(Qt.Key.Key_Down)
    arrears = facts.editors["insurance.in_arrears"]
    assert isinstance(arrears, OptionRow)
    assert facts.in_use() == "insurance.in_arrears"
    assert has_frame(arrears)
    before = page.sheet.answers()
    for key in (Qt.Key.Key_S, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_9):
        press(key)
    wheel = QWheelEvent(
        QPointF(5, 5), QPointF(arrears.mapToGlobal(QPoint(5, 5))), QPoint(), QPoint(0, -120),
        Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(arrears, wheel)
    assert page.sheet.answers() == before
    press(Qt.Key.Key_1)
    assert page.sheet.answers()["insurance.in_arrears"] is True
    assert arrears.accessibleName() == "欠缴：是"
    assert facts.in_use() == facts.neighbour("insurance.in_arrears", 1)
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Backspace)
    assert "insurance.in_arrears" not in page.sheet.answers()
    arrears.options[1].click()
    assert page.sheet.answers()["insurance.in_arrears"] is False


def test_f7_goes_back_to_the_field_on_the_paper(window: MainWindow) -> None:
    page = opened(window, WELDER)
    page.go_to("applicant.phone")
    press(Qt.Key.Key_F7)
    assert page.panel.facts.in_use()
    write("36")
    press(Qt.Key.Key_F7)
    assert not page.panel.facts.isVisible()
    assert page.sheet.current_field() == "applicant.phone"
    assert page.sheet.answers()["insurance.months_paid"] == 36
    write("13800000000")
    press(Qt.Key.Key_Return)
    assert page.sheet.answers()["applicant.phone"] == "13800000000"


def test_a_fact_that_cannot_be_read_is_told(window: MainWindow) -> None:
    page = opened(window, WELDER)
    press(Qt.Key.Key_F7)
    write("abc")
    press(Qt.Key.Key_Tab)
    QApplication.processEvents()
    assert page.sheet.answers()["insurance.months_paid"] == Unread("abc")
    assert "✕ 不符合 1" in shown(page)
    assert any("应是整数" in line for line in shown(page))
    assert not any("还没有填累计缴纳" in line for line in shown(page))
    press(Qt.Key.Key_F9)
    months = page.panel.facts.editors["insurance.months_paid"]
    assert isinstance(months, QLineEdit)
    assert page.state == "draft"


def test_an_answer_that_asks_for_more_is_followed_by_it(window: MainWindow) -> None:
    page = opened(window, WELDER)
    facts = page.panel.facts
    assert "insurance.no_award_proof" not in facts.shown()
    page.go_to("insurance.moved_in")
    press(Qt.Key.Key_1)
    assert facts.in_use() == "insurance.no_award_proof"


def test_an_expired_application_marks_and_visits_both_dates(window: MainWindow) -> None:
    page = opened(window, {**WELDER, "certificate.issued_on": TODAY - timedelta(days=800)})
    told = next(each for each in page.held.lines if each.rule == "applied_within_months_of_issue")
    assert told.group == "fail"
    marked = page.sheet._marked
    assert marked["certificate.issued_on"] == marked["claim.applied_on"] == "fail"
    page.go_for(told)
    assert page.sheet.current_field() == "certificate.issued_on"
    fields: list[str] = []
    for _ in range(20):
        control(Qt.Key.Key_Down)
        fields.append(page.sheet.current_field())
    assert "claim.applied_on" in fields


def test_what_is_fine_is_folded_and_heads_are_passed_over(window: MainWindow) -> None:
    page = opened(window, WELDER)
    lines = page.panel.lines
    assert not any("身份证号校验" in line for line in shown(page))
    press(Qt.Key.Key_F6)
    assert [each.text() for each in lines.selectedItems()] == [
        page.held.lines[0].message
    ]  # the frame is drawn there
    press(Qt.Key.Key_End)
    press(Qt.Key.Key_Home)
    assert lines.currentItem().text() in [each.message for each in page.held.lines]
    while not lines.currentItem().text().startswith("✓ 符合"):
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert any("身份证号校验" in line for line in shown(page))
    press(Qt.Key.Key_Return)
    assert not any("身份证号校验" in line for line in shown(page))


def test_nothing_moves_when_the_amount_is_found(window: MainWindow) -> None:
    page = opened(window, {key: value for key, value in WELDER.items() if key != "certificate.kind"})
    page.go_to("certificate.kind")
    QApplication.processEvents()
    row = page.panel.facts.editors["certificate.kind"]
    before = row.mapTo(page, QPoint())
    assert page.panel.amount.text() == "补贴金额 —"
    row.options[0].click()
    until(lambda: page.panel.amount.text() == "补贴金额 ￥1950.00", "the amount")
    assert row.mapTo(page, QPoint()) == before


def test_another_draft_of_the_same_person_is_told_and_opened(window: MainWindow) -> None:
    first = opened(window, WELDER)
    first.save()
    until(lambda: first.is_saved, "the save")
    first_id = first.case_id
    page = opened(window, {**WELDER, "certificate.occupation": "模具工"})
    until(lambda: any("另有 1 份申请" in line for line in shown(page)), "the other draft")
    told = next(each for each in page.held.lines if each.case_id)
    page.go_for(told)
    until(lambda: window.case_page is not None and window.case_page.case_id == first_id, "the first draft")
    assert window.case_page.sheet.answers()["certificate.occupation"] == "焊工"


@pytest.mark.parametrize("size", [(1366, 768), (1024, 600), (910, 512)])
def test_the_fact_in_use_is_in_sight_on_every_screen(window: MainWindow, size: tuple[int, int]) -> None:
    window.resize(*size)
    page = opened(window, WELDER)
    press(Qt.Key.Key_F7)
    press(Qt.Key.Key_F1)
    assert page.panel.help.title.text() == "累计缴纳失业保险费（月）"
    for _ in page.panel.facts.shown():
        row = page.panel.facts.editors[page.panel.facts.in_use()]
        top = row.mapTo(page.panel, QPoint(0, 0)).y()
        assert top >= 0
        assert top + row.height() <= page.panel.help.y() + 1
        press(Qt.Key.Key_Down)


def test_the_width_of_the_panel_is_kept(window: MainWindow) -> None:
    page = opened(window, WELDER)
    page.parts.setSizes([page.width() - 400, 400])
    page.parts.splitterMoved.emit(page.width() - 400, 1)
    width = page.panel.width()
    assert window.settings["panel.width"] == width
    again = opened(window, WELDER)
    assert abs(again.panel.width() - width) <= 2


def test_the_words_of_a_sample_paper_stand_once(window: MainWindow) -> None:
    page = opened(window, {}, "tianjin.application")
    assert page.panel.source.text().count("参考样式") == 1


def test_the_nearest_yes_stands_under_what_fails(window: MainWindow) -> None:
    page = opened(window, {**WELDER, "insurance.months_paid": 30, "insurance.in_arrears": False})
    told = next(each for each in page.held.lines if each.rule == "months_paid_at_least")
    assert told.group == "fail"
    assert "满36个月" in told.remedy
    lines = page.panel.lines
    row = next(row for row in range(lines.count()) if lines.item(row).text() == told.message)
    higher = lines.visualItemRect(lines.item(row)).height()
    page.take("insurance.months_paid", 36)
    until(lambda: not any(each.remedy for each in page.held.lines), "the end of the failure")
    assert higher > 3 * lines.fontMetrics().lineSpacing()


@pytest.mark.parametrize("form_id", ["tianjin.application", "jilin.application"])
def test_whatever_key_is_pressed_the_focus_is_somewhere(window: MainWindow, form_id: str) -> None:
    dice = random.Random(0)
    often = (Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Down)
    seldom = (
        Qt.Key.Key_F7, Qt.Key.Key_F6, Qt.Key.Key_F1, Qt.Key.Key_Escape, Qt.Key.Key_Up, Qt.Key.Key_Home, Qt.Key.Key_1,
        Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_Space, Qt.Key.Key_A, Qt.Key.Key_Backspace,
    )  # fmt: skip
    with_control = (Qt.Key.Key_F9, Qt.Key.Key_Down, Qt.Key.Key_Z)
    answers = {"applicant.id_number": "220104199003070016", "payment.account_number": "6222020200112233440"}
    page = opened(window, {**answers, "claim.applied_on": TODAY}, form_id)
    for _ in range(250):
        focus = QApplication.focusWidget()
        assert focus is not None
        if page.state != "draft":
            break
        if not page.isAncestorOf(focus):
            window.papers.show(page)  # a key led to the rail or to the list
        elif dice.random() < 0.15:
            control(dice.choice(with_control))
        else:
            press(dice.choice(often * 3 + seldom))
        QApplication.processEvents()
