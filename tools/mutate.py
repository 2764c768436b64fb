"""Break one line at a time and see whether the room's tests notice: `python tools/mutate.py [--places 60] [--seed 7]`.

Each break is tried in a copy of the checkout, so that nothing here changes. The places are chosen by a fixed seed, in
equal parts from the rooms whose glue is easiest to break unseen. What survives is printed with its line, before and
after; the exit status is 1 where more survive than `--allowed`.
"""

import argparse
import ast
import os
import random
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
# Each room with the tests that answer for it, the quick ones first.
ROOMS = {
    "workflow": ("tests/workflow", "tests/store/test_perform.py"),
    "store": ("tests/test_store*.py", "tests/ui/test_keeping.py", "tests/ui/window/test_window.py"),
    "ui": ("tests/ui",),
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
LONGEST = 600  # seconds for the tests of one break; one that hangs is noticed


class Break(NamedTuple):
    """One way to break a module: the text between two offsets becomes another."""

    path: Path
    line: int
    start: int
    end: int
    text: str


def breaks(path: Path) -> Iterator[Break]:
    """Yield every way in which a module is broken here."""
    source = path.read_bytes()
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))

    def at(line: int, column: int) -> int:
        return starts[line - 1] + column

    def made(node: ast.expr | ast.stmt, text: str) -> Break:
        assert node.end_lineno is not None and node.end_col_offset is not None
        start, end = at(node.lineno, node.col_offset), at(node.end_lineno, node.end_col_offset)
        return Break(path, node.lineno, start, end, text)

    def words(node: ast.expr) -> str:
        return ast.get_source_segment(source.decode(), node) or ""

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
            case ast.Expr(value=ast.Call()):
                yield made(node, "pass")


def survives(copy: Path, each: Break) -> bool:
    """Try one break in a copy of the checkout; say whether its tests pass all the same."""
    module = each.path.relative_to(ROOT)
    target = copy / module
    source = target.read_bytes()
    room = module.parts[1]
    own = sorted((copy / "tests").rglob(f"test_{module.stem}.py"))
    tests = [*map(str, own), *(str(found) for each in ROOMS[room] for found in sorted(copy.glob(each)))]
    try:
        target.write_bytes(source[: each.start] + each.text.encode() + source[each.end :])
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-x",
            "-p",
            "no:cacheprovider",
            "-m",
            "not slow",
            *tests,
        ]
        settings = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(copy)}
        run = subprocess.run(
            command, cwd=copy, env=settings, capture_output=True, timeout=LONGEST, check=False
        )
        return run.returncode == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        target.write_bytes(source)


def chosen(places: int, seed: int, rooms: Sequence[str]) -> tuple[Break, ...]:
    """Return as many breaks as are wanted, in equal parts of the rooms, the same for the same seed."""
    draw = random.Random(seed)
    found: list[Break] = []
    for room in rooms:
        every = [
            each
            for path in sorted((ROOT / "desktop_app" / room).rglob("*.py"))
            if "migrations" not in path.parts
            for each in breaks(path)
        ]
        found.extend(draw.sample(every, min(len(every), places // len(rooms))))
    return tuple(found)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--places", type=int, default=60)
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

        def tried(each: Break) -> bool:
            copy = copies.get()
            try:
                return survives(copy, each)
            finally:
                copies.put(copy)

        with ThreadPoolExecutor(options.workers) as pool:
            lived = 0
            for each, is_alive in zip(todo, pool.map(tried, todo), strict=True):
                where = f"{each.path.relative_to(ROOT)}:{each.line}"
                was = each.path.read_bytes()[each.start : each.end].decode()
                print(
                    f"{'SURVIVED' if is_alive else 'noticed '} {where}  {was!r} -> {each.text!r}", flush=True
                )
                lived += is_alive
    print(f"{lived} of {len(todo)} survived")
    return int(lived > options.allowed)


if __name__ == "__main__":
    sys.exit(main())
