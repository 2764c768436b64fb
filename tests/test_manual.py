"""The clerk's manual says what the program does: keys, words, sentences, commands and examples are the program's."""

import argparse
import ast
import json
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from desktop_app.cli import _parser
from desktop_app.forms import markup, shape
from desktop_app.forms.catalogue import form
from desktop_app.forms.fields import fields
from desktop_app.forms.load import load_form
from desktop_app.policy.decide import decide
from desktop_app.policy.office_amounts import amount_rows
from desktop_app.printing import overprint
from desktop_app.registers import award_list
from desktop_app.registers.case_file import read_cases, read_rows
from desktop_app.registers.given import read_given
from desktop_app.ui.case.panel_lines import HEADS
from desktop_app.ui.paper.editor_frame import LONGEST
from desktop_app.ui.parts.acts import ACTS, MENUS, PAPER_KEYS

ROOT = Path(__file__).parent.parent
MANUAL = (ROOT / "docs" / "manual.zh.md").read_text(encoding="utf-8")
PICTURES = ROOT / "docs" / "pictures"
LARGEST_PICTURE = 100_000  # bytes
MOST_PICTURES = 7
_SIGNS = {"Return": "Enter", "Down": "↓", "Up": "↑"}
_KEY = re.compile(
    r"(?<![A-Za-z])(?:(?:Ctrl|Shift|Alt)\+)+(?:Shift\+)?(?:Enter|Tab|Delete|滚轮|[A-Z]\b|[0-9↓↑+=\-])"
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
    labels = "\n".join(line.lstrip("✓✕ ") for line in sentences("ui").splitlines())
    assert len(words) > 40
    # A label may go on with its key, a bracket or what is filled in, but not in the middle of a word.
    assert {word for word in words if not re.search(rf"^{re.escape(word)}(?!\w)", labels, re.M)} == set()


def test_every_act_without_a_key_is_told() -> None:
    words = [act.words.partition("…")[0] for act in ACTS if not act.keys]
    assert words
    assert [word for word in words if f"【{word}】" not in MANUAL] == []


def test_the_groups_of_the_panel_are_told_and_no_others() -> None:
    lines = section("右侧说明").split("- 【不符合】")[1].split("每条下面")[0]
    assert ["不符合", *re.findall(r"【(.+?)】", lines)] == [word for _sign, word in HEADS.values()]


def test_figures_are_the_programs_own() -> None:
    assert f"超过 {LONGEST:,} 个字" in MANUAL
    assert f"最多 {overprint.MOST_COPIES} 份" in MANUAL
    assert f"最多 {overprint.LARGEST_OFFSET:.0f} 毫米" in MANUAL


def test_sentences_explained_are_the_programs_own() -> None:
    told = [row[0] for row in rows(section("常见提示与处理")) if row[0] not in ("提示", "---")]
    assert len(told) > 30
    # What an identity number is told of is put together from its parts.
    assert [line for line in told if not _is_said(line) and "少一位" not in line] == []


def _is_said(line: str) -> bool:
    """True where one text of the program says all of a line, in its order."""
    parts = [re.escape(part.strip()) for part in line.split("…") if part.strip()]
    return re.search(".*".join(parts), sentences()) is not None


def test_every_command_of_the_manual_is_understood() -> None:
    lines = [line for block in blocks("sh") for line in block.splitlines() if line]
    assert len(lines) > 10
    for line in lines:
        program, *words = shlex.split(line)
        assert program == "./run"
        _parser().parse_args(words)


def _commands(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Every command, with the word that follows it where it has kinds."""
    kinds = next(each for each in parser._actions if isinstance(each, argparse._SubParsersAction))
    for name, each in kinds.choices.items():
        has_kinds = any(isinstance(action, argparse._SubParsersAction) for action in each._actions)
        yield from (f"{name} {kind}" for kind in _commands(each)) if has_kinds else (name,)


def test_the_table_of_commands_is_whole() -> None:
    table = {row[0] for row in rows(section("命令行").split("每条命令")[0])} - {"命令", "---"}
    assert table == set(_commands(_parser()))
    named = re.findall(r"命令\s`([a-z-]+)`", MANUAL)
    assert named
    assert [name for name in named if not any(each.split()[0] == name for each in table)] == []


@pytest.mark.parametrize("text", blocks("toml"), ids=["paper", "list"])
def test_the_forms_of_the_manual_load_without_fault(text: str) -> None:
    assert load_form(text, "manual.toml").fields


def test_the_answers_of_the_manual_can_be_filled_in(tmp_path: Path) -> None:
    answers, listed, _case, _amounts = blocks("json")
    path = tmp_path / "case.json"
    path.write_text(answers, encoding="utf-8")
    (case,) = read_cases(path, form("jilin.application"))
    assert set(case.answers) >= set(json.loads(answers))
    path.write_text(listed, encoding="utf-8")
    assert len(read_rows(path, form("jilin.publicity_filing")).rows) == len(json.loads(listed)["rows"])


def test_the_case_of_the_manual_can_be_decided() -> None:
    given = read_given(json.loads(blocks("json")[2]), "manual", {})
    assert given.known.earlier and given.known.choices
    outcomes = {each.outcome for each in decide(given.case, given.policy, given.known).findings}
    assert outcomes == {"pass"}


def test_the_amounts_of_the_manual_are_understood() -> None:
    assert len(amount_rows(json.loads(blocks("json")[3]))) == 1


def test_the_heads_of_a_list_of_awards_are_the_programs_own() -> None:
    text = section("命令行") + section("给技术人员")
    told = text.split("`import awards` 的名单")[1].split("政策文件的写法")[0]
    heads = {*award_list.HEADS, award_list.REGION_HEAD, award_list.STATUS_HEAD, award_list.DAY_HEAD}
    # Other papers' words for the same columns are understood too and need not be told.
    also = {"职业", "职种", "工种", "资格证书编号"}
    assert [word for word in (*(heads - also), *award_list.STATUSES) if word not in told] == []


def test_the_keys_of_a_form_file_are_all_told() -> None:
    text = section("给技术人员").replace("[[block]]", "`block`").replace("[[block.row]]", "`row`")
    told = set(re.findall(r"`([a-z_]+)`", text))
    known = {*shape.FORM_KEYS, *shape.BLOCK_KEYS, *shape.ROW_KEYS}
    assert known - told == {"block", "row"} - told
    assert all(style in text for style in markup.STYLES - {"masked", "yes", "no"})


def test_what_may_stand_in_a_cell_can_be_read() -> None:
    told = re.findall(r"^\| `([{→].*?)`(?:、`(.+?)`|[^|`]*) \|", section("给技术人员"), re.M)
    places = [place for pair in told for place in pair if place]
    assert len(places) > 10
    for place in places:
        for piece in markup.read_lines(place)[0]:
            field_id = getattr(piece, "field_id", "")
            counted = field_id.startswith(("statistics.persons:", "statistics.amount:"))
            assert not field_id or counted or field_id in fields(), place


def test_links_within_the_manual_lead_to_heads() -> None:
    heads = re.findall(r"^#+ (.+)$", MANUAL, re.M)
    anchors = {re.sub(r"[^\w-]", "", head.lower().replace(" ", "-")) for head in heads}
    assert {link for link in re.findall(r"\]\(#(.+?)\)", MANUAL) if link not in anchors} == set()


def test_links_to_other_pages_lead_to_files() -> None:
    links = re.findall(r"\]\(([^#)]+)\)", MANUAL)
    assert links
    assert [link for link in links if not (ROOT / "docs" / link).is_file()] == []


def test_pictures_are_few_and_small() -> None:
    pictures = set(re.findall(r"\]\(pictures/(.+?)\)", MANUAL))
    assert 0 < len(pictures) <= MOST_PICTURES
    assert {path.name for path in PICTURES.iterdir()} == pictures
    assert all((PICTURES / name).stat().st_size < LARGEST_PICTURE for name in pictures)
