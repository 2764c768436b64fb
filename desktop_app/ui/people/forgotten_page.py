"""What to do about a forgotten password: ask an administrator, or use the recovery sheet."""

from itertools import pairwise
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.protection import DEFAULT, profile
from desktop_app.ui.parts.buttons import push_button
from desktop_app.ui.parts.labels import head, plain_label, wrapped_label
from desktop_app.ui.parts.look import STEP, Colours, style_sheet, tint
from desktop_app.ui.parts.middle import put_in_the_middle
from desktop_app.ui.people.password_line import CAPITALS, PasswordLine, line
from desktop_app.ui.people.person_fields import password_hint, password_pair_fault

_ASK: Final = "先请管理员帮忙：管理员登录后，在【人员】里选中您的名字，点【重设密码】，您自己输入新密码。"
_SHEET: Final = (
    "管理员也登录不了的，从保险柜取出恢复页，照着纸填写。"
    "用过以后资料换新的密钥，并打印一张新的恢复页，旧的作废。"
)
_WORKING: Final = "正在核对恢复页、更换密钥，请不要关闭程序…"


class ForgottenPage(QWidget):
    """Leads through the two ways.

    Signals:
        recovery_told: The sheet's text as it was typed, the login, and the new password.
        given_up: Back to signing in.
    """

    recovery_told = Signal(str, str, str)
    given_up = Signal()

    def __init__(self, login: str, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rules = profile(DEFAULT)  # the office's own are not readable yet
        self.quiet = [wrapped_label(_ASK), wrapped_label(_SHEET)]
        self.login = line("登录名", "要设定新密码的人，例如管理员", login)
        self.lines = [line(f"第 {at} 至 {at + 5} 组", "六组，每组四个字符") for at in (1, 7, 13)]
        self.password, self.again = (
            PasswordLine("新密码", password_hint(self._rules)),
            PasswordLine("再输一遍新密码"),
        )
        self.capitals = plain_label()
        self.fault = wrapped_label()
        self.done = push_button("用恢复页设定新密码", "main_act")
        self.back = push_button("返回登录")
        self.done.clicked.connect(self._finish)
        self.back.clicked.connect(self.given_up)
        fields = (self.login, *self.lines, self.password, self.again)
        for first, second in pairwise(fields):
            first.returnPressed.connect(second.setFocus)
        self.again.returnPressed.connect(self._finish)
        for each in (self.password, self.again):
            each.capitals_seen.connect(lambda is_on: self.capitals.setText(CAPITALS if is_on else ""))
        self._lay_out()
        self.dress(colours)

    def _lay_out(self) -> None:
        rows = QFormLayout()
        rows.setHorizontalSpacing(2 * STEP)
        rows.setVerticalSpacing(2 * STEP)
        rows.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        rows.addRow(plain_label("登录名"), self.login)
        for each in self.lines:
            rows.addRow(plain_label(each.accessibleName()), each)
        rows.addRow(plain_label("新密码"), self.password)
        rows.addRow(plain_label("再输一遍"), self.again)
        rows.addRow(plain_label(), self.capitals)
        acts = QHBoxLayout()
        acts.addWidget(self.back)
        acts.addStretch(1)
        acts.addWidget(self.done)
        inner = QVBoxLayout()
        inner.setSpacing(2 * STEP)
        inner.addWidget(head("忘记密码"))
        inner.addWidget(self.quiet[0])
        inner.addSpacing(STEP)
        inner.addWidget(head("用恢复页"))
        inner.addWidget(self.quiet[1])
        inner.addLayout(rows)
        inner.addWidget(self.fault)
        inner.addLayout(acts)
        put_in_the_middle(self, inner, 80 * STEP, 6)

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        self.setStyleSheet(style_sheet(colours))
        for label in self.quiet:
            tint(label, colours.quiet)
        tint(self.capitals, colours.warn)
        tint(self.fault, colours.fail)

    def take_focus(self) -> None:
        """Put the focus on the first field that is empty."""
        (self.lines[0] if self.login.text() else self.login).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def show_working(self) -> None:
        """Say that it is being done."""
        self.setEnabled(False)
        self.fault.setText(_WORKING)

    def refuse(self, sentence: str, group: int = 0) -> None:
        """Say why it was not taken; a group of the sheet that is mistyped, counted from 1, has the focus."""
        self.setEnabled(True)
        self.fault.setText(f"✕ {sentence}")
        at = self.lines[(group - 1) // 6] if group else self.lines[0]
        at.setFocus()
        at.selectAll()

    def _finish(self) -> None:
        from desktop_app.store.keys import SheetFault, seed_of_sheet

        login = self.login.text().strip()
        if not login:
            self.fault.setText("✕ 请填写登录名。")
            self.login.setFocus()
            return
        text = "\n".join(each.text() for each in self.lines)
        try:
            seed_of_sheet(text)
        except SheetFault as fault:
            self.refuse(str(fault.args[0]), fault.group or 0)
            return
        told = password_pair_fault(self.password, self.again, self._rules, (login,))
        self.fault.setText(f"✕ {told}" if told else "")
        if not told:
            self.recovery_told.emit(text, login, self.password.text())
