"""Lists to xlsx: Urumqi's summary with thousands of rows, against the libraries themselves.

The peers write the same cell texts; only ours and the styled peer also write borders, fonts, widths and print set-up.

    python -m benchmarks.lists_to_xlsx [ROWS] [ROUNDS]
"""

import sys
import tempfile
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side

from benchmarks.measuring import alternate, median_processor, median_wall, print_table, ratio
from desktop_app.case import Case
from desktop_app.cli.answers import read_cases
from desktop_app.forms.catalogue import form
from desktop_app.forms.draw import case_of
from desktop_app.forms.model import Form
from desktop_app.registers.paper_grid import grid_of
from desktop_app.registers.paper_sheet import write_sheet
from desktop_app.resources import resource

PAPER = "urumqi.summary"


def long_list(paper: Form, count: int) -> Case:
    """Return the sample list with its rows repeated to so many."""
    (sample,) = read_cases(resource(f"samples/{PAPER}.json"), paper)
    rows = (sample.rows * (count // len(sample.rows) + 1))[:count]
    return case_of(paper, sample.answers, rows)


def texts_of(paper: Form, case: Case) -> list[list[str]]:
    """Return the cell texts that every side writes."""
    return [[str(cell.text) for cell in row.cells] for row in grid_of(paper, case).rows]


def write_plain(path: Path, texts: list[list[str]]) -> None:
    """Write texts alone, openpyxl's write-only mode."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in texts:
        sheet.append(row)
    book.save(path)


def write_styled(path: Path, texts: list[list[str]]) -> None:
    """Write texts with a border, a font and an alignment each, openpyxl's usual mode."""
    book = Workbook()
    sheet = book.active
    side = Side(style="thin")
    border, font = Border(side, side, side, side), Font(name="宋体", size=10)
    middle = Alignment("center", "center", wrap_text=True)
    for number, row in enumerate(texts, 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(number, column, text)
            cell.border, cell.font, cell.alignment = border, font, middle
    book.save(path)


def write_xlsxwriter(path: Path, texts: list[list[str]]) -> None:
    """Write texts with one format, XlsxWriter's constant-memory mode."""
    from xlsxwriter import Workbook as Writer

    book = Writer(path, {"constant_memory": True})
    sheet = book.add_worksheet()
    style = book.add_format({"border": 1, "font_name": "宋体", "text_wrap": True})
    for number, row in enumerate(texts):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text, style)
    book.close()


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if sys.argv[1:] else 5000
    rounds = int(sys.argv[2]) if sys.argv[2:] else 3
    paper = form(PAPER)
    case = long_list(paper, count)
    texts = texts_of(paper, case)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        works = {
            "desktop-app, the paper as it is": lambda: write_sheet(path, paper, case),
            "openpyxl, texts with one style": lambda: write_styled(path, texts),
            "openpyxl write-only, texts alone": lambda: write_plain(path, texts),
            "XlsxWriter, texts with one style": lambda: write_xlsxwriter(path, texts),
        }
        costs = alternate(list(works.values()), rounds)
    rows = [
        (
            name,
            f"{median_processor(each):.2f}",
            f"{median_wall(each):.2f}",
            f"{count / median_processor(each):.0f}",
            f"{ratio(each, costs[1]):.2f}",
        )
        for name, each in zip(works, costs, strict=True)
    ]
    head = ("writer", "cpu s", "wall s", "rows per cpu s", "time x openpyxl styled")
    print_table(f"{count} rows of {paper.title}", head, rows)


if __name__ == "__main__":
    main()
