"""The clerk's manual says what the program does: keys, words, sentences, commands and examples are the program's."""

import ast
import json
import re
import shlex
from functools import cache
from pathlib import Path

import pytest

from desktop_app.cli import _parser
from desktop_app.cli.answers import read_cases, read_rows
from desktop_app.forms import load, markup
from desktop_app.forms.catalogue import form
from desktop_app.forms.fields import fields
from desktop_app.forms.load import load_form
from desktop_app.ui.acts import ACTS, MENUS, PAPER_KEYS

ROOT = Path(__file__).parent.parent
MANUAL = (ROOT / "docs" / "manual.zh.md").read_text(encoding="utf-8")
PICTURES = ROOT / "docs" / "pictures"
LARGEST_PICTURE = 150_000  # bytes
MOST_PICTURES = 6
_SIGNS = {"Return": "Enter", "Down": "↓", "Up": "↑"}
_KEY = re.compile(
    r"(?<![A-Za-z])(?:(?:Ctrl|Shift|Alt)\+)+(?:Shift\+)?(?:Enter|Tab|滚轮|[A-Z]\b|[0-9↓↑+=\-])"
    r"|(?<![A-Za-z0-9+])(?:F\d{1,2}\b|Enter|Esc|Tab)(?![A-Za-z])"
)


def section(title: str) -> str:
    """The text of one section, up to the next head of its rank or above."""
    found = re.search(rf"^(#+) {re.escape(title)}$(.*?)(?=^#{{1,2}} |\Z)", MANUAL, re.M | re.S)
    assert found, title
    return found[2]


def rows(text: str) -> set[tuple[str, ...]]:
    lines = re.findall(r"^\| (.+) \|$", text, re.M)
    return {tuple(cell.replace("`", "") for cell in line.split(" | ")) for line in lines}


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", MANUAL, re.M | re.S)


def shown(key: str) -> str:
    for name, sign in _SIGNS.items():
        key = key.replace(name, sign)
    return key


def program_keys() -> set[str]:
    keys = {shown(key) for act in ACTS for key in act.keys}
    return keys | {key.partition("（")[0] for keys, _ in PAPER_KEYS for key in keys.split("、")}


@cache
def sentences(room: str = "") -> str:
    """Every text in the program, one a line; what is filled in stands as …, marks of short keys are dropped."""
    found = []
    for path in (ROOT / "desktop_app" / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr):
                parts = (part.value if isinstance(part, ast.Constant) else "…" for part in node.values)
                found.append("".join(map(str, parts)))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.append(re.sub(r"\(&.\)", "", node.value))
    return "\n".join(found)


def test_the_card_of_keys_is_the_programs_own() -> None:
    card = section("按键一览")
    menus = {("、".join(map(shown, act.keys)), act.words) for act in ACTS if act.keys}
    heads = {(menu, "作用") for menu in (*MENUS, "在表单里")}
    assert rows(card) - {("---", "---")} == menus | set(PAPER_KEYS) | heads


def test_every_key_in_the_manual_exists() -> None:
    told = set(_KEY.findall(MANUAL))
    assert len(told) > 15
    assert told - program_keys() == set()


def test_words_in_brackets_begin_something_on_the_screen() -> None:
    words = set(re.findall(r"【(.+?)】", MANUAL))
    labels = [line.lstrip("✓✕ ") for line in sentences("ui").splitlines()]
    assert len(words) > 20
    assert {word for word in words if not any(label.startswith(word) for label in labels)} == set()


def test_sentences_explained_are_the_programs_own() -> None:
    told = [row[0] for row in rows(section("常见提示与处理")) if row[0] not in ("提示", "---")]
    parts = [(line, part) for line in told for part in line.split("…") if len(part) > 3]
    assert len(told) > 15
    # What an identity number is told of is put together from its parts.
    assert [line for line, part in parts if part not in sentences() and "少一位" not in line] == []


def test_every_command_of_the_manual_is_understood() -> None:
    lines = [line for block in blocks("sh") for line in block.splitlines() if line]
    assert len(lines) > 10
    for line in lines:
        program, *words = shlex.split(line)
        assert program == "./run"
        _parser().parse_args(words)


def test_every_command_named_exists() -> None:
    table = {row[0] for row in rows(section("命令行").split("每条命令")[0])} - {"命令", "---"}
    named = set(re.findall(r"命令 `([a-z-]+)`", MANUAL)) | table
    commands = next(each.choices for each in _parser()._actions if each.choices)
    assert {"blank", "sheet", "preview"} <= named
    assert named - set(commands) == set()


@pytest.mark.parametrize("text", blocks("toml"), ids=["paper", "list"])
def test_the_forms_of_the_manual_load_without_fault(text: str) -> None:
    assert load_form(text, "manual.toml").fields


def test_the_answers_of_the_manual_can_be_filled_in(tmp_path: Path) -> None:
    answers, listed = blocks("json")
    path = tmp_path / "case.json"
    path.write_text(answers, encoding="utf-8")
    (case,) = read_cases(path, form("jilin.application"))
    assert set(case.answers) >= set(json.loads(answers))
    path.write_text(listed, encoding="utf-8")
    assert len(read_rows(path, form("jilin.publicity_filing")).rows) == len(json.loads(listed)["rows"])


def test_the_keys_of_a_form_file_are_all_told() -> None:
    text = section("给技术人员").replace("[[block]]", "`block`").replace("[[block.row]]", "`row`")
    told = set(re.findall(r"`([a-z_]+)`", text))
    known = {*load._FORM_KEYS, *load._BLOCK_KEYS, *load._ROW_KEYS}
    assert known - told == {"block", "row"} - told
    assert all(style in text for style in markup.STYLES - {"masked", "yes", "no"})


def test_what_may_stand_in_a_cell_can_be_read() -> None:
    told = re.findall(r"^\| `([{→].*?)`(?:、`(.+?)`|[^|`]*) \|", section("给技术人员"), re.M)
    places = [place for pair in told for place in pair if place]
    assert len(places) > 10
    for place in places:
        for piece in markup.read_lines(place)[0]:
            field_id = getattr(piece, "field_id", "")
            assert not field_id or field_id in fields(), place


def test_links_within_the_manual_lead_to_heads() -> None:
    heads = re.findall(r"^#+ (.+)$", MANUAL, re.M)
    anchors = {re.sub(r"[^\w-]", "", head.lower().replace(" ", "-")) for head in heads}
    assert {link for link in re.findall(r"\]\(#(.+?)\)", MANUAL) if link not in anchors} == set()


def test_pictures_are_few_and_small() -> None:
    pictures = set(re.findall(r"\]\(pictures/(.+?)\)", MANUAL))
    assert 0 < len(pictures) <= MOST_PICTURES
    assert all((PICTURES / name).stat().st_size < LARGEST_PICTURE for name in pictures)
