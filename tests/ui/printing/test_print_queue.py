"""A print job goes to the printer that is named or to none, and what it waits for is told."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.cli.demo import sample
from desktop_app.forms.catalogue import form
from desktop_app.forms.marks import Page
from desktop_app.ui.printing import print_queue
from desktop_app.ui.printing.print_preview import PrintPreview
from desktop_app.ui.printing.print_queue import LOOKS, Fate, JobWatch, Queue, ask_queue, read_fate, read_queue
from desktop_app.ui.printing.printer import Found, refusal
from desktop_app.ui.printing.printout import printout_of
from desktop_app.ui.window.main_window import MainWindow

# What lpstat of CUPS 2.4 says, shortened.
STOPPED = """\
printer STOP disabled since Tue Nov 24 13:28:38 2026 -
\tPaused
\tDescription: 没纸 unavailable
\tAlerts: paused
\tConnection: direct
STOP-2                  root             92160   Tue Nov 24 13:28:40 2026
\tAlerts: none
\tqueued for STOP
scheduler is running
"""
UNREACHABLE = """\
printer NET now printing NET-4.  enabled since Tue Nov 24 13:28:41 2026
\tThe printer may not exist or is unavailable at this time.
\tAlerts: none
NET-4                   root             92160   Tue Nov 24 13:28:41 2026
\tStatus: The printer may not exist or is unavailable at this time.
\tAlerts: job-printing
\tqueued for NET
scheduler is running
"""
NO_PAPER = UNREACHABLE.replace("The printer may not exist or is unavailable at this time.", "").replace(
    "Alerts: none", "Alerts: media-empty-error"
)
BUSY = UNREACHABLE.replace("The printer may not exist or is unavailable at this time.", "")
DONE = """\
printer GOOD is idle.  enabled since Tue Nov 24 13:28:40 2026
\tAlerts: none
scheduler is running
GOOD-1                  root             92160   Tue Nov 24 13:28:40 2026
\tStatus:
\tAlerts: job-completed-successfully
\tqueued for GOOD
"""
ABORTED = DONE.replace("job-completed-successfully", "aborted-by-system")
NOTHING_BEFORE = Queue(True, frozenset())


def test_a_queue_is_read_before_printing() -> None:
    accepting = "STOP accepting requests since Tue Nov 24 13:28:38 2026\nSTOP-1   root   1024   Tue\n"
    assert read_queue(accepting, "STOP") == Queue(True, frozenset({"STOP-1"}))
    rejecting = "REJ not accepting requests since Tue Nov 24 13:28:38 2026 -\n\tRejecting Jobs\n"
    assert read_queue(rejecting, "REJ") == Queue(False, frozenset())
    assert read_queue("", "X") is None


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (STOPPED, "打印机停了"),
        (UNREACHABLE, "没有回应"),
        (NO_PAPER, "没纸了"),
        (ABORTED, "放弃了"),
        (ABORTED.replace("aborted-by-system", "job-canceled-by-user"), "被取消了"),
    ],
)
def test_what_keeps_a_job_is_told(answer: str, words: str) -> None:
    fate = read_fate(answer, NOTHING_BEFORE, "root")
    assert fate.is_over
    assert words in fate.sentence
    assert "已打印" not in fate.sentence


def test_what_is_well_or_not_ours_is_not_told() -> None:
    assert read_fate(DONE, NOTHING_BEFORE, "root") == Fate(True, "")
    assert read_fate(STOPPED, Queue(True, frozenset({"STOP-2"})), "root") == Fate(True, "")
    assert read_fate(STOPPED, NOTHING_BEFORE, "other") == Fate(True, "")
    assert read_fate("", NOTHING_BEFORE, "root") == Fate(True, "")


def test_a_job_that_prints_is_looked_at_again_before_anything_is_told() -> None:
    fate = read_fate(BUSY, NOTHING_BEFORE, "root")
    assert not fate.is_over
    assert "还没有打印出来" in fate.sentence


class Clock:
    """Keeps what shall be done later, and does it when the test says so."""

    def __init__(self) -> None:
        self.waiting: list[tuple[float, Callable[[], None]]] = []

    def later(self, seconds: float, act: Callable[[], None]) -> None:
        self.waiting.append((seconds, act))

    def go_on(self) -> float:
        seconds, act = self.waiting.pop()
        act()
        return seconds


def watching(monkeypatch: pytest.MonkeyPatch, *answers: str) -> tuple[QObject, Clock, list[str]]:
    monkeypatch.setattr(print_queue.getpass, "getuser", lambda: "root")
    given, parent, clock, told = list(answers), QObject(), Clock(), []
    watch = JobWatch(parent, clock.later, lambda _name, on_answer: on_answer(given.pop(0)))
    watch.told.connect(told.append)
    watch.watch("X", NOTHING_BEFORE)
    return parent, clock, told


def test_a_watch_looks_after_ten_seconds_and_tells_once(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    _parent, clock, told = watching(monkeypatch, STOPPED)
    assert clock.go_on() == LOOKS[0] == 10
    assert [each.split("：")[0] for each in told] == ["已交给打印机，还没有打印出来"]
    assert clock.waiting == []


def test_a_watch_gives_a_slow_printer_time(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    _parent, clock, told = watching(monkeypatch, BUSY, DONE)
    clock.go_on()
    assert told == []
    assert clock.go_on() == LOOKS[1]
    assert told == []
    _parent, clock, told = watching(monkeypatch, BUSY, BUSY)
    clock.go_on()
    clock.go_on()
    assert len(told) == 1


def test_a_question_that_hangs_neither_holds_the_window_nor_outlives_it(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lpstat = tmp_path / "lpstat"
    lpstat.write_text("#!/bin/sh\ntouch asked\nexec sleep 60\n")
    lpstat.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.chdir(tmp_path)
    parent = QObject()
    JobWatch(parent, lambda _seconds, act: act()).watch("X", NOTHING_BEFORE)
    qtbot.waitUntil((tmp_path / "asked").exists)
    parent.deleteLater()
    with qtbot.waitSignal(parent.destroyed):
        pass


def test_without_the_tools_of_cups_nothing_is_asked(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert ask_queue("X") is None
    parent, told = QObject(), []
    watch = JobWatch(parent, lambda _seconds, act: act())
    watch.told.connect(told.append)
    watch.watch("X", NOTHING_BEFORE)
    assert told == []


# Before printing.

A4, A3 = Page(210, 297, ()), Page(420, 297, ())
SIZES = ((215.9, 279.4), (209.9, 297.0))


@pytest.mark.parametrize(
    ("found", "page", "words"),
    [
        (Found("X", sizes=SIZES), A4, ""),
        (Found("X"), A3, ""),
        (Found("X", sizes=SIZES, takes_any_size=True), A3, ""),
        (Found("X", sizes=SIZES), A3, "没有 A3 纸"),
        (Found("X", sizes=SIZES), Page(100, 150, ()), "没有 100×150 毫米的纸"),
        (Found(""), A4, "已经不在这台电脑上"),
        (Found("Y"), A4, "已经不在这台电脑上"),
        (Found("X", is_accepting=False), A4, "不接受打印"),
    ],
)
def test_pages_go_to_the_printer_that_is_named_or_to_none(found: Found, page: Page, words: str) -> None:
    told = refusal("X", found, (page,))
    assert words in told
    assert bool(told) == bool(words)


@pytest.fixture
def preview(qtbot: QtBot, tmp_path: Path) -> Callable[[Found], PrintPreview]:
    def made(found: Found) -> PrintPreview:
        def open_printer(_name: str, _title: str) -> QPrinter:
            opened = QPrinter()
            opened.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
            opened.setOutputFileName(str(tmp_path / "out.pdf"))
            return opened

        paper = form("jilin.application")
        dialog = PrintPreview(
            printout_of(paper, sample(paper)),
            printers=("X",),
            open_printer=open_printer,
            look_up=lambda _opened, _name: found,
        )
        qtbot.addWidget(dialog)
        return dialog

    return made


@pytest.mark.parametrize("found", [Found("Y"), Found(""), Found("X", sizes=((148, 210),))])
def test_the_preview_prints_nothing_and_says_why(
    preview: Callable[[Found], PrintPreview], found: Found, tmp_path: Path
) -> None:
    dialog = preview(found)
    for act in (dialog.print_now, dialog.print_test_page):
        act()
        assert "没有打印" in dialog.notice()
        assert not (tmp_path / "out.pdf").exists()


def test_a_stopped_printer_is_warned_of_once(
    preview: Callable[[Found], PrintPreview], tmp_path: Path
) -> None:
    dialog = preview(Found("X", is_stopped=True))
    dialog.print_now()
    assert "停了或出了错" in dialog.notice()
    assert not (tmp_path / "out.pdf").exists()
    dialog.print_now()
    assert (tmp_path / "out.pdf").exists()


def test_nothing_is_called_printed_that_was_only_sent(preview: Callable[[Found], PrintPreview]) -> None:
    dialog = preview(Found("X"))
    dialog.print_test_page()
    assert dialog.notice().startswith("测试页已送到打印机")


def test_the_window_tells_what_keeps_a_paper_from_coming_out(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "answer").write_text(STOPPED)
    (tools / "lpstat").write_text(f"#!/bin/sh\ncat {tools}/answer\n")
    (tools / "lpstat").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}:/usr/bin:/bin")
    monkeypatch.setattr(print_queue, "LOOKS", (0.0, 0.0))
    monkeypatch.setattr(print_queue.getpass, "getuser", lambda: "root")
    window.context.printing.update({"printers": ("STOP",)})
    window.open_new()
    window.papers.do("print")
    dialog = window.findChild(PrintPreview)
    dialog.handed_over.emit("STOP", NOTHING_BEFORE)
    dialog.close()
    qtbot.waitUntil(lambda: "打印机停了" in window.notice.label.text())
    qtbot.waitUntil(lambda: window.findChild(JobWatch) is None)
