"""The commands that look after the store: what they print, what they leave behind, their exit status."""

import io
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_app import cli
from desktop_app.store import backup_file, faults, place
from desktop_app.store.founding import found_office
from tests.support.stores import behind_the_back, opened, taken_in

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("DESKTOP_APP_HOME", str(tmp_path / "store"))

    def run(*words: object) -> tuple[int, str, str]:
        status = cli.main([str(word) for word in words])
        out, told = capsys.readouterr()
        return status, out, told

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with opened(tmp_path / "store") as store:
        taken_in(store, 3)
    return tmp_path / "store"


def test_a_whole_store_is_told_so(run: Run, folder: Path) -> None:
    status, out, _ = run("verify", "--json")
    said = json.loads(out)
    assert (status, said["ok"], said["events"], said["faults"]) == (0, True, 3, [])
    assert said["store"]["bytes"] == (folder / place.STORE_NAME).stat().st_size
    assert run("verify")[:2] == (0, "共 3 号记录，没有发现问题。\n")


def test_a_change_behind_the_back_is_told_with_its_place(run: Run, folder: Path) -> None:
    with behind_the_back(folder) as connection:
        connection.execute("UPDATE \"case\" SET answers = replace(answers, '3216', '3217')")
        connection.execute("DROP TRIGGER event_no_update")
        connection.execute("UPDATE event SET actor_id = 'someone' WHERE number = 2")
    status, out, _ = run("verify", "--json")
    said = json.loads(out)
    assert (status, said["ok"]) == (1, False)
    assert {(each["place"], each["number"]) for each in said["faults"]} == {
        ("event", 2), ("case", 0), ("store", 0)
    }  # fmt: skip


def test_a_store_that_cannot_be_opened_is_a_fault_of_the_store(run: Run, folder: Path) -> None:
    (folder / place.STORE_NAME).write_bytes(b"x" * 9000)
    status, out, _ = run("verify", "--json")
    (fault,) = json.loads(out)["faults"]
    assert (status, fault["place"]) == (1, "store")
    status, out, _ = run("verify")
    assert (status, fault["message"] in out) == (1, True)


def test_a_backup_is_made_and_restored(run: Run, folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.jnbak"
    assert run("backup", "-o", file) == (0, "", "已备份并核对，共 3 号记录。\n")
    with opened(folder) as store:
        taken_in(store, 2)
    status, _, told = run("restore", file, "--into", tmp_path / "new")
    assert status == 0
    assert "2 号记录" in told and told.startswith("备份完好，已恢复。")
    with opened(tmp_path / "new") as store:
        assert faults.PUT_BACK not in store.remarks  # it was told and recorded by the restore
    status, _, told = run("restore", file, "--into", tmp_path / "new")
    assert (status, "不是空的" in told) == (1, True)
    file.write_bytes(file.read_bytes()[:-1])
    status, _, told = run("restore", file, "--into", tmp_path / "newer")
    assert (status, told.strip()) == (1, backup_file.NO_BACKUP)
    assert not (tmp_path / "newer").exists()


def test_no_store_and_no_room_are_one_sentence(run: Run, tmp_path: Path) -> None:
    status, _, told = run("backup", "-o", tmp_path / "a.jnbak")
    assert (status, told.count("。")) == (1, 1)
    with opened(tmp_path / "store"):
        pass
    status, _, told = run("backup", "-o", tmp_path / "nowhere" / "a.jnbak")
    assert (status, told.count("。")) == (1, 1)


def test_a_store_with_users_asks_who_and_takes_the_password_from_the_first_line(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found_office(
        tmp_path / "store",
        "zhang",
        "张样例",
        frozenset({"administrator"}),
        "sample-pass-7319",
        datetime.now(UTC),
    )
    assert run("verify")[0] == 1
    for password, status in (("sample-pass-7318", 1), ("sample-pass-7319", 0)):
        for words in (("verify", "--json"), ("backup", "-o", tmp_path / "a.jnbak")):
            monkeypatch.setattr(sys, "stdin", io.StringIO(password + "\n"))
            assert run(*words, "--user", "zhang")[0] == status
            assert (tmp_path / "a.jnbak").exists() is (status == 0 and words[0] == "backup")
