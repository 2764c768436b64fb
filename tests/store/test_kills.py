"""Killed at a random moment of a backup, a restore or an upgrade, a program leaves the old or the new, never half."""

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest
from sqlalchemy import select

from desktop_app.store import place, tables
from desktop_app.store.backup import back_up, source_of
from desktop_app.store.opening import reading
from desktop_app.store.restoring import try_backup
from desktop_app.store.verify import verify_chain
from tests.support import ROOT, TESTS
from tests.support.stores import NOW, RELEASED, opened, taken_in

KILLS = int(os.environ.get("KILLS", "10"))
LONGEST_S = {"backup": 0.3, "restore": 0.4, "upgrade": 1.5}

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills of POSIX")


@pytest.fixture
def nursery() -> Iterator["subprocess.Popen[str]"]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    program = subprocess.Popen(
        [sys.executable, str(TESTS / "support" / "safekeeper.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    yield program
    assert program.stdin and program.stdout
    program.stdin.close()
    assert program.wait(timeout=30) == 0
    program.stdout.close()


def killed(nursery: "subprocess.Popen[str]", what: str, folder: Path, file: Path, after: float) -> int:
    """Run a program, kill it so many seconds after it was ready; return how often it acknowledged."""
    assert nursery.stdin and nursery.stdout
    nursery.stdin.write(f"{what} {folder} {file}\n")
    nursery.stdin.flush()
    out: IO[str] = nursery.stdout
    child, made, is_ready = 0, 0, False
    killer: threading.Timer | None = None
    for line in out:
        word, _, number = line.strip().partition(" ")
        child = int(number) if word == "pid" else child
        made += word == "made"
        is_ready = is_ready or word == "ready"
        if word == "dead":
            break
        if child and is_ready and killer is None:
            killer = threading.Timer(after, os.kill, (child, signal.SIGKILL))
            killer.start()
    if killer is not None:
        killer.cancel()
        killer.join()
    return made


def cases_in(folder: Path) -> set[str]:
    with opened(folder) as store, reading(store) as session:
        assert verify_chain(session) == ()
        return set(session.execute(select(tables.case.c.id)).scalars())


def test_killed_backups_leave_a_whole_one(nursery: "subprocess.Popen[str]", tmp_path: Path) -> None:
    folder, file = tmp_path / "store", tmp_path / "a.jnbak"
    with opened(folder) as store:
        ids = set(taken_in(store, 100))
        back_up(source_of(store), file, NOW)
    chance = random.Random(5)
    done = sum(
        killed(nursery, "backup", folder, file, chance.random() * LONGEST_S["backup"]) for _ in range(KILLS)
    )
    try_backup(file, place.read_key(folder))
    assert cases_in(folder) == ids
    print(f"\n  {KILLS} kills, {done} backups were whole before them")


def test_killed_restores_leave_the_old_store_or_the_new_one(
    nursery: "subprocess.Popen[str]", tmp_path: Path
) -> None:
    folder, file = tmp_path / "store", tmp_path / "a.jnbak"
    with opened(folder) as store:
        new = set(taken_in(store, 50))
        back_up(source_of(store), file, NOW)
        old = new | set(taken_in(store, 50))
    chance = random.Random(6)
    outcomes = []
    for number in range(KILLS):
        copy = tmp_path / f"copy-{number}"
        shutil.copytree(folder, copy)
        made = killed(nursery, "restore", copy, file, chance.random() * LONGEST_S["restore"])
        there = cases_in(copy)
        assert there == new or (there == old and not made)
        assert not list(copy.glob("restored*"))
        outcomes.append(there == new)
        shutil.rmtree(copy)
    print(f"\n  {KILLS} kills, {sum(outcomes)} restores were done")


def test_killed_upgrades_leave_a_store_that_can_be_upgraded(
    nursery: "subprocess.Popen[str]", tmp_path: Path
) -> None:
    chance = random.Random(7)
    done = 0
    for number in range(KILLS):
        copy = tmp_path / f"copy-{number}"
        shutil.copytree(RELEASED / "0001", copy)
        done += killed(nursery, "upgrade", copy, copy, chance.random() * LONGEST_S["upgrade"])
        for backup in copy.glob("backups/*.jnbak"):
            try_backup(backup, place.read_key(copy))
        assert len(cases_in(copy)) == 3
    print(f"\n  {KILLS} kills, {done} upgrades were done")
