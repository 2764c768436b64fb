"""A backup when the program is left: shown while it takes, and put off by whoever cannot wait."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.store import backup_jobs
from desktop_app.ui.jobs.clock import now
from desktop_app.ui.jobs.store_door import StoreDoor
from desktop_app.ui.parts.buttons import push_button
from desktop_app.ui.parts.labels import head, wrapped_label
from desktop_app.ui.parts.look import STEP, Colours, style_sheet, tint

if TYPE_CHECKING:
    from desktop_app.store.opening import Store

_WORKING: Final = "正在备份今天的资料，备份好以后窗口自己关闭。"
_SAVES_S: Final = 10.0
_AT_ONCE_MS: Final = 400  # what is done so soon is shown to nobody


class Leaving(QDialog):
    """Stands where the window stood until the backup is made or put off."""

    def __init__(self, door: StoreDoor, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = colours
        self.setWindowTitle("退出前备份")
        self.setStyleSheet(style_sheet(colours))
        self.told = wrapped_label(_WORKING)
        self.off = push_button("不等了，直接退出  Esc")
        self.off.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.off)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * STEP, 2 * STEP, 3 * STEP, 2 * STEP)
        column.setSpacing(2 * STEP)
        column.addWidget(head("退出前备份"))
        column.addWidget(self.told)
        column.addLayout(row)
        self.setFixedWidth(64 * STEP)
        # The last saves are on the other lane, and belong into the backup.
        saved = door.read(lambda _session: None, then=lambda _none: None)

        def job(store: "Store") -> Path | None:
            saved.wait(_SAVES_S)
            return backup_jobs.back_up_if_due(store, now(), is_leaving=True)

        self._ticket = door.run_long(job, then=self._done, on_fault=self._failed)

    def wait(self) -> None:
        """Come back when the backup is made, or put off."""
        if self._ticket.wait(_AT_ONCE_MS / 1000):
            return
        self.exec()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing it is not waiting."""
        self.reject()
        event.accept()

    def _done(self, _file: Path | None) -> None:
        self.accept()

    def _failed(self, sentence: str) -> None:
        self.told.setText(f"✕ {sentence}没有留下半份备份，下次打开程序会再试。")
        tint(self.told, self._colours.fail)
        self.off.setText("知道了，退出")
