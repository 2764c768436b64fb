"""The small forms below the list of people: a colleague to add, roles to change, a password to set."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.protection import Profile
from desktop_app.ui.parts.buttons import push_button
from desktop_app.ui.parts.labels import plain_label
from desktop_app.ui.parts.look import STEP, Colours, load_faces_for, tint
from desktop_app.ui.people.password_line import CAPITALS, PasswordLine
from desktop_app.ui.people.person_fields import (
    PersonFields,
    password_hint,
    password_pair_fault,
    role_boxes,
    ticked,
)
from desktop_app.workflow.roles import Role


class _Form(QWidget):
    """A form with its two buttons; Esc gives it up.

    Signals:
        told: What was filled in.
        fault_told: One sentence on what is wrong; empty when nothing is any more.
        given_up: It is to be put away.
    """

    told = Signal(object)
    fault_told = Signal(str)
    given_up = Signal()

    def __init__(self, words: str, inner: QWidget, finish: Callable[[], None]) -> None:
        super().__init__()
        self.done, self.cancel = push_button(words, "main_act"), push_button("取消")
        self.done.clicked.connect(finish)
        self.cancel.clicked.connect(self.given_up)
        row = QHBoxLayout()
        row.addWidget(self.done)
        row.addWidget(self.cancel)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * STEP)
        column.addWidget(inner)
        column.addLayout(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives it up."""
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


class AddForm(_Form):
    """A colleague, who types the password."""

    def __init__(self, colours: Colours, rules: Profile) -> None:
        self.fields = PersonFields(colours, given=("clerk",), rules=rules)
        super().__init__("添加", self.fields, self._finish)
        self.fields.finished.connect(self._finish)

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        self.fields.dress(colours)

    def take_focus(self) -> None:
        """Put the focus on the first field."""
        self.fields.take_focus()

    def clear(self) -> None:
        """Forget what was typed."""
        self.fields.clear()

    def _finish(self) -> None:
        fault = self.fields.first_fault()
        self.fault_told.emit(fault)
        if not fault:
            self.told.emit(self.fields.person())


class RolesForm(_Form):
    """The roles of a person."""

    def __init__(self) -> None:
        inner = QWidget()
        row = QHBoxLayout(inner)
        row.setContentsMargins(0, 0, 0, 0)
        self.who = plain_label()
        row.addWidget(self.who)
        self.boxes: dict[Role, QCheckBox] = role_boxes()
        for box in self.boxes.values():
            row.addWidget(box)
        row.addStretch(1)
        super().__init__("改成这些角色", inner, self._finish)

    def begin(self, name: str, roles: frozenset[Role]) -> None:
        """Begin with the roles that a person has."""
        load_faces_for(name)
        self.who.setText(f"{name}的角色")
        for role, box in self.boxes.items():
            box.setChecked(role in roles)

    def take_focus(self) -> None:
        """Put the focus on the first role."""
        next(iter(self.boxes.values())).setFocus()

    def _finish(self) -> None:
        roles = ticked(self.boxes)
        self.fault_told.emit("" if roles else "请选择角色，可以选几个；不再来的人请移除。")
        if roles:
            self.told.emit(roles)


class PasswordForm(_Form):
    """A new password for a person, who types it."""

    def __init__(self, colours: Colours, rules: Profile) -> None:
        self._rules = rules
        inner = QWidget()
        rows = QFormLayout(inner)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setHorizontalSpacing(2 * STEP)
        rows.setVerticalSpacing(2 * STEP)
        self.who = plain_label()
        self.password, self.again = (
            PasswordLine("新密码", password_hint(rules)),
            PasswordLine("再输一遍新密码"),
        )
        self.capitals = plain_label()
        rows.addRow(self.who)
        rows.addRow(plain_label("新密码"), self.password)
        rows.addRow(plain_label("再输一遍"), self.again)
        rows.addRow(plain_label(), self.capitals)
        self._known: tuple[str, ...] = ()
        super().__init__("设定新密码", inner, self._finish)
        self.password.returnPressed.connect(self.again.setFocus)
        self.again.returnPressed.connect(self._finish)
        for each in (self.password, self.again):
            each.capitals_seen.connect(lambda is_on: self.capitals.setText(CAPITALS if is_on else ""))
        self.dress(colours)

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        tint(self.capitals, colours.warn)

    def begin(self, name: str, login: str) -> None:
        """Begin for a person."""
        load_faces_for(name)
        self._known = (login, name)
        self.who.setText(f"请{name}本人输入新密码。")

    def take_focus(self) -> None:
        """Put the focus on the password."""
        self.password.setFocus()

    def clear(self) -> None:
        """Forget what was typed."""
        self.password.clear()
        self.again.clear()

    def _finish(self) -> None:
        fault = password_pair_fault(self.password, self.again, self._rules, self._known)
        self.fault_told.emit(fault)
        if not fault:
            self.told.emit(self.password.text())
