"""The steps of a way back, one pane each: choose a backup, open it, see what is in it, done."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.ui.parts.buttons import push_button
from desktop_app.ui.parts.labels import head, plain_label, wrapped_label
from desktop_app.ui.parts.look import STEP
from desktop_app.ui.safekeeping.words import moment_text, size_text

if TYPE_CHECKING:
    from desktop_app.store.coming_back import AtHand, Seen

_WIDTH: Final = 44 * STEP
_NONE_AT_HAND: Final = "这里没有找到备份。请插好存有备份的 U 盘再点【重新查找】，或者点【在别处找…】选文件。"
_WHICH: Final = "请选一份备份，最新的在最上面；打不开或者损坏的，换旧一点的再试。"
_OPEN: Final = "请用做这份备份那一天的登录名和密码；后来改过的密码打不开它。"


class Pane(QWidget):
    """One step: its head, what is to be known, what is asked, and what goes on or back."""

    def __init__(self, title: str, words: str, go_on: str, back: str) -> None:
        super().__init__()
        self.words = wrapped_label(words)
        self.go_on, self.back = push_button(go_on, "main_act"), push_button(back)
        if not back:
            self.back.hide()
        self.inner = QVBoxLayout()
        self.inner.setSpacing(2 * STEP)
        self.acts = QHBoxLayout()
        self.acts.addWidget(self.go_on)
        self.acts.addWidget(self.back)
        self.acts.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * STEP)
        column.addWidget(head(title))
        column.addWidget(self.words)
        column.addLayout(self.inner)
        column.addLayout(self.acts)
        column.addStretch(1)


class ChoosePane(Pane):
    """Which backup."""

    chosen = Signal(object)  # AtHand

    def __init__(self, back: str) -> None:
        super().__init__("第 1 步：选一份备份", _WHICH, "下一步", back)
        self.again, self.elsewhere = push_button("重新查找"), push_button("在别处找…")
        self.acts.insertWidget(1, self.elsewhere)
        self.acts.insertWidget(2, self.again)
        self.list = QListWidget()
        self.list.setAccessibleName("备份")
        self.list.setMinimumHeight(24 * STEP)
        self.list.itemActivated.connect(self._choose)
        self.go_on.clicked.connect(self._choose)
        self.inner.addWidget(self.list)
        self._at_hand: tuple[AtHand, ...] = ()

    def show_backups(self, at_hand: "Sequence[AtHand]", now: datetime) -> None:
        """Show what can be chosen."""
        self._at_hand = tuple(at_hand)
        self.words.setText(_WHICH if at_hand else _NONE_AT_HAND)
        self.list.clear()
        for each in at_hand:
            self.list.addItem(f"{moment_text(each.made_at, now)}　{size_text(each.size)}　{each.file}")
        self.list.setVisible(bool(at_hand))
        self.go_on.setEnabled(bool(at_hand))
        self.take_focus()

    def take_focus(self) -> None:
        """Put the focus on the newest."""
        if self._at_hand:
            self.list.setFocus()
            self.list.setCurrentRow(0)
        else:
            self.elsewhere.setFocus()

    def _choose(self) -> None:
        if 0 <= self.list.currentRow() < len(self._at_hand):
            self.chosen.emit(self._at_hand[self.list.currentRow()])


class OpenPane(Pane):
    """What opens it: the password of its day, or the recovery sheet.

    Signals:
        told: Login, password, and what was typed from the sheet; of the two ways the other is empty.
    """

    told = Signal(str, str, str)

    def __init__(self) -> None:
        super().__init__("第 2 步：打开并核对这份备份", _OPEN, "打开并核对", "换一份备份")
        self.login, self.password = _line("登录名"), _line("密码")
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.by_sheet = QCheckBox("密码记不得了，用那时的恢复页")
        self.sheet = [_line(f"第 {at} 至 {at + 5} 组") for at in (1, 7, 13)]
        self.rows = QFormLayout()
        self.rows.setHorizontalSpacing(2 * STEP)
        self.rows.setVerticalSpacing(2 * STEP)
        self.rows.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for line in (self.login, self.password, *self.sheet):
            self.rows.addRow(plain_label(line.accessibleName()), line)
        self.inner.addWidget(self.by_sheet)
        self.inner.addLayout(self.rows)
        self.by_sheet.toggled.connect(self._show_way)
        fields = (self.login, self.password)
        self.login.returnPressed.connect(fields[1].setFocus)
        for line in (self.password, self.sheet[-1]):
            line.returnPressed.connect(self._tell)
        for first, second in zip(self.sheet, self.sheet[1:], strict=False):
            first.returnPressed.connect(second.setFocus)
        self.go_on.clicked.connect(self._tell)
        self._show_way(is_by_sheet=False)

    def take_focus(self) -> None:
        """Put the focus on what is to be typed first."""
        self.password.clear()
        if self.by_sheet.isChecked():
            self.sheet[0].setFocus()
        else:
            (self.password if self.login.text() else self.login).setFocus()

    def _show_way(self, is_by_sheet: bool) -> None:
        for at, line in enumerate((self.login, self.password, *self.sheet)):
            is_shown = is_by_sheet == (at > 1)
            line.setVisible(is_shown)
            self.rows.labelForField(line).setVisible(is_shown)

    def _tell(self) -> None:
        if self.by_sheet.isChecked():
            self.told.emit("", "", "\n".join(line.text() for line in self.sheet))
        else:
            self.told.emit(self.login.text(), self.password.text(), "")


def seen_words(seen: "Seen", now: datetime) -> str:
    """Return what a backup holds, what it lacks, and where what is there now will be kept."""
    lines = [
        f"这份备份完好，是 {moment_text(seen.made_at, now)} 的资料："
        f"{seen.cases} 份申请，其中草稿 {seen.drafts} 份；{seen.events} 号操作记录"
        + (f"，最后一次在 {moment_text(seen.last_event, now)}。" if seen.last_event else "。")
    ]
    if seen.missing is not None:
        lost = seen.missing
        lines.append(
            f"比它新的不在里面：{moment_text(lost.since, now)} 以后的 {lost.events} 号操作、{lost.saves} 次保存，"
            "请对照纸质材料补录。"
        )
    else:
        lines.append("这台电脑没有记下比它更新的内容；恢复以后请核对最近的申请都在。")
    if seen.aside is not None:
        lines.append(
            f"现在的资料文件不删除，移到 {seen.aside.parent} 里名字以 {seen.aside.name} 开头的文件夹留存。"
        )
    lines.append("恢复这件事会记录下来；别的电脑上还有这份资料的，以后请不要再用，两边各录各的合不到一起。")
    return "\n\n".join(lines)


def _line(name: str) -> QLineEdit:
    line = QLineEdit()
    line.setObjectName("line")
    line.setAccessibleName(name)
    line.setFixedWidth(_WIDTH)
    return line
