"""Bits that turn and files that are cut: one sentence each, nothing acknowledged lost in silence, no empty store.

A sample by default; `./test slow` tries 60 truncations and 100 flips. The store is that of a program that was killed:
most of its work in the file, the last saves in the log alone.
"""

import os
import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import select

from desktop_app.store import cases, place, tables
from desktop_app.store.damage import has_damage
from desktop_app.store.faults import StoreFault
from desktop_app.store.first import first_page
from desktop_app.store.opening import close_store, open_store, reading, writing
from desktop_app.store.verify import verify_chain
from tests.support.stores import CASE, NOW, taken_in

FILES = (place.STORE_NAME, place.STORE_NAME + "-wal", place.KEY_NAME)


class Killed(NamedTuple):
    """A killed program's folder, what this computer remembers of it, and the revision of each case it acknowledged."""

    folder: Path
    state: Path
    acknowledged: dict[str, int]


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Killed:
    base = tmp_path_factory.mktemp("killed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DESKTOP_APP_STATE", str(base / "live-state"))
        store = open_store(base / "live", NOW)
        acknowledged = dict.fromkeys(taken_in(store, 40), 2)
        for number in range(8):
            with writing(store) as session:
                case = CASE.with_answer("applicant.home_address", "长春市朝阳区" * 20 * number)
                acknowledged[cases.create_case(session, case, "220104", "clerk", NOW)] = 1
        (base / "folder").mkdir()
        for name in FILES:
            shutil.copy(base / "live" / name, base / "folder")
        shutil.copytree(base / "live-state", base / "state")
        close_store(store)
    assert (base / "folder" / FILES[1]).stat().st_size > 4096
    return Killed(base / "folder", base / "state", acknowledged)


def what_became(folder: Path, acknowledged: dict[str, int]) -> str:
    """Open and read everything, as the window does over a day, and say what was told and what is there."""
    told: list[str] = []
    kept: dict[str, int] = {}
    try:
        page = first_page(folder, 50)
        assert page is not None, "an empty store in place of a full one"
        store = open_store(folder, NOW)
        told += store.remarks
        try:
            with reading(store) as session:
                rows = session.execute(select(tables.case.c.id, tables.case.c.revision))
                kept = {row.id: row.revision for row in rows}
                for case_id in kept:
                    cases.load_case(session, case_id)
                cases.list_cases(session, cases.CaseQuery(text="欧阳", limit=1000))
                told += [fault.message for fault in verify_chain(session)]
        finally:
            close_store(store)
        told += ["资料库文件有损坏。"] * has_damage(folder, place.read_key(folder))
    except StoreFault as fault:
        told.append(str(fault))
    for sentence in told:
        assert sentence.endswith("。") and sentence.count("。") == 1
    is_whole = all(kept.get(case_id, 0) >= revision for case_id, revision in acknowledged.items())
    assert is_whole or told, f"{len(acknowledged)} acknowledged, {len(kept)} kept, and not a word"
    return ("told, whole" if told else "whole") if is_whole else "told"


@pytest.fixture
def attempt(killed: Killed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    count = iter(range(10_000))

    def run(spoil: Callable[[Path], None]) -> str:
        base = tmp_path / str(next(count))
        shutil.copytree(killed.folder, base / "folder")
        shutil.copytree(killed.state, base / "state")
        monkeypatch.setenv("DESKTOP_APP_STATE", str(base / "state"))
        spoil(base / "folder")
        became = what_became(base / "folder", killed.acknowledged)
        shutil.rmtree(base)
        return became

    return run


def lengths(size: int, count: int) -> Iterator[int]:
    yield from (0, 1, 31, 32, 100, 4095, 4096, 4097, size - 1, size - 4096)
    chance = random.Random(1)
    while count > 10:
        yield chance.randrange(size)
        count -= 1


def tried(
    attempt: Callable[..., str], what: str, spoils: list[Callable[[Path], None]], capsys: object
) -> None:
    outcomes = Counter(attempt(spoil) for spoil in spoils)
    with capsys.disabled():  # type: ignore[attr-defined]
        print(f"\n  {what}: " + ", ".join(f"{count} {name}" for name, count in sorted(outcomes.items())))


def cuts(killed: Killed, name: str, count: int) -> list[Callable[[Path], None]]:
    size = (killed.folder / name).stat().st_size
    chosen = dict.fromkeys(length for length in lengths(size, count) if 0 <= length < size)
    return [lambda folder, length=length: os.truncate(folder / name, length) for length in chosen]


def flips(killed: Killed, name: str, count: int) -> list[Callable[[Path], None]]:
    content = (killed.folder / name).read_bytes()
    chance = random.Random(2)

    def flip(folder: Path, bit: int) -> None:
        spoiled = bytearray(content)
        spoiled[bit // 8] ^= 1 << bit % 8
        (folder / name).write_bytes(spoiled)

    # The first bytes are the head, which one flip in ten thousand would meet by chance.
    size = 8 * len(content)
    places = [chance.randrange(256 if number % 5 == 0 else size) for number in range(count)]
    return [lambda folder, bit=bit: flip(folder, bit) for bit in places]


def test_what_was_not_spoiled_is_whole(attempt: Callable[..., str]) -> None:
    assert attempt(lambda folder: None) == "whole"


@pytest.mark.parametrize("name", FILES)
def test_a_sample_of_cuts(attempt: Callable[..., str], killed: Killed, name: str, capsys: object) -> None:
    tried(attempt, f"cuts of {name}", cuts(killed, name, 10)[::2], capsys)


@pytest.mark.parametrize("name", FILES)
def test_a_sample_of_flips(attempt: Callable[..., str], killed: Killed, name: str, capsys: object) -> None:
    tried(attempt, f"flips in {name}", flips(killed, name, 5), capsys)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "count"), [(FILES[0], 27), (FILES[1], 28), (FILES[2], 6)])
def test_sixty_cuts(
    attempt: Callable[..., str], killed: Killed, name: str, count: int, capsys: object
) -> None:
    tried(attempt, f"cuts of {name}", cuts(killed, name, count), capsys)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "count"), [(FILES[0], 40), (FILES[1], 40), (FILES[2], 20)])
def test_a_hundred_flips(
    attempt: Callable[..., str], killed: Killed, name: str, count: int, capsys: object
) -> None:
    tried(attempt, f"flips in {name}", flips(killed, name, count), capsys)


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_gone(attempt: Callable[..., str], name: str) -> None:
    assert attempt(lambda folder: (folder / name).unlink()) == "told"


def test_a_log_beside_nothing_is_left_alone(killed: Killed, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    shutil.copytree(killed.folder, folder)
    (folder / place.STORE_NAME).unlink()
    log = (folder / FILES[1]).read_bytes()
    for _ in range(2):
        for attempt in (lambda: open_store(folder, NOW), lambda: first_page(folder, 10)):
            with pytest.raises(StoreFault):
                attempt()
        assert (folder / FILES[1]).read_bytes() == log
        (folder / place.KEY_NAME).unlink(missing_ok=True)
