"""Put pages on paper: the marks of the layout on a printer, at their true size.

Full page, no margins, no scaling: a millimetre of a mark is a millimetre of paper. Everything that a caller learns
comes back as a plain record.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypedDict

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from desktop_app.forms.marks import ALL_LAYERS, Layer, Line, Mark, Page, Text
from desktop_app.forms.model import PAPER_SIZES
from desktop_app.printing.overprint import Offset
from desktop_app.ui.parts import painting

MM_PER_INCH = 25.4
SAME_SIZE = 2.0  # mm: drivers round their sizes
_NO_MARGINS = QMarginsF(0, 0, 0, 0)


class PrinterOptions(TypedDict, total=False):
    """Other printers than the computer's own, as the preview takes them."""

    printers: tuple[str, ...]
    open_printer: Callable[[str, str], QPrinter]


class Printed(NamedTuple):
    """What became of a print job.

    Attributes:
        pages: How many sheets of one copy went to the printer; 0 with a fault.
        fault: One sentence: why nothing was printed; empty if all is well.
        notice: One sentence of what to look at on the paper; empty if there is nothing.
    """

    pages: int
    fault: str = ""
    notice: str = ""


def printer_names() -> tuple[str, ...]:
    """Return the names of the printers that this computer knows, the usual one first."""
    names = list(QPrinterInfo.availablePrinterNames())
    usual = QPrinterInfo.defaultPrinterName()
    return tuple(sorted(names, key=lambda name: (name != usual, name)))


class Found(NamedTuple):
    """What the computer knows of a printer before anything is printed.

    Attributes:
        name: The printer that would really be used; another than was asked for, or none, where that one is gone.
        is_stopped: It waits for somebody, and what is printed would wait in its queue.
        is_accepting: Its queue takes jobs.
        sizes: Paper sizes in mm, the shorter side first; empty where they are not known.
        takes_any_size: Any other size can be set too.
    """

    name: str
    is_stopped: bool = False
    is_accepting: bool = True
    sizes: tuple[tuple[float, float], ...] = ()
    takes_any_size: bool = False


def look_up(opened: QPrinter, wanted: str) -> Found:
    """Return what is known of a printer that was opened by the name `wanted`; one that writes a file is there."""
    if opened.outputFormat() != QPrinter.OutputFormat.NativeFormat:
        return Found(wanted, takes_any_size=True)
    name = opened.printerName()
    info = QPrinterInfo.printerInfo(name)
    if info.isNull():
        return Found("")
    sizes = [each.size(QPageSize.Unit.Millimeter) for each in info.supportedPageSizes()]
    return Found(
        name,
        info.state() == QPrinter.PrinterState.Error,
        True,
        tuple((min(each.width(), each.height()), max(each.width(), each.height())) for each in sizes),
        info.supportsCustomPageSizes(),
    )


def refusal(wanted: str, found: Found, pages: Sequence[Page]) -> str:
    """Return one sentence on why a printer must not be given these pages; empty where it may."""
    if found.name != wanted:
        return f"打印机“{wanted}”已经不在这台电脑上，没有打印。请关掉打印窗口再打开，另选一台。"
    if not found.is_accepting:
        return f"打印机“{wanted}”现在不接受打印，没有打印。请另选一台，或请技术人员恢复这台打印机。"
    if found.sizes and not found.takes_any_size:
        for page in pages:
            short, long = sorted((page.width, page.height))
            if not any(abs(short - a) < SAME_SIZE and abs(long - b) < SAME_SIZE for a, b in found.sizes):
                paper = next(
                    (f"{each} 纸" for each, size in PAPER_SIZES.items() if size == (short, long)),
                    f"{short:.0f}×{long:.0f} 毫米的纸",
                )
                return f"打印机“{wanted}”没有 {paper}，印出来会缺边，没有打印。请换一台打印机，或另存为 PDF。"
    return ""


def open_printer(name: str, title: str = "") -> QPrinter:
    """Return a printer by its name; `title` is what its queue shows."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPrinterName(name)
    printer.setDocName(title)
    return printer


def tray_of(printer: QPrinter) -> str:
    """Return the name of the tray that the printer takes paper from."""
    return printer.paperSource().name


def set_paper(printer: QPrinter, page: Page) -> None:
    """Set the size of a page as it is held, the whole sheet, without margins."""
    is_landscape = page.width > page.height
    size = QSizeF(min(page.width, page.height), max(page.width, page.height))
    printer.setFullPage(True)
    paper = QPageSize(size, QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    turned = QPageLayout.Orientation.Landscape if is_landscape else QPageLayout.Orientation.Portrait
    layout = QPageLayout(paper, turned, _NO_MARGINS, QPageLayout.Unit.Millimeter)
    layout.setMode(QPageLayout.Mode.FullPageMode)
    printer.setPageLayout(layout)


def print_pages(
    printer: QPrinter,
    pages: Sequence[Page],
    layers: frozenset[Layer] = ALL_LAYERS,
    offset: Offset = Offset(),  # noqa: B008 - a frozen record
) -> Printed:
    """Print pages at their true size, moved by an offset in mm; copies are the printer's own setting."""
    if not pages:
        return Printed(0, "没有要打印的内容，请先填写，或取消“只打印填写内容”。")
    set_paper(printer, pages[0])
    notice = _margin_notice(printer, pages, layers, offset)
    painter = QPainter()
    if not painter.begin(printer):
        return Printed(0, "打印机没有接受这次打印，请检查打印机是否开机、联机、有纸。")
    scale = printer.resolution() / MM_PER_INCH
    for number, page in enumerate(pages):
        if number:
            set_paper(printer, page)
            if not printer.newPage():
                printer.abort()
                painter.end()
                return Printed(0, f"打印到第 {number} 页时打印机停了，请检查后重新打印。")
        painter.save()
        painter.translate(offset.right * scale, offset.down * scale)
        painting.paint(painter, page.marks, scale, layers=layers)
        painter.restore()
    painter.end()
    if printer.printerState() == QPrinter.PrinterState.Error:
        return Printed(0, "打印机报告出错，请检查打印机后重新打印。")
    return Printed(len(pages), "", notice)


def _margin_notice(printer: QPrinter, pages: Sequence[Page], layers: frozenset[Layer], offset: Offset) -> str:
    """Return a sentence if anything lies where the printer cannot print."""
    margins = printer.pageLayout().minimumMargins()  # mm, as the layout was made
    for page in pages:
        left, top = margins.left() - offset.right, margins.top() - offset.down
        right = page.width - margins.right() - offset.right
        bottom = page.height - margins.bottom() - offset.down
        for mark in page.marks:
            if mark.layer in layers and any(
                x < left or x > right or y < top or y > bottom for x, y in _points(mark)
            ):
                return "有内容太靠纸边，这台打印机可能印不全，请对着纸核对一遍。"
    return ""


def _points(mark: Mark) -> tuple[tuple[float, float], ...]:
    if isinstance(mark, Text):
        return ((mark.x, mark.y),)
    if isinstance(mark, Line):
        return ((mark.x1, mark.y1), (mark.x2, mark.y2))
    return mark.points
