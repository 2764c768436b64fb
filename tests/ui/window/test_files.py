"""Files made of a paper: where they are offered, what they are called, and what is said afterwards."""

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths, Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QLabel, QTreeView

from desktop_app.ui import start
from desktop_app.ui.window import paper_files
from desktop_app.ui.window.main_window import MainWindow
from tests.support.clerk import control, press, until, write

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
_MODIFIERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "文档"
    folder.mkdir()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _kind: str(folder))
    return folder


def answer(look: object) -> None:
    """Do something with the file dialog as soon as it stands there."""

    def wait() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QFileDialog):
            look(dialog)
        else:
            QTimer.singleShot(20, wait)

    QTimer.singleShot(20, wait)


def test_pdf_is_offered_in_documents_under_the_applicant_and_never_overwritten_unasked(
    window: MainWindow, documents: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        paper_files.QDesktopServices, "openUrl", lambda url: not opened.append(url.toLocalFile())
    )
    control(Qt.Key.Key_N)
    write("样例/𬱖")
    press(Qt.Key.Key_Return)
    window.case_page.go_to("applicant.id_number")
    write("220104199003070016")
    press(Qt.Key.Key_Return)
    here = window.case_page.sheet.current_field()
    answer(lambda dialog: dialog.accept())
    press(Qt.Key.Key_S, _MODIFIERS)
    path = documents / "样例𬱖_0016_吉林省参保企业职工技能提升补贴申请表.pdf"
    assert path.exists()
    assert str(documents) in window.notice.label.text()
    assert path.name in window.notice.label.text()
    assert window.case_page.sheet.current_field() == here
    window.notice.take_focus()
    assert window.notice.act.text() == "打开所在文件夹"
    press(Qt.Key.Key_Return)
    assert opened == [str(documents)]
    assert window.case_page.sheet.current_field() == here

    path.write_bytes(b"before")

    def refuse(dialog: QFileDialog) -> None:
        QTimer.singleShot(200, lambda: QApplication.activeModalWidget().reject())  # its question
        dialog.accept()
        assert dialog.isVisible()
        dialog.reject()

    answer(refuse)
    press(Qt.Key.Key_S, _MODIFIERS)
    assert path.read_bytes() == b"before"


def test_last_folder_is_offered_again(window: MainWindow, documents: Path, tmp_path: Path) -> None:
    control(Qt.Key.Key_N)
    write("样例甲")
    other = tmp_path / "别处"
    other.mkdir()
    window.settings[paper_files.FOLDER] = str(other)
    seen: list[str] = []

    def look(dialog: QFileDialog) -> None:
        seen.append(dialog.directory().absolutePath())
        dialog.reject()

    answer(look)
    press(Qt.Key.Key_S, _MODIFIERS)
    window.activateWindow()
    until(window.isActiveWindow, "the window")
    other.rmdir()
    answer(look)
    press(Qt.Key.Key_S, _MODIFIERS)
    assert seen == [str(other), str(documents)]


def test_file_dialog_speaks_chinese(window: MainWindow, documents: Path) -> None:
    translator = start.chinese()
    QApplication.installTranslator(translator)
    (documents / "样例.pdf").write_bytes(b"")
    said: list[str] = []
    days: list[str] = []

    def look(dialog: QFileDialog) -> None:
        for widget in dialog.findChildren(QLabel) + dialog.findChildren(QAbstractButton):
            said.append(widget.text())
            said.append(widget.toolTip())
        table = dialog.findChild(QTreeView)
        model = table.model()
        until(lambda: model.rowCount(table.rootIndex()) > 0, "the files")
        said.extend(model.headerData(at, Qt.Orientation.Horizontal) for at in range(4))
        days.append(model.index(0, 3, table.rootIndex()).data())
        dialog.reject()

    control(Qt.Key.Key_N)
    answer(look)
    press(Qt.Key.Key_S, _MODIFIERS)
    QApplication.removeTranslator(translator)
    assert days[0][4] == days[0][7] == "-"
    for words in said:
        left = words.replace("PDF", "").replace("pdf", "")
        assert not any(c.isascii() and c.isalpha() for c in left.split("(&")[0]), words
