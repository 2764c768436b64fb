"""The box in which a clerk settles an open point: both readings, and a reason in his own words.

It stands in the row of its finding and does not repeat it. It tells what was begun and what was chosen, and decides
nothing.
"""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.policy.assess import OpenPoint
from desktop_app.ui.parts.buttons import push_button
from desktop_app.ui.parts.labels import plain_label
from desktop_app.ui.parts.look import NORMAL, SMALL, STEP, Colours, ground, sized, tint

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NARROWEST = 26 * STEP  # pixels for the words of a reading, in the narrowest panel


class OpenPointBox(QFrame):
    """One open point at a time.

    Signals:
        settled: Rule, name of the reading, reason.
        begun: Rule, name of the reading or nothing, reason so far: told when the box is left, so that it can be kept.
        occupation_wanted: The listed name that was meant.
        put_away: The clerk went on without choosing.
    """

    settled = Signal(str, str, str)
    begun = Signal(str, str, str)
    occupation_wanted = Signal(str)
    put_away = Signal()

    def __init__(self, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._point: OpenPoint | None = None
        self._names: list[str] = []
        self._told = ("", "")
        self.setAccessibleName("选定一种办法并写明理由")
        self.readings = QButtonGroup(self)
        self.reason = QLineEdit()
        self.reason.setObjectName("line")
        self.reason.setFont(sized(NORMAL - 1))
        self.reason.setPlaceholderText("理由，例如 局里口径、某年某号文")
        self.reason.setAccessibleName("理由")
        self.reason.installEventFilter(self)
        self.near = push_button()
        self.near.clicked.connect(self._take_near)
        self.fault = plain_label(font=sized(SMALL))
        self.keep = push_button("记下  Enter")
        self.keep.clicked.connect(self.settle)
        for button in (self.near, self.keep):
            button.setFont(sized(NORMAL - 1))
        self._choices = QVBoxLayout()
        self._choices.setSpacing(2)
        last = QHBoxLayout()
        last.addWidget(self.fault, 1)
        last.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * STEP, STEP // 2, STEP, STEP // 2)
        column.setSpacing(STEP // 2)
        column.addLayout(self._choices)
        column.addWidget(self.reason)
        column.addWidget(self.near, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(last)
        self.dress(colours)

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        ground(self, colours.chip)
        tint(self.fault, colours.fail)

    def rule(self) -> str:
        """Return the rule whose point is shown; empty without one."""
        return self._point.finding.rule if self._point is not None else ""

    def show_point(self, point: OpenPoint, reading: str = "", reason: str = "") -> None:
        """Show an open point with what was begun on it."""
        self.leave()
        self._point = point
        self.setAccessibleDescription(point.finding.message)
        self.near.setVisible(bool(point.near_occupation))
        self.near.setText(f"改为“{point.near_occupation}”")
        self._fill(point, reading)
        self.reason.setText(reason)
        self._told = (reading, reason)
        self.fault.setText("")

    def take_focus(self) -> None:
        """Put the focus on the reading that was chosen, or the first."""
        (self.readings.checkedButton() or self.readings.button(0)).setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Tell what was begun, if it is other than what was told before."""
        if self._point is not None and self._content() != self._told:
            self._told = self._content()
            self.begun.emit(self.rule(), *self._told)

    def settle(self) -> None:
        """Tell the choice, or say what is missing of it."""
        reading, reason = self._content()
        if not reading:
            self._say("请先选定一种。", self.readings.button(0))
        elif not reason:
            self._say("请写明理由。", self.reason)
        else:
            rule = self.rule()
            self._point = None
            self.settled.emit(rule, reading, reason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the readings: arrows and figures choose, Enter goes on to the reason; there Enter records."""
        if event.type() == QEvent.Type.FocusOut:
            self.leave()
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        if watched is self.reason:
            if event.key() in _ENTER:
                self.settle()
                return True
            return False
        return self._key_at_reading(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts the box away, and what was begun is kept; everything else is ordinary."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            self._point = None
            self.put_away.emit()
            return
        super().keyPressEvent(event)

    def _key_at_reading(self, watched: QObject, event: QKeyEvent) -> bool:
        buttons = self.readings.buttons()
        if watched not in buttons or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        here, key = buttons.index(watched), event.key()
        if key in _ENTER:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        elif 0 <= key - Qt.Key.Key_1 < len(buttons):
            buttons[key - Qt.Key.Key_1].setChecked(True)
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            step = 1 if key == Qt.Key.Key_Down else -1
            # The first arrow chooses where the frame stands; from then on it moves.
            at = here if self.readings.checkedId() < 0 else (here + step) % len(buttons)
            buttons[at].setChecked(True)
            buttons[at].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            return False
        self.fault.setText("")
        return True

    def _fill(self, point: OpenPoint, reading: str) -> None:
        for button in self.readings.buttons():
            self.readings.removeButton(button)
            button.hide()
            button.deleteLater()
        self._names = []
        before: QWidget = self
        shown: set[str] = set()
        for name, text in point.readings.items():
            # Where readings come to the same, there is one to choose and a reason to give.
            if text in shown:
                continue
            shown.add(text)
            button = QRadioButton(_wrapped(f"{len(self._names) + 1} {text}"))
            button.setFont(sized(NORMAL - 1))
            button.setAccessibleName(text)
            button.setChecked(name == reading)
            button.installEventFilter(self)
            self.readings.addButton(button, len(self._names))
            self._choices.addWidget(button)
            self._names.append(name)
            # Made after everything else, they would be the last that Tab comes to.
            QWidget.setTabOrder(before, button)
            before = button
        for after in (self.reason, self.near, self.keep):
            QWidget.setTabOrder(before, after)
            before = after

    def _content(self) -> tuple[str, str]:
        chosen = self.readings.checkedId()
        return self._names[chosen] if chosen >= 0 else "", self.reason.text().strip()

    def _say(self, sentence: str, where: QWidget) -> None:
        self.fault.setText(sentence)
        where.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_near(self) -> None:
        if self._point is not None:
            name = self._point.near_occupation
            self._point = None
            self.occupation_wanted.emit(name)


def _wrapped(text: str) -> str:
    """Return a reading's words in lines: a button breaks none by itself."""
    metrics, lines = QFontMetrics(sized(NORMAL - 1)), [""]
    for character in text:
        if metrics.horizontalAdvance(lines[-1] + character) > _NARROWEST:
            lines.append("")
        lines[-1] += character
    return "\n".join(lines)
