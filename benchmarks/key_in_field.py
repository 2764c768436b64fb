"""A key typed into a full paper, to the end of its painting, against a bare QLineEdit on a painted page.

Both are real widgets; the figure is processor time from the key event until nothing waits to be painted. Bars: at
most 8 ms at the median, and at most 3 times the bare line edit.

    python -m benchmarks.key_in_field [KEYS]
"""

import os
import statistics
import sys
import time
from collections.abc import Callable

if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QWidget

from benchmarks.measuring import print_table
from desktop_app.cli.answers import read_cases
from desktop_app.forms.catalogue import form
from desktop_app.resources import resource
from desktop_app.ui.paper.sheet import Sheet

PAPER = "jilin.application"
FIELDS = ("applicant.name", "applicant.home_address", "applicant.id_number", "payment.bank")
CLEAR_EVERY = 12


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


if __name__ == "__main__":
    main()
