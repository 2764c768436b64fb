"""Print to the queues of a CUPS daemon as a clerk does, and say as JSON what the dialog and the window told.

Run as `python print_to_queues.py`, with CUPS_SERVER naming a daemon that has the queues of `test_real_queues`.
"""

import json
import subprocess
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QObject
from PySide6.QtWidgets import QApplication

from desktop_app.cli.demo import sample
from desktop_app.forms.catalogue import form
from desktop_app.forms.marks import Line, Page
from desktop_app.ui.printing.print_preview import PrintPreview
from desktop_app.ui.printing.print_queue import JobWatch, Queue
from desktop_app.ui.printing.printout import printout_of

LONGEST = 60  # seconds
A3 = Page(420, 297, (Line(10, 10, 410, 10, 0.3, "form"),))


def said_of(name: str) -> str:
    return subprocess.run(
        ["lpstat", "-l", "-p", name, "-o", name], capture_output=True, text=True, check=False, timeout=10
    ).stdout


def has_settled(name: str) -> bool:
    """True when the daemon has done with a job what it can do."""
    said = said_of(name)
    return "unavailable" in said or "disabled" in said or f"{name}-" not in said


def until(is_true: Callable[[], bool]) -> None:
    from PySide6.QtCore import QDeadlineTimer

    late = QDeadlineTimer(LONGEST * 1000)
    while not is_true():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 100)
        if late.hasExpired():
            raise SystemExit("the daemon did not settle")


def tried(name: str, times: int = 1, pages: tuple[Page, ...] = ()) -> dict[str, object]:
    """Print on a queue, as often as the clerk clicks, and watch what becomes of it."""
    paper = form("jilin.application")
    printout = printout_of(paper, sample(paper))
    dialog = PrintPreview(printout._replace(pages=pages) if pages else printout, printers=(name,))
    sent: list[int] = []
    watched: list[tuple[str, Queue]] = []
    notices = []
    dialog.printed.connect(sent.append)
    dialog.handed_over.connect(lambda *given: watched.append(given))
    if name == "GONE":
        subprocess.run(["lpadmin", "-x", name], check=True, timeout=10)
    for _ in range(times):
        dialog.print_now()
        notices.append(dialog.notice())
    window, told, looks = QObject(), [], []
    for queue_name, before in watched:
        watch = JobWatch(window, lambda _seconds, act: looks.append(act))
        watch.told.connect(told.append)
        until(lambda: has_settled(name))
        watch.watch(queue_name, before)
        looks.pop()()
        until(lambda: bool(looks) or not window.children())
    return {"notices": notices, "sent": sum(sent), "told": told}


def main() -> None:
    application = QApplication(["print_to_queues"])
    print(
        json.dumps(
            {
                "GOOD": tried("GOOD"),
                "STOP": tried("STOP", 2),
                "REJ": tried("REJ"),
                "FULL": tried("FULL"),
                "NET": tried("NET"),
                "GONE": tried("GONE"),
                "A3": tried("GOOD", pages=(A3,)),
            },
            ensure_ascii=False,
        )
    )
    application.quit()


if __name__ == "__main__":
    main()
