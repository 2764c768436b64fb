"""Opening a store for work: claimed, decrypted, of this program's schema, with sessions to read and write.

Every transaction begins at once: SQLite's own driver would leave half a migration behind, and a writer that
begins as a reader can be refused in the middle.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2
from sqlalchemy import Connection, Engine, create_engine, event, insert, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import QueuePool

from desktop_app.store import faults, place, schema, tables
from desktop_app.store.chain import first_hash
from desktop_app.store.faults import StoreFault
from desktop_app.store.ids import new_id
from desktop_app.store.times import moment_text

_WRITES: Final = "desktop_app_writes"


@dataclass(frozen=True, slots=True)
class Store:
    """An open store.

    Attributes:
        path: The store's file.
        sessions: Makes sessions that write; `writing` and `reading` are the usual doors.
        replica_id: This installed program's name in the chain of events.
    """

    path: Path
    engine: Engine
    sessions: "sessionmaker[Session]"
    replica_id: str
    claim: place.Hold


def open_store(folder: Path, now: datetime, claim: place.Hold | None = None) -> Store:
    """Open the store in `folder`, making it at the first use.

    Args:
        folder: Where `store.db` and `store.key` are, or shall be.
        now: Aware; dates a new store.
        claim: The caller's own `place.hold(folder)`, taken before the first window; taken here if None.

    Raises:
        StoreFault: The store cannot be opened; nothing is left half made.
    """
    held = claim or place.hold(folder)
    try:
        with _told():
            if not place.has_store(folder):
                _make_first_files(folder)
            engine = _engine(folder, place.read_key(folder))
        try:
            replica_id = _ready(engine, now)
        except BaseException:
            engine.dispose()
            raise
    except BaseException:
        if claim is None:
            place.release(held)
        raise
    writing_engine = engine.execution_options(**{_WRITES: True})
    sessions = sessionmaker(writing_engine, expire_on_commit=False, info={"replica_id": replica_id})
    return Store(folder / place.STORE_NAME, engine, sessions, replica_id, held)


def close_store(store: Store) -> None:
    """Close every connection and give the folder back."""
    store.engine.dispose()
    place.release(store.claim)


@contextmanager
def writing(store: Store) -> Iterator[Session]:
    """One transaction that writes: committed at the end, undone whole at any error.

    Raises:
        StoreFault: The database refused; nothing of the transaction is kept.
    """
    with _told(), store.sessions.begin() as session:
        yield session


@contextmanager
def reading(store: Store) -> Iterator[Session]:
    """One transaction that reads a single state of the store and keeps no writer waiting.

    Raises:
        StoreFault: The database refused.
    """
    with _told(), Session(store.engine, info={"replica_id": store.replica_id}) as session:
        yield session


def _make_first_files(folder: Path) -> None:
    # The key is on the disk before anything is encrypted with it. A key without a store is kept: it may
    # belong to a backup that is about to be put back.
    if not (folder / place.KEY_NAME).exists():
        place.make_key(folder)
    place.make_file(folder)


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
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")


def _ready(engine: Engine, now: datetime) -> str:
    """Bring the schema up to date and return this replica's id."""
    writer = engine.execution_options(**{_WRITES: True})
    with _told(), writer.begin() as connection:
        version = _version(connection)
        if version is not None and version not in schema.REVISIONS:
            raise StoreFault(faults.NEWER)
        if version != schema.HEAD:
            upgrade(connection)
        known = connection.execute(select(tables.replica.c.id)).scalar()
        return known if known is not None else _new_replica(connection, now)


def _version(connection: Connection) -> str | None:
    has_any = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    if not has_any:
        return None
    return str(connection.exec_driver_sql(schema.VERSION_STATEMENT).scalar_one())


def upgrade(connection: Connection, migrations: Path = schema.MIGRATIONS) -> None:
    """Migrate inside the caller's transaction.

    Raises:
        StoreFault: A migration failed; the caller's transaction must be undone, and then nothing has changed.
    """
    try:
        schema.upgrade(connection, migrations)
    except SQLAlchemyError as error:
        told = faults.sentence(getattr(error, "orig", None))
        raise StoreFault(faults.NOT_UPGRADED if told == faults.UNEXPECTED else told) from error
    except Exception as error:
        raise StoreFault(faults.NOT_UPGRADED) from error


def _new_replica(connection: Connection, now: datetime) -> str:
    replica_id = new_id(now)
    connection.execute(
        insert(tables.replica).values(
            id=replica_id,
            epoch=1,
            chain_number=0,
            chain_head=first_hash(replica_id),
            created_at=moment_text(now),
        )
    )
    return replica_id


@contextmanager
def _told() -> Iterator[None]:
    """Turn what the database raises into one sentence; the cause stays for the technician."""
    try:
        yield
    except SQLAlchemyError as error:
        raise StoreFault(faults.sentence(getattr(error, "orig", None))) from error
    except place.Error as error:
        raise StoreFault(faults.sentence(error)) from error
