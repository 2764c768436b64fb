"""One thread beside the window: jobs run there one after another, and what they give comes back to the window.

It knows nothing of what the jobs do. A lane keeps its jobs in the order they were asked for; what may take long has a
lane of its own, so that nothing short waits behind it.
"""

from collections.abc import Callable
from queue import SimpleQueue
from threading import Event, Thread
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

T = TypeVar("T")
Told = Callable[[str], None]
Refused = Callable[[tuple[str, ...]], None]  # told every sentence that stands against a job
_Asked = Callable[[], Callable[[], None]]


class Ticket:
    """What was asked for: whether it has ended, and how."""

    def __init__(self) -> None:
        self._ended = Event()
        self.error: Exception | None = None
        self.is_dropped = False

    def wait(self, seconds: float) -> bool:
        """Wait for the end, at most so many seconds; True when the job has ended well."""
        return self._ended.wait(seconds) and self.error is None

    def drop(self) -> None:
        """Nobody waits for it any more: if it has not begun it is left out, and its answer is not told."""
        self.is_dropped = True

    def end(self, error: Exception | None) -> None:
        """Say that the job has ended."""
        self.error = error
        self._ended.set()


class Lane(QObject):
    """Runs plain functions beside the window; made and asked by the window's thread alone."""

    _job_ended = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._jobs: SimpleQueue[_Asked | None] = SimpleQueue()
        # Sent by the other thread, it is queued for the window's.
        self._job_ended.connect(self._tell)
        self._thread: Thread | None = None
        self._is_finished = False

    def run(
        self, job: Callable[[], T], on_done: Callable[[T], None], on_fault: Callable[[Exception], None]
    ) -> Ticket:
        """Run `job` in its turn, then `on_done` with what it gave, or `on_fault` with what it raised.

        Returns:
            A ticket that tells when the job itself has ended; the answer comes with the next turn of the window.
        """
        if self._thread is None:
            # A daemon: a job that hangs must not keep a closed program alive.
            self._thread = Thread(target=self._work, name=self._name, daemon=True)
            self._thread.start()
        ticket = Ticket()

        def asked() -> Callable[[], None]:
            if ticket.is_dropped or self._is_finished:
                return _nothing
            try:
                answer = job()
            except Exception as fault:
                # Bound anew: Python takes the name of an error away at the end of its clause.
                error = fault
                ticket.end(error)
                return lambda: None if ticket.is_dropped else on_fault(error)
            ticket.end(None)
            return lambda: None if ticket.is_dropped else on_done(answer)

        self._jobs.put(asked)
        return ticket

    def finish(self, seconds: float) -> None:
        """Let what was asked for end, for at most so many seconds; no job can be asked for afterwards.

        No answer is told from then on: who asked may be gone, for a lane lives as long as the program.
        """
        if self._thread is not None:
            self._jobs.put(None)
            self._thread.join(seconds)
        self._is_finished = True

    def _tell(self, tell: Callable[[], None]) -> None:
        if not self._is_finished:
            tell()

    def _work(self) -> None:
        while (asked := self._jobs.get()) is not None:
            self._job_ended.emit(asked())


def _nothing() -> None:
    """A job that nobody waits for has nothing to tell."""
