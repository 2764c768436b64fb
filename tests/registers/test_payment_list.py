"""What the bank gets of a payment list: every row, its sums, its check codes, and nothing that is computed."""

import csv
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop_app.faults import Faults
from desktop_app.registers.bank_format import FILE, bank_format, read_format
from desktop_app.registers.payment_list import NOT_YET, payment_sheet, payment_text
from desktop_app.resources import resource
from desktop_app.workflow.payment import control
from tests.support.payments import ACCOUNT, line, listed


def cells(content: bytes) -> list[list[Any]]:
    sheet = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_sheet_has_a_row_for_each_person_and_the_sums_in_figures_and_capitals() -> None:
    gone = line(3, "赵样例", is_live=False)
    content = payment_sheet(listed(line(1), line(2, "阿依古丽·样例𬱖"), gone), bank_format())
    rows = cells(content)
    assert rows[3] == ["序号", "姓名", "户名", "账号", "开户银行", "金额（元）", "用途", "受理编号"]
    number = "220104001-2017-00002"
    name = "阿依古丽·样例𬱖"
    assert rows[5] == [2, name, name, ACCOUNT, "样例银行样例支行", 1950, "技能提升补贴", number]
    assert rows[6][0] == "合计"
    assert rows[6][5] == 3900
    head = str(rows[2][0])
    assert "共 2 人" in head
    assert "3900.00 元（人民币叁仟玖佰元整）" in head
    assert control((line(1), line(2, name))).code in head
    assert "赵样例" not in str(rows)
    assert content == payment_sheet(listed(line(1), line(2, name), gone), bank_format())


def test_a_list_that_nobody_confirmed_says_so_and_is_not_made_for_the_banks_program() -> None:
    assert NOT_YET in str(cells(payment_sheet(listed(line(1), confirmed_by=""), bank_format()))[1][0])
    with pytest.raises(ValueError, match="还没有确认"):
        payment_text(listed(line(1), confirmed_by=""), bank_format())
    doubtful = listed(line(1), line(2, is_account_confirmed=False))
    assert NOT_YET in str(cells(payment_sheet(doubtful, bank_format()))[1][0])
    with pytest.raises(ValueError, match="有 1 人的账户更正过"):
        payment_text(doubtful, bank_format())
    assert NOT_YET not in str(cells(payment_sheet(listed(line(1)), bank_format()))[1][0])


@pytest.mark.parametrize("name", ["=1+1", "+8", "-5", "@SUM(A1)", "＝1", "\t=1", '=cmd|"/c calc"!A0'])
def test_no_text_is_a_formula(name: str) -> None:
    sheet = openpyxl.load_workbook(
        BytesIO(payment_sheet(listed(line(1, name, bank=name)), bank_format()))
    ).worksheets[0]
    texts = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert all(cell.data_type in ("s", "inlineStr") for cell in texts)
    assert sheet["B5"].quotePrefix
    assert sheet["D5"].value == ACCOUNT
    said = payment_text(listed(line(1, name, bank=name)), bank_format()).decode("gb18030")
    row = list(csv.reader(StringIO(said)))[1]
    assert row[1].startswith("'")
    assert row[4].startswith("'")


def test_the_text_reads_back_with_every_rare_character_and_ends_in_its_sums() -> None:
    name = "样例𬱖㭎"
    content = payment_text(listed(line(1, name, bank="样例,银行")), bank_format())
    rows = list(csv.reader(StringIO(content.decode("gb18030"))))
    purpose, number = "技能提升补贴", "220104001-2017-00001"
    assert rows[1] == ["1", name, name, ACCOUNT, "样例,银行", "1950.00", purpose, number]
    code = control((line(1, name, bank="样例,银行"),)).code
    assert rows[2] == ["#合计 1 人", "1950.00", "人民币壹仟玖佰伍拾元整", f"校验码 {code}", "拨付一"]
    assert rows[3][0] == "#序号 1-1"


@pytest.mark.parametrize(
    "changed",
    [
        {"account_number": "6222020200112233453"},
        {"amount": Decimal("1950.01")},
        {"bank": "样例银行"},
        {"account_name": "李样"},
    ],
)
def test_a_changed_row_changes_the_code_of_its_group_alone(changed: dict[str, Any]) -> None:
    lines = [line(number) for number in range(1, 26)]
    before = control(lines)
    lines[12] = lines[12]._replace(**changed)
    after = control(lines)
    assert before.code != after.code
    assert [a.code == b.code for a, b in zip(before.groups, after.groups, strict=True)] == [True, False, True]
    assert [(each.first, each.last) for each in after.groups] == [(1, 10), (11, 20), (21, 25)]


def test_an_office_has_its_own_order_of_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = """
[[column]]
head = "收款账号"
value = "account_number"

[[column]]
head = "金额"
value = "amount"

[text]
separator = "|"
encoding = "utf-8"
ending = ".txt"
has_head = false
has_foot = false

[results]
account_number = ["收款账号"]
amount = ["金额"]
outcome = ["结果"]
paid = ["成功"]
"""
    monkeypatch.setenv("DESKTOP_APP_HOME", str(tmp_path))
    (tmp_path / FILE).write_text(own, encoding="utf-8")
    assert payment_text(listed(line(1)), bank_format()) == f"{ACCOUNT}|1950.00\r\n".encode()
    assert cells(payment_sheet(listed(line(1)), bank_format()))[4] == [ACCOUNT, 1950]


WRONG = [
    ("[[column", "不合 TOML"),
    ('[[column]]\nvalue = "name"', "缺少 head"),
    ('[[column]]\nhead = "名"\nvalue = "nam"', "最接近的是“name”"),
    ('[text]\nseparator = "空"', "separator 只能是"),
    ('[text]\nencoding = "big5"', "encoding 只能是"),
    ('[results]\npaid = ["好"]\nfailed = ["好"]', "写在了两处"),
    ("[results]\npaid = 5", "要写成一列文字"),
    ("", "没有 account_number 这一列"),
]


@pytest.mark.parametrize(("text", "told"), WRONG)
def test_a_wrong_format_is_told_with_its_remedy(text: str, told: str) -> None:
    with pytest.raises(Faults) as raised:
        read_format(text, FILE)
    assert any(told in fault for fault in raised.value.faults)
    assert all(fault.startswith(FILE) and fault.endswith("。") for fault in raised.value.faults)


def test_the_bundled_format_is_whole() -> None:
    assert len(read_format(resource(FILE).read_text(encoding="utf-8"), FILE).columns) == 8
