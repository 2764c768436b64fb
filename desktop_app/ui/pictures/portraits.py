"""Pictures of the real window, each with one paper filled in: for the demonstration and for looking at a change.

The window stands on a throw-away store, and no display is needed.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop_app.case import Answers, Case
from desktop_app.forms.catalogue import form
from desktop_app.resources import STATE
from desktop_app.ui import start
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.workflow.roles import Role

if TYPE_CHECKING:
    from desktop_app.store.trust import SignedIn

WIDTH, HEIGHT = 1366, 768
_PATIENCE_MS = 20_000
_SIZE_NOTE = "This plugin does not support propagateSizeHints()"
_OFFICE = {"office.code": "000000001", "office.name": "样例市社会保险事业管理局", "window.name": "1号窗口"}


class Portrait(NamedTuple):
    """One paper to be shown in the window."""

    form_id: str
    answers: Answers
    rows: tuple[Answers, ...] = ()
    field_id: str = ""  # where the editor stands; empty for nowhere


def save_portraits(
    folder: Path,
    portraits: Iterable[Portrait],
    *,
    is_dark: bool = False,
    size: tuple[int, int] = (WIDTH, HEIGHT),
) -> tuple[Path, ...]:
    """Save a PNG of the window for each paper, named by its form; return their paths.

    Raises:
        OSError: A picture could not be written.
    """
    has_display = (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or sys.platform in ("win32", "darwin")
    )
    if not has_display:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    held = QApplication.instance()
    application = held if isinstance(held, QApplication) else start.made_application(["desktop-app"])
    with _without_size_note():
        return _saved(application, folder, portraits, is_dark, size)


def _saved(
    application: QApplication,
    folder: Path,
    portraits: Iterable[Portrait],
    is_dark: bool,
    size: tuple[int, int],
) -> tuple[Path, ...]:
    before = sys.excepthook
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="desktop-app-") as throwaway, _state_in(Path(throwaway) / "state"):
        store = Path(throwaway) / "store"
        window = start.open_window(application, store, is_dark, _founded(store))
        try:
            window.showNormal()
            window.resize(*size)
            _until(lambda: window.door is not None and window.door.is_open)
            return tuple(_save(window, folder, portrait) for portrait in portraits)
        finally:
            window.close()
            if window.door is not None:
                window.door.close()
            sys.excepthook = before


def _founded(store: Path) -> "SignedIn":
    """Found an office in a store that is thrown away with its only person."""
    from datetime import UTC, datetime

    from desktop_app.store import place
    from desktop_app.store.founding import found_office
    from desktop_app.store.keys import LEAST, new_key

    claim = place.hold(store)
    try:
        roles = frozenset[Role](("administrator", "clerk"))
        signed_in, _ = found_office(
            store, "yangli", "样例员", roles, new_key(), datetime.now(UTC), LEAST, claim
        )
    finally:
        place.release(claim)
    return signed_in


@contextmanager
def _state_in(folder: Path) -> Iterator[None]:
    """Let what the computer remembers of a store be thrown away with it."""
    before = os.environ.get(STATE)
    os.environ[STATE] = str(folder)
    try:
        yield
    finally:
        del os.environ[STATE]
        if before is not None:
            os.environ[STATE] = before


@contextmanager
def _without_size_note() -> Iterator[None]:
    """Keep to itself what Qt says of each window where there is no display; every other message is told as ever."""

    def tell(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if message == _SIZE_NOTE:
            return
        if before is not None:
            before(kind, context, message)
        else:
            sys.stderr.write(f"{message}\n")

    if QGuiApplication.platformName() != "offscreen":
        yield
        return
    before: Any = qInstallMessageHandler(tell)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


def _save(window: MainWindow, folder: Path, portrait: Portrait) -> Path:
    from desktop_app.ui.window.case_pages import page_of

    paper = form(portrait.form_id)
    if window.settings.get("region") != paper.region:
        window.context.settings.set_office({"region": paper.region, **_OFFICE})
    applied = portrait.answers.get("claim.applied_on")
    day = applied if isinstance(applied, date) else date.today()
    case = Case(paper.id, paper.version, paper.region, day, portrait.answers, portrait.rows)
    page = page_of(window.context, paper, case)
    window.papers.show(page)
    if portrait.field_id:
        page.begin(portrait.field_id)
    else:
        page.sheet.close_editor()
        page.area.verticalScrollBar().setValue(0)
    page.save()
    _until(lambda: page.is_saved)
    QApplication.processEvents()
    path = folder / f"window-{paper.id}.png"
    beside = path.with_suffix(".new.png")
    if not window.grab().save(str(beside)):
        raise OSError("截图没有保存，请检查目标文件夹是否可写、磁盘是否已满。")
    os.replace(beside, path)
    return path


def _until(is_so: Callable[[], bool]) -> None:
    late = QDeadlineTimer(_PATIENCE_MS)
    while not is_so():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        if late.hasExpired():
            raise TimeoutError("窗口没有在规定时间内准备好，请关闭其他程序后重试。")
