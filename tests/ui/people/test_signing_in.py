"""The way in, by keyboard alone: set-up, colleagues, signing in, wrong and forgotten passwords, an old store."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.store import cases, faults
from desktop_app.store.keys import seed_of_sheet
from desktop_app.store.opening import close_store, open_store, writing
from desktop_app.store.settings import set_settings
from desktop_app.ui import start
from desktop_app.ui.parts import questions
from desktop_app.ui.people.colleagues_page import ColleaguesPage
from desktop_app.ui.people.forgotten_page import ForgottenPage
from desktop_app.ui.people.set_up_page import SetUpPage
from desktop_app.ui.people.sheet_page import SheetPage
from desktop_app.ui.people.sign_in_page import SignInPage
from desktop_app.ui.window.main_window import MainWindow
from tests.support.clerk import LOGIN, OFFICE, PASSWORD, control, founded, press, sign_in, until, write
from tests.support.stores import CASE, NOW

ENTER, TAB, SPACE = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Space
Opened = Callable[[], MainWindow]
P = TypeVar("P", bound=QWidget)


@pytest.fixture
def opened(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Opened]:
    """Opens the program over one store, again and again, each time as a new program would."""
    windows: list[MainWindow] = []
    hook = sys.excepthook

    def end() -> None:
        for window in windows:
            window.close()
            if window.door is not None:
                window.door.close()
        windows.clear()

    def open_again() -> MainWindow:
        end()
        made = start.open_window(qapp, tmp_path / "store", is_dark=False)
        sys.excepthook = hook
        qtbot.addWidget(made)
        windows.append(made)
        until(made.isActiveWindow, "an active window")
        return made

    yield open_again
    end()


def shown(window: MainWindow, kind: type[P]) -> P:
    """The page that stands alone, once it is of this kind."""
    until(lambda: type(window.stack.currentWidget()) is kind, kind.__name__)
    page = window.stack.currentWidget()
    assert isinstance(page, kind)
    return page


def fill(*texts: str) -> None:
    """Type into one field after another."""
    for text in texts:
        write(text)
        press(ENTER)


def is_in(window: MainWindow) -> bool:
    return window.door is not None and window.door.is_open and window.acts != {}


def lead_past_the_sheet(window: MainWindow, tmp_path: Path) -> str:
    """Print the recovery sheet, type its last group from it, and return what stands on it."""
    page = shown(window, SheetPage)
    pdf = tmp_path / "printed.pdf"

    def open_printer(_name: str, _title: str) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(pdf))
        return printer

    page._printing.update({"open_printer": open_printer})
    page.printer_box.addItem("PDF")
    page.print_button.setEnabled(True)
    page.take_focus()
    press(SPACE)
    assert pdf.read_bytes()[:5] == b"%PDF-"
    assert page.last.hasFocus()
    fill("0000")
    assert page.told.text().startswith("✕ 与最后一组不一样"), page.told.text()
    words = "".join(getattr(mark, "text", "") for mark in page._pages[0].marks)
    assert "张样例" in words
    assert OFFICE["office.name"] in words
    large = [mark for mark in page._pages[0].marks if getattr(mark, "size", 0) == 17.0]
    text = " ".join(mark.text for mark in sorted(large, key=lambda mark: mark.y))
    fill(text.split()[-1].lower())
    return text


def set_up(window: MainWindow, tmp_path: Path) -> str:
    """The first start, past the sheet."""
    begin_set_up(window)
    return lead_past_the_sheet(window, tmp_path)


def begin_set_up(window: MainWindow) -> None:
    """The first start: an office in Jilin and its administrator."""
    shown(window, SetUpPage)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right)
    press(ENTER)
    fill(*OFFICE.values())
    fill(LOGIN, "张样例", PASSWORD, PASSWORD)


def begin_to_work(window: MainWindow) -> None:
    shown(window, ColleaguesPage)
    press(TAB)
    press(ENTER)
    until(lambda: is_in(window), "the store")


def test_an_office_of_two_is_set_up_by_keyboard(opened: Opened, tmp_path: Path) -> None:
    window = opened()
    assert seed_of_sheet(set_up(window, tmp_path))
    page = shown(window, ColleaguesPage)
    assert page.another.hasFocus()
    press(ENTER)
    fill("li", "李样例", "liang-ge 9 yang", "liang-ge 9 yang")
    until(lambda: page.told.text() == "✓ 已添加李样例。", "the colleague")
    assert page.another.hasFocus()
    begin_to_work(window)
    assert window.office.text() == "样例市社会保险事业管理局 · 1号窗口"
    assert window.person.text() == "张样例（经办人、管理员）"
    assert window.navigation.isVisible()

    window = opened()
    entry = shown(window, SignInPage)
    assert entry.login.text() == LOGIN
    assert entry.password.hasFocus()
    press(TAB, Qt.KeyboardModifier.ShiftModifier)
    fill("li", "liang-ge 9 yang")
    until(lambda: is_in(window), "the store")
    assert window.person.text() == "李样例（经办人）"
    assert window.navigation.rooms["people"].isHidden()
    assert window.acts["new"].isEnabled()


def test_nothing_can_be_read_before_a_password(opened: Opened, tmp_path: Path) -> None:
    founded(tmp_path / "store", "clerk")
    window = opened()
    shown(window, SignInPage)
    control(Qt.Key.Key_N)
    control(Qt.Key.Key_F)
    assert window.door is None
    assert not window.menuBar().isVisible()
    assert not window.is_furnished or not window.navigation.isVisible()


def test_wrong_passwords_are_told_in_one_sentence_and_slow_down(opened: Opened, tmp_path: Path) -> None:
    founded(tmp_path / "store", "clerk")
    window = opened()
    page = shown(window, SignInPage)
    write(LOGIN)
    press(ENTER)
    told = []
    for _ in range(10):
        assert page.password.hasFocus()
        fill("wrong 1 wrong")
        until(lambda: page.told.text().startswith("✕"), "the refusal")
        told.append(page.told.text())
        while page._waits:
            assert page.login.hasFocus()
            assert not page.password.isEnabled()
            page._tick()  # a second on the page; on the store's clock it is hardly later, and it refuses again
    assert told[0] == f"✕ {faults.WRONG_PASSWORD}"
    assert any("秒" in each for each in told)
    assert LOGIN not in "".join(told)
    assert window.door is None


def test_another_person_signs_in_while_one_has_to_wait(opened: Opened, tmp_path: Path) -> None:
    window = opened()
    set_up(window, tmp_path)
    shown(window, ColleaguesPage)
    press(ENTER)
    fill("li", "李样例", "liang-ge 9 yang", "liang-ge 9 yang")
    begin_to_work(window)
    window = opened()
    page = shown(window, SignInPage)
    while not page._waits:
        fill("wrong 1 wrong")
        until(lambda: page.told.text().startswith("✕"), "the refusal")
    assert "秒" in page.told.text()
    assert not page.password.isEnabled()
    write("li")
    assert page.told.text() == ""
    assert page.password.isEnabled()
    control(Qt.Key.Key_A)
    write(LOGIN)
    assert "秒" in page.told.text()
    assert not page.password.isEnabled()
    control(Qt.Key.Key_A)
    fill("li", "liang-ge 9 yang")
    until(lambda: is_in(window), "the store")
    assert window.person.text() == "李样例（经办人）"


def test_a_sheet_that_nobody_has_printed_is_not_closed_unasked(
    opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[QWidget] = []
    answers = [False, True]

    def ask(parent: QWidget) -> bool:
        asked.append(parent)
        return answers[len(asked) - 1]

    monkeypatch.setattr(questions, "ask_leave_sheet", ask)
    window = opened()
    begin_set_up(window)
    page = shown(window, SheetPage)
    assert not window.close()
    assert page.isVisible()
    assert window.close()
    assert len(asked) == 2


def test_capitals_are_told(opened: Opened, tmp_path: Path) -> None:
    founded(tmp_path / "store", "clerk")
    page = shown(opened(), SignInPage)
    page.password.setFocus()
    write("A")
    assert "大写锁定" in page.capitals.text()
    write("a")
    assert page.capitals.text() == ""


def test_forgotten_password_is_set_anew_by_the_sheet(opened: Opened, tmp_path: Path) -> None:
    window = opened()
    sheet = set_up(window, tmp_path)
    begin_to_work(window)
    window = opened()
    entry = shown(window, SignInPage)
    press(TAB)
    press(TAB)
    assert entry.forgotten.hasFocus()
    press(SPACE)
    page = shown(window, ForgottenPage)
    groups = sheet.split()
    wrong = groups[7][:3] + ("0" if groups[7][3] != "0" else "1")
    lines = [groups[:6], [groups[6], wrong, *groups[8:12]], groups[12:]]
    fill(*(" ".join(line) for line in lines))
    fill("xin-de 5 mi-ma", "xin-de 5 mi-ma")
    assert "第 8 组" in page.fault.text(), page.fault.text()
    assert page.lines[1].hasFocus()
    fill(" ".join(groups[6:12]))
    page.again.setFocus()
    press(ENTER)
    assert lead_past_the_sheet(window, tmp_path) != sheet
    until(lambda: is_in(window), "the store")
    window = opened()
    shown(window, SignInPage)
    sign_in(window, "xin-de 5 mi-ma")
    assert window.office.text().startswith("样例市")


def test_a_store_of_the_last_release_is_taken_over(opened: Opened, tmp_path: Path) -> None:
    store = open_store(tmp_path / "store", NOW)
    with writing(store) as session:
        set_settings(session, {**OFFICE, "region": "jilin"}, "1", NOW)
        cases.create_case(session, CASE, "220104001", "1", NOW)
    close_store(store)
    window = opened()
    page = shown(window, SetUpPage)
    assert page.fields is None
    assert "一份也不会少" in page.why.text()
    fill(LOGIN, "张样例", PASSWORD, PASSWORD)
    lead_past_the_sheet(window, tmp_path)
    begin_to_work(window)
    assert window.list_page().model.rowCount() == 1
    assert not (tmp_path / "store" / "store.key").exists()
