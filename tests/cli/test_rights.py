"""On the command line a person may do what the window offers the role, and nothing else."""

import argparse
import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from desktop_app import cli
from desktop_app.cli.signing_in import opened_store
from desktop_app.resources import resource
from desktop_app.store import tables
from desktop_app.store.opening import reading
from desktop_app.store.users import add_user
from tests.support.founded import PASSWORDS, Founded, copied, found_once, signed_in
from tests.support.stores import NOW

AUDITOR = "样例-四盏油灯-照账本"
SIGN_IN = {**PASSWORDS, "auditor": AUDITOR}


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    return found_once(tmp_path_factory)


@pytest.fixture
def office(founded: Founded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Founded:
    made = copied(founded, tmp_path / "office")
    monkeypatch.setenv("DESKTOP_APP_HOME", str(made.folder))
    with signed_in(made.folder, "admin") as store:
        add_user(store, "auditor", "样例丙", frozenset(("auditor",)), AUDITOR, NOW)
    return made


def typed(monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(password + "\n"))


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["身份证号", "状态"])
    sheet.append(["11010519491231002X", "已拨付"])
    book.save(tmp_path / "名单.xlsx")
    return tmp_path / "名单.xlsx"


@pytest.mark.parametrize(
    ("login", "is_clerk"), [("clerk", True), ("admin", True), ("reviewer", False), ("auditor", False)]
)
def test_a_clerk_imports_and_everybody_verifies_and_backs_up(
    office: Founded,
    listed: Path,
    login: str,
    is_clerk: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    year = resource("calendars/2018.json")

    def run(*words: object) -> tuple[int, str]:
        typed(monkeypatch, SIGN_IN[login])
        status = cli.main([*map(str, words), "--user", login])
        return status, capsys.readouterr().err

    for words in (("import", "awards", listed), ("import", "calendar", year)):
        status, told = run(*words)
        assert (status == 0, "由经办人办理" in told) == (is_clerk, not is_clerk), told
    assert (office.folder / "calendars").exists() is is_clerk
    assert run("verify")[0] == run("backup", "-o", office.folder.parent / "a.jnbak")[0] == 0
    typed(monkeypatch, SIGN_IN[login])
    with opened_store(login) as store, reading(store) as session:
        sources = session.execute(tables.award.select()).all()
        imported = session.execute(tables.event.select().where(tables.event.c.act == "import_awards")).all()
    assert len(sources) == len(imported) == int(is_clerk)
    assert {event.actor_id for event in imported} <= {office.ids.get(login)}


def test_without_a_name_nothing_is_imported(
    office: Founded, listed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (("awards", listed), ("calendar", resource("calendars/2018.json"))):
        assert cli.main(["import", *map(str, words)]) == 1
        assert "--user" in capsys.readouterr().err
    assert not (office.folder / "calendars").exists()


def taking_a_person(parser: argparse.ArgumentParser, name: str = "") -> Iterator[str]:
    """Yield the names of the commands that sign a person in."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, below in action.choices.items():
                yield from taking_a_person(below, f"{name} {word}".strip())
        elif "--user" in action.option_strings:
            yield name


def test_no_command_does_an_act_or_changes_people() -> None:
    """Each command that signs a person in is placed here; a new one has to be, with what it asks for above."""
    placed = {"import awards", "import calendar", "import payment-results", "verify", "backup", "restore"}
    assert set(taking_a_person(cli._parser())) == placed
