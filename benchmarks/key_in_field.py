"""A key typed into a full paper, to the end of its painting, against a bare QLineEdit on a painted page.

Both are real widgets; the figure is processor time from the key event until nothing waits to be painted. Bars: at
most 8 ms at the median, and at most 3 times the bare line edit.

Then the same key, and Enter with its save, in the whole window over a store, with nothing beside it and with a job of
five seconds on the long lane: one that the database works on, and one that Python works on. The figures are of the
clock on the wall, for the other thread's work is no cost of the key. Bar: behind a job as fast as without.

    python -m benchmarks.key_in_field [KEYS]
"""

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QWidget
from sqlalchemy import text
from sqlalchemy.orm import Session

from benchmarks.measuring import print_table
from desktop_app.cli.answers import read_cases
from desktop_app.forms.catalogue import form
from desktop_app.resources import resource
from desktop_app.ui import start
from desktop_app.ui.paper.sheet import Sheet
from desktop_app.ui.window.main_window import MainWindow
from tests.support.clerk import founded

PAPER = "jilin.application"
FIELDS = ("applicant.name", "applicant.home_address", "applicant.id_number", "payment.bank")
CLEAR_EVERY = 12
JOB_SECONDS = 5


class PaintedPage(QWidget):
    """A page that is one picture, with a line edit on it."""

    def __init__(self, picture: QPixmap) -> None:
        super().__init__()
        self.picture = picture
        self.resize(picture.size())
        self.line = QLineEdit(self)
        self.line.setGeometry(120, 180, 200, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).drawPixmap(event.rect(), self.picture, event.rect())


def key_costs(target: Callable[[], QWidget], keys: int) -> list[float]:
    """Return milliseconds of processor time for each key typed into the widget that has the focus."""
    costs = []
    for number in range(keys):
        if number % CLEAR_EVERY == 0:
            press(target(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier, "")
            press(target(), Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier, "")
            QApplication.processEvents()
        character = "0123456789"[number % 10] if number % 2 else "样例热西提"[number % 5]
        began = time.process_time()
        press(target(), Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, character)
        QApplication.processEvents()
        costs.append((time.process_time() - began) * 1000)
    return costs


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier, text: str) -> None:
    """Send one key press."""
    QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, key, modifier, text))


def main() -> None:
    """Print the table."""
    keys = int(sys.argv[1]) if sys.argv[1:] else 300
    application = QApplication([])
    paper = form(PAPER)
    (case,) = read_cases(resource(f"samples/{PAPER}.json"), paper)
    sheet = Sheet(paper, case.answers)
    area = QScrollArea()
    area.setWidget(sheet)
    area.resize(1000, 700)
    area.show()
    application.processEvents()
    page = PaintedPage(sheet.grab())
    peer = QScrollArea()
    peer.setWidget(page)
    peer.resize(1000, 700)
    peer.show()
    page.line.setFocus()
    application.processEvents()
    rows = []
    for field_id in FIELDS:
        area.activateWindow()
        sheet.go_to(field_id)
        application.processEvents()
        ours = key_costs(lambda: sheet.focusWidget() or sheet, keys)
        sheet.commit()
        assert sheet.answers().get(field_id) != case.answers.get(field_id), "the keys did not reach the field"
        peer.activateWindow()
        page.line.setFocus()
        application.processEvents()
        theirs = key_costs(lambda: page.line, keys)
        rows.append(
            (
                field_id,
                f"{statistics.median(ours):.3f}",
                f"{sorted(ours)[int(len(ours) * 0.95)]:.3f}",
                f"{statistics.median(theirs):.3f}",
                f"{statistics.median(ours) / statistics.median(theirs):.2f}",
            )
        )
    print_table(
        f"{keys} keys in each field of {paper.title}",
        ("field", "cpu ms median", "p95", "bare line edit", "x bare"),
        rows,
    )
    area.close()
    peer.close()
    print_table(
        f"{keys} keys in the window, behind a job of {JOB_SECONDS} s",
        ("beside it", "key ms median", "p95", "longest", "Enter ms median", "p95", "longest"),
        window_rows(application, keys),
    )


def window_rows(application: QApplication, keys: int) -> list[tuple[str, ...]]:
    """Return a row for each kind of job: what a key and an Enter cost beside it in the whole window."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DESKTOP_APP_STATE"] = f"{folder}-state"
        window = start.open_window(
            application, Path(folder), is_dark=False, signed_in=founded(Path(folder), "clerk")
        )
        until(lambda: window.door is not None and window.door.is_open)
        office = {"region": "jilin", "office.code": "220104001", "office.name": "样例市社会保险事业管理局"}
        window.context.settings.set_office(office)
        window.open_new(PAPER)
        rows = []
        for name, job in (("nothing", None), ("a count in the database", count), ("work of Python", work)):
            key = costs_beside(window, job, keys, "样")
            enter = costs_beside(window, job, max(keys // 4, 10), "")
            rows.append((name, *figures(key), *figures(enter)))
        window.close()
        window.door.close()
    return rows


def costs_beside(
    window: MainWindow, job: Callable[[Session], int] | None, keys: int, typed: str
) -> list[float]:
    """Return milliseconds of the clock for each key, beside one job after another; without `typed` the key is Enter."""
    ended: list[int] = []
    costs = []
    sheet = window.case_page.sheet
    sheet.go_to("applicant.name")
    for number in range(keys):
        if job is not None and (number == 0 or ended):
            ended.clear()
            window.door.read_long(job, then=ended.append)
        if typed and number % CLEAR_EVERY == 0:
            press(sheet.focusWidget(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier, "")
            press(sheet.focusWidget(), Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier, "")
        elif not typed:
            sheet.go_to("applicant.name")
            press(sheet.focusWidget(), Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "样")
        QApplication.processEvents()
        began = time.perf_counter()
        key = Qt.Key.Key_A if typed else Qt.Key.Key_Return
        press(sheet.focusWidget(), key, Qt.KeyboardModifier.NoModifier, typed)
        QApplication.processEvents()
        costs.append((time.perf_counter() - began) * 1000)
    until(lambda: job is None or bool(ended))
    return costs


def figures(costs: list[float]) -> tuple[str, ...]:
    """Return the median, the 95th of a hundred and the longest."""
    ordered = sorted(costs)
    shown = (statistics.median(ordered), ordered[int(len(ordered) * 0.95)], ordered[-1])
    return tuple(f"{each:.1f}" for each in shown)


def count(session: Session) -> int:
    """Count in the database for five seconds."""
    numbers = text(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 400000) SELECT count(*) FROM n"
    )
    return at_length(lambda: session.execute(numbers).scalar_one())


def work(_session: Session) -> int:
    """Read and write JSON in Python for five seconds."""
    answers = {f"field.{number}": "样例" * 10 for number in range(200)}
    return at_length(lambda: len(json.loads(json.dumps(answers))))


def at_length(step: Callable[[], int]) -> int:
    """Repeat a step until the seconds of the job are over."""
    end, last = time.monotonic() + JOB_SECONDS, 0
    while time.monotonic() < end:
        last = step()
    return last


def until(condition: Callable[[], bool]) -> None:
    """Let the window work until a condition holds."""
    while not condition():
        QApplication.processEvents()


if __name__ == "__main__":
    main()
