"""One thread beside the window: jobs run there one after another, and what they give comes back to the window.

It knows nothing of what the jobs do. One thread is enough, and it keeps saves in the order they were asked for.
"""

from collections.abc import Callable
from queue import SimpleQueue
from threading import Event, Thread
from typing import Any

from PySide6.QtCore import QObject, Signal

Job = Callable[[], Any]
Done = Callable[[Any], None]


class Ticket:
    """What was asked for: whether it has ended, and how."""

    def __init__(self) -> None:
        self._ended = Event()
        self.error: Exception | None = None

    def wait(self, seconds: float) -> bool:
        """Wait for the end, at most so many seconds; True when the job has ended well."""
        return self._ended.wait(seconds) and self.error is None

    def end(self, error: Exception | None) -> None:
        """Say that the job has ended."""
        self.error = error
        self._ended.set()


class Workers(QObject):
    """Runs plain functions beside the window; made and asked by the window's thread alone."""

    _job_ended = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: SimpleQueue[tuple[Job, Done, Done, Ticket] | None] = SimpleQueue()
        # Sent by the other thread, it is queued for the window's.
        self._job_ended.connect(self._tell)
        self._thread: Thread | None = None

    def run(self, job: Job, on_done: Done, on_fault: Done) -> Ticket:
        """Run `job` in its turn, then `on_done` with what it gave, or `on_fault` with what it raised.

        Returns:
            A ticket that tells when the job itself has ended; the answer comes with the next turn of the window.
        """
        if self._thread is None:
            # A daemon: a job that hangs must not keep a closed program alive.
            self._thread = Thread(target=self._work, name="store", daemon=True)
            self._thread.start()
        ticket = Ticket()
        self._jobs.put((job, on_done, on_fault, ticket))
        return ticket

    def finish(self, seconds: float) -> None:
        """Let what was asked for end, for at most so many seconds; no job can be asked for afterwards."""
        if self._thread is not None:
            self._jobs.put(None)
            self._thread.join(seconds)

    def _tell(self, tell: Done, value: Any) -> None:
        tell(value)

    def _work(self) -> None:
        while (asked := self._jobs.get()) is not None:
            job, on_done, on_fault, ticket = asked
            error: Exception | None = None
            value: Any = None
            try:
                value = job()
            except Exception as fault:
                error = fault
            ticket.end(error)
            self._job_ended.emit(*((on_done, value) if error is None else (on_fault, error)))
