"""The regions at hand and the office: the same rows on the page of the first start and among the settings."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFormLayout, QHBoxLayout, QLineEdit, QRadioButton, QWidget

from desktop_app.regions import regions
from desktop_app.ui.parts.labels import plain_label
from desktop_app.ui.parts.look import STEP

NO_REGION: Final = "请选择地区。"
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ARROWS: Final[dict[int, int]] = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}
# What only some papers and rules ask of an office.
_DETAILS: Final = (
    ("office.district", "区县", "所在区县", "例如 样例区，可以不填"),
    ("office.phone", "电话", "咨询电话", "印在一次性告知单上，可以不填"),
)


class OfficeFields(QWidget):
    """Region, code, name and window of this office; Enter goes on from one to the next.

    Signals:
        finished: Enter was pressed in the last field.
        fault_told: One sentence on what keeps Enter from going on; empty when it has gone on.
    """

    finished = Signal()
    fault_told = Signal(str)

    def __init__(
        self, values: dict[str, str], parent: QWidget | None = None, *, has_details: bool = False
    ) -> None:
        super().__init__(parent)
        self.regions = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(2 * STEP)
        for number, region in enumerate(regions()):
            button = QRadioButton(region.name)
            button.setAccessibleName(f"地区 {region.name}")
            button.setChecked(values.get("region") == region.id)
            button.installEventFilter(self)
            self.regions.addButton(button, number)
            row.addWidget(button)
        row.addStretch(1)
        self.code = self._line("经办机构编码", "例如 220104001", values.get("office.code", ""))
        self.name = self._line("经办机构名称", "例如 样例市社会保险事业管理局", values.get("office.name", ""))
        self.window_name = self._line("窗口", "例如 1号窗口，可以不填", values.get("window.name", ""))
        rows = QFormLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setHorizontalSpacing(2 * STEP)
        rows.setVerticalSpacing(2 * STEP)
        rows.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.how = plain_label("用方向键或空格选定，也可以用鼠标点")
        row.insertWidget(len(regions()), self.how)
        rows.addRow(plain_label("地区"), row)
        rows.addRow(plain_label("机构编码"), self.code)
        rows.addRow(plain_label("机构名称"), self.name)
        rows.addRow(plain_label("窗口"), self.window_name)
        self.details: dict[str, QLineEdit] = {}
        for key, word, name, hint in _DETAILS if has_details else ():
            self.details[key] = self._line(name, hint, values.get(key, ""))
            rows.addRow(plain_label(word), self.details[key])
        self.code.returnPressed.connect(self.name.setFocus)
        self.name.returnPressed.connect(self.window_name.setFocus)
        self.window_name.returnPressed.connect(self.finished)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys choose a region; Enter goes on once one is chosen and never chooses, for nobody saw which."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() in _ARROWS:
            at = next(n for n, each in enumerate(self.regions.buttons()) if each is watched)
            at += _ARROWS[event.key()]
            chosen = self.regions.button(min(max(at, 0), len(regions()) - 1))
            chosen.setChecked(True)
            chosen.setFocus()
            return True
        if event.key() in _ENTER:
            is_chosen = self.regions.checkedButton() is not None
            self.fault_told.emit("" if is_chosen else NO_REGION)
            if is_chosen:
                self.code.setFocus()
            return True
        return super().eventFilter(watched, event)

    def take_focus(self) -> None:
        """Put the focus on the region."""
        chosen = self.regions.checkedButton() or self.regions.button(0)
        chosen.setFocus()

    def values(self) -> dict[str, str]:
        """Return what is filled in, by the names of the settings."""
        number = self.regions.checkedId()
        return {
            "region": regions()[number].id if number >= 0 else "",
            "office.code": self.code.text().strip(),
            "office.name": self.name.text().strip(),
            "window.name": self.window_name.text().strip(),
            **{key: line.text().strip() for key, line in self.details.items()},
        }

    def first_fault(self) -> str:
        """Return one sentence on the first thing that is missing, with the focus put there; empty if none is."""
        values = self.values()
        for key, sentence, take_focus in (
            ("region", NO_REGION, self.take_focus),
            ("office.code", "请填写经办机构编码。", self.code.setFocus),
            ("office.name", "请填写经办机构名称。", self.name.setFocus),
        ):
            if not values[key]:
                take_focus()
                return sentence
        return ""

    def _line(self, name: str, hint: str, text: str) -> QLineEdit:
        line = QLineEdit(text)
        line.setObjectName("line")
        line.setAccessibleName(name)
        line.setPlaceholderText(hint)
        line.setFixedWidth(56 * STEP)
        return line
