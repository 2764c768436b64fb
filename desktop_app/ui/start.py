"""Start the window: read the first page of the list, show it, and load everything heavy after the first painting."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QObject, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from desktop_app.store import place
from desktop_app.store.faults import ALREADY_OPEN, StoreFault
from desktop_app.store.first import first_page
from desktop_app.ui import look
from desktop_app.ui.case_model import PAGE_ROWS
from desktop_app.ui.keeping import Keeping
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.workers import Workers

HOME = "DESKTOP_APP_HOME"
_CRASHED = "程序遇到意外，已离开的格子都已保存；请按 Ctrl+S 再保存一次，然后关闭程序重新打开。"


def main(arguments: Sequence[str] = ()) -> int:
    """Open the window and run until it is closed; `--store DIR` names the folder of the store."""
    application = made_application(sys.argv[:1])
    window = open_window(application, store_folder(arguments))
    if window is None:
        return 1
    status = application.exec()
    window.keeping.close()
    return status


def store_folder(arguments: Sequence[str] = ()) -> Path:
    """Return the folder of the store: as named, else the person's own data folder."""
    if "--store" in arguments[:-1]:
        return Path(arguments[list(arguments).index("--store") + 1]).expanduser().absolute()
    if os.environ.get(HOME):
        return Path(os.environ[HOME]).expanduser().absolute()
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local")) / "desktop-app"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "desktop-app"
    return Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "desktop-app"


def made_application(arguments: Sequence[str]) -> QApplication:
    """Return Qt's application, speaking Chinese."""
    application = QApplication(list(arguments) or ["desktop-app"])
    application.setApplicationName("desktop-app")
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(application)
    translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    application.installTranslator(translator)
    return application


def open_window(application: QApplication, folder: Path, is_dark: bool | None = None) -> MainWindow | None:
    """Show the window on the store in `folder`; None where it is open in another program already."""
    chosen = look.is_dark_desktop(application) if is_dark is None else is_dark
    colours = look.dress(application, chosen)
    claim, first, fault = None, None, ""
    try:
        claim = place.hold(folder)
        first = first_page(folder, PAGE_ROWS)
    except StoreFault as error:
        fault = str(error)
        if fault == ALREADY_OPEN:
            from desktop_app.ui.questions import tell

            tell(None, "程序已经打开", fault)
            return None
    window = MainWindow(Keeping(folder, claim, Workers(application)), first, colours)
    sys.excepthook = _Crashes(window)
    if is_dark is None:
        application.styleHints().colorSchemeChanged.connect(
            lambda _scheme: window.dress(look.dress(application, look.is_dark_desktop(application)))
        )
    room = window.screen().availableSize()
    window.resize(min(room.width(), 1366), min(room.height(), 768))
    window.show()
    if fault:
        window.tell_fault(fault)
    _FirstPainting(window)
    return window


class _FirstPainting(QObject):
    """Begins to load what is heavy when the window has been painted once."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.centralWidget().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self._window.keeping.open)
            QTimer.singleShot(0, self._window.painted.emit)
            QTimer.singleShot(200, _load_paper)
        return False


def _load_paper() -> None:
    """Load what the first paper needs, while nobody waits for it."""
    import desktop_app.ui.case_page
    import desktop_app.ui.paper_acts  # noqa: F401


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

        sys.stderr.write("".join(traceback.format_tb(trace)) + kind.__name__ + "\n")
        if not self._is_telling:
            self._is_telling = True
            try:
                self._window.tell_fault(_CRASHED)
            finally:
                self._is_telling = False
