"""What a window asks of the store about backups: plain functions that take the whole store, outside of any transaction.

What they need is imported when they are run, beside the window.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from desktop_app.store import schedule
from desktop_app.store.faults import StoreFault

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desktop_app.store.opening import Store
    from desktop_app.store.schedule import Note

# The folder on a stick.
STICK_FOLDER: Final = "补贴资料备份"


class Listed(NamedTuple):
    """A file in a folder of backups.

    Attributes:
        made_at: When its store was as it is here; None where it cannot be read.
        fault: Why it is no good, in one sentence; empty where it says of itself that it is whole.
    """

    file: Path
    made_at: datetime | None
    size: int
    fault: str = ""


class Survey(NamedTuple):
    """How an office's backups stand.

    Attributes:
        last: The last good one.
        begun: When the store was begun.
        is_beside: The backups lie on the same disk as the store, and are lost with it.
    """

    last: Note | None
    begun: datetime
    folder: Path
    is_beside: bool
    listed: tuple[Listed, ...]


def survey(store: Store) -> Survey:
    """Return how the backups stand."""
    from desktop_app.store.opening import reading

    with reading(store) as session:
        begun, folder = _begun(session), _folder(session, store)
    home = store.path.parent
    return Survey(schedule.read_note(home), begun, folder, _is_one_disk(folder, home), tuple(listed(folder)))


def age_told(session: Session, home: Path, now: datetime) -> str:
    """Return the sentence for the first page on the age of the last good backup; empty while that is fresh."""
    return schedule.age_told(schedule.read_note(home), _begun(session), now)


def listed(folder: Path) -> list[Listed]:
    """Return the files of backups in a folder, newest first, those that are no good among them."""
    from desktop_app.store.backup_file import SUFFIX, read_label
    from desktop_app.store.times import moment

    found = []
    try:
        files = sorted(folder.glob(f"*{SUFFIX}"), reverse=True)
    except OSError:
        return []
    for file in files:
        try:
            size = file.stat().st_size
            found.append(Listed(file, moment(read_label(file).made_at), size))
        except StoreFault as fault:
            found.append(Listed(file, None, size, str(fault)))
        except OSError:
            continue  # it was taken away this moment
    return found


def back_up(store: Store, now: datetime) -> Path:
    """Put a backup into the folder of backups.

    Raises:
        StoreFault: It could not be made.
    """
    from desktop_app.store.opening import reading

    with reading(store) as session:
        folder = _folder(session, store)
    return _keep(store, folder, now)


def back_up_to_stick(store: Store, root: Path, now: datetime) -> Path:
    """Put a backup on a stick, in a folder of its own.

    Raises:
        StoreFault: It could not be made; nothing of it is left there.
    """
    return _keep(store, root / STICK_FOLDER, now)


def back_up_if_due(store: Store, now: datetime, is_leaving: bool) -> Path | None:
    """Put a backup into the folder of backups where one is due; None where none is.

    Raises:
        StoreFault: It could not be made.
    """
    from desktop_app.store.opening import reading
    from desktop_app.store.standing import standing

    with reading(store) as session:
        writes, folder = standing(session).writes, _folder(session, store)
    last = schedule.read_note(store.path.parent)
    if not schedule.is_due(last, writes, now, is_leaving=is_leaving):
        return None
    return _keep(store, folder, now)


def check_backup(store: Store, file: Path) -> None:
    """Try a backup with the key of today.

    Raises:
        StoreFault: It is damaged, or today's key is not its own.
    """
    from desktop_app.store.restoring import try_backup

    try_backup(file, store.key, None if store.signed_in is None else store.signed_in.root)


def _keep(store: Store, folder: Path, now: datetime) -> Path:
    from desktop_app.store.backup import source_of
    from desktop_app.store.keeping import keep_backup

    return keep_backup(source_of(store), folder, now)


def _folder(session: Session, store: Store) -> Path:
    from desktop_app.store.settings import settings

    return schedule.backup_folder(store.path.parent, settings(session))


def _begun(session: Session) -> datetime:
    from sqlalchemy import func, select

    from desktop_app.store import tables
    from desktop_app.store.times import moment

    return moment(session.execute(select(func.min(tables.replica.c.created_at))).scalar_one())


def _is_one_disk(folder: Path, home: Path) -> bool:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        return folder.stat().st_dev == home.stat().st_dev
    except OSError:
        return False
