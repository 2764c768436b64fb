"""Opening a store for work: claimed, decrypted, of this program's schema, with sessions to read and write.

Every transaction begins at once: SQLite's own driver would leave half a migration behind, and a writer that
begins as a reader can be refused in the middle.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2
from sqlalchemy import Connection, Engine, bindparam, create_engine, event, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import QueuePool

from desktop_app.store import faults, place, schema, tables
from desktop_app.store.anchor import Standing, anchor_file, write_anchor
from desktop_app.store.chain import HAS_ACTED
from desktop_app.store.changing_key import settle_slots
from desktop_app.store.faults import StoreFault
from desktop_app.store.slots import read_tries, write_tries
from desktop_app.store.standing import compared, own_replica
from desktop_app.store.trust import SignedIn
from desktop_app.store.welcome import welcomed

_WRITES: Final = "desktop_app_writes"

_replica: Final = tables.replica.c


@dataclass(frozen=True, slots=True)
class Store:
    """An open store.

    Attributes:
        path: The store's file.
        identity: What tells that file from another one of its name.
        sessions: Makes sessions that write; `writing` and `reading` are the usual doors.
        replica_id: This installed program's name in the chain of events.
        anchor: Where this computer remembers how far the store has come.
        remarks: What was found at opening and a person has to know: whole sentences.
        key: The store's, 64 hexadecimal digits.
        signed_in: Who works with it; None for a store of the last release.
    """

    path: Path
    identity: tuple[int, int]
    engine: Engine
    sessions: "sessionmaker[Session]"
    replica_id: str
    anchor: Path
    claim: place.Hold
    remarks: tuple[str, ...]
    key: str = field(repr=False)
    signed_in: SignedIn | None


def open_store(
    folder: Path,
    now: datetime,
    claim: place.Hold | None = None,
    signed_in: SignedIn | None = None,
    *,
    is_again: bool = False,
) -> Store:
    """Open the store in `folder` for who is signed in.

    What a stopped change of key or of users has left behind is finished first, and wrong passwords become an event.

    Args:
        folder: Where `store.db` and its slots are.
        now: Aware.
        claim: The caller's own `place.hold(folder)`, taken before the first window; taken here if None.
        signed_in: Of `sign_in`; the store's own says which key the store has from then on. None for a store of the last
            release, by its key file, which is made at the first use.
        is_again: Nobody has signed in anew: a store that was open is opened again.

    Raises:
        StoreFault: The store cannot be opened; nothing is left half made.
    """
    held = claim or place.hold(folder)
    try:
        with _told():
            return _opened(folder, now, held, signed_in, is_again=is_again)
    except BaseException:
        if claim is None:
            place.release(held)
        raise


def as_person(store: Store, signed_in: SignedIn) -> Store:
    """Return the same open store in the hands of another person who has signed in."""
    person = signed_in._replace(key=store.key)
    info = _info(store.path.parent, store.replica_id, person)
    sessions = sessionmaker(
        store.engine.execution_options(**{_WRITES: True}), expire_on_commit=False, info=info
    )
    return replace(store, sessions=sessions, signed_in=person)


def close_store(store: Store) -> None:
    """Bring everything into the store's file, close every connection and give the folder back."""
    leave_store(store)
    place.release(store.claim)


def leave_store(store: Store) -> None:
    """Bring everything into the store's file and close every connection; the folder stays claimed."""
    settle(store)
    store.engine.dispose()


def settle(store: Store) -> None:
    """Bring everything committed into the store's file, so that a copy of it holds all; for every idle moment."""
    # What cannot be brought over now is kept in the log, and nobody waits for it.
    with suppress(SQLAlchemyError, place.Error), closing(store.engine.raw_connection()) as pooled:
        place.checkpoint(pooled.driver_connection)


@contextmanager
def writing(store: Store) -> Iterator[Session]:
    """One transaction that writes: committed at the end, undone whole at any error.

    Raises:
        StoreFault: The database refused; nothing of the transaction is kept.
    """
    with _told():
        with store.sessions.begin() as session:
            yield session
            standing = _counted(session, store.replica_id)
            if place.identity(store.path) != store.identity:
                raise StoreFault(faults.STORE_REPLACED)
        has_acted = session.info.get(HAS_ACTED, False)
        write_anchor(store.anchor, standing, is_durable=has_acted)
        if has_acted:
            settle(store)


@contextmanager
def reading(store: Store) -> Iterator[Session]:
    """One transaction that reads a single state of the store and keeps no writer waiting.

    Raises:
        StoreFault: The database refused.
    """
    with (
        _told(),
        Session(store.engine, info=_info(store.path.parent, store.replica_id, store.signed_in)) as session,
    ):
        yield session


_COUNT: Final = (
    update(tables.replica)
    .where(_replica.id == bindparam("own"))
    .values(writes=_replica.writes + 1)
    .returning(_replica.id, _replica.epoch, _replica.chain_number, _replica.chain_head, _replica.writes)
)


def _counted(session: Session, replica_id: str) -> Standing:
    """Count this transaction, so that a store which lost it can be told from one which never had it."""
    row = session.connection().execute(_COUNT, {"own": replica_id}).one()
    return Standing(*row)


def _info(folder: Path, replica_id: str, signed_in: SignedIn | None) -> dict[str, object]:
    return {"folder": folder, "replica_id": replica_id, "signer": signed_in}


def _opened(
    folder: Path, now: datetime, held: place.Hold, signed_in: SignedIn | None, *, is_again: bool
) -> Store:
    is_old = place.has_store(folder)
    settled = None
    if signed_in is None:
        key = _key_of_last_release(folder, now, is_old)
    else:
        settled = settle_slots(folder, signed_in)
        key = settled.key
        signed_in = signed_in._replace(key=key)
    place.hold_store(held, folder)
    remarks = [] if place.mend_rights(folder) else [faults.RIGHTS_OPEN]
    is_upgraded = is_old and _brought_up(folder, key, now, held)
    path = folder / place.STORE_NAME
    engine = _engine(folder, key)
    try:
        writing_engine = engine.execution_options(**{_WRITES: True})
        with writing_engine.connect() as connection:
            replica_id = own_replica(connection)
        sessions = sessionmaker(
            writing_engine, expire_on_commit=False, info=_info(folder, replica_id, signed_in)
        )
        anchor = anchor_file(replica_id)
        with sessions.begin() as session:
            is_known = not is_old or is_upgraded
            remarks += compared(session, anchor, now, is_known_here=is_known)
            if signed_in is not None and settled is not None:
                remarks += welcomed(
                    session, folder, signed_in, now, is_changed=settled.is_changed, is_again=is_again
                )
                remarks += [settled.fault] if settled.fault else []
            standing = _counted(session, replica_id)
        if not write_anchor(anchor, standing, is_durable=True):
            remarks.append(faults.NOT_ANCHORED)
        if signed_in is not None and not is_again:
            write_tries(folder, read_tries(folder).after_good(signed_in.user_id))
        store = Store(
            path,
            place.identity(path),
            engine,
            sessions,
            replica_id,
            anchor,
            held,
            tuple(remarks),
            key,
            signed_in,
        )
        settle(store)
        _check_length(store)
    except BaseException:
        engine.dispose()
        raise
    return store


def _key_of_last_release(folder: Path, now: datetime, is_old: bool) -> str:
    """Return the key of a store that nobody signs in to, making store and key at the first use."""
    if place.has_slots(folder):
        raise StoreFault(faults.SIGN_IN_FIRST)
    if not is_old:
        from desktop_app.store.upgrading import make_store

        make_store(folder, now)
    key = place.read_key(folder)
    if place.has_people(folder, key):
        # Whoever has the key and takes the slots away does not get in without a password.
        raise StoreFault(faults.SLOTS_GONE)
    return key


def _brought_up(folder: Path, key: str, now: datetime, held: place.Hold) -> bool:
    """Bring an older store to this program's schema; False where it has it already."""
    with closing(place.connect(folder, key)) as connection:
        version = place.version(connection)
    if version == schema.HEAD:
        return False
    if version not in schema.REVISIONS:
        raise StoreFault(faults.NEWER if version else faults.DAMAGED)
    from desktop_app.store.upgrading import upgrade_store

    upgrade_store(folder, key, version, now, held)
    return True


def _check_length(store: Store) -> None:
    """Find a file that was cut: its last pages may not be read for weeks.

    Raises:
        StoreFault: The file is shorter than it says itself.
    """
    with store.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    if store.path.stat().st_size < pages * place.PAGE_BYTES and not _has_log(store.path):
        raise StoreFault(faults.DAMAGED)


def _has_log(path: Path) -> bool:
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def _engine(folder: Path, key: str) -> Engine:
    def creator() -> Any:
        return place.connect(folder, key)

    # Parameters are people's data: they stay out of every message.
    engine = create_engine(
        "sqlite://",
        module=sqlcipher3.dbapi2,
        creator=creator,
        poolclass=QueuePool,
        hide_parameters=True,
    )
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    is_writing = connection.get_execution_options().get(_WRITES, False)
    # What a reader writes would be undone at its end without a word: it is refused at once.
    connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if is_writing else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")


@contextmanager
def _told() -> Iterator[None]:
    """Turn what the database raises into one sentence; the cause stays for the technician."""
    try:
        yield
    except SQLAlchemyError as error:
        raise StoreFault(faults.sentence(getattr(error, "orig", None))) from error
    except place.Error as error:
        raise StoreFault(faults.sentence(error)) from error
