"""Read what a bank sends back of a payment list: which lines were paid, which failed and why.

The heads say what stands in which column, whatever their order; `bank_format` knows the words of banks. A fault names
the row and never repeats a number or a name. This module knows no store.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell.cell import ERROR_CODES

from desktop_app import identifiers, money
from desktop_app.case import Unread
from desktop_app.faults import Faults
from desktop_app.forms import kinds
from desktop_app.forms.fields import fields
from desktop_app.registers.award_list import LARGEST_EXACT
from desktop_app.registers.bank_format import BankFormat
from desktop_app.registers.cells import set_text, timeless
from desktop_app.registers.sheet_lines import (
    LARGEST_PACKED,
    MOST_COLUMNS,
    MOST_ROWS,
    Cells,
    SheetFault,
    head_word,
    open_sheets,
)
from desktop_app.whole_file import write_whole
from desktop_app.workflow.bank_results import Refusal, Result, Results

_NEEDED: Final = ("account_number", "amount", "outcome")
_LABELS: Final = {"account_number": "账号", "amount": "金额", "outcome": "结果"}
_LONGEST_REASON: Final = 200
_MARK: Final = "#"  # of a line of sums in a text
_SHEETS: Final = (".xlsx", ".xlsm")


def read_results(path: Path, format_: BankFormat) -> Results:
    """Return what a bank's answer says, an xlsx file or a text of GB 18030 or UTF-8.

    Raises:
        Faults: The file is no such answer; one sentence with file and remedy.
    """
    rows: list[Result] = []
    refused: list[Refusal] = []
    has_head = False
    try:
        for lines in _tables(path):
            columns: Mapping[str, int] | None = None
            for number, cells in lines:
                if columns is None:
                    columns = _columns(cells, format_, f"{path.name} 第{number}行")
                elif _says_anything(cells, columns):
                    try:
                        rows.append(_result(number, cells, columns, format_))
                    except ValueError as fault:
                        refused.append(Refusal(number, str(fault)))
            has_head = has_head or columns is not None
        digest = sha256(path.read_bytes()).hexdigest()
    except SheetFault as fault:
        raise Faults([str(fault)]) from None
    if not has_head:
        raise Faults(
            [f"{path.name}：没有找到表头，表头里要有账号、金额和结果，请对照说明核对是不是银行的结果。"]
        )
    if not rows and not refused:
        raise Faults([f"{path.name}：表头下面没有内容，请核对文件。"])
    return Results(digest, tuple(rows), tuple(refused))


def _tables(path: Path) -> Iterator[Iterable[tuple[int, Cells]]]:
    if path.suffix.lower() in _SHEETS or _is_packed(path):
        with open_sheets(path) as sheets:
            for sheet in sheets:
                if not sheet.is_hidden:
                    yield sheet.lines
        return
    yield _text_lines(path)


def _is_packed(path: Path) -> bool:
    """Say whether a file is a workbook whatever its name, or one of the old kind, which is refused by its reader."""
    try:
        if not path.is_file():
            return True  # told by the reader of sheets
        with path.open("rb") as opened:
            return opened.read(4) in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
    except OSError:
        return True


def _text_lines(path: Path) -> Iterator[tuple[int, Cells]]:
    try:
        if path.stat().st_size > LARGEST_PACKED:
            raise SheetFault(f"{path.name}：文件太大，不像是银行的结果，请核对文件。")
        content = path.read_bytes()
    except OSError:
        raise SheetFault(f"读不了文件“{path.name[:80]}”，请检查路径和权限。") from None
    text = _decoded(content, path.name)
    if "\0" in text:
        raise SheetFault(f"{path.name}：不是文本，请让银行提供 xlsx 或 csv 文件。")
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(",|;\t", key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator)
    try:
        for cells in reader:
            if reader.line_num > MOST_ROWS or len(cells) > MOST_COLUMNS:
                raise SheetFault(f"{path.name}：超过 {MOST_ROWS} 行或 {MOST_COLUMNS} 列，请核对文件。")
            if not (cells and cells[0].startswith(_MARK)):
                yield reader.line_num, tuple(cells)
    except csv.Error:
        raise SheetFault(
            f"{path.name} 第{reader.line_num + 1}行：引号没有配对或这一格太长，请核对文件。"
        ) from None


def _decoded(content: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetFault(f"{name}：文字读不懂，请存成 xlsx，或 GB 18030、UTF-8 编码的 csv 后再试。")


def _columns(cells: Cells, format_: BankFormat, place: str) -> Mapping[str, int] | None:
    """Return where what stands, or None where a line is no head; refuse a head that can be read two ways."""
    found: dict[str, int] = {}
    words: dict[str, str] = {}
    for at, cell in enumerate(cells):
        word = head_word(cell)
        meaning = format_.heads.get(word)
        if meaning is None:
            continue
        if meaning in found:
            doubled = " 和 ".join(dict.fromkeys(f"“{each}”" for each in (words[meaning], word)))
            raise Faults([f"{place}：表头{doubled}写了两列，不知道用哪一列，请删去一列。"])
        found[meaning], words[meaning] = at, word
    if not found.keys() & {"account_number", "outcome"}:
        return None
    missing = [_LABELS[each] for each in _NEEDED if each not in found]
    if not found.keys() & {"account_name", "name"}:
        missing.append("户名")
    if missing:
        raise Faults([f"{place}：表头里没有“{'”和“'.join(missing)}”，请对照说明补上。"])
    return found


def _says_anything(cells: Cells, columns: Mapping[str, int]) -> bool:
    """Say whether a line is about somebody: sums at the foot are about nobody."""
    about = ("account_number", "account_name", "name", "outcome")
    return any(_at(cells, columns, each) not in (None, "") for each in about)


def _at(cells: Cells, columns: Mapping[str, int], meaning: str) -> object:
    at = columns.get(meaning)
    return cells[at] if at is not None and at < len(cells) else None


def _result(number: int, cells: Cells, columns: Mapping[str, int], format_: BankFormat) -> Result:
    def text(meaning: str, label: str) -> str:
        value = _at(cells, columns, meaning)
        if isinstance(value, datetime):
            return value.date().isoformat()
        if isinstance(value, str) and value in ERROR_CODES:
            raise ValueError(f"{label}是算错的公式，请改正。")
        if isinstance(value, int | float) and not isinstance(value, bool) and not abs(value) < LARGEST_EXACT:
            raise ValueError(f"{label}存成了数字，末几位已经丢失，请让银行把这一列设为文本。")
        return "" if value is None else str(value).strip().removeprefix("'").strip()

    account = identifiers.compact(text("account_number", "账号"))
    name = text("account_name", "户名") or text("name", "姓名")
    if not account or not name:
        raise ValueError("没有账号或户名，请补上。")
    try:
        amount = money.parse(text("amount", "金额"))
    except ValueError as fault:
        raise ValueError(str(fault)) from None
    word = head_word(text("outcome", "结果"))
    if word not in format_.outcomes:
        raise ValueError(
            "结果是空的，请补上。" if not word else "结果一列的词不认识，请写成功或者失败，或补进 bank.toml。"
        )
    is_paid, reason = format_.outcomes[word], text("reason", "原因")
    if not is_paid and not reason:
        raise ValueError("失败的没有写原因，请向银行问清后补上。")
    if len(reason) > _LONGEST_REASON:
        raise ValueError(f"失败原因超过{_LONGEST_REASON}个字，请核对。")
    day = kinds.parse(fields()["claim.applied_on"], text("on", "日期")).value
    if isinstance(day, Unread):
        raise ValueError("日期读不懂，请写成 2017-10-09 这样。")
    return Result(
        number,
        account,
        identifiers.normalise_name(name),
        amount,
        is_paid,
        "" if is_paid else reason,
        day if isinstance(day, date) else None,
        text("case_number", "受理编号"),
    )


def return_rows(path: Path, refused: Sequence[Refusal]) -> Path:
    """Write the rows that were not taken, each with its reason, beside a bank's answer; return where they stand.

    Raises:
        WriteFault: It cannot be written.
    """
    book = Workbook()
    sheet: Any = book.active
    sheet.title = "没有登记的行"
    for at, (row, sentence) in enumerate(
        [("行号", "原因"), *((str(each.row), each.sentence) for each in refused)], 1
    ):
        set_text(sheet.cell(at, 1), row)
        set_text(sheet.cell(at, 2), sentence)
    sheet.column_dimensions["B"].width = 80
    target = path.with_name(f"{path.stem}-没有登记的行.xlsx")
    write_whole(target, timeless(book, "没有登记的行"))
    return target
