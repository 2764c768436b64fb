"""The office's rules for passwords: chosen by keys, kept as a setting of the office, printed clause by clause."""

from pathlib import Path

import pypdfium2
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from desktop_app.protection import clauses
from desktop_app.store.first import first_page
from desktop_app.ui.printing.print_preview import PrintPreview
from desktop_app.ui.window.main_window import MainWindow
from tests.support.clerk import press, until


def test_a_profile_is_chosen_by_keys_and_is_the_offices(window: MainWindow) -> None:
    window.show_room("settings")
    box = window.stack.currentWidget().protection
    box.chosen.checkedButton().setFocus()
    assert box.chosen.checkedButton().text() == "默认"
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right)
    assert "10 个字符" in box.about.text()
    assert "GB/T 22239" in box.source.text()
    press(Qt.Key.Key_Return)
    until(lambda: box.told.text().startswith("✓"), "the setting")
    window.show_room("cases")
    window.show_room("settings")
    assert window.stack.currentWidget().protection.chosen.checkedButton().text() == "等保三级"
    window.close()
    window.door.close()
    kept = first_page(window.folder, 1, window.door.signed_in.key)
    assert kept is not None
    assert kept.settings["protection"] == "level_3"


def test_the_page_for_the_assessor_is_printed_by_keys(window: MainWindow, tmp_path: Path) -> None:
    out = tmp_path / "page.pdf"

    def open_printer(_name: str, _title: str) -> QPrinter:
        opened = QPrinter(QPrinter.PrinterMode.HighResolution)
        opened.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        opened.setOutputFileName(str(out))
        return opened

    window.context.printing.update({"printers": ("样例打印机",), "open_printer": open_printer})
    window.show_room("settings")
    window.stack.currentWidget().protection.keep.setFocus()
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Tab)
    button = QApplication.focusWidget()
    press(Qt.Key.Key_Return)
    until(lambda: isinstance(QApplication.activeWindow(), PrintPreview), "the print window")
    press(Qt.Key.Key_Return)
    until(lambda: not window.findChildren(PrintPreview), "the end of the print window")
    window.activateWindow()  # as a desktop does; a bare X server does not
    until(button.hasFocus, "the focus where it was")
    assert window.notice.label.text() == "已送到打印机，请核对纸张。"
    with pypdfium2.PdfDocument(out) as pdf:
        text = "".join("".join(page.get_textpage().get_text_range().split()) for page in pdf)
    assert "样例市社会保险事业管理局" in text
    assert all("".join(clause.text.split()) in text for clause in clauses(3))
