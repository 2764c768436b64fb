"""Whether a person is there: every key and the mouse wind the clock up again, wherever they are used."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.ui.lock.hands import Hands
from tests.support.clerk import until


class Clock(QTimer):
    """Counts how often it was wound up, and runs out when a test says so."""

    wound = 0

    def start(self) -> None:  # type: ignore[override]
        self.wound += 1


@pytest.fixture
def line(qapp: QApplication, qtbot: QtBot) -> Iterator[QLineEdit]:
    made = QLineEdit()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    made.setFocus()
    until(made.hasFocus, "the focus")
    yield made


def watched(line: QLineEdit, minutes: int = 15) -> tuple[Hands, Clock]:
    clock = Clock(line)
    hands = Hands(QApplication.instance(), line, clock)  # type: ignore[arg-type]
    hands.rest_after(minutes)
    return hands, clock


def test_the_clock_is_wound_up_by_keys_mouse_and_input_methods(line: QLineEdit) -> None:
    _, clock = watched(line)
    assert (clock.interval(), clock.isSingleShot(), clock.wound) == (15 * 60_000, True, 1)
    uses = (
        lambda: QTest.keyClick(line, Qt.Key.Key_A),
        lambda: QTest.mouseMove(line.windowHandle(), QPoint(5, 5)),
        lambda: QApplication.sendEvent(line, QInputMethodEvent("zhang", [])),
    )
    for use in uses:
        before = clock.wound
        use()
        QApplication.processEvents()
        assert clock.wound > before


def test_a_key_in_a_dialog_is_a_key(line: QLineEdit) -> None:
    _, clock = watched(line)
    dialog = QDialog(line)
    inside = QLineEdit(dialog)
    dialog.open()
    until(inside.hasFocus, "the focus in the dialog")
    before = clock.wound
    QTest.keyClick(inside, Qt.Key.Key_A)
    assert clock.wound > before
    dialog.close()


def test_it_tells_when_the_clock_has_run_out_and_never_where_an_office_has_none(line: QLineEdit) -> None:
    hands, clock = watched(line)
    told: list[int] = []
    hands.rested.connect(lambda: told.append(1))
    clock.timeout.emit()
    assert told == [1]
    hands.rest_after(0)
    before = clock.wound
    QTest.keyClick(line, Qt.Key.Key_A)
    assert clock.wound == before


def test_ctrl_l_is_taken_wherever_it_is_pressed(line: QLineEdit) -> None:
    hands, _ = watched(line)
    told: list[int] = []
    hands.lock_asked.connect(lambda: told.append(1))
    QTest.keyClick(line, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(line, Qt.Key.Key_L)
    assert told == [1]


def test_a_word_that_is_being_composed_is_typed_as_it_stands(line: QLineEdit) -> None:
    hands, _ = watched(line)
    line.setText("样例")
    line.setCursorPosition(1)
    QApplication.sendEvent(line, QInputMethodEvent("zhang wei", []))
    assert line.text() == "样例"
    hands.give_composed()
    assert (line.text(), line.cursorPosition(), hands.composed) == ("样zhang wei例", 10, "")


def test_a_word_that_was_given_up_is_not_typed(line: QLineEdit) -> None:
    hands, _ = watched(line)
    QApplication.sendEvent(line, QInputMethodEvent("zhang", []))
    QApplication.sendEvent(line, QInputMethodEvent())
    hands.give_composed()
    assert line.text() == ""
