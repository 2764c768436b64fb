"""When a backup is due, which ones stay, and what is said of the last one's age; known without SQLAlchemy."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple

from desktop_app.store.records import Json
from desktop_app.store.times import BEIJING, moment

FOLDER_NAME: Final = "backups"
# The setting that names another folder, of this computer alone.
FOLDER_SETTING: Final = "backup.folder"
# Beside the store: which backup was the last good one.
NOTE_NAME: Final = "store.backup"

EVERY: Final = timedelta(hours=4)
DAYS: Final = 7
WEEKS: Final = 4
SCHEMAS: Final = 3
# After how many days the first page asks for a backup, and after how many it says what is at stake.
KINDLY: Final = 2
PLAINLY: Final = 7


class Made(NamedTuple):
    """A backup that is there."""

    file: Path
    made_at: datetime
    schema: str


class Note(NamedTuple):
    """What is remembered of the last good backup.

    Attributes:
        writes: How many transactions the store had counted when it was made.
    """

    file: Path
    made_at: datetime
    writes: int


def is_due(last: Note | None, writes: int, now: datetime, *, is_leaving: bool) -> bool:
    """Say whether a backup is to be made now.

    Args:
        last: The last good one.
        writes: How many transactions the store has counted; where none has come since, nothing is due.
        now: Aware. A clock that was set back does not put the next backup off.
        is_leaving: The program ends; else it goes on, and four hours are to have passed.
    """
    if last is None:
        return True
    if last.writes == writes:
        return False
    return is_leaving or not timedelta() <= now - last.made_at < EVERY


def to_keep(made: Iterable[Made]) -> frozenset[Path]:
    """Return which backups stay: 7 daily and 4 weekly ones, and the last one before each of the last upgrades.

    Of each of the last seven days that have any, of each of the last four such weeks, and of each of the last three
    schemas, the newest. Days without work use up none of them.
    """
    newest_last = sorted(made, key=lambda each: each.made_at)
    days = {each.made_at.astimezone(BEIJING).date(): each.file for each in newest_last}
    weeks = {each.made_at.astimezone(BEIJING).isocalendar()[:2]: each.file for each in newest_last}
    schemas = {each.schema: each.file for each in newest_last}
    return frozenset(
        file
        for newest, count in ((days, DAYS), (weeks, WEEKS), (schemas, SCHEMAS))
        for _, file in sorted(newest.items())[-count:]
    )


def age_told(last: Note | None, begun: datetime, now: datetime) -> str:
    """Return the sentence for the first page; empty while the last good backup is fresh.

    Args:
        last: The last good one.
        begun: When the store was begun, for one that has no backup yet.
        now: Aware.
    """
    days = (now - (last.made_at if last else begun)).days
    if days >= PLAINLY:
        return f"已经 {days} 天没有备份，电脑一坏，这些天的资料就找不回来，请现在就备份一次。"
    if days >= KINDLY:
        return f"上次备份是 {days} 天前，方便时请备份一次。" if last else "还没有备份过，方便时请备份一次。"
    return ""


def backup_folder(folder: Path, settings: Mapping[str, Json]) -> Path:
    """Return where the backups of the store in `folder` go: the chosen folder, or one beside the store."""
    chosen = settings.get(FOLDER_SETTING)
    return Path(chosen) if isinstance(chosen, str) and chosen else folder / FOLDER_NAME


def read_note(folder: Path) -> Note | None:
    """Return what is remembered of the last good backup of the store in `folder`; None where nothing is."""
    try:
        said = json.loads((folder / NOTE_NAME).read_bytes())
        note = Note(Path(said["file"]), moment(said["made_at"]), said["writes"])
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return note if note.made_at.tzinfo and type(note.writes) is int else None
