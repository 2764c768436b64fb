"""The print preview over the window: of the paper that is open, and of any page of the program's own."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt

from desktop_app.ui.context import Context
from desktop_app.ui.parts.look import style_sheet
from desktop_app.ui.printing.print_preview import PrintPreview
from desktop_app.ui.printing.print_queue import watch_job
from desktop_app.ui.printing.printout import Printout
from desktop_app.ui.window.paper_files import save_pages
from desktop_app.ui.window.placing import fit

_OFFSETS: Final = "printing.offset/"


def show_preview(
    context: Context, printout: Printout, then: Callable[[], object], file_stem: str = ""
) -> None:
    """Show what will be printed, and print it; how far each printer is off is kept among the settings.

    `then` is done when the preview is closed: the focus goes back. A PDF file of it is called by `file_stem`, or as the
    printout where that is empty.
    """
    offsets = {key: str(value) for key, value in context.settings.values.items() if key.startswith(_OFFSETS)}
    preview = PrintPreview(printout, context.over, offsets=offsets, **context.printing)
    preview.setStyleSheet(style_sheet(context.colours()))
    fit(preview, preview.width(), preview.height())
    preview.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    preview.offset_changed.connect(context.settings.keep)
    preview.printed.connect(lambda _pages: context.say("已送到打印机，请核对纸张。"))
    preview.handed_over.connect(partial(watch_job, context.over, context.tell_fault))
    preview.pdf_wanted.connect(
        lambda: preview.say(save_pages(context, preview, printout, file_stem or printout.title))
    )
    preview.finished.connect(lambda _result: then())
    preview.open()
