"""The one quiet page of the first start: which region, which office."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.ui.parts.buttons import push_button
from desktop_app.ui.parts.labels import head, plain_label, wrapped_label
from desktop_app.ui.parts.look import STEP, Colours, style_sheet, tint
from desktop_app.ui.settings.office_fields import OfficeFields


class FirstStart(QWidget):
    """Asks what the program must know before the first application."""

    office_told = Signal(dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = head("请先选好地区，填写经办机构")
        self.why = wrapped_label("以后打开程序直接进入申请列表；这些内容随时可以在“设置”里修改。")
        self.fault = plain_label()
        self.fields = OfficeFields({})
        self.fields.finished.connect(self._finish)
        self.fields.fault_told.connect(self._say)
        self.start = push_button("开始使用", "main_act")
        self.start.clicked.connect(self._finish)

        foot = QHBoxLayout()
        foot.addWidget(self.fault, 1)
        foot.addWidget(self.start)
        inner = QVBoxLayout()
        inner.setSpacing(2 * STEP)
        inner.addWidget(self.title)
        inner.addWidget(self.why)
        inner.addSpacing(STEP)
        inner.addWidget(self.fields)
        inner.addSpacing(STEP)
        inner.addLayout(foot)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addLayout(inner)
        across.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addLayout(across)
        column.addStretch(3)

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        self.setStyleSheet(style_sheet(colours))
        for label, colour in (
            (self.why, colours.quiet),
            (self.fields.how, colours.quiet),
            (self.fault, colours.fail),
        ):
            tint(label, colour)

    def take_focus(self) -> None:
        """Put the focus on the first thing to tell."""
        self.fields.take_focus()

    def _finish(self) -> None:
        fault = self.fields.first_fault()
        self._say(fault)
        if not fault:
            self.office_told.emit(self.fields.values())

    def _say(self, fault: str) -> None:
        self.fault.setText(f"✕ {fault}" if fault else "")
