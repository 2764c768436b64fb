"""What the window asks of the store, as jobs on the one thread beside it.

The store and everything heavy below it is imported by the first job, never by the window. The window gives plain
values and gets plain values; a fault comes back as one sentence.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import QObject, Signal

from desktop_app.store.faults import UNEXPECTED, StoreFault
from desktop_app.ui.workers import Ticket, Workers


class Draft:
    """An application that is being written; its id is known when it was first stored."""

    def __init__(self, case_id: str = "", revision: int = 0) -> None:
        self.case_id = case_id
        self.revision = revision


class Keeping(QObject):
    """The window's door to the store in one folder."""

    opened = Signal()
    fault_told = Signal(str)

    def __init__(self, folder: Path, claim: Any, workers: Workers) -> None:
        super().__init__()
        self.folder = folder
        self.is_open = False
        self.last_fault = ""  # the sentence that was told last
        self._claim = claim
        self._workers = workers
        self._store: Any = None

    def open(self) -> None:
        """Open the store, making it at the first use."""
        self._workers.run(self._ready, lambda _store: self._tell_opened(), self._tell_fault)

    def read(
        self,
        job: Callable[[Any], Any],
        on_done: Callable[[Any], None],
        on_fault: Callable[[str], None] | None = None,
    ) -> Ticket:
        """Run `job(session)` in one reading transaction."""
        return self._within("reading", job, on_done, on_fault)

    def write(
        self,
        job: Callable[[Any], Any],
        on_done: Callable[[Any], None],
        on_fault: Callable[[str], None] | None = None,
    ) -> Ticket:
        """Run `job(session)` in one writing transaction; `on_done` means that it is on the disk."""
        return self._within("writing", job, on_done, on_fault)

    def set_settings(self, values: dict[str, Any], on_done: Callable[[Any], None]) -> None:
        """Keep settings of this installed program."""

        def job(session: Any) -> None:
            from desktop_app.store.settings import set_setting

            for key, value in values.items():
                set_setting(session, key, value)

        self.write(job, on_done)

    def save_case(
        self,
        draft: Draft,
        case: Any,
        office: str,
        owner: str,
        last_field: str,
        on_done: Callable[[Any], None],
        on_fault: Callable[[str], None],
    ) -> Ticket:
        """Store a draft, making it at its first save."""

        def job(session: Any) -> str:
            from desktop_app.store import cases

            if not draft.case_id:
                return cases.create_case(session, case, office, owner, now())
            cases.save_answers(session, draft.case_id, case, last_field, now())
            return draft.case_id

        def run() -> Any:
            store = self._ready()
            from desktop_app.store.opening import writing

            is_new = not draft.case_id
            with writing(store) as session:
                case_id = job(session)
                if is_new and last_field:
                    from desktop_app.store import cases

                    cases.save_answers(session, case_id, case, last_field, now())
            # Only a transaction that was committed has made the application; the next save follows on this thread.
            draft.case_id = case_id
            return case_id

        return self._workers.run(run, on_done, self._faults(on_fault))

    def _within(
        self,
        transaction: Literal["reading", "writing"],
        job: Callable[[Any], Any],
        on_done: Callable[[Any], None],
        on_fault: Callable[[str], None] | None,
    ) -> Ticket:
        def run() -> Any:
            store = self._ready()
            from desktop_app.store import opening

            begin = opening.reading if transaction == "reading" else opening.writing
            with begin(store) as session:
                return job(session)

        return self._workers.run(run, on_done, self._faults(on_fault))

    def close(self) -> None:
        """Let the last saves end and give the folder back."""
        self._workers.run(self._close_store, lambda _none: None, lambda _error: None)
        self._workers.finish(10)

    def _ready(self) -> Any:
        if self._store is None:
            from desktop_app.store.opening import open_store

            self._store = open_store(self.folder, now(), self._claim)
        return self._store

    def _close_store(self) -> None:
        if self._store is not None:
            from desktop_app.store.opening import close_store

            close_store(self._store)

    def _tell_opened(self) -> None:
        self.is_open = True
        self.opened.emit()

    def _tell_fault(self, error: BaseException) -> None:
        self.last_fault = str(error) if isinstance(error, StoreFault) else UNEXPECTED
        self.fault_told.emit(self.last_fault)

    def _faults(self, on_fault: Callable[[str], None] | None) -> Callable[[Any], None]:
        def tell(error: BaseException) -> None:
            if on_fault is not None:
                on_fault(str(error) if isinstance(error, StoreFault) else UNEXPECTED)
            self._tell_fault(error)

        return tell


def now() -> datetime:
    """This moment, with its zone."""
    return datetime.now(UTC)
