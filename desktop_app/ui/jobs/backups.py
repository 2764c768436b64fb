"""The clock of the backups: one is made whenever it is due while the program is open."""

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer

from desktop_app.store import backup_jobs
from desktop_app.ui.jobs.clock import now
from desktop_app.ui.jobs.store_door import StoreDoor

# How often it is asked whether one is due, and when again after one that could not be made.
LOOK_MS: Final = 10 * 60 * 1000
AGAIN_MS: Final = 60 * 60 * 1000


class Backups(QObject):
    """Asks now and again; it lives as long as its door."""

    def __init__(self, door: StoreDoor) -> None:
        super().__init__(door)
        self._door = door
        self._clock = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._clock.timeout.connect(self.look)
        self._clock.start()

    def look(self) -> None:
        """Make a backup where one is due, and tell where it could not be made."""

        def failed(fault: str) -> None:
            self._clock.start(AGAIN_MS)
            self._door.fault_told.emit(fault)

        def done(_file: Path | None) -> None:
            self._clock.start(LOOK_MS)

        job = partial(backup_jobs.back_up_if_due, now=now(), is_leaving=False)
        self._door.run_long(job, then=done, on_fault=failed)
