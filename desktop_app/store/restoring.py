"""A store comes back from a backup: the backup is tried first, damaged files are kept, and a new epoch begins.

What comes back is made whole in a folder of its own, and `prepared` puts it in place.
"""

import os
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

import sqlcipher3.dbapi2
from sqlalchemy import create_engine, event
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from desktop_app.store import faults, place, schema
from desktop_app.store.anchor import Standing, anchor_file, read_anchor, write_anchor
from desktop_app.store.backup import has_chain_faults
from desktop_app.store.backup_file import SPOILED, Label, connect, read_label, spoiled_pages
from desktop_app.store.faults import StoreFault
from desktop_app.store.prepared import begin, decide, finish, forget
from desktop_app.store.slots import Tries, write_tries
from desktop_app.store.standing import begin_epoch, standing
from desktop_app.store.times import moment

CHAIN_BROKEN: Final = "这份备份的操作记录对不上，请换一份备份。"
NOT_WRITTEN: Final = "恢复没有完成，原有文件没有改动，请检查磁盘空间后再试。"

BROKEN_OFF: Final = "恢复做到一半停了，请检查磁盘后重新打开程序，会接着做完。"


class Missing(NamedTuple):
    """What this computer remembers of a store that a backup has not got.

    Attributes:
        since: When the backup was made.
        events: How many acts are younger.
        saves: How many saves are younger, the acts among them.
    """

    since: datetime
    events: int
    saves: int


def try_backup(path: Path, key: str, root: str | None = None) -> Label:
    """Hold a backup against everything that is known of it: each page, the tables, the chain of events.

    Args:
        path: The backup.
        key: 64 hexadecimal digits; of the day of the backup.
        root: The digest of the first administrator, as what opened it vouches for; None before there were users.

    Raises:
        StoreFault: It is damaged, is no backup, or the key is not its own.
    """
    label = read_label(path)
    connect(path, key).close()
    try:
        if next(spoiled_pages(path, label.pages, key), None) is not None:
            raise StoreFault(SPOILED)
        with closing(connect(path, key)) as connection:
            if connection.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
                raise StoreFault(SPOILED)
        if has_chain_faults(path, label, key, root):
            raise StoreFault(CHAIN_BROKEN)
    except OSError as error:
        raise StoreFault(faults.sentence(error)) from error
    except place.Error as error:
        raise StoreFault(SPOILED) from error
    return label


def missing(label: Label) -> Missing | None:
    """Return what is younger than a backup, as far as this computer remembers; None where it knows of nothing."""
    known = read_anchor(anchor_file(label.replica_id))
    if known is None or (known.number, known.writes) <= (label.number, label.writes):
        return None
    events, saves = max(0, known.number - label.number), max(0, known.writes - label.writes)
    return Missing(moment(label.made_at), events, saves)


def restore(path: Path, key: str, folder: Path, now: datetime, root: str | None = None) -> Missing | None:
    """Put a backup in the place of the store in `folder`, or into an empty folder; what was there is kept beside it.

    The backup is tried first. Where this computer knows of more than the backup has, or of another fate of the
    store, that is an event of a new epoch in the restored store.

    Args:
        path: The backup.
        key: 64 hexadecimal digits; of the day of the backup.
        folder: Claimed by the caller with `place.hold`, and no connection is open to a store in it.
        now: Aware.
        root: As in `try_backup`.

    Returns:
        What is younger than the backup.

    Raises:
        StoreFault: The backup does not hold, or there is no room; what was there is as it was.
    """
    label = try_backup(path, key, root)
    lost = missing(label)
    try:
        prepared = begin(folder)
        _unpack(path, label, prepared)
        after = _with_new_epoch(prepared, key, label, now)
        if label.slots is None:
            place.make_file(prepared / place.KEY_NAME, key.encode("ascii") + b"\n")
        decide(folder, now)
    except place.Error as error:
        raise StoreFault(faults.sentence(error)) from error
    except OSError as error:
        raise StoreFault(NOT_WRITTEN) from error
    finally:
        forget(folder)
    try:
        finish(folder)
    except OSError as error:
        raise StoreFault(BROKEN_OFF) from error
    if after is not None:
        write_anchor(anchor_file(label.replica_id), after, is_durable=True)
    return lost


def _unpack(path: Path, label: Label, prepared: Path) -> None:
    place.make_file(prepared / place.STORE_NAME, b"")
    left = label.pages * place.PAGE_BYTES
    with path.open("rb") as source, (prepared / place.STORE_NAME).open("r+b") as file:
        while left and (chunk := source.read(min(left, 1 << 20))):
            file.write(chunk)
            left -= len(chunk)
        file.flush()
        os.fsync(file.fileno())
    if label.slots is not None:
        for name in place.SLOTS_NAMES:
            place.make_file(prepared / name, label.slots.encode())
        # Wrong passwords that are counted here go on to count; where none are, none were lost.
        if not (prepared.parent / place.TRIES_NAME).exists():
            write_tries(prepared, Tries({}))


def _with_new_epoch(prepared: Path, key: str, label: Label, now: datetime) -> Standing | None:
    """Record in the restored store that it was put back; an older schema is upgraded and told at its opening."""
    if label.schema != schema.HEAD:
        return None
    engine = create_engine(
        "sqlite://",
        module=sqlcipher3.dbapi2,
        creator=lambda: place.connect(prepared, key),
        poolclass=NullPool,
        hide_parameters=True,
    )
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with Session(engine, info={"replica_id": label.replica_id}) as session:
        known = read_anchor(anchor_file(label.replica_id))
        begin_epoch(session, "put_back", standing(session), known, now)
        session.commit()
        after = standing(session)
    engine.dispose()
    return after
