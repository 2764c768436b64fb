"""What the print system says of a queue: whether it takes jobs, and what has become of the last one.

Only CUPS can be asked, by its own `lpstat`; without it nothing is known and nothing is told.
"""

import getpass
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

LONGEST_ANSWER: Final = 3.0  # seconds that a question to the print system may take
# After the first a printer has had time to begin; after the second it should be done with a page.
LOOKS: Final = (10.0, 50.0)  # seconds, each from the one before

_JOB: Final = re.compile(r"^(\S+-\d+) +(\S+) ")
_FINISHED_BEGIN: Final = "scheduler is"  # the answer to `-r` stands between waiting and finished jobs
_REASONS: Final = (
    (("media-jam",), "打印机卡纸了，请取出卡住的纸"),
    (("media-empty", "media-needed", "out of paper"), "打印机没纸了，请加纸"),
    (("cover-open", "door-open", "interlock-open"), "打印机的盖子开着，请盖好"),
    (("toner-empty", "marker-supply-empty"), "打印机的墨粉或墨水用完了，请更换"),
    (("disabled since", "paused", "stopped"), "打印机停了，请检查打印机，或请技术人员恢复打印"),
    (
        ("unavailable", "unreachable", "not responding", "connecting-to-device", "offline", "unable to"),
        "打印机没有回应，请检查是否开机、联机",
    ),
)


class Queue(NamedTuple):
    """A queue before something is printed.

    Attributes:
        jobs: The jobs that wait in it already.
    """

    is_accepting: bool
    jobs: frozenset[str]


class Fate(NamedTuple):
    """What has become of a job.

    Attributes:
        is_over: False while it is being printed and nothing is wrong with it.
        sentence: What to tell; empty where nothing is known to be wrong.
    """

    is_over: bool
    sentence: str


def ask_queue(name: str) -> Queue | None:
    """Return the state of a queue before printing; None where the print system cannot be asked in time."""
    command = _command(("-a", name, "-o", name))
    if not command:
        return None
    try:
        answer = subprocess.run(
            command,
            capture_output=True,
            timeout=LONGEST_ANSWER,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return read_queue(answer.stdout.decode(errors="replace"), name)


def read_queue(answer: str, name: str) -> Queue | None:
    """Return what `lpstat -a NAME -o NAME` says; None where it says nothing of the queue."""
    lines = answer.splitlines()
    if f"{name} not accepting requests" in answer:
        return Queue(False, frozenset())
    if not any(line.startswith(f"{name} accepting requests") for line in lines):
        return None
    return Queue(True, frozenset(_jobs(lines)))


def read_fate(answer: str, before: Queue, user: str) -> Fate:
    """Return what `lpstat -l -p NAME -o NAME -r -W completed -o NAME` says of what `user` printed since `before`."""
    lines = answer.splitlines()
    bound = next((at for at, line in enumerate(lines) if line.startswith(_FINISHED_BEGIN)), len(lines))
    waiting, finished = _jobs(lines[:bound], user), _jobs(lines[bound:], user)
    ours = {job: told for job, told in finished.items() if job not in before.jobs}
    if any("aborted" in told for told in ours.values()):
        return Fate(True, "打印机没有打完就放弃了这次打印，请检查打印机后重新打印。")
    if any("canceled" in told for told in ours.values()):
        return Fate(True, "这次打印在打印机那边被取消了，需要的话请重新打印。")
    held = {job: told for job, told in waiting.items() if job not in before.jobs}
    if not held:
        return Fate(True, "")
    first_job = next((at for at, line in enumerate(lines) if _JOB.match(line)), bound)
    # The printer's state and its reason stand first; what an office calls it or where it stands says nothing.
    of_printer = [*lines[: min(2, first_job)], *(each for each in lines[:first_job] if "\tAlerts:" in each)]
    said = "\n".join((*of_printer, *held.values())).lower()
    for words, reason in _REASONS:
        if any(word in said for word in words):
            return Fate(True, _not_yet(reason))
    return Fate(False, _not_yet("还在排队或正在打印，请到打印机前看看"))


def _not_yet(reason: str) -> str:
    return f"已交给打印机，还没有打印出来：{reason}。"


def _jobs(lines: list[str], user: str = "") -> dict[str, str]:
    """Return the jobs of an answer, each with the lines that are said of it; those of one person, or of all."""
    jobs: dict[str, str] = {}
    job = ""
    for line in lines:
        found = _JOB.match(line)
        if found:
            job = found[1] if user in ("", found[2]) else ""
        elif not line.startswith(("\t", " ")):
            job = ""
        if job:
            jobs[job] = f"{jobs.get(job, '')}\n{line}".strip()
    return jobs


def _command(arguments: tuple[str, ...]) -> tuple[str, ...]:
    program = shutil.which("lpstat")
    return (program, *arguments) if program else ()


Later = Callable[[float, Callable[[], None]], None]
Ask = Callable[[str, Callable[[str], None]], None]


class JobWatch(QObject):
    """Looks some seconds after a hand-over what has become of the job, beside the window and no longer than it.

    Signals:
        told: One sentence: why the paper is not out. Nothing is told where nothing is wrong.

    Args:
        parent: The window; with it the watch ends.
        later: Does something after so many seconds; a test does it when it likes.
        ask: Asks a queue and gives the answer; a test gives its own.
    """

    told = Signal(str)

    def __init__(self, parent: QObject, later: Later | None = None, ask: Ask | None = None) -> None:
        super().__init__(parent)
        self._later = later or self._after
        self._ask = ask or self._run

    def watch(self, name: str, before: Queue) -> None:
        """Begin to look for what was given to a queue, which stood as `before`."""
        self._look_later(name, before, LOOKS)

    def _look_later(self, name: str, before: Queue, looks: tuple[float, ...]) -> None:
        self._later(looks[0], lambda: self._ask(name, partial(self._tell, name, before, looks[1:])))

    def _tell(self, name: str, before: Queue, further: tuple[float, ...], answer: str) -> None:
        fate = read_fate(answer, before, _user())
        if not fate.is_over and further:
            self._look_later(name, before, further)
            return
        if fate.sentence:
            self.told.emit(fate.sentence)
        self.deleteLater()

    def _after(self, seconds: float, act: Callable[[], None]) -> None:
        QTimer.singleShot(round(seconds * 1000), self, act)

    def _run(self, name: str, on_answer: Callable[[str], None]) -> None:
        command = _command(("-l", "-p", name, "-o", name, "-r", "-W", "completed", "-o", name))
        if not command:
            return
        process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("LC_ALL", "C")
        process.setProcessEnvironment(environment)
        process.finished.connect(
            lambda *_ended: on_answer(bytes(process.readAllStandardOutput().data()).decode(errors="replace"))
        )
        QTimer.singleShot(round(LONGEST_ANSWER * 1000), process, process.kill)
        process.start(command[0], list(command[1:]))
        self.destroyed.connect(partial(_end, process))


def watch_job(parent: QObject, tell: Callable[[str], None], name: str, before: Queue) -> None:
    """Tell what keeps a job from coming out, when its printer has had time for it; not after `parent` is gone."""
    watch = JobWatch(parent)
    watch.told.connect(tell)
    watch.watch(name, before)


def _user() -> str:
    """Return who prints; nobody where the computer does not know, and then everybody's jobs count."""
    with suppress(KeyError, ImportError, OSError):
        return getpass.getuser()
    return ""


def _end(process: QProcess, *_destroyed: object) -> None:
    """End a question whose asker is gone."""
    if process.state() != QProcess.ProcessState.NotRunning:
        process.blockSignals(True)
        process.kill()
        process.waitForFinished(1000)
