"""Looking through a store for pages that no longer hold what was written: what nobody reads is not missed for years."""

from contextlib import closing
from pathlib import Path

from desktop_app.store import faults, place


def has_damage(folder: Path, key: str) -> bool:
    """Read every page of a store over a connection of its own and say whether one is spoiled.

    Raises:
        StoreFault: The store cannot be read at all.
    """
    try:
        # A page that is being written at this moment reads wrong once, and not twice.
        return _has_spoiled_pages(folder, key) and _has_spoiled_pages(folder, key)
    except place.Error as error:
        raise faults.StoreFault(faults.sentence(error)) from error


def _has_spoiled_pages(folder: Path, key: str) -> bool:
    with closing(place.connect(folder, key)) as connection:
        if connection.execute("PRAGMA cipher_integrity_check").fetchall():
            return True
        # Pages can each be whole and not belong together.
        return bool(connection.execute("PRAGMA quick_check").fetchall() != [("ok",)])
