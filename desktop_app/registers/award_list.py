"""Read a list of awards from a spreadsheet: every line understood, or every fault told with its line.

The head of a column says what it holds, in the words of the papers; the order of columns does not matter. A fault
names line and column and never repeats a number or a name. This module knows no store.
"""

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from desktop_app.case import Answer, Unread
from desktop_app.forms import kinds
from desktop_app.forms.fields import fields
from desktop_app.policy.ledger import PersonAward
from desktop_app.policy.model import Award, AwardStatus

LARGEST_UNPACKED: Final = 200_000_000  # bytes: a list of a million lines; more is not a list
MOST_ROWS: Final = 200_000
HEADS: Final[Mapping[str, str]] = {
    "姓名": "applicant.name",
    "身份证号": "applicant.id_number",
    "职业（工种）": "certificate.occupation",
    "职业": "certificate.occupation",
    "职种": "certificate.occupation",
    "工种": "certificate.work_type",
    "等级": "certificate.level",
    "证书类别": "certificate.kind",
    "证书编号": "certificate.number",
    "资格证书编号": "certificate.number",
    "核发日期": "certificate.issued_on",
    "申请时间": "claim.applied_on",
    "补贴金额": "claim.amount",
}
REGION_HEAD, STATUS_HEAD, DAY_HEAD = "地区", "状态", "状态日期"
REGIONS: Final = {
    "天津": "tianjin",
    "乌鲁木齐": "urumqi",
    "吉林": "jilin",
    "大连": "dalian",
    "重庆": "chongqing",
}
STATUSES: Final[Mapping[str, AwardStatus]] = {
    "已取得证书": "obtained",
    "已申请": "applied",
    "已拨付": "granted",
    "不予通过": "refused",
    "追回": "recovered",
}
_NEEDED: Final = ("身份证号", STATUS_HEAD)


class ListFaults(ValueError):
    """Every fault of a list, in the order of its lines."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(faults))


def read_awards(path: Path) -> tuple[PersonAward, ...]:
    """Return the awards that the first sheet of an xlsx file lists.

    Raises:
        ListFaults: The file is no such list, or lines of it cannot be read; then all of them are told.
    """
    lines = _lines(path)
    head_number, head = next(
        ((number, cells) for number, cells in lines if all(each in map(_word, cells) for each in _NEEDED)),
        (0, ()),
    )
    if not head:
        raise ListFaults(
            [f"{path.name}：没有找到表头，表头里至少要有“{'”和“'.join(_NEEDED)}”，请对照说明补上。"]
        )
    columns = {_word(cell): number for number, cell in enumerate(head) if _word(cell)}
    awards: list[PersonAward] = []
    faults: list[str] = []
    for number, cells in lines:
        if any(cell not in (None, "") for cell in cells):
            place = f"{path.name} 第{number}行"
            try:
                awards.append(_award(cells, columns))
            except ValueError as fault:
                faults.append(f"{place}：{fault}")
    if not awards and not faults:
        faults.append(f"{path.name}：第{head_number}行的表头下面没有内容，请核对文件。")
    if faults:
        raise ListFaults(faults)
    return tuple(awards)


def _lines(path: Path) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Yield (line number, cells) of the first sheet; refuse what is no spreadsheet or unpacks to too much."""
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(each.file_size for each in packed.infolist()) > LARGEST_UNPACKED:
                raise ListFaults([f"{path.name}：文件展开后太大，不像是名单，请核对文件。"])
        book = load_workbook(path, read_only=True, data_only=True)
    except FileNotFoundError:
        raise ListFaults([f"找不到文件“{path}”，请核对路径。"]) from None
    except (zipfile.BadZipFile, InvalidFileException, KeyError, OSError):
        raise ListFaults([f"{path.name}：不是 xlsx 电子表格，请另存为 xlsx 后再试。"]) from None
    sheet = book.worksheets[0]
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        if number > MOST_ROWS:
            raise ListFaults([f"{path.name}：超过 {MOST_ROWS} 行，请分成几个文件。"])
        yield number, cells
    book.close()


def _word(cell: object) -> str:
    """Return a head as it compares: without blanks and line ends, full-width brackets."""
    text = "".join(str(cell).split()) if cell is not None else ""
    return text.replace("(", "（").replace(")", "）").removesuffix("（元）")


def _award(cells: tuple[Any, ...], columns: Mapping[str, int]) -> PersonAward:
    def cell(head: str) -> str:
        value = cells[columns[head]] if head in columns and columns[head] < len(cells) else None
        if isinstance(value, datetime):
            return value.date().isoformat()
        return "" if value is None else str(value).strip()

    answers: dict[str, Answer] = {}
    for head, field_id in HEADS.items():
        text = cell(head)
        if not text:
            continue
        value, findings = kinds.parse(fields()[field_id], text)
        if isinstance(value, Unread) or any(each.outcome == "fail" for each in findings):
            raise ValueError(findings[0].message if findings else f"{head}读不懂，请改正。")
        if value is not None:
            answers[field_id] = value
    if "applicant.id_number" not in answers:
        raise ValueError("没有身份证号，请补上。")
    region = next((code for word, code in REGIONS.items() if cell(REGION_HEAD).startswith(word)), "")
    if cell(REGION_HEAD) and not region:
        raise ValueError(f"地区不认识，请写{'、'.join(REGIONS)}之一。")
    if cell(STATUS_HEAD) not in STATUSES:
        raise ValueError(f"状态不认识，请写{'、'.join(STATUSES)}之一。")
    day = kinds.parse(fields()["claim.applied_on"], cell(DAY_HEAD)).value if cell(DAY_HEAD) else None
    if isinstance(day, Unread):
        raise ValueError("状态日期读不懂，请写成 2017-09-08 这样。")
    level, amount = answers.get("certificate.level"), answers.get("claim.amount")
    award = Award(
        status=STATUSES[cell(STATUS_HEAD)],
        region=region,
        occupation=_text(answers, "certificate.occupation"),
        work_type=_text(answers, "certificate.work_type"),
        level=level if isinstance(level, int) else None,
        certificate_kind=_text(answers, "certificate.kind"),
        certificate_number=_text(answers, "certificate.number"),
        certificate_issued_on=_day(answers, "certificate.issued_on"),
        applied_on=_day(answers, "claim.applied_on"),
        on=day if isinstance(day, date) else None,
        amount=amount if isinstance(amount, Decimal) else None,
    )
    return PersonAward(_text(answers, "applicant.id_number"), _text(answers, "applicant.name"), award)


def _text(answers: Mapping[str, Answer], field_id: str) -> str:
    value = answers.get(field_id)
    return value if isinstance(value, str) else ""


def _day(answers: Mapping[str, Answer], field_id: str) -> date | None:
    value = answers.get(field_id)
    return value if isinstance(value, date) else None
