"""A store comes back, step by step: which backups are at hand, what opens one, what is in it, and the way back itself.

A backup carries the slots of its day: the passwords and the recovery sheet of that day open it, today's may not.
"""

from collections.abc import Iterable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from desktop_app.store import backup_file, keeping, opening_backup, place
from desktop_app.store.backup_file import Label
from desktop_app.store.backup_jobs import STICK_FOLDER
from desktop_app.store.faults import StoreFault
from desktop_app.store.opening_backup import Opened
from desktop_app.store.prepared import ASIDE
from desktop_app.store.restoring import Missing, missing, restore, try_backup
from desktop_app.store.times import moment


class AtHand(NamedTuple):
    """A backup that can be chosen.

    Attributes:
        needs_password: Its store had users, or has them today; one of the last release has a key file beside it.
    """

    file: Path
    made_at: datetime
    size: int
    needs_password: bool


class Seen(NamedTuple):
    """What a backup that was tried holds.

    Attributes:
        opened: What opens it.
        cases: How many applications and
        drafts: how many of them are drafts.
        events: How many acts are recorded, and
        last_event: when the last was.
        missing: What is younger, as far as this computer remembers; None where it knows of nothing.
        aside: Where what is there now will be kept; None where nothing is there.
    """

    file: Path
    opened: Opened
    made_at: datetime
    cases: int
    drafts: int
    events: int
    last_event: datetime | None
    missing: Missing | None
    aside: Path | None

    def __repr__(self) -> str:
        return f"Seen({self.made_at})"


def at_hand(folder: Path, roots: Iterable[Path]) -> tuple[AtHand, ...]:
    """Return every backup at hand, newest first: of the store in `folder`, and on sticks."""
    found = list(keeping.offered(folder))
    for root in roots:
        for place_of_backups in (root / STICK_FOLDER, root):
            with suppress(OSError):
                found += keeping.backups(place_of_backups)
    made = {file: _at_hand(file, label, folder) for file, label in found}
    return tuple(sorted(made.values(), key=lambda each: each.made_at, reverse=True))


def one_at_hand(file: Path, folder: Path) -> AtHand:
    """Return a backup that was chosen by its file.

    Raises:
        StoreFault: It is none, or damaged.
    """
    return _at_hand(file, backup_file.read_label(file), folder)


def look_into(file: Path, folder: Path, login: str, password: str, seed: bytes | None) -> Seen:
    """Try a backup from its first page to its last event, and return what it holds.

    Args:
        file: The backup.
        folder: Where its store shall be.
        login: Whose password opens it, and
        password: that password, of the day of the backup.
        seed: What the recovery sheet of that day says, in their place; None without one.

    Raises:
        StoreFault: Nothing of this opens it, or it is damaged.
    """
    label = backup_file.read_label(file)
    opened = _opened(file, label, folder, login, password, seed)
    try_backup(file, opened.key, opened.root)
    try:
        with closing(backup_file.connect(file, opened.key)) as connection:
            cases, drafts = connection.execute(
                "SELECT count(*), coalesce(sum(state = 'draft'), 0) FROM \"case\""
            ).fetchone()
            events, last = connection.execute("SELECT count(*), max(at) FROM event").fetchone()
    except place.Error as error:
        raise StoreFault(backup_file.SPOILED) from error
    has_old = (folder / place.STORE_NAME).exists()
    aside = folder / ASIDE if has_old else None
    return Seen(
        file,
        opened,
        moment(label.made_at),
        cases,
        drafts,
        events,
        moment(last) if last else None,
        missing(label),
        aside,
    )


def bring_back(seen: Seen, folder: Path, now: datetime) -> Path | None:
    """Put a backup that was tried in the place of the store in `folder`; return where what was there is kept.

    Raises:
        StoreFault: It was not done, or broken off and is ended at the next start.
    """
    before = set(folder.glob(f"{ASIDE}*"))
    restore(seen.file, seen.opened.key, folder, now, seen.opened.root)
    return next(iter(sorted(set(folder.glob(f"{ASIDE}*")) - before)), None)


def _at_hand(file: Path, label: Label, folder: Path) -> AtHand:
    size = label.pages * place.PAGE_BYTES
    return AtHand(file, moment(label.made_at), size, label.slots is not None or place.has_slots(folder))


def _opened(file: Path, label: Label, folder: Path, login: str, password: str, seed: bytes | None) -> Opened:
    if label.slots is None:
        return opening_backup.open_before_users(file, folder, login, password, datetime.now(UTC))
    if seed is not None:
        return opening_backup.open_by_sheet(file, label, seed)
    return opening_backup.open_by_password(file, label, login, password)
