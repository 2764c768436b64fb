"""The page on which everybody changes the own password."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.protection import Profile
from desktop_app.ui.parts.buttons import push_button
from desktop_app.ui.parts.labels import head, plain_label, wrapped_label
from desktop_app.ui.parts.look import STEP, Colours, style_sheet, tint
from desktop_app.ui.people.password_line import CAPITALS, PasswordLine
from desktop_app.ui.people.person_fields import password_hint, password_pair_fault


class OwnPasswordPage(QWidget):
    """Asks for the old password and twice for the new one.

    Signals:
        told: The old and the new password.
    """

    told = Signal(str, str)

    def __init__(self, rules: Profile, known: tuple[str, ...], colours: Colours) -> None:
        super().__init__()
        self._rules, self._known, self._colours = rules, known, colours
        self.old = PasswordLine("现在的密码")
        self.password, self.again = (
            PasswordLine("新密码", password_hint(rules)),
            PasswordLine("再输一遍新密码"),
        )
        self.capitals, self.fault = plain_label(), wrapped_label()
        self.done = push_button("修改密码", "main_act")
        self.done.clicked.connect(self._finish)
        self.old.returnPressed.connect(self.password.setFocus)
        self.password.returnPressed.connect(self.again.setFocus)
        self.again.returnPressed.connect(self._finish)
        rows = QFormLayout()
        rows.setHorizontalSpacing(2 * STEP)
        rows.setVerticalSpacing(2 * STEP)
        rows.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        fields = (("现在的密码", self.old), ("新密码", self.password), ("再输一遍", self.again))
        for word, field in fields:
            rows.addRow(plain_label(word), field)
            field.capitals_seen.connect(lambda is_on: self.capitals.setText(CAPITALS if is_on else ""))
        rows.addRow(plain_label(), self.capitals)
        foot = QHBoxLayout()
        foot.addWidget(self.done)
        foot.addWidget(self.fault, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * STEP, 2 * STEP, 3 * STEP, 2 * STEP)
        column.setSpacing(2 * STEP)
        column.addWidget(head("修改我的密码"))
        column.addLayout(rows)
        column.addLayout(foot)
        column.addStretch(1)
        self.dress(colours)

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        self._colours = colours
        self.setStyleSheet(style_sheet(colours))
        tint(self.capitals, colours.warn)

    def take_focus(self) -> None:
        """Put the focus on the first field."""
        self.old.setFocus()

    def show_working(self) -> None:
        """Say that it is being done."""
        self.setEnabled(False)
        self._say("正在修改…", self._colours.quiet)

    def show_done(self) -> None:
        """Say that the new password holds."""
        self.setEnabled(True)
        for each in (self.old, self.password, self.again):
            each.clear()
        self._say("✓ 密码已修改，下次登录用新密码。", self._colours.passed)
        self.take_focus()

    def refuse(self, sentence: str) -> None:
        """Say why it was not changed."""
        self.setEnabled(True)
        self._say(f"✕ {sentence}", self._colours.fail)
        self.old.setFocus()
        self.old.selectAll()

    def _finish(self) -> None:
        if not self.old.text():
            self._say("✕ 请填写现在的密码。", self._colours.fail)
            self.old.setFocus()
            return
        fault = password_pair_fault(self.password, self.again, self._rules, self._known)
        self._say(f"✕ {fault}" if fault else "", self._colours.fail)
        if not fault:
            self.told.emit(self.old.text(), self.password.text())

    def _say(self, words: str, colour: str) -> None:
        self.fault.setText(words)
        tint(self.fault, colour)
