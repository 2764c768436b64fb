"""What every spreadsheet that the program writes has in common: texts are never formulas, and a file has no time."""

import re
import zipfile
from io import BytesIO
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.xml.constants import ARC_CORE
from openpyxl.xml.functions import tostring

# What a spreadsheet takes for the beginning of a formula, full-width signs included: Chinese ones read these too.
_FORMULA_STARTS: Final = frozenset("=+-@\t\r\n＝＋－＠")
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ZIP_DAY: Final = (1980, 1, 1, 0, 0, 0)


def begins_like_a_formula(text: str) -> bool:
    """Say whether a spreadsheet that reads a text may take it for a formula."""
    return text[:1] in _FORMULA_STARTS and text != ""


def set_text(cell: Any, text: str) -> None:
    """Write a text into a cell as text, whatever it looks like."""
    cell.value = _UNWRITABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    cell.data_type = "s"  # openpyxl takes text that begins with = for a formula


def sheet_title(title: str, otherwise: str) -> str:
    """Return a title as a spreadsheet takes it for its tab."""
    return re.sub(r"[\[\]:*?/\\]", "", title)[:31] or otherwise


def timeless(book: Workbook, title: str) -> bytes:
    """Return the file without the time and the program that wrote it."""
    saved, out = BytesIO(), BytesIO()
    book.save(saved)
    properties = DocumentProperties(title=title, creator=None, language="zh-CN").to_tree()
    for each in [each for each in properties if each.tag.endswith(("}created", "}modified"))]:
        properties.remove(each)
    with zipfile.ZipFile(saved) as read, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name in read.namelist():
            content = tostring(properties) if name == ARC_CORE else read.read(name)
            entry = zipfile.ZipInfo(name, _ZIP_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            written.writestr(entry, content)
    return out.getvalue()
