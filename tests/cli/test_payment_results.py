"""From a scripted day to the bank and back: the payment list as a spreadsheet, and its answer taken in by a command."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop_app import cli

DAY = Path(__file__).parent.parent / "days" / "jilin.jsonl"
PASSWORD = "样例-七只鸽子-过河"
FAILED = ("失败", "账户已销户")
ALL_PAID = (("成功", ""),) * 4
NEWEST = "2017-10-25T10:30:00+08:00"


@pytest.fixture
def sheet(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """Play Jilin's day up to the confirmed payment list, keep the store, and return the sheet for the bank."""
    out, day = tmp_path / "拨付一.xlsx", tmp_path / "day.jsonl"
    lines = [line for line in DAY.read_text(encoding="utf-8").splitlines() if '"correct"' not in line]
    until = next(at for at, line in enumerate(lines) if '"confirm_list"' in line) + 1
    said = {"at": NEWEST, "act": "sheet", "user": "zhang", "list": "拨付一", "out": str(out)}
    day.write_text("\n".join([*lines[:until], json.dumps(said)]) + "\n", encoding="utf-8")
    assert cli.main(["play", str(day), "--keep", str(tmp_path / "store")]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["ok"]
    monkeypatch.setenv("DESKTOP_APP_HOME", str(tmp_path / "store"))
    return out


def answer(sheet: Path, *outcomes: tuple[str, str]) -> Path:
    """Return the bank's answer: its copy of the sheet with two columns more."""
    book = openpyxl.load_workbook(sheet)
    page: Any = book.worksheets[0]
    head = next(row[0].row for row in page.iter_rows() if row[0].value == "序号")
    width = page.max_column
    for at, words in enumerate((("处理结果", "失败原因"), *outcomes)):
        for column, word in enumerate(words, width + 1):
            page.cell(head + at, column).value = word
    path = sheet.with_name("结果.xlsx")
    book.save(path)
    return path


def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], user: str, *words: str
) -> tuple[int, Any, str]:
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSWORD}\n"))
    status = cli.main(["import", "payment-results", *words, "--user", user, "--json"])
    said = capsys.readouterr()
    return status, json.loads(said.out) if said.out else None, said.err


def test_the_banks_answer_is_tried_taken_in_and_taken_in_again(
    sheet: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page: Any = openpyxl.load_workbook(sheet).worksheets[0]
    people = [row[0].value for row in page.iter_rows() if isinstance(row[0].value, int)]
    assert people == list(range(1, len(people) + 1))
    assert len(people) == len(ALL_PAID)
    path = str(answer(sheet, FAILED, *ALL_PAID[1:]))
    nothing = {"new": 0, "changed": 0, "same": 0, "refused": 0, "returned_file": None}
    both = {**nothing, "new": 4}
    assert run(monkeypatch, capsys, "zhang", path, "--dry-run") == (0, both, "")
    assert run(monkeypatch, capsys, "zhang", path, "--on", "2017-10-25")[:2] == (0, both)
    assert run(monkeypatch, capsys, "zhang", path)[:2] == (0, {**nothing, "same": 4})
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSWORD}\n"))
    assert cli.main(["verify", "--user", "zhang"]) == 0
    assert "没有发现问题" in capsys.readouterr().out


def test_rows_that_are_not_taken_come_back_in_a_file(
    sheet: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = answer(sheet, ("处理中", ""), *[FAILED] * 3)
    status, told, err = run(monkeypatch, capsys, "zhang", str(path), "--list", "拨付一")
    assert (status, told["new"], told["refused"]) == (0, 3, 1)
    rows = [
        [cell.value for cell in row] for row in openpyxl.load_workbook(told["returned_file"]).worksheets[0]
    ]
    assert rows[1][0] == "5"
    assert "结果一列的词不认识" in rows[1][1]
    assert "结果.xlsx 第5行：" in err


def test_it_is_a_clerks_and_of_a_list_that_there_is(
    sheet: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(answer(sheet, *ALL_PAID))
    assert run(monkeypatch, capsys, "wang", path)[0] == 1
    status, told, err = run(monkeypatch, capsys, "zhang", path, "--list", "没有的")
    assert (status, told) == (1, None)
    assert "没有这份名单" in err
