"""The folder of backups: one more is put there and old ones are taken away; what is at hand is found again."""

import json
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from desktop_app.store import faults
from desktop_app.store.backup import Source, back_up
from desktop_app.store.backup_file import SUFFIX, Label, read_label
from desktop_app.store.faults import StoreFault
from desktop_app.store.schedule import FOLDER_NAME, NOTE_NAME, Made, Note, read_note, to_keep
from desktop_app.store.times import BEIJING, moment, moment_text
from desktop_app.whole_file import WriteFault, write_whole

_STEM: Final = "备份"


def file_name(now: datetime) -> str:
    """Return the name of a backup that is made now; names sort by time."""
    return f"{_STEM}-{now.astimezone(BEIJING):%Y%m%d-%H%M%S}{SUFFIX}"


def keep_backup(source: Source, folder: Path, now: datetime) -> Path:
    """Put a backup into `folder`, remember it as the last good one, and remove those of its store that are over.

    Raises:
        StoreFault: It could not be made; nothing was removed.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreFault(faults.sentence(error)) from error
    file = folder / file_name(now)
    label = back_up(source, file, now)
    remember(source.folder, file, label)
    made = [each for each in backups(folder) if each[1].replica_id == label.replica_id]
    kept = to_keep([Made(each, moment(told.made_at), told.schema) for each, told in made])
    for old in {each for each, _ in made} - kept - {file}:
        with suppress(OSError):
            old.unlink()
    return file


def remember(folder: Path, file: Path, label: Label) -> None:
    """Remember a good backup of the store in `folder`; what cannot be written is a backup sooner than needed."""
    said = Note(file.absolute(), moment(label.made_at), label.writes)
    text = json.dumps({**said._asdict(), "file": str(said.file), "made_at": moment_text(said.made_at)})
    with suppress(WriteFault):
        write_whole(folder / NOTE_NAME, text.encode())


def backups(folder: Path) -> list[tuple[Path, Label]]:
    """Return the backups in a folder with what they say of themselves, newest first; what is none is passed over."""
    found = []
    for file in folder.glob(f"*{SUFFIX}"):
        with suppress(StoreFault):
            found.append((file, read_label(file)))
    return sorted(found, key=lambda each: each[1].made_at, reverse=True)


def offered(folder: Path) -> list[tuple[Path, Label]]:
    """Return every backup at hand for the store in `folder`, newest first: beside it, and where the last one went."""
    places = [folder / FOLDER_NAME]
    note = read_note(folder)
    if note is not None and note.file.parent not in places:
        places.append(note.file.parent)
    found = [each for place in places for each in backups(place)]
    return sorted(found, key=lambda each: each[1].made_at, reverse=True)
