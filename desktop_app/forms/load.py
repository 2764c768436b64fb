"""Read a form file: TOML text in, a `Form` out, or every fault of the file at once.

A fault names file, block, row and cell, and says what to do; a technician without a programmer reads them.
This module opens no file and knows no case.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, get_args

from desktop_app.faults import Faults, nearest
from desktop_app.forms import faces, fields, layout, markup
from desktop_app.forms.merging import Spans, spans_of
from desktop_app.forms.model import (
    PAPER_SIZES,
    Align,
    Block,
    Cell,
    Form,
    FormField,
    Kept,
    Piece,
    Place,
    Role,
    Row,
    Words,
)
from desktop_app.forms.shape import BLOCK_KEYS, FORM_KEYS, ROW_KEYS, shape_faults
from desktop_app.regions import region_ids
from desktop_app.toml_text import TomlFault, read_toml

LARGEST_MARGIN = 150.0  # mm
LARGEST_SPACE = 420.0  # mm
MOST_EMPTY_ROWS = 500
_ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")

MOST_COPIES = 99


class _Reader:
    """Collects faults while one file is read."""

    def __init__(self, file_name: str) -> None:
        self.file_name = file_name
        self.faults: list[str] = []

    def fault(self, place: str, sentence: str) -> None:
        where = f"{self.file_name} {place}".rstrip()
        self.faults.append(f"{where}：{sentence}")

    def known(self, table: Mapping[str, Any], keys: list[str], place: str) -> None:
        for key in table:
            if key not in keys:
                self.fault(place, f"没有“{key}”这一项{_nearest(key, keys)}。")


def _nearest(name: str, names: Iterable[str]) -> str:
    near = nearest(name, names)
    return f"，最接近的是“{near}”，请改正" if near else "，请删去或改正"


def load_form(text: str, file_name: str) -> Form:
    """Return the form that a file describes.

    Raises:
        Faults: With every fault of the file.
    """
    reader = _Reader(file_name)
    try:
        table = read_toml(text, file_name)
    except TomlFault as fault:
        raise Faults((str(fault),)) from None
    for place, sentence in shape_faults(table):
        reader.fault(place, sentence)
    if reader.faults:
        raise Faults(reader.faults)
    form = _form(reader, table)
    if not reader.faults:
        for place, sentence in layout.lay_out(form).faults:
            reader.fault(place, sentence)
    if reader.faults:
        raise Faults(reader.faults)
    return form


def _form(reader: _Reader, table: Mapping[str, Any]) -> Form:
    reader.known(table, FORM_KEYS, "")
    for key in ("id", "version", "title", "region", "source"):
        if not table.get(key):
            reader.fault("", f"缺少“{key}”，请补上。")
    if table.get("id") and not _ID.fullmatch(table["id"]):
        reader.fault("", "“id”应是小写字母、数字、下划线和点，请写成“jilin.application”这样。")
    paper = _one_of(reader, table, "paper", tuple(PAPER_SIZES), "A4")
    orientation = _one_of(reader, table, "orientation", ("portrait", "landscape"), "portrait")
    version = str(table.get("version", ""))
    _check_version(reader, version)
    _check_region(reader, str(table.get("region", "")))
    margins = table.get("margins", [20, 20, 20, 20])
    if len(margins) != 4 or not all(0 <= each <= LARGEST_MARGIN for each in margins):
        reader.fault("", f"“margins”应是上、右、下、左四个 0 到 {LARGEST_MARGIN:.0f} 的毫米数，请改正。")
        margins = [20, 20, 20, 20]
    size = PAPER_SIZES[paper]
    width = (max(size) if orientation == "landscape" else min(size)) - margins[1] - margins[3]
    blocks = [_block(reader, each, number, width) for number, each in enumerate(table.get("block", ()), 1)]
    if not blocks:
        reader.fault("", "没有任何“[[block]]”，请写上标题和表格。")
    blocks = _with_roles(blocks)
    wording = {key: dict(each) for key, each in table.get("wording", {}).items()}
    _check_wording(reader, wording)
    return Form(
        id=str(table.get("id", "")),
        version=version,
        title=str(table.get("title", "")),
        region=str(table.get("region", "")),
        source=str(table.get("source", "")),
        paper=paper,
        orientation="landscape" if orientation == "landscape" else "portrait",
        copies=_copies(reader, table),
        is_list=table.get("list", False),
        is_sample=table.get("sample", False),
        margins=(float(margins[0]), float(margins[1]), float(margins[2]), float(margins[3])),
        blocks=tuple(blocks),
        fields=_fields(reader, table, blocks),
        wording=wording,
        help={
            key: str(each) for key, each in table.get("help", {}).items() if _known_field(reader, key, "help")
        },
        masked=tuple(key for key in table.get("masked", ()) if _known_field(reader, key, "masked")),
        derived=tuple(key for key in table.get("derived", ()) if _known_field(reader, key, "derived")),
        order=tuple(key for key in table.get("order", ()) if _known_field(reader, key, "order")),
    )


def _one_of(
    reader: _Reader, table: Mapping[str, Any], key: str, words: tuple[str, ...], default: str, place: str = ""
) -> str:
    word = table.get(key, default)
    if word in words:
        return str(word)
    reader.fault(place, f"“{key}”只能是{'、'.join(words)}，请改正。")
    return default


def _copies(reader: _Reader, table: Mapping[str, Any]) -> int:
    copies: int = table.get("copies", 1)
    if not 1 <= copies <= MOST_COPIES:
        reader.fault("", f"“copies”应是 1 到 {MOST_COPIES} 的份数，请改正。")
        return 1
    return copies


def _check_region(reader: _Reader, region: str) -> None:
    """A new region is welcome; one that is nearly a known one is a slip."""
    if region and not _ID.fullmatch(region):
        reader.fault("", "“region”应是小写字母的地区代号，请改正。")
    known = region_ids()
    near = nearest(region, known, 0.7)
    if near and region not in known:
        reader.fault("", f"没有地区“{region}”，最接近的是“{near}”，请改正。")


def _check_version(reader: _Reader, version: str) -> None:
    try:
        date.fromisoformat(version)
    except ValueError:
        reader.fault("", "“version”应是启用日期，请写成“2017-08-23”这样。")


def _known_field(reader: _Reader, field_id: str, place: str) -> bool:
    if field_id in fields.fields():
        return True
    reader.fault(place, f"没有字段“{field_id}”{_nearest(field_id, fields.fields())}。")
    return False


def _check_wording(reader: _Reader, wording: Mapping[str, Mapping[str, str]]) -> None:
    for field_id, words in wording.items():
        if _known_field(reader, field_id, "wording"):
            for choice in words:
                _check_option(reader, field_id, choice, "wording")


def _check_option(reader: _Reader, field_id: str, option: str, place: str) -> None:
    known = options_of(field_id)
    if option not in known:
        label = fields.fields()[field_id].label
        reader.fault(place, f"{label}没有选项“{option}”{_nearest(option, known)}。")


def options_of(field_id: str) -> tuple[str, ...]:
    """Return the options that a square or ring may stand for; empty where the field has none."""
    field = fields.fields()[field_id]
    if field.kind == "yes_no":
        return ("yes", "no")
    if field.kind == "level":
        return ("5", "4", "3", "2", "1")
    return tuple(choice.id for choice in field.choices)


def _fields(reader: _Reader, table: Mapping[str, Any], blocks: list[Block]) -> tuple[FormField, ...]:
    required = [key for key in table.get("required", ()) if _known_field(reader, key, "required")]
    labels: dict[str, str] = {
        key: str(each) for key, each in table.get("labels", {}).items() if _known_field(reader, key, "labels")
    }
    found: dict[str, bool] = {}
    for block in blocks:
        for row in block.rows:
            for piece in _pieces(row):
                if isinstance(piece, Place) and piece.field_id in fields.fields():
                    found.setdefault(piece.field_id, row.role == "repeat")
    for field_id in table.get("counts", ()):
        if _known_field(reader, field_id, "counts"):
            found.setdefault(field_id, True)
    for field_id in required:
        if field_id not in found:
            reader.fault("required", f"必填的“{field_id}”在表上没有位置，请在表格里写上“{{{field_id}}}”。")
    return tuple(
        FormField(
            field_id, labels.get(field_id, fields.fields()[field_id].label), field_id in required, is_repeated
        )
        for field_id, is_repeated in found.items()
    )


def _pieces(row: Row) -> Iterable[Piece]:
    return (piece for cell in row.cells for line in cell.lines for piece in line)


def _block(reader: _Reader, table: Mapping[str, Any], number: int, text_width: float) -> Block:
    place = f"第{number}块"
    reader.known(table, BLOCK_KEYS, place)
    space = float(table.get("space", 0))
    if not 0 <= space <= LARGEST_SPACE:
        reader.fault(place, f"“space”应是 0 到 {LARGEST_SPACE:.0f} 的毫米数，请改正。")
        space = 0
    standard = "left" if "text" in table else "center"
    align: Align = _one_of(reader, table, "align", get_args(Align), standard, place)  # type: ignore[assignment]
    if "text" in table:
        row = _row(reader, {**_row_settings(table), "cells": [table["text"]]}, place, 1, {})
        return Block((text_width,), (row,), space, False, align)
    columns = [float(each) for each in table.get("columns", [])]
    if not columns or min(columns) <= 0:
        reader.fault(place, "“columns”应是各列的毫米宽度，请写全。")
        columns = [text_width / len(columns)] * len(columns) if columns else [text_width]
    if sum(columns) > text_width + 0.01:
        over = sum(columns) - text_width
        reader.fault(place, f"各列合计比版心宽 {over:.1f} 毫米，请把列改窄或把页边距改小。")
    rows = table.get("row", [])
    spans = _spans(reader, rows, len(columns), place)
    made = [_row(reader, row, place, index, spans) for index, row in enumerate(rows, 1)]
    is_ruled = table.get("ruled", True)
    min_rows = table.get("min_rows", 0)
    if not 0 <= min_rows <= MOST_EMPTY_ROWS:
        reader.fault(place, f"“min_rows”应是 0 到 {MOST_EMPTY_ROWS} 的行数，请改正。")
        min_rows = 0
    return Block(tuple(columns), tuple(made), space, is_ruled, align, min_rows)


def _row_settings(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: table[key] for key in ("height", "size", "lead", "face") if key in table}


def _row(reader: _Reader, table: Mapping[str, Any], block_place: str, index: int, spans: Spans) -> Row:
    place = f"{block_place}第{index}行"
    reader.known(table, ROW_KEYS, place)
    cells = []
    for column, text in enumerate(table.get("cells", ()), 1):
        if text in ("<", "^"):
            continue
        row_span, column_span = spans.get((index - 1, column - 1), (1, 1))
        lines = _lines(reader, str(text), f"{place}第{column}格")
        cells.append(Cell(index - 1, column - 1, row_span, column_span, lines))
    role: Role = "head" if table.get("head") else "repeat" if table.get("repeat") else "plain"
    height = table.get("height")
    if height is None and not cells:
        reader.fault(place, "这一行没有自己的格，请写上行高“height”，或删去这一行。")
        height = 10
    if height is not None and not 0 < height <= LARGEST_SPACE:
        reader.fault(place, "“height”应是行高的毫米数，请改正。")
        height = 10
    face = table.get("face", "song")
    if face not in faces.FACES:
        reader.fault(place, f"没有字体“{face}”{_nearest(face, faces.FACES)}。")
        face = "song"
    size = float(table.get("size", 10.5))
    if not 4 <= size <= 72:
        reader.fault(place, "“size”应是 4 到 72 的字号（磅），请改正。")
        size = 10.5
    lead = float(table.get("lead", 1.5))
    if not 0.5 <= lead <= 5:
        reader.fault(place, "“lead”应是 0.5 到 5 的行距倍数，请改正。")
        lead = 1.5
    return Row(
        float(height) if height is not None else None,
        tuple(cells),
        role,
        _when(reader, table, place),
        size,
        lead,
        face,
    )


def _when(reader: _Reader, table: Mapping[str, Any], place: str) -> tuple[str, str] | None:
    when = table.get("when")
    if when is None:
        return None
    if len(when) != 1:
        reader.fault(place, "“when”只能写一个字段和它的一个选项，请改写。")
        return None
    ((field_id, option),) = when.items()
    if not _known_field(reader, field_id, place):
        return None
    _check_option(reader, field_id, str(option), place)
    return field_id, str(option)


def _lines(reader: _Reader, text: str, place: str) -> tuple[tuple[Piece, ...], ...]:
    try:
        lines = markup.read_lines(text)
    except markup.MarkupFault as fault:
        reader.fault(place, str(fault))
        return ()
    for line in lines:
        for piece in line:
            _check_piece(reader, piece, place)
    return lines


def _check_piece(reader: _Reader, piece: Piece, place: str) -> None:
    if isinstance(piece, Words):
        missing = faces.missing(piece.text)
        if missing:
            codes = "、".join(f"U+{ord(each):04X}" for each in missing)
            reader.fault(place, f"字库里没有 {codes} 这个字，请改用其他写法。")
    elif isinstance(piece, Place) and not piece.field_id.startswith("statistics."):
        if _known_field(reader, piece.field_id, place):
            if piece.option:
                _check_option(reader, piece.field_id, piece.option, place)
            elif piece.ring:
                reader.fault(place, "“ring”要写明选项，请写成“{字段=选项 ring=字}”。")
    elif isinstance(piece, Kept) and piece.width is None and piece.purpose == "signature":
        reader.fault(place, "签字处没有写宽度，请写成“{signature 35}”这样，单位毫米。")


def _spans(reader: _Reader, rows: list[Mapping[str, Any]], width: int, place: str) -> Spans:
    grid = [[str(text) for text in row.get("cells", [])] for row in rows]
    for index, cells in enumerate(grid, 1):
        if len(cells) != width:
            words = f"有 {len(cells)} 格，而这张表有 {width} 列，请用“<”或“^”补足合并的格。"
            reader.fault(f"{place}第{index}行", words)
    if any(len(cells) != width for cells in grid):
        return {}

    def tell(row: int, column: int, sentence: str) -> None:
        reader.fault(f"{place}第{row + 1}行第{column + 1}格", sentence)

    return spans_of(grid, tell)


def _with_roles(blocks: list[Block]) -> list[Block]:
    """Mark the rows below a repeated row as the table's foot."""
    out = []
    for block in blocks:
        rows: list[Row] = []
        has_repeat = False
        for row in block.rows:
            is_foot = has_repeat and row.role == "plain"
            has_repeat = has_repeat or row.role == "repeat"
            role: Role = "foot" if is_foot else row.role
            rows.append(Row(row.height, row.cells, role, row.when, row.size, row.lead, row.face))
        out.append(
            Block(block.columns, tuple(rows), block.space, block.is_ruled, block.align, block.min_rows)
        )
    return out
