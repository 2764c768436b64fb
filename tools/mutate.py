"""Break one line at a time and see whether the tests notice: `python tools/mutate.py [--rooms store] [--seed 7]`.

Each break is tried in a copy of the checkout, so that nothing here changes, and each run has an X server of its own
(`xvfb-run`), because keys go to the window in front. The places are chosen by a fixed seed, as many from each of the
rooms whose glue is easiest to break unseen. What survives is printed with its line, before and after, what is noticed
with the test that noticed it; the exit status is 1 where more survive than `--allowed`.
"""

import argparse
import ast
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
# Each room with the tests that answer for it, in the order in which they are tried.
ROOMS = {
    "workflow": (
        "tests/workflow/**/test_*.py",
        "tests/store/test_perform.py",
        "tests/store/test_walk.py",
        "tests/store/test_rosters.py",
    ),
    "store": ("tests/store/**/test_*.py", "tests/cli/test_*.py", "tests/ui/window/test_*.py"),
    "ui": ("tests/ui/**/test_*.py",),
}
SWAPS: dict[type[ast.AST], str] = {
    ast.Eq: "!=",
    ast.NotEq: "==",
    ast.Lt: "<=",
    ast.LtE: "<",
    ast.Gt: ">=",
    ast.GtE: ">",
    ast.In: "not in",
    ast.NotIn: "in",
    ast.Is: "is not",
    ast.IsNot: "is",
}
LONGEST = 900  # seconds for the tests of one break; one that hangs is noticed
HUNG = 124  # what `timeout` returns then


class Break(NamedTuple):
    """One way to break a module: the text between two offsets becomes another."""

    path: Path
    line: int
    start: int
    end: int
    was: str
    text: str


def breaks(path: Path) -> Iterator[Break]:
    """Yield every way in which a module is broken here."""
    source = path.read_bytes()
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))

    def place(node: ast.expr) -> tuple[int, int]:
        assert node.end_lineno is not None and node.end_col_offset is not None
        return starts[node.lineno - 1] + node.col_offset, starts[node.end_lineno - 1] + node.end_col_offset

    def words(node: ast.expr) -> str:
        start, end = place(node)
        return source[start:end].decode()

    def made(node: ast.expr, text: str) -> Break:
        return Break(path, node.lineno, *place(node), words(node), text)

    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in SWAPS:
                yield made(node, f"({words(left)} {SWAPS[type(op)]} {words(right)})")
            case ast.BoolOp(op=op, values=[left, right]):
                yield made(
                    node, f"({words(left)} {'or' if isinstance(op, ast.And) else 'and'} {words(right)})"
                )
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                yield made(node, f"bool({words(operand)})")
            case ast.If(test=test) | ast.IfExp(test=test):
                yield made(test, f"(not ({words(test)}))")
            case ast.Constant(value=bool(value)):
                yield made(node, str(not value))
            case ast.Expr(value=ast.Call() as call):
                yield made(call, "pass")


def tests_of(module: Path, root: Path = ROOT) -> tuple[Path, ...]:
    """Return the files of tests that answer for a module, the nearest first: its namesake, its folder, its room."""
    folder = Path("tests", *module.parts[1:-1])
    wanted = (f"tests/**/test_{module.stem}.py", f"{folder}/test_*.py", *ROOMS[module.parts[1]])
    near = [found for each in wanted for found in sorted(root.glob(each))]
    return tuple(dict.fromkeys(near))


def failure(copy: Path, tests: Sequence[Path | str]) -> str:
    """Run tests up to the first failure; return its line of the summary, or nothing where all of them pass.

    Raises:
        RuntimeError: No test could be run.
    """
    pytest = f"{sys.executable} -m pytest -q -x -p no:cacheprovider -m".split()
    command = ["xvfb-run", "-a", "timeout", "-k", "5", str(LONGEST), *pytest, "not slow", *map(str, tests)]
    settings = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(copy)}
    run = subprocess.run(command, cwd=copy, env=settings, capture_output=True, text=True, check=False)
    if run.returncode in (3, 4, 5):  # what pytest and xvfb-run return where no test was run
        raise RuntimeError(run.stdout + run.stderr)
    told = re.search(r"^(FAILED|ERROR) .*", run.stdout, re.MULTILINE)
    if told or run.returncode == 0:
        return told[0] if told else ""
    return "hung" if run.returncode == HUNG else f"ended with {run.returncode}"


def noticed_by(copy: Path, each: Break) -> str:
    """Try one break in a copy of the checkout; return what noticed it, or nothing where it survives."""
    module = each.path.relative_to(ROOT)
    target = copy / module
    source = target.read_bytes()
    target.write_bytes(source[: each.start] + each.text.encode() + source[each.end :])
    try:
        told = failure(copy, tests_of(module, copy))
    finally:
        target.write_bytes(source)
    found = re.match(r"(?:FAILED|ERROR) (.+?)( - .*)?$", told)
    # What fails without the break too has noticed nothing.
    return "" if found and failure(copy, [found[1]]) else told


def chosen(places: int, seed: int, rooms: Sequence[str]) -> tuple[Break, ...]:
    """Return as many breaks of each room as are wanted, the same for the same seed, room and code."""
    found: list[Break] = []
    for room in rooms:
        every = [
            each
            for path in sorted((ROOT / "desktop_app" / room).rglob("*.py"))
            if "migrations" not in path.parts
            for each in breaks(path)
        ]
        found.extend(random.Random(f"{seed} {room}").sample(every, min(len(every), places)))
    return tuple(found)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--places", type=int, default=20, help="in each room")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--allowed", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rooms", nargs="+", choices=ROOMS, default=list(ROOMS))
    options = parser.parse_args()
    todo = chosen(options.places, options.seed, options.rooms)
    with tempfile.TemporaryDirectory() as folder:
        copies: Queue[Path] = Queue()
        for number in range(options.workers):
            copy = Path(folder) / str(number)
            shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", "out", "__pycache__"))
            copies.put(copy)

        def tried(each: Break) -> str:
            copy = copies.get()
            try:
                return noticed_by(copy, each)
            finally:
                copies.put(copy)

        with ThreadPoolExecutor(options.workers) as pool:
            lived = 0
            for each, told in zip(todo, pool.map(tried, todo), strict=True):
                where = f"{each.path.relative_to(ROOT)}:{each.line}"
                print(f"{'noticed ' if told else 'SURVIVED'} {where}  {each.was!r} -> {each.text!r}")
                print(f"         {told}" if told else "", flush=True)
                lived += not told
    print(f"{lived} of {len(todo)} survived")
    return int(lived > options.allowed)


if __name__ == "__main__":
    sys.exit(main())
