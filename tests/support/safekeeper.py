"""Programs that a test kills while they back up, restore or upgrade; run as `python safekeeper.py WHAT FOLDER FILE`.

Each line on standard output is one thing that was done and acknowledged.
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.store import place
from desktop_app.store.backup import back_up, source_of
from desktop_app.store.opening import open_store
from desktop_app.store.restoring import restore


def now() -> datetime:
    return datetime.now(UTC)


def tell(what: str) -> None:
    os.write(1, (what + "\n").encode())


def back_up_for_ever(folder: Path, file: Path) -> None:
    source = source_of(open_store(folder, now()))
    tell("ready")
    while True:
        back_up(source, file, now())
        tell("made")


def bring_back(folder: Path, file: Path) -> None:
    _claim = place.hold(folder)
    tell("ready")
    restore(file, place.read_key(folder), folder, now())
    tell("made")


def upgrade(folder: Path, _file: Path) -> None:
    tell("ready")
    open_store(folder, now())
    tell("made")


PROGRAMS = {"backup": back_up_for_ever, "restore": bring_back, "upgrade": upgrade}


def main() -> None:
    """Fork one program for each line `WHAT FOLDER FILE`, so that a kill does not cost a start of Python."""
    for line in sys.stdin:
        what, folder, file = line.split()
        child = os.fork()
        if child == 0:
            PROGRAMS[what](Path(folder), Path(file))
            os._exit(0)
        tell(f"pid {child}")
        os.waitpid(child, 0)
        tell("dead")


if __name__ == "__main__":
    main()
