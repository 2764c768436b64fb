"""What a bank sends back: found by its heads, matched for certain, or told with its row."""

from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop_app.faults import Faults
from desktop_app.registers.bank_format import bank_format
from desktop_app.registers.payment_list import payment_text
from desktop_app.registers.payment_results import read_results, return_rows
from desktop_app.workflow.bank_results import Refusal, Results, matched
from tests.support.hostile_sheets import Hostile, hostile
from tests.support.payments import ACCOUNT, line, listed

HEAD = ("交易日期", "收款人名称", "交易金额", "收款人账号", "处理结果", "返回信息")
PAID = ("2017-10-25", "李样例", "1,950.00", ACCOUNT, "交易成功", "")
FAILED = ("", "赵样例", "1950", "6222 0202 0011 2233 453", "失败", "账户已销户")


def sheet(path: Path, *rows: tuple[Any, ...]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    saved = BytesIO()
    book.save(saved)
    path.write_bytes(saved.getvalue())
    return path


def text(path: Path, encoding: str, separator: str, *rows: tuple[str, ...]) -> Path:
    said = "\r\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows)
    path.write_bytes(said.encode(encoding))
    return path


def read(path: Path) -> Results:
    return read_results(path, bank_format())


@pytest.mark.parametrize("kind", ["xlsx", "gb18030", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("separator", [",", "|", "\t"])
def test_columns_stand_in_any_order_and_are_found_by_their_heads(
    kind: str, separator: str, tmp_path: Path
) -> None:
    rows = (("银行代发结果",), HEAD, PAID, FAILED)
    path = tmp_path / "结果.csv"
    path = sheet(tmp_path / "结果.xlsx", *rows) if kind == "xlsx" else text(path, kind, separator, *rows[1:])
    first, second = read(path).rows
    assert (first.account_number, first.name, first.amount) == (ACCOUNT, "李样例", Decimal("1950.00"))
    assert first.is_paid
    assert str(first.on) == "2017-10-25"
    assert (second.is_paid, second.reason) == (False, "账户已销户")
    assert second.account_number == "6222020200112233453"


def test_the_banks_own_copy_of_the_list_comes_back_with_its_answer(tmp_path: Path) -> None:
    said = payment_text(listed(line(1)), bank_format()).decode("gb18030").splitlines()
    said = [f"{said[0]},结果,原因", f"{said[1]},成功,", *said[2:]]
    path = tmp_path / "结果.csv"
    path.write_bytes("\r\n".join(said).encode("gb18030"))
    found = read(path)
    assert (len(found.rows), found.refused) == (1, ())
    assert found.rows[0].case_number == "220104001-2017-00001"


WRONG = [
    (("", "李样例", "1950", "", "成功", ""), "没有账号"),
    (("", "李样例", "五百", ACCOUNT, "成功", ""), "金额看不懂"),
    (("", "李样例", "1950", ACCOUNT, "处理中", ""), "结果一列的词不认识"),
    (("", "李样例", "1950", ACCOUNT, "", ""), "结果是空的"),
    (("", "李样例", "1950", ACCOUNT, "失败", ""), "没有写原因"),
    (("昨天", "李样例", "1950", ACCOUNT, "成功", ""), "日期读不懂"),
    (("", "李样例", "1950", 6222020200112233446, "成功", ""), "末几位已经丢失"),
]


@pytest.mark.parametrize(("row", "told"), WRONG)
def test_a_row_that_cannot_be_read_is_told_with_its_number(
    row: tuple[Any, ...], told: str, tmp_path: Path
) -> None:
    found = read(sheet(tmp_path / "结果.xlsx", HEAD, PAID, row))
    assert [(each.row, told in each.sentence) for each in found.refused] == [(3, True)]
    assert len(found.rows) == 1
    assert not any(word in found.refused[0].sentence for word in ("李样例", ACCOUNT, "1950"))


HEADS = [
    (("账号", "卡号", "户名", "金额", "结果"), "写了两列"),
    (("账号", "户名", "金额"), "没有“结果”"),
    (("账号", "金额", "结果"), "没有“户名”"),
    (("甲", "乙"), "没有找到表头"),
]


@pytest.mark.parametrize(("head", "told"), HEADS)
def test_a_head_that_says_too_little_or_two_things_is_refused(
    head: tuple[str, ...], told: str, tmp_path: Path
) -> None:
    with pytest.raises(Faults, match=told):
        read(sheet(tmp_path / "结果.xlsx", head, ("1",) * len(head)))


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00\x80" * 9, b"a\0b,c", b'"' + b"x" * 200_000])
def test_a_text_that_is_none_is_refused_in_one_sentence(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "结果.csv"
    path.write_bytes(content)
    with pytest.raises(Faults) as raised:
        read(path)
    assert len(raised.value.faults) == 1
    assert raised.value.faults[0].startswith("结果.csv")


@pytest.mark.parametrize("each", tuple(hostile()), ids=lambda each: each.name)
def test_a_hostile_workbook_is_refused_in_one_sentence(each: Hostile, tmp_path: Path) -> None:
    path = tmp_path / "结果.xlsx"
    path.write_bytes(each.make())
    with pytest.raises(Faults) as raised:  # a list of awards is no bank's answer, even a whole one
        read(path)
    assert len(raised.value.faults) == 1
    assert raised.value.faults[0].startswith("结果.xlsx")
    assert not any(word in raised.value.faults[0] for word in ("样例", "1949", "Error"))


def results(tmp_path: Path, *rows: tuple[Any, ...], head: tuple[str, ...] = HEAD) -> Results:
    return read(sheet(tmp_path / "结果.xlsx", head, *rows))


def told(found: tuple[Refusal, ...]) -> list[tuple[int, str]]:
    return [(each.row, each.sentence[:8]) for each in found]


def test_a_row_is_matched_by_account_name_and_amount(tmp_path: Path) -> None:
    other = "6222020200112233453"
    lines = (line(1), line(2, "赵样例", account_number=other), line(3, "钱样例"))
    strange = ("", "孙样例", "1950", ACCOUNT, "成功", "")
    less = ("", "赵样例", "1900", other, "成功", "")
    found = matched(results(tmp_path, PAID, strange, less).rows, lines)
    assert [each.line.number for each in found.matches] == [1]
    assert told(found.refused) == [(3, "名单里没有这个账"), (4, "金额和名单上的不")]
    assert [each.number for each in found.silent] == [2, 3]


def test_what_could_be_about_two_payments_is_told_and_not_guessed(tmp_path: Path) -> None:
    twice = (line(1), line(2))
    failed = ("", "李样例", "1950.00", ACCOUNT, "失败", "账户已冻结")
    assert len(matched(results(tmp_path, PAID, PAID).rows, twice).matches) == 2
    for rows in ((PAID,), (PAID, failed), (PAID, PAID, PAID)):
        found = matched(results(tmp_path, *rows).rows, twice)
        assert found.matches == ()
        assert told(found.refused) == [(row, "有几行对得上名单") for row in range(2, len(rows) + 2)]
    numbered = (*HEAD, "受理编号")
    rows = ((*PAID, "220104001-2017-00001"), (*failed, "220104001-2017-00002"))
    found = matched(results(tmp_path, *rows, head=numbered).rows, twice)
    assert [(each.line.number, each.result.is_paid) for each in found.matches] == [(1, True), (2, False)]


def test_rows_that_were_not_taken_go_back_with_their_reason_and_no_name(tmp_path: Path) -> None:
    path = return_rows(tmp_path / "结果.xlsx", (Refusal(3, "金额和名单上的不一样，请向银行核对。"),))
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(path).worksheets[0].iter_rows()]
    assert rows == [["行号", "原因"], ["3", "金额和名单上的不一样，请向银行核对。"]]
