"""The dialog and the watch before a real CUPS daemon of its own, with the queues that offices have on bad days."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import ROOT

PPD = "lsb/usr/cupsfilters/Generic-PDF_Printer-PDF.ppd"  # A4 and smaller
QUEUES = {
    "GOOD": "file:{folder}/good",
    "STOP": "file:{folder}/stop",
    "REJ": "file:{folder}/rej",
    "FULL": "file:/dev/full",
    "NET": "socket://127.0.0.1:9",
    "GONE": "file:/dev/null",
}
DAEMON = """\
Listen 127.0.0.1:{port}
Listen {folder}/cups.sock
DefaultAuthType None
WebInterface No
Browsing Off
<Location />
  Order allow,deny
  Allow all
</Location>
<Location /admin>
  Order allow,deny
  Allow all
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  <Limit All>
    Order deny,allow
    Allow all
  </Limit>
</Policy>
"""
FILES = """\
FileDevice Yes
ServerRoot {folder}/root
RequestRoot {folder}/spool
CacheDir {folder}/cache
StateDir {folder}/state
TempDir {folder}/spool
AccessLog {folder}/access
ErrorLog {folder}/error
PageLog {folder}/page
DataDir /usr/share/cups
ServerBin /usr/lib/cups
SystemGroup root
User lp
Group lp
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not shutil.which("cupsd", path=f"{os.environ.get('PATH', '')}:/usr/sbin") or os.geteuid() != 0,
        reason="needs CUPS, and root to run a daemon of its own",
    ),
]


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
        return port


def until_it_runs(environment: dict[str, str]) -> None:
    for _ in range(1000):
        asked = subprocess.run(
            ["lpstat", "-r"], env=environment, capture_output=True, text=True, check=False, timeout=30
        )
        if "is running" in asked.stdout:
            return
    raise AssertionError("the daemon did not start")


@pytest.fixture
def daemon() -> Iterator[tuple[str, Path]]:
    """The address of a daemon with all queues, and its folder, which its filters must be able to enter."""
    folder = Path(tempfile.mkdtemp(prefix="desktop-app-cups-"))
    folder.chmod(0o777)
    for name in ("root", "spool", "cache", "state"):
        (folder / name).mkdir()
        (folder / name).chmod(0o777)
    port = free_port()
    for name, text in (("cupsd.conf", DAEMON), ("files.conf", FILES)):
        (folder / name).write_text(text.format(folder=folder, port=port))
    path = f"{os.environ['PATH']}:/usr/sbin"
    server = subprocess.Popen(
        [shutil.which("cupsd", path=path), "-f", "-c", folder / "cupsd.conf", "-s", folder / "files.conf"],
        stderr=subprocess.DEVNULL,
    )
    address = f"127.0.0.1:{port}"
    environment = {**os.environ, "CUPS_SERVER": address, "PATH": path, "LC_ALL": "C"}
    try:
        until_it_runs(environment)
        for name, device in QUEUES.items():
            subprocess.run(
                ["lpadmin", "-p", name, "-E", "-v", device.format(folder=folder), "-m", PPD],
                env=environment,
                check=True,
                capture_output=True,
                timeout=30,
            )
        subprocess.run(["cupsdisable", "STOP"], env=environment, check=True, timeout=30)
        subprocess.run(["cupsreject", "REJ"], env=environment, check=True, timeout=30)
        yield address, folder
    finally:
        server.terminate()
        server.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def test_bad_queues_are_told_and_no_stranger_gets_the_paper(daemon: tuple[str, Path]) -> None:
    address, folder = daemon
    environment = {
        **os.environ,
        "CUPS_SERVER": address,
        "LC_ALL": "C.UTF-8",
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.print_to_queues"],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["GOOD"] == {"notices": [""], "sent": 1, "told": []}
    assert b"%PDF" in (folder / "good").read_bytes()
    stopped = found["STOP"]
    assert "停了或出了错" in stopped["notices"][0]
    assert (stopped["sent"], len(stopped["told"])) == (1, 1)
    assert "还没有打印出来：打印机停了" in stopped["told"][0]
    assert found["REJ"]["sent"] == 0
    assert "不接受打印" in found["REJ"]["notices"][0]
    assert "没有回应" in found["NET"]["told"][0]
    assert found["GONE"]["sent"] == 0
    assert "已经不在这台电脑上" in found["GONE"]["notices"][0]
    assert found["A3"]["sent"] == 0
    assert "没有 A3 纸" in found["A3"]["notices"][0]
    # CUPS calls a job on a full device done; then nothing can be told, and nothing is called printed.
    assert found["FULL"] == {"notices": [""], "sent": 1, "told": []}
    jobs = subprocess.run(
        ["lpstat", "-W", "all", "-o"], env=environment, capture_output=True, text=True, check=True, timeout=30
    ).stdout
    assert sorted(line.split("-")[0] for line in jobs.splitlines()) == ["FULL", "GOOD", "NET", "STOP"]
