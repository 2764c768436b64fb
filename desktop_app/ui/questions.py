"""Question boxes, one small function each, so that a test can answer in their place."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget


def tell(parent: QWidget | None, title: str, sentence: str) -> None:
    """Show one sentence that must be read before anything else can be done."""
    box = QMessageBox(QMessageBox.Icon.NoIcon, title, sentence, QMessageBox.StandardButton.Ok, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.exec()


def ask_close_unsaved(parent: QWidget) -> bool:
    """Ask whether to close although the last entries could not be saved; True closes."""
    box = QMessageBox(
        QMessageBox.Icon.NoIcon, "还没有保存", "刚才填写的内容没能保存，关闭后会丢失，仍要关闭吗？"
    )
    box.setParent(parent, Qt.WindowType.Dialog)
    box.setTextFormat(Qt.TextFormat.PlainText)
    close = box.addButton("仍要关闭", QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton("继续填写", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.exec()
    return box.clickedButton() is close


def ask_pdf_path(parent: QWidget, suggested: str) -> Path | None:
    """Ask where a PDF shall be saved; None when nothing was chosen."""
    return _ask_path(parent, "另存为 PDF", suggested, "PDF 文件 (*.pdf)", ".pdf")


def ask_sheet_path(parent: QWidget, suggested: str) -> Path | None:
    """Ask where a spreadsheet shall be saved; None when nothing was chosen."""
    return _ask_path(parent, "另存为电子表格", suggested, "电子表格 (*.xlsx)", ".xlsx")


def _ask_path(parent: QWidget, title: str, suggested: str, kind: str, suffix: str) -> Path | None:
    name, _filter = QFileDialog.getSaveFileName(parent, title, suggested, kind)
    if not name:
        return None
    path = Path(name)
    return path if path.suffix else path.with_suffix(suffix)
