"""A backup of a store of 1 GB beside a copy of its file with fsync, in one run on one disk.

Run as `python -m benchmarks.backup [--megabytes N] [--folder DIR]`. Bars: copying the pages at least 0.5 of the speed
of the file copy, with the checks of each page at least 0.3; the walk of the chain is told besides.
"""

import argparse
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

from desktop_app.case import Case
from desktop_app.store import backup, cases, place
from desktop_app.store.backup_file import Label, spoiled_pages
from desktop_app.store.opening import close_store, open_store, writing

ROUNDS = 3
ROW_BYTES = 3000
NOW = datetime(2018, 5, 3, 9, 30, tzinfo=UTC)


def fill(folder: Path, megabytes: int) -> None:
    """Put drafts of 3 kB into the store until it is as large as asked for."""
    store = open_store(folder, NOW)
    with writing(store) as session:
        case_id = cases.create_case(
            session, Case("jilin.application", "1", "jilin", date(2018, 5, 3)), "220104", "c", NOW
        )
    close_store(store)
    connection = place.connect(folder, place.read_key(folder))
    connection.execute("PRAGMA synchronous = OFF")
    names = [row[1] for row in connection.execute('PRAGMA table_info("case")')]
    said = ", ".join({"id": "?", "answers": "?"}.get(name, f'"{name}"') for name in names)
    values = (
        (f"{number:09d}", f'{{"applicant.home_address": "{os.urandom(ROW_BYTES // 2).hex()}"}}', case_id)
        for number in range(megabytes * 1_000_000 // (ROW_BYTES + 1000))
    )
    connection.execute("BEGIN")
    # The order of the two columns is the table's.
    is_id_first = names.index("id") < names.index("answers")
    connection.executemany(
        f'INSERT INTO "case" SELECT {said} FROM "case" WHERE id = ?',
        (each if is_id_first else (each[1], each[0], each[2]) for each in values),
    )
    connection.execute("COMMIT")
    connection.close()


def copy(source: backup.Source, target: Path) -> None:
    with (source.folder / place.STORE_NAME).open("rb") as file, target.open("wb") as other:
        shutil.copyfileobj(file, other, 1 << 20)
        other.flush()
        os.fsync(other.fileno())


def pages(source: backup.Source, target: Path) -> Label:
    with target.open("wb") as file:
        label = backup._write(source, file, NOW)
        file.flush()
        os.fsync(file.fileno())
        backup._drop_from_memory(file)
    return label


def seconds(act: Callable[[], object]) -> float:
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=1100)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        os.environ["DESKTOP_APP_STATE"] = str(Path(name) / "state")
        folder, target = Path(name) / "store", Path(name) / "a.jnbak"
        fill(folder, options.megabytes)
        file = os.open(folder / place.STORE_NAME, os.O_RDONLY)
        source = backup.Source(folder, place.read_key(folder), file)
        label = pages(source, target)
        print(f"store {label.pages * place.PAGE_BYTES / 1e6:.0f} MB, {ROUNDS} rounds, medians")
        took: dict[str, list[float]] = {}
        for _ in range(ROUNDS):
            for what, act in (
                ("file copy with fsync", lambda: copy(source, target)),
                ("pages", lambda: pages(source, target)),
                ("read back", lambda: list(spoiled_pages(target, label.pages, source.key))),
                ("chain", lambda: backup.has_chain_faults(target, label, source.key)),
            ):
                took.setdefault(what, []).append(seconds(act))
        middle = {what: median(each) for what, each in took.items()}
        for what, each in middle.items():
            print(f"  {what}: {each:.2f} s")
        by_copy = middle["file copy with fsync"]
        checked = middle["pages"] + middle["read back"]
        print(f"pages alone:             {by_copy / middle['pages']:.2f} of the file copy (bar 0.5)")
        print(f"with each page read back: {by_copy / checked:.2f} (bar 0.3)")
        print(f"and its chain walked:     {by_copy / (checked + middle['chain']):.2f}")
        os.close(file)


if __name__ == "__main__":
    main()
