"""Question boxes, one small function each, so that a test can answer in their place."""

from pathlib import Path

from PySide6.QtCore import QIdentityProxyModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QFileDialog, QFileSystemModel, QInputDialog, QMessageBox, QWidget

from desktop_app.ui.parts.look import load_faces_for, shown_colours, style_sheet


def tell(parent: QWidget | None, title: str, sentence: str) -> None:
    """Show one sentence that must be read before anything else can be done."""
    box = QMessageBox(QMessageBox.Icon.NoIcon, title, sentence, QMessageBox.StandardButton.Ok, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.exec()


def ask_close_unsaved(parent: QWidget) -> bool:
    """Ask whether to close although the last entries could not be saved; True closes."""
    return _ask(
        parent, "还没有保存", "刚才填写的内容没能保存，关闭后会丢失，仍要关闭吗？", "仍要关闭", "继续填写"
    )


def ask_discard(parent: QWidget, name: str, paper: str) -> bool:
    """Ask whether an applicant's draft of a paper is to be thrown away; True throws it away."""
    return _ask(parent, "删除草稿", f"删除“{name}”的草稿（{paper}）后不能恢复，要删除吗？", "删除", "保留")


def ask_recovery_file(parent: QWidget) -> bool:
    """Ask whether the recovery sheet is really to be saved as a file; True saves it."""
    return _ask(
        parent,
        "把恢复页存成文件",
        "谁拿到这个文件和电脑，谁就能看到全部资料。只在这里没有打印机时才存，存到 U 盘，打印后立刻删除。要存吗？",
        "存成文件",
        "不存",
    )


def ask_leave_sheet(parent: QWidget) -> bool:
    """Ask whether to close although nobody has shown that the recovery sheet is on paper; True closes."""
    return _ask(
        parent,
        "恢复页还没有确认",
        "这张恢复页还没有确认印在纸上，关闭以后再也看不到，以前的恢复页也已经作废。"
        "以后可以由管理员登录，在【人员】里打印一张新的。要关闭吗？",
        "仍要关闭",
        "回去打印",
    )


def ask_remove_person(parent: QWidget, name: str) -> bool:
    """Ask whether a person is to be removed from the office; True removes."""
    return _ask(
        parent,
        "移除人员",
        f"移除“{name}”以后，这个人不能再登录，资料换新的密钥；以前办过的记录都留着。"
        "以前做的备份仍能用这个人当时的密码打开，请把旧备份锁好或销毁。要移除吗？",
        "移除",
        "不移除",
    )


def ask_note(parent: QWidget, label: str, text: str) -> str | None:
    """Ask for a remark on a field, beginning with the one before; None where it is left as it was."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(f"{label}的批注")
    dialog.setLabelText("只在右栏显示，不打印；清空就是删去。")
    dialog.setTextValue(text)
    dialog.setOkButtonText("记下")
    dialog.setCancelButtonText("取消")
    dialog.setStyleSheet(style_sheet(shown_colours(parent)))
    dialog.resize(560, dialog.sizeHint().height())  # a remark is a sentence
    said = dialog.textValue() if dialog.exec() else None
    dialog.deleteLater()
    return said


def _ask(parent: QWidget, title: str, sentence: str, do: str, leave: str) -> bool:
    """Ask a question whose default answer, and Esc, leave everything as it is."""
    box = QMessageBox(QMessageBox.Icon.NoIcon, title, sentence)
    box.setParent(parent, Qt.WindowType.Dialog)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setStyleSheet(style_sheet(shown_colours(parent)))
    load_faces_for(sentence)
    done = box.addButton(do, QMessageBox.ButtonRole.DestructiveRole)
    left = box.addButton(leave, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(left)
    box.setEscapeButton(left)
    box.exec()
    return box.clickedButton() is done


def ask_pdf_path(parent: QWidget, suggested: Path) -> Path | None:
    """Ask where a PDF shall be saved; None when nothing was chosen."""
    return _ask_path(parent, "另存为 PDF", suggested, "PDF 文件 (*.pdf)")


def ask_sheet_path(parent: QWidget, suggested: Path) -> Path | None:
    """Ask where a spreadsheet shall be saved; None when nothing was chosen."""
    return _ask_path(parent, "另存为电子表格", suggested, "电子表格 (*.xlsx)")


def ask_folder(parent: QWidget, title: str) -> Path | None:
    """Ask for a folder; None when none was chosen."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setStyleSheet(style_sheet(shown_colours(parent)))
    dialog.setProxyModel(_Days(dialog))
    chosen = dialog.exec() and dialog.selectedFiles()
    dialog.deleteLater()
    return Path(chosen[0]) if chosen else None


def ask_backup_file(parent: QWidget) -> Path | None:
    """Ask for the file of a backup; None when none was chosen."""
    dialog = QFileDialog(parent, "选一份备份", str(Path.home()), "备份文件 (*.jnbak)")
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setStyleSheet(style_sheet(shown_colours(parent)))
    dialog.setProxyModel(_Days(dialog))
    chosen = dialog.exec() and dialog.selectedFiles()
    dialog.deleteLater()
    return Path(chosen[0]) if chosen else None


def _ask_path(parent: QWidget, title: str, suggested: Path, kind: str) -> Path | None:
    dialog = QFileDialog(parent, title, str(suggested.parent), kind)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    # The dialog adds the ending itself, so that it asks before the very file is overwritten.
    dialog.setDefaultSuffix(suggested.suffix.removeprefix("."))
    dialog.setStyleSheet(style_sheet(shown_colours(parent)))
    dialog.setProxyModel(_Days(dialog))
    dialog.selectFile(suggested.name)
    chosen = dialog.exec() and dialog.selectedFiles()
    dialog.deleteLater()
    return Path(chosen[0]) if chosen else None


class _Days(QIdentityProxyModel):
    """Writes the day of a file as the rest of the program does; Qt's own words follow the computer's language."""

    _DAY = 3  # the column

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a cell's content."""
        if index.column() == self._DAY and role == Qt.ItemDataRole.DisplayRole:
            files = self.sourceModel()
            assert isinstance(files, QFileSystemModel)
            return files.lastModified(self.mapToSource(index)).toString("yyyy-MM-dd HH:mm")
        return super().data(index, role)
