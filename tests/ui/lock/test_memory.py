"""What a locked program still knows: neither the key of the store nor an answer, in its memory and in its files."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads another process by /proc")
MARKER = "甲标记乙"
_ANSWER = (MARKER.encode(), MARKER.encode("utf-16-le"))


def found_in_memory(process: int, wanted: tuple[bytes, ...]) -> list[bytes]:
    """Look for bytes in everything that a process has written into its memory."""
    found = set()
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{process}/maps").read_text().splitlines():
            place, rights = line.split()[:2]
            start, end = (int(each, 16) for each in place.split("-"))
            if not rights.startswith("rw"):
                continue
            try:
                memory.seek(start)
                content = memory.read(end - start)
            except (OSError, ValueError, OverflowError):
                continue
            found |= {each for each in wanted if each in content}
    return sorted(found)


def test_neither_key_nor_answer_stays_in_a_locked_program(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.support.locker", str(tmp_path / "store")],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(tmp_path), "PYTHONIOENCODING": "utf-8"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as program:
        assert program.stdin is not None and program.stdout is not None
        try:
            print(MARKER, file=program.stdin, flush=True)
            key = program.stdout.readline().strip()
            wanted = (*_ANSWER, key.encode(), bytes.fromhex(key))
            # The open program holds both, so that what looks for them is known to find them.
            assert {*_ANSWER, key.encode()} & set(found_in_memory(program.pid, wanted))
            assert key.encode() in found_in_memory(program.pid, wanted)
            print("lock", file=program.stdin, flush=True)
            assert program.stdout.readline().strip() == "locked"
            assert found_in_memory(program.pid, wanted) == []
        finally:
            program.kill()
    files = [each for each in tmp_path.rglob("*") if each.is_file()]
    assert any(each.name == "store.db" for each in files)
    for each in files:
        content = each.read_bytes()
        assert not [every for every in wanted if every in content], each.name
