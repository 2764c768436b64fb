"""Read a list of awards from a spreadsheet: every line understood, or every fault told with its line.

The head of a column says what it holds, in the words of the papers; the order of columns does not matter. A fault
names line and column and never repeats a number or a name. This module knows no store.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final, NamedTuple

from openpyxl.cell.cell import ERROR_CODES

from desktop_app.case import Answer, Unread
from desktop_app.faults import Faults
from desktop_app.forms import kinds
from desktop_app.forms.fields import fields
from desktop_app.policy.ledger import PersonAward
from desktop_app.policy.model import Award, AwardStatus
from desktop_app.regions import regions
from desktop_app.registers.sheet_lines import Cells, Sheet, SheetFault, head_word, open_sheets

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
STATUSES: Final[Mapping[str, AwardStatus]] = {
    "已取得证书": "obtained",
    "已申请": "applied",
    "已拨付": "granted",
    "不予通过": "refused",
    "追回": "recovered",
}
_NEEDED: Final = ("身份证号", STATUS_HEAD)
_MEANINGS: Final = frozenset((*HEADS.values(), REGION_HEAD, STATUS_HEAD, DAY_HEAD))
MOST_FAULTS: Final = 200
LARGEST_EXACT: Final = 10**15  # spreadsheets keep fifteen digits of a number


def read_awards(path: Path) -> tuple[PersonAward, ...]:
    """Return the awards that an xlsx file lists, on every sheet that has the head of a list.

    Raises:
        Faults: The file is no such list, or lines of it cannot be read; then the first `MOST_FAULTS` are told.
    """
    awards: list[PersonAward] = []
    faults: list[str] = []
    has_head = False
    try:
        with open_sheets(path) as sheets:
            for sheet in sheets:
                place = path.name if len(sheets) == 1 else f"{path.name} “{sheet.title}”"
                head = _head(sheet, place)
                if head is None:
                    continue
                if sheet.is_hidden:
                    raise Faults([f"{place}：这张工作表是隐藏的，也是名单，请取消隐藏或删去后再导入。"])
                has_head = True
                _read_lines(head, place, awards, faults)
    except SheetFault as fault:
        raise Faults([str(fault)]) from None
    if not has_head:
        faults.append(f"{path.name}：没有找到表头，表头里至少要有“{'”和“'.join(_NEEDED)}”，请对照说明补上。")
    elif not awards and not faults:
        faults.append(f"{path.name}：表头下面没有内容，请核对文件。")
    if len(faults) > MOST_FAULTS:
        faults[MOST_FAULTS:] = [f"{path.name}：另有 {len(faults) - MOST_FAULTS} 行也有错，请一并核对。"]
    if faults:
        raise Faults(faults)
    return tuple(awards)


class _Head(NamedTuple):
    """A head that was found, and the lines below it."""

    columns: Mapping[str, int]
    lines: Iterator[tuple[int, Cells]]


def _head(sheet: Sheet, place: str) -> _Head | None:
    """Return the head of a list, or None for a sheet of something else; refuse one that can be read two ways."""
    for number, cells in sheet.lines:
        words = [head_word(cell) for cell in cells]
        if not any(each in words for each in _NEEDED):
            continue
        for each in _NEEDED:
            if each not in words:
                raise Faults([f"{place} 第{number}行：表头里没有“{each}”，请对照说明补上。"])
        columns: dict[str, int] = {}
        by_meaning: dict[str, str] = {}
        for column, word in enumerate(words):
            meaning = HEADS.get(word, word)
            if not word or meaning not in _MEANINGS:
                continue
            if meaning in by_meaning:
                doubled = " 和 ".join(dict.fromkeys(f"“{each}”" for each in (by_meaning[meaning], word)))
                raise Faults([f"{place} 第{number}行：表头{doubled}写了两列，不知道用哪一列，请删去一列。"])
            by_meaning[meaning] = word
            columns[word] = column
        return _Head(columns, sheet.lines)
    return None


def _read_lines(head: _Head, place: str, awards: list[PersonAward], faults: list[str]) -> None:
    for number, cells in head.lines:
        if any(cell not in (None, "") for cell in cells):
            try:
                awards.append(_award(cells, head.columns))
            except ValueError as fault:
                faults.append(f"{place} 第{number}行：{fault}")


def _award(cells: Cells, columns: Mapping[str, int]) -> PersonAward:
    def cell(head: str) -> str:
        value = cells[columns[head]] if head in columns and columns[head] < len(cells) else None
        if isinstance(value, datetime):
            return value.date().isoformat()
        if isinstance(value, str) and value in ERROR_CODES:
            raise ValueError(f"{head}是算错的公式或不存在的日期，请改正。")
        if isinstance(value, int | float) and not abs(value) < LARGEST_EXACT:
            raise ValueError(f"{head}存成了数字，末几位已经丢失，请把这一列设为文本后重新填写。")
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
    region = next((each.id for each in regions() if cell(REGION_HEAD).startswith(each.short_name)), "")
    if cell(REGION_HEAD) and not region:
        raise ValueError(f"地区不认识，请写{'、'.join(each.short_name for each in regions())}之一。")
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
