"""The page 设置: which office this is, where its data lie, and how its printers are set."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.forms.titles import form_title
from desktop_app.policy.catalogue import policy_at_hand
from desktop_app.policy.known import AMOUNTS
from desktop_app.printing import overprint
from desktop_app.store.records import Json
from desktop_app.ui.paper.second_keying import KEY_TWICE
from desktop_app.ui.parts.buttons import push_button
from desktop_app.ui.parts.labels import head, plain_label, selectable_label
from desktop_app.ui.parts.look import STEP, Colours, style_sheet, tint
from desktop_app.ui.settings.amount_table import AmountTable
from desktop_app.ui.settings.office_fields import OfficeFields
from desktop_app.ui.settings.protection_box import ProtectionBox

_OFFSETS = "printing.offset/"


class SettingsPage(QWidget):
    """Shows what is set and tells what was changed."""

    office_told = Signal(dict)
    offset_changed = Signal(str, str)  # as `overprint` names and writes it
    amounts_told = Signal(list)
    twice_chosen = Signal(bool)  # numbers are keyed twice

    def __init__(
        self,
        values: Mapping[str, Json],
        folder: Path,
        colours: Colours,
        parent: QWidget | None = None,
        *,
        sets_office: bool = True,
        sets_printers: bool = True,
    ) -> None:
        """Build it; who sets neither the office nor its printers only reads it."""
        super().__init__(parent)
        texts = {key: value for key, value in values.items() if isinstance(value, str)}
        self.fields = OfficeFields(texts, has_details=True)
        self.fields.finished.connect(self._finish)
        self.fields.fault_told.connect(lambda fault: self._say(f"✕ {fault}" if fault else ""))
        self.fault = plain_label()
        keep = push_button("保存设置", "main_act")
        keep.clicked.connect(self._finish)
        row = QHBoxLayout()
        row.addWidget(keep)
        row.addWidget(self.fault, 1)
        keep.setVisible(sets_office)
        self.fields.setEnabled(sets_office)
        where = (
            f"资料库在 {folder / 'store.db'}，内容已加密。",
            "密钥锁在每个人的密码后面，放在同一文件夹的 store.slots 里；没有密码，也没有恢复页，谁也打不开。",
        )
        about_data = [selectable_label(sentence) for sentence in where]
        self.quiet = [*about_data]
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(3 * STEP, 2 * STEP, 3 * STEP, 2 * STEP)
        column.setSpacing(2 * STEP)
        column.addWidget(head("经办机构"))
        if not sets_office:
            self.quiet.append(selectable_label("机构、录入方式和补贴标准由管理员修改，这里只能查看。"))
            column.addWidget(self.quiet[-1])
        column.addWidget(self.fields)
        column.addLayout(row)
        column.addSpacing(STEP)
        column.addWidget(head("录入"))
        self.twice = QCheckBox("卡号、证书编号输入两遍，两遍相同才到下一格（下次打开表单时起作用）")
        self.twice.setChecked(bool(values.get(KEY_TWICE)))
        self.twice.toggled.connect(self.twice_chosen)
        self.twice.setEnabled(sets_office)
        column.addWidget(self.twice)
        column.addSpacing(STEP)
        self.amounts: AmountTable | None = None
        here = policy_at_hand(texts.get("region", ""))
        if here is not None and here.has_office_amounts:
            column.addWidget(head("补贴标准"))
            self.quiet.append(
                selectable_label(
                    "本地补贴标准的文件不在程序里，请按文件填写；没有填写之前，审核结果为“补贴标准未配置”。"
                )
            )
            column.addWidget(self.quiet[-1])
            rows = values.get(AMOUNTS)
            self.amounts = AmountTable(rows, colours)
            self.amounts.rows_told.connect(self.amounts_told)
            self.amounts.setMinimumHeight(30 * STEP)
            self.amounts.setEnabled(sets_office)
            column.addWidget(self.amounts, 2)
            column.addSpacing(STEP)
        column.addWidget(head("密码和锁定"))
        self.protection = ProtectionBox(values, colours, is_settable=sets_office)
        column.addWidget(self.protection)
        column.addSpacing(STEP)
        column.addWidget(head("套打调整"))
        self.offsets = self._offset_table(texts)
        self.offsets.setEnabled(sets_printers)
        if self.offsets.rowCount():
            column.addWidget(self.offsets, 1)
        else:
            self.quiet.append(
                selectable_label(
                    "还没有调整过。打印时填写“向右调整”“向下调整”，会按打印机、纸盒和表单记在这里。"
                )
            )
            column.addWidget(self.quiet[-1])
            column.addStretch(1)
        column.addSpacing(STEP)
        column.addWidget(head("资料"))
        for label in about_data:
            column.addWidget(label)
        area = _Area()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setWidget(inner)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addWidget(area)
        self.dress(colours)

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        self.setStyleSheet(style_sheet(colours))
        self._colours = colours
        self.protection.dress(colours)
        for label in (*self.quiet, self.fields.how):
            tint(label, colours.quiet)

    def take_focus(self) -> None:
        """Put the focus on the first field that can be changed."""
        if self.fields.isEnabled():
            self.fields.take_focus()
        else:
            self.offsets.setFocus()

    def show_kept(self) -> None:
        """Say that the settings are on the disk."""
        self.fault.setText("✓ 已保存")
        tint(self.fault, self._colours.passed)

    def _offset_table(self, values: dict[str, str]) -> QTableWidget:
        kept = sorted((name, text) for name, text in values.items() if name.startswith(_OFFSETS))
        table = QTableWidget(len(kept), 5)
        table.setAccessibleName("套打调整")
        table.setHorizontalHeaderLabels(["打印机", "纸盒", "表单", "向右调整（毫米）", "向下调整（毫米）"])
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        for at, (name, text) in enumerate(kept):
            # A printer's name may hold a slash itself; the form's id and the tray do not.
            printer, tray, form_id = name.removeprefix(_OFFSETS).rsplit("/", 2)
            offset = overprint.read_offset(text)
            cells = (printer, tray, form_title(form_id), f"{offset.right:.1f}", f"{offset.down:.1f}")
            for column, cell in enumerate(cells):
                item = QTableWidgetItem(cell)
                item.setData(Qt.ItemDataRole.UserRole, name)
                if column < 3:
                    item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
                table.setItem(at, column, item)
        table.resizeColumnsToContents()
        table.itemChanged.connect(self._take_offset)
        return table

    def _take_offset(self, item: QTableWidgetItem) -> None:
        table, at = item.tableWidget(), item.row()
        try:
            cells = (table.item(at, column) for column in (3, 4))
            right, down = (float(cell.text() if cell else "") for cell in cells)
        except ValueError:
            right = down = overprint.LARGEST_OFFSET + 1
        if max(abs(right), abs(down)) > overprint.LARGEST_OFFSET:
            self._say(
                f"✕ 调整值应是 -{overprint.LARGEST_OFFSET:.0f} 至 {overprint.LARGEST_OFFSET:.0f} 毫米的数字。"
            )
            return
        self.offset_changed.emit(item.data(Qt.ItemDataRole.UserRole), f"{right:.1f} {down:.1f}")
        self.show_kept()

    def _say(self, fault: str) -> None:
        self.fault.setText(fault)
        tint(self.fault, self._colours.fail)

    def _finish(self) -> None:
        fault = self.fields.first_fault()
        self._say(f"✕ {fault}" if fault else "")
        if not fault:
            self.office_told.emit(self.fields.values())


class _Area(QScrollArea):
    """Scrolls so that all of what has the focus is in sight."""

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Bring the whole of the next widget into sight, where Qt shows one cell alone."""
        has_moved = super().focusNextPrevChild(is_next)
        focus = self.widget().focusWidget()
        if focus is not None:
            top = focus.mapTo(self.widget(), QPoint(0, 0)).y()
            for y in (top + focus.height(), top):
                self.ensureVisible(0, y, 0, STEP)
        return has_moved
