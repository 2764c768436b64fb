"""What is done for a store while nobody waits for it: its log brought into its file, its pages looked through."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer

# How long nothing is saved before the store's log is brought into its file, in milliseconds.
IDLE_MS: Final = 1500
# When a store that was opened is looked through for damage, and when again.
CHECK_FIRST_MS: Final = 60_000
CHECK_AGAIN_MS: Final = 24 * 60 * 60 * 1000


class Upkeep(QObject):
    """The two clocks of a store that is open; what they start is the door's."""

    def __init__(self, settle: Callable[[], object], check: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._idle = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._idle.timeout.connect(settle)
        self._checks = QTimer(self, singleShot=True)
        self._checks.timeout.connect(check)

    def begin(self) -> None:
        """The store was opened."""
        self._checks.start(CHECK_FIRST_MS)

    def was_written(self) -> None:
        """Something is being saved: nobody is idle."""
        self._idle.start()

    def was_checked(self) -> None:
        """The pages are looked through now, and again tomorrow."""
        self._checks.start(CHECK_AGAIN_MS)
