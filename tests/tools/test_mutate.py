"""The tool that breaks lines: what it breaks, which tests it asks, and what it takes for noticed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tools import mutate

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("room", mutate.ROOMS)
def test_each_room_has_its_tests_and_enough_places(room: str) -> None:
    for wanted in mutate.ROOMS[room]:
        assert list(ROOT.glob(wanted)), wanted
    assert len(set(mutate.chosen(20, 7, [room]))) == 20
    assert (
        mutate.chosen(20, 7, [room])
        == mutate.chosen(20, 7, ["workflow", "store", "ui"])[20 * list(mutate.ROOMS).index(room) :][:20]
    )


def test_the_nearest_tests_are_tried_first_and_each_once(tmp_path: Path) -> None:
    for name in (
        "ui/case/test_facts.py",
        "ui/case/test_notes.py",
        "ui/test_start.py",
        "ui/paper/test_sheet.py",
    ):
        file = tmp_path / "tests" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    asked = mutate.tests_of(Path("desktop_app/ui/case/notes.py"), tmp_path)
    assert [file.name for file in asked] == [
        "test_notes.py",
        "test_facts.py",
        "test_sheet.py",
        "test_start.py",
    ]


def test_a_line_is_broken_in_each_way_that_it_has(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(
        "'''人'''\nif a and not b:\n    told(c < 1, True)\nd = 1 if e in f else 2\n", encoding="utf-8"
    )
    source = module.read_bytes()
    broken = [
        (source[: each.start] + each.text.encode() + source[each.end :]).decode().splitlines()[each.line - 1]
        for each in mutate.breaks(module)
    ]
    assert sorted(broken) == sorted(
        [
            "if (not (a and not b)):",
            "if (a or not b):",
            "if a and bool(b):",
            "    pass",
            "    told((c <= 1), True)",
            "    told(c < 1, False)",
            "d = 1 if (not (e in f)) else 2",
            "d = 1 if (e not in f) else 2",
        ]
    )


@pytest.mark.parametrize(
    ("fails", "noticed"),
    [
        (lambda source: "= False" in source, True),
        (lambda source: False, False),
        (lambda source: True, False),  # without the break too
    ],
)
def test_a_break_is_noticed_by_a_test_that_passes_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: Callable[[str], bool], noticed: bool
) -> None:
    module = tmp_path / "desktop_app" / "store" / "module.py"
    module.parent.mkdir(parents=True)
    module.write_text("IS_ON = True\n")
    told = "FAILED tests/test_module.py::test_on - assert False"
    monkeypatch.setattr(mutate, "ROOT", tmp_path)
    monkeypatch.setattr(mutate, "failure", lambda _copy, _tests: told if fails(module.read_text()) else "")
    (each,) = mutate.breaks(module)
    assert mutate.noticed_by(tmp_path, each) == (told if noticed else "")
    assert module.read_text() == "IS_ON = True\n"
