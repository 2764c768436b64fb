"""When a backup is due, which ones stay, and what the first page says of the last one's age."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop_app.store.schedule import (
    FOLDER_SETTING,
    NOTE_NAME,
    Made,
    Note,
    age_told,
    backup_folder,
    is_due,
    read_note,
    to_keep,
)

NOW = datetime(2018, 5, 3, 9, 30, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def note(ago: timedelta, writes: int = 5) -> Note:
    return Note(Path("a"), NOW - ago, writes)


@pytest.mark.parametrize(
    ("last", "writes", "is_leaving", "due"),
    [
        (None, 0, False, True),
        (note(HOUR), 6, False, False),
        (note(4 * HOUR), 6, False, True),
        (note(HOUR), 6, True, True),
        (note(9 * HOUR), 5, True, False),  # nothing was saved since
        (note(-9 * HOUR), 6, False, True),  # the clock was set back
    ],
)
def test_a_backup_is_due_every_four_hours_and_on_leaving_if_something_was_saved(
    last: Note | None, writes: int, is_leaving: bool, due: bool
) -> None:
    assert is_due(last, writes, NOW, is_leaving=is_leaving) is due


def made(day: int, hour: int = 9, schema: str = "0004") -> Made:
    return Made(
        Path(f"{day:03}-{hour:02}-{schema}"), datetime(2018, 1, 1, hour, tzinfo=UTC) + day * DAY, schema
    )


def test_a_year_of_work_leaves_seven_days_and_four_weeks() -> None:
    there: set[Made] = set()
    for day in range(365):
        if day % 7 >= 5:
            continue  # 2018-01-01 was a Monday
        for hour in (1, 5, 9):
            there.add(made(day, hour))
            kept = to_keep(there)
            there = {each for each in there if each.file in kept}
    # The last of each of seven days of work, and the last of four weeks, of which three end among the seven days.
    assert sorted(each.file.name[:6] for each in there) == [
        "347-09", "354-09", "357-09", "358-09", "359-09", "360-09", "361-09", "364-09"
    ]  # fmt: skip


def test_a_long_holiday_takes_no_backup_away() -> None:
    before = [made(day) for day in range(10)]
    assert to_keep([*before, made(60)]) >= {each.file for each in before[-6:]}


def test_the_last_backup_before_an_upgrade_stays_for_three_upgrades() -> None:
    old = [made(day, schema=f"000{day // 2}") for day in range(8)]
    new = [made(100 + day, schema="0004") for day in range(90)]
    kept = {each.file.name for each in (*old, *new) if each.file in to_keep([*old, *new])}
    assert {name for name in kept if not name.endswith("0004")} == {"005-09-0002", "007-09-0003"}


def test_the_day_is_the_counters() -> None:
    late, early = made(0, 15), made(0, 16)  # 23:00 and midnight in Beijing
    assert to_keep([late, early]) == {late.file, early.file}


@pytest.mark.parametrize(
    ("ago", "told"),
    [
        (timedelta(hours=47), ""),
        (2 * DAY, "上次备份是 2 天前，方便时请备份一次。"),
        (6 * DAY, "上次备份是 6 天前，方便时请备份一次。"),
        (7 * DAY, "已经 7 天没有备份，电脑一坏，这些天的资料就找不回来，请现在就备份一次。"),
        (-DAY, ""),
    ],
)
def test_the_age_is_told_kindly_and_then_plainly(ago: timedelta, told: str) -> None:
    assert age_told(note(ago), NOW - 99 * DAY, NOW) == told


def test_a_store_that_was_never_backed_up_is_told_by_its_own_age() -> None:
    assert age_told(None, NOW - HOUR, NOW) == ""
    assert age_told(None, NOW - 3 * DAY, NOW) == "还没有备份过，方便时请备份一次。"
    assert age_told(None, NOW - 30 * DAY, NOW).startswith("已经 30 天没有备份")


def test_backups_go_beside_the_store_or_where_a_person_chose() -> None:
    assert backup_folder(Path("store"), {}) == Path("store/backups")
    assert backup_folder(Path("store"), {FOLDER_SETTING: "/media/u"}) == Path("/media/u")
    assert backup_folder(Path("store"), {FOLDER_SETTING: 7}) == Path("store/backups")


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b"\xff", b'{"file": "a", "made_at": "2018-05-03", "writes": 1}']
)
def test_a_note_that_cannot_be_read_is_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NOTE_NAME).write_bytes(content)
    assert read_note(tmp_path) is None
