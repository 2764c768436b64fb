"""The page 备份: how old the last good backup is, where the backups are, and the two buttons that make another.

It shows what it is told and says what is wanted; it knows no store.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.store import schedule
from desktop_app.store.backup_jobs import Listed, Survey
from desktop_app.ui.parts.buttons import push_button
from desktop_app.ui.parts.labels import head, plain_label, selectable_label, wrapped_label
from desktop_app.ui.parts.look import LARGE, STEP, Colours, sized, style_sheet, tint
from desktop_app.ui.safekeeping.drives import Drive
from desktop_app.ui.safekeeping.words import age_text, moment_text, size_text

NO_STICK: Final = "没有找到 U 盘，请插好 U 盘，等几秒钟再点一次。"
READ_ONLY: Final = "这个 U 盘不能写入，请打开它的写保护开关，或换一个。"
WORKING: Final = "正在备份并逐页核对，可以继续办理，请不要拔出 U 盘。"
_RULE: Final = (
    "退出程序时、每隔四小时、升级和换密钥之前自动备份，内容没有变化就不再做；留最近七天每天一份、最近四周每周一份。"
    "备份是加密的，用做备份那一天的密码或恢复页打开。"
)
_BESIDE: Final = "备份和资料在同一块磁盘上，磁盘坏了会一起丢失，请每周再备份到 U 盘一次，U 盘另外存放。"
_COLUMNS: Final = ("时间", "大小", "状态", "文件")


class BackupPage(QWidget):
    """Shows how the backups stand.

    Signals:
        backup_wanted: Into the folder of backups.
        stick_wanted: On the stick at this place.
        folder_wanted: Another folder is to be chosen.
        check_wanted: The file is to be tried.
        looked: The sticks are to be looked for.
    """

    backup_wanted = Signal()
    stick_wanted = Signal(object)
    folder_wanted = Signal()
    check_wanted = Signal(object)
    looked = Signal()

    def __init__(self, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = wrapped_label("正在查看…", sized(LARGE))
        self.place, self.rule = selectable_label(), wrapped_label(_RULE)
        self.warning, self.told = wrapped_label(_BESIDE), wrapped_label()
        self.warning.hide()
        self.stick = push_button("备份到 U 盘", "main_act")
        self.stick.clicked.connect(lambda: self._ask(self.looked.emit))
        self.now = push_button("现在备份")
        self.now.clicked.connect(lambda: self._ask(self.backup_wanted.emit))
        self.folder = push_button("更改文件夹…")
        self.folder.clicked.connect(lambda: self._ask(self.folder_wanted.emit))
        self.sticks = QListWidget()
        self.sticks.setAccessibleName("选一个 U 盘")
        self.sticks.itemActivated.connect(lambda item: self._take(item.data(Qt.ItemDataRole.UserRole)))
        self.sticks.hide()
        self.table = _table()
        self.check = push_button("核对选中的这一份")
        self.check.clicked.connect(lambda: self._ask(self._check))
        self._listed: tuple[Listed, ...] = ()
        self._is_working = False
        self._lay_out()
        self.dress(colours)

    def _lay_out(self) -> None:
        acts = QHBoxLayout()
        for button in (self.stick, self.now, self.folder):
            acts.addWidget(button)
        acts.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self.check)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * STEP, 2 * STEP, 3 * STEP, 2 * STEP)
        column.setSpacing(STEP)
        for widget in (head("备份"), self.state, self.place, self.rule, self.warning):
            column.addWidget(widget)
        column.addLayout(acts)
        column.addWidget(self.sticks)
        column.addWidget(self.told)
        column.addWidget(plain_label("已有的备份", sized(LARGE, is_bold=True)))
        column.addWidget(self.table, 1)
        column.addLayout(foot)

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        self._colours = colours
        self.setStyleSheet(style_sheet(colours))
        for label in (self.rule, self.place):
            tint(label, colours.quiet)
        tint(self.warning, colours.warn)

    def take_focus(self) -> None:
        """Put the focus on the backup that matters most."""
        self.stick.setFocus()

    def show_survey(self, survey: Survey, now: datetime) -> None:
        """Show how the backups stand."""
        told = schedule.age_told(survey.last, survey.begun, now)
        if survey.last is None:
            words = told or "还没有备份。"
        else:
            made = survey.last.made_at
            words = f"最近一份完好的备份：{moment_text(made, now)}（{age_text(made, now)}）。"
        self.state.setText(f"{'△' if told or survey.last is None else '✓'} {words}")
        tint(self.state, self._colours.warn if told or survey.last is None else self._colours.passed)
        if survey.last is not None and told:
            self.state.setText(f"△ {words}{told}")
        self.place.setText(f"备份放在 {survey.folder}")
        self.warning.setVisible(survey.is_beside)
        self._show_list(survey.listed, now)

    def _show_list(self, listed: Sequence[Listed], now: datetime) -> None:
        at = self.table.currentRow()
        self._listed = tuple(listed)
        self.table.setRowCount(len(listed))
        for row, each in enumerate(listed):
            made = moment_text(each.made_at, now) if each.made_at else "不知道"
            state = f"✕ {each.fault}" if each.fault else "✓ 写出时核对过"
            for column, text in enumerate((made, size_text(each.size), state, each.file.name)):
                self.table.setItem(row, column, QTableWidgetItem(text))
        self.table.resizeColumnsToContents()
        self.check.setEnabled(bool(listed))
        if listed:
            self.table.setCurrentCell(min(max(at, 0), len(listed) - 1), 0)

    def show_sticks(self, drives: Sequence[Drive]) -> None:
        """Go on with the one stick that is there, or let one of several be chosen; without any, say what to do."""
        if len(drives) == 1:
            self._take(drives[0])
            return
        self.sticks.clear()
        for drive in drives:
            self.sticks.addItem(f"{drive.name}　{drive.root}　还有 {size_text(drive.free)}")
            self.sticks.item(self.sticks.count() - 1).setData(Qt.ItemDataRole.UserRole, drive)
        self.sticks.setFixedHeight(5 * STEP * max(1, len(drives)))
        self.sticks.setVisible(bool(drives))
        if drives:
            self.show_told("插着几个 U 盘，请选一个，按 Enter。")
            self.sticks.setFocus()
            self.sticks.setCurrentRow(0)
        else:
            self.refuse(NO_STICK)

    def show_working(self, sentence: str = WORKING) -> None:
        """Say what is being done; the window goes on meanwhile."""
        self._is_working = True
        self.show_told(sentence)

    def show_done(self, sentence: str) -> None:
        """Say what was done."""
        self._is_working = False
        self._say(f"✓ {sentence}", self._colours.passed)

    def show_told(self, sentence: str) -> None:
        """Say what is being done."""
        self._say(sentence, self._colours.text)

    def refuse(self, sentence: str) -> None:
        """Say in one sentence why it was not done."""
        self._is_working = False
        self._say(f"✕ {sentence}", self._colours.fail)

    def show_checked(self, file: object, fault: str) -> None:
        """Show what became of trying one backup."""
        self._is_working = False
        for row, each in enumerate(self._listed):
            if each.file == file:
                self.table.setItem(row, 2, QTableWidgetItem(f"✕ {fault}" if fault else "✓ 刚才核对过，完好"))
        self.table.resizeColumnsToContents()
        self._say(
            f"✕ {fault}" if fault else "✓ 这份备份完好。",
            self._colours.fail if fault else self._colours.passed,
        )

    def _take(self, drive: Drive) -> None:
        self.sticks.hide()
        if drive.is_read_only:
            self.refuse(READ_ONLY)
        else:
            self.stick_wanted.emit(drive)
        self.stick.setFocus()

    def _check(self) -> None:
        row = self.table.currentRow()
        if 0 <= row < len(self._listed):
            self.check_wanted.emit(self._listed[row].file)

    def _ask(self, wanted: Callable[[], object]) -> None:
        """Tell what is wanted; one thing after another. A button that goes grey would lose the focus."""
        if not self._is_working:
            wanted()

    def _say(self, words: str, colour: str) -> None:
        self.told.setText(words)
        self.told.setAccessibleName(words)
        tint(self.told, colour)


def _table() -> QTableWidget:
    table = QTableWidget(0, len(_COLUMNS))
    table.setAccessibleName("已有的备份")
    table.setHorizontalHeaderLabels(list(_COLUMNS))
    table.verticalHeader().hide()
    table.horizontalHeader().setStretchLastSection(True)
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    return table
