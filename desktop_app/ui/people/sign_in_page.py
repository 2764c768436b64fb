"""The page that is painted first: who works here, and the password.

It loads nothing but itself; what is heavy comes while the password is typed. It knows no store: it tells what was
written and shows what became of it.
"""

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from desktop_app.ui.parts.buttons import push_button
from desktop_app.ui.parts.labels import head, plain_label, wrapped_label
from desktop_app.ui.parts.look import STEP, Colours, style_sheet, tint
from desktop_app.ui.people.password_line import CAPITALS, WIDTH, PasswordLine, line

_LOGIN_MISSING: Final = "请填写登录名。"
_PASSWORD_MISSING: Final = "请填写密码。"
_CHECKING: Final = "正在登录…"
_SECOND_MS: Final = 1000
_LONGEST_IN_SECONDS: Final = 90


class SignInPage(QWidget):
    """Asks for login and password.

    Signals:
        sign_in_wanted: The login and the password.
        recovery_wanted: The password was forgotten.
        restore_wanted: A backup shall take the store's place.
    """

    sign_in_wanted = Signal(str, str)
    recovery_wanted = Signal()
    restore_wanted = Signal()

    def __init__(self, login: str, colours: Colours, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = colours
        self.login = line("登录名", text=login)
        self.password = PasswordLine("密码")
        self.enter = push_button("登录", "main_act")
        self.forgotten = push_button("忘记密码", "plain")
        self.restore = push_button("从备份恢复", "plain")
        self.capitals = plain_label()
        self.told = wrapped_label()
        self.told.setFixedWidth(WIDTH)
        self._refusals: dict[str, str] = {}  # by login, as long as it has to wait
        self._waits: dict[str, int] = {}  # seconds that a login has to wait, after wrong passwords
        self._asked = ""
        self._clock = QTimer(self, interval=_SECOND_MS)
        self._clock.timeout.connect(self._tick)
        self.login.textChanged.connect(self._follow_login)
        self.login.returnPressed.connect(self.password.setFocus)
        self.password.returnPressed.connect(self._finish)
        self.password.capitals_seen.connect(lambda is_on: self.capitals.setText(CAPITALS if is_on else ""))
        self.enter.clicked.connect(self._finish)
        self.forgotten.clicked.connect(self.recovery_wanted)
        self.restore.clicked.connect(self.restore_wanted)
        self._lay_out()
        self.dress(colours)

    def _lay_out(self) -> None:
        acts = QHBoxLayout()
        acts.addWidget(self.enter)
        acts.addStretch(1)
        acts.addWidget(self.forgotten)
        acts.addWidget(self.restore)
        grid = QGridLayout(self)
        grid.setHorizontalSpacing(2 * STEP)
        grid.setVerticalSpacing(2 * STEP)
        rows = (
            ("", head("登录")),
            ("登录名", self.login),
            ("密码", self.password),
            ("", self.capitals),
            ("", self.told),
        )
        for number, (word, widget) in enumerate(rows, 1):
            if word:
                grid.addWidget(plain_label(word), number, 1)
            grid.addWidget(widget, number, 2)
        grid.addLayout(acts, 4 + 2, 2)
        for column in (0, 3):
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(0, 2)
        grid.setRowStretch(7, 3)

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        self._colours = colours
        self.setStyleSheet(style_sheet(colours))
        tint(self.capitals, colours.warn)
        tint(self.told, colours.fail)

    def take_focus(self) -> None:
        """Put the focus where something is missing: in the password, mostly."""
        (self.password if self.login.text() else self.login).setFocus()

    def show_checking(self) -> None:
        """Say that the password is being looked at."""
        for part in (self.login, self.password, self.enter):
            part.setEnabled(False)
        self._say(_CHECKING, self._colours.quiet)

    def refuse(self, sentence: str, seconds: int = 0) -> None:
        """Say why it was not taken, and in how many seconds this login may be tried again; another one may at once."""
        self.password.clear()
        self.login.setEnabled(True)
        self._refusals[self._asked] = sentence
        if seconds:
            self._waits[self._asked] = seconds
        self._show_login()
        if seconds:
            self._clock.start()
            self.login.setFocus()
            self.login.selectAll()
        else:
            self.take_focus()

    def _tick(self) -> None:
        self._waits = {login: left - 1 for login, left in self._waits.items() if left > 1}
        if not self._waits:
            self._clock.stop()
        had_to_wait = not self.password.isEnabled()
        if had_to_wait:
            self._show_login()
        # Whoever is writing another login goes on with it.
        if had_to_wait and self.password.isEnabled() and self._shown == self._asked:
            self.take_focus()

    @property
    def _shown(self) -> str:
        return self.login.text().strip().casefold()

    def _follow_login(self) -> None:
        if self._shown != self._asked or self._asked in self._waits:
            self._show_login()

    def _show_login(self) -> None:
        """Show what holds for the login that stands in its field."""
        left = self._waits.get(self._shown, 0)
        for part in (self.password, self.enter):
            part.setEnabled(left == 0)
        refusal = self._refusals.get(self._shown, "")
        time = f"{left} 秒" if left <= _LONGEST_IN_SECONDS else f"{-(-left // 60)} 分钟"
        wait = f"　还要等 {time}，别的人可以先登录。" if left else ""
        self._say(f"✕ {refusal}{wait}" if refusal else "", self._colours.fail)

    def _finish(self) -> None:
        login, password = self.login.text().strip(), self.password.text()
        if not login or not password:
            missing = _LOGIN_MISSING if not login else _PASSWORD_MISSING
            self._say(f"✕ {missing}", self._colours.fail)
            (self.password if login else self.login).setFocus()
            return
        self._asked = self._shown
        self.show_checking()
        self.sign_in_wanted.emit(login, password)

    def _say(self, words: str, colour: str) -> None:
        self.told.setText(words)
        tint(self.told, colour)
