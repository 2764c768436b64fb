"""The page 表单: every paper of the region, to be opened and filled in."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop_app.forms.catalogue import form, form_ids
from desktop_app.ui.look import LARGE, NORMAL, STEP, Colours, sized, style_sheet, tint

_FORM: int = Qt.ItemDataRole.UserRole


class FormsPage(QWidget):
    """Lists the papers; Enter or a double click opens one."""

    form_chosen = Signal(str)

    def __init__(self, region: str, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel("表单")
        title.setFont(sized(LARGE, is_bold=True))
        self.words = QLabel("选一份表单，按 Enter 打开填写；填写的内容同样逐格保存，可以打印。")
        self.words.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName("本地区的表单")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFont(sized(NORMAL))
        self.list.setSpacing(STEP // 2)
        for form_id in form_ids():
            if form_id.startswith(f"{region}."):
                paper = form(form_id)
                turned = "横向" if paper.orientation == "landscape" else "纵向"
                sample = "  ·  参考样式" if paper.is_sample else ""
                item = QListWidgetItem(f"{paper.title}\n{paper.source}  ·  {paper.paper} {turned}{sample}")
                item.setData(_FORM, form_id)
                self.list.addItem(item)
        self.list.itemActivated.connect(lambda item: self.form_chosen.emit(item.data(_FORM)))
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * STEP, 2 * STEP, 3 * STEP, 2 * STEP)
        column.setSpacing(STEP)
        for widget in (title, self.words):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        self.dress(colours)

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        self.setStyleSheet(style_sheet(colours))
        tint(self.words, colours.quiet)

    def take_focus(self) -> None:
        """Put the focus on the first paper."""
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self.list.setFocus()
