"""Start the window: the frame is painted with the page that signs in, then the list, then comes all that may wait."""

import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from desktop_app.resources import home
from desktop_app.ui.entrance.way_in import Entrance
from desktop_app.ui.parts import look
from desktop_app.ui.window import input_methods
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.ui.window.placing import show_placed

if TYPE_CHECKING:
    from desktop_app.store.trust import SignedIn

# After how many seconds a long job of Python's own gives the window its turn: Python's 5 ms would be felt at each key.
_TURN_S = 0.0005
_CRASHED = "程序遇到意外，已离开的格子都已保存；请按 Ctrl+S 再保存一次，然后关闭程序重新打开。"


def main() -> int:
    """Open the window and run until it is closed."""
    application = made_application(sys.argv[:1])
    window = open_window(application, home())
    status = application.exec()
    if window.door is not None:
        if window.door.is_open:
            from desktop_app.ui.safekeeping.leaving import Leaving

            Leaving(window.door, window.colours).wait()
        window.door.close()
    return status


def made_application(arguments: Sequence[str]) -> QApplication:
    """Return Qt's application, speaking Chinese."""
    sys.setswitchinterval(_TURN_S)
    input_methods.choose()
    # Named here: where Qt is asked for its style, it brings all of a style's constants along.
    application = QApplication([*(arguments or ["desktop-app"]), "-style", "Fusion"])
    application.setProperty("is_fusion", True)
    application.setApplicationName("desktop-app")
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = chinese()
    translator.setParent(application)
    application.installTranslator(translator)
    return application


def chinese() -> QTranslator:
    """Return Qt's own words in Chinese."""
    translator = QTranslator()
    translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    return translator


def open_window(
    application: QApplication,
    folder: Path,
    is_dark: bool | None = None,
    signed_in: "SignedIn | None" = None,
) -> MainWindow:
    """Show the window; when it has been painted once, it claims `folder` and asks who works here.

    Args:
        application: Qt's.
        folder: Of the store.
        is_dark: The colours; the desktop's where it is None.
        signed_in: Who has signed in already, and is asked for nothing.
    """
    chosen = look.is_dark_desktop(application) if is_dark is None else is_dark
    window = MainWindow(folder, look.dress(application, chosen))
    sys.excepthook = _Crashes(window)
    entrance = Entrance(application, window, signed_in, partial(settled, application, window))
    if is_dark is None:
        follow_desktop(application, window)
    entrance.show_first()
    window.painted.connect(entrance.begin)
    show_placed(window, folder)
    window.activateWindow()
    return window


def follow_desktop(application: QApplication, window: MainWindow) -> None:
    """Let the window turn dark and light with the desktop."""
    application.styleHints().colorSchemeChanged.connect(
        lambda scheme: window.dress(look.dress(application, scheme.name == "Dark"))
    )


def settled(application: QApplication, window: MainWindow) -> None:
    """The first page is painted: complete the window in the next turn."""
    QTimer.singleShot(0, window, partial(complete, application, window))


def complete(application: QApplication, window: MainWindow) -> None:
    """Complete the window behind its first page, and begin to load what is heavy."""
    from desktop_app.ui.jobs.backups import Backups
    from desktop_app.ui.paper.caret_place import CaretPlace
    from desktop_app.ui.people.overdue import lead_to_new_password
    from desktop_app.ui.safekeeping.reminding import remind_of_backup

    window.complete()
    CaretPlace(application)
    lead_to_new_password(window.context)
    remind_of_backup(window.context, window.notice)
    Backups(window.door)
    window.search.setClearButtonEnabled(True)
    window.door.open()
    guard(application, window)
    QTimer.singleShot(300, window, partial(_load_paper, window))
    if application.platformName() == "xcb":
        QTimer.singleShot(1000, window, partial(tell_input_method, window))


def guard(application: QApplication, window: MainWindow) -> None:
    """Lock the program when nobody works on it, and give back what was open when it was locked."""
    from desktop_app.ui.lock import anew
    from desktop_app.ui.lock.computer import Computer
    from desktop_app.ui.lock.giving_back import GivingBack
    from desktop_app.ui.lock.hands import Hands
    from desktop_app.ui.lock.locking import Locking

    locking = Locking(window, Hands(application, window), lambda: anew.begin_anew())
    Computer(int(window.winId()), window).locks.connect(locking.lock)
    if window.desk:
        GivingBack(window, window.desk)


def tell_input_method(window: MainWindow) -> None:
    """Say so where the desktop's input method cannot type into this program."""
    if input_methods.is_without(input_methods.session_names()):
        window.tell_fault(input_methods.NONE_WORKS)


def _load_paper(window: MainWindow) -> None:
    """Load what the first paper needs, while nobody waits for it."""
    from desktop_app.ui.window.first_paper import steps

    _take_step(window, steps(window.context.settings.region))


def _take_step(window: MainWindow, left: Iterator[None]) -> None:
    # One step in each turn of the window, so that no key waits for all of them; a paper that was opened has them done.
    if window.isVisible() and window.case_page is None and next(left, left) is None:
        QTimer.singleShot(20, window, partial(_take_step, window, left))


class _Crashes:
    """Tells the program's own faults in one sentence; nothing that was typed is printed or lost."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._is_telling = False

    def __call__(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        # The places in the program, without the error's own words: those may hold what was typed.
        import traceback

        places = (f"{place.filename}:{place.lineno} {place.name}\n" for place in traceback.extract_tb(trace))
        sys.stderr.write("".join(places) + kind.__name__ + "\n")
        if not self._is_telling:
            self._is_telling = True
            try:
                self._window.tell_fault(_CRASHED)
            finally:
                self._is_telling = False
