"""The command `working-days`: both readings, warnings apart from data, and one sentence for a fault."""

import json
from datetime import date
from pathlib import Path

import pytest

from desktop_app.cli import main
from desktop_app.policy import calendars
from desktop_app.resources import HOME


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert main(["working-days", *arguments, "--json"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    found: dict[str, object] = json.loads(out)
    return found


def test_both_readings(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "urumqi", "2025-06-05", "5") == {
        "first_day_not_counted": "2025-06-17",
        "first_day_counted": "2025-06-16",
        "warnings": [],
    }


def test_a_rest_day_gives_the_same_day_twice(capsys: pytest.CaptureFixture[str]) -> None:
    found = printed(capsys, "jilin", "2017-10-01", "5")
    assert found["first_day_not_counted"] == found["first_day_counted"] == "2017-10-13"


def test_no_data_is_null_with_a_warning(capsys: pytest.CaptureFixture[str]) -> None:
    for start in ("2003-12-31", "2027-01-01"):
        found = printed(capsys, "tianjin", start, "1")
        assert found["first_day_not_counted"] is found["first_day_counted"] is None
        assert start[:4] in str(found["warnings"])


def test_urumqi_without_its_notice_gives_dates_and_a_warning(capsys: pytest.CaptureFixture[str]) -> None:
    found = printed(capsys, "urumqi", "2017-10-10", "5")
    assert found["first_day_not_counted"] == "2017-10-17"
    assert found["first_day_counted"] == "2017-10-16"
    assert "古尔邦节" in str(found["warnings"])


def test_the_table_keeps_warnings_apart(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["working-days", "dalian", "2026年12月31日", "1"]) == 0
    out, err = capsys.readouterr()
    assert out == "起始日不计入\t算不出\n起始日计入\t2026-12-31\n"
    assert "没有2027年的放假安排" in err


def test_a_year_can_be_taken_in(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "2027.json"
    off = ("01-01", "05-01", "10-01", "10-02", "10-03")
    days = [{"name": "节日", "date": f"2027-{day}", "isOffDay": True} for day in off]
    file.write_text(json.dumps({"year": 2027, "papers": [], "days": days}), encoding="utf-8")
    found = printed(capsys, "dalian", "2026-12-31", "1", "--calendar", str(file))
    assert found["first_day_not_counted"] == "2027-01-04"
    file.write_text('{"year": 2027, "days": []}', encoding="utf-8")
    assert main(["working-days", "dalian", "2026-12-31", "1", "--calendar", str(file)]) == 1
    assert capsys.readouterr().err.startswith("2027.json：")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("jilinn", "2026-12-31", "1"), "最接近的是“jilin”"),
        (("上海", "2026-12-31", "1"), "没有地区“上海”"),
        (("jilin", "2026-02-30", "1"), "没有2月30日"),
        (("jilin", "2026-02-03", "0"), "1以上的整数"),
        (("jilin", "2026-02-03", "-3"), "1以上的整数"),
        (("jilin", "2026-02-03", "1.5"), "1以上的整数"),
        (("jilin", "2026-02-03", "9" * 5000), "1以上的整数"),
    ],
)
def test_a_fault_is_one_sentence(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], sentence: str
) -> None:
    assert main(["working-days", *arguments, "--json"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert sentence in err
    assert err.count("\n") == 1


def test_an_office_takes_in_a_year(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(HOME, str(tmp_path))
    calendars._taken_in.cache_clear()
    calendars._merged.cache_clear()
    days = (
        [f"2027-01-{day:02d}" for day in (1, 2, 3)]
        + ["2027-05-01"]
        + [f"2027-10-0{day}" for day in (1, 2, 3)]
    )
    year = {
        "year": 2027,
        "papers": [],
        "days": [{"name": "样例", "date": day, "isOffDay": True} for day in days],
    }
    file = tmp_path / "2027.json"
    file.write_text(json.dumps(year), encoding="utf-8")
    try:
        assert main(["import", "calendar", str(file)]) == 0
        calendars._taken_in.cache_clear()
        calendars._merged.cache_clear()
        assert calendars.calendar("jilin").is_workday(date(2027, 1, 1)) is False
        assert calendars.calendar("jilin").is_workday(date(2027, 1, 4)) is True
        file.write_text(json.dumps({**year, "year": 2028}), encoding="utf-8")
        assert main(["import", "calendar", str(file)]) == 1
        assert capsys.readouterr().err.strip().endswith("。")
    finally:
        calendars._taken_in.cache_clear()
        calendars._merged.cache_clear()
