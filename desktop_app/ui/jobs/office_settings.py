"""What is set for this office and on this installed program: read with the first page, kept in the store.

The values are plain, by the names of their settings; what a page needs of them by name has a property here.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.store import jobs
from desktop_app.store.records import Json
from desktop_app.ui.jobs.clock import now
from desktop_app.ui.jobs.store_door import StoreDoor

_STOPPED_MS = 800  # how long a setting has not changed before it is kept


class OfficeSettings(QObject):
    """The settings as they are now, on the disk or on their way to it.

    Signals:
        office_changed: Region, office or its amounts are others now; what is judged by them is judged again.
    """

    office_changed = Signal()

    def __init__(self, door: StoreDoor, values: Mapping[str, Json]) -> None:
        super().__init__()
        self.values: dict[str, Json] = dict(values)
        self._door = door
        self._unkept: dict[str, Json] = {}

    @property
    def region(self) -> str:
        """The region's id; empty before the first start is over."""
        return self.text("region")

    @property
    def title(self) -> str:
        """Office and window, as the head of the program says them."""
        return " · ".join(part for part in (self.text("office.name"), self.text("window.name")) if part)

    def text(self, key: str) -> str:
        """Return a setting that is a text; empty where it is not set."""
        value = self.values.get(key)
        return value if isinstance(value, str) else ""

    def set_office(
        self, values: Mapping[str, str], then: Callable[[None], None] = lambda _none: None
    ) -> None:
        """Take region and office, and keep them at once; `then` means that they are on the disk."""
        self.values |= values
        self.office_changed.emit()
        self._write(values, then)

    def set_amounts(self, key: str, rows: Json) -> None:
        """Take the office's own amounts."""
        self.keep(key, rows)
        self.office_changed.emit()

    def keep(self, key: str, value: Json) -> None:
        """Keep a setting when it has stopped changing."""
        self.values[key] = value
        if not self._unkept:
            QTimer.singleShot(_STOPPED_MS, self, self.keep_now)
        self._unkept[key] = value

    def keep_now(self) -> None:
        """Keep what was changed last."""
        if self._unkept:
            self._write(dict(self._unkept), lambda _none: None)
            self._unkept.clear()

    def _write(self, values: Mapping[str, Json], then: Callable[[None], None]) -> None:
        self._door.write(jobs.set_settings, values, now(), then=then)
