"""The report on a store and its computer: one sentence a line, worse things marked worse, nothing of a person."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop_app.store.health import Facts, Line, report
from desktop_app.store.schedule import Note
from desktop_app.store.times import BEIJING

NOW = datetime(2018, 5, 3, 17, 30, tzinfo=BEIJING)
DAY = timedelta(days=1)
GOOD = Facts(
    now=NOW,
    free_bytes=80_000_000_000,
    store_bytes=25_000_000,
    missing_fonts=0,
    printer="",
    last_event=NOW - DAY,
    last_backup=Note(Path("a"), NOW - DAY, 5),
    begun=NOW - 99 * DAY,
    chain_faults=0,
    spoiled=False,
    events=1200,
    versions=(("程序", "1.0"), ("资料库", "0004")),
)


def line_of(facts: Facts, label: str) -> Line:
    (line,) = [each for each in report(facts) if each.label == label]
    return line


def test_a_healthy_store_has_nothing_marked() -> None:
    assert {line.mark for line in report(GOOD)} == {"ok"}
    assert line_of(GOOD, "备份").told == "最近一次在 2018年05月02日 17:30。"
    assert line_of(GOOD, "版本").told == "程序 1.0，资料库 0004。"


@pytest.mark.parametrize(
    ("label", "mark", "changed"),
    [
        ("磁盘", "warn", {"free_bytes": 1_500_000_000}),
        ("磁盘", "bad", {"free_bytes": 100_000_000}),
        ("字体", "bad", {"missing_fonts": 2}),
        ("打印机", "warn", {"printer": "打印机没有打开，请打开电源。"}),
        ("打印机", "warn", {"printer": None}),
        ("时间", "bad", {"last_event": NOW + DAY}),
        ("备份", "warn", {"last_backup": Note(Path("a"), NOW - 2 * DAY, 5)}),
        ("备份", "bad", {"last_backup": Note(Path("a"), NOW - 7 * DAY, 5)}),
        ("备份", "bad", {"last_backup": None}),
        ("备份", "warn", {"last_backup": None, "begun": NOW}),
        ("资料库文件", "bad", {"spoiled": True}),
        ("资料库文件", "warn", {"spoiled": None}),
        ("操作记录", "bad", {"chain_faults": 3}),
        ("操作记录", "warn", {"chain_faults": None}),
    ],
)
def test_what_is_wrong_is_marked_in_its_own_line_alone(
    label: str, mark: str, changed: dict[str, object]
) -> None:
    facts = replace(GOOD, **changed)  # type: ignore[arg-type]
    marked = {line.label: line.mark for line in report(facts) if line.mark != "ok"}
    assert marked == {label: mark}
    told = line_of(facts, label).told
    assert told.endswith("。") and told.count("。") == 1
