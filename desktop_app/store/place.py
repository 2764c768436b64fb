"""The folder of a store: its file, its key, its lock, and one encrypted connection.

Everything here goes through `sqlcipher3` alone, so that the first window needs no SQLAlchemy. Python's own
`sqlite3` must never open a store: two SQLite libraries in one process break each other's locks.
"""

import os
import sys
from pathlib import Path
from typing import Any, Final, NamedTuple

import sqlcipher3.dbapi2 as sqlcipher

from desktop_app.store import faults, schema
from desktop_app.store.faults import StoreFault

STORE_NAME: Final = "store.db"
KEY_NAME: Final = "store.key"  # of the last release; a store that was taken over has none
SLOTS_NAMES: Final = ("store.slots", "store.slots.copy")
TRIES_NAME: Final = "store.tries"
LOCK_NAME: Final = "store.lock"
# What a store and its key are called until both are whole: a store that has its name was finished once, so one
# that is empty or gone is a loss and never a beginning.
UNFINISHED: Final = ".new"

KEY_BYTES: Final = 32
PAGE_BYTES: Final = 4096
# Where upgrades of the releases before kept what they began with.
COPIES: Final = "copies"
# Before 3.51.3 two connections that write and checkpoint at once could lose commits in WAL.
OLDEST_SQLITE: Final = (3, 51, 3)

# What sqlcipher3 raises, for those who may not import it.
Error: Final[type[Exception]] = sqlcipher.Error


class Hold(NamedTuple):
    """One program's claim on a folder; the system takes it back when the program dies."""

    descriptors: list[int]

    @property
    def store(self) -> int | None:
        """A descriptor of the store's file for reading; None on Windows and where there is no store yet.

        On POSIX whoever closes any other descriptor of that file drops the locks that SQLite holds on it, so nothing in
        this process may open the file but SQLite itself; who reads it raw reads here, by `os.pread`.
        """
        return self.descriptors[1] if len(self.descriptors) > 1 else None


def has_store(folder: Path) -> bool:
    """Say whether there is a store to open in `folder`; False where none was ever finished.

    SQLite itself must not be asked: beside an empty file it throws away the write-ahead log that holds the work.

    Raises:
        StoreFault: A store was finished here, and its file or its key is gone or empty.
    """
    size = _size(folder / STORE_NAME)
    has_key = has_slots(folder) or _size(folder / KEY_NAME) >= 0
    begun = (KEY_NAME + UNFINISHED, SLOTS_NAMES[0] + UNFINISHED)
    if not has_key and any(_size(folder / name) >= 0 for name in begun):
        return False  # stopped between the two last steps of its making, or before
    if size < 0 and not has_key and _size(folder / (STORE_NAME + "-wal")) < 0:
        return False
    if size < PAGE_BYTES:
        raise StoreFault(faults.STORE_MISSING)
    if not has_key:
        raise StoreFault(faults.KEY_MISSING)
    return True


def has_slots(folder: Path) -> bool:
    """Say whether a store is one with users, who sign in."""
    return any(_size(folder / name) >= 0 for name in SLOTS_NAMES)


def _size(file: Path) -> int:
    """Return the size of a file in bytes; -1 where there is none."""
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return -1
    except OSError as error:
        raise StoreFault(faults.sentence(error)) from None


def hold(folder: Path) -> Hold:
    """Claim `folder` for this program, making it if needed.

    Raises:
        StoreFault: Another program has it, or the folder cannot be written.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreFault(faults.sentence(error)) from None
    claim = Hold([])
    try:
        _claim(claim, folder / LOCK_NAME, os.O_RDWR | os.O_CREAT)
        _finish_what_was_decided(folder)
        _undo_half_taken_over(folder)
        hold_store(claim, folder)
    except BaseException:
        release(claim)
        raise
    return claim


def _finish_what_was_decided(folder: Path) -> None:
    try:
        if any(folder.glob("restored*")):  # seldom, so that a start loads nothing for it
            from desktop_app.store import prepared

            prepared.finish(folder)
    except OSError as error:
        raise StoreFault(faults.sentence(error)) from None


def hold_store(claim: Hold, folder: Path) -> None:
    """Claim the store's file too, once there is one: on POSIX a lock file can be deleted under its holder.

    To be called where this program has no connection to the store. Windows deletes no open file, and its locks would
    keep this very program from reading.

    Raises:
        StoreFault: Another program has it.
    """
    if sys.platform == "win32":
        return
    while len(claim.descriptors) > 1:
        os.close(claim.descriptors.pop())
    if (folder / STORE_NAME).is_file():
        _claim(claim, folder / STORE_NAME, os.O_RDONLY)


def _undo_half_taken_over(folder: Path) -> None:
    """Forget users of a store of the last release whose taking over was stopped before the store had its new key."""
    if not (has_slots(folder) and (folder / KEY_NAME).is_file()):
        return
    try:
        key = read_key(folder)
    except StoreFault:
        return  # whatever it is, it opens nothing
    if _people(folder, key) == 0:
        try:
            for name in (*SLOTS_NAMES, TRIES_NAME):
                (folder / name).unlink(missing_ok=True)
        except OSError as error:
            raise StoreFault(faults.sentence(error)) from None


def has_people(folder: Path, key: str) -> bool:
    """Say whether a key opens the store and somebody is registered in it."""
    return bool(_people(folder, key))


def _people(folder: Path, key: str) -> int | None:
    """Return how many rows of people a store has; None where the key does not open it."""
    try:
        connection = connect(folder, key)
    except Error:
        return None
    try:
        return int(connection.execute('SELECT count(*) FROM "user"').fetchone()[0])
    except Error:
        return None
    finally:
        connection.close()


def _claim(claim: Hold, file: Path, flags: int) -> None:
    try:
        descriptor = os.open(file, flags, 0o600)
    except OSError as error:
        raise StoreFault(faults.sentence(error)) from None
    claim.descriptors.append(descriptor)
    try:
        _lock(descriptor)
        is_same = os.path.samestat(os.fstat(descriptor), file.stat())
    except OSError:
        is_same = False
    if not is_same:
        raise StoreFault(faults.ALREADY_OPEN)


def release(claim: Hold) -> None:
    """Give the folder back. The lock file stays: removing it would let two programs hold one name."""
    while claim.descriptors:
        os.close(claim.descriptors.pop())


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def identity(file: Path) -> tuple[int, int]:
    """Return what tells this very file from another one of its name.

    Raises:
        StoreFault: There is no such file any more.
    """
    try:
        found = file.stat()
    except OSError:
        raise StoreFault(faults.STORE_REPLACED) from None
    return found.st_dev, found.st_ino


def read_key(folder: Path, name: str = KEY_NAME) -> str:
    """Return the key of the store as 64 hexadecimal digits.

    Raises:
        StoreFault: The key file is missing, unreadable or not a key.
    """
    try:
        text = (folder / name).read_bytes().strip().decode("ascii")
        is_key = len(bytes.fromhex(text)) == KEY_BYTES and len(text) == 2 * KEY_BYTES
    except FileNotFoundError:
        raise StoreFault(faults.KEY_MISSING) from None
    except ValueError:
        is_key = False
    except OSError as error:
        raise StoreFault(faults.sentence(error)) from None
    if not is_key:
        raise StoreFault(faults.KEY_UNREADABLE)
    return text


def make_file(file: Path, content: bytes) -> None:
    """Write a new file durably, readable by its owner alone; SQLite gives a store's side files the same rights."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
    except OSError as error:
        raise StoreFault(faults.sentence(error)) from None


def replace_file(file: Path, content: bytes) -> None:
    """Write a file whole or not at all, durably, readable by its owner alone, in place of the one that is there."""
    unfinished = file.with_name(file.name + ".part")
    try:
        unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise StoreFault(faults.sentence(error)) from None
    make_file(unfinished, content)
    rename(unfinished, file.name)


def rename(file: Path, name: str) -> None:
    """Give a finished file its name, durably."""
    try:
        os.replace(file, file.with_name(name))
        sync_folder(file.parent)
    except OSError as error:
        raise StoreFault(faults.sentence(error)) from None


def sync_folder(folder: Path) -> None:
    """Make the names in a folder outlast a power cut.

    Raises:
        OSError: The disk refused.
    """
    if sys.platform == "win32":  # Windows opens no folders; NTFS journals the names itself
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def mend_rights(folder: Path) -> bool:
    """Take the key and the store from other users, and the right to write in the folder; False where that failed."""
    if sys.platform == "win32":  # a person's own folder is closed to others there
        return True
    is_closed = True
    secret = [folder / name for name in (KEY_NAME, STORE_NAME, *SLOTS_NAMES, TRIES_NAME)]
    for file, others in (*((file, 0o077) for file in secret if file.exists()), (folder, 0o022)):
        mode = file.stat().st_mode & 0o7777
        if mode & others:
            try:
                file.chmod(mode & ~others)
            except OSError:
                is_closed = False
    return is_closed


def connect(folder: Path, key: str, name: str = STORE_NAME) -> Any:
    """Open one connection that is encrypted, durable and in charge of its own transactions.

    Raises:
        StoreFault: The library is older than is safe.
        sqlcipher3's Error: The file is not there, cannot be opened, or the key does not fit.
    """
    if sqlcipher.sqlite_version_info < OLDEST_SQLITE:
        raise StoreFault(faults.OUTDATED_LIBRARY)
    # `rw`: a file that was moved away is not made again, empty.
    address = f"{(folder / name).absolute().as_uri()}?mode=rw"
    connection = sqlcipher.connect(
        address, uri=True, isolation_level=None, check_same_thread=False, timeout=5
    )
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")  # its log goes to the terminal
        connection.execute(f"PRAGMA key = \"x'{key}'\"")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        # Without it INSERT OR REPLACE would slip past the trigger that keeps events from being deleted.
        connection.execute("PRAGMA recursive_triggers = ON")
        connection.execute("PRAGMA busy_timeout = 5000")
        connection.execute("PRAGMA trusted_schema = OFF")
    except BaseException:
        connection.close()
        raise
    return connection


def opens(folder: Path, key: str, name: str = STORE_NAME) -> bool:
    """Say whether a key fits a store; False where there is no store, too."""
    try:
        connection = connect(folder, key, name)
    except Error:
        return False
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except Error:
        return False
    finally:
        connection.close()
    return True


def version(connection: Any) -> str:
    """Return which schema a store has; empty where it says none."""
    row = connection.execute(schema.VERSION_STATEMENT).fetchone()
    return str(row[0]) if row else ""


def checkpoint(connection: Any) -> None:
    """Bring all commits from the write-ahead log into the store's file, as far as no reader stands in the way.

    The log is only checked by sums, which end it silently at the first that is wrong; the file is signed page by page.
    """
    connection.execute("PRAGMA busy_timeout = 0")
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.execute("PRAGMA busy_timeout = 5000")
