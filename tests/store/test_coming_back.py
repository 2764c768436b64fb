"""A store with users comes back, by a password or the recovery sheet of the day of the backup, and by no other."""

import io
import re
import shutil
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop_app import cli
from desktop_app.resources import state
from desktop_app.store import cases, coming_back, faults, keys, opening_backup, place, tables
from desktop_app.store.backup import back_up, source_of
from desktop_app.store.backup_file import read_label
from desktop_app.store.changing_key import read_rows, sealed_slots
from desktop_app.store.faults import StoreFault
from desktop_app.store.first import first_page
from desktop_app.store.founding import found_office, needs_founding
from desktop_app.store.opening import Store, close_store, open_store, reading, writing
from desktop_app.store.restoring import Missing, restore, try_backup
from desktop_app.store.sign_in import sign_in
from desktop_app.store.slots import read_slots, write_slots
from desktop_app.store.trust import trusted
from desktop_app.store.users import OLD_BACKUPS, change_password, remove_user
from desktop_app.store.verify import verify_chain
from tests.support.founded import ADMIN, CHEAP, CLERK, NEW, Founded, copied, found_once, signed_in
from tests.support.stores import CASE, NOW, opened, taken_in

LATER = NOW + timedelta(hours=1)


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    return found_once(tmp_path_factory)


@pytest.fixture
def office(founded: Founded, tmp_path: Path) -> Founded:
    return copied(founded, tmp_path / "store")


def saved(store: Store, count: int, acknowledged: set[str]) -> None:
    """Make drafts one by one, and note each one that was acknowledged."""
    for _ in range(count):
        with writing(store) as session:
            case_id = cases.create_case(session, CASE, "220104", "clerk", NOW)
        acknowledged.add(case_id)


def brought_back(file: Path, opened: opening_backup.Opened, folder: Path) -> Missing | None:
    claim = place.hold(folder)
    try:
        return restore(file, opened.key, folder, LATER, opened.root)
    finally:
        place.release(claim)


def cases_in(store: Store) -> set[str]:
    with reading(store) as session:
        assert verify_chain(session) == ()
        return set(session.execute(select(tables.case.c.id)).scalars())


def run(monkeypatch: pytest.MonkeyPatch, typed: str, *words: object) -> int:
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    return cli.main([str(word) for word in words])


@pytest.mark.parametrize("count", [500, pytest.param(10_000, marks=pytest.mark.slow)])
def test_a_drill_a_backup_while_saves_run_comes_back_by_command_and_by_function(
    office: Founded,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    count: int,
) -> None:
    file, acknowledged = tmp_path / "a.jnbak", set[str]()
    with signed_in(office.folder, "clerk") as store:
        taken = set(taken_in(store, 5))
        saver = threading.Thread(target=saved, args=(store, count, acknowledged))
        saver.start()
        while len(acknowledged) < count // 3:
            saver.join(0.001)
        before = set(acknowledged)
        label = back_up(source_of(store), file, NOW)
        saver.join()
        everything = cases_in(store)
    assert label.slots is not None
    assert len(acknowledged) == count
    remembered = shutil.copytree(state(), tmp_path / "remembered")

    def by_command(into: Path) -> int:
        monkeypatch.setenv("DESKTOP_APP_HOME", str(office.folder))
        assert run(monkeypatch, f"{CLERK}\n", "restore", file, "--into", into, "--user", "clerk") == 0
        told = capsys.readouterr().err
        assert "备份完好，已恢复。" in told
        return int(re.findall(r"([0-9]+) 次保存", told)[0])

    def by_function(into: Path) -> int:
        opened = opening_backup.open_by_password(file, label, "admin", ADMIN)
        assert opened.root == office.root
        lost = brought_back(file, opened, into)
        assert lost is not None
        assert lost.since == NOW
        return lost.saves

    for way in (by_command, by_function):
        # This computer knows of all that was saved.
        shutil.copytree(remembered, state(), dirs_exist_ok=True)
        into = tmp_path / way.__name__
        lost = way(into)
        with signed_in(into, "admin", now=LATER) as store, reading(store) as session:
            assert not {faults.TRIES_LOST, faults.PUT_BACK} & set(store.remarks)
            assert session.execute(select(tables.replica.c.epoch)).scalar_one() == 2
            found = cases_in(store)
        assert taken | before <= found <= everything
        assert len(everything - found) == lost
        with signed_in(into, "clerk", now=LATER):
            pass
    print(f"\n  {count} saves, {len(before)} before the backup began, {len(found)} in it")


def test_the_recovery_sheet_of_the_day_opens_a_backup_by_command(
    office: Founded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.jnbak"
    monkeypatch.setenv("DESKTOP_APP_HOME", str(tmp_path / "nowhere"))
    with signed_in(office.folder, "admin") as store:
        back_up(source_of(store), file, NOW)
    words = ("restore", file, "--into", tmp_path / "new", "--sheet")
    for typed, told in (
        (keys.sheet_text(bytes(32)), opening_backup.WRONG_SHEET),
        (keys.sheet_text(office.seed)[:-4], "恢复页有 18 组"),
    ):
        assert run(monkeypatch, typed, *words) == 1
        assert capsys.readouterr().err.count("。") == 1 and told
    assert run(monkeypatch, keys.sheet_text(office.seed), *words) == 0
    with signed_in(tmp_path / "new", "clerk", now=LATER):
        pass


@pytest.mark.parametrize(("login", "password"), [("clerk", ADMIN), ("nobody", CLERK), ("", "")])
def test_no_other_password_opens_a_backup(
    office: Founded,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    login: str,
    password: str,
) -> None:
    file = tmp_path / "a.jnbak"
    with signed_in(office.folder, "admin") as store:
        back_up(source_of(store), file, NOW)
    into = tmp_path / "new"
    assert run(monkeypatch, f"{password}\n", "restore", file, "--into", into, "--user", login) == 1
    assert capsys.readouterr().err.count("。") == 1
    assert not into.exists()


def test_a_removed_user_and_an_old_password_open_the_old_backup_alone(
    office: Founded, tmp_path: Path
) -> None:
    old, new = tmp_path / "old.jnbak", tmp_path / "new.jnbak"
    with signed_in(office.folder, "admin") as store:
        back_up(source_of(store), old, NOW)
        again = remove_user(store, office.ids["clerk"], NOW)
        assert OLD_BACKUPS in again.remarks
        change_password(again, ADMIN, NEW, NOW)
        back_up(source_of(again), new, NOW)
        again.engine.dispose()
    for login, password in (("clerk", CLERK), ("admin", ADMIN)):
        opening_backup.open_by_password(old, read_label(old), login, password)
        with pytest.raises(StoreFault, match=opening_backup.WRONG_PASSWORD):
            opening_backup.open_by_password(new, read_label(new), login, password)
    opening_backup.open_by_password(new, read_label(new), "admin", NEW)


@pytest.mark.parametrize("newest", [True, False], ids=["under-the-new-key", "under-the-old-key"])
def test_a_backup_with_two_keys_in_its_slots_comes_back_under_one(
    office: Founded, tmp_path: Path, newest: bool
) -> None:
    file = tmp_path / "a.jnbak"
    with signed_in(office.folder, "admin") as store:
        ids = set(taken_in(store, 2))
        # As a change of the key leaves the slots that was stopped before, or after, the copy took its place.
        slots, key = read_slots(office.folder), keys.new_key()
        trust = trusted(read_rows(office.folder, store.key), office.root)
        if newest:
            both = {
                user: tuple(slot._replace(sealed={2: slot.sealed[1]}) for slot in each)
                for user, each in slots.users.items()
            }
            sheets = tuple(sheet._replace(sealed={2: sheet.sealed[1]}) for sheet in slots.sheets)
            two = sealed_slots(slots._replace(users=both, sheets=sheets), 1, key, trust)
        else:
            two = sealed_slots(slots, 2, key, trust)
        assert two.generations == (2, 1)
        write_slots(office.folder, two)
        back_up(source_of(store), file, NOW)
    opened = opening_backup.open_by_password(file, read_label(file), "clerk", CLERK)
    brought_back(file, opened, tmp_path / "new")
    with signed_in(tmp_path / "new", "admin", now=LATER) as store:
        assert cases_in(store) == ids
        assert len(read_slots(tmp_path / "new").generations) == 1
    with signed_in(tmp_path / "new", "clerk", now=LATER):
        pass


def test_a_backup_whose_first_administrator_is_another_is_refused(office: Founded, tmp_path: Path) -> None:
    file = tmp_path / "a.jnbak"
    with signed_in(office.folder, "admin") as store:
        back_up(source_of(store), file, NOW)
        key = store.key
    try_backup(file, key, office.root)
    with pytest.raises(StoreFault, match="操作记录对不上"):
        try_backup(file, key, "0" * 64)


def test_wrong_passwords_go_on_to_count_after_a_restore(office: Founded, tmp_path: Path) -> None:
    file = tmp_path / "a.jnbak"
    with signed_in(office.folder, "admin") as store:
        back_up(source_of(store), file, NOW)
    for _ in range(4):
        with pytest.raises(StoreFault):
            sign_in(office.folder, "clerk", "x", LATER - timedelta(minutes=5))
    brought_back(file, opening_backup.open_by_password(file, read_label(file), "admin", ADMIN), office.folder)
    with signed_in(office.folder, "admin", now=LATER) as store:
        assert faults.TRIES_LOST not in store.remarks
    with pytest.raises(StoreFault, match="请等"):
        sign_in(office.folder, "clerk", CLERK, LATER - timedelta(minutes=5))


# Backups of the days before there were users


@pytest.fixture
def taken_over(tmp_path: Path) -> tuple[Path, Path, set[str]]:
    folder, file = tmp_path / "store", tmp_path / "before.jnbak"
    with opened(folder) as store:
        ids = set(taken_in(store, 3))
        back_up(source_of(store), file, NOW)
    found_office(folder, "admin", "样例管理员", frozenset(), ADMIN, NOW, CHEAP)
    return folder, file, ids


def test_a_backup_from_before_a_taking_over_opens_for_who_signs_in_today(
    taken_over: tuple[Path, Path, set[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder, file, ids = taken_over
    monkeypatch.setenv("DESKTOP_APP_HOME", str(folder))
    words = ("restore", file, "--into", tmp_path / "new")
    for user, typed in ((), ""), (("--user", "admin"), "wrong\n"):
        assert run(monkeypatch, typed, *words, *user) == 1
        assert capsys.readouterr().err.count("。") == 1
    monkeypatch.setenv("DESKTOP_APP_HOME", str(tmp_path / "elsewhere"))
    assert run(monkeypatch, "", *words) == 1
    assert capsys.readouterr().err.count("。") == 1
    monkeypatch.setenv("DESKTOP_APP_HOME", str(folder))
    assert run(monkeypatch, f"{ADMIN}\n", *words, "--user", "admin") == 0
    assert needs_founding(tmp_path / "new")
    with opened(tmp_path / "new") as store:
        assert cases_in(store) == ids
    # By the steps of the window, likewise.
    claim = place.hold(folder)
    seen = coming_back.look_into(file, folder, "admin", ADMIN, None)
    place.release(claim)
    assert seen.cases == 3


# Slots that are taken away


@pytest.mark.parametrize(
    "attempt",
    [
        lambda folder: open_store(folder, NOW),
        lambda folder: first_page(folder, 5),
        lambda folder: found_office(folder, "thief", "样例", frozenset(), NEW, NOW, CHEAP),
    ],
    ids=["open_store", "first_page", "found_office"],
)
def test_who_takes_the_slots_away_and_puts_a_key_file_there_does_not_get_in(
    office: Founded, attempt: Callable[[Path], object]
) -> None:
    with signed_in(office.folder, "admin") as store:
        key = store.key
    kept = {name: (office.folder / name).read_bytes() for name in place.SLOTS_NAMES}
    for name in kept:
        (office.folder / name).unlink()
    place.make_file(office.folder / place.KEY_NAME, key.encode())
    with pytest.raises(StoreFault, match=faults.SLOTS_GONE):
        attempt(office.folder)
    (office.folder / place.KEY_NAME).unlink()
    for name, content in kept.items():
        (office.folder / name).write_bytes(content)
    close_store(open_store(office.folder, NOW, None, sign_in(office.folder, "admin", ADMIN, NOW)))
