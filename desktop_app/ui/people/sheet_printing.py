"""Gives the recovery sheet to a printer without a file of the program's own.

Where CUPS prints, the bytes go straight into its `lp`; Qt would put them into a temporary file first.
"""

import shutil
import subprocess
from typing import Final

from desktop_app.forms.marks import Page
from desktop_app.printing.pdf import Sheet, pdf_bytes
from desktop_app.printing.recovery_sheet import TITLE
from desktop_app.ui.printing import printer
from desktop_app.ui.printing.printer import PrinterOptions

NO_PRINTER: Final = "没有找到打印机，请连接打印机后再打开程序，或另存为 PDF 拿到别处打印。"
_NOT_TAKEN: Final = "打印机没有接受这次打印，请检查打印机是否开机、联机、有纸。"
_LONGEST_S: Final = 20.0


def sheet_bytes(pages: tuple[Page, ...]) -> bytes:
    """Return the sheet as a PDF, in memory alone."""
    return pdf_bytes((Sheet(each.width, each.height, (), each.marks) for each in pages), TITLE)


def printers(options: PrinterOptions) -> tuple[str, ...]:
    """Return the names of the printers to choose from."""
    return options.get("printers") or printer.printer_names()


def print_sheet(name: str, pages: tuple[Page, ...], options: PrinterOptions) -> str:
    """Print the sheet; return one sentence on why it was not printed, empty if it was."""
    program = shutil.which("lp")
    if program and "open_printer" not in options:
        command = (program, "-d", name, "-t", TITLE, "-")
        try:
            subprocess.run(
                command, input=sheet_bytes(pages), capture_output=True, timeout=_LONGEST_S, check=True
            )
        except (OSError, subprocess.SubprocessError):
            return _NOT_TAKEN
        return ""
    opened = options.get("open_printer", printer.open_printer)(name, TITLE)
    return printer.print_pages(opened, pages).fault
