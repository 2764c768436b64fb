"""Making a store and bringing an old one to this program's schema: whole, or not at all.

A new store has no name before it is finished; an old one is backed up before it is touched.
"""

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2
from sqlalchemy import Connection, Engine, create_engine, event, insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from desktop_app.store import baseline, faults, place, schema, tables
from desktop_app.store.backup import source
from desktop_app.store.chain import append_event, first_hash
from desktop_app.store.faults import StoreFault
from desktop_app.store.ids import new_id
from desktop_app.store.keeping import keep_backup
from desktop_app.store.schedule import FOLDER_NAME
from desktop_app.store.standing import own_replica
from desktop_app.store.times import moment_text

NEW_STORE: Final = place.STORE_NAME + place.UNFINISHED


def make_store(folder: Path, now: datetime) -> None:
    """Make key file and store, as the last release did, and give them their names when both are whole.

    Raises:
        StoreFault: It could not be finished; the next start begins again.
    """
    new_key = place.KEY_NAME + place.UNFINISHED
    if not (folder / place.STORE_NAME).exists():
        clear_unfinished(folder)
        place.make_file(folder / new_key, os.urandom(place.KEY_BYTES).hex().encode("ascii") + b"\n")
        make_unfinished(folder, place.read_key(folder, new_key), now)
        place.rename(folder / NEW_STORE, place.STORE_NAME)
    place.rename(folder / new_key, place.KEY_NAME)


def clear_unfinished(folder: Path) -> None:
    """Remove what a making that was stopped has left behind.

    Raises:
        StoreFault: The folder refuses.
    """
    slots, key = place.SLOTS_NAMES[0] + place.UNFINISHED, place.KEY_NAME + place.UNFINISHED
    try:
        for file in (*folder.glob(NEW_STORE + "*"), folder / key, folder / slots):
            file.unlink(missing_ok=True)
    except OSError as error:
        raise StoreFault(faults.sentence(error)) from None


def make_unfinished(folder: Path, key: str, now: datetime) -> None:
    """Make a store under another name, whole but for its name.

    Raises:
        StoreFault: It could not be finished.
    """
    place.make_file(folder / NEW_STORE, b"")
    with engine(folder, key, NEW_STORE).begin() as connection:
        _migrate(connection, schema.MIGRATIONS)
        _add_replica(connection, now)
    # The last connection of a store takes its write-ahead log with it, so this is the whole of it.


def upgrade_store(
    folder: Path,
    key: str,
    version: str,
    now: datetime,
    claim: place.Hold,
    migrations: Path = schema.MIGRATIONS,
) -> None:
    """Back up a store of an older schema, then bring it to this program's in one transaction.

    Args:
        folder: The store's.
        key: 64 hexadecimal digits.
        version: Its schema.
        now: Aware.
        claim: Of the folder and of the store's file.
        migrations: Where they stand.

    Raises:
        StoreFault: A migration failed, or left something that does not hold; nothing has changed.
    """
    keep_backup(source(folder, key, claim), folder / FOLDER_NAME, now)
    with engine(folder, key).begin() as connection:
        _migrate(connection, migrations)
        with Session(connection, info={"replica_id": own_replica(connection)}) as session:
            payload = {"from": version, "to": schema.HEAD, **baseline.taken(session)}
            append_event(session, "upgrade", "", now, payload)
            session.flush()


def engine(folder: Path, key: str, name: str = place.STORE_NAME) -> Engine:
    """Return an engine for one transaction in which tables that refer to each other can be rebuilt."""

    def creator() -> Any:
        connection = place.connect(folder, key, name)
        # Within a transaction it cannot be switched, and dropping a table counts as deleting all its rows.
        connection.execute("PRAGMA foreign_keys = OFF")
        return connection

    made = create_engine(
        "sqlite://",
        module=sqlcipher3.dbapi2,
        creator=creator,
        poolclass=NullPool,
        hide_parameters=True,
    )
    # SQLite's own driver would leave half a migration behind.
    event.listen(made, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return made


def _migrate(connection: Connection, migrations: Path) -> None:
    try:
        schema.upgrade(connection, migrations)
        is_sound = schema.has_its_triggers(connection) and not schema.has_loose_ends(connection)
    except SQLAlchemyError as error:
        told = faults.sentence(getattr(error, "orig", None))
        raise StoreFault(faults.NOT_UPGRADED if told == faults.UNEXPECTED else told) from error
    except Exception as error:
        raise StoreFault(faults.NOT_UPGRADED) from error
    if not is_sound:
        raise StoreFault(faults.NOT_UPGRADED)


def _add_replica(connection: Connection, now: datetime) -> None:
    replica_id = new_id(now)
    connection.execute(
        insert(tables.replica).values(
            id=replica_id,
            epoch=1,
            chain_number=0,
            chain_head=first_hash(replica_id),
            writes=0,
            created_at=moment_text(now),
        )
    )
    connection.execute(
        insert(tables.setting).values(scope=replica_id, key=schema.OWN_REPLICA, value=json.dumps(replica_id))
    )
