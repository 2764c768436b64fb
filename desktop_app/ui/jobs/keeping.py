"""What the window asks of the store, as jobs on the one thread beside it.

The store and everything heavy below it is imported by the first job, never by the window. The window gives plain
values and gets plain values; a fault comes back as one sentence.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Literal

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.store.faults import PAGES_DAMAGED, UNEXPECTED, StoreFault
from desktop_app.ui.jobs.workers import Ticket, Workers

# How long nothing is saved before the store's log is brought into its file, in milliseconds.
IDLE_MS: Final = 1500
# When a store that was opened is looked through for damage, and when again.
CHECK_FIRST_MS: Final = 60_000
CHECK_AGAIN_MS: Final = 24 * 60 * 60 * 1000


class Draft:
    """An application that is being written; its id is known when it was first stored."""

    def __init__(self, case_id: str = "") -> None:
        self.case_id = case_id


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
        # Of each application, what was read or written last: a save that rests on an older revision is refused.
        self._revisions: dict[str, int] = {}
        self._idle = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._idle.timeout.connect(self._settle)
        # The store is read through on a thread of its own: no save waits for it.
        self._checking = Workers(self)
        self._checks = QTimer(self, singleShot=True)
        self._checks.timeout.connect(self.check)

    def open(self) -> None:
        """Open the store, making it at the first use."""
        self._workers.run(self._ready, self._tell_opened, self._tell_fault)

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
        """Keep settings of this installed program, which has decided them until people sign in."""

        def job(session: Any) -> None:
            from desktop_app.store.settings import set_settings

            set_settings(session, values, session.info["replica_id"], now())

        self.write(job, on_done)

    def load_case(self, case_id: str, on_done: Callable[[Any], None]) -> None:
        """Read a stored application."""

        def job(session: Any) -> Any:
            from desktop_app.store.cases import load_case

            stored = load_case(session, case_id)
            self._revisions[case_id] = stored.revision
            return stored

        self.read(job, on_done)

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

        def job(session: Any) -> tuple[str, int]:
            from desktop_app.store import cases

            case_id, revision = draft.case_id, self._revisions.get(draft.case_id, 1)
            if not case_id:
                case_id = cases.create_case(session, case, office, owner, now())
                if not last_field:
                    return case_id, revision
            return case_id, cases.save_answers(session, case_id, revision, case, last_field, now())

        def kept(saved: tuple[str, int]) -> str:
            # Only a transaction that was committed has made the application; the next save follows on this thread.
            draft.case_id, self._revisions[saved[0]] = saved[0], saved[1]
            return saved[0]

        return self._within("writing", job, on_done, on_fault, kept)

    def save_choices(self, case_id: str, choices: dict[str, tuple[str, ...]]) -> None:
        """Keep with a draft how its clerk settled what a document leaves open."""

        def job(session: Any) -> int:
            from desktop_app.store.cases import save_choices

            return save_choices(session, case_id, self._revisions[case_id], choices, now())

        self._change(case_id, job, lambda _revision: None)

    def perform(
        self,
        case_id: str,
        act: str,
        given: dict[str, object],
        on_done: Callable[[Any], None],
        on_refused: Callable[[str], None],
    ) -> None:
        """Do an act on an application, as this installed program until people sign in; tell the state it is in."""

        def job(session: Any) -> Any:
            from desktop_app.store.perform import perform
            from desktop_app.workflow.roles import Actor

            actor = Actor(session.info["replica_id"], "", frozenset(("clerk",)))
            return perform(session, act, case_id, self._revisions[case_id], actor, given, now())

        def kept(done: Any) -> Any:
            self._revisions[case_id] = done.revision
            return done.state

        self._within("writing", job, on_done, on_refused, kept)

    def _change(self, case_id: str, job: Callable[[Any], int], on_done: Callable[[Any], None]) -> None:
        def kept(revision: int) -> int:
            self._revisions[case_id] = revision
            return revision

        self._within("writing", job, on_done, None, kept)

    def _within(
        self,
        transaction: Literal["reading", "writing"],
        job: Callable[[Any], Any],
        on_done: Callable[[Any], None],
        on_fault: Callable[[str], None] | None,
        kept: Callable[[Any], Any] | None = None,
    ) -> Ticket:
        """Run a job in one transaction, and `kept` on what it gave once it is committed."""

        def run() -> Any:
            store = self._ready()
            from desktop_app.store import opening

            begin = opening.reading if transaction == "reading" else opening.writing
            with begin(store) as session:
                given = job(session)
            return kept(given) if kept else given

        if transaction == "writing":
            self._idle.start()
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

    def _settle(self) -> None:
        """Bring what was saved into the store's file, now that nobody types."""

        def run() -> None:
            if self._store is not None:
                from desktop_app.store.opening import settle

                settle(self._store)

        self._workers.run(run, lambda _none: None, self._tell_fault)

    def check(self) -> None:
        """Look through the whole store for damage, now and again tomorrow, and tell what was found."""

        def job() -> bool:
            from desktop_app.store.damage import has_damage

            return has_damage(self.folder)

        def done(is_damaged: bool) -> None:
            # It stays until it was read: a save that goes well does not mend it.
            if is_damaged:
                self.fault_told.emit(PAGES_DAMAGED)

        self._checking.run(job, done, self._tell_fault)
        self._checks.start(CHECK_AGAIN_MS)

    def _tell_opened(self, store: Any) -> None:
        self._checks.start(CHECK_FIRST_MS)
        self.is_open = True
        self.opened.emit()
        if store.remarks:
            self.fault_told.emit("\n".join(store.remarks))

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
