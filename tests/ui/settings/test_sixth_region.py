"""A region that no code knows: chosen at the first start, filled in, checked, printed and listed from data alone."""

import shutil
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.forms import catalogue
from desktop_app.forms.titles import _texts
from desktop_app.ui import start
from desktop_app.ui.window.main_window import MainWindow
from tests.support import TESTS
from tests.support.clerk import OFFICE, control, founded, press, until, write

# On the paper, in its order; what follows from an answer is not typed.
ANSWERS = (
    ("applicant.name", "方样例"),
    ("applicant.id_number", "220104199108200139"),
    ("applicant.phone", "13700000006"),
    ("employer.name", "海滨样例港务有限公司"),
    ("certificate.kind", "职业技能等级证书"),
    ("certificate.level", "四级"),
    ("certificate.number", "Y000099990000244000123"),
    ("certificate.issued_on", f"{date.today() - timedelta(days=60):%Y%m%d}"),
    ("certificate.occupation", "起重装卸机械操作工"),
    ("payment.bank", "样例银行海滨支行"),
    ("payment.account_number", "6217000000000050017"),
)


@pytest.fixture
def window(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MainWindow]:
    home = tmp_path / "home"
    shutil.copytree(TESTS / "regions" / "haibin" / "forms", home / "forms")
    (home / "policies").mkdir()
    shutil.copy(TESTS / "policies" / "haibin.toml", home / "policies")
    monkeypatch.setenv("DESKTOP_APP_HOME", str(home))
    catalogue._files.cache_clear()
    _texts.cache_clear()
    hook = sys.excepthook
    made = start.open_window(qapp, home, is_dark=False, signed_in=founded(home, "clerk"))
    sys.excepthook = hook
    qtbot.addWidget(made)
    until(lambda: made.door is not None and made.door.is_open, "the store")
    until(made.isActiveWindow, "an active window")
    yield made
    made.close()
    made.door.close()
    catalogue._files.cache_clear()
    _texts.cache_clear()


def test_a_region_of_its_own_is_data_alone(window: MainWindow, tmp_path: Path) -> None:
    fields = window.stack.currentWidget().fields
    assert [button.text() for button in fields.regions.buttons()].count("海滨市") == 1
    while fields.regions.checkedButton() is None or fields.regions.checkedButton().text() != "海滨市":
        press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Return)
    for text in OFFICE.values():
        write(text)
        press(Qt.Key.Key_Return)
    assert window.settings["region"] == "haibin"

    control(Qt.Key.Key_N)
    page = window.case_page
    assert page.form.title == "海滨市技能提升补贴申请表"
    for field_id, text in ANSWERS:
        page.go_to(field_id)
        write(text)
        press(Qt.Key.Key_Return)
    page.go_to("applicant.name")
    QApplication.processEvents()
    assert page.panel.amount.text() == "补贴金额 ￥1320.50"
    findings = {each.rule: each.outcome for each in page.held.assessment.decision.findings}
    assert findings["applied_within_months_of_issue"] == "pass"
    assert page.held.assessment.decision.policy == "haibin.skill_upgrade@2024-03-01"

    pdf = tmp_path / "paper.pdf"

    def open_printer(name: str, title: str) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(pdf))
        return printer

    window.context.printing.update({"printers": ("PDF",), "open_printer": open_printer})
    control(Qt.Key.Key_P)
    until(lambda: QApplication.activeModalWidget() is not None, "the preview")
    press(Qt.Key.Key_Return)
    until(lambda: pdf.exists() and pdf.stat().st_size > 0, "the print")
    text = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded()
    assert "方样例" in text and "海滨样例港务有限公司" in text

    until(lambda: QApplication.activeModalWidget() is None, "the preview to close")
    window.activateWindow()
    until(window.isActiveWindow, "the window in front")
    control(Qt.Key.Key_W)
    until(lambda: window.list_page().model.count == 1, "the list")
    assert window.list_page().model.row(0).name == "方样例"
    window.show_room("forms")
    papers = window.pages.made["forms"].list
    assert any("海滨市技能提升补贴名单" in papers.item(at).text() for at in range(papers.count()))
