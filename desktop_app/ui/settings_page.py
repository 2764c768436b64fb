"""The page 设置: which office this is, where its data lie, and how its printers are set."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.ui.look import LARGE, NORMAL, STEP, Colours, sized, style_sheet, tint
from desktop_app.ui.office_fields import OfficeFields


class SettingsPage(QWidget):
    """Shows what is set and tells what was changed."""

    office_told = Signal(dict)

    def __init__(
        self, values: dict[str, str], folder: Path, colours: Colours, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.fields = OfficeFields(values)
        self.fields.finished.connect(self._finish)
        self.fault = QLabel()
        self.fault.setTextFormat(Qt.TextFormat.PlainText)
        keep = QPushButton("保存设置")
        keep.setObjectName("main_act")
        keep.setAutoDefault(True)
        keep.clicked.connect(self._finish)
        row = QHBoxLayout()
        row.addWidget(keep)
        row.addWidget(self.fault, 1)
        where = (
            f"资料库在 {folder / 'store.db'}，内容已加密。",
            "设置用户和密码之前，密钥放在同一文件夹的 store.key 文件里，只有本机当前用户可以读取；"
            "请不要把它交给别人，备份时请与资料库分开保存。",
        )
        self.quiet = [_line(sentence) for sentence in where]
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * STEP, 2 * STEP, 3 * STEP, 2 * STEP)
        column.setSpacing(2 * STEP)
        column.addWidget(_head("经办机构"))
        column.addWidget(self.fields)
        column.addLayout(row)
        column.addSpacing(STEP)
        column.addWidget(_head("资料"))
        for label in self.quiet:
            column.addWidget(label)
        column.addStretch(1)
        self.dress(colours)

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        self.setStyleSheet(style_sheet(colours))
        self._colours = colours
        for label in self.quiet:
            tint(label, colours.quiet)

    def take_focus(self) -> None:
        """Put the focus on the first field."""
        self.fields.take_focus()

    def show_kept(self) -> None:
        """Say that the settings are on the disk."""
        self.fault.setText("✓ 已保存")
        tint(self.fault, self._colours.passed)

    def _finish(self) -> None:
        fault = self.fields.first_fault()
        self.fault.setText(f"✕ {fault}" if fault else "")
        tint(self.fault, self._colours.fail)
        if not fault:
            self.office_told.emit(self.fields.values())


def _head(text: str) -> QLabel:
    label = QLabel(text)
    label.setFont(sized(LARGE, is_bold=True))
    return label


def _line(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(sized(NORMAL))
    label.setWordWrap(True)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return label
