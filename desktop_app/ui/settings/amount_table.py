"""The office's own table of amounts, where the notice that states them is not at hand: empty until it is filled in.

It shows and takes rows of plain values; what is wrong with them is said by the policy and shown in one line.
"""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.case import Unread
from desktop_app.forms import kinds
from desktop_app.forms.fields import fields
from desktop_app.store.records import Json
from desktop_app.ui.parts.buttons import push_button
from desktop_app.ui.parts.labels import wrapped_label
from desktop_app.ui.parts.look import NORMAL, STEP, Colours, sized, tint

_COLUMNS: Final = (
    ("kind", "证书类别", "certificate.kind"),
    ("occupation", "职业（工种）", "certificate.occupation"),
    ("level", "等级", "certificate.level"),
    ("from", "从哪天起取得的证书", "claim.applied_on"),
    ("yuan", "补贴标准（元）", "claim.amount"),
    ("source", "依据（文号、条款）", ""),
)
_SPARE_ROWS: Final = 3


class AmountTable(QWidget):
    """A table that is typed into like a sheet; 保存 tells the rows that are filled in."""

    rows_told = Signal(list)

    def __init__(self, rows: Json, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        held = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
        self.table = QTableWidget(len(held) + _SPARE_ROWS, len(_COLUMNS))
        self.table.setAccessibleName("补贴标准表")
        self.table.setHorizontalHeaderLabels([words for _key, words, _field in _COLUMNS])
        self.table.verticalHeader().hide()
        self.table.setTabKeyNavigation(False)
        self.table.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        for at, row in enumerate(held):
            for column, (key, _words, field_id) in enumerate(_COLUMNS):
                self.table.setItem(at, column, QTableWidgetItem(_shown(row.get(key), field_id)))
        for column, width in enumerate((150, 150, 70, 150, 120, 240)):
            self.table.setColumnWidth(column, width)
        self.fault = wrapped_label(font=sized(NORMAL - 1))
        keep = push_button("保存补贴标准")
        keep.clicked.connect(self._keep)
        more = push_button("加一行")
        more.clicked.connect(lambda: self.table.insertRow(self.table.rowCount()))
        foot = QHBoxLayout()
        foot.addWidget(keep)
        foot.addWidget(more)
        foot.addWidget(self.fault, 1)
        column_box = QVBoxLayout(self)
        column_box.setContentsMargins(0, 0, 0, 0)
        column_box.setSpacing(STEP)
        column_box.addWidget(self.table, 1)
        column_box.addLayout(foot)
        self.dress(colours)

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        self._colours = colours

    def _keep(self) -> None:
        from desktop_app.faults import Faults
        from desktop_app.policy.office_amounts import amount_rows

        rows: list[dict[str, kinds.Json]] = []
        for at in range(self.table.rowCount()):
            try:
                row = self._row(at)
                if row:
                    amount_rows([row])
                    rows.append(row)
            except (ValueError, Faults) as fault:
                sentence = str(fault).split("\n")[0].rpartition("：")[2]
                self._say(f"第{at + 1}行：{_in_words(sentence)}", is_fault=True)
                self.table.setCurrentCell(at, 0)
                return
        try:
            amount_rows(rows)
        except Faults as fault:
            self._say(str(fault).split("\n")[0], is_fault=True)
            return
        self._say(f"✓ 已保存 {len(rows)} 行", is_fault=False)
        self.rows_told.emit(rows)

    def _row(self, at: int) -> dict[str, kinds.Json]:
        texts = {}
        for column, (key, _words, _field_id) in enumerate(_COLUMNS):
            item = self.table.item(at, column)
            texts[key] = item.text().strip() if item else ""
        if not any(texts.values()):
            return {}
        row: dict[str, kinds.Json] = {}
        for key, words, field_id in _COLUMNS:
            if not field_id or not texts[key]:
                row[key] = texts[key]
                continue
            value = kinds.parse(fields()[field_id], texts[key]).value
            is_name = key != "occupation" or any(map(str.isalpha, texts[key]))
            if value is None or isinstance(value, Unread) or not is_name:
                raise ValueError(f"{words}读不懂，请改正。")
            row[key] = kinds.to_json(fields()[field_id], value)
        return {key: value for key, value in row.items() if value != ""}

    def _say(self, words: str, *, is_fault: bool) -> None:
        self.fault.setText(words)
        tint(self.fault, self._colours.fail if is_fault else self._colours.passed)


def _in_words(sentence: str) -> str:
    """Return a sentence with the heads of the columns in place of their keys."""
    for key, words, _field_id in _COLUMNS:
        sentence = sentence.replace(key, words)
    return sentence


def _shown(value: Json, field_id: str) -> str:
    if value in (None, ""):
        return ""
    if not field_id:
        return str(value)
    try:
        field = fields()[field_id]
        return kinds.show(field, kinds.from_json(field, value), "iso")
    except ValueError:
        return str(value)
