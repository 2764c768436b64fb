"""A list of awards from elsewhere is read whole, or every fault of it is told without repeating who it is."""

import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from desktop_app import cli
from desktop_app.faults import Faults
from desktop_app.registers.award_list import read_awards
from desktop_app.resources import HOME
from desktop_app.store.awards import earlier_awards
from desktop_app.store.opening import close_store, open_store, reading

HEAD = (
    "序号",
    "姓名",
    "身份证号",
    "职业（工种）",
    "等级",
    "证书编号",
    "核发日期",
    "补贴金额（元）",
    "地区",
    "状态",
    "状态日期",
)
LINE = (
    1,
    "样例𬱖",
    "11010519491231002X",
    "焊工",
    "五级",
    "1707003018500000",
    "2017年3月2日",
    "1300.00",
    "吉林省",
    "已拨付",
    datetime(2017, 9, 8),
)


def written(path: Path, *rows: tuple[object, ...]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_a_list_is_read_under_a_title_and_its_head(tmp_path: Path) -> None:
    (line,) = read_awards(written(tmp_path / "a.xlsx", ("2017年9月发放名单",), HEAD, LINE, ()))
    assert (line.id_number, line.name) == ("11010519491231002X", "样例𬱖")
    award = line.award
    assert (award.status, award.region, award.occupation, award.level) == ("granted", "jilin", "焊工", 5)
    assert (award.on, award.certificate_issued_on) == (date(2017, 9, 8), date(2017, 3, 2))
    assert award.amount == Decimal("1300.00")


def test_every_fault_is_told_with_its_line_and_nobody_is_named(tmp_path: Path) -> None:
    wrong_number = (*LINE[:2], "110105194912310021", *LINE[3:])
    wrong_level = (*LINE[:4], "九级", *LINE[5:])
    wrong_state = (*LINE[:9], "发了", LINE[10])
    with pytest.raises(Faults) as told:
        read_awards(written(tmp_path / "a.xlsx", HEAD, wrong_number, LINE, wrong_level, wrong_state))
    faults = told.value.faults
    assert [each.split("：")[0] for each in faults] == ["a.xlsx 第2行", "a.xlsx 第4行", "a.xlsx 第5行"]
    assert all(each.endswith("。") for each in faults)
    assert not any("样例" in each or "1949" in each for each in faults)


def test_what_is_no_list_is_told(tmp_path: Path) -> None:
    (tmp_path / "b.xlsx").write_text("姓名,身份证号", encoding="utf-8")
    with pytest.raises(Faults, match="不是 xlsx"):
        read_awards(tmp_path / "b.xlsx")
    with pytest.raises(Faults, match="找不到文件"):
        read_awards(tmp_path / "no.xlsx")
    with pytest.raises(Faults, match="没有找到表头"):
        read_awards(written(tmp_path / "c.xlsx", ("姓名", "金额"), ("样例", 1)))


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", bytes(300_000_000))
    with pytest.raises(Faults, match="太大"):
        read_awards(tmp_path / "b.xlsx")


def test_the_command_brings_a_list_into_the_ledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    path = written(tmp_path / "a.xlsx", HEAD, LINE)
    for _ in range(2):
        assert cli.main(["import", "awards", str(path)]) == 0
    assert capsys.readouterr().err == (
        "已导入 1 条补贴记录。\n已导入 1 条补贴记录，代替“a.xlsx”上次导入的 1 条。\n"
    )
    store = open_store(tmp_path / "home", datetime(2018, 1, 2, tzinfo=UTC))
    with reading(store) as session:
        (award,) = earlier_awards(session, "11010519491231002X")
    close_store(store)
    assert award.occupation == "焊工"


def test_a_shorter_list_of_the_same_name_is_remarked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(HOME, str(tmp_path / "home"))
    for month, lines in (("jan", (LINE, LINE)), ("feb", (LINE,))):
        (tmp_path / month).mkdir()
        path = written(tmp_path / month / "名单.xlsx", HEAD, *lines)
        assert cli.main(["import", "awards", str(path)]) == 0
    told = capsys.readouterr().err
    assert "代替“名单.xlsx”上次导入的 2 条" in told
    assert "比上次少" in told


def test_many_faults_are_counted_and_not_all_told(tmp_path: Path) -> None:
    wrong = (*LINE[:4], "九级", *LINE[5:])
    with pytest.raises(Faults) as told:
        read_awards(written(tmp_path / "a.xlsx", HEAD, *(wrong for _ in range(250))))
    assert len(told.value.faults) == 201
    assert "另有 50 行" in told.value.faults[-1]
