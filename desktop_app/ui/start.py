"""Start the window in three steps: the frame is painted, then the list, then comes all that may wait for them."""

import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from desktop_app.resources import home
from desktop_app.ui.parts import look
from desktop_app.ui.window import input_methods
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.ui.window.placing import show_placed

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


def open_window(application: QApplication, folder: Path, is_dark: bool | None = None) -> MainWindow:
    """Show the window; it takes the store in `folder` when it has been painted once."""
    chosen = look.is_dark_desktop(application) if is_dark is None else is_dark
    window = MainWindow(folder, look.dress(application, chosen))
    sys.excepthook = _Crashes(window)
    window.painted.connect(partial(settle, application, window, is_dark is None))
    show_placed(window, folder)
    window.activateWindow()
    return window


def settle(application: QApplication, window: MainWindow, follows_desktop: bool) -> None:
    """Read the first page of the list and let the window paint it."""
    from desktop_app import core_dumps
    from desktop_app.store import place
    from desktop_app.store.faults import ALREADY_OPEN, StoreFault
    from desktop_app.store.first import first_page
    from desktop_app.ui.jobs.store_door import StoreDoor
    from desktop_app.ui.lists.case_model import PAGE_ROWS

    core_dumps.forbid()
    claim, first, fault = None, None, ""
    try:
        claim = place.hold(window.folder)
        first = first_page(window.folder, PAGE_ROWS)
    except StoreFault as error:
        fault = str(error)
    if fault == ALREADY_OPEN:
        from desktop_app.ui.parts.questions import tell

        tell(window, "程序已经打开", fault)
        application.exit(1)
        return
    if fault:
        window.refuse(fault)
        return
    window.settle(StoreDoor(window.folder, claim, application), first)
    QTimer.singleShot(0, window, partial(complete, application, window, follows_desktop))


def complete(application: QApplication, window: MainWindow, follows_desktop: bool) -> None:
    """Complete the window behind its first page, and begin to load what is heavy."""
    from desktop_app.ui.jobs.backups import Backups
    from desktop_app.ui.paper.caret_place import CaretPlace
    from desktop_app.ui.safekeeping.reminding import remind_of_backup

    window.complete()
    CaretPlace(application)
    remind_of_backup(window.context, window.notice)
    Backups(window.door)
    if follows_desktop:
        application.styleHints().colorSchemeChanged.connect(
            lambda scheme: window.dress(look.dress(application, scheme.name == "Dark"))
        )
    window.search.setClearButtonEnabled(True)
    window.door.open()
    QTimer.singleShot(300, window, partial(_load_paper, window))
    if application.platformName() == "xcb":
        QTimer.singleShot(1000, window, partial(tell_input_method, window))


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
