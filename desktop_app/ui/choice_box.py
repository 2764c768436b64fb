"""The box in which a clerk settles an open point: both readings, and a reason in his own words.

It stands at the foot of the panel, never over the paper. It tells what was chosen and decides nothing.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.policy.assess import OpenPoint
from desktop_app.ui.look import NORMAL, SMALL, STEP, Colours, ground, sized, tint


class ChoiceBox(QFrame):
    """One open point at a time.

    Signals:
        settled: Rule, name of the reading, reason.
        occupation_wanted: The listed name that was meant.
        put_away: The clerk went on without choosing.
    """

    settled = Signal(str, str, str)
    occupation_wanted = Signal(str)
    put_away = Signal()

    def __init__(self, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._point: OpenPoint | None = None
        self._names: list[str] = []
        self.setAccessibleName("选定一种办法并写明理由")
        self.message = _words(NORMAL - 1)
        self.source = _words(SMALL)
        self.near = QPushButton()
        self.near.setAutoDefault(True)
        self.near.clicked.connect(self._take_near)
        self.readings = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * STEP, STEP, 2 * STEP, STEP)
        column.setSpacing(STEP // 2)
        for widget in (self.message, self.source, self.near):
            column.addWidget(widget)
        self._choices = QVBoxLayout()
        column.addLayout(self._choices)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("理由，例如 局里口径、某年某号文")
        self.reason.setAccessibleName("理由")
        self.reason.returnPressed.connect(self._settle)
        self.fault = _words(SMALL)
        keep = QPushButton("记下  Enter")
        keep.setAutoDefault(True)
        keep.clicked.connect(self._settle)
        row = QHBoxLayout()
        row.addWidget(self.fault, 1)
        row.addWidget(keep)
        column.addWidget(self.reason)
        column.addLayout(row)
        self.dress(colours)

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        ground(self, colours.chip)
        tint(self.source, colours.quiet)
        tint(self.fault, colours.fail)

    def show_point(self, point: OpenPoint) -> None:
        """Show an open point and take the focus."""
        self._point = point
        self.message.setText(point.finding.message)
        self.source.setText(point.finding.source)
        self.near.setVisible(bool(point.near_occupation))
        self.near.setText(f"改为“{point.near_occupation}”")
        for button in self.readings.buttons():
            self.readings.removeButton(button)
            button.hide()
            button.deleteLater()
        self._names = []
        shown: set[str] = set()
        for name, text in point.readings.items():
            # Where readings come to the same, there is one to choose and a reason to give.
            if text not in shown:
                shown.add(text)
                button = QRadioButton(text)
                button.setAccessibleName(text)
                self.readings.addButton(button, len(self._names))
                self._choices.addWidget(button)
                self._names.append(name)
        self.reason.clear()
        self.fault.setText("")
        self.show()
        (self.near if point.near_occupation else self.readings.button(0)).setFocus()

    def keyPressEvent(self, event: object) -> None:
        """Esc puts the box away; everything else is ordinary."""
        if event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            self.hide()
            self.put_away.emit()
            return
        super().keyPressEvent(event)  # type: ignore[arg-type]

    def _take_near(self) -> None:
        if self._point is not None:
            self.hide()
            self.occupation_wanted.emit(self._point.near_occupation)

    def _settle(self) -> None:
        chosen = self.readings.checkedId()
        if chosen < 0:
            self.fault.setText("请先选定一种。")
            self.readings.button(0).setFocus()
        elif not self.reason.text().strip():
            self.fault.setText("请写明理由。")
            self.reason.setFocus()
        elif self._point is not None:
            self.hide()
            self.settled.emit(self._point.finding.rule, self._names[chosen], self.reason.text().strip())


def _words(size: int) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setFont(sized(size))
    return label
