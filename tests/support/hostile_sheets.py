"""Workbooks that lie, are damaged or were made without care: each as bytes, made from one list that is whole."""

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from openpyxl import Workbook
from openpyxl.chart import BarChart
from xlsxwriter import Workbook as XlsxWriter

HEAD = ("姓名", "身份证号", "职业（工种）", "等级", "证书编号", "补贴金额（元）", "地区", "状态", "状态日期")
LINE = (
    "样例𬱖",
    "11010519491231002X",
    "焊工",
    "五级",
    "1707003018500000",
    "1300.00",
    "吉林省",
    "已拨付",
    datetime(2017, 9, 8),
)
COUNT = 50  # lines of the list that is whole
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
WHOLE = ""  # every line is read

Parts = dict[str, bytes]


class Hostile(NamedTuple):
    """One workbook: what it is called, how it is made, and a word of the sentence that refuses it."""

    name: str
    make: Callable[[], bytes]
    refused: str


def book(*rows: tuple[object, ...]) -> Workbook:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    return made


def packed_book(made: Workbook) -> bytes:
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def a_list(*rows: tuple[object, ...]) -> bytes:
    stream = io.BytesIO()
    with XlsxWriter(stream, {"default_date_format": "yyyy-mm-dd"}) as made:
        sheet = made.add_worksheet()
        for number, row in enumerate(rows or (HEAD, *(LINE for _ in range(COUNT)))):
            sheet.write_row(number, 0, row)
    return stream.getvalue()


def parts_of(content: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {each: packed.read(each) for each in packed.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return stream.getvalue()


def changed(name: str, old: str, new: str, count: int = 0) -> Callable[[], bytes]:
    """The list with `old`, a pattern, replaced in one of its parts."""

    def make() -> bytes:
        parts = parts_of(a_list())
        text = parts[name].decode()
        assert re.search(old, text)
        parts[name] = re.sub(old, new, text, count=count).encode()
        return packed(parts)

    return make


def with_part(name: str, content: bytes | None) -> Callable[[], bytes]:
    """The list with one part replaced, or left out."""

    def make() -> bytes:
        parts = parts_of(a_list())
        if content is None:
            del parts[name]
        else:
            parts[name] = content
        return packed(parts)

    return make


def with_flips(seed: int) -> Callable[[], bytes]:
    """The list with three bits turned over."""

    def make() -> bytes:
        content, chance = bytearray(a_list()), random.Random(seed)
        for _ in range(3):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        return bytes(content)

    return make


def with_lying_size(factor: float) -> Callable[[], bytes]:
    """The list whose directory claims another size of its sheet."""

    def make() -> bytes:
        content = bytearray(a_list())
        with zipfile.ZipFile(io.BytesIO(content)) as opened:
            size = opened.getinfo(SHEET).file_size
        name = content.rindex(SHEET.encode())  # in the directory, which stands at the end
        content[name - 22 : name - 18] = int(min(size * factor, 2**32 - 1)).to_bytes(4, "little")
        return bytes(content)

    return make


def one_long_row(size: int) -> bytes:
    """A sheet of one row that unpacks to `size` bytes."""
    stream = io.BytesIO()
    parts = parts_of(a_list())
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made:
        for name, content in parts.items():
            if name != SHEET:
                made.writestr(name, content)
        with made.open(SHEET, "w") as sheet:
            sheet.write(
                b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row>'
            )
            cells = b"<c><v>1</v></c>" * 60_000
            for _ in range(size // len(cells)):
                sheet.write(cells)
            sheet.write(b"</row></sheetData></worksheet>")
    return stream.getvalue()


def one_long_text() -> bytes:
    """A shared text of 30 MB."""
    parts = parts_of(a_list())
    parts[STRINGS] = parts[STRINGS].replace(b"<si>", b"<si><t>" + b"a" * 30_000_000 + b"</t></si><si>", 1)
    return packed(parts)


def with_sheets(*states: str) -> bytes:
    """The list, and the same list again on further sheets, visible or hidden."""
    made = book(HEAD, *(LINE for _ in range(COUNT)))
    for state in states:
        further = made.create_sheet()
        further.sheet_state = state
        further.append(HEAD)
        further.append(LINE)
    return packed_book(made)


def with_notes() -> bytes:
    made = book(HEAD, *(LINE for _ in range(COUNT)))
    made.create_sheet("填表说明").append(("请逐行填写。",))
    return packed_book(made)


def with_chart_first() -> bytes:
    made = book(HEAD, *(LINE for _ in range(COUNT)))
    made.create_chartsheet(index=0).add_chart(BarChart())
    return packed_book(made)


def with_1904() -> bytes:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    made = Workbook()
    made.epoch = CALENDAR_MAC_1904
    for row in (HEAD, *(LINE for _ in range(COUNT))):
        made.active.append(row)
    return packed_book(made)


def with_merged_head() -> bytes:
    made = book(("2017年9月发放名单",), HEAD, *(LINE for _ in range(COUNT)))
    made.active.merge_cells("A1:I1")
    return packed_book(made)


def with_hidden_rows() -> bytes:
    made = book(HEAD, *(LINE for _ in range(COUNT)))
    for row in range(10, 40):
        made.active.row_dimensions[row].hidden = True
    made.active.auto_filter.ref = "A1:I51"
    return packed_book(made)


def with_formats_to_the_end() -> bytes:
    """A list whose last row of a spreadsheet has a format and nothing else."""
    made = book(HEAD, *(LINE for _ in range(COUNT)))
    made.active.cell(1_048_576, 16_384).number_format = "0.00"
    return packed_book(made)


def encrypted() -> bytes:
    content = bytearray(a_list())
    for found in [match.start() for match in re.finditer(b"PK\x01\x02", bytes(content))]:
        content[found + 8] |= 1
    return bytes(content)


DOCTYPE = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">{}]>'
LAUGHS = "".join(f'<!ENTITY b{n} "{f"&b{n - 1};" * 10}">' for n in range(1, 10)).replace("&b0;", "&b;")
FURTHER = '<row r="52"><c r="A52" t="inlineStr"><is><t>{}</t></is></c></row></sheetData>'
XML = r"^(<\?xml[^>]*\?>)?"


def hostile() -> Iterable[Hostile]:
    """Every workbook, the careless ones first."""
    yield Hostile("as it should be", a_list, WHOLE)
    yield Hostile("a title that is merged above the head", with_merged_head, WHOLE)
    yield Hostile("hidden and filtered rows", with_hidden_rows, WHOLE)
    yield Hostile("days counted from 1904", with_1904, WHOLE)
    yield Hostile("a format in the last cell of all", with_formats_to_the_end, WHOLE)
    yield Hostile("a sheet of notes beside the list", with_notes, WHOLE)
    yield Hostile("two lists, all lines wanted", lambda: with_sheets("visible"), "51")
    yield Hostile("a hidden list beside the list", lambda: with_sheets("hidden"), "隐藏")
    yield Hostile("empty sheet", lambda: packed_book(Workbook()), "没有找到表头")
    yield Hostile("head alone", lambda: a_list(HEAD), "没有内容")
    for short in ("A1:H10", "B2:C3", "A1", "A1:H1", "A1:XFD1048576"):
        yield Hostile(
            f"dimension {short}", changed(SHEET, 'dimension ref="[^"]*"', f'dimension ref="{short}"'), WHOLE
        )
    yield Hostile("no dimension", changed(SHEET, "<dimension[^>]*>", ""), WHOLE)
    yield Hostile("a broken dimension", changed(SHEET, 'dimension ref="[^"]*"', 'dimension ref="!!"'), "损坏")
    yield Hostile("row numbers left out", changed(SHEET, '<row r="[0-9]*"', "<row"), WHOLE)
    yield Hostile("a row number twice", changed(SHEET, '<row r="3"', '<row r="2"'), "重复")
    yield Hostile("row numbers going back", changed(SHEET, '<row r="40"', '<row r="4"'), "倒退")
    yield Hostile("a cell twice", changed(SHEET, 'r="B3"', 'r="A3"'), "位置写错")
    yield Hostile("a cell of another row", changed(SHEET, 'r="B3"', 'r="B9"'), "位置写错")
    yield Hostile("a cell of no place", changed(SHEET, 'r="B3"', 'r="!!"'), "位置写错")
    yield Hostile("a column too far", changed(SHEET, 'r="I3"', 'r="XFD3"'), "列")
    yield Hostile("the number twice", lambda: a_list((*HEAD, "身份证号"), (*LINE, LINE[1])), "写了两列")
    yield Hostile(
        "two heads of one meaning", lambda: a_list((*HEAD, "职种"), (*LINE, "钳工")), "“职种”写了两列"
    )
    yield Hostile("no state", lambda: a_list(HEAD[:7], LINE[:7]), "没有“状态”")
    yield Hostile(
        "a number kept as a number", lambda: a_list(HEAD, (LINE[0], 110105194912310000, *LINE[2:])), "丢失"
    )
    yield Hostile(
        "a formula without its value",
        lambda: packed_book(book(HEAD, (*LINE[:5], "=1000+300", *LINE[6:]))),
        "公式",
    )
    yield Hostile(
        "a value that went wrong",
        changed(SHEET, r'<c r="F3"[^>]*><v>[^<]*</v>', '<c r="F3" t="e"><v>#N/A</v>'),
        "算错",
    )
    yield Hostile(
        "a day that is none", changed(SHEET, r'(<c r="I3"[^>]*><v>)[^<]*', r"\g<1>99999999"), "不存在"
    )
    yield Hostile("a number that is none", changed(SHEET, r'(<c r="I3"[^>]*><v>)[^<]*', r"\g<1>13x"), "损坏")
    yield Hostile("nan", changed(SHEET, r'(<c r="I3"[^>]*><v>)[^<]*', r"\g<1>nan"), "损坏")
    yield Hostile(
        "a shared text that is not there", changed(SHEET, r'(<c r="B3"[^>]*><v>)\d+', r"\g<1>999"), "损坏"
    )
    yield Hostile(
        "the strict flavour",
        changed(SHEET, 'http://schemas[^"]*2006/main', "http://purl.oclc.org/ooxml/spreadsheetml/main"),
        "普通的 xlsx",
    )
    yield Hostile("a chart first", with_chart_first, WHOLE)
    for part in (
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        SHEET,
        STRINGS,
    ):
        yield Hostile(f"without {part}", with_part(part, None), "。")
        yield Hostile(f"empty {part}", with_part(part, b""), "损坏")
        yield Hostile(f"malformed {part}", with_part(part, b"<a><b></a>"), "损坏")
    for part in ("docProps/core.xml", "_rels/.rels"):
        yield Hostile(f"malformed {part}", with_part(part, b"<a><b></a>"), "?")
    yield Hostile("laughing entities", changed(STRINGS, XML, DOCTYPE.format(LAUGHS), 1), "?")
    yield Hostile(
        "a file of the computer",
        changed(SHEET, XML, DOCTYPE.format('<!ENTITY c SYSTEM "file:///etc/passwd">'), 1),
        "?",
    )
    for seed in range(25):
        yield Hostile(f"three bits turned over, {seed}", with_flips(seed), "?")
    yield Hostile("a size too small", with_lying_size(0.5), "损坏")
    yield Hostile("a size too large", with_lying_size(3), "?")
    yield Hostile("a size beyond all lists", with_lying_size(1e6), "太大")
    yield Hostile("a row of 20 MB", lambda: one_long_row(20_000_000), "大得")
    yield Hostile("a shared text of 30 MB", one_long_text, "大得")
    yield Hostile("a password on its parts", encrypted, "损坏")
    yield Hostile(
        "an old xls or a password", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096), "旧的 xls"
    )
    yield Hostile("csv", lambda: ",".join(HEAD).encode(), "不是 xlsx")
    yield Hostile("nothing", lambda: b"", "不是 xlsx")
    yield Hostile("cut off", lambda: a_list()[:3000], "不是 xlsx")
    yield Hostile("another zip", lambda: packed({"a.txt": b"a"}), "损坏")
