"""The recovery sheet on the screen: it is printed here, once, and nowhere kept.

Whoever has printed it shows it by typing its last group; then it is gone from the program. Until then the window asks
before it closes.
"""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.forms.marks import Page
from desktop_app.ui.parts import questions
from desktop_app.ui.parts.buttons import push_button
from desktop_app.ui.parts.labels import head, plain_label, wrapped_label
from desktop_app.ui.parts.look import STEP, Colours, style_sheet, tint
from desktop_app.ui.people import sheet_printing
from desktop_app.ui.people.password_line import line
from desktop_app.ui.printing.pages_view import PagesDesk, PagesView
from desktop_app.ui.printing.printer import PrinterOptions
from desktop_app.whole_file import WriteFault, write_whole

_WHY: Final = (
    "所有密码都忘记了，只有这一页能打开资料。请现在打印，装入信封锁进保险柜。"
    "程序不保存这一页，离开以后再也看不到；旧的恢复页从现在起作废。"
)
_CONFIRM: Final = "输入最后一组确认已打印"
_PRINTED: Final = "已交给打印机，请看着纸印出来。"
_WRONG: Final = "与最后一组不一样，请对照打印出来的纸再填一遍。"
_SIDE: Final = 44 * STEP


class SheetPage(QWidget):
    """Shows the sheet until its last group was typed from the paper.

    Signals:
        confirmed: It is on paper.
    """

    confirmed = Signal()

    def __init__(
        self,
        pages: tuple[Page, ...],
        last_group: str,
        printing: PrinterOptions,
        colours: Colours,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._pages, self._last_group, self._printing = pages, last_group, printing
        self._colours = colours
        self.why = wrapped_label(_WHY)
        self.printer_box = QComboBox()
        self.printer_box.setAccessibleName("打印机")
        self.printer_box.addItems(list(sheet_printing.printers(printing)))
        self.print_button = push_button("打印恢复页", "main_act")
        self.print_button.clicked.connect(self.print_now)
        self.print_button.setEnabled(self.printer_box.count() > 0)
        self.pdf_button = push_button("另存为 PDF…", "plain")
        self.pdf_button.clicked.connect(self.save_file)
        self.last = line(_CONFIRM, "纸上第 18 组，四个字符")
        self.last.setFixedWidth(_SIDE - 4 * STEP)
        self.last.returnPressed.connect(self._confirm)
        self.go_on = push_button("继续")
        self.go_on.clicked.connect(self._confirm)
        self.told = wrapped_label()
        self._is_done = False
        self._lay_out()
        self.dress(colours)
        if self.printer_box.count() == 0:
            self._say(f"✕ {sheet_printing.NO_PRINTER}", colours.fail)

    def _lay_out(self) -> None:
        side = QVBoxLayout()
        side.setContentsMargins(2 * STEP, 3 * STEP, 2 * STEP, 3 * STEP)
        side.setSpacing(2 * STEP)
        side.addWidget(head("恢复页"))
        side.addWidget(self.why)
        for widget in (plain_label("打印机"), self.printer_box, self.print_button, self.told):
            side.addWidget(widget)
        side.addSpacing(2 * STEP)
        side.addWidget(plain_label(_CONFIRM))
        side.addWidget(self.last)
        side.addWidget(self.go_on)
        side.addStretch(1)
        side.addWidget(self.pdf_button)
        panel = QWidget()
        panel.setFixedWidth(_SIDE)
        panel.setLayout(side)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(PagesDesk(PagesView(self._pages)), 1)
        row.addWidget(panel)

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        self._colours = colours
        self.setStyleSheet(style_sheet(colours))
        tint(self.why, colours.quiet)

    def take_focus(self) -> None:
        """Put the focus on the printing."""
        (self.print_button if self.print_button.isEnabled() else self.last).setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """See the window close, from now on."""
        self.window().installEventFilter(self)
        super().showEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask before the window closes on a sheet that nobody has shown to be on paper."""
        if event.type() == QEvent.Type.Close and not self._is_done and watched is self.window():
            self._is_done = questions.ask_leave_sheet(self)
            if not self._is_done:
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    def print_now(self) -> None:
        """Print the sheet, and ask for its last group."""
        fault = sheet_printing.print_sheet(self.printer_box.currentText(), self._pages, self._printing)
        if fault:
            self._say(f"✕ {fault}", self._colours.fail)
        else:
            self._say(f"✓ {_PRINTED}", self._colours.passed)
            self.last.setFocus()

    def save_file(self) -> None:
        """Save the sheet as a file, for those who have no printer here and say that they want it."""
        if not questions.ask_recovery_file(self):
            return
        path = questions.ask_pdf_path(self, Path.home() / "恢复页.pdf")
        if path is None:
            return
        try:
            write_whole(path, sheet_printing.sheet_bytes(self._pages))
        except WriteFault as fault:
            self._say(f"✕ {fault.args[-1]}", self._colours.fail)
        else:
            self._say("✓ 恢复页已存成文件，打印后请立刻删除这个文件。", self._colours.warn)
            self.last.setFocus()

    def _confirm(self) -> None:
        typed = "".join(self.last.text().split()).upper()
        if typed == self._last_group:
            self._is_done = True
            self.confirmed.emit()
        else:
            self._say(f"✕ {_WRONG}", self._colours.fail)
            self.last.setFocus()
            self.last.selectAll()

    def _say(self, words: str, colour: str) -> None:
        self.told.setText(words)
        tint(self.told, colour)
