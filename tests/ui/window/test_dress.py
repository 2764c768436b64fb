"""The desktop turns light or dark while a paper is open: every part of the frame follows, and the paper stays white."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desktop_app.ui.parts import look
from desktop_app.ui.window.main_window import MainWindow
from tests.support.clerk import control, press


def facts(window: MainWindow) -> None:
    control(Qt.Key.Key_N)
    press(Qt.Key.Key_F7)


def everything(window: MainWindow) -> None:
    control(Qt.Key.Key_N)
    window.case_page.show_overview()


def help_of_a_field(window: MainWindow) -> None:
    control(Qt.Key.Key_N)
    press(Qt.Key.Key_F1)
    press(Qt.Key.Key_F7)


def picture(window: MainWindow) -> QImage:
    QApplication.processEvents()
    return window.grab().toImage()


@pytest.mark.parametrize("page", [facts, everything, help_of_a_field])
def test_an_open_paper_follows_the_desktop(
    window: MainWindow, qapp: QApplication, page: Callable[[MainWindow], None]
) -> None:
    try:
        window.dress(look.dress(qapp, is_dark=True))
        page(window)
        dark = picture(window)
        window.dress(look.dress(qapp, is_dark=False))
        turned = picture(window)
    finally:
        look.dress(qapp, is_dark=False)
    control(Qt.Key.Key_W)
    page(window)
    assert turned == picture(window)
    assert turned != dark
