"""What the page 体检 does: it asks the store beside the window, and the computer for its printer."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, qVersion

from desktop_app import __version__
from desktop_app.store import health_jobs
from desktop_app.ui.context import Context
from desktop_app.ui.jobs.clock import now
from desktop_app.ui.printing.printout import Printout
from desktop_app.ui.safekeeping.health_page import SIGNS, HealthPage

if TYPE_CHECKING:
    from desktop_app.store.health_jobs import Examined

NO_PRINTER = "没有找到打印机，请连接打印机。"


def health_page(context: Context, show_preview: Callable[[Printout], None]) -> HealthPage:
    """Return the page, connected with the store."""
    page = HealthPage(context.colours())
    _Acts(context, page, show_preview)
    return page


class _Acts(QObject):
    """Lives as long as its page."""

    def __init__(self, context: Context, page: HealthPage, show_preview: Callable[[Printout], None]) -> None:
        super().__init__(page)
        self._context, self._page, self._show_preview = context, page, show_preview
        page.check_wanted.connect(self._check)
        page.print_wanted.connect(self._print)
        self._examine(is_thorough=False)

    def _check(self) -> None:
        self._page.show_working()
        self._examine(is_thorough=True)

    def _examine(self, *, is_thorough: bool) -> None:
        def show(found: "Examined") -> None:
            faults = [fault.message for fault in found.faults]
            self._page.show_report(found.lines, faults, is_thorough=is_thorough)

        job = partial(
            health_jobs.examine,
            now=now().astimezone(),
            printer=printer_told(self._context),
            versions=(("程序", __version__), ("Qt", qVersion())),
            is_thorough=is_thorough,
        )
        self._context.door.run_long(job, then=show, on_fault=self._page.refuse)

    def _print(self) -> None:
        from desktop_app.printing.health_page import health_pages

        lines = [(SIGNS[line.mark], line.label, line.told) for line in self._page.lines]
        office = self._context.settings.text("office.name")
        pages = health_pages(lines, self._page.faults, office, now().astimezone())
        self._show_preview(Printout("电脑状况", "电脑状况", pages))


def printer_told(context: Context) -> str:
    """Return what stands against printing, in one sentence; empty where nothing does."""
    from desktop_app.ui.printing import printer

    names = context.printing.get("printers")
    if names is None:
        names = printer.printer_names()
    if not names:
        return NO_PRINTER
    opened = context.printing.get("open_printer", printer.open_printer)(names[0], "")
    if printer.look_up(opened, names[0]).is_stopped:
        return f"打印机“{names[0]}”停着，请检查是否开机、有纸、联机。"
    return ""
