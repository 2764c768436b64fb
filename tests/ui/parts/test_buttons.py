"""Enter presses a button of a page, as a clerk who leaves the mouse alone expects."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app.ui.parts.buttons import push_button


def test_enter_presses_the_button_that_has_the_focus(qtbot: QtBot) -> None:
    button = push_button("记下", "main_act")
    qtbot.addWidget(button)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        with qtbot.waitSignal(button.clicked):
            qtbot.keyClick(button, key)
