"""A workbook that lies or is damaged is read whole or refused in one sentence, never in part and never with a crash."""

import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.faults import Faults
from desktop_app.registers.award_list import read_awards
from tests.support.hostile_sheets import COUNT, WHOLE, Hostile, hostile, one_long_row, with_flips


@pytest.mark.parametrize("each", tuple(hostile()), ids=lambda each: each.name)
def test_a_list_is_read_whole_or_refused(each: Hostile, tmp_path: Path) -> None:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(each.make())
    try:
        count = len(read_awards(path))
    except Faults as told:
        assert each.refused != WHOLE, told.faults
        assert len(told.faults) == 1 or all(" 第" in fault for fault in told.faults)
        assert all(fault.startswith("名单.xlsx") and fault.endswith("。") for fault in told.faults)
        assert each.refused == "?" or each.refused in told.faults[0]
        assert not any(word in told.faults[0] for word in ("样例", "1949", "Error"))
    else:
        wanted = {WHOLE: COUNT, "?": COUNT}.get(each.refused, each.refused)
        assert str(count) == str(wanted)


@pytest.mark.skipif(sys.platform == "win32", reason="limits the memory of a process")
def test_a_sheet_of_one_long_row_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(one_long_row(190_000_000))
    ended = subprocess.run(
        ["/bin/sh", "-c", f"ulimit -v 1000000; exec {sys.executable} -m desktop_app import awards 名单.xlsx"],
        cwd=tmp_path,
        env={"DESKTOP_APP_HOME": str(tmp_path / "home"), "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (1, "名单.xlsx：有一行或一部分大得不像是名单，请核对文件。\n")


@pytest.mark.slow
def test_many_damaged_lists_are_read_whole_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "名单.xlsx"
    wrong = []
    for seed in range(25, 2_000):
        path.write_bytes(with_flips(seed)())
        try:
            count = len(read_awards(path))
        except Faults as told:
            count = COUNT if all(each.endswith("。") for each in told.faults) else -1
        if count != COUNT:
            wrong.append((seed, count))
    assert wrong == []
