"""Imports point one way, each library has one room, and nothing grows past a size that can be read."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from desktop_app.workflow.states import STATES

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "desktop_app"
MODULE_LINES = 400
WINDOW_LINES = 250  # a module of the window

# Which rooms a room may import from; every one may import from itself.
DOMAIN = {"domain"}
PAPER = DOMAIN | {"forms"}
RULES = PAPER | {"policy"}
WALK = RULES | {"workflow"}
OUTPUTS = {"printing", "registers", "store"}
DOORS = {
    "domain": DOMAIN,
    "forms": PAPER,
    "policy": RULES,
    "workflow": WALK,
    "printing": WALK,
    "registers": WALK,
    "store": WALK,
    "sync": WALK | OUTPUTS,
    "play": WALK | OUTPUTS,
    "ui": WALK | OUTPUTS | {"sync", "play"},
    "edge": WALK | OUTPUTS | {"sync", "play", "ui"},
}
# Inside the window: which of its rooms a room may import from. A page never knows the window.
PAGES = {"parts", "jobs", "context"}
ROOMS = PAGES | {"lists", "paper", "printing", "case", "walk", "settings", "people", "safekeeping"}
UI_DOORS = {
    "parts": set(),
    "jobs": {"parts"},
    "context": {"parts", "jobs", "printing"},
    "lists": PAGES,
    "paper": {"parts", "jobs"},
    "printing": {"parts", "jobs", "paper"},
    "walk": PAGES,
    "case": PAGES | {"lists", "paper", "printing", "walk"},
    "settings": PAGES | {"paper"},
    "safekeeping": PAGES | {"printing"},
    "people": PAGES | {"printing", "settings"},
    "window": ROOMS,
    "entrance": ROOMS | {"window", "lock"},
    "lock": PAGES | {"window"},
    "start": ROOMS | {"window", "entrance", "lock"},
    "pictures": ROOMS | {"window", "start"},
}
# The edge builds the parts and hands them to each other. It imports the window only inside a function, so
# that a command needs no display.
EDGE = {"__main__", "cli", "demo"}
LAZY = {("edge", "ui")}

# Libraries that only some rooms know; those not named here are free.
OWNERS = {
    "PySide6": {"ui"},
    "shiboken6": {"ui"},
    "sqlalchemy": {"store", "sync"},
    "alembic": {"store", "sync"},
    "sqlcipher3": {"store", "sync"},
    "reportlab": {"printing"},
    "openpyxl": {"registers"},
    "nacl": {"store"},
    # Python's own SQLite cannot read an encrypted store, and would write a plain one.
    "sqlite3": set(),
}
# Rooms whose answers depend on their arguments alone.
CLOCKLESS = {"domain", "forms", "policy", "workflow"}
CLOCKS = {
    ("date", "today"),
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("time", "time"),
}


class Import(NamedTuple):
    """One imported module, as a dotted name, and where it is imported."""

    name: str
    line: int
    is_lazy: bool


def modules() -> tuple[Path, ...]:
    """Every module of the program, in a fixed order."""
    return tuple(sorted(PACKAGE.rglob("*.py")))


def label(path: Path) -> str:
    """The path as a reader of a failure looks for it."""
    return path.relative_to(ROOT).as_posix()


def room(parts: tuple[str, ...]) -> str:
    """The room of a module given by the parts of its name below `desktop_app`."""
    first = parts[0].removesuffix(".py") if parts else "__init__"
    if first in EDGE:
        return "edge"
    return first if first in DOORS else "domain"


def imports(path: Path, tree: ast.AST) -> Iterator[Import]:
    """Every import of a module, relative ones resolved; each name after `from` may be a module too."""

    def walk(node: ast.AST, is_lazy: bool) -> Iterator[Import]:
        match node:
            case ast.Import(names=names):
                for alias in names:
                    yield Import(alias.name, node.lineno, is_lazy)
            case ast.ImportFrom(module=module, names=names, level=level):
                here = path.relative_to(ROOT).with_suffix("").parts
                start = ".".join(here[: len(here) - level]) if level else ""
                origin = ".".join(part for part in (start, module or "") if part)
                for alias in names:
                    yield Import(f"{origin}.{alias.name}", node.lineno, is_lazy)
        is_inside = is_lazy or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for child in ast.iter_child_nodes(node):
            yield from walk(child, is_inside)

    return walk(tree, False)


def faults(path: Path, text: str) -> list[str]:
    """What a module imports or does against the plan of the rooms."""
    tree = ast.parse(text)
    here = room(path.relative_to(PACKAGE).parts)
    found = []
    for name, line, is_lazy in imports(path, tree):
        top, *rest = name.split(".")
        if top == "desktop_app" and rest:
            there = room(tuple(rest))
            found.extend(_inner_faults(path, tuple(rest), line))
            if there != here and there not in DOORS[here]:
                found.append(f"line {line}: {here} imports {name} of {there}")
            elif (here, there) in LAZY and not is_lazy:
                found.append(f"line {line}: {name} is imported before it is wanted")
        elif here not in OWNERS.get(top, {here}):
            found.append(f"line {line}: {here} imports {top}")
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="print")) if here != "edge":
                found.append(f"line {node.lineno}: only the command line prints")
            case ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner), attr=attribute):
                if here in CLOCKLESS and (owner, attribute) in CLOCKS:
                    found.append(f"line {node.lineno}: {here} looks at the clock, not at its arguments")
    return found


def _inner_faults(path: Path, name: tuple[str, ...], line: int) -> Iterator[str]:
    """What a module of the window imports from another room of the window against the plan."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    if parts[0] == "ui" and len(parts) > 1 and name[0] == "ui" and len(name) > 1:
        here, there = parts[1], name[1]
        if there != here and there not in UI_DOORS.get(here, set()):
            yield f"line {line}: ui/{here} imports {'.'.join(name)}"


def test_every_room_of_the_window_has_its_doors() -> None:
    rooms = {path.relative_to(PACKAGE / "ui").parts[0] for path in (PACKAGE / "ui").rglob("*.py")}
    assert {each.removesuffix(".py") for each in rooms} - {"__init__"} == UI_DOORS.keys()


@pytest.mark.parametrize("path", modules(), ids=label)
def test_imports_point_one_way(path: Path) -> None:
    assert faults(path, path.read_text(encoding="utf-8")) == []


ASKING = [
    path
    for path in modules()
    if path.relative_to(PACKAGE).parts[0] in ("ui", "store", "play", "cli", "registers")
]


@pytest.mark.parametrize("path", ASKING, ids=label)
def test_only_the_workflow_compares_states(path: Path) -> None:
    """Migrations stay as they were released, and what is read before SQLAlchemy is there is SQL."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    if "migrations" in path.parts:
        return
    found = [
        word.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare | ast.Call)
        and (isinstance(node, ast.Compare) or getattr(node.func, "attr", "") in ("in_", "is_in"))
        for word in ast.walk(node)
        if isinstance(word, ast.Constant) and word.value in STATES
        if "state" in ast.unparse(node)
    ]
    assert found == [], "ask workflow/"


def test_one_door_moves_a_case() -> None:
    callers = [label(path) for path in modules() if "move_case" in path.read_text(encoding="utf-8")]
    assert callers == ["desktop_app/store/cases.py", "desktop_app/store/perform.py"]


def test_one_module_knows_the_ciphers() -> None:
    knowing = [
        label(path)
        for path in modules()
        if any(
            each.name.split(".")[0] == "nacl" for each in imports(path, ast.parse(path.read_text("utf-8")))
        )
    ]
    assert knowing == ["desktop_app/store/keys.py"]


@pytest.mark.parametrize("path", modules(), ids=label)
def test_module_can_be_read_in_one_sitting(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    most = WINDOW_LINES if path.is_relative_to(PACKAGE / "ui") else MODULE_LINES
    assert lines <= most, f"{label(path)} has {lines} lines, {most} can be read in one sitting"


@pytest.mark.parametrize(
    ("module", "text"),
    [
        ("money.py", "from desktop_app.forms import fields"),
        ("money.py", "from . import cli"),
        ("forms/draw.py", "import desktop_app.printing.pdf"),
        ("forms/draw.py", "from ..store import tables"),
        ("forms/draw.py", "def draw():\n    import PySide6.QtGui"),
        ("policy/check.py", "from datetime import date\nday = date.today()"),
        ("policy/check.py", "import datetime\nday = datetime.datetime.now()"),
        ("printing/pdf.py", "from desktop_app.registers import sheet"),
        ("printing/pdf.py", "print('done')"),
        ("policy/decide.py", "from desktop_app.workflow.states import acts"),
        ("workflow/refusals.py", "from desktop_app.store import cases"),
        ("workflow/deadlines.py", "from datetime import date\nday = date.today()"),
        ("registers/sheet.py", "from desktop_app.store import search"),
        ("store/tables.py", "import sqlite3"),
        ("store/tables.py", "from desktop_app import sync"),
        ("sync/centre.py", "from desktop_app.ui import start"),
        ("ui/start.py", "from sqlalchemy import select"),
        ("ui/start.py", "from nacl import signing"),
        ("ui/start.py", "from desktop_app.cli import main"),
        ("play/day.py", "from desktop_app.cli import main"),
        ("store/perform.py", "from desktop_app.play import day"),
        ("cli.py", "from PySide6.QtGui import QImage"),
        ("ui/paper/sheet.py", "from desktop_app.ui.case import case_page"),
        ("ui/case/case_page.py", "from desktop_app.ui.window.main_window import MainWindow"),
        ("cli.py", "from desktop_app.ui import start"),
    ],
)
def test_wrong_door_is_found(module: str, text: str) -> None:
    assert faults(PACKAGE / module, text)


@pytest.mark.parametrize(
    ("module", "text"),
    [
        ("forms/draw.py", "from desktop_app.case import Case\nfrom .marks import Page"),
        ("printing/pdf.py", "from reportlab.pdfgen import canvas\nfrom desktop_app.forms import draw"),
        ("sync/centre.py", "import sqlalchemy\nfrom desktop_app.store import tables"),
        ("ui/start.py", "from PySide6 import QtWidgets\nfrom desktop_app.sync import outbox"),
        ("cli.py", "def screen():\n    from desktop_app.ui import picture\n    print('done')"),
        ("policy/check.py", "from datetime import date\nday = date(2017, 10, 9)"),
    ],
)
def test_right_door_is_open(module: str, text: str) -> None:
    assert faults(PACKAGE / module, text) == []
