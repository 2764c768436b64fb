"""Files that were made whole beside a store take its place, and what was there is kept under a dated name.

Giving the folder of the new files its name is the one step that decides: killed before it, the old store stands as it
was; killed after it, the next claim of the store's folder ends what was begun.
"""

import os
import shutil
from datetime import datetime
from pathlib import Path
from typing import Final

from desktop_app.store import place
from desktop_app.store.times import BEIJING

PREPARED: Final = "restored"
# What was there; behind the name stands the moment.
ASIDE: Final = "damaged"

_UNFINISHED: Final = PREPARED + place.UNFINISHED
# What the name of the folder ends in once what was there is put aside.
_EMPTIED: Final = ".next"
_OF_A_STORE: Final = (
    place.STORE_NAME,
    f"{place.STORE_NAME}-wal",
    f"{place.STORE_NAME}-shm",
    place.KEY_NAME,
    *place.SLOTS_NAMES,
)


def begin(folder: Path) -> Path:
    """Return an empty folder for the new files; one of an earlier try is thrown away.

    Raises:
        OSError: It cannot be made.
    """
    forget(folder)
    (folder / _UNFINISHED).mkdir(mode=0o700)
    return folder / _UNFINISHED


def forget(folder: Path) -> None:
    """Throw away new files that were not decided on."""
    shutil.rmtree(folder / _UNFINISHED, ignore_errors=True)


def decide(folder: Path, now: datetime) -> None:
    """Decide on the new files, durably; `finish` puts them in place.

    Args:
        folder: The store's, claimed; nothing in it is open.
        now: Aware; dates the folder of what was there.

    Raises:
        OSError: It was not decided, and nothing has changed.
    """
    place.sync_folder(folder / _UNFINISHED)
    decided = folder / f"{PREPARED}-{now.astimezone(BEIJING):%Y%m%d-%H%M%S}"
    os.replace(folder / _UNFINISHED, decided)
    place.sync_folder(folder)


def finish(folder: Path) -> None:
    """Put in place what was decided, also long after, and forget what was not.

    Raises:
        OSError: A file cannot be moved.
    """
    forget(folder)
    for decided in sorted(folder.glob(f"{PREPARED}-*")):
        if decided.suffix != _EMPTIED:
            decided = _put_old_aside(folder, decided)
        for new in tuple(decided.iterdir()):
            os.replace(new, folder / new.name)
        place.sync_folder(folder)
        decided.rmdir()


def _put_old_aside(folder: Path, decided: Path) -> Path:
    """Keep everything of the store that is there, and return the new name of the new files' folder."""
    aside = folder / decided.name.replace(PREPARED, ASIDE, 1)
    for name in _OF_A_STORE:
        if (folder / name).exists():
            aside.mkdir(mode=0o700, exist_ok=True)
            os.replace(folder / name, aside / name)
    place.sync_folder(folder)
    # From here on, what is there is new.
    emptied = decided.with_suffix(_EMPTIED)
    os.replace(decided, emptied)
    place.sync_folder(folder)
    return emptied
