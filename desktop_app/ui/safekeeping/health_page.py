"""The page 体检: how this computer and the store are, in lines that can be read over the telephone.

It shows what it is told; nothing on it names an applicant, so that it may be copied and sent along.
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.store.health import Line, Mark
from desktop_app.ui.parts.buttons import push_button
from desktop_app.ui.parts.labels import head, plain_label, wrapped_label
from desktop_app.ui.parts.look import LARGE, STEP, Colours, sized, style_sheet, tint

SIGNS: Final[dict[Mark, str]] = {"ok": "✓", "warn": "△", "bad": "×"}
_ABOUT: Final = "打电话找技术人员时，请从上到下读给他听，或者复制、打印了传给他；这一页没有申请人的信息。"
_WORKING: Final = "正在核查全部记录，可以继续办理…"


class HealthPage(QWidget):
    """Shows the report.

    Signals:
        check_wanted: All records are to be checked.
        print_wanted: The report is to be printed.
    """

    check_wanted = Signal()
    print_wanted = Signal()

    def __init__(self, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.about, self.told = wrapped_label(_ABOUT), wrapped_label("正在查看…")
        self.lines: tuple[Line, ...] = ()
        self.faults: tuple[str, ...] = ()
        self._is_working = False
        self.table = QTableWidget(0, 2)
        self.table.setAccessibleName("电脑状况")
        self.table.horizontalHeader().hide()
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.check = push_button("核查记录", "main_act")
        self.check.clicked.connect(self._check)
        self.copy = push_button("复制")
        self.copy.clicked.connect(self._copy)
        self.printing = push_button("打印…")
        self.printing.clicked.connect(self.print_wanted)
        self.found_head = plain_label("核查出的问题", sized(LARGE, is_bold=True))
        self.found = QListWidget()
        self.found.setAccessibleName("核查出的问题")
        self.found.setWordWrap(True)
        acts = QHBoxLayout()
        for button in (self.check, self.copy, self.printing):
            acts.addWidget(button)
        acts.addWidget(self.told, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * STEP, 2 * STEP, 3 * STEP, 2 * STEP)
        column.setSpacing(STEP)
        column.addWidget(head("电脑状况"))
        column.addWidget(self.about)
        column.addWidget(self.table, 3)
        column.addLayout(acts)
        column.addWidget(self.found_head)
        column.addWidget(self.found, 1)
        self._show_found()
        self.dress(colours)

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        self._colours = colours
        self.setStyleSheet(style_sheet(colours))
        tint(self.about, colours.quiet)
        self._tint_lines()

    def take_focus(self) -> None:
        """Put the focus on what can be done here."""
        self.check.setFocus()

    def show_report(self, lines: Sequence[Line], faults: Sequence[str], *, is_thorough: bool) -> None:
        """Show how everything is."""
        self.lines, self.faults = tuple(lines), tuple(faults)
        self._is_working = False
        self.table.setRowCount(len(lines))
        for row, line in enumerate(lines):
            self.table.setItem(row, 0, QTableWidgetItem(f"{SIGNS[line.mark]} {line.label}"))
            self.table.setItem(row, 1, QTableWidgetItem(line.told))
        self.table.resizeColumnToContents(0)
        self.table.setCurrentCell(0, 0)
        self._tint_lines()
        self._show_found()
        if not is_thorough:
            self._say("", self._colours.text)
        elif faults:
            self._say(f"✕ 核查完了，有 {len(faults)} 处问题。", self._colours.fail)
        else:
            self._say("✓ 核查完了，没有发现问题。", self._colours.passed)

    def show_working(self) -> None:
        """Say that all records are being checked."""
        self._is_working = True
        self._say(_WORKING, self._colours.text)

    def refuse(self, sentence: str) -> None:
        """Say why it could not be found out."""
        self._is_working = False
        self._say(f"✕ {sentence}", self._colours.fail)

    def text(self) -> str:
        """Return the report as it is copied."""
        told = (f"{SIGNS[line.mark]} {line.label}：{line.told}" for line in self.lines)
        return "\n".join((*told, *(f"× {fault}" for fault in self.faults)))

    def _show_found(self) -> None:
        self.found.clear()
        self.found.addItems(list(self.faults))
        for widget in (self.found_head, self.found):
            widget.setVisible(bool(self.faults))

    def _tint_lines(self) -> None:
        colours = {"ok": self._colours.passed, "warn": self._colours.warn, "bad": self._colours.fail}
        for row, line in enumerate(self.lines):
            item = self.table.item(row, 0)
            if item is not None:
                item.setForeground(QColor(colours[line.mark]))

    def _check(self) -> None:
        if not self._is_working:
            self.check_wanted.emit()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text())
        self._say("✓ 已复制，可以粘贴到聊天或邮件里。", self._colours.passed)

    def _say(self, words: str, colour: str) -> None:
        self.told.setText(words)
        self.told.setAccessibleName(words)
        tint(self.told, colour)
