"""A scripted day of each region, line by line as its file expects it; and lines that are wrong in every way."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from desktop_app import cli
from desktop_app.forms import catalogue
from desktop_app.forms.titles import _texts

TESTS = Path(__file__).parent.parent
DAYS = sorted((TESTS / "days").glob("*.jsonl"))


def played(
    lines: list[Any], folder: Path, capsys: pytest.CaptureFixture[str], *options: str
) -> tuple[int, list[dict[str, Any]]]:
    file = folder / "day.jsonl"
    texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    file.write_text("\n".join(texts) + "\n", encoding="utf-8")
    status = cli.main(["play", str(file), *options])
    return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.fixture
def sixth_region(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    shutil.copytree(TESTS / "regions" / "haibin" / "forms", home / "forms")
    (home / "policies").mkdir()
    shutil.copy(TESTS / "policies" / "haibin.toml", home / "policies")
    monkeypatch.setenv("DESKTOP_APP_HOME", str(home))


@pytest.mark.parametrize("file", DAYS, ids=lambda file: file.stem)
def test_a_day_goes_as_its_file_says(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest
) -> None:
    if file.stem == "haibin":
        request.getfixturevalue("sixth_region")
    catalogue._files.cache_clear()
    _texts.cache_clear()
    answers = (file.parent / "answers" / file.name).read_text(encoding="utf-8")
    expected = [json.loads(line) for line in answers.splitlines()]
    try:
        # The file as it stands, as policy staff would play it.
        status, told = played(file.read_text(encoding="utf-8").splitlines(), tmp_path, capsys)
    finally:
        catalogue._files.cache_clear()
        _texts.cache_clear()
    for number, (answer, expect) in enumerate(zip(told, expected, strict=True), 1):
        assert {key: answer.get(key) for key in expect} == expect, number
    assert status == 0


PASSWORD = "样例-七只鸽子-过河"
AT = "2017-10-09T08:30:00+08:00"
OPEN = {"at": AT, "act": "open_office", "region": "jilin", "office": {"code": "220104001", "name": "样例局"}}
ADD = {
    "at": AT,
    "act": "add_user",
    "login": "zhang",
    "name": "张样例",
    "roles": ["clerk"],
    "password": PASSWORD,
}
NEW = {"at": AT, "user": "zhang", "act": "new", "case": "a", "answers": {"applicant.name": "李样例"}}

WRONG: list[tuple[Any, int]] = [
    ("not json", 1),
    ([], 1),
    ({"act": "show"}, 1),
    ({"at": AT}, 1),
    ({"at": AT, "act": "dance", "user": "zhang"}, 1),
    ({"at": AT, "act": "show", "case": "a", "user": "zhang", "colour": 1}, 1),
    ({"at": AT, "act": "post", "case": "a", "user": "zhang"}, 1),
    ({"at": AT, "act": 7}, 1),
    ({"at": "gestern", "act": "show", "case": "a", "user": "zhang"}, 0),
    ({"at": "2017-10-09T08:00:00+08:00", "act": "show", "case": "a", "user": "zhang"}, 0),
    ({"at": AT, "act": "show", "case": "b", "user": "zhang"}, 0),
    ({"at": AT, "act": "show", "case": ["a"], "user": "zhang"}, 0),
    ({"at": AT, "act": "show", "case": "a", "user": "li"}, 0),
    ({"at": AT, "act": "show", "case": "a"}, 0),
    ({"at": AT, "act": "accept", "case": "a", "user": "zhang", "received_on": 1, "materials": {}}, 0),
    ({"at": AT, "act": "correct", "case": "a", "user": "zhang", "field": [1], "value": {}, "reason": 3}, 0),
    ({"at": AT, "act": "choose", "case": "a", "user": "zhang", "rule": {}, "reading": 1, "reason": 3}, 0),
    ({"at": AT, "act": "record_check", "case": "a", "user": "zhang", "check": {}, "result": []}, 0),
    ({"at": AT, "act": "withdraw", "cases": [], "user": "zhang", "signed": True}, 0),
    ({"at": AT, "act": "withdraw", "cases": ["a"], "user": "zhang", "signed": True}, 0),
    ({"at": AT, "act": "withdraw", "cases": ["a", 1], "user": "zhang", "signed": True}, 0),
    ({"at": AT, "act": "fill", "case": "a", "user": "zhang", "answers": {"certificate.level": "x"}}, 0),
    ({"at": AT, "act": "fill", "case": "a", "user": "zhang", "answers": {"nothing": 1}}, 0),
    ({"at": AT, "act": "fill", "case": "a", "user": "zhang", "answers": {}, "choices": {"x": 1}}, 0),
    ({"at": AT, "act": "make_list", "list": "l", "kind": "party", "user": "zhang"}, 0),
    ({"at": AT, "act": "make_list", "list": "l", "kind": "payment", "cases": ["a"], "user": "zhang"}, 0),
    ({"at": AT, "act": "pay", "list": "l", "on": "2017-10-09", "user": "zhang"}, 0),
    ({"at": AT, "act": "set", "setting": "colour", "value": 1}, 0),
    ({"at": AT, "act": "set", "setting": "review_days", "value": "5"}, 0),
    ({"at": AT, "act": "set", "setting": "amounts", "value": [{"kind": 1}]}, 0),
    ({"at": AT, "act": "add_user", "login": "li", "name": "李", "roles": ["king"], "password": PASSWORD}, 0),
    (
        {
            "at": AT,
            "act": "add_user",
            "login": "zhang",
            "name": "李",
            "roles": ["clerk"],
            "password": PASSWORD,
        },
        0,
    ),
    ({"at": AT, "act": "print", "case": "a", "paper": "tianjin.application", "user": "zhang"}, 0),
    (
        {
            "at": AT,
            "act": "statistics",
            "form": "x",
            "from": "2017-10-01",
            "to": "2017-10-31",
            "user": "zhang",
        },
        0,
    ),
    ({"at": AT, "act": "hand_over", "case": "a", "to": "li", "user": "zhang"}, 0),
    ({"at": AT, "act": "sign_in", "password": "falsch", "user": "zhang"}, 0),
    (OPEN, 0),
]


def test_whatever_a_line_says_it_is_answered_and_the_rest_is_played(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [OPEN, ADD, NEW, *(line for line, _ in WRONG)]
    status, told = played([*lines, {**NEW, "case": "b"}], tmp_path, capsys)
    assert status == 1
    assert [each["line"] for each in told] == list(range(1, len(told) + 1))
    assert all(each["ok"] for each in (*told[:3], told[-1])), told[:3]
    for answer, (line, _) in zip(told[3:-1], WRONG, strict=True):
        assert answer["ok"] is False, line
        assert answer["error"].endswith("。") and "_" not in answer["error"], answer


def test_a_refused_line_is_no_fault_of_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [line for line, status in WRONG if status == 0]
    assert played([OPEN, ADD, NEW, *lines], tmp_path, capsys)[0] == 0


def test_a_kept_store_opens_by_the_password_of_the_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from desktop_app.store.sign_in import sign_in
    from desktop_app.store.times import moment

    admin = {**ADD, "login": "admin", "roles": ["administrator"]}
    folder = tmp_path / "kept"
    status, told = played([OPEN, ADD, admin, NEW], tmp_path, capsys, "--keep", str(folder))
    assert status == 0 and all(each["ok"] for each in told), told
    assert sign_in(folder, "zhang", PASSWORD, moment("2017-10-10T01:00:00+00:00")).login == "zhang"
    assert played([OPEN], tmp_path, capsys, "--keep", str(folder))[0] == 1
