"""Whatever is turned over in a file, a command ends with its result or with plain sentences, never with a crash."""

import json
import random
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from desktop_app import cli
from desktop_app.resources import HOME, resource
from tests.support import TESTS

FEW, MANY = 40, 1_000  # files of each kind
POLICY = (TESTS / "policies" / "haibin.toml").read_text(encoding="utf-8")
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 10**30, 10**12, 1.5, -0.0, "", " ", "a", "\0", "\u2028", "\u202e", "🏮", "é" * 300,
    "２０１７年", "2017-02-30", "9999-12-31", "0001-01-01", "=1+1", "<b>", "../..", "%s{}", "certificate.level",
    [], [[]], [1], ["a"], {}, {"": ""}, {"a": {"a": 1}}, {"persons": 3}, {"reading": []}, {"unread": "a"},
    {"unread": 1},
)  # fmt: skip
TEXTS = (
    "nan", "inf", "-1", "1e999", "9" * 5000, "0", "[]", "{}", "[[]]", "[1, \"a\"]", "true", "\"\"", "\"a\"",
    "\"\\u0000\"",
    "2999-01-01", "0001-01-01", "12:00:00", "2017-08-23T00:00:00Z", "[" * 2000 + "]" * 2000, "\"javascript:a\"",
    "\"{\"",
    "\"{applicant.name=}\"", "\"{applicant.name 999999}\"", "\"<\"", "\"^\"", "\"{{}}\"", "-0.0", "0x10", "{ a = 1 }",
)  # fmt: skip


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every (holder, key) of a JSON value."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, held in list(pairs):
        yield value, key
        yield from places(held)


def turned_json(text: str, chance: random.Random) -> str:
    """A JSON text with some of its values exchanged, left out or said under another key; or with its letters turned."""
    if chance.random() < 0.15:
        return turned_letters(text, chance)
    value = json.loads(text)
    for _ in range(chance.randint(1, 4)):
        found = list(places(value))
        if not found:
            return json.dumps(chance.choice(VALUES))
        holder, key = chance.choice(found)
        match chance.randrange(4):
            case 0:
                del holder[key]
            case 1 if isinstance(holder, dict):
                other = chance.choice(("a", "", "\0", "applicant.name", "5", key + "s"))
                holder[other] = holder.pop(key)
            case _:
                holder[key] = deepcopy(chance.choice(VALUES))
    return json.dumps(value, ensure_ascii=chance.random() < 0.5)


def turned_letters(text: str, chance: random.Random) -> str:
    letters = list(text)
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(letters))
        letters[at] = chance.choice(
            ("", "{", "}", "[", "]", '"', ",", ":", "\\", "=", "\n", "\0", "9", letters[at] * 2)
        )
    return "".join(letters)


def turned_toml(text: str, chance: random.Random) -> str:
    """A TOML text with some of its values exchanged, lines left out, doubled or moved; or with its letters turned."""
    if chance.random() < 0.15:
        return turned_letters(text, chance)
    lines = text.split("\n")
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(lines))
        match chance.randrange(6):
            case 0:
                del lines[at]
            case 1:
                lines.insert(at, lines[chance.randrange(len(lines))])
            case _:
                lines[at] = re.sub(r"=.*", lambda _found: f"= {chance.choice(TEXTS)}", lines[at], count=1)
        lines = lines or [""]
    return "\n".join(lines)


def sample_text(name: str) -> str:
    return resource(f"samples/{name}.json").read_text(encoding="utf-8")


CASE = json.dumps(
    {
        "region": "jilin",
        "governing_day": "2017-10-09",
        "office": {"code": "220104001", "district": "朝阳区"},
        "answers": json.loads(sample_text("jilin.application")),
        "earlier": [
            {"region": "jilin", "occupation": "焊工", "level": 5, "status": "granted", "on": "2017-09-08"}
        ],
        "choices": {"applied_within_months_of_issue": {"reading": "strict", "reason": "样例"}},
    }
)
AMOUNTS = json.dumps(
    [
        {
            "kind": "vocational_qualification",
            "occupation": "样例工",
            "level": 4,
            "from": "2024-01-01",
            "yuan": "1000.00",
            "source": "样例文件",
        }
    ]
)
Turn = Callable[[str, random.Random], str]
KINDS: dict[str, tuple[str, str, Turn, tuple[str, ...]]] = {
    "fill": (
        "a.json",
        sample_text("jilin.application"),
        turned_json,
        ("fill", "jilin.application", "a.json", "-o", "a.pdf"),
    ),
    "fill a list": (
        "a.json",
        sample_text("urumqi.summary"),
        turned_json,
        ("fill", "urumqi.summary", "a.json", "-o", "a.pdf"),
    ),
    "sheet": (
        "a.json",
        sample_text("jilin.monthly_statistics"),
        turned_json,
        ("sheet", "jilin.monthly_statistics", "a.json", "-o", "a.xlsx"),
    ),
    "check": ("a.json", CASE, turned_json, ("check", "a.json", "--json")),
    "amounts": ("a.json", AMOUNTS, turned_json, ("check", "case.json", "--amounts", "a.json")),
    "calendar": ("a.json", "", turned_json, ("import", "calendar", "a.json")),
    "working days": (
        "a.json",
        "",
        turned_json,
        ("working-days", "jilin", "2026-05-06", "5", "--calendar", "a.json"),
    ),
    "form": (
        "a.toml",
        resource("forms/jilin/application.toml").read_text(encoding="utf-8"),
        turned_toml,
        ("preview", "a.toml"),
    ),
    "list form": (
        "a.toml",
        resource("forms/jilin/monthly_statistics.toml").read_text(encoding="utf-8"),
        turned_toml,
        ("preview", "a.toml"),
    ),
    "policy": ("a.toml", POLICY, turned_toml, ("policy", "check", "a.toml")),
}


def ends_plainly(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> str:
    """Run a command; return what is wrong with its end, or nothing."""
    try:
        status = cli.main(list(arguments))
    except Exception as crash:
        return f"{type(crash).__name__}: {crash}"
    told = capsys.readouterr().err
    if status not in (0, 1):
        return f"status {status}"
    if status == 1 and not told:
        return "nothing told"
    return next((line for line in told.splitlines() if not line.endswith("。")), "") if status == 1 else ""


def fuzzed(kind: str, count: int, folder: Path, capsys: pytest.CaptureFixture[str]) -> list[tuple[int, str]]:
    name, text, turn, arguments = KINDS[kind]
    text = text or (folder / "year.json").read_text(encoding="utf-8")
    (folder / "case.json").write_text(CASE, encoding="utf-8")
    crashed = []
    for seed in range(count):
        turned = turn(text, random.Random(f"{kind} {seed}"))
        (folder / name).write_text(turned, encoding="utf-8", errors="surrogatepass")
        if wrong := ends_plainly(capsys, arguments):
            crashed.append((seed, wrong[:300]))
    return crashed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "year.json").write_text(year_text(), encoding="utf-8")
    return tmp_path


def year_text() -> str:
    (file,) = resource("calendars").glob("*2026.json")
    return file.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_a_turned_file_ends_no_command_in_a_crash(
    kind: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fuzzed(kind, FEW, folder, capsys) == []


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_many_turned_files_end_no_command_in_a_crash(
    kind: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fuzzed(kind, MANY, folder, capsys) == []


HOSTILE = (
    "",
    " ",
    "\0",
    "a" * 5000,
    "9" * 5000,
    "1e999",
    "nan",
    "-0",
    "－１",
    "１２３",
    "\u202e",
    "🏮",
    "\udcff",
    "<b>",
    "=1",
)


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("kind", ["capitals", *(f"identify {each}" for each in cli.KINDS)])
def test_a_hostile_value_ends_no_command_in_a_crash(
    kind: str, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    # Lone halves of characters come from arguments in another encoding; the program's own streams take them.
    arguments = (*kind.split(), f"{value} ".encode(errors="replace").decode())
    assert ends_plainly(capsys, arguments) == ""
