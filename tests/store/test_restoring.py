"""A store comes back: into an empty folder, in the place of a damaged one, on another computer; never half."""

import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop_app.store import backup_file, cases, place, restoring, tables
from desktop_app.store.backup import source_of
from desktop_app.store.backup_file import Label
from desktop_app.store.faults import StoreFault
from desktop_app.store.keeping import backups, keep_backup, offered
from desktop_app.store.opening import reading, writing
from desktop_app.store.restoring import Missing, missing, restore
from desktop_app.store.schedule import FOLDER_NAME, read_note
from desktop_app.store.verify import verify_chain
from tests.support.stores import CASE, NOW, opened, taken_in


def acts_and_epoch(folder: Path) -> tuple[list[str], int]:
    with opened(folder) as store, reading(store) as session:
        assert store.remarks == ()
        assert verify_chain(session) == ()
        acts = session.execute(select(tables.event.c.act).order_by(tables.event.c.number)).scalars()
        return list(acts), session.execute(select(tables.replica.c.epoch)).scalar_one()


def cases_in(folder: Path) -> set[str]:
    with opened(folder) as store, reading(store) as session:
        return set(session.execute(select(tables.case.c.id)).scalars())


def restored(file: Path, key: str, folder: Path) -> Missing | None:
    claim = place.hold(folder)
    try:
        return restore(file, key, folder, NOW)
    finally:
        place.release(claim)


@pytest.fixture
def lost(tmp_path: Path) -> tuple[Path, Path, str, list[str]]:
    """A folder whose store goes on after its backup, the backup, the key, and what the backup holds."""
    folder = tmp_path / "store"
    with opened(folder) as store:
        ids = taken_in(store, 3)
        source = source_of(store)
        file = keep_backup(source, folder / FOLDER_NAME, NOW)
        taken_in(store, 2)
        for _ in range(3):
            with writing(store) as session:
                cases.create_case(session, CASE, "220104", "clerk", NOW)
    return folder, file, source.key, ids


def test_a_damaged_store_is_replaced_kept_and_what_is_younger_is_said(
    lost: tuple[Path, Path, str, list[str]],
) -> None:
    folder, file, key, ids = lost
    spoiled = bytearray((folder / place.STORE_NAME).read_bytes())
    spoiled[3 * place.PAGE_BYTES] ^= 1
    (folder / place.STORE_NAME).write_bytes(spoiled)
    # Two acts and three saves of drafts, in four transactions.
    assert restored(file, key, folder) == Missing(NOW, 2, 4)
    assert acts_and_epoch(folder) == (["finish"] * 3 + ["put_back"], 2)
    assert cases_in(folder) == set(ids)
    (aside,) = folder.glob("damaged-*")
    assert aside.name == "damaged-20180503-173000"
    assert (aside / place.STORE_NAME).read_bytes() == bytes(spoiled)
    assert (aside / place.KEY_NAME).read_bytes() == (folder / place.KEY_NAME).read_bytes()
    assert not list(folder.glob("restored*"))


def test_a_store_moves_to_another_computer(
    lost: tuple[Path, Path, str, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _folder, file, key, ids = lost
    monkeypatch.setenv("DESKTOP_APP_STATE", str(tmp_path / "another"))
    new = tmp_path / "new"
    new.mkdir()
    place.make_file(new / place.KEY_NAME, key.encode())
    assert restored(file, key, new) is None  # that computer knows of nothing
    assert acts_and_epoch(new) == (["finish"] * 3 + ["put_back"], 2)
    assert cases_in(new) == set(ids)


def flip(file: Path, at: int) -> None:
    content = bytearray(file.read_bytes())
    content[at] ^= 1
    file.write_bytes(content)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda file: flip(file, 5 * 4096 + 7), backup_file.SPOILED),
        (lambda file: flip(file, 7), backup_file.NOT_OPENED),
        (lambda file: flip(file, file.stat().st_size - 200), backup_file.SPOILED),
        (lambda file: os.truncate(file, 9000), backup_file.NO_BACKUP),
        (lambda file: file.write_bytes(b"PK" * 9000), backup_file.NO_BACKUP),
        (lambda file: file.unlink(), backup_file.UNREADABLE),
    ],
)
def test_a_backup_that_does_not_hold_changes_nothing(
    lost: tuple[Path, Path, str, list[str]], spoil: Callable[[Path], None], sentence: str
) -> None:
    folder, file, key, _ids = lost
    before = {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}
    spoil(file)
    with pytest.raises(StoreFault, match=sentence):
        restored(file, key, folder)
    assert {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()} == before
    assert {each.name for each in folder.iterdir() if each.is_dir()} == {FOLDER_NAME}


def test_another_key_opens_no_backup(lost: tuple[Path, Path, str, list[str]]) -> None:
    folder, file, _key, _ids = lost
    with pytest.raises(StoreFault, match=backup_file.NOT_OPENED):
        restored(file, "ab" * 32, folder)


def test_backups_are_offered_newest_first_wherever_they_went(
    lost: tuple[Path, Path, str, list[str]], tmp_path: Path
) -> None:
    folder, file, _key, _ids = lost
    with opened(folder) as store:
        source = source_of(store)
        newest = keep_backup(source, folder / FOLDER_NAME, NOW + timedelta(days=2))
        newer = keep_backup(source, tmp_path / "stick", NOW + timedelta(days=1))
    (folder / place.STORE_NAME).unlink()
    # The stick is known as the place of the last one, also where the folder is gone.
    assert [found for found, _label in offered(folder)] == [newest, newer, file]
    shutil.rmtree(folder / FOLDER_NAME)
    assert [found for found, _label in offered(folder)] == [newer]


def test_old_backups_go_and_those_of_another_store_stay(tmp_path: Path) -> None:
    both = tmp_path / "stick"
    for name in ("one", "other"):
        with opened(tmp_path / name) as store:
            source = source_of(store)
            for day in range(30):
                file = keep_backup(source, both, NOW + timedelta(days=day, hours=name == "other"))
            note = read_note(tmp_path / name)
            assert note is not None and note.file == file
            assert note.made_at == NOW + timedelta(days=29, hours=name == "other")
    counts = [label.replica_id for _, label in backups(both)]
    assert sorted(map(counts.count, set(counts))) == [9, 9]
    label: Label = backups(both)[0][1]
    assert missing(label) is None


class Killed(BaseException):
    """What a kill leaves behind, at a step of the test's choosing."""


def killed_at(step: int, file: Path, key: str, folder: Path, patch: pytest.MonkeyPatch) -> bool:
    """Restore, and stop before the given change to the folder; False where there were fewer changes."""
    left = step

    def counted(act: Callable[..., object]) -> Callable[..., object]:
        def run(*arguments: object, **named: object) -> object:
            nonlocal left
            if "restored" in str(arguments) or "damaged" in str(arguments):
                left -= 1
                if left < 0:
                    raise Killed
            return act(*arguments, **named)

        return run

    for module, names in ((os, ("replace",)), (place, ("make_file",)), (Path, ("mkdir", "rmdir"))):
        for name in names:
            patch.setattr(module, name, counted(getattr(module, name)))
    patch.setattr(restoring, "forget", lambda folder: None)  # who is killed clears nothing up
    with suppress(Killed):
        restored(file, key, folder)
    return left < 0


def test_a_restore_that_is_killed_at_any_step_leaves_the_old_store_or_the_new_one(
    lost: tuple[Path, Path, str, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, file, key, ids = lost
    old = cases_in(folder)
    outcomes = []
    for step in range(100):
        copy = tmp_path / f"copy-{step}"
        shutil.copytree(folder, copy)
        with monkeypatch.context() as patch:
            is_killed = killed_at(step, file, key, copy, patch)
        with opened(copy) as store, reading(store) as session:
            assert verify_chain(session) == ()
            there = set(session.execute(select(tables.case.c.id)).scalars())
        assert there in (old, set(ids))
        assert not list(copy.glob("restored*"))
        outcomes.append(there == old)
        if not is_killed:
            break
    # Old up to one step, and new from there on.
    assert outcomes == sorted(outcomes, reverse=True) and len(outcomes) > 8
