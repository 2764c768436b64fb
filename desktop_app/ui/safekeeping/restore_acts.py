"""What the way back does: each step is asked beside the window, on the lane of whoever leads here."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from desktop_app.ui.jobs.clock import now
from desktop_app.ui.jobs.lane import Lane
from desktop_app.ui.parts import questions
from desktop_app.ui.parts.look import Colours
from desktop_app.ui.safekeeping import drives
from desktop_app.ui.safekeeping.restore_page import MOVING, TITLE, RestorePage
from desktop_app.ui.safekeeping.restore_panes import seen_words

if TYPE_CHECKING:
    from desktop_app.store.coming_back import AtHand, Seen

T = TypeVar("T")
_DONE = "资料已经恢复，请用做这份备份那一天的密码登录，登录后核对最近的申请。"


def restore_page(
    folder: Path,
    lane: Lane,
    colours: Colours,
    on_done: Callable[[], object],
    on_back: Callable[[], object] | None = None,
    why: str = "",
) -> RestorePage:
    """Return the page that leads back from a backup.

    Args:
        folder: The store's, claimed by the caller; nothing in it is open.
        lane: Where the steps are done.
        colours: Of the frame.
        on_done: The store is back, and the person wants to sign in: in a fresh program.
        on_back: The person gives up; None where nothing else can be done.
        why: The fault that led here.
    """
    is_here = any((folder / name).exists() for name in ("store.db", "store.slots", "store.key"))
    page = RestorePage(TITLE if is_here else MOVING, why, colours, has_back=on_back is not None)
    page.done.go_on.clicked.connect(lambda: on_done())
    if on_back is not None:
        page.given_up.connect(on_back)
    _Steps(folder, lane, page)
    return page


class _Steps(QObject):
    """Lives as long as its page."""

    def __init__(self, folder: Path, lane: Lane, page: RestorePage) -> None:
        super().__init__(page)
        self._folder, self._lane, self._page = folder, lane, page
        self._file: Path | None = None
        self._seen: Seen | None = None
        page.choose.again.clicked.connect(self._look)
        page.choose.elsewhere.clicked.connect(self._look_elsewhere)
        page.choose.chosen.connect(self._choose)
        page.open.told.connect(self._open)
        page.seen.go_on.clicked.connect(self._bring_back)
        self._look()

    def _look(self) -> None:
        roots = tuple(drive.root for drive in drives.removable_drives())

        def job() -> "tuple[AtHand, ...]":
            from desktop_app.store.coming_back import at_hand

            return at_hand(self._folder, roots)

        def show(found: "tuple[AtHand, ...]") -> None:
            self._page.choose.show_backups(found, now())
            self._page.show_step("choose")

        self._ask("正在查找备份…", job, show)

    def _look_elsewhere(self) -> None:
        file = questions.ask_backup_file(self._page)
        if file is None:
            return

        def job() -> "AtHand":
            from desktop_app.store.coming_back import one_at_hand

            return one_at_hand(file, self._folder)

        self._ask("正在查看…", job, self._choose)

    def _choose(self, chosen: "AtHand") -> None:
        self._file = chosen.file
        if chosen.needs_password:
            self._page.show_step("open")
        else:
            self._open("", "", "")

    def _open(self, login: str, password: str, sheet: str) -> None:
        file, folder = self._file, self._folder
        if file is None:
            return

        def job() -> "Seen":
            from desktop_app.store.coming_back import look_into
            from desktop_app.store.faults import StoreFault
            from desktop_app.store.keys import SheetFault, seed_of_sheet

            try:
                seed = seed_of_sheet(sheet) if sheet else None
            except SheetFault as fault:
                raise StoreFault(str(fault.args[0])) from None
            return look_into(file, folder, login, password, seed)

        def show(seen: "Seen") -> None:
            self._seen = seen
            self._page.show_step("seen", seen_words(seen, now()))

        self._ask("正在逐页核对这份备份…", job, show)

    def _bring_back(self) -> None:
        seen, folder = self._seen, self._folder
        if seen is None:
            return

        def job() -> Path | None:
            from desktop_app.store.coming_back import bring_back

            return bring_back(seen, folder, now())

        def done(aside: Path | None) -> None:
            kept = f"\n\n原来的资料文件留在 {aside}。" if aside else ""
            self._page.show_step("done", _DONE + kept)

        self._ask("正在恢复，请不要关闭程序…", job, done)

    def _ask(self, sentence: str, job: Callable[[], T], then: Callable[[T], None]) -> None:
        if self._page.is_working:
            return
        self._page.show_working(sentence)
        self._lane.run(job, then, partial(_refuse, self._page))


def _refuse(page: RestorePage, error: Exception) -> None:
    from desktop_app.store.faults import UNEXPECTED, StoreFault

    page.refuse(str(error) if isinstance(error, StoreFault) else UNEXPECTED)
