"""The way back from a backup by keyboard: a store with real damage, the password of that day, the recovery sheet."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from desktop_app.store import opening_backup, place
from desktop_app.store.backup import source_of
from desktop_app.store.faults import PAGES_DAMAGED, STORE_MISSING
from desktop_app.store.keeping import keep_backup
from desktop_app.store.keys import sheet_text
from desktop_app.store.opening import close_store, open_store, reading, writing
from desktop_app.store.schedule import FOLDER_NAME
from desktop_app.store.sign_in import sign_in
from desktop_app.store.users import change_password
from desktop_app.store.verify import verify_chain
from desktop_app.ui import start
from desktop_app.ui.jobs.clock import now
from desktop_app.ui.jobs.lane import Lane
from desktop_app.ui.lock import anew
from desktop_app.ui.parts import look, questions
from desktop_app.ui.people.set_up_page import SetUpPage
from desktop_app.ui.people.sign_in_page import SignInPage
from desktop_app.ui.safekeeping import drives
from desktop_app.ui.safekeeping.drives import Drive
from desktop_app.ui.safekeeping.restore_acts import restore_page
from desktop_app.ui.safekeeping.restore_page import RestorePage
from desktop_app.ui.window.main_window import MainWindow
from tests.support.clerk import press, until, write
from tests.support.founded import ADMIN, NEW, found
from tests.support.stores import CASE

LATER = NEW


class Office:
    """A store with one user, a backup of it with two drafts, and a third draft and a new password since."""

    def __init__(self, folder: Path) -> None:
        from desktop_app.store import cases

        self.folder = folder
        self.seed = found(folder).seed
        store = open_store(folder, now(), signed_in=sign_in(folder, "admin", ADMIN, now()))
        with writing(store) as session:
            for _ in range(2):
                cases.create_case(session, CASE, "220104", "admin", now())
        self.file = keep_backup(source_of(store), folder / FOLDER_NAME, now())
        with writing(store) as session:
            cases.create_case(session, CASE, "220104", "admin", now())
        change_password(store, ADMIN, LATER, now())
        close_store(store)

    def spoil(self) -> None:
        """Flip a bit in every page but the first."""
        content = bytearray((self.folder / place.STORE_NAME).read_bytes())
        for at in range(place.PAGE_BYTES, len(content), place.PAGE_BYTES):
            content[at + 50] ^= 1
        (self.folder / place.STORE_NAME).write_bytes(content)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path / "store")


class Way:
    """The page in a window, with what was told of its end."""

    def __init__(self, qapp: QApplication, qtbot: QtBot, folder: Path, why: str = "") -> None:
        self.ended: list[str] = []
        self.window = QMainWindow()
        self.claim = place.hold(folder)
        lane = Lane("entrance", self.window)
        colours = look.dress(qapp, is_dark=False)
        self.page: RestorePage = restore_page(
            folder,
            lane,
            colours,
            lambda: self.ended.append("done"),
            lambda: self.ended.append("back"),
            why,
        )
        self.window.setCentralWidget(self.page)
        self.window.resize(1366, 768)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        until(self.window.isActiveWindow, "the window")
        until(lambda: not self.page.is_working, "the backups")

    def step(self) -> str:
        return next(name for name, pane in self.page.panes.items() if pane is self.page.stack.currentWidget())

    def enter(self) -> None:
        press(Qt.Key.Key_Return)
        until(lambda: not self.page.is_working, "the step")

    def close(self) -> None:
        place.release(self.claim)


@pytest.fixture
def ways(qapp: QApplication, qtbot: QtBot) -> Iterator[object]:
    made: list[Way] = []

    def make(folder: Path, why: str = "") -> Way:
        made.append(Way(qapp, qtbot, folder, why))
        return made[-1]

    yield make
    for way in made:
        way.close()


def opened_window(qapp: QApplication, qtbot: QtBot, folder: Path) -> MainWindow:
    hook = sys.excepthook
    window = start.open_window(qapp, folder, is_dark=False)
    sys.excepthook = hook
    qtbot.addWidget(window)
    until(lambda: window.stack.currentWidget() is not None and window.isActiveWindow(), "the first page")
    return window


def drafts_in(folder: Path, password: str) -> int:
    from desktop_app.store.cases import list_cases
    from desktop_app.store.records import CaseQuery

    store = open_store(folder, now(), signed_in=sign_in(folder, "admin", password, now()))
    try:
        with reading(store) as session:
            assert verify_chain(session) == ()
            return list_cases(session, CaseQuery()).total
    finally:
        close_store(store)


def test_a_damaged_store_comes_back_by_keys_with_the_password_of_that_day(office: Office, ways) -> None:  # type: ignore[no-untyped-def]
    office.spoil()
    way = ways(office.folder, PAGES_DAMAGED)
    assert way.page.why.isVisible()
    assert way.page.choose.list.hasFocus()
    way.enter()
    assert way.step() == "open"
    write("admin")
    press(Qt.Key.Key_Return)
    write(LATER)
    way.enter()
    assert way.page.told.text() == f"✕ {opening_backup.WRONG_PASSWORD}"
    assert way.page.open.password.hasFocus()
    write(ADMIN)
    way.enter()
    assert way.step() == "seen"
    told = way.page.seen.words.text()
    assert "2 份申请，其中草稿 2 份" in told
    assert "比它新的不在里面" in told
    assert "damaged" in told
    way.enter()
    assert way.step() == "done"
    kept = sorted(office.folder.glob("damaged-*"))
    assert len(kept) == 1
    assert str(kept[0]) in way.page.done.words.text()
    assert (kept[0] / place.STORE_NAME).exists()
    press(Qt.Key.Key_Return)
    assert way.ended == ["done"]
    way.close()
    assert drafts_in(office.folder, ADMIN) == 2


def test_a_forgotten_password_is_no_end_the_sheet_opens_the_backup_too(office: Office, ways) -> None:  # type: ignore[no-untyped-def]
    way = ways(office.folder)
    way.enter()
    press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    press(Qt.Key.Key_Space)
    assert way.page.open.by_sheet.isChecked()
    press(Qt.Key.Key_Tab)
    lines = sheet_text(office.seed).splitlines()
    for line in lines[:-1]:
        write(line)
        press(Qt.Key.Key_Return)
    write("9999" + lines[-1][4:])
    way.enter()
    assert way.page.told.text().startswith("✕")
    assert "组" in way.page.told.text()
    way.page.open.sheet[2].setFocus()
    way.page.open.sheet[2].selectAll()
    write(lines[-1])
    way.enter()
    assert way.step() == "seen"
    press(Qt.Key.Key_Escape)
    assert way.step() == "choose"
    press(Qt.Key.Key_Escape)
    assert way.ended == ["back"]


def test_a_new_computer_takes_the_store_from_a_stick(  # type: ignore[no-untyped-def]
    office: Office, ways, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESKTOP_APP_STATE", str(tmp_path / "other computer"))
    stick, new = tmp_path / "stick", tmp_path / "new"
    (stick / "补贴资料备份").mkdir(parents=True)
    office.file.rename(stick / "补贴资料备份" / office.file.name)
    way = ways(new)
    assert way.page.choose.list.isVisible() is False
    assert "U 盘" in way.page.choose.words.text()
    monkeypatch.setattr(drives, "removable_drives", lambda: (Drive("样例U盘", stick, 1, is_read_only=False),))
    way.page.choose.again.setFocus()
    way.enter()
    way.enter()
    write("admin")
    press(Qt.Key.Key_Return)
    write(ADMIN)
    way.enter()
    assert "不删除" not in way.page.seen.words.text()
    way.enter()
    assert way.step() == "done"
    way.close()
    assert drafts_in(new, ADMIN) == 2


def test_a_damaged_backup_is_refused_in_one_sentence_and_nothing_is_changed(  # type: ignore[no-untyped-def]
    office: Office, ways, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = bytearray(office.file.read_bytes())
    content[2 * place.PAGE_BYTES + 9] ^= 128
    office.file.write_bytes(content)
    before = (office.folder / place.STORE_NAME).read_bytes()
    way = ways(office.folder)
    way.enter()
    write("admin")
    press(Qt.Key.Key_Return)
    write(ADMIN)
    way.enter()
    assert way.page.told.text().startswith("✕")
    assert "损坏" in way.page.told.text()
    assert way.page.told.text().count("。") == 1
    assert (office.folder / place.STORE_NAME).read_bytes() == before
    no_backup = office.folder / "x.jnbak"
    no_backup.write_bytes(b"x" * 9000)
    monkeypatch.setattr(questions, "ask_backup_file", lambda _parent: no_backup)
    press(Qt.Key.Key_Escape)
    way.page.choose.elsewhere.click()
    until(lambda: not way.page.is_working, "the look")
    assert way.page.told.text().startswith("✕ 这不是本程序的备份文件")


def test_a_damaged_store_leads_from_signing_in_to_its_newest_backup_and_back_to_signing_in(
    qapp: QApplication, qtbot: QtBot, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.spoil()
    begun: list[bool] = []
    monkeypatch.setattr(anew, "begin_anew", lambda: begun.append(True))
    window = opened_window(qapp, qtbot, office.folder)
    sign = window.stack.currentWidget()
    assert isinstance(sign, SignInPage)
    sign.login.setFocus()
    sign.login.clear()
    write("admin")
    press(Qt.Key.Key_Return)
    write(LATER)
    press(Qt.Key.Key_Return)
    until(lambda: isinstance(window.stack.currentWidget(), RestorePage), "the way back")
    page = window.stack.currentWidget()
    until(lambda: page.choose.list.hasFocus(), "the backups")
    assert page.why.text().startswith("✕ 资料库")
    press(Qt.Key.Key_Return)
    until(lambda: page.stack.currentWidget() is page.open, "the password")
    write("admin")
    press(Qt.Key.Key_Return)
    write(ADMIN)
    press(Qt.Key.Key_Return)
    until(lambda: page.stack.currentWidget() is page.seen, "the check")
    press(Qt.Key.Key_Return)
    until(lambda: page.stack.currentWidget() is page.done, "the store")
    press(Qt.Key.Key_Return)
    assert begun == [True]
    assert not window.isVisible()
    assert drafts_in(office.folder, ADMIN) == 2


def test_from_the_sign_in_page_and_from_the_set_up_a_link_leads_to_the_backups(
    qapp: QApplication, qtbot: QtBot, office: Office, tmp_path: Path
) -> None:
    window = opened_window(qapp, qtbot, office.folder)
    window.stack.currentWidget().restore.setFocus()
    press(Qt.Key.Key_Return)
    page = window.stack.currentWidget()
    until(lambda: page.choose.list.hasFocus(), "the backups")
    press(Qt.Key.Key_Escape)
    assert isinstance(window.stack.currentWidget(), SignInPage)
    window.close()
    window = opened_window(qapp, qtbot, tmp_path / "new")
    window.stack.currentWidget().move_here.setFocus()
    press(Qt.Key.Key_Return)
    page = window.stack.currentWidget()
    assert isinstance(page, RestorePage)
    until(lambda: not page.is_working, "the look")
    press(Qt.Key.Key_Escape)
    assert isinstance(window.stack.currentWidget(), SetUpPage)
    window.close()


def test_a_store_that_is_gone_leads_to_its_backups(qapp: QApplication, qtbot: QtBot, office: Office) -> None:
    (office.folder / place.STORE_NAME).unlink()
    window = opened_window(qapp, qtbot, office.folder)
    until(lambda: isinstance(window.stack.currentWidget(), RestorePage), "the way back")
    page = window.stack.currentWidget()
    until(lambda: page.choose.list.hasFocus(), "the backups")
    assert page.why.text() == f"✕ {STORE_MISSING}"
    assert page.choose.back.isVisible() is False
    window.close()
