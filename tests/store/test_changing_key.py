"""A change of key that is killed anywhere: one password opens the store, nothing is lost, and it is finished."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from desktop_app.store import people, place, tables
from desktop_app.store.faults import StoreFault
from desktop_app.store.founding import found_office, needs_founding
from desktop_app.store.opening import close_store, open_store, reading
from desktop_app.store.sign_in import sign_in
from desktop_app.store.slots import read_slots
from desktop_app.store.users import VOID_SHEET, use_recovery
from desktop_app.store.verify import verify_chain
from tests.support import ROOT, TESTS
from tests.support.founded import ADMIN, CHEAP, NEW, Founded, copied, found_once, signed_in
from tests.support.stores import NOW, RELEASED, taken_in

KILLS = int(os.environ.get("KILLS", "10"))
CASES = 20

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills of POSIX")


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    made = found_once(tmp_path_factory)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DESKTOP_APP_STATE", f"{made.folder}-state")
        with signed_in(made.folder, "admin") as store:
            taken_in(store, CASES)
    return made


def kill(child: int) -> None:
    # A child that was done in the very moment is gone.
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)


class Nursery:
    """Children that do one thing in one folder each, and are killed after a while."""

    def __init__(self, what: str, seed: bytes) -> None:
        path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
        self.program = subprocess.Popen(
            [sys.executable, str(TESTS / "support" / "key_changer.py"), what, seed.hex()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": path},
        )

    def __enter__(self) -> "Nursery":
        return self

    def __exit__(self, *_error: object) -> None:
        assert self.program.stdin is not None
        assert self.program.stdout is not None
        self.program.stdin.close()
        self.program.wait(timeout=60)
        self.program.stdout.close()

    def run(self, folder: Path, kill_after: float | None) -> tuple[bool, float]:
        """Let a child work; say whether it acknowledged, and after how many seconds it was gone."""
        assert self.program.stdin is not None
        assert self.program.stdout is not None
        self.program.stdin.write(f"{folder}\n")
        self.program.stdin.flush()
        child = int(self.program.stdout.readline().split()[1])
        begun = datetime.now(UTC)
        killer = threading.Timer(kill_after or 0, kill, (child,))
        if kill_after is not None:
            killer.start()
        lines = []
        while not (line := self.program.stdout.readline().strip()).startswith("dead"):
            lines.append(line)
        killer.cancel()
        return "done" in lines, (datetime.now(UTC) - begun).total_seconds()


def assert_whole(folder: Path, passwords: tuple[str, ...]) -> str:
    """Sign in with whichever password is right, hold everything against the events; return that password."""
    right = []
    for password in passwords:
        try:
            found = sign_in(folder, "admin", password, datetime.now(UTC))
        except StoreFault:
            continue
        right.append(password)
        store = open_store(folder, datetime.now(UTC), None, found)
        try:
            assert store.remarks == ()
            with reading(store) as session:
                assert verify_chain(session) == ()
                count = session.execute(select(func.count()).select_from(tables.case)).scalar_one()
                removed = set(people.trust_of(session).everybody) - set(people.people(session))
            assert count == CASES
            slots = read_slots(folder)
            assert len(slots.generations) == 1
            assert not removed & set(slots.users)
            assert all(len(each) == 1 for each in slots.users.values())
            assert len(slots.sheets) == 1
        finally:
            close_store(store)
    assert len(right) == 1, "exactly one password opens the store"
    assert not [file.name for file in folder.iterdir() if ".new" in file.name or file.name == place.KEY_NAME]
    return right[0]


@pytest.mark.parametrize("what", ["remove", "recover", "password"])
def test_killed_anywhere_one_password_opens_everything(founded: Founded, tmp_path: Path, what: str) -> None:
    stopped = 0
    with Nursery(what, founded.seed) as nursery:
        _, whole = nursery.run(copied(founded, tmp_path / "whole").folder, None)
        for kill in range(KILLS):
            folder = copied(founded, tmp_path / f"store-{kill}").folder
            is_done, _ = nursery.run(folder, whole * (kill + 0.5) / KILLS)
            stopped += not is_done
            passwords = (ADMIN,) if what == "remove" else (ADMIN, NEW)
            right = assert_whole(folder, passwords)
            if is_done and what != "remove":
                assert right == NEW
            if what == "recover" and right == NEW:
                with pytest.raises(StoreFault, match=VOID_SHEET):
                    use_recovery(folder, founded.seed, "admin", ADMIN, NOW)
            shutil.rmtree(folder)
    assert stopped


def test_a_taking_over_killed_anywhere_is_made_or_begun_again(tmp_path: Path) -> None:
    released = tmp_path / "released"
    released.mkdir()
    for name in ("store.db", "store.key"):
        (released / name).write_bytes((RELEASED / "0003" / name).read_bytes())
    begun_again = 0
    with Nursery("take_over", b"") as nursery:
        shutil.copytree(released, tmp_path / "whole")
        is_done, whole = nursery.run(tmp_path / "whole", None)
        assert is_done
        for kill in range(KILLS):
            folder = Path(shutil.copytree(released, tmp_path / f"store-{kill}"))
            is_done, _ = nursery.run(folder, whole * (kill + 0.5) / KILLS)
            place.release(place.hold(folder))
            if needs_founding(folder):
                assert not is_done
                begun_again += 1
                found_office(folder, "admin", "样例管理员", frozenset(("clerk",)), ADMIN, NOW, CHEAP)
            with signed_in(folder, "admin", ADMIN, datetime.now(UTC)) as store, reading(store) as session:
                assert verify_chain(session) == ()
                assert session.execute(select(func.count()).select_from(tables.case)).scalar_one() == 3
            assert not (folder / place.KEY_NAME).exists()
            shutil.rmtree(folder)
    assert begun_again


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("what", ["remove", "recover"])
def test_dead_at_each_name_that_is_given_one_password_opens_everything(
    founded: Founded, tmp_path: Path, what: str, when: str
) -> None:
    steps, is_done = 0, False
    with Nursery(what, founded.seed) as nursery:
        while not is_done:
            folder = copied(founded, tmp_path / f"store-{steps}").folder
            is_done, _ = nursery.run(Path(f"{folder} {steps} {when}"), None)
            assert_whole(folder, (ADMIN,) if what == "remove" else (ADMIN, NEW))
            steps += 1
    assert steps > 7
