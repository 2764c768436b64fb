"""The rules for passwords, wrong tries and locking that hold in the office: what each profile asks, and the page that
says which clauses of GB/T 22239 are met.
"""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from desktop_app.protection import SETTING, profile, profiles
from desktop_app.store.records import Json
from desktop_app.ui.parts.buttons import push_button
from desktop_app.ui.parts.labels import plain_label, selectable_label
from desktop_app.ui.parts.look import STEP, Colours, tint

_LEVELS: Final = {2: "打印二级对照表…", 3: "打印三级对照表…"}


class ProtectionBox(QWidget):
    """Shows the profiles and tells which one is chosen.

    Signals:
        profile_told: The id of the profile that shall hold.
        page_wanted: The level of GB/T 22239 whose page is to be printed.
    """

    profile_told = Signal(str)
    page_wanted = Signal(int)

    def __init__(self, values: Mapping[str, Json], colours: Colours, *, is_settable: bool = True) -> None:
        """Build it; who does not set the office's rules only reads them."""
        super().__init__()
        kept = profile(str(values.get(SETTING, "")))
        self.chosen = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(2 * STEP)
        for number, each in enumerate(profiles()):
            button = _Choice(each.label)
            button.setAccessibleDescription(each.about)
            button.setChecked(each == kept)
            button.setEnabled(is_settable or each == kept)
            button.entered.connect(self._tell)
            self.chosen.addButton(button, number)
            row.addWidget(button)
        row.addStretch(1)
        self.about, self.source = selectable_label(), selectable_label()
        self.keep = push_button("保存防护规则")
        self.keep.clicked.connect(self._tell)
        if not is_settable:
            self.keep.hide()
        self.told = plain_label()
        acts = QHBoxLayout()
        acts.addWidget(self.keep)
        for level, words in _LEVELS.items():
            page = push_button(words)
            page.clicked.connect(lambda _checked, level=level: self.page_wanted.emit(level))
            acts.addWidget(page)
        acts.addWidget(self.told, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP)
        column.addLayout(row)
        column.addWidget(self.about)
        column.addWidget(self.source)
        column.addLayout(acts)
        self.chosen.idToggled.connect(lambda _number, is_on: self._show() if is_on else None)
        self._show()
        self.dress(colours)

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        self._colours = colours
        tint(self.source, colours.quiet)

    def show_kept(self) -> None:
        """Say that the choice is on the disk."""
        tint(self.told, self._colours.passed)
        self.told.setText("✓ 已保存，下次设定密码、登录和锁定时起作用。")

    def _show(self) -> None:
        shown = profiles()[self.chosen.checkedId()]
        self.about.setText(shown.about)
        self.source.setText(f"依据：{shown.source}。")
        self.told.setText("")

    def _tell(self) -> None:
        self.profile_told.emit(profiles()[self.chosen.checkedId()].id)


class _Choice(QRadioButton):
    """One profile; the arrow keys go from one to the next, Enter keeps the one that is chosen."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)
