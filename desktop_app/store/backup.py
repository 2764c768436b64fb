"""Making a backup of a store: its pages are copied as they are while saves go on, and what was copied is read back.

Nothing is encrypted anew, so a backup costs little more than a copy of the file. It gets its name when it is whole,
durable and tried; until then nothing that was there is touched.
"""

import json
import os
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NamedTuple

import sqlcipher3.dbapi2
from sqlalchemy import create_engine
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from desktop_app.store import backup_file, faults, place, schema
from desktop_app.store.backup_file import FORMAT, Label, connect, spoiled_pages
from desktop_app.store.faults import StoreFault
from desktop_app.store.times import moment_text
from desktop_app.store.verify import verify_chain
from desktop_app.whole_file import WriteFault, whole

if TYPE_CHECKING:
    from desktop_app.store.opening import Store

NOT_STILL: Final = "资料库正忙，这次没有备份成，请稍候再备份一次。"
NOT_KEPT: Final = "备份写出后读回来不一样，没有留下，请换一个磁盘或U盘再备份。"
CHAIN_BROKEN: Final = "资料库的操作记录对不上，这次没有备份成，请联系技术人员核查。"

_CHUNK_BYTES: Final = 1 << 20
# A reader stands in the way for as long as it reads; none reads for long on the lanes of a window.
_TRIES: Final = 200
_BETWEEN_TRIES_S: Final = 0.05


class Source(NamedTuple):
    """A store that this process has claimed.

    Attributes:
        folder: Where it is.
        key: 64 hexadecimal digits.
        file: A descriptor of its file. It is closed after every connection to the store: on POSIX, closing any
            descriptor of a file takes away the locks that SQLite holds on it.
        root: The digest of the first administrator, as the slot of who is signed in says it; None where nobody is.
    """

    folder: Path
    key: str
    file: int
    root: str | None = None


def source(folder: Path, key: str, claim: place.Hold, root: str | None = None) -> Source:
    """Return a claimed store as the source of a backup."""
    file = claim.store
    if file is None:  # on Windows, where a descriptor that is closed takes no lock away
        file = os.open(folder / place.STORE_NAME, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        claim.descriptors.append(file)
    return Source(folder, key, file, root)


def source_of(store: "Store") -> Source:
    """Return an open store as the source of a backup."""
    root = None if store.signed_in is None else store.signed_in.root
    return source(store.path.parent, store.key, store.claim, root)


def back_up(source: Source, target: Path, now: datetime) -> Label:
    """Write a backup of a store to `target`, whole, durable and tried, or not at all.

    Everything that was committed before the call is in it. Saves of others go on meanwhile.

    Args:
        source: The store.
        target: The file, in a folder that is there; one of this name is replaced.
        now: Aware; what the backup says of its age.

    Raises:
        StoreFault: There is no room, the disk refuses or keeps other than what was written, a reader stood in the
            way all the time, or the store itself does not hold; `target` is as it was.
    """
    try:
        with whole(target) as file:
            label = _write(source, file, now)
            file.flush()
            os.fsync(file.fileno())
            _drop_from_memory(file)
            if next(spoiled_pages(Path(file.name), label.pages, source.key), None) is not None:
                raise StoreFault(faults.DAMAGED if _is_spoiled(source, label) else NOT_KEPT)
            if backup_file.read_label(Path(file.name)) != label:
                raise StoreFault(NOT_KEPT)
            if has_chain_faults(Path(file.name), label, source.key, source.root):
                raise StoreFault(CHAIN_BROKEN)
    except WriteFault as fault:
        raise StoreFault(str(fault.strerror)) from fault
    except place.Error as error:
        raise StoreFault(faults.sentence(error)) from error
    return label


def has_chain_faults(path: Path, label: Label, key: str, root: str | None = None) -> bool:
    """Open a backup and walk its chain of events; one of an older schema is held to its last event alone.

    Args:
        path: The backup.
        label: What it says of itself.
        key: 64 hexadecimal digits.
        root: The digest of the first administrator, against which all that is signed is held; without one the first
            row of its own table of people is believed.

    Raises:
        StoreFault: It cannot be opened.
    """
    connection = connect(path, key)
    try:
        if label.schema == schema.HEAD:
            engine = create_engine(
                "sqlite://",
                module=sqlcipher3.dbapi2,
                creator=lambda: connection,
                poolclass=StaticPool,
                hide_parameters=True,
            )
            with Session(engine, info={"replica_id": label.replica_id}) as session:
                return verify_chain(session, root) != ()
        wanted = "SELECT hash FROM event WHERE replica_id = ? AND number = ?"
        row = connection.execute(wanted, (label.replica_id, label.number)).fetchone()
        return bool(label.number) and (row is None or row[0] != label.head)
    finally:
        connection.close()


def _write(source: Source, file: BinaryIO, now: datetime) -> Label:
    with _still(source) as reader:
        label = _label(source.folder, reader, now)
        size = label.pages * place.PAGE_BYTES
        for at in range(0, size, _CHUNK_BYTES):
            chunk = _read(source.file, min(_CHUNK_BYTES, size - at), at)
            if not chunk:
                raise StoreFault(faults.DAMAGED)
            file.write(chunk)
    backup_file.write_label(file, label)
    return label


@contextmanager
def _still(source: Source) -> Iterator[Any]:
    """Give a connection on which a transaction reads, as long as which nobody writes into the store's file.

    While no one else may write, the log is brought into the file, and then a reader begins that needs nothing of the
    log. SQLite brings nothing newer into the file while such a reader is there: new commits stay in the log.

    Raises:
        StoreFault: Another reader, who still needs the log, did not end.
    """
    with (
        closing(place.connect(source.folder, source.key)) as writer,
        closing(place.connect(source.folder, source.key)) as reader,
    ):
        for _ in range(_TRIES):
            writer.execute("BEGIN IMMEDIATE")
            try:
                is_busy, logged, brought = reader.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
                if not is_busy and logged == brought:
                    reader.execute("BEGIN")
                    reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
                    break
            finally:
                writer.execute("ROLLBACK")
            time.sleep(_BETWEEN_TRIES_S)
        else:
            raise StoreFault(NOT_STILL)
        yield reader


def _label(folder: Path, reader: Any, now: datetime) -> Label:
    version = place.version(reader)
    (pages,) = reader.execute("PRAGMA page_count").fetchone()
    columns = {row[1] for row in reader.execute("PRAGMA table_info(replica)")}
    writes = "writes" if "writes" in columns else "0"
    standing = f"SELECT id, epoch, chain_number, chain_head, {writes} FROM replica"
    own = reader.execute("SELECT value FROM setting WHERE key = ?", (schema.OWN_REPLICA,)).fetchone()
    if own is None:
        row = reader.execute(f"{standing} ORDER BY created_at, id").fetchone()
    else:
        row = reader.execute(f"{standing} WHERE id = ?", (json.loads(own[0]),)).fetchone()
    if row is None:
        raise StoreFault(faults.DAMAGED)
    try:
        slots = (folder / place.SLOTS_NAMES[0]).read_text(encoding="utf-8")
    except FileNotFoundError:
        slots = None
    replica_id, epoch, number, head, count = row
    return Label(FORMAT, moment_text(now), version, pages, replica_id, epoch, number, head, count, slots)


def _read(file: int, count: int, at: int) -> bytes:
    if hasattr(os, "pread"):
        return os.pread(file, count, at)
    os.lseek(file, at, os.SEEK_SET)
    return os.read(file, count)


def _is_spoiled(source: Source, label: Label) -> bool:
    """Say whether the store's own pages are spoiled, so that no blame falls on where the backup is kept."""
    with closing(place.connect(source.folder, source.key)) as connection:
        return bool(connection.execute("PRAGMA cipher_integrity_check").fetchall())


def _drop_from_memory(file: BinaryIO) -> None:
    """Have what is read next come from the disk: a stick that lies about its size is found out only there."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
