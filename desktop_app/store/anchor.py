"""What this computer remembers of a store, outside of it: how far its chain and its commits had come.

Whoever has the key can rewrite a store, and whoever copies files can put an old one back; neither shows in the store
itself. The anchor is written after each commit and is never ahead of it.
"""

import contextlib
import json
import os
from pathlib import Path
from typing import NamedTuple

from desktop_app.resources import state


class Standing(NamedTuple):
    """How far a replica has come.

    Attributes:
        number: Its last event; 0 before the first.
        head: That event's hash.
        writes: How many transactions were committed, saves of drafts among them.
    """

    replica_id: str
    epoch: int
    number: int
    head: str
    writes: int


def anchor_file(replica_id: str) -> Path:
    """Return where this computer keeps the anchor of a replica."""
    return state() / "anchors" / f"{replica_id}.json"


def read_anchor(file: Path) -> Standing | None:
    """Return what was remembered; None where nothing is, or nothing that can be read."""
    try:
        said = json.loads(file.read_text(encoding="ascii"))
        known = Standing(said["replica_id"], said["epoch"], said["number"], said["head"], said["writes"])
    except (OSError, ValueError, TypeError, KeyError):
        return None
    whole = (known.epoch, known.number, known.writes)
    is_sound = all(type(each) is int for each in whole) and known.replica_id == file.stem
    return known if is_sound and isinstance(known.head, str) else None


def write_anchor(file: Path, standing: Standing, *, is_durable: bool) -> bool:
    """Remember how far a store has come; False where that was not possible, which undoes no commit.

    Args:
        file: Of `anchor_file`.
        standing: What is committed.
        is_durable: Wait for the disk too. Without it a power cut may leave an older anchor, never a newer one.
    """
    unfinished = file.with_suffix(".new")
    try:
        with contextlib.suppress(FileExistsError):
            file.parent.mkdir(mode=0o700, parents=True)
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            os.write(descriptor, json.dumps(standing._asdict()).encode("ascii"))
            if is_durable:
                os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.replace(unfinished, file)
    except OSError:
        return False
    return True
