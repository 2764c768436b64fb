"""A program that is locked and opened again in one process: the end of the first is the beginning of the second."""

from collections.abc import Callable

from PySide6.QtCore import QDeadlineTimer, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from desktop_app.ui import start
from desktop_app.ui.window.main_window import MainWindow
from tests.support.clerk import PASSWORD, sign_in, until


def when(condition: Callable[[], bool], act: Callable[[], object]) -> None:
    """Do something once a condition holds, also inside a dialog that does not come back before it is closed.

    A dialog in which it never holds is closed after a while, so that the test goes on and fails.
    """
    late = QDeadlineTimer(20_000)
    timer = QTimer(QApplication.instance(), interval=20)

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is not None and not dialog.isActiveWindow():
            dialog.activateWindow()  # as a desktop does; a bare X server does not
        if condition():
            timer.stop()
            act()
        elif late.hasExpired():
            timer.stop()
            if dialog is not None:
                dialog.close()

    timer.timeout.connect(look)
    timer.start()


class Program:
    """The windows of one computer, one after another.

    Attributes:
        window: The one that is open.
        ends: How often a process has ended.
    """

    def __init__(self, application: QApplication, window: MainWindow) -> None:
        self.application, self.window = application, window
        self.ends = self.locks = 0

    def end(self) -> None:
        """What stands for the end of a process."""
        self.ends += 1

    def locked(self) -> None:
        """Wait for the lock, and let everything of the old process go."""
        until(lambda: self.ends == self.locks + 1, "the lock")
        self.locks += 1
        for other in QApplication.topLevelWidgets():
            if isinstance(other, QDialog) and other.isVisible():
                other.done(0)
        QApplication.processEvents()
        self.window.hide()
        self.window.papers.page = None  # a process that has ended saves nothing when its window goes
        QApplication.processEvents()

    def begun(self) -> MainWindow:
        """Start the next process; it asks who works here."""
        self.window = start.open_window(self.application, self.window.folder, is_dark=False)
        until(self.window.isActiveWindow, "an active window")
        return self.window

    def unlocked(self, password: str = PASSWORD) -> MainWindow:
        """Start the next process, and sign in."""
        window = self.begun()
        window.showNormal()
        window.resize(1366, 768)
        sign_in(window, password)
        until(lambda: window.acts != {}, "the whole window")
        return window
