"""Spreadsheets of list papers, read back by two other readers and, in the slow run, by an office suite."""

import csv
import re
import shutil
import subprocess
import time
import zipfile
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from desktop_app.case import Answer, Unread
from desktop_app.forms import catalogue, draw
from desktop_app.forms.load import load_form
from desktop_app.forms.marks import Text
from desktop_app.forms.model import Form, case_of
from desktop_app.registers.paper_grid import snapped
from desktop_app.registers.paper_sheet import PIXELS_PER_MM, sheet_bytes, write_sheet
from desktop_app.whole_file import WriteFault

LISTS = tuple(each for each in catalogue.form_ids() if catalogue.form(each).is_list)
REPEATED = tuple(each for each in LISTS if not catalogue.form(each).is_statistics)

SMALL = load_form(
    """
id = "test.list"
version = "2017-08-23"
title = "名单"
region = "jilin"
source = "甲"
paper = "A4"
orientation = "portrait"
margins = [20, 20, 20, 20]
list = true
masked = ["applicant.id_number"]
[[block]]
text = "名单"
align = "center"
size = 18
[[block]]
text = "填报单位：{summary.unit 60 left}（盖章）→填报时间：{summary.filled_on 40 left}"
[[block]]
columns = [12, 40, 50, 40, 28]
[[block.row]]
height = 10
head = true
cells = ["序号", "职工", "<", "证书编号", "补贴\\n金额"]
[[block.row]]
height = 10
head = true
cells = ["^", "姓名", "身份证号", "^", "^"]
[[block.row]]
height = 10
repeat = true
cells = ["{#}", "{applicant.name}", "{applicant.id_number}", "{certificate.number}", "{claim.amount}"]
[[block]]
columns = [85, 85]
[[block.row]]
height = 40
cells = ["填报人：{filler.name}", "审核人：{signature 30}\\n{stamp}\\n→（公章）"]
""",
    "small.toml",
)
ROW: dict[str, Answer] = {
    "applicant.name": "𬱖小明",
    "applicant.sex": "female",
    "applicant.id_number": "220102199001011234",
    "employer.name": "长春市某某建筑安装工程有限责任公司第一分公司",
    "insurance.number": "0012345678",
    "insurance.months_paid": 48,
    "certificate.number": "1731000000412345",
    "certificate.kind": "skill_level",
    "certificate.level": 4,
    "certificate.occupation": "焊工",
    "certificate.issued_on": date(2017, 3, 2),
    "claim.amount": Decimal("1500.00"),
}
ANSWERS: dict[str, Answer] = {
    "summary.unit": "长春市社会保险事业管理局",
    "summary.filled_on": date(2017, 10, 12),
    "period.from": date(2017, 9, 1),
    "period.to": date(2017, 9, 15),
    "filler.name": "张三",
    "filler.head": "李四",
    "filler.phone": "0431-12345678",
}


def rows(count: int) -> list[dict[str, Answer]]:
    return [
        ROW | {"applicant.name": f"𬱖小明{n}", "certificate.number": f"{1731000000400000 + n}"}
        for n in range(count)
    ]


def sheet(form: Form, given: Iterable[dict[str, Answer]], *, is_masked: bool = False) -> Worksheet:
    content = sheet_bytes(form, case_of(form, ANSWERS, list(given)), is_masked=is_masked)
    return openpyxl.load_workbook(BytesIO(content)).active


def texts(found: Worksheet) -> list[str]:
    return [str(cell.value) for row in found.iter_rows() for cell in row if cell.value is not None]


def plain(text: str) -> str:
    return "".join(text.split())


def row_of(found: Worksheet, text: str) -> int:
    return next(cell.row for row in found.iter_rows() for cell in row if cell.value == text)


def test_each_value_stands_in_its_row_and_column() -> None:
    found = sheet(SMALL, rows(3))
    assert [cell.value for cell in found[3]] == ["序号", "职工", None, "证书编号", "补贴\n金额"]
    assert [cell.value for cell in found[4]][1:3] == ["姓名", "身份证号"]
    for number in range(3):
        cells = found[5 + number]
        name, certificate = f"𬱖小明{number}", f"{1731000000400000 + number}"
        assert [each.value for each in cells] == [number + 1, name, "220102199001011234", certificate, 1500]
        assert [each.data_type for each in cells] == ["n", "s", "s", "s", "n"]
        assert cells[4].number_format == "0.00"
    assert found["A2"].value == "填报单位：长春市社会保险事业管理局（盖章）"
    assert "填报时间：2017年10月12日" in texts(found)
    assert found["A8"].value == "填报人：张三"
    assert re.fullmatch(r"审核人：\n+　*（公章）", next(each for each in texts(found) if "审核人" in each))


def test_another_reader_finds_the_same(tmp_path: Path) -> None:
    target = tmp_path / "名单.xlsx"
    write_sheet(target, SMALL, case_of(SMALL, ANSWERS, rows(2)))
    found = CalamineWorkbook.from_path(target).get_sheet_by_index(0).to_python()
    assert found[4] == [1.0, "𬱖小明0", "220102199001011234", "1731000000400000", 1500.0]
    assert found[5] == [2.0, "𬱖小明1", "220102199001011234", "1731000000400001", 1500.0]


@pytest.mark.parametrize("form_id", LISTS)
def test_all_wording_and_values_of_the_paper_are_there(form_id: str) -> None:
    form = catalogue.form(form_id)
    case = case_of(form, ANSWERS, rows(2))
    on_paper = [
        plain(mark.text)
        for page in draw.draw(form, case).pages
        for mark in page.marks
        if isinstance(mark, Text)
    ]
    found = sheet(form, rows(2))
    shown = [format_as_shown(cell) for row in found.iter_rows() for cell in row if cell.value is not None]
    assert sorted("".join(on_paper)) == sorted(plain("".join(shown)))


def format_as_shown(cell: openpyxl.cell.Cell) -> str:
    if cell.data_type != "n":
        return str(cell.value)
    return f"{cell.value:.{len(cell.number_format.partition('.')[2])}f}"


@pytest.mark.parametrize("form_id", LISTS)
def test_paper_is_set_up_to_print(form_id: str) -> None:
    form = catalogue.form(form_id)
    found = sheet(form, rows(60))
    assert (found.page_setup.paperSize, found.page_setup.orientation) == (
        {"A3": 8, "A4": 9}[form.paper],
        form.orientation,
    )
    assert (found.page_setup.fitToWidth, found.page_setup.fitToHeight) == (1, 0)
    assert found.sheet_properties.pageSetUpPr.fitToPage
    assert found.page_margins.left * 25.4 == pytest.approx(form.margins[3])
    assert found.print_area.endswith(f"${found.max_row}")
    if form.is_statistics:
        assert not found.print_title_rows
        return
    first = row_of(found, "𬱖小明0")
    assert found.print_title_rows == f"$1:${first - 1}"
    assert found.oddFooter.center.text.strip() == "第 &P 页　共 &N 页"
    main = next(block for block in form.blocks if any(row.role == "repeat" for row in block.rows))
    widths = [each.width * 8 / PIXELS_PER_MM for each in found.column_dimensions.values()]
    assert widths == pytest.approx(main.columns, abs=0.27)


def test_short_list_has_no_page_numbers() -> None:
    assert not sheet(SMALL, rows(2)).oddFooter.center.text


def test_heads_are_merged_and_framed() -> None:
    found = sheet(SMALL, rows(2))
    merged = {str(each) for each in found.merged_cells.ranges}
    assert {"A1:E1", "A3:A4", "B3:C3", "D3:D4", "E3:E4"} <= merged
    assert found["E3"].border.right.style == found["A3"].border.top.style == "medium"
    assert found["B3"].border.right.style == found["B5"].border.right.style == "thin"
    assert found["A7"].border.bottom.style == "medium"
    assert (found["A1"].font.name, found["A1"].font.size) == ("宋体", 18)
    assert found["B5"].font.name == "楷体"
    assert found.row_dimensions[7].height == pytest.approx(40 / 25.4 * 72, abs=0.01)


def test_wider_text_makes_its_row_higher() -> None:
    found = sheet(SMALL, [ROW, ROW | {"applicant.name": "很长的名字" * 12}])
    assert found.row_dimensions[6].height > 2 * found.row_dimensions[5].height


DANGEROUS = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "{=1+1}",
    "1e5",
    "007",
)


def test_nothing_is_run_as_a_formula() -> None:
    found = sheet(SMALL, [ROW | {"applicant.name": text} for text in DANGEROUS])
    for index, text in enumerate(DANGEROUS):
        cell = found.cell(5 + index, 2)
        assert (cell.value, cell.data_type) == (text.replace("\r", "\n"), "s")
        assert cell.quotePrefix or text[0] not in "=+-@\t\r＝"
        assert cell.number_format == "@"
    content = sheet_bytes(SMALL, case_of(SMALL, ANSWERS | {"filler.name": "=1"}, [ROW]))
    assert b"<f>" not in zipfile.ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml")


def test_characters_that_no_spreadsheet_takes_do_not_stop_it() -> None:
    found = sheet(SMALL, [ROW | {"applicant.name": Unread("甲\x07乙\ud800")}])
    assert found["B5"].value == "甲\ufffd乙\ufffd"


def test_masked_copy_shows_the_ends_alone() -> None:
    unread = ROW | {"applicant.id_number": Unread("22010219900101123X4")}
    found = sheet(SMALL, [ROW, unread], is_masked=True)
    assert found["C5"].value == "220102********1234"
    assert "19900101" not in "".join(texts(found))


def test_statistics_are_counted_as_on_paper() -> None:
    found = sheet(catalogue.form("jilin.monthly_statistics"), rows(3))
    row = row_of(found, "职业技能\n等级证书")
    assert [cell.value for cell in found[row]][1:] == [3, 0, 3, 0, 0.45, 0, 0.45, 0]
    assert [cell.number_format for cell in found[row]][5] == "0.00"


@pytest.mark.parametrize("form_id", REPEATED)
def test_paper_without_rows_has_empty_ones(form_id: str) -> None:
    form = catalogue.form(form_id)
    filled, empty = sheet(form, rows(1)), sheet(form, [])
    assert empty.max_row > filled.max_row + 5
    assert not any(text.isdigit() for text in texts(empty))


def test_foot_that_has_no_room_takes_the_last_row_along() -> None:
    assert sheet(SMALL, rows(10)).row_breaks.brk == []
    assert [each.id for each in sheet(SMALL, rows(20)).row_breaks.brk] == [4 + 19]


def test_parts_of_a_line_get_the_room_they_need() -> None:
    bounds = (0.0, 10.0, 30.0, 60.0, 100.0)
    assert snapped(bounds, (28.0, 100.0), (20.0, 40.0)) == (2, 4)
    assert snapped(bounds, (28.0, 100.0), (50.0, 40.0)) == (3, 4)


def test_same_paper_gives_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    case = case_of(SMALL, ANSWERS, rows(3))
    first = sheet_bytes(SMALL, case)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 86_400)
    assert sheet_bytes(SMALL, case) == first
    assert all(each.date_time[0] == 1980 for each in zipfile.ZipFile(BytesIO(first)).infolist())
    assert b"openpyxl" not in zipfile.ZipFile(BytesIO(first)).read("docProps/core.xml")


def test_500_rows_are_quick_and_whole() -> None:
    form = catalogue.form("urumqi.summary")
    case = case_of(form, ANSWERS, rows(500))
    start = time.process_time()
    content = sheet_bytes(form, case)
    assert time.process_time() - start < 2.0
    found = openpyxl.load_workbook(BytesIO(content)).active
    first = row_of(found, "𬱖小明0")
    assert [found.cell(first + n, 1).value for n in range(500)] == list(range(1, 501))
    assert found.cell(first + 499, 2).value == "𬱖小明499"


def test_unwritable_target_leaves_nothing(tmp_path: Path) -> None:
    case = case_of(SMALL, ANSWERS, rows(1))
    with pytest.raises(WriteFault, match="文件夹不存在"):
        write_sheet(tmp_path / "没有" / "名单.xlsx", SMALL, case)
    (tmp_path / "名单.xlsx").mkdir()
    with pytest.raises(WriteFault):
        write_sheet(tmp_path / "名单.xlsx", SMALL, case)
    assert [each.name for each in tmp_path.glob("*") if each.is_file()] == []


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("form_id", LISTS)
def test_office_suite_opens_the_same_cells(form_id: str, tmp_path: Path) -> None:
    form = catalogue.form(form_id)
    given = rows(500)
    write_sheet(tmp_path / "list.xlsx", form, case_of(form, ANSWERS, given))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    # Comma, quotes, UTF-8, from line 1, as shown.
    text = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true"
    command = ["soffice", profile, "--headless", "--convert-to", text, "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "list.xlsx")], check=True, capture_output=True, timeout=120)
    with (tmp_path / "list.csv").open(encoding="utf-8", newline="") as read:
        opened = [[cell for cell in row if cell] for row in csv.reader(read)]
    written = openpyxl.load_workbook(tmp_path / "list.xlsx").active
    ours = [[format_as_shown(cell) for cell in row if cell.value is not None] for row in written.iter_rows()]
    assert opened == ours
