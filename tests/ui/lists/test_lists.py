"""Lists and statistics in the window: rows come and go by keyboard, and they are no applications."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop_app.forms import catalogue
from desktop_app.forms.catalogue import form, form_ids
from desktop_app.forms.titles import field_label, is_list
from desktop_app.ui.case.row_chooser import RowChooser
from desktop_app.ui.parts import questions
from desktop_app.ui.window.main_window import MainWindow
from tests.support.clerk import control, press, until, write

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
LIST = "jilin.publicity_filing"


def names(window: MainWindow) -> list[object]:
    return [row.get("applicant.name") for row in window.case_page.sheet.rows()]


def write_names(window: MainWindow, *wanted: str) -> None:
    window.open_new(LIST)
    for number, name in enumerate(wanted, 1):
        window.case_page.go_to(f"applicant.name@{number}")
        write(name)
        control(Qt.Key.Key_Return)


def test_enter_in_the_last_field_of_the_last_row_adds_a_row(window: MainWindow) -> None:
    window.open_new(LIST)
    sheet = window.case_page.sheet
    last = [name for name in sheet.typing_fields() if name.endswith("@1")][-1]
    sheet.go_to("applicant.name@1")
    write("样例甲")
    sheet.go_to(last)
    press(Qt.Key.Key_Return)
    assert sheet.current_field() == "applicant.name@2"
    sheet.go_to(last.replace("@1", "@2"))
    press(Qt.Key.Key_Return)  # an empty row is not followed by another
    assert sheet.current_field() == "filler.name"
    assert len(window.case_page.case().rows) == 1  # nor printed


def test_row_is_deleted_and_comes_back(window: MainWindow) -> None:
    write_names(window, "样例甲", "样例乙", "样例丙")
    sheet = window.case_page.sheet
    sheet.go_to("applicant.name@2")
    press(Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert names(window)[:2] == ["样例甲", "样例丙"]
    assert window.notice.label.text() == "已删除第 2 行，按 Ctrl+Z 可以恢复。"
    assert sheet.current_field() == "applicant.name@2"
    control(Qt.Key.Key_Z)
    assert names(window)[:3] == ["样例甲", "样例乙", "样例丙"]
    assert not window.notice.isVisible()
    control(Qt.Key.Key_Y)
    assert names(window)[:2] == ["样例甲", "样例丙"]


def test_rows_that_cannot_be_read_are_told_and_stop_the_list(window: MainWindow) -> None:
    window.open_new("urumqi.summary")
    page = window.case_page
    page.add_row()
    page.add_row()
    for field_id, text in (
        ("summary.unit", "样例公司"),
        ("summary.filled_on", "2017-11-01"),
        ("applicant.name@1", "样例甲"),
        ("applicant.name@2", "样例乙"),
        ("certificate.issued_on@2", "王五"),
        ("certificate.occupation@2", "220104199003070016"),
    ):
        page.go_to(field_id)
        control(Qt.Key.Key_A)
        write(text)
    press(Qt.Key.Key_F9)
    assert page.state == "draft"
    messages = [each.message for each in page.held.lines if each.group in ("fail", "missing")]
    assert "第 2 行核发日期：日期看不懂，请写成2023-09-05的样子。" in messages
    assert "第 2 行职业（工种）里是身份证号，请核对是否填错了列。" in messages
    assert any(message.startswith("第 1 行还没有填身份证号") for message in messages)
    marked = page.sheet._marked
    assert marked["certificate.issued_on@2"] == marked["certificate.occupation@2"] == "fail"
    assert len(list(page.sheet._corners(0))) == len(marked)
    page.go_to("certificate.issued_on@2")
    control(Qt.Key.Key_Down)
    assert page.sheet.current_field() == "certificate.occupation@2"
    lines = page.panel.lines
    at = next(at for at in range(lines.count()) if "第 2 行核发日期" in lines.item(at).text())
    lines.setFocus()
    lines.setCurrentRow(at)
    press(Qt.Key.Key_Return)
    assert page.sheet.current_field() == "certificate.issued_on@2"


def test_lists_stand_under_forms_and_not_among_the_applications(window: MainWindow) -> None:
    write_names(window, "样例甲")
    control(Qt.Key.Key_W)
    until(lambda: not window.list_page().model._is_stale, "the list")
    assert window.list_page().model.count == 0
    assert window.navigation.rooms["cases"].text() == "受理"
    window.show_room("forms")
    begun = window.pages.made["forms"].begun
    until(lambda: begun.count() == 1, "the list that was begun")
    assert begun.item(0).text().startswith(form(LIST).title)
    begun.setFocus()
    press(Qt.Key.Key_Return)
    until(lambda: window.case_page is not None, "the paper")
    assert names(window) == ["样例甲"]


def test_a_list_that_is_thrown_away_goes_from_the_page_at_once(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "ask_discard", lambda *_asked: True)
    write_names(window, "样例甲")
    window.show_room("forms")
    begun = window.pages.made["forms"].begun
    until(lambda: begun.count() == 1, "the list that was begun")
    begun.setFocus()
    begun.setCurrentRow(0)
    press(Qt.Key.Key_Delete)
    until(lambda: begun.count() == 0, "a page without it")


def test_widest_paper_fits_without_a_scroll_bar(window: MainWindow) -> None:
    for size in ((1366, 768), (1024, 700)):
        window.resize(*size)
        for form_id in form_ids():
            window.open_new(form_id)
            control(Qt.Key.Key_2)
            QApplication.processEvents()
            assert window.case_page.area.horizontalScrollBar().maximum() == 0, (form_id, size)


def test_zoom_is_remembered_for_the_next_paper(window: MainWindow) -> None:
    window.open_new()
    control(Qt.Key.Key_0)
    window.open_new(LIST)
    assert window.case_page.sheet.zoom() == 1.0
    assert window.settings["paper.zoom"] == 1.0
    control(Qt.Key.Key_2)
    window.open_new()
    assert window.settings["paper.zoom"] == 0
    QApplication.processEvents()
    assert window.case_page.area.horizontalScrollBar().maximum() == 0


def test_typing_begins_where_nothing_is_filled_in_yet(window: MainWindow) -> None:
    window.open_new("urumqi.review")
    assert window.case_page.sheet.current_field() == "applicant.name"


def test_search_box_is_left_by_escape_and_down(window: MainWindow) -> None:
    window.open_new()
    write("样例甲")
    control(Qt.Key.Key_W)
    until(lambda: window.list_page().model.count == 1, "the list")
    control(Qt.Key.Key_F)
    write("YLJ")
    press(Qt.Key.Key_Escape)
    assert window.search.text() == ""
    assert window.search.hasFocus()
    press(Qt.Key.Key_Down)
    assert window.list_page().table.hasFocus()


def test_faulty_form_file_is_one_sentence(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "home" / "forms"
    folder.mkdir(parents=True)
    (folder / "own.toml").write_text('id = "jilin.own"\nversion = "1"\ntitle = "样例"\n[[[', encoding="utf-8")
    (folder / "bytes.toml").write_bytes(b'id = "jilin.bytes"\nversion = "1"\n\xff\xfe')
    monkeypatch.setattr(catalogue, "home", lambda: tmp_path / "home")
    catalogue._files.cache_clear()
    try:
        for form_id in ("jilin.own", "jilin.bytes", "jilin.none"):
            window.open_new(form_id)
            assert window.case_page is None
            sentence = window.notice.label.text()
            assert sentence.startswith("✕ ")
            assert sentence.count("。") == 1
        window.show_room("forms")
        papers = window.pages.made["forms"].list
        shown = [papers.item(at).text() for at in range(papers.count())]
        assert sum("文件有错" in text for text in shown) == 1
    finally:
        catalogue._files.cache_clear()


def test_field_is_called_what_its_paper_calls_it_and_never_by_its_help() -> None:
    for form_id in form_ids():
        said = set(form(form_id).help.values())
        assert is_list(form_id) == form(form_id).is_list
        for each in form(form_id).fields:
            assert field_label(form_id, each.field_id) not in said


def test_list_begins_with_its_office_and_today_and_says_its_own_next_step(window: MainWindow) -> None:
    window.open_new(LIST)
    page = window.case_page
    assert page.sheet.answers() == {
        "summary.unit": "样例市社会保险事业管理局",
        "summary.filled_on": date.today(),
    }
    assert "申请人" not in page.panel.step.text() and "名单" in page.panel.step.text()
    window.open_new("urumqi.summary")  # here the employer files
    assert window.case_page.sheet.answers() == {"summary.filled_on": date.today()}


def test_rows_are_taken_from_chosen_applications_by_keyboard(window: MainWindow) -> None:
    for name, number in (("样例甲", "220104199003070016"), ("样例乙", "220104198505050014")):
        control(Qt.Key.Key_N)
        page = window.case_page
        for field_id, text in (
            ("applicant.name", name),
            ("applicant.id_number", number),
            ("employer.name", "样例公司"),
            ("certificate.level", "4"),
            ("certificate.issued_on", "2017-03-02"),
        ):
            page.go_to(field_id)
            write(text)
        page.save_before_leaving()
    window.open_new(LIST)
    page = window.case_page
    press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    until(lambda: window.findChild(RowChooser) is not None, "the chooser")
    chooser = window.findChild(RowChooser)
    until(chooser.isActiveWindow, "the chooser in front")
    assert [chooser.lines.item(at).text().split("　")[0] for at in range(2)] == ["样例乙", "样例甲"]
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Space)
    assert chooser.count.text() == "已选 1 份，共 2 份"
    press(Qt.Key.Key_Return)
    until(lambda: bool(page.case().rows), "the end of the chooser")
    window.activateWindow()  # a display without a window manager does not
    until(window.isActiveWindow, "the window in front")
    (row,) = page.case().rows
    assert row["applicant.name"] == "样例甲" and row["certificate.level"] == 4
    assert row["applicant.sex"] == "male" and row["certificate.issued_on"] == date(2017, 3, 2)
    assert "applicant.phone" not in row  # the list has no column for it
    assert page.sheet.current_field().endswith("@1")
    press(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    until(lambda: window.findChild(RowChooser) is not None, "the chooser again")
    chooser = window.findChild(RowChooser)
    until(chooser.isActiveWindow, "the chooser in front")
    assert [chooser.lines.item(at).text().split("　")[0] for at in range(chooser.lines.count())] == ["样例乙"]
    control(Qt.Key.Key_A)
    press(Qt.Key.Key_Return)
    assert [each["applicant.name"] for each in page.case().rows] == ["样例甲", "样例乙"]
    page.sheet.undo()
    assert [each["applicant.name"] for each in page.case().rows] == ["样例甲"]


def test_wide_list_is_legible_at_first_and_scrolls_to_what_is_typed_in(window: MainWindow) -> None:
    window.open_new("urumqi.summary")
    page = window.case_page
    QApplication.processEvents()
    smallest = min(spot.slot.size for spot in page.sheet.paper.spots)
    assert smallest * page.sheet.logicalDpiX() / 72 * page.sheet.zoom() >= 11.9
    page.go_to("claim.amount@1")
    view, place = page.area.viewport(), page.sheet.field_rect("claim.amount@1")
    assert view.rect().contains(page.sheet.mapTo(view, place.center()))
    control(Qt.Key.Key_2)
    QApplication.processEvents()
    assert page.area.horizontalScrollBar().maximum() == 0


def test_main_application_stands_first_and_a_list_goes_back_to_the_papers(window: MainWindow) -> None:
    window.show_room("forms")
    papers = window.pages.made["forms"].list
    assert papers.item(0).text().startswith(form("jilin.application").title)
    press(Qt.Key.Key_End)
    press(Qt.Key.Key_Return)
    assert window.case_page.form.is_list
    assert window.navigation.rooms["forms"].isChecked()
    control(Qt.Key.Key_W)
    assert window.stack.currentWidget() is window.pages.made["forms"]
