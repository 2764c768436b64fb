"""Nothing acknowledged is lost: killed programs, full disks, folders without rights, two programs at once."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from desktop_app.store import faults, tables
from desktop_app.store.opening import Store, close_store, open_store, reading
from desktop_app.store.verify import verify_chain
from tests.support import ROOT, TESTS

SAVER = TESTS / "support" / "saver.py"
KILLS = int(os.environ.get("KILLS", "10"))

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills and limits of POSIX")


def start(what: str, folder: Path) -> "subprocess.Popen[str]":
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    return subprocess.Popen(
        [sys.executable, str(SAVER), what, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )


def run(what: str, folder: Path) -> list[list[str]]:
    program = start(what, folder)
    out, _ = program.communicate(timeout=60)
    assert program.returncode == 0
    return [line.split() for line in out.splitlines()]


@contextmanager
def opened(folder: Path) -> Iterator[Store]:
    store = open_store(folder, datetime.now(UTC))
    try:
        yield store
    finally:
        close_store(store)


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that a user without rights can reach: pytest's own are closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="desktop-app-tests-"))
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def revisions(store: Store) -> dict[str, int]:
    """What is kept, after the store has been looked through for damage."""
    with reading(store) as session:
        assert session.connection().exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert session.connection().exec_driver_sql("PRAGMA cipher_integrity_check").fetchall() == []
        assert verify_chain(session) == ()
        moved = session.execute(select(tables.event.c.case_id)).scalars().all()
        outbox = session.execute(select(func.count()).select_from(tables.outbox)).scalar_one()
        assert outbox == len(moved) == len(set(moved))
        rows = session.execute(select(tables.case.c.id, tables.case.c.revision, tables.case.c.state)).all()
        assert {row.id for row in rows if row.state == "awaiting_signature"} == set(moved)
        return {row.id: row.revision for row in rows}


def test_a_killed_program_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    with opened(tmp_path):
        pass
    acknowledged: dict[str, int] = {}
    nursery = start("fork_savers", tmp_path)
    assert nursery.stdin is not None
    assert nursery.stdout is not None
    for kill in range(KILLS):
        nursery.stdin.write("\n")
        nursery.stdin.flush()
        child, saves = 0, 0
        for line in nursery.stdout:
            first, second = line.split()
            if first == "dead":
                break
            if first == "pid":
                child = int(second)
            else:
                acknowledged[first] = int(second)
                saves += 1
            # Another number of saves each time, and never at the same place of a save: the child goes on.
            if child and saves >= 7 + kill * 5 % 23:
                os.kill(child, signal.SIGKILL)
                child = 0
        with opened(tmp_path) as store:
            kept = revisions(store)
            assert store.remarks == ()  # what this computer remembers is never ahead of what is committed
        assert not {key for key, revision in acknowledged.items() if kept.get(key, 0) < revision}
    nursery.stdin.close()
    assert nursery.wait(timeout=30) == 0
    nursery.stdout.close()
    assert len(acknowledged) >= KILLS


def test_a_full_disk_is_one_sentence_and_saving_goes_on_after_it(tmp_path: Path) -> None:
    lines = run("save_until_full", tmp_path)
    told = [words[1] for words in lines if words[0] == "fault"]
    assert told in ([faults.DISK_FAILED], [faults.DISK_FULL])
    acknowledged = {words[0] for words in lines if words[-1] == "1"}
    assert len(acknowledged) >= 5
    after = [words[1] for words in lines if words[0] == "after"]
    with opened(tmp_path) as store:
        assert set(revisions(store)) == acknowledged | set(after)
    assert len(after) == 1


def test_a_store_that_found_no_room_is_made_at_the_next_start(tmp_path: Path) -> None:
    *refused, last = run("make_on_a_full_disk", tmp_path)
    assert [words[0] for words in refused] == ["fault"] * 5
    assert {words[1] for words in refused} <= {faults.DISK_FAILED, faults.DISK_FULL}
    assert last == ["opened"]
    with opened(tmp_path) as store:
        assert revisions(store) == {}


def test_a_folder_without_rights_is_one_sentence(open_to_all: Path) -> None:
    with opened(open_to_all):
        pass
    for file in open_to_all.iterdir():
        file.chmod(0o444)
    open_to_all.chmod(0o555)
    lines = run("read_without_rights", open_to_all)
    assert [words[0] for words in lines] == ["fault", "fault"]
    assert {words[1] for words in lines} <= {faults.NOT_WRITABLE, faults.NOT_OPENED}


def test_a_second_program_is_refused_while_the_first_one_lives(tmp_path: Path) -> None:
    with opened(tmp_path):
        assert run("open_once", tmp_path) == [["fault", faults.ALREADY_OPEN]]
    assert run("open_once", tmp_path) == [["opened"]]
