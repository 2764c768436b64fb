"""Read a form file: TOML text in, a `Form` out, or every fault of the file at once.

A fault names file, block, row and cell, and says what to do; a technician without a programmer reads them.
This module opens no file and knows no case.
"""

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, get_args

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

_FORM_KEYS = (
    "id version title region source paper orientation copies list sample margins required counts labels wording "
    "help masked order derived block"
).split()
_BLOCK_KEYS = "text columns row space align ruled min_rows size lead face height".split()
_ROW_KEYS = "height cells head repeat when size lead face".split()


REGIONS = ("tianjin", "urumqi", "jilin", "dalian", "chongqing")
MOST_COPIES = 99


class FormFaults(ValueError):
    """Every fault of one form file, in reading order."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


class _Reader:
    """Collects faults while one file is read."""

    def __init__(self, file_name: str) -> None:
        self.file_name = file_name
        self.faults: list[str] = []

    def fault(self, place: str, sentence: str) -> None:
        where = f"{self.file_name} {place}".rstrip()
        self.faults.append(f"{where}：{sentence}")

    def value(
        self, table: Mapping[str, Any], key: str, kind: type | tuple[type, ...], default: Any, place: str
    ) -> Any:
        """Return `table[key]` if it is of `kind`, else tell the fault and return the default."""
        value = table.get(key, default)
        is_bool_for_number = isinstance(value, bool) and kind is not bool
        if not isinstance(value, kind) or is_bool_for_number:
            self.fault(place, f"“{key}”的写法不对，请参照已有的表单文件改写。")
            return default
        return value

    def known(self, table: Mapping[str, Any], keys: list[str], place: str) -> None:
        for key in table:
            if key not in keys:
                self.fault(place, f"没有“{key}”这一项{_nearest(key, keys)}。")


def _nearest(name: str, names: Iterable[str]) -> str:
    near = difflib.get_close_matches(name, list(names), 1, 0.5)
    return f"，最接近的是“{near[0]}”，请改正" if near else "，请删去或改正"


def parse_toml(text: str, file_name: str) -> dict[str, Any]:
    """Return the tables of a TOML text; raise `FormFaults` with line and column where it is not TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"at line (\d+), column (\d+)", str(error))
        place = f"第{found[1]}行第{found[2]}列" if found else "文件末尾"
        is_twice = "overwrite" in str(error) or "twice" in str(error)
        sentence = (
            "同一项写了两次，请删去一处。" if is_twice else "不合 TOML 的写法，请检查引号、括号和等号。"
        )
        raise FormFaults((f"{file_name} {place}：{sentence}",)) from None


def load_form(text: str, file_name: str) -> Form:
    """Return the form that a file describes.

    Raises:
        FormFaults: With every fault of the file.
    """
    reader = _Reader(file_name)
    table = parse_toml(text, file_name)
    form = _form(reader, table)
    if not reader.faults:
        for place, sentence in layout.lay_out(form).faults:
            reader.fault(place, sentence)
    if reader.faults:
        raise FormFaults(reader.faults)
    return form


def _form(reader: _Reader, table: Mapping[str, Any]) -> Form:
    reader.known(table, _FORM_KEYS, "")
    for key in ("id", "version", "title", "region", "source"):
        if not table.get(key):
            reader.fault("", f"缺少“{key}”，请补上。")
    paper = _one_of(reader, table, "paper", tuple(PAPER_SIZES), "A4")
    orientation = _one_of(reader, table, "orientation", ("portrait", "landscape"), "portrait")
    version = str(table.get("version", ""))
    _check_version(reader, version)
    _check_region(reader, str(table.get("region", "")))
    margins = reader.value(table, "margins", list, [20, 20, 20, 20], "")
    if len(margins) != 4 or not all(isinstance(each, int | float) for each in margins):
        reader.fault("", "“margins”应是上、右、下、左四个毫米数，请补全。")
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
        is_list=reader.value(table, "list", bool, False, ""),
        is_sample=reader.value(table, "sample", bool, False, ""),
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
    copies: int = reader.value(table, "copies", int, 1, "")
    if not 1 <= copies <= MOST_COPIES:
        reader.fault("", f"“copies”应是 1 到 {MOST_COPIES} 的份数，请改正。")
        return 1
    return copies


def _check_region(reader: _Reader, region: str) -> None:
    """A new region is welcome; one that is nearly a known one is a slip."""
    near = difflib.get_close_matches(region, REGIONS, 1, 0.7)
    if near and region not in REGIONS:
        reader.fault("", f"没有地区“{region}”，最接近的是“{near[0]}”，请改正。")


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
    reader.known(table, _BLOCK_KEYS, place)
    space = float(reader.value(table, "space", (int, float), 0, place))
    standard = "left" if "text" in table else "center"
    align: Align = _one_of(reader, table, "align", get_args(Align), standard, place)  # type: ignore[assignment]
    if "text" in table:
        row = _row(reader, {**_row_settings(table), "cells": [table["text"]]}, place, 1, {})
        return Block((text_width,), (row,), space, False, align)
    columns = [float(each) for each in reader.value(table, "columns", list, [], place)]
    if not columns or min(columns) <= 0:
        reader.fault(place, "“columns”应是各列的毫米宽度，请写全。")
        columns = [text_width / len(columns)] * len(columns) if columns else [text_width]
    if sum(columns) > text_width + 0.01:
        over = sum(columns) - text_width
        reader.fault(place, f"各列合计比版心宽 {over:.1f} 毫米，请把列改窄或把页边距改小。")
    rows = table.get("row", [])
    spans = _spans(reader, rows, len(columns), place)
    made = [_row(reader, row, place, index, spans) for index, row in enumerate(rows, 1)]
    is_ruled = reader.value(table, "ruled", bool, True, place)
    min_rows = reader.value(table, "min_rows", int, 0, place)
    return Block(tuple(columns), tuple(made), space, is_ruled, align, min_rows)


def _row_settings(table: Mapping[str, Any]) -> dict[str, Any]:
    return {key: table[key] for key in ("height", "size", "lead", "face") if key in table}


def _row(reader: _Reader, table: Mapping[str, Any], block_place: str, index: int, spans: Spans) -> Row:
    place = f"{block_place}第{index}行"
    reader.known(table, _ROW_KEYS, place)
    cells = []
    for column, text in enumerate(table.get("cells", ()), 1):
        if text in ("<", "^"):
            continue
        row_span, column_span = spans.get((index - 1, column - 1), (1, 1))
        lines = _lines(reader, str(text), f"{place}第{column}格")
        cells.append(Cell(index - 1, column - 1, row_span, column_span, lines))
    role: Role = "head" if table.get("head") else "repeat" if table.get("repeat") else "plain"
    height = table.get("height")
    if height is not None and (
        isinstance(height, bool) or not isinstance(height, int | float) or height <= 0
    ):
        reader.fault(place, "“height”应是行高的毫米数，请改正。")
        height = 10
    face = reader.value(table, "face", str, "song", place)
    if face not in faces.FACES:
        reader.fault(place, f"没有字体“{face}”{_nearest(face, faces.FACES)}。")
        face = "song"
    size = float(reader.value(table, "size", (int, float), 10.5, place))
    if not 4 <= size <= 72:
        reader.fault(place, "“size”应是 4 到 72 的字号（磅），请改正。")
        size = 10.5
    return Row(
        float(height) if height is not None else None,
        tuple(cells),
        role,
        _when(reader, table, place),
        size,
        float(reader.value(table, "lead", (int, float), 1.5, place)),
        face,
    )


def _when(reader: _Reader, table: Mapping[str, Any], place: str) -> tuple[str, str] | None:
    when = table.get("when")
    if when is None:
        return None
    if not isinstance(when, dict) or len(when) != 1:
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
