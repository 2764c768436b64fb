"""Write a payment list for the bank, as a spreadsheet and as text: one row a person, and the sums that prove it whole.

Which columns stand in which order is data (`bank_format`). Numbers of accounts are text, no text is ever a formula,
and the same list gives the same bytes.
"""

import csv
from decimal import Decimal
from io import StringIO
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from desktop_app import money
from desktop_app.registers.bank_format import BankFormat
from desktop_app.registers.cells import begins_like_a_formula, set_text, sheet_title, timeless
from desktop_app.workflow.payment import Control, PaymentLine, PaymentList, control

NOT_YET: Final = "现在不得拨付"
_FONT: Final = "宋体"
_THIN: Final = Side("thin")
# Characters of the default font; the page is a landscape A4.
_WIDTHS: Final = {
    "number": 6,
    "name": 14,
    "account_name": 14,
    "account_number": 24,
    "bank": 26,
    "amount": 12,
    "purpose": 24,
    "case_number": 22,
}


def payment_sheet(listed: PaymentList, format_: BankFormat) -> bytes:
    """Return the xlsx file of a payment list: those who are paid by it, its count, sums and check codes."""
    book = Workbook()
    sheet: Any = book.active
    title = f"{listed.purpose}拨付名单"
    sheet.title = sheet_title(listed.name, title)
    sums, width = control(listed.live), len(format_.columns)
    by = f"确认：{listed.confirmed_by}" if listed.confirmed_by else "尚未确认"
    for text in (
        f"{listed.office} {title}".strip(),
        f"名单：{listed.name}　编制：{listed.made_by}　{by}{f'　{NOT_YET}' if listed.why_not else ''}",
        _total(sums),
    ):
        _wide(sheet, text, width)
    sheet["A1"].font = Font(_FONT, 16, bold=True)
    sheet["A1"].alignment = Alignment("center", "center", wrap_text=True)
    head = sheet.max_row + 1
    for at, column in enumerate(format_.columns, 1):
        _cell(sheet, head, at, column.head, is_bold=True)
        sheet.column_dimensions[get_column_letter(at)].width = _WIDTHS[column.value]
    for at, line in enumerate(listed.live, head + 1):
        for place, column in enumerate(format_.columns, 1):
            _cell(sheet, at, place, _value(line, listed, column.value))
    foot = head + sums.persons + 1
    for place, column in enumerate(format_.columns, 1):
        value: str | Decimal = sums.sum if column.value == "amount" else "合计" if place == 1 else ""
        _cell(sheet, foot, place, value, is_bold=True)
    for group in sums.groups:
        _wide(sheet, _group_text(group.first, group.last, group.sum, group.code), width)
    _set_up_print(sheet, head, width)
    return timeless(book, title)


def payment_text(listed: PaymentList, format_: BankFormat) -> bytes:
    """Return the text of a payment list for the bank's own program, its last lines the sums, marked by #.

    Raises:
        ValueError: Nothing may be paid by it yet, so nothing that a bank's program reads is made of it. One sentence.
    """
    if listed.why_not:
        raise ValueError(listed.why_not)
    sums, out = control(listed.live), StringIO()
    writer = csv.writer(out, delimiter=format_.separator, lineterminator="\r\n")
    if format_.has_head:
        writer.writerow([column.head for column in format_.columns])
    for line in listed.live:
        values = (_value(line, listed, column.value) for column in format_.columns)
        writer.writerow([_plain(value) for value in values])
    capitals = money.capitals(sums.sum) if sums.sum else ""
    if format_.has_foot:
        writer.writerow(
            [
                f"#合计 {sums.persons} 人",
                money.show(sums.sum),
                capitals,
                f"校验码 {sums.code}",
                _plain(listed.name),
            ]
        )
        for group in sums.groups:
            writer.writerow(
                [f"#序号 {group.first}-{group.last}", money.show(group.sum), f"校验码 {group.code}"]
            )
    return out.getvalue().encode(format_.encoding)


def _total(sums: Control) -> str:
    capitals = f"（{money.capitals(sums.sum)}）" if sums.sum else ""
    return f"共 {sums.persons} 人，合计 {money.show(sums.sum)} 元{capitals}　校验码 {sums.code}"


def _group_text(first: int, last: int, amount: Decimal, code: str) -> str:
    return f"序号 {first} 至 {last}：小计 {money.show(amount)} 元　校验码 {code}"


def _value(line: PaymentLine, listed: PaymentList, name: str) -> str | int | Decimal:
    if name == "purpose":
        return listed.purpose
    if name == "account_name":
        return line.account_name or line.name
    value: str | int | Decimal = getattr(line, name)
    return value


def _plain(value: str | int | Decimal) -> str:
    if isinstance(value, Decimal):
        return money.show(value)
    text = " ".join(str(value).split())
    return f"'{text}" if begins_like_a_formula(text) else text


def _wide(sheet: Any, text: str, width: int) -> None:
    """Add a row of one text over all columns."""
    row = sheet.max_row + (1 if sheet["A1"].value is not None else 0)
    cell = sheet.cell(row, 1)
    set_text(cell, text)
    cell.font, cell.number_format = Font(_FONT, 11), "@"
    cell.alignment = Alignment("left", "center", wrap_text=True)
    cell.quotePrefix = begins_like_a_formula(text)
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=width)
    sheet.row_dimensions[row].height = 32 if row == 1 or len(text) > 60 else 20


def _cell(sheet: Any, row: int, column: int, value: str | int | Decimal, *, is_bold: bool = False) -> None:
    cell = sheet.cell(row, column)
    cell.font, cell.border = Font(_FONT, 11, bold=is_bold), Border(_THIN, _THIN, _THIN, _THIN)
    if isinstance(value, str):
        cell.number_format = "@"
        cell.alignment = Alignment("left", "center", wrap_text=True)
        if value:
            set_text(cell, value)
            cell.quotePrefix = begins_like_a_formula(value)
        return
    cell.value = value
    cell.number_format = "0.00" if isinstance(value, Decimal) else "0"
    cell.alignment = Alignment("right", "center")


def _set_up_print(sheet: Any, head: int, width: int) -> None:
    sheet.page_setup.paperSize, sheet.page_setup.orientation = "9", "landscape"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_options.horizontalCentered = True
    sheet.print_title_rows = f"1:{head}"
    sheet.freeze_panes = f"A{head + 1}"
    sheet.print_area = f"A1:{get_column_letter(width)}{sheet.max_row}"
    footer = sheet.oddFooter.center
    footer.font, footer.size, footer.text = f"{_FONT},Regular", 10, "第 &P 页　共 &N 页"
