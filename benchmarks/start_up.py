"""Start-up: the page that signs in against a bare QMainWindow with a toolbar, and from Enter to the painted list.

Each run is a process of its own, in turn, on a store with a few hundred applications. The first figure is the process's
processor time when its window has been painted and takes input; bar, at the median of 20 pairs: at most 1.25 times the
bare window. The second is the processor time from Enter in the password, once what is heavy was loaded, to the list
painted with the first rows; bar: 60 ms. Its password costs a try of no account, as argon2id is not counted.

    python -m benchmarks.start_up [PAIRS]
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measuring import print_table

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from desktop_app.ui.window.main_window import MainWindow

APPLICATIONS = 300
began_at = 0.0  # seconds of processor time: 0 is the process's own beginning


def bare() -> None:
    """Show the peer and report when it is painted."""
    from PySide6.QtWidgets import QApplication, QMainWindow, QToolBar

    application = QApplication([])

    class Window(QMainWindow):
        def paintEvent(self, event: object) -> None:
            super().paintEvent(event)  # type: ignore[arg-type]
            after_this(report)

    window = Window()
    window.addToolBar(QToolBar())
    window.resize(1366, 768)
    window.show()
    application.exec()


def ours(until: str) -> None:
    """Show the program's window and report when it signs in, or what it costs from Enter to the list."""
    from desktop_app.resources import home
    from desktop_app.ui import start
    from desktop_app.ui.entrance.way_in import Entrance

    if until == "sign_in":
        # What is done after the painting is not waited for.
        Entrance.begin = lambda _entrance: after_this(report)  # type: ignore[method-assign]
    else:
        start.complete = lambda *_: when_drawn(application)
    application = start.made_application(["desktop-app"])
    window = start.open_window(application, home())
    if until == "list":
        enter_when_loaded(window)
    application.exec()


def enter_when_loaded(window: "MainWindow") -> None:
    """Sign in as soon as everything was loaded, and count from there."""
    from PySide6.QtCore import QTimer

    from desktop_app.ui.entrance.loading import Loading
    from desktop_app.ui.people.sign_in_page import SignInPage
    from tests.support.clerk import LOGIN, PASSWORD

    def look() -> None:
        global began_at
        loading = window.findChild(Loading)
        if loading is None or not loading.is_done:
            QTimer.singleShot(50, window, look)
            return
        page = window.stack.currentWidget()
        assert isinstance(page, SignInPage)
        page.login.setText(LOGIN)
        page.password.setText(PASSWORD)
        began_at = time.process_time()
        os.environ["BEGAN"] = repr(time.time())
        page.enter.click()

    look()


def when_drawn(application: "QApplication") -> None:
    """Report when everything that is to be laid out and painted has been."""
    application.processEvents()
    report()


def after_this(call: Callable[[], None]) -> None:
    """Call when the events that are waiting are done."""
    from PySide6.QtCore import QTimer

    QTimer.singleShot(0, call)


def report() -> None:
    """Print processor and wall milliseconds since the process or the Enter began, and end it."""
    wall = time.time() - float(os.environ["BEGAN"])
    print(f"{(time.process_time() - began_at) * 1000:.1f} {wall * 1000:.1f}", flush=True)
    os._exit(0)


def run_once(side: str, folder: str) -> tuple[float, float]:
    """Return processor and wall milliseconds of one process."""
    environment = {**os.environ, "DESKTOP_APP_HOME": folder, "BEGAN": repr(time.time())}
    # As at an office: what the first run has compiled is there for the next.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "compiled")
    command = [sys.executable, "-m", "benchmarks.start_up", side]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    processor, wall = done.stdout.split()
    return float(processor), float(wall)


def fill_store(folder: str) -> None:
    """Make a store with applications of made-up people."""
    from datetime import UTC, date, datetime

    from desktop_app.case import Case
    from desktop_app.store import cases, opening, settings

    now = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
    from tests.support.clerk import founded

    store = opening.open_store(Path(folder), now, None, founded(Path(folder), "clerk"))
    with opening.writing(store) as session:
        office = {"region": "jilin", "office.code": "220104001", "office.name": "样例市社会保险事业管理局"}
        settings.set_settings(session, office, "220104001", now)
        for number in range(APPLICATIONS):
            answers = {"applicant.name": f"样例{number}", "applicant.phone": f"1380000{number:04d}"}
            case = Case("jilin.application", "2017-08-23", "jilin", date(2026, 1, 5), answers)
            cases.create_case(session, case, "220104001", "样例员", now)
    opening.close_store(store)


def main() -> None:
    """Print the table."""
    match sys.argv[1:]:
        case ["bare"]:
            bare()
        case ["sign_in" | "list" as until]:
            ours(until)
        case rest:
            compare(int(rest[0]) if rest else 20)


def compare(pairs: int) -> None:
    """Run so many pairs and print their medians."""
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    peers = {"bare": "bare", "sign_in": "bare", "list": "bare"}
    sides = tuple(peers)
    found: dict[str, list[tuple[float, float]]] = {side: [] for side in sides}
    with tempfile.TemporaryDirectory() as folder:
        fill_store(folder)
        for side in sides:
            run_once(side, folder)
        for _ in range(pairs):
            for side in sides:
                found[side].append(run_once(side, folder))
    names = {
        "bare": "bare window, toolbar",
        "sign_in": "desktop-app, page that signs in",
        "list": "desktop-app, Enter to the list",
    }
    rows = []
    for side in sides:
        processor = [each[0] for each in found[side]]
        ratios = [each[0] / peer[0] for each, peer in zip(found[side], found[peers[side]], strict=True)]
        rows.append(
            (
                names[side],
                f"{statistics.median(processor):.0f}",
                f"{min(processor):.0f}–{max(processor):.0f}",
                f"{statistics.median(each[1] for each in found[side]):.0f}",
                f"{statistics.median(ratios):.2f}",
            )
        )
    print_table(f"start-up, {pairs} pairs", ("window", "cpu ms", "range", "wall ms", "x peer"), rows)


if __name__ == "__main__":
    main()
