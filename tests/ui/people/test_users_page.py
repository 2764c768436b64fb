"""The page 人员 and the own password, by keyboard alone; what a reviewer's and an auditor's window offer and refuse."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.store import faults, people_jobs, place
from desktop_app.store.opening import leave_store, open_store, writing
from desktop_app.store.settings import set_settings
from desktop_app.store.sign_in import NotSignedIn, sign_in
from desktop_app.store.trust import SignedIn
from desktop_app.store.users import add_user
from desktop_app.ui import start
from desktop_app.ui.jobs.clock import now
from desktop_app.ui.parts import questions
from desktop_app.ui.people.own_password_page import OwnPasswordPage
from desktop_app.ui.people.people_acts import PeopleRoom
from desktop_app.ui.people.sheet_page import SheetPage
from desktop_app.ui.people.users_page import UsersPage
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.workflow.roles import Role
from tests.support.clerk import LOGIN, OFFICE, PASSWORD, founded, press, until, write

ENTER, TAB, SPACE, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Space, Qt.Key.Key_Down
THEIRS = "liang-ge 9 yang"
NEW = "xin-de 5 mi-ma"
LONG = "阿卜杜热西提·买买提艾力·𬱖样例"


def fill(*texts: str) -> None:
    for text in texts:
        write(text)
        press(ENTER)


@pytest.fixture
def page(window: MainWindow) -> UsersPage:
    """The page 人员 of an administrator, with one colleague, whose line is chosen."""
    window.show_room("people")
    room = window.stack.currentWidget()
    assert isinstance(room, PeopleRoom)
    until(lambda: room.page.table.rowCount() == 1, "the people")
    reach("添加同事")
    press(SPACE)
    fill("li", LONG, THEIRS, THEIRS)
    until(lambda: room.page.table.rowCount() == 2, "the colleague")
    assert room.page.told.text() == f"✓ 已添加{LONG}，现在就可以登录。"
    assert room.page.table.hasFocus()
    return room.page


def reach(name: str) -> None:
    """Press Tab until a button has the focus."""
    for _ in range(60):
        focus = QApplication.focusWidget()
        if getattr(focus, "text", lambda: "")() == name:
            return
        press(TAB)
    raise AssertionError(f"Tab does not reach {name}")


def line(page: UsersPage, at: int) -> list[str]:
    found = [page.table.item(at, column) for column in range(4)]
    return [item.text() for item in found if item is not None]


def choose(page: UsersPage, login: str) -> None:
    page.table.setFocus()
    press(Qt.Key.Key_Up)
    for _ in range(page.table.rowCount()):
        if page.table.currentRow() >= 0 and line(page, page.table.currentRow())[1] == login:
            return
        press(DOWN)
    raise AssertionError(login)


def may_enter(window: MainWindow, login: str, password: str) -> bool:
    """Whether the store takes a password now."""
    try:
        sign_in(window.folder, login, password, now())
    except NotSignedIn as refusal:
        assert str(refusal) == faults.WRONG_PASSWORD
        return False
    return True


def test_roles_are_changed_but_not_ones_own(page: UsersPage) -> None:
    choose(page, "li")
    reach("修改角色")
    press(SPACE)
    assert page.roles.boxes["clerk"].hasFocus()
    press(SPACE)
    reach("改成这些角色")
    press(SPACE)
    assert page.told.text().startswith("✕ 请选择角色")
    page.roles.boxes["clerk"].setFocus()
    press(TAB)
    press(SPACE)
    reach("改成这些角色")
    press(SPACE)
    until(lambda: page.told.text() == "✓ 角色已修改，下次登录起作用。", "the roles")
    until(lambda: line(page, 0)[2] == "复核人", "the line")
    choose(page, LOGIN)
    reach("修改角色")
    press(SPACE)
    reach("改成这些角色")
    press(SPACE)
    until(lambda: page.told.text().startswith("✕"), "the refusal")
    assert "自己不能改" in page.told.text()
    assert page.roles.boxes["clerk"].hasFocus()
    press(Qt.Key.Key_Escape)
    assert page.roles.isHidden()
    assert page.table.hasFocus()


def test_a_forgotten_password_is_reset_by_who_forgot_it(page: UsersPage, window: MainWindow) -> None:
    choose(page, "li")
    reach("重设密码")
    press(SPACE)
    assert page.reset.password.hasFocus()
    fill(NEW, NEW[:-1])
    assert page.told.text() == "✕ 两遍密码不一样，请再输一遍。"
    assert page.reset.again.hasFocus()
    fill(NEW)
    until(lambda: page.told.text().startswith("✓ 新密码已设定"), "the reset")
    assert page.reset.isHidden()
    assert page.reset.password.text() == ""
    assert may_enter(window, "li", NEW)
    assert not may_enter(window, "li", THEIRS)


def test_a_colleague_is_removed_and_the_last_administrator_is_not(
    page: UsersPage, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter((False, True))
    monkeypatch.setattr(questions, "ask_remove_person", lambda _parent, _name: next(answers))
    choose(page, "li")
    key = window.door.signed_in.key
    reach("移除")
    press(SPACE)
    assert line(page, 0)[3] == "在用"
    press(SPACE)
    until(lambda: page.told.text().startswith("✓ 已移除"), "the removal")
    until(lambda: line(page, 1)[3] == "已移除", "the line")
    choose(page, "li")
    assert not any(page.buttons[name].isEnabled() for name in ("roles", "reset", "remove"))
    assert not place.opens(window.folder, key)
    assert not may_enter(window, "li", THEIRS)
    assert may_enter(window, LOGIN, PASSWORD)
    monkeypatch.setattr(questions, "ask_remove_person", lambda _parent, _name: True)
    choose(page, LOGIN)
    reach("移除")
    press(SPACE)
    until(lambda: page.told.text().startswith("✕"), "the refusal")
    assert page.table.hasFocus()


def test_a_new_recovery_sheet_is_printed_and_confirmed(
    page: UsersPage, window: MainWindow, tmp_path: Path
) -> None:
    def open_printer(_name: str, _title: str) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "sheet.pdf"))
        return printer

    window.context.printing.update({"printers": ("PDF",), "open_printer": open_printer})
    reach("新的恢复页")
    press(SPACE)
    room = window.stack.currentWidget()
    assert isinstance(room, PeopleRoom)
    until(lambda: isinstance(room.currentWidget(), SheetPage), "the sheet")
    sheet = room.currentWidget()
    assert isinstance(sheet, SheetPage)
    words = "".join(getattr(mark, "text", "") for mark in sheet._pages[0].marks)
    assert OFFICE["office.name"] in words
    assert page.fingerprint.text().split("：")[1].split("（")[0] in words
    assert sheet.print_button.hasFocus()
    press(SPACE)
    assert sheet.last.hasFocus()
    fill(sheet._last_group)
    until(lambda: room.currentWidget() is page, "the people")
    assert page.told.text() == "✓ 新的恢复页已打印，请锁好；旧的已作废，请销毁。"
    assert may_enter(window, LOGIN, PASSWORD)


def test_everybody_changes_the_own_password(window: MainWindow) -> None:
    window.show_room("password")
    page = window.stack.currentWidget()
    assert isinstance(page, OwnPasswordPage)
    assert page.old.hasFocus()
    fill("wrong 1 wrong", NEW, NEW)
    until(lambda: page.fault.text().startswith("✕"), "the refusal")
    assert page.old.hasFocus()
    fill(PASSWORD, "zhang123")
    page.password.clear()
    page.password.setFocus()
    fill("zhang123", "zhang123")
    assert "密码" in page.fault.text()
    assert page.password.hasFocus()
    page.password.clear()
    page.again.clear()
    fill(NEW, NEW)
    until(lambda: page.fault.text() == "✓ 密码已修改，下次登录用新密码。", "the change")
    assert page.old.text() == page.password.text() == page.again.text() == ""
    assert may_enter(window, LOGIN, NEW)
    assert not may_enter(window, LOGIN, PASSWORD)


# What others are offered


def added(folder: Path, *roles: Role) -> SignedIn:
    """Add a colleague to a new office, and sign in as that one."""
    store = open_store(folder, now(), None, founded(folder, "clerk"))
    try:
        with writing(store) as session:
            set_settings(session, {**OFFICE, "region": "jilin"}, "1", now())
        add_user(store, "li", LONG, frozenset(roles), THEIRS, now())
    finally:
        leave_store(store)
        place.release(store.claim)
    return sign_in(folder, "li", THEIRS, now())


@pytest.fixture
def theirs(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[MainWindow]:
    """The window of a colleague in one role."""
    hook = sys.excepthook
    store = tmp_path / "store"
    made = start.open_window(qapp, store, is_dark=False, signed_in=added(store, request.param))
    sys.excepthook = hook
    qtbot.addWidget(made)
    until(lambda: made.door is not None and made.door.is_open, "the store")
    until(made.isActiveWindow, "an active window")
    yield made
    made.close()
    made.door.close()


@pytest.mark.parametrize("theirs", ["reviewer"], indirect=True)
def test_a_reviewer_reads_applications_and_decides_nothing_about_people(theirs: MainWindow) -> None:
    assert theirs.person.text().endswith("（复核人）")
    offered = theirs.pages.offered()
    assert "cases" in offered
    assert "people" not in offered
    assert theirs.navigation.rooms["people"].isHidden()
    assert not theirs.acts["new"].isEnabled()
    refused: list[str] = []
    theirs.door.administer(
        lambda store: people_jobs.add(store, "wu", "吴样例", NEW, frozenset(("head",)), now()),
        lambda _none: refused.append("done"),
        refused.append,
    )
    until(lambda: bool(refused), "the refusal")
    assert "由管理员" in refused[0]


@pytest.mark.parametrize("theirs", ["auditor"], indirect=True)
def test_an_auditor_sees_who_works_here_and_changes_nothing(theirs: MainWindow) -> None:
    assert "people" in theirs.pages.offered()
    assert not theirs.acts["new"].isEnabled()
    theirs.show_room("people")
    room = theirs.stack.currentWidget()
    assert isinstance(room, PeopleRoom)
    until(lambda: room.page.table.rowCount() == 2, "the people")
    assert all(button.isHidden() for button in room.page.buttons.values())
    assert "只能查看" in room.page.why.text()
