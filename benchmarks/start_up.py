"""Start-up: the program's window against a bare QMainWindow with a toolbar and a QTableView, empty and with rows.

Each run is a process of its own, in turn, on a store with a few hundred applications; the figure is the process's
processor time when its window has been painted and takes input. Bars, at the median of 20 pairs: the window at most
1.2 times the bare window with an empty table; its list, painted with the first rows of the store, at most 1.35 times
the bare window with the same rows in its table, which it has by heart. What is not there to be seen is not waited
for: the entries below the titles of the menus and the sign of the order come in the turn after the painting.

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
    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtWidgets import QApplication

APPLICATIONS = 300
ROWS = 64  # what the program reads of them at first


def bare(rows: int) -> None:
    """Show the peer, with so many rows in its table, and report when it is painted."""
    from PySide6.QtWidgets import QApplication, QMainWindow, QTableView, QToolBar

    application = QApplication([])

    class Window(QMainWindow):
        def paintEvent(self, event: object) -> None:
            super().paintEvent(event)  # type: ignore[arg-type]
            after_this(report)

    window = Window()
    window.addToolBar(QToolBar())
    table = QTableView()
    if rows:
        table.setModel(row_model(rows))
    window.setCentralWidget(table)
    window.resize(1366, 768)
    window.show()
    application.exec()


def row_model(rows: int) -> "QAbstractItemModel":
    """Return a model that holds, as text, what the program's list shows of its newest applications."""
    from PySide6.QtGui import QStandardItem, QStandardItemModel

    model = QStandardItemModel()
    model.setHorizontalHeaderLabels(
        ["姓名", "证件号码", "职业（工种）", "证书编号", "状态", "更新时间", "表单"]
    )
    for number in range(APPLICATIONS - 1, APPLICATIONS - 1 - rows, -1):
        title = "吉林省参保企业职工技能提升补贴申请表"
        words = (f"样例{number}", "", "", "", "草稿", "2026-01-05 17:00", title)
        model.appendRow([QStandardItem(word) for word in words])
    return model


def ours(until: str) -> None:
    """Show the program's window and report when it is painted, or when the list stands in it."""
    from desktop_app.resources import home
    from desktop_app.ui import start

    # What is done after the painting is not waited for.
    if until == "window":
        start.settle = lambda *_: after_this(report)
    else:
        start.complete = lambda *_: when_drawn(application)
    application = start.made_application(["desktop-app"])
    start.open_window(application, home())
    application.exec()


def when_drawn(application: "QApplication") -> None:
    """Report when everything that is to be laid out and painted has been."""
    application.processEvents()
    report()


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
            bare(0)
        case ["rows"]:
            bare(ROWS)
        case ["window" | "list" as until]:
            ours(until)
        case rest:
            compare(int(rest[0]) if rest else 20)


def compare(pairs: int) -> None:
    """Run so many pairs and print their medians."""
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    peers = {"bare": "bare", "window": "bare", "rows": "rows", "list": "rows"}
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
        "bare": "bare window, toolbar, empty table",
        "rows": "bare window, toolbar, table with the rows",
        "window": "desktop-app, first window takes input",
        "list": "desktop-app, its list is painted",
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
