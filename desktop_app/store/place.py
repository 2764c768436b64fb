"""The folder of a store: its file, its key, its lock, and one encrypted connection.

Everything here goes through `sqlcipher3` alone, so that the first window needs no SQLAlchemy. Python's own
`sqlite3` must never open a store: two SQLite libraries in one process break each other's locks.
"""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import sqlcipher3.dbapi2 as sqlcipher

from desktop_app.store import faults
from desktop_app.store.faults import StoreFault

STORE_NAME: Final = "store.db"
KEY_NAME: Final = "store.key"
LOCK_NAME: Final = "store.lock"

KEY_BYTES: Final = 32
# Before 3.51.3 two connections that write and checkpoint at once could lose commits in WAL.
OLDEST_SQLITE: Final = (3, 51, 3)

# What sqlcipher3 raises, for those who may not import it.
Error: Final[type[Exception]] = sqlcipher.Error


@dataclass(frozen=True, slots=True)
class Hold:
    """One program's claim on a folder; the system takes it back when the program dies."""

    descriptor: int


def has_store(folder: Path) -> bool:
    """Say whether a store has been begun in `folder`; an empty file is none yet."""
    try:
        return (folder / STORE_NAME).stat().st_size > 0
    except FileNotFoundError:
        return False
    except OSError as error:
        raise StoreFault(faults.sentence(error)) from None


def hold(folder: Path) -> Hold:
    """Claim `folder` for this program, making it if needed.

    Raises:
        StoreFault: Another program has it, or the folder cannot be written.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(folder / LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StoreFault(faults.sentence(error)) from None
    try:
        _lock(descriptor)
    except OSError:
        os.close(descriptor)
        raise StoreFault(faults.ALREADY_OPEN) from None
    return Hold(descriptor)


def release(claim: Hold) -> None:
    """Give the folder back. The lock file stays: removing it would let two programs hold one name."""
    os.close(claim.descriptor)


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def read_key(folder: Path) -> str:
    """Return the key of the store as 64 hexadecimal digits.

    Raises:
        StoreFault: The key file is missing, unreadable or not a key.
    """
    try:
        text = (folder / KEY_NAME).read_bytes().strip().decode("ascii")
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


def make_key(folder: Path) -> None:
    """Write a new key durably, readable by its owner alone; the caller holds the folder."""
    key_file = folder / KEY_NAME
    unfinished = folder / (KEY_NAME + ".new")
    try:
        unfinished.unlink(missing_ok=True)
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(os.urandom(KEY_BYTES).hex().encode("ascii") + b"\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, key_file)
        _sync_folder(folder)
    except OSError as error:
        raise StoreFault(faults.sentence(error)) from None


def make_file(folder: Path) -> None:
    """Make the empty store file, readable by its owner alone; SQLite gives its side files the same rights."""
    try:
        os.close(os.open(folder / STORE_NAME, os.O_WRONLY | os.O_CREAT, 0o600))
        _sync_folder(folder)
    except OSError as error:
        raise StoreFault(faults.sentence(error)) from None


def _sync_folder(folder: Path) -> None:
    if sys.platform == "win32":  # Windows opens no folders; NTFS journals the names itself
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def connect(folder: Path, key: str) -> Any:
    """Open one connection that is encrypted, durable and in charge of its own transactions.

    Raises:
        StoreFault: The library is older than is safe.
        sqlcipher3's Error: The file cannot be opened or the key does not fit.
    """
    if sqlcipher.sqlite_version_info < OLDEST_SQLITE:
        raise StoreFault(faults.OUTDATED_LIBRARY)
    connection = sqlcipher.connect(
        str(folder / STORE_NAME), isolation_level=None, check_same_thread=False, timeout=5
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
