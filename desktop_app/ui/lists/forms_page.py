"""The page 表单: every paper of the region, to be opened and filled in."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop_app import regions
from desktop_app.forms.catalogue import form_ids
from desktop_app.forms.titles import form_title, is_list
from desktop_app.store.records import RosterRow
from desktop_app.ui.parts.labels import head, wrapped_label
from desktop_app.ui.parts.look import NORMAL, STEP, Colours, sized, style_sheet, tint
from desktop_app.ui.parts.reading_forms import Unreadable, readable_form
from desktop_app.workflow.states import STATE_LABELS

_FORM: int = Qt.ItemDataRole.UserRole
_ROW: int = Qt.ItemDataRole.UserRole + 1


class FormsPage(QWidget):
    """Lists the papers, and the lists that were begun; Enter or a double click opens one."""

    form_chosen = Signal(str)
    case_chosen = Signal(str)
    discard_wanted = Signal(object)  # RosterRow

    def __init__(self, region: str, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = head("表单")
        self.words = wrapped_label("选一份表单，按 Enter 打开填写；填写的内容同样逐格保存，可以打印。")
        self.list = QListWidget()
        self.list.setAccessibleName("本地区的表单")
        self.list.setFont(sized(NORMAL))
        self.list.setSpacing(STEP // 2)
        here = regions.region(region)
        main = here.application_form if here else ""
        # The application that Ctrl+N opens comes first, then other papers of one person, then lists.
        for form_id in sorted(form_ids(), key=lambda each: (each != main, is_list(each), each)):
            if form_id.startswith(f"{region}."):
                item = QListWidgetItem(_described(form_id))
                item.setData(_FORM, form_id)
                self.list.addItem(item)
        self.list.itemActivated.connect(lambda item: self.form_chosen.emit(item.data(_FORM)))
        self.begun_head = head("填过的名单和报表")
        self.begun = _Begun()
        self.begun.discarded.connect(lambda item: self.discard_wanted.emit(item.data(_ROW)))
        self.begun.setAccessibleName("填过的名单和报表")
        self.begun.setFont(sized(NORMAL))
        self.begun.itemActivated.connect(lambda item: self.case_chosen.emit(item.data(_FORM)))
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * STEP, 2 * STEP, 3 * STEP, 2 * STEP)
        column.setSpacing(STEP)
        for widget in (title, self.words):
            column.addWidget(widget)
        column.addWidget(self.list, 1)
        column.addWidget(self.begun_head)
        column.addWidget(self.begun, 1)
        self.show_begun(())
        self.dress(colours)

    def show_begun(self, rows: tuple[RosterRow, ...]) -> None:
        """Show the lists that were begun, the newest first; without any, nothing of them."""
        self.begun.clear()
        for row in rows:
            day = f"{row.updated_at.astimezone():%Y-%m-%d %H:%M}"
            item = QListWidgetItem(f"{form_title(row.form_id)}  ·  {STATE_LABELS[row.state]}  ·  {day}")
            item.setData(_FORM, row.id)
            item.setData(_ROW, row)
            self.begun.addItem(item)
        for widget in (self.begun_head, self.begun):
            widget.setVisible(bool(rows))

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        self.setStyleSheet(style_sheet(colours))
        tint(self.words, colours.quiet)

    def take_focus(self) -> None:
        """Put the focus on the first paper."""
        self.list.setFocus()
        # Chosen anew even where Qt has made a row current with the focus, which does not show it as chosen.
        self.list.setCurrentRow(max(self.list.currentRow(), 0))


class _Begun(QListWidget):
    """A list whose Delete key throws a line away."""

    discarded = Signal(QListWidgetItem)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.currentItem() is not None:
            self.discarded.emit(self.currentItem())
        else:
            super().keyPressEvent(event)


def _described(form_id: str) -> str:
    """Return two lines on a paper; of one that cannot be read, why."""
    try:
        paper = readable_form(form_id)
    except Unreadable as fault:
        return f"{form_title(form_id)}\n{fault}"
    turned = "横向" if paper.orientation == "landscape" else "纵向"
    sample = "  ·  参考样式" if paper.is_sample else ""
    return f"{paper.title}\n{paper.source}  ·  {paper.paper} {turned}{sample}"
