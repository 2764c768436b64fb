"""Chinese is typed with the input methods of offices themselves, in the real window, as their desktops start them."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import ROOT

# As im-config and the desktops set them; with the first of them alone Qt finds no input method at all.
DESKTOPS = {
    "fcitx5": {"QT_IM_MODULE": "fcitx", "XMODIFIERS": "@im=fcitx"},
    "ibus": {"QT_IM_MODULE": "ibus", "XMODIFIERS": "@im=ibus"},
    "fcitx4": {"QT_IM_MODULE": "fcitx", "XMODIFIERS": "@im=fcitx"},
}
PROGRAMS = {
    "fcitx5": ("fcitx5", "fcitx5-remote", "xdotool"),
    "ibus": ("ibus", "ibus-daemon", "xdotool"),
    "fcitx4": (),
}


@pytest.fixture
def display(tmp_path: Path) -> Iterator[str]:
    """An X server of its own: the keys go to the window in front, whoever it belongs to."""
    read, write = os.pipe()
    with (tmp_path / "x.log").open("wb") as log:
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"]
        server = subprocess.Popen(command, pass_fds=[write], stderr=log)
    os.close(write)
    with os.fdopen(read) as told:
        yield f":{told.readline().strip()}"
    server.terminate()
    server.wait()


@pytest.mark.slow
@pytest.mark.parametrize("method", DESKTOPS)
def test_chinese_is_typed_or_it_is_told_why_not(method: str, display: str, tmp_path: Path) -> None:
    lacking = [each for each in ("dbus-run-session", *PROGRAMS[method]) if shutil.which(each) is None]
    if lacking:
        pytest.skip(f"{', '.join(lacking)} not installed; ./test slow installs them")
    own = {name: str(tmp_path / name.lower()) for name in ("HOME", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME")}
    for folder in own.values():
        Path(folder).mkdir(mode=0o700)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("QT_IM", "DBUS_"))}
    typing = subprocess.Popen(
        [
            "dbus-run-session",
            "--",
            sys.executable,
            "-m",
            "tests.support.typist",
            method,
            str(tmp_path / "store"),
        ],
        env=kept | own | DESKTOPS[method] | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=ROOT,
        start_new_session=True,
    )
    try:
        output, _ = typing.communicate(timeout=120)
    finally:
        os.killpg(typing.pid, signal.SIGKILL)  # the daemons that the input method has left
    assert typing.returncode == 0, output
