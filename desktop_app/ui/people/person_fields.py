"""The fields of a person: login, name, password twice, roles; the same at set-up and for a colleague."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFormLayout, QHBoxLayout, QWidget

from desktop_app.protection import DEFAULT, Profile, password_fault, profile
from desktop_app.ui.parts.labels import plain_label
from desktop_app.ui.parts.look import STEP, Colours, load_faces_for, tint
from desktop_app.ui.people.password_line import CAPITALS, PasswordLine, line
from desktop_app.workflow.roles import ROLE_LABELS, Role

# In the order in which an application meets them.
OFFERED: Final[tuple[Role, ...]] = ("clerk", "reviewer", "head", "administrator", "auditor")


class NewPerson(NamedTuple):
    """What was filled in; its text shows no password."""

    login: str
    name: str
    password: str
    roles: frozenset[Role]

    def __repr__(self) -> str:
        return f"NewPerson({self.login!r})"


class PersonFields(QWidget):
    """Login, name, password and roles of one person; Enter goes on from one to the next.

    Signals:
        finished: Enter was pressed in the last field.
    """

    finished = Signal()

    def __init__(
        self,
        colours: Colours,
        always: Iterable[Role] = (),
        given: Iterable[Role] = (),
        rules: Profile | None = None,
    ) -> None:
        """Build them.

        Args:
            colours: Of the frame.
            always: Roles that the person has in any case.
            given: Roles that are ticked at first.
            rules: What the office asks of a password.
        """
        super().__init__()
        self._rules = rules or profile(DEFAULT)
        self._always = frozenset(always)
        self.login = line("登录名", "例如 zhangsan，登录时填写")
        self.name = line("姓名", "例如 张样例，记在每一步操作里")
        self.password = PasswordLine("密码", password_hint(self._rules))
        self.again = PasswordLine("再输一遍密码")
        self.capitals = plain_label()
        self.roles = role_boxes()
        row = QHBoxLayout()
        row.setSpacing(STEP)
        for role, box in self.roles.items():
            box.setChecked(role in self._always or role in given)
            box.setEnabled(role not in self._always)
            row.addWidget(box)
        row.addStretch(1)
        rows = QFormLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setHorizontalSpacing(2 * STEP)
        rows.setVerticalSpacing(2 * STEP)
        rows.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for word, widget in (
            ("登录名", self.login),
            ("姓名", self.name),
            ("密码", self.password),
            ("再输一遍", self.again),
        ):
            rows.addRow(plain_label(word), widget)
        rows.addRow(plain_label("角色"), row)
        rows.addRow(plain_label(), self.capitals)
        self.login.returnPressed.connect(self.name.setFocus)
        self.name.returnPressed.connect(self.password.setFocus)
        self.name.textChanged.connect(load_faces_for)
        self.password.returnPressed.connect(self.again.setFocus)
        self.again.returnPressed.connect(self.finished)
        for password in (self.password, self.again):
            password.capitals_seen.connect(lambda is_on: self.capitals.setText(CAPITALS if is_on else ""))
        self.dress(colours)

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        tint(self.capitals, colours.warn)

    def take_focus(self) -> None:
        """Put the focus on the first field."""
        self.login.setFocus()

    def clear(self) -> None:
        """Make the fields ready for the next person; the roles stay as they were ticked."""
        for each in (self.login, self.name, self.password, self.again):
            each.clear()

    def person(self) -> NewPerson:
        """Return what is filled in."""
        login, name = self.login.text().strip(), self.name.text().strip()
        return NewPerson(login, name, self.password.text(), ticked(self.roles))

    def first_fault(self) -> str:
        """Return one sentence on the first thing that is missing or wrong, with the focus put there; empty if none."""
        said = self.person()
        if not said.login:
            self.login.setFocus()
            return "请填写登录名。"
        if not said.name:
            self.name.setFocus()
            return "请填写姓名。"
        fault = password_pair_fault(self.password, self.again, self._rules, (said.login, said.name))
        if not fault and not said.roles:
            self.roles["clerk"].setFocus()
            return "请选择角色，可以选几个。"
        return fault


def role_boxes() -> dict[Role, QCheckBox]:
    """Return a box to tick for each role that a person can have."""
    return {role: QCheckBox(ROLE_LABELS[role]) for role in OFFERED}


def ticked(boxes: dict[Role, QCheckBox]) -> frozenset[Role]:
    """Return the roles whose boxes are ticked."""
    return frozenset(role for role, box in boxes.items() if box.isChecked())


def password_hint(rules: Profile) -> str:
    """Return what a field for a new password says while it is empty."""
    return f"至少 {rules.shortest} 个字符"


def password_pair_fault(
    first: PasswordLine, again: PasswordLine, rules: Profile, known: Sequence[str]
) -> str:
    """Return one sentence on what is wrong with a new password, with the focus put there; empty if it will do."""
    if fault := password_fault(rules, first.text(), known):
        first.setFocus()
        first.selectAll()
        again.clear()  # or the new one would be typed behind it
        return fault
    if first.text() != again.text():
        again.clear()
        again.setFocus()
        return "两遍密码不一样，请再输一遍。"
    return ""
