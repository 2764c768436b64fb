"""An input method that is interrupted leaves the answer as it was; a paste of megabytes is refused in a sentence."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.forms.catalogue import form
from desktop_app.ui.paper.sheet import Sheet

ANSWERS = {
    "applicant.name": "样例𬱖甲",
    "applicant.phone": "13800000000",
    "applicant.id_number": "220104199003070016",
    "certificate.level": 3,
}


@pytest.fixture
def sheet(qtbot: QtBot) -> Sheet:
    made = Sheet(form("jilin.application"), ANSWERS)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def compose(text: str, commit: str = "") -> None:
    event = QInputMethodEvent(text, [])
    event.setCommitString(commit)
    QApplication.sendEvent(QApplication.focusWidget(), event)


def click_elsewhere(sheet: Sheet) -> None:
    QTest.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=sheet.field_rect("payment.bank").center())


def cancel(sheet: Sheet) -> None:
    compose("")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def save(sheet: Sheet) -> None:
    sheet.commit()


@pytest.mark.parametrize("interrupt", [click_elsewhere, cancel, save])
@pytest.mark.parametrize("field_id", ANSWERS)
def test_interrupted_composition_keeps_the_answer(
    sheet: Sheet, field_id: str, interrupt: Callable[[Sheet], None]
) -> None:
    sheet.go_to(field_id)
    compose("yang")
    compose("yang'li")
    interrupt(sheet)
    assert sheet.answers() == ANSWERS


def test_composition_that_ends_well_replaces_what_was_selected(sheet: Sheet) -> None:
    for field_id in ("applicant.name", "applicant.phone"):
        sheet.go_to(field_id)
        compose("12")
        compose("")  # some input methods clear what they compose before they give it
        compose("", "1390000")
        compose("0")
        compose("", "0000")
        sheet.commit()
        assert sheet.answers()[field_id] == "13900000000"


@pytest.mark.parametrize("field_id", ["applicant.name", "applicant.phone", "applicant.id_number"])
def test_paste_of_megabytes_is_refused_and_changes_nothing(qtbot: QtBot, sheet: Sheet, field_id: str) -> None:
    QGuiApplication.clipboard().setText("样例" * 1_000_000)
    sheet.go_to(field_id)
    with qtbot.waitSignal(sheet.overfilled):
        QTest.keySequence(QApplication.focusWidget(), QKeySequence(QKeySequence.StandardKey.Paste))
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert sheet.answers() == ANSWERS
    QGuiApplication.clipboard().clear()
