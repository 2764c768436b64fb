"""The window around the paper, as a clerk meets it: typing, finding, mending, finishing, and what goes wrong."""

import sys
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QKeySequence
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from desktop_app.store.faults import DISK_FULL, KEY_MISSING, StoreFault
from desktop_app.store.place import SLOTS_NAMES
from desktop_app.ui import start
from desktop_app.ui.case.help import key_groups, print_key_card
from desktop_app.ui.parts import look, questions
from desktop_app.ui.parts.acts import ACTS
from desktop_app.ui.pictures.portraits import Portrait, save_portraits
from desktop_app.ui.safekeeping.restore_page import RestorePage
from desktop_app.ui.window.main_window import MainWindow
from tests.support.clerk import AFTER, BEFORE, control, press, until, write

# Said by the display that is none; the tests run under a real X server too.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def fill(window: MainWindow, *, with_bank: bool = True) -> None:
    control(Qt.Key.Key_N)
    for field_id, text in (*BEFORE, *AFTER):
        if field_id != "payment.bank" or with_bank:
            write(text)
        press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Space)


def lines(window: MainWindow) -> list[str]:
    shown = window.case_page.panel.lines
    return [shown.item(at).text() for at in range(shown.count())]


def test_field_is_saved_as_it_is_left(window: MainWindow) -> None:
    control(Qt.Key.Key_N)
    write("样例𬱖")
    press(Qt.Key.Key_Return)
    until(lambda: window.case_page.foot.saved.text().startswith("✓ 已保存"), "the save")
    until(lambda: window.navigation.rooms["cases"].text() == "受理  1", "the figure")


def test_looking_stores_nothing(window: MainWindow) -> None:
    control(Qt.Key.Key_N)
    press(Qt.Key.Key_Return)
    control(Qt.Key.Key_W)
    until(lambda: not window.list_page().model._is_stale, "the list")
    assert window.list_page().model.count == 0
    fill(window)
    control(Qt.Key.Key_W)
    until(lambda: window.list_page().model.count == 1, "the list")
    row = window.list_page().model.row(0)
    press(Qt.Key.Key_Return)
    until(lambda: window.case_page is not None, "the paper")
    press(Qt.Key.Key_Return)
    control(Qt.Key.Key_W)
    until(lambda: not window.list_page().model._is_stale, "the list")
    assert window.list_page().model.row(0) == row


def test_panel_tells_what_is_missing_and_leads_there(window: MainWindow) -> None:
    fill(window, with_bank=False)
    QApplication.processEvents()
    assert "✕ 缺项 4" in lines(window)  # and three facts that the counter verifies
    assert "开户银行 未填写" in lines(window)
    press(Qt.Key.Key_F9)
    assert window.case_page.sheet.current_field() == "payment.bank"
    assert window.notice.label.text() == "✕ 还缺“开户银行”，请填写。"
    assert window.case_page.state == "draft"
    press(Qt.Key.Key_Tab)
    control(Qt.Key.Key_Up)
    assert window.case_page.sheet.current_field() == "payment.bank"


def test_panel_line_is_opened_by_enter_and_f6_goes_round(window: MainWindow) -> None:
    fill(window, with_bank=False)
    QApplication.processEvents()
    press(Qt.Key.Key_F6)
    assert window.case_page.panel.lines.hasFocus()
    window.case_page.panel.lines.setCurrentRow(lines(window).index("开户银行 未填写"))
    press(Qt.Key.Key_Return)
    assert window.case_page.sheet.current_field() == "payment.bank"
    press(Qt.Key.Key_F6)
    press(Qt.Key.Key_F6)
    assert window.navigation.rooms["cases"].hasFocus()
    press(Qt.Key.Key_F6)
    assert window.case_page.sheet.current_field() == "payment.bank"


def test_checked_numbers_are_named_and_wrong_ones_told(window: MainWindow) -> None:
    control(Qt.Key.Key_N)
    window.case_page.go_to("applicant.id_number")
    write("220104199003070011")
    press(Qt.Key.Key_Return)
    QApplication.processEvents()
    assert "✕ 不符合 1" in lines(window)
    window.case_page.go_to("applicant.id_number")
    write("220104199003070016")
    press(Qt.Key.Key_Return)
    QApplication.processEvents()
    assert "✕ 不符合 1" not in lines(window)
    assert "身份证号校验通过。" in lines(window)


def test_whole_paper_goes_on_to_the_signature_and_back(window: MainWindow) -> None:
    fill(window)
    window.context.printing.update({"printers": ()})
    press(Qt.Key.Key_F9)
    until(lambda: window.case_page.state == "awaiting_signature", "the move")
    for each in QApplication.topLevelWidgets():
        if each.parent() is window and each.isVisible():
            each.close()
    assert window.case_page.panel.state.text() == "● 待签字"
    assert not window.case_page.sheet.isEnabled()
    window.case_page.reopen()
    until(lambda: window.case_page.state == "draft", "the move back")
    assert window.case_page.sheet.isEnabled()


def test_search_finds_by_initials_and_last_digits_while_typing(window: MainWindow) -> None:
    fill(window)
    control(Qt.Key.Key_W)
    table = window.list_page()
    until(lambda: table.model.count == 1, "the list")
    control(Qt.Key.Key_F)
    write("0016")
    until(lambda: table.words.text() == "查找“0016”：1 份", "what was found")
    write("9")
    until(lambda: table.words.text() == "查找“00169”：0 份", "nothing found")
    control(Qt.Key.Key_A)
    write("YL")
    until(lambda: table.words.text() == "查找“YL”：1 份", "what was found")
    press(Qt.Key.Key_Return)
    until(lambda: window.case_page is not None, "the paper")
    assert window.case_page.sheet.answers()["applicant.name"] == "样例𬱖"


def test_full_disk_is_told_and_nothing_is_lost(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop_app.store import cases

    def refuse(*_arguments: object) -> str:
        raise StoreFault(DISK_FULL)

    control(Qt.Key.Key_N)
    with monkeypatch.context() as patch:
        patch.setattr(cases, "create_case", refuse)
        write("样例𬱖")
        press(Qt.Key.Key_Return)
        until(lambda: window.notice.isVisible(), "the sentence")
        assert window.notice.label.text() == f"✕ {DISK_FULL}"
        assert window.case_page.foot.saved.text().startswith("✕")
    control(Qt.Key.Key_S)
    until(lambda: window.case_page.foot.saved.text().startswith("✓"), "the save")
    assert not window.notice.isVisible()
    assert window.case_page.sheet.answers()["applicant.name"] == "样例𬱖"


def test_own_fault_is_one_sentence_without_what_was_typed(
    window: MainWindow, capfd: pytest.CaptureFixture[str]
) -> None:
    control(Qt.Key.Key_N)
    write("样例𬱖")
    try:
        raise KeyError("样例𬱖")
    except KeyError as error:
        start._Crashes(window)(KeyError, error, error.__traceback__)
    assert window.notice.label.text().startswith("✕ 程序遇到意外")
    assert "样例" not in capfd.readouterr().err
    assert window.case_page.case().answers["applicant.name"] == "样例𬱖"


def test_help_stands_beside_the_paper(window: MainWindow) -> None:
    control(Qt.Key.Key_N)
    press(Qt.Key.Key_F1)
    box = window.case_page.panel.help
    assert box.isVisible()
    assert box.title.text() == "姓名"
    assert window.case_page.sheet.current_field() == "applicant.name"
    window.case_page.go_to("applicant.id_number")
    assert box.title.text() == "身份证号"
    assert "18 位" in box.how.text()


def test_zoom_by_keys_and_fit(window: MainWindow) -> None:
    control(Qt.Key.Key_N)
    page = window.case_page
    fitted = page.sheet.zoom()
    assert page.sheet.width() <= page.area.viewport().width()
    control(Qt.Key.Key_0)
    assert page.sheet.zoom() == 1.0
    control(Qt.Key.Key_Plus)
    assert page.sheet.zoom() > 1.0
    assert page.foot.zoom.text() == "110%"
    control(Qt.Key.Key_3)
    assert page.area.viewport().height() - 8 <= page.sheet.height() <= page.area.viewport().height()
    control(Qt.Key.Key_2)
    assert page.sheet.zoom() == fitted


def test_list_paper_takes_rows(window: MainWindow) -> None:
    window.open_new("jilin.publicity_filing")
    page = window.case_page
    page.go_to("applicant.name@1")
    write("样例甲")
    control(Qt.Key.Key_Return)
    assert page.sheet.current_field().endswith("@2")
    page.go_to("applicant.name@2")
    write("样例乙")
    press(Qt.Key.Key_Return)
    assert [row["applicant.name"] for row in page.case().rows] == ["样例甲", "样例乙"]


def test_every_key_is_on_the_card_and_none_means_two_things(window: MainWindow) -> None:
    card = {key for _, group in key_groups() for key, _ in group}
    keys = [key for act in ACTS for key in act.keys]
    assert len(keys) == len(set(keys))
    assert all(not QKeySequence(key).isEmpty() for key in keys)
    for act in ACTS:
        if act.keys:
            shown = act.keys[0].replace("Down", "↓").replace("Up", "↑").replace("Return", "Enter")
            assert shown in card


def test_names_are_never_rich_text(window: MainWindow) -> None:
    window.context.settings.set_office({**window.settings, "office.name": "<b>样例</b>"})
    assert window.office.textFormat() == Qt.TextFormat.PlainText
    control(Qt.Key.Key_N)
    for label in window.case_page.panel.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText


def test_standard_buttons_are_chinese(window: MainWindow) -> None:
    translator = start.chinese()
    QApplication.installTranslator(translator)
    button = QMessageBox(window).addButton(QMessageBox.StandardButton.Cancel)
    assert button.text() == "取消"
    QApplication.removeTranslator(translator)


def test_store_without_its_slots_is_refused(window: MainWindow, qapp: QApplication, qtbot: QtBot) -> None:
    window.close()
    window.door.close()
    for name in SLOTS_NAMES:
        (window.folder / name).unlink()
    hook = sys.excepthook
    again = start.open_window(qapp, window.folder, is_dark=False)
    qtbot.addWidget(again)
    until(lambda: isinstance(again.stack.currentWidget(), RestorePage), "the way back")
    assert again.stack.currentWidget().why.text() == f"✕ {KEY_MISSING}"
    assert not again.is_furnished
    sys.excepthook = hook


def test_key_card_prints_on_one_page(window: MainWindow, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "keys.pdf"))
    print_key_card(printer)
    document = pypdfium2.PdfDocument(tmp_path / "keys.pdf")
    assert len(document) == 1
    text = document[0].get_textpage().get_text_bounded()
    assert "Ctrl+↓" in text
    assert "按键一览" in text
    assert "Ctrl+F1" in text
    document.close()


def test_offsets_are_kept_and_can_be_changed(window: MainWindow) -> None:
    window.context.settings.keep("printing.offset/样例/打印机//jilin.application", "1.5 -0.8")
    window.show_room("settings")
    table = window.pages.made["settings"].offsets
    assert [table.item(0, at).text() for at in range(5)] == [
        "样例/打印机", "", "吉林省参保企业职工技能提升补贴申请表", "1.5", "-0.8",
    ]  # fmt: skip
    table.item(0, 4).setText("2")
    assert window.settings["printing.offset/样例/打印机//jilin.application"] == "1.5 2.0"
    table.item(0, 4).setText("很多")
    assert window.settings["printing.offset/样例/打印机//jilin.application"] == "1.5 2.0"


def test_paper_stays_white_in_a_dark_desktop(qapp: QApplication, tmp_path: Path) -> None:
    answers = {"applicant.name": "样例𬱖"}
    portraits = [Portrait("jilin.application", answers), Portrait("dalian.application", answers)]
    paths = save_portraits(tmp_path, portraits, is_dark=True)
    look.dress(qapp, is_dark=False)
    assert [path.name for path in paths] == ["window-jilin.application.png", "window-dalian.application.png"]
    picture = QImage(str(paths[0]))
    assert picture.size().toTuple() == (1366, 768)
    colours = [picture.pixelColor(x, 160) for x in range(0, 1366, 4)]
    assert sum(colour.lightness() == 255 for colour in colours) > 100
    panel = [picture.pixelColor(1300, y).lightness() for y in range(80, 700, 4)]
    assert (
        sum(lightness < 60 for lightness in panel) > len(panel) / 2
    )  # lines of text never cover the most of it


def test_closing_with_unsaved_answers_asks(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop_app.store import cases

    def refuse(*_arguments: object) -> str:
        raise StoreFault(DISK_FULL)

    asked: list[str] = []
    monkeypatch.setattr(questions, "ask_close_unsaved", lambda _window: bool(asked.append("asked")))
    control(Qt.Key.Key_N)
    write("样例𬱖")
    with monkeypatch.context() as patch:
        patch.setattr(cases, "create_case", refuse)
        assert not window.close()
    assert asked == ["asked"]
    assert window.case_page.case().answers["applicant.name"] == "样例𬱖"
    assert window.close()
    assert asked == ["asked"]


@pytest.mark.parametrize("colours", [look.LIGHT, look.DARK])
def test_text_stands_out_from_its_ground(colours: look.Colours) -> None:
    def light(colour: str) -> float:
        parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def contrast(one: str, other: str) -> float:
        high, low = sorted((light(one), light(other)), reverse=True)
        return (high + 0.05) / (low + 0.05)

    for ground in (colours.frame, colours.hover, colours.chip):
        for text in (colours.text, colours.quiet, colours.fail, colours.warn, colours.passed):
            assert contrast(text, ground) >= 4.5, (text, ground)
    assert contrast(colours.accent_text, colours.accent) >= 4.5
    for edge in (colours.edge, colours.focus):
        assert contrast(edge, colours.frame) >= 3, edge
    assert contrast(colours.navigation_text, colours.navigation_chosen) >= 4.5
