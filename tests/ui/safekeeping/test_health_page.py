"""The state of computer and store, by keyboard: the lines, a fault where there is one, copied and printed."""

from pathlib import Path

import pypdfium2
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from desktop_app.ui.jobs.clock import now
from desktop_app.ui.printing.print_preview import PrintPreview
from desktop_app.ui.safekeeping.health_acts import NO_PRINTER
from desktop_app.ui.safekeeping.health_page import HealthPage
from desktop_app.ui.window.main_window import MainWindow
from tests.support.clerk import press, until

LABELS = ("磁盘", "字体", "打印机", "时间", "备份", "资料库文件", "操作记录", "版本")


def page_of(window: MainWindow) -> HealthPage:
    window.show_room("health")
    page = window.stack.currentWidget()
    assert isinstance(page, HealthPage)
    until(lambda: page.lines != (), "the report")
    return page


def told(page: HealthPage) -> dict[str, str]:
    return {line.label: f"{line.mark} {line.told}" for line in page.lines}


def test_every_line_is_there_and_the_records_are_checked_by_keys(window: MainWindow) -> None:
    window.context.printing.update({"printers": ()})
    page = page_of(window)
    assert tuple(line.label for line in page.lines) == LABELS
    assert told(page)["打印机"] == f"warn {NO_PRINTER}"
    assert "没有核对" in told(page)["操作记录"]
    assert page.check.hasFocus()
    press(Qt.Key.Key_Return)
    until(lambda: page.told.text().startswith("✓"), "the check")
    assert told(page)["操作记录"].startswith("ok")
    assert told(page)["资料库文件"].startswith("ok")
    assert page.found.isVisible() is False
    assert page.check.hasFocus()


def test_what_was_changed_behind_the_programs_back_is_named_with_its_place(window: MainWindow) -> None:
    from sqlalchemy import text

    from desktop_app.store.records import Changed, Written

    def change(session) -> Written[None]:  # type: ignore[no-untyped-def]
        session.execute(
            text("INSERT INTO setting (scope, key, value) VALUES ('office', 'policy.x', '\"1\"')")
        )
        session.execute(
            text("UPDATE payload SET json = '{}' WHERE id = (SELECT payload_id FROM event WHERE number = 1)")
        )
        return Written(None, Changed())

    done: list[object] = []
    window.door.write(change, then=done.append)
    until(lambda: bool(done), "the change")
    page = page_of(window)
    press(Qt.Key.Key_Return)
    until(lambda: page.told.text().startswith("✕"), "the check")
    assert told(page)["操作记录"].startswith("bad")
    assert any("第 1 号记录" in fault for fault in page.faults)
    assert page.found.isVisible()
    assert page.found.count() == len(page.faults) > 1


def test_the_report_is_copied_and_printed_without_anybodys_data(window: MainWindow, tmp_path: Path) -> None:
    out = tmp_path / "page.pdf"

    def open_printer(_name: str, _title: str) -> QPrinter:
        opened = QPrinter(QPrinter.PrinterMode.HighResolution)
        opened.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        opened.setOutputFileName(str(out))
        return opened

    window.context.printing.update({"printers": ("样例打印机",), "open_printer": open_printer})
    page = page_of(window)
    assert told(page)["打印机"] == "ok 可以打印。"
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return)
    copied = QGuiApplication.clipboard().text()
    assert [line[2:].partition("：")[0] for line in copied.splitlines()] == list(LABELS)
    assert f"{now().astimezone():%Y年%m月%d日}" in copied
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return)
    until(lambda: isinstance(QApplication.activeWindow(), PrintPreview), "the print window")
    press(Qt.Key.Key_Return)
    until(lambda: not window.findChildren(PrintPreview), "the end of the print window")
    with pypdfium2.PdfDocument(out) as pdf:
        text = "".join("".join(sheet.get_textpage().get_text_range().split()) for sheet in pdf)
    assert all("".join(line.split())[1:] in text for line in copied.splitlines())
