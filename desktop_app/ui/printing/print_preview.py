"""Show what will be printed, and print it: the same pages, painted by the same hand.

The dialog knows pages and what they are called. Offsets come in and go out as plain text under the names of
`overprint`; whoever opens the dialog keeps them.
"""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop_app.forms.marks import ALL_LAYERS, VALUE_LAYERS, Layer, Page
from desktop_app.printing import overprint
from desktop_app.printing.overprint import Offset
from desktop_app.ui.parts.labels import wrapped_label
from desktop_app.ui.printing import printer
from desktop_app.ui.printing.before_printing import BeforePrinting
from desktop_app.ui.printing.pages_view import PagesDesk, PagesView
from desktop_app.ui.printing.print_queue import Queue, ask_queue
from desktop_app.ui.printing.printout import Printout

_NO_PRINTER = "没有找到打印机，请连接打印机，或另存为 PDF。"


class PrintPreview(QDialog):
    """What will be printed, and how.

    Signals:
        printed: How many pages of one copy went to the printer.
        handed_over: The printer's name, and its queue as it was before; only where the print system can be asked.
        offset_changed: The name and the text under which an offset is to be kept.
        pdf_wanted: The clerk wants a PDF file instead.

    Args:
        offsets: Kept offsets, as they came with `offset_changed`.
        open_printer: Gives the printer of a name; a test gives one that writes a file.
        printers: Names to choose from; those of the computer where it is not given.
        look_up: Tells what is known of an opened printer.
        ask_queue: Tells how its queue stands.
    """

    printed = Signal(int)
    handed_over = Signal(str, object)
    offset_changed = Signal(str, str)
    pdf_wanted = Signal()

    def __init__(
        self,
        printout: Printout,
        parent: QWidget | None = None,
        *,
        offsets: Mapping[str, str] | None = None,
        printers: tuple[str, ...] | None = None,
        open_printer: Callable[[str, str], QPrinter] = printer.open_printer,
        look_up: Callable[[QPrinter, str], printer.Found] = printer.look_up,
        ask_queue: Callable[[str], Queue | None] = ask_queue,
    ) -> None:
        super().__init__(parent)
        self._printout = printout
        self._open_printer = open_printer
        self._before = BeforePrinting(look_up, ask_queue)
        self._offsets = dict(offsets or {})
        self._pages = printout.pages
        self._view = PagesView(self._pages)
        self.setWindowTitle(f"打印　{printout.title}")
        self.resize(1040, 700)
        self._make_fields(printer.printer_names() if printers is None else printers)
        self.values_only.setVisible(printout.is_form)
        self._make_buttons()
        self._notice = wrapped_label(printout.notice)
        self._lay_out()
        self._choose_printer()

    def _make_fields(self, names: tuple[str, ...]) -> None:
        self.printer_box = QComboBox()
        self.printer_box.addItems(list(names))
        self.printer_box.currentIndexChanged.connect(self._choose_printer)
        self.copies = QSpinBox()
        self.copies.setRange(1, overprint.MOST_COPIES)
        self.copies.setValue(self._printout.copies)
        self.range = QLineEdit()
        self.range.setPlaceholderText(f"全部（共 {len(self._pages)} 页），或 1-3,5")
        self.values_only = QCheckBox("只打印填写内容（套打）(&V)")
        self.values_only.toggled.connect(self._show)
        self.right, self.down = self._millimetres(), self._millimetres()

    def _millimetres(self) -> QDoubleSpinBox:
        box = QDoubleSpinBox(decimals=1, singleStep=0.1, suffix=" 毫米")
        box.setRange(-overprint.LARGEST_OFFSET, overprint.LARGEST_OFFSET)
        box.valueChanged.connect(self._show)
        return box

    def _make_buttons(self) -> None:
        self.print_button = QPushButton("打印(&P)")
        self.print_button.setDefault(True)
        self.print_button.clicked.connect(self.print_now)
        self.test_button = QPushButton("打印测试页(&T)")
        self.test_button.clicked.connect(self.print_test_page)
        self.pdf_button = QPushButton("另存为 PDF(&S)…")
        self.pdf_button.clicked.connect(self.pdf_wanted)
        self.cancel_button = QPushButton("取消")
        self.cancel_button.clicked.connect(self.reject)
        for button in (self.test_button, self.pdf_button, self.cancel_button):
            button.setAutoDefault(False)

    def _lay_out(self) -> None:
        fields = QFormLayout()
        fields.addRow("打印机(&N)", self.printer_box)
        fields.addRow("份数(&C)", self.copies)
        fields.addRow("页码(&R)", self.range)
        fields.addRow(self.values_only)
        fields.addRow("向右调整(&X)", self.right)
        fields.addRow("向下调整(&Y)", self.down)
        side = QVBoxLayout()
        side.addLayout(fields)
        side.addWidget(self.test_button)
        side.addSpacing(8)
        side.addWidget(self._notice)
        side.addStretch()
        for button in (self.pdf_button, self.print_button, self.cancel_button):
            side.addWidget(button)
        panel = QWidget()
        panel.setFixedWidth(320)
        panel.setLayout(side)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(PagesDesk(self._view), 1)
        row.addWidget(panel)
        self.printer_box.setFocus()

    def notice(self) -> str:
        """Return the sentence that stands below the settings."""
        return self._notice.text()

    def say(self, sentence: str) -> None:
        """Show one sentence below the settings."""
        if sentence:
            self._notice.setText(sentence)

    def layers(self) -> frozenset[Layer]:
        """Return what will be printed."""
        return VALUE_LAYERS if self.values_only.isChecked() else ALL_LAYERS

    def offset(self) -> Offset:
        """Return how far everything is moved, mm."""
        return Offset(round(self.right.value(), 1), round(self.down.value(), 1))

    def _show(self) -> None:
        self._view.show_as(self.layers(), self.offset())

    def _offset_name(self, chosen: QPrinter) -> str:
        return overprint.offset_name(
            self.printer_box.currentText(), printer.tray_of(chosen), self._printout.id
        )

    def _choose_printer(self) -> None:
        has_printer = self.printer_box.count() > 0
        for button in (self.print_button, self.test_button):
            button.setEnabled(has_printer)
        if not has_printer:
            self._notice.setText(_NO_PRINTER)
            self.pdf_button.setDefault(True)
            return
        name = self._offset_name(self._printer())
        offset = overprint.read_offset(self._offsets.get(name, ""))
        self.right.setValue(offset.right)
        self.down.setValue(offset.down)
        self._show()

    def _printer(self) -> QPrinter:
        return self._open_printer(self.printer_box.currentText(), self._printout.title)

    def _keep_offset(self, chosen: QPrinter) -> None:
        name, text = self._offset_name(chosen), overprint.offset_text(self.offset())
        if self._offsets.get(name, overprint.offset_text(Offset())) != text:
            self._offsets[name] = text
            self.offset_changed.emit(name, text)

    def print_now(self) -> None:
        """Print what is shown; the dialog closes when the printer has taken it."""
        try:
            numbers = overprint.page_numbers(self.range.text(), len(self._pages))
        except ValueError as fault:
            self._notice.setText(str(fault))
            self.range.setFocus()
            self.range.selectAll()
            return
        pages = overprint.printed_pages([self._pages[number - 1] for number in numbers], self.layers())
        chosen = self._printer()
        chosen.setCopyCount(self.copies.value())
        outcome = self._hand_over(chosen, pages, self.layers())
        if outcome is None:
            return
        self._notice.setText(outcome.fault or outcome.notice)
        if outcome.pages:
            self.printed.emit(outcome.pages)
        if outcome.pages and not outcome.notice:
            self.accept()

    def _hand_over(
        self, chosen: QPrinter, pages: Sequence[Page], layers: frozenset[Layer]
    ) -> printer.Printed | None:
        """Give pages to the printer that is named, and to no other; None where it must not have them."""
        name = self.printer_box.currentText()
        refusal, queue = self._before.ask(chosen, name, pages)
        if refusal:
            self._notice.setText(refusal)
            return None
        self._keep_offset(chosen)
        outcome = printer.print_pages(chosen, pages, layers, self.offset())
        if outcome.pages and queue is not None:
            self.handed_over.emit(name, queue)
        return outcome

    def print_test_page(self) -> None:
        """Print the page with crosses and rulers, moved as the form would be."""
        page = overprint.ruler_page(self._pages[0].width, self._pages[0].height)
        outcome = self._hand_over(self._printer(), (page,), ALL_LAYERS)
        if outcome is not None:
            self.say(outcome.fault or "测试页已送到打印机，印出来后请用直尺量一量，再填向右、向下调整。")
