"""Start-up: the program's window against a bare QMainWindow with a toolbar and an empty QTableView.

Each run is a process of its own, in pairs, on a store with a few hundred applications; the figure is the process's
processor time when its window has been painted and takes input. Bar: at most 1.25 times the bare window at the
median of 20 pairs. The time until the list stands in the window, with its first page read, is printed beside it.

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

from benchmarks.measuring import print_table

APPLICATIONS = 300


def bare() -> None:
    """Show the peer and report when it is painted."""
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableView, QToolBar

    application = QApplication([])

    class Window(QMainWindow):
        def paintEvent(self, event: object) -> None:
            super().paintEvent(event)  # type: ignore[arg-type]
            after_this(report)

    window = Window()
    window.addToolBar(QToolBar())
    window.setCentralWidget(QTableView())
    window.resize(1366, 768)
    window.show()
    application.exec()


def ours(until: str) -> None:
    """Show the program's window and report when it is painted, or when the list stands in it."""
    from desktop_app.resources import home
    from desktop_app.ui import start

    if until == "window":
        start.settle = lambda *_: after_this(
            report
        )  # what is done after the first painting is not waited for
    application = start.made_application(["desktop-app"])
    window = start.open_window(application, home())
    window.settled.connect(lambda: after_this(report))
    application.exec()


def after_this(call: Callable[[], None]) -> None:
    """Call when the events that are waiting are done."""
    from PySide6.QtCore import QTimer

    QTimer.singleShot(0, call)


def report() -> None:
    """Print processor and wall milliseconds since the process began, and end it."""
    wall = time.time() - float(os.environ["BEGAN"])
    print(f"{time.process_time() * 1000:.1f} {wall * 1000:.1f}", flush=True)
    os._exit(0)


def run_once(side: str, folder: str) -> tuple[float, float]:
    """Return processor and wall milliseconds of one process."""
    environment = {**os.environ, "DESKTOP_APP_HOME": folder, "BEGAN": repr(time.time())}
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
    store = opening.open_store(Path(folder), now)
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
        case ["window" | "list" as until]:
            ours(until)
        case rest:
            compare(int(rest[0]) if rest else 20)


def compare(pairs: int) -> None:
    """Run so many pairs and print their medians."""
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sides = ("bare", "window", "list")
    found: dict[str, list[tuple[float, float]]] = {side: [] for side in sides}
    with tempfile.TemporaryDirectory() as folder:
        fill_store(folder)
        for side in sides:
            run_once(side, folder)
        for _ in range(pairs):
            for side in sides:
                found[side].append(run_once(side, folder))
    names = {
        "bare": "bare window, toolbar, empty table",
        "window": "desktop-app, first window takes input",
        "list": "desktop-app, its list stands in it",
    }
    rows = []
    for side in sides:
        processor = [each[0] for each in found[side]]
        ratios = [each[0] / peer[0] for each, peer in zip(found[side], found["bare"], strict=True)]
        rows.append(
            (
                names[side],
                f"{statistics.median(processor):.0f}",
                f"{min(processor):.0f}–{max(processor):.0f}",
                f"{statistics.median(each[1] for each in found[side]):.0f}",
                f"{statistics.median(ratios):.2f}",
            )
        )
    print_table(f"start-up, {pairs} pairs", ("window", "cpu ms", "range", "wall ms", "x bare"), rows)


if __name__ == "__main__":
    main()
