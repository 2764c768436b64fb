"""Read the worksheets of an xlsx file line by line: whole and in their true order, or refused in one sentence.

A workbook may say of itself what is not so: how far a sheet reaches, how large a part is, which row comes next.
Each sheet is therefore followed once before it is read. The module knows no list and no store.
"""

import re
import stat
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final, NamedTuple
from xml.parsers import expat

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string
from openpyxl.xml.constants import SHEET_MAIN_NS

LARGEST_PACKED: Final = 100_000_000  # bytes
LARGEST_UNPACKED: Final = 200_000_000  # bytes: a list of a million lines; more is not a list
LARGEST_PIECE: Final = 4_000_000  # bytes from one row or shared text to the next: what is in memory at once
MOST_ROWS: Final = 200_000
MOST_COLUMNS: Final = 256  # the width of the oldest spreadsheets
_CHUNK: Final = 65_536  # bytes
_BATCH: Final = 500  # lines
_CELL: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_OLD_FORMAT: Final = b"\xd0\xcf\x11\xe0"

Cells = tuple[Any, ...]


class SheetFault(ValueError):
    """A file that cannot be read whole; the message is one Chinese sentence with file and remedy."""


class Sheet(NamedTuple):
    """One worksheet.

    Attributes:
        lines: (line number from 1, cells) up to the last line that has content; raises `SheetFault`.
    """

    title: str
    is_hidden: bool
    lines: Iterator[tuple[int, Cells]]


class _Extent(NamedTuple):
    """How far a worksheet really reaches; 0 and 0 where it is empty."""

    last_row: int
    last_column: int


@contextmanager
def open_sheets(path: Path) -> Iterator[tuple[Sheet, ...]]:
    """Open a workbook and give its worksheets in its order; each is read while its lines are taken.

    Raises:
        SheetFault: The file is no workbook, is damaged, or is too large for a list.
    """
    _refuse_other_files(path)
    with path.open("rb") as opened:
        book = _book(opened, path)
        yield tuple(
            Sheet(each.title, each.sheet_state != "visible", _lines(each, path)) for each in book.worksheets
        )


def _book(opened: IO[bytes], path: Path) -> Any:
    try:
        with zipfile.ZipFile(opened) as packed:
            _refuse_bombs(packed, path.name)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # English sentences about what is not read at all
            book = load_workbook(opened, read_only=True, data_only=True, keep_links=False)
    except SheetFault:
        raise
    except zipfile.BadZipFile:
        raise SheetFault(f"{path.name}：不是 xlsx 电子表格，或文件已损坏，请另存为 xlsx 后再试。") from None
    except Exception:  # openpyxl lets through whatever its parsers raise
        raise _damaged(path) from None
    if not book.worksheets:
        raise SheetFault(f"{path.name}：里面没有工作表，请核对文件。")
    return book


def _damaged(path: Path) -> SheetFault:
    return SheetFault(f"{path.name}：文件已损坏，读不完整，请用表格软件打开、另存为 xlsx 后再试。")


def _refuse_other_files(path: Path) -> None:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise SheetFault(f"{path.name}：不是普通文件，请换一个文件。")
        if found.st_size > LARGEST_PACKED:
            raise SheetFault(f"{path.name}：文件太大，不像是名单，请核对文件。")
        with path.open("rb") as opened:
            is_old = opened.read(4) == _OLD_FORMAT
    except FileNotFoundError:
        raise SheetFault(f"找不到文件“{path}”，请核对路径。") from None
    except OSError:
        raise SheetFault(f"读不了文件“{path.name[:80]}”，请检查路径和权限。") from None
    if is_old:
        raise SheetFault(
            f"{path.name}：是旧的 xls 表格，或加了打开密码，请另存为不加密码的 xlsx 电子表格后再试。"
        )


def _refuse_bombs(packed: zipfile.ZipFile, name: str) -> None:
    """Refuse what would fill the memory; a part never unpacks to more than the size that it claims."""
    parts = packed.infolist()
    if sum(each.file_size for each in parts) > LARGEST_UNPACKED:
        raise SheetFault(f"{name}：文件展开后太大，不像是名单，请核对文件。")
    for part in parts:
        if part.file_size > LARGEST_PIECE:
            with packed.open(part) as source:
                if not _is_in_pieces(source):
                    raise SheetFault(f"{name}：有一行或一部分大得不像是名单，请核对文件。")


def _is_in_pieces(source: IO[bytes]) -> bool:
    """True where a part is a sequence of rows or shared texts of a bounded size, or no XML at all."""
    parser = expat.ParserCreate()
    last = 0

    def start(name: str, _attributes: dict[str, str]) -> None:
        nonlocal last
        if name.rpartition(":")[2] in ("row", "si"):
            last = parser.CurrentByteIndex

    parser.StartElementHandler = start
    walked = 0
    while chunk := source.read(_CHUNK):
        try:
            parser.Parse(chunk)
        except expat.ExpatError:
            return True  # a picture; a sheet that is damaged is refused when it is read
        walked += len(chunk)
        if walked - last > LARGEST_PIECE:
            return False
    return True


def _lines(sheet: Any, path: Path) -> Iterator[tuple[int, Cells]]:
    try:
        # openpyxl ends where the file claims to end; how far it reaches is found out instead.
        with sheet.parent._archive.open(sheet._worksheet_path) as source:
            extent = _followed(source, path.name)
    except SheetFault:
        raise
    except Exception:
        raise _damaged(path) from None
    if not extent.last_row:
        return
    rows = sheet.iter_rows(1, extent.last_row, 1, extent.last_column, values_only=True)
    number = 0
    while True:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                batch = list(islice(rows, _BATCH))
        except Exception:
            raise _damaged(path) from None
        for cells in batch:
            number += 1
            yield number, cells
        if len(batch) < _BATCH:
            return


def _followed(source: IO[bytes], name: str) -> _Extent:
    """Follow a worksheet to its end and return how far it reaches; refuse what would be read wrongly or in part."""
    follower = _Follower(name)
    while chunk := source.read(_CHUNK):
        follower.parser.Parse(chunk)
    follower.parser.Parse(b"", True)
    return _Extent(follower.last_row, follower.last_column)


class _Follower:
    """Where the parser is in a worksheet, and the last row and column that have content."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.row = self.column = self.last_row = self.last_column = 0
        self.has_formula = self.has_value = self.is_text = False
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self.root
        self.parser.EndElementHandler = self.end

    def refuse(self, sentence: str) -> None:
        raise SheetFault(f"{self.name} 第{self.row}行：{sentence}")

    def root(self, tag: str, _attributes: dict[str, str]) -> None:
        if not tag.startswith(f"{SHEET_MAIN_NS} "):  # the strict flavour, of which openpyxl reads nothing
            raise SheetFault(f"{self.name}：这种 xlsx 读不出内容，请在表格软件里另存为普通的 xlsx 后再试。")
        self.parser.StartElementHandler = self.start

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        match tag.rpartition(" ")[2]:
            case "row":
                self._row(attributes.get("r"))
            case "c":
                self._cell(attributes.get("r"))
                self.is_text = attributes.get("t") == "str"
            case "f":
                self.has_formula = True
            case "v" | "is":
                self.has_value = not self.has_formula or self.is_text  # the text may be empty
                if not self.has_value:
                    self.parser.CharacterDataHandler = self._value

    def end(self, tag: str) -> None:
        if tag.rpartition(" ")[2] != "c":
            return
        self.parser.CharacterDataHandler = None
        if self.has_formula and not self.has_value:
            self.refuse("有还没有算出结果的公式，请用表格软件打开、保存后再导入。")
        if self.has_value:
            if self.row > MOST_ROWS:
                raise SheetFault(f"{self.name}：超过 {MOST_ROWS} 行，请分成几个文件。")
            if self.column > MOST_COLUMNS:
                self.refuse(f"超过 {MOST_COLUMNS} 列，不像是名单，请核对文件。")
            self.last_row = self.row
            self.last_column = max(self.last_column, self.column)

    def _value(self, _text: str) -> None:
        self.has_value = True

    def _row(self, given: str | None) -> None:
        before = self.row
        self.column = 0
        if given is None:
            self.row += 1
            return
        self.row = int(given)
        if self.row <= before:
            self.refuse("行号倒退或重复，读出来会缺行，请用表格软件打开、另存为 xlsx 后再导入。")

    def _cell(self, given: str | None) -> None:
        before = self.column
        self.has_formula = self.has_value = False
        if given is None:
            self.column += 1
            return
        found = _CELL.fullmatch(given)
        self.column = _column(found[1]) if found else 0
        if not found or int(found[2]) != self.row or self.column <= before:
            self.refuse("有位置写错或重复的格，读出来会缺内容，请用表格软件打开、另存为 xlsx 后再导入。")


@cache
def _column(letters: str) -> int:
    column: int = column_index_from_string(letters)
    return column


def head_word(cell: object) -> str:
    """Return a head as it compares: without blanks and line ends, full-width brackets."""
    text = "".join(str(cell).split()) if cell is not None else ""
    return text.replace("(", "（").replace(")", "）").removesuffix("（元）")
