"""Where the program dies, no core dump with people's data is left; the processes are real ones and abort themselves."""

import os
import sys
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("core dumps as Linux has them", allow_module_level=True)
import resource

from tests.support import ROOT

BARE = "os.abort()"
COMMAND = """
import sys
from desktop_app.__main__ import main
sys.argv = ["desktop-app", "identify", "name", "样例"]
assert main() == 0
os.abort()
"""
WINDOW = """
from pathlib import Path
from tests.support.clerk import opened
opened(Path("store"))
os.abort()
"""


FREE = """
import os, resource
most = resource.getrlimit(resource.RLIMIT_CORE)[1]
resource.setrlimit(resource.RLIMIT_CORE, (most, most))
os.chdir({folder!r})
"""


def leaves_core_dump(program: str, folder: Path) -> bool:
    """Run a program that aborts, allowed to leave a core dump of any size; whether the kernel made one."""
    with (folder / "out").open("wb") as out:
        child = os.posix_spawn(
            sys.executable,
            [sys.executable, "-c", FREE.format(folder=str(folder)) + program],
            os.environ | {"PYTHONPATH": str(ROOT)},
            file_actions=[(os.POSIX_SPAWN_DUP2, out.fileno(), 1), (os.POSIX_SPAWN_DUP2, out.fileno(), 2)],
        )
        _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), (folder / "out").read_text(encoding="utf-8")
    return os.WCOREDUMP(status)


def test_computer_makes_core_dumps(tmp_path: Path) -> None:
    if resource.getrlimit(resource.RLIMIT_CORE)[1] == 0:
        pytest.skip("this computer forbids core dumps itself")
    assert leaves_core_dump(BARE, tmp_path)


@pytest.mark.parametrize("program", [COMMAND, WINDOW], ids=["command", "window"])
def test_program_leaves_none(program: str, tmp_path: Path) -> None:
    assert not leaves_core_dump(program, tmp_path)
    assert not list(tmp_path.glob("core*"))
