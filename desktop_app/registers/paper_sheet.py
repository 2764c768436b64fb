"""Write a list paper as a spreadsheet that says what the paper says, for printing, posting and sending on.

What stands where is decided by `paper_grid`; here it becomes an xlsx file. Nothing in it is ever a formula: values
are text unless they are plain numbers that show the same on paper. The same paper gives the same bytes. This module
reads no file.
"""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from desktop_app.case import Case
from desktop_app.forms.layout import PAGE_NUMBER_SIZE
from desktop_app.forms.marks import MM_PER_POINT
from desktop_app.forms.model import Form
from desktop_app.registers.cells import begins_like_a_formula, set_text, sheet_title, timeless
from desktop_app.registers.paper_grid import Grid, GridCell, Look, grid_of
from desktop_app.whole_file import write_fault, write_whole

# Names that every Chinese office suite knows; it finds another face itself for a rare character.
FONT_NAMES = {"song": "宋体", "song_bold": "宋体", "hei": "黑体", "kai": "楷体", "rare": "宋体"}
DEFAULT_SIZE = 11  # pt; with 宋体 its widest digit is 8 pixels at 96 dpi, the unit of column widths
DIGIT_PIXELS = 8
PIXELS_PER_MM = 96 / 25.4
MM_PER_INCH = 25.4
HIGHEST_ROW = 409.0  # pt, the limit of spreadsheets
_PAPERS = {"A3": "8", "A4": "9"}
_THIN, _FRAME = Side("thin"), Side("medium")


def write_sheet(path: Path, form: Form, case: Case, *, is_masked: bool = False) -> None:
    """Write a list paper filled with a case to `path`, whole or not at all; rows in the case's order.

    With `is_masked`, as for a copy to be posted, the form's masked fields show their ends alone.

    Raises:
        WriteFault: If the target cannot be written.
    """
    # The library writes parts of the book to files of its own, which may find the disk full too. Its error holds
    # half-written files open, which complain once more when they go: they go here, in silence.
    failure: int | None = None
    with _quiet_closing():
        try:
            content = sheet_bytes(form, case, is_masked=is_masked)
        except OSError as error:
            failure = error.errno or 0
    if failure is not None:
        raise write_fault(path, failure)
    write_whole(path, content)


@contextmanager
def _quiet_closing() -> Iterator[None]:
    """Let files that cannot be closed go without a word."""
    before = sys.unraisablehook

    def hook(seen: Any) -> None:
        if not isinstance(seen.exc_value, OSError):
            before(seen)

    sys.unraisablehook = hook
    try:
        yield
    finally:
        gc.collect()
        sys.unraisablehook = before


def sheet_bytes(form: Form, case: Case, *, is_masked: bool = False) -> bytes:
    """Return the xlsx file of a list paper, the same for the same paper."""
    grid = grid_of(form, case, is_masked=is_masked)
    book = Workbook()
    # Column widths are counted in digits of this font.
    book._fonts[0] = Font(FONT_NAMES["song"], DEFAULT_SIZE)
    sheet = book.active
    sheet.title = sheet_title(form.title, form.id)
    _set_up_print(sheet, form, grid)
    for index, width in enumerate(grid.columns, 1):
        sheet.column_dimensions[get_column_letter(index)].width = column_width(width)
    _Styled(sheet, grid).write()
    return timeless(book, form.title)


def column_width(width: float) -> float:
    """Return millimetres as a column width: digits of the default font, padding included.

    Spreadsheets keep whole pixels at 96 dpi, rounded down here for all columns
    to find room on the page unscaled.
    """
    return int(width * PIXELS_PER_MM + 0.01) / DIGIT_PIXELS


def _set_up_print(sheet: Worksheet, form: Form, grid: Grid) -> None:
    """Give the sheet the paper's size, margins, repeated head rows and page numbers."""
    top, right, bottom, left = (each / MM_PER_INCH for each in form.margins)
    sheet.page_setup.paperSize = _PAPERS[form.paper]
    sheet.page_setup.orientation = form.orientation
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    margins = sheet.page_margins
    margins.top, margins.right, margins.bottom, margins.left = top, right, bottom, left
    margins.header, margins.footer = top / 2, max(bottom / 2 - 0.1, 0.1)
    sheet.print_options.horizontalCentered = True
    sheet.sheet_view.showGridLines = False
    sheet.print_area = f"A1:{get_column_letter(len(grid.columns))}{len(grid.rows)}"
    if grid.head_rows:
        sheet.print_title_rows = f"1:{grid.head_rows}"
        sheet.freeze_panes = f"A{grid.head_rows + 1}"
    if grid.break_after:
        sheet.row_breaks.append(Break(id=grid.break_after))
    if grid.needs_pages:
        number = sheet.oddFooter.center
        number.font, number.size = f"{FONT_NAMES['song']},Regular", int(PAGE_NUMBER_SIZE)
        number.text = "第 &P 页　共 &N 页"


class _Styled:
    """Writes cells; equal styles are made once, which is most of the time of a long list."""

    def __init__(self, sheet: Worksheet, grid: Grid) -> None:
        self.sheet = sheet
        self.grid = grid
        self.fonts: dict[tuple[str, float], Font] = {}
        self.styles: dict[tuple[object, ...], Any] = {}

    def write(self) -> None:
        tables = [row.table for row in self.grid.rows]
        for index, row in enumerate(self.grid.rows):
            self.sheet.row_dimensions[index + 1].height = min(
                round(row.height / MM_PER_POINT, 2), HIGHEST_ROW
            )
            for cell in row.cells:
                self._write_cell(index, cell, tables)

    def _write_cell(self, index: int, cell: GridCell, tables: list[int]) -> None:
        last_row, last_column = index + cell.row_span, cell.end
        for row in range(index, last_row):
            for column in range(cell.first, last_column):
                is_first = row == index and column == cell.first
                target = self.sheet.cell(row + 1, column + 1)
                sides = self._sides(cell, index, row, column, tables) if tables[index] >= 0 else ()
                is_dangerous = is_first and begins_like_a_formula(cell.text)
                shown = _number_format(cell) if is_first else "General"
                self._style(target, (cell.look, sides, shown, is_dangerous))
                if is_first and cell.text:
                    _set_value(target, cell)
        if (last_row, last_column) != (index + 1, cell.first + 1):
            self.sheet.merge_cells(
                start_row=index + 1, start_column=cell.first + 1, end_row=last_row, end_column=last_column
            )

    def _sides(
        self, cell: GridCell, index: int, row: int, column: int, tables: list[int]
    ) -> tuple[Side | None, ...]:
        """Return left, right, top and bottom rules: thin between cells, thick round the table."""
        table, last = tables[index], index + cell.row_span - 1
        left = _FRAME if column == 0 else _THIN
        right = _FRAME if column == len(self.grid.columns) - 1 else _THIN
        top = _FRAME if index == 0 or tables[index - 1] != table else _THIN
        bottom = _FRAME if last + 1 >= len(tables) or tables[last + 1] != table else _THIN
        return (
            left if column == cell.first else None,
            right if column == cell.end - 1 else None,
            top if row == index else None,
            bottom if row == last else None,
        )

    def _style(self, target: Any, key: tuple[Look, tuple[Side | None, ...], str, bool]) -> None:
        look, sides, number_format, is_dangerous = key
        names = (look, tuple(side and side.style for side in sides), number_format, is_dangerous)
        made = self.styles.get(names)
        if made is not None:
            target._style = copy(made)  # merging changes the styles of single cells
            return
        is_bold = look.face == "song_bold"
        target.font = Font(FONT_NAMES[look.face], look.size, bold=is_bold)
        target.alignment = Alignment(
            look.align, look.vertical, wrap_text=look.is_wrapped, shrink_to_fit=not look.is_wrapped
        )
        target.number_format = number_format
        if sides:
            target.border = Border(*sides)
        if is_dangerous:
            target.quotePrefix = True
        self.styles[names] = copy(target._style)


def _number_format(cell: GridCell) -> str:
    """Return the format in which a number reads as on paper; text stays text when it is edited."""
    if cell.number is None:
        return "@"
    decimals = len(cell.text.partition(".")[2])
    return f"0.{'0' * decimals}" if decimals else "0"


def _set_value(target: Any, cell: GridCell) -> None:
    if cell.number is not None:
        target.value = cell.number
        return
    set_text(target, cell.text)
