"""The plug is pulled in the middle of a field: nothing but that field is lost, and work goes on where it was.

So it is too where a long job reads the store at that moment, which takes no save's turn.
"""

import signal
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

from tests.support import ROOT
from tests.support.clerk import AFTER, BEFORE, CUT_OFF


def work(what: str, store: Path, pdf: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.support.clerk", what, str(store), str(pdf)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, cwd=ROOT)


def test_killed_in_a_field_three_times_in_a_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for turn, beginning in enumerate(("begin", "begin_behind", "begin")):
        store, pdf = tmp_path / f"store{turn}", tmp_path / f"{turn}.pdf"
        first = work(beginning, store, pdf)
        assert first.returncode == -signal.SIGKILL, first.stderr
        second = work("go_on", store, pdf)
        assert second.returncode == 0, second.stderr
        document = pypdfium2.PdfDocument(pdf)
        assert len(document) == 1
        text = document[0].get_textpage().get_text_bounded().replace(" ", "")
        document.close()
        # The rare character itself is judged by the pictures of the paper: Qt gives it no text in a PDF of its own.
        for _, typed in (*BEFORE[1:5], *AFTER):
            assert typed in text
        assert f"{CUT_OFF}{CUT_OFF}" not in text
        keys = int(first.stdout.split()[-1]) + int(second.stdout.split()[-1])
        with capsys.disabled():
            print(f"\n  {keys} keys for one application, from 新建 to the printer, one interruption included")
