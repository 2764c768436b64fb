"""The one page of the first start: which office, and who its first administrator is."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.ui.parts.buttons import push_button
from desktop_app.ui.parts.labels import head, wrapped_label
from desktop_app.ui.parts.look import STEP, Colours, style_sheet, tint
from desktop_app.ui.parts.middle import put_in_the_middle
from desktop_app.ui.people.person_fields import NewPerson, PersonFields
from desktop_app.ui.settings.office_fields import OfficeFields

_NEW: Final = (
    "请先填好机构和管理员",
    "管理员可以添加同事、重设密码。以后打开程序先登录；机构的内容随时可以在“设置”里修改。",
)
_TAKEN_OVER: Final = (
    "请设定管理员和密码",
    "这台电脑上已有资料，一份也不会少。从这一版起，打开程序要登录，资料改用新的密钥加密；"
    "原来放在旁边的密钥文件 store.key 随后作废。",
)
_OFFICE: Final = ("请先选好地区，填写经办机构", "这些内容随时可以在“设置”里修改。")
_ALONE: Final = (
    "只有一个人的窗口可以受理、核验和移交；复核要由另一个人办，没有第二个人的，由上级机构或别的窗口复核。"
    "同一个人不能既经办又复核一份申请，选了两个角色也一样。"
)


class SetUpPage(QWidget):
    """Asks what the program must know before the first application.

    Signals:
        told: The office's values by the names of the settings, empty where they are known; and the administrator,
            or None where people are known.
        restore_wanted: There is an office already, and its backup comes to this computer.
    """

    told = Signal(dict, object)
    restore_wanted = Signal()

    def __init__(
        self,
        colours: Colours,
        parent: QWidget | None = None,
        *,
        is_office_known: bool = False,
        are_people_known: bool = False,
    ) -> None:
        super().__init__(parent)
        self._colours = colours
        title, why = _OFFICE if are_people_known else _TAKEN_OVER if is_office_known else _NEW
        self.title = head(title)
        self.why = wrapped_label(why)
        self.alone = wrapped_label(_ALONE)
        self.fault = wrapped_label()
        self.fields = None if is_office_known else OfficeFields({})
        self.person = None if are_people_known else PersonFields(colours, ("administrator",), ("clerk",))
        self.start = push_button("开始使用", "main_act")
        self.start.clicked.connect(self._finish)
        self.move_here = push_button("换到这台新电脑：从备份恢复", "plain")
        self.move_here.clicked.connect(self.restore_wanted)
        if is_office_known or are_people_known:
            self.move_here.hide()
        if self.fields is not None:
            self.fields.fault_told.connect(self._say)
            self.fields.finished.connect(self.person.take_focus if self.person else self._finish)
        if self.person is not None:
            self.person.finished.connect(self._finish)
        self._lay_out()
        self.dress(colours)

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.addWidget(self.fault, 1)
        foot.addWidget(self.start)
        foot.addWidget(self.move_here)
        inner = QVBoxLayout()
        inner.setSpacing(2 * STEP)
        inner.addWidget(self.title)
        inner.addWidget(self.why)
        if self.fields is not None:
            inner.addWidget(self.fields)
        if self.person is not None:
            inner.addSpacing(STEP)
            inner.addWidget(head("管理员"))
            inner.addWidget(self.person)
            inner.addWidget(self.alone)
        inner.addLayout(foot)
        around = QWidget()
        put_in_the_middle(around, inner, 120 * STEP)
        area = QScrollArea()
        area.setObjectName("still")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(around)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        self._colours = colours
        self.setStyleSheet(style_sheet(colours))
        quiet = [self.why, self.alone, *([self.fields.how] if self.fields else [])]
        for label in quiet:
            tint(label, colours.quiet)
        tint(self.fault, colours.fail)
        if self.person is not None:
            self.person.dress(colours)

    def showEvent(self, event: QShowEvent) -> None:
        """Dress it once more: what is first shown inside an area that scrolls takes its own colours back."""
        super().showEvent(event)
        self.dress(self._colours)

    def take_focus(self) -> None:
        """Put the focus on the first thing to tell."""
        first = self.fields or self.person
        if first is not None:
            first.take_focus()

    def show_working(self) -> None:
        """Say that it is being done."""
        self.setEnabled(False)
        self.fault.setText("正在建立资料库…")

    def refuse(self, sentence: str) -> None:
        """Say why it could not be done; what was filled in stays."""
        self.setEnabled(True)
        self._say(sentence)
        self.start.setFocus()

    def _finish(self) -> None:
        fault = (self.fields.first_fault() if self.fields else "") or (
            self.person.first_fault() if self.person else ""
        )
        self._say(fault)
        if not fault:
            office = self.fields.values() if self.fields else {}
            person: NewPerson | None = self.person.person() if self.person else None
            self.told.emit(office, person)

    def _say(self, fault: str) -> None:
        self.fault.setText(f"✕ {fault}" if fault else "")
