"""Backups by keyboard: into their folder, onto a stick, a stick that is full; what the first page says of their age."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.store import place, schedule
from desktop_app.store.backup_jobs import STICK_FOLDER
from desktop_app.store.keeping import backups
from desktop_app.store.restoring import try_backup
from desktop_app.ui.jobs.backups import Backups
from desktop_app.ui.jobs.clock import now
from desktop_app.ui.safekeeping import drives
from desktop_app.ui.safekeeping.backup_page import NO_STICK, READ_ONLY, BackupPage
from desktop_app.ui.safekeeping.drives import Drive
from desktop_app.ui.safekeeping.leaving import Leaving
from desktop_app.ui.safekeeping.reminding import remind_of_backup
from desktop_app.ui.window.main_window import MainWindow
from tests.support.clerk import press, until


def page_of(window: MainWindow) -> BackupPage:
    window.show_room("backup")
    page = window.stack.currentWidget()
    assert isinstance(page, BackupPage)
    until(lambda: page.place.text() != "", "how the backups stand")
    return page


def plug_in(monkeypatch: pytest.MonkeyPatch, *found: Drive) -> None:
    monkeypatch.setattr(drives, "removable_drives", lambda: found)


@pytest.fixture
def small_stick(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, too small for any backup."""
    root = tmp_path / "full"
    root.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(root)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("no disk can be mounted here")
    yield root
    subprocess.run(["umount", str(root)], check=True)


def test_a_backup_is_made_by_keys_and_opens(window: MainWindow) -> None:
    page = page_of(window)
    assert page.table.rowCount() == 0
    assert page.state.text().startswith("△")
    assert page.stick.hasFocus()
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return)
    until(lambda: page.table.rowCount() == 1, "the backup in the list")
    assert page.told.text().startswith("✓ 已备份")
    assert page.state.text().startswith("✓ 最近一份完好的备份：今天")
    assert page.now.hasFocus()
    ((file, label),) = backups(window.folder / schedule.FOLDER_NAME)
    assert try_backup(file, window.door.signed_in.key) == label


def test_one_key_puts_a_backup_on_the_stick_and_says_that_it_may_be_pulled_out(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "stick"
    root.mkdir()
    page = page_of(window)
    plug_in(monkeypatch)
    press(Qt.Key.Key_Return)
    assert page.told.text() == f"✕ {NO_STICK}"
    plug_in(monkeypatch, Drive("样例U盘", root, 1 << 30, is_read_only=True))
    press(Qt.Key.Key_Return)
    assert page.told.text() == f"✕ {READ_ONLY}"
    plug_in(monkeypatch, Drive("样例U盘", root, 1 << 30, is_read_only=False))
    press(Qt.Key.Key_Return)
    until(lambda: page.told.text().endswith("现在可以拔出。"), "the backup on the stick")
    ((file, label),) = backups(root / STICK_FOLDER)
    assert try_backup(file, window.door.signed_in.key) == label
    assert page.stick.hasFocus()


def test_of_two_sticks_one_is_chosen_by_keys(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    roots = [tmp_path / name for name in ("a", "b")]
    for root in roots:
        root.mkdir()
    page = page_of(window)
    plug_in(monkeypatch, *(Drive(root.name, root, 1 << 30, is_read_only=False) for root in roots))
    press(Qt.Key.Key_Return)
    assert page.sticks.hasFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    until(lambda: page.told.text().endswith("现在可以拔出。"), "the backup on the stick")
    assert [bool(backups(root / STICK_FOLDER)) for root in roots] == [False, True]


def test_a_full_stick_is_one_sentence_and_nothing_half_is_left(
    window: MainWindow, small_stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(window)
    plug_in(monkeypatch, Drive("样例U盘", small_stick, 1 << 16, is_read_only=False))
    press(Qt.Key.Key_Return)
    until(lambda: page.told.text().startswith("✕"), "the refusal")
    assert "空间不够" in page.told.text()
    assert page.told.text().count("。") == 1
    assert [each for each in small_stick.rglob("*") if each.is_file()] == []
    assert page.stick.isEnabled()
    assert schedule.read_note(window.folder) is None


def test_a_damaged_backup_is_seen_in_the_list_and_by_checking(window: MainWindow) -> None:
    page = page_of(window)
    page.now.click()
    until(lambda: page.table.rowCount() == 1, "the backup in the list")
    ((file, _),) = backups(window.folder / schedule.FOLDER_NAME)
    content = bytearray(file.read_bytes())
    content[3 * place.PAGE_BYTES + 100] ^= 4
    file.write_bytes(content)
    page.check.setFocus()
    press(Qt.Key.Key_Return)
    until(lambda: "损坏" in page.told.text(), "the check")
    assert page.table.item(0, 2).text().startswith("✕")
    file.write_bytes(content[:-9])
    window.show_room("cases")
    page = page_of(window)
    assert page.table.item(0, 2).text().startswith("✕")


def test_the_first_page_says_that_the_last_backup_is_old(window: MainWindow) -> None:
    page = page_of(window)
    page.now.click()
    until(lambda: page.table.rowCount() == 1, "the backup in the list")
    window.show_room("cases")
    remind_of_backup(window.context, window.notice)
    window.door.opened.emit()
    seen: list[str] = []
    window.door.read(lambda session: "", then=seen.append)
    until(lambda: bool(seen), "the answer")
    assert not window.notice.isVisible()
    note = window.folder / schedule.NOTE_NAME
    old = schedule.read_note(window.folder)
    assert old is not None
    text = note.read_text(encoding="utf-8")
    day = (now() - timedelta(days=9)).astimezone().isoformat(timespec="seconds")
    before = text.split('"made_at": "')[1].split('"')[0]
    note.write_text(text.replace(before, day), encoding="utf-8")
    window.door.opened.emit()
    until(window.notice.isVisible, "the sentence")
    assert "9 天没有备份" in window.notice.label.text()
    window.notice.take_focus()
    press(Qt.Key.Key_Return)
    assert isinstance(window.stack.currentWidget(), BackupPage)


def test_a_backup_is_made_by_the_clock_and_on_leaving_only_where_something_is_new(
    window: MainWindow, qtbot: QtBot
) -> None:
    folder = window.folder / schedule.FOLDER_NAME
    Backups(window.door).look()
    until(lambda: schedule.read_note(window.folder) is not None, "the backup")
    assert len(backups(folder)) == 1
    leaving = Leaving(window.door, window.colours)
    qtbot.addWidget(leaving)
    leaving.wait()
    assert len(backups(folder)) == 1
    window.context.settings.set_office({"office.phone": "0431-12345678"})
    shutil.rmtree(folder)
    leaving = Leaving(window.door, window.colours)
    qtbot.addWidget(leaving)
    leaving.wait()
    assert len(backups(folder)) == 1


def test_who_cannot_wait_puts_the_last_backup_off(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, write = os.pipe()
    monkeypatch.setattr("desktop_app.store.backup_jobs.back_up_if_due", lambda *_a, **_k: os.read(read, 1))
    leaving = Leaving(window.door, window.colours)
    qtbot.addWidget(leaving)
    leaving.finished.connect(lambda _code: os.write(write, b"."))

    def put_off() -> None:
        until(leaving.isVisible, "the window")
        leaving.activateWindow()
        until(lambda: QApplication.activeWindow() is leaving, "the window in front")
        press(Qt.Key.Key_Escape)

    from PySide6.QtCore import QTimer

    QTimer.singleShot(0, put_off)
    leaving.wait()
    assert not leaving.isVisible()
