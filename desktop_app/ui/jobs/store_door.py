"""The window's door to the store: what may be asked of it, on which lane, and what comes back.

Saves and short reads go one after another on the store's lane; what may take long reads over a connection of its own
on the long lane, so that no key waits for it. The store and everything heavy below it is imported by the first job,
never by the window. A fault comes back as one sentence.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final, TypeVar, TypeVarTuple

from PySide6.QtCore import QObject, Signal

from desktop_app.store import jobs
from desktop_app.store.faults import PAGES_DAMAGED, sentences_of, told
from desktop_app.store.records import StoredCase, Written
from desktop_app.ui.jobs.clock import now
from desktop_app.ui.jobs.draft import Draft
from desktop_app.ui.jobs.lane import Lane, Refused, Ticket, Told
from desktop_app.ui.jobs.upkeep import Upkeep
from desktop_app.workflow.states import State

if TYPE_CHECKING:
    from desktop_app.case import Case
    from desktop_app.store.jobs import Session
    from desktop_app.store.opening import Store
    from desktop_app.store.perform import Done
    from desktop_app.store.place import Hold
    from desktop_app.store.trust import SignedIn

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

_CLOSING_S: Final = 10.0


class StoreDoor(QObject):
    """The store in one folder, as the window sees it.

    Signals:
        opened: The store can be read; writes that were asked for earlier follow.
        changed: `Changed`, once after each write that is on the disk.
        fault_told: One sentence on what went wrong.
    """

    opened = Signal()
    changed = Signal(object)
    fault_told = Signal(str)

    def __init__(
        self, folder: Path, claim: "Hold | None", parent: QObject | None, signed_in: "SignedIn"
    ) -> None:
        super().__init__()
        self.folder = folder
        self.is_open = False
        self.last_fault = ""  # the sentence that was told last
        self.signed_in = signed_in
        self._claim = claim
        self._store: Store | None = None
        self._opening = Lock()
        self._store_lane, self._long_lane = Lane("store", parent), Lane("long", parent)
        # Of each application, what was read or written last: a save that rests on an older revision is refused.
        self._revisions: dict[str, int] = {}
        self._upkeep = Upkeep(self._settle, self.check, self)

    def open(self) -> None:
        """Open the store, making it at the first use."""
        self._store_lane.run(self._ready, self._tell_opened, self._tell_fault)

    def read(self, job: "Callable[[Session, *Ts], T]", *arguments: *Ts, then: Callable[[T], None]) -> Ticket:
        """Run a short reading job in one transaction, in its turn behind the saves that were asked for before."""
        return self._store_lane.run(lambda: self._read(job, *arguments), then, self._tell_fault)

    def read_long(
        self, job: "Callable[[Session, *Ts], T]", *arguments: *Ts, then: Callable[[T], None]
    ) -> Ticket:
        """Run a reading job that may take long: over a connection of its own, and no save waits for it."""
        return self._long_lane.run(lambda: self._read(job, *arguments), then, self._tell_fault)

    def run_long(self, job: "Callable[[Store], T]", then: Callable[[T], None], on_fault: Told) -> Ticket:
        """Run a job that may take long on the whole store, outside of any transaction; no save waits for it."""
        return self._long_lane.run(lambda: job(self._ready()), then, lambda error: on_fault(told(error)))

    def write(
        self,
        job: "Callable[[Session, *Ts], Written[T]]",
        *arguments: *Ts,
        then: Callable[[T], None],
        on_fault: Told | None = None,
        on_refused: Refused | None = None,
    ) -> Ticket:
        """Run a writing job in one transaction; `then`: it is on the disk; `on_refused` tells in the window's place."""
        return self._write(lambda session: job(session, *arguments), then, on_fault, on_refused=on_refused)

    def load_case(self, case_id: str, then: Callable[[StoredCase], None]) -> Ticket:
        """Read a stored application."""

        def run() -> StoredCase:
            stored = self._read(jobs.load_case, case_id)
            self._revisions[case_id] = stored.revision
            return stored

        return self._store_lane.run(run, then, self._tell_fault)

    def save_case(
        self,
        draft: Draft,
        case: "Case",
        office: str,
        owner: str,
        last_field: str,
        then: Callable[[str], None],
        on_fault: Told,
    ) -> Ticket:
        """Store a draft, making it at its first save; told with its id."""

        def run(session: "Session") -> Written[tuple[str, int]]:
            revision = self._revisions.get(draft.case_id, 1)
            return jobs.save_case(session, draft.case_id, revision, case, office, owner, last_field, now())

        def keep(saved: tuple[str, int]) -> None:
            # Only a transaction that was committed has made the application; the next save follows on this lane.
            draft.case_id, self._revisions[saved[0]] = saved

        return self._write(run, lambda saved: then(saved[0]), on_fault, keep)

    def keep_with_draft(
        self, case_id: str, job: "Callable[[Session, str, int, T, datetime], Written[int]]", kept: T
    ) -> Ticket:
        """Keep with a draft what stands beside its answers: choices, notes."""

        def run(session: "Session") -> Written[int]:
            return job(session, case_id, self._revisions[case_id], kept, now())

        return self._write(run, lambda _revision: None, None, partial(self._revisions.__setitem__, case_id))

    def perform(
        self,
        case_id: str,
        act_id: str,
        given: Mapping[str, object],
        then: Callable[[State], None],
        on_refused: Told,
    ) -> Ticket:
        """Do an act on an application; told with the state it is in."""

        def run(session: "Session") -> "Written[Done]":
            return jobs.perform(session, act_id, case_id, self._revisions[case_id], given, now())

        keep = partial(self._revisions.__setitem__, case_id)
        return self._write(run, lambda done: then(done.state), on_refused, lambda done: keep(done.revision))

    def administer(
        self, job: "Callable[[Store], tuple[Store, T]]", then: Callable[[T], None], on_fault: Told
    ) -> Ticket:
        """Run what concerns people and keys on the whole store, in its turn; the one that comes back is used then."""

        def run() -> T:
            self._store, answer = job(self._ready())
            return answer

        return self._store_lane.run(run, then, lambda error: on_fault(told(error)))

    def check(self) -> None:
        """Look through the whole store for damage, now and again tomorrow, and tell what was found."""

        def done(is_damaged: bool) -> None:
            if is_damaged:  # told until it was read: a save that goes well does not mend it
                self.fault_told.emit(PAGES_DAMAGED)

        self._long_lane.run(lambda: jobs.has_damage(self._ready()), done, self._tell_fault)
        self._upkeep.was_checked()

    def close(self) -> None:
        """Let the last saves end and give the folder back; a long job that still reads is left alone."""
        self._store_lane.run(lambda: self._last(jobs.close_store), lambda _none: None, lambda _error: None)
        self._store_lane.finish(_CLOSING_S)
        self._long_lane.finish(0)

    def _read(self, job: "Callable[[Session, *Ts], T]", *arguments: *Ts) -> T:
        store = self._ready()
        from desktop_app.store.opening import reading

        with reading(store) as session:
            return job(session, *arguments)

    def _write(
        self,
        job: "Callable[[Session], Written[T]]",
        then: Callable[[T], None],
        on_fault: Told | None = None,
        keep: Callable[[T], None] | None = None,
        on_refused: Refused | None = None,
    ) -> Ticket:
        """Run a job in one writing transaction, and `keep` on its answer, still on the lane, once it is committed."""

        def run() -> Written[T]:
            store = self._ready()
            from desktop_app.store.opening import writing

            with writing(store) as session:
                written = job(session)
            if keep is not None:
                keep(written.answer)
            return written

        def done(written: Written[T]) -> None:
            self.changed.emit(written.changed)
            then(written.answer)

        def failed(error: Exception) -> None:
            if on_fault is not None:
                on_fault(told(error))
            if on_refused is not None:
                on_refused(sentences_of(error))
            else:
                self._tell_fault(error)

        self._upkeep.was_written()
        return self._store_lane.run(run, done, failed)

    def _ready(self) -> "Store":
        with self._opening:
            if self._store is None:
                from desktop_app.store.opening import open_store

                self._store = open_store(self.folder, now(), self._claim, self.signed_in)
            return self._store

    def _settle(self) -> None:
        """Bring what was saved into the store's file, now that nobody types."""
        self._store_lane.run(lambda: self._last(jobs.settle), lambda _none: None, self._tell_fault)

    def _last(self, job: "Callable[[Store], None]") -> None:
        if self._store is not None:
            job(self._store)

    def _tell_opened(self, store: "Store") -> None:
        self._upkeep.begin()
        self.is_open = True
        self.opened.emit()
        if store.remarks:
            self.fault_told.emit("\n".join(store.remarks))

    def _tell_fault(self, error: Exception) -> None:
        self.last_fault = told(error)
        self.fault_told.emit(self.last_fault)
