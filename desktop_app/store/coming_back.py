"""A store comes back, step by step: which backups are at hand, what opens one, what is in it, and the way back itself.

A backup carries the slots of its day: the passwords and the recovery sheet of that day open it, today's may not.
"""

from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from desktop_app.store import backup_file, keeping, keys, place
from desktop_app.store.backup_file import Label
from desktop_app.store.backup_jobs import STICK_FOLDER
from desktop_app.store.faults import StoreFault
from desktop_app.store.keys import NotOpened, Secrets
from desktop_app.store.prepared import ASIDE
from desktop_app.store.restoring import Missing, missing, restore, try_backup
from desktop_app.store.sign_in import opened_slot
from desktop_app.store.slots import Slots, slots_of
from desktop_app.store.times import moment

WRONG_PASSWORD = "登录名或密码不对，请用做这份备份那一天的密码，或者那时的恢复页。"
WRONG_SHEET = "这张恢复页打不开这份备份，请找做备份那时的恢复页。"


class AtHand(NamedTuple):
    """A backup that can be chosen.

    Attributes:
        needs_password: Its store had users; one of the last release has a key file beside it.
    """

    file: Path
    made_at: datetime
    size: int
    needs_password: bool


class Seen(NamedTuple):
    """What a backup that was tried holds.

    Attributes:
        key: What opens it; its repr hides it.
        cases: How many applications and
        drafts: how many of them are drafts.
        events: How many acts are recorded, and
        last_event: when the last was.
        missing: What is younger, as far as this computer remembers; None where it knows of nothing.
        aside: Where what is there now will be kept; None where nothing is there.
    """

    file: Path
    key: str
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
    made = {file: _at_hand(file, label) for file, label in found}
    return tuple(sorted(made.values(), key=lambda each: each.made_at, reverse=True))


def one_at_hand(file: Path) -> AtHand:
    """Return a backup that was chosen by its file.

    Raises:
        StoreFault: It is none, or damaged.
    """
    return _at_hand(file, backup_file.read_label(file))


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
    key = _key(file, label, folder, login, password, seed)
    try_backup(file, key)
    try:
        with closing(backup_file.connect(file, key)) as connection:
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
        key,
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
    restore(seen.file, seen.key, folder, now)
    return next(iter(sorted(set(folder.glob(f"{ASIDE}*")) - before)), None)


def _at_hand(file: Path, label: Label) -> AtHand:
    size = label.pages * place.PAGE_BYTES
    return AtHand(file, moment(label.made_at), size, label.slots is not None)


def _key(file: Path, label: Label, folder: Path, login: str, password: str, seed: bytes | None) -> str:
    if label.slots is None:
        return place.read_key(folder)
    slots = slots_of(label.slots.encode())
    if slots is None:
        raise StoreFault(backup_file.SPOILED)
    found = _by_password(file, slots, login, password) if seed is None else _by_sheet(file, slots, seed)
    if not found:
        raise StoreFault(WRONG_PASSWORD if seed is None else WRONG_SHEET)
    return found


def _by_password(file: Path, slots: Slots, login: str, password: str) -> str:
    user_id = slots.user_of(login)
    for slot in slots.users.get(user_id, ()):
        with suppress(NotOpened):
            secrets, _root = opened_slot(slots, user_id, slot, password)
            return _fitting(file, secrets, slot.sealed)
    return ""


def _by_sheet(file: Path, slots: Slots, seed: bytes) -> str:
    secrets = keys.secrets_of_seed(seed)
    found = (_fitting(file, secrets, sheet.sealed) for sheet in slots.sheets)
    return next((key for key in found if key), "")


def _fitting(file: Path, secrets: Secrets, sealed: Mapping[int, bytes]) -> str:
    """Return which key that is sealed to somebody opens a backup; empty where none does."""
    for number in sorted(sealed, reverse=True):
        with suppress(NotOpened, ValueError, StoreFault):
            key = keys.unseal(secrets, sealed[number]).decode("ascii")
            if len(bytes.fromhex(key)) == place.KEY_BYTES:
                backup_file.connect(file, key).close()
                return key
    return ""
