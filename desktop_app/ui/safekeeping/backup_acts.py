"""What the page 备份 does: it asks the store beside the window and tells what became of it."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.store import backup_jobs
from desktop_app.store.schedule import FOLDER_SETTING
from desktop_app.ui.context import Context
from desktop_app.ui.jobs.clock import now
from desktop_app.ui.parts import questions
from desktop_app.ui.safekeeping import drives
from desktop_app.ui.safekeeping.backup_page import BackupPage

if TYPE_CHECKING:
    from desktop_app.store.backup_jobs import Survey
    from desktop_app.ui.safekeeping.drives import Drive


def backup_page(context: Context) -> BackupPage:
    """Return the page, connected with the store."""
    page = BackupPage(context.colours())
    _Acts(context, page)
    return page


class _Acts(QObject):
    """Lives as long as its page."""

    def __init__(self, context: Context, page: BackupPage) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        page.backup_wanted.connect(self._back_up)
        page.looked.connect(lambda: page.show_sticks(drives.removable_drives()))
        page.stick_wanted.connect(self._back_up_to_stick)
        page.folder_wanted.connect(self._choose_folder)
        page.check_wanted.connect(self._check)
        self._look()

    def _look(self) -> None:
        def show(survey: "Survey") -> None:
            self._page.show_survey(survey, now())

        self._context.door.run_long(backup_jobs.survey, then=show, on_fault=self._page.refuse)

    def _back_up(self) -> None:
        def done(_file: Path) -> None:
            self._page.show_done("已备份，并且逐页核对过。")
            self._look()

        self._page.show_working()
        job = partial(backup_jobs.back_up, now=now())
        self._context.door.run_long(job, then=done, on_fault=self._page.refuse)

    def _back_up_to_stick(self, drive: "Drive") -> None:
        def done(file: Path) -> None:
            where = f"{file.parent.name}/{file.name}"
            self._page.show_done(f"已备份到 U 盘“{drive.name}”的 {where}，并且核对过，现在可以拔出。")
            self._look()

        self._page.show_working()
        job = partial(backup_jobs.back_up_to_stick, root=drive.root, now=now())
        self._context.door.run_long(job, then=done, on_fault=self._page.refuse)

    def _check(self, file: Path) -> None:
        self._page.show_working("正在逐页核对这份备份…")
        self._context.door.run_long(
            partial(backup_jobs.check_backup, file=file),
            then=lambda _none: self._page.show_checked(file, ""),
            on_fault=partial(self._page.show_checked, file),
        )

    def _choose_folder(self) -> None:
        path = questions.ask_folder(self._context.over, "备份放在哪个文件夹")
        if path is None:
            return
        self._context.settings.keep(FOLDER_SETTING, str(path))
        self._context.settings.keep_now()
        self._page.show_told("已记下，下一份备份放到新的文件夹；以前的备份留在原处。")
        self._look()
