"""The people of the office: who works here in which roles, and what an administrator decides about them.

It shows what it is given and tells what is wanted; an auditor sees the same and changes nothing.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop_app.protection import Profile
from desktop_app.ui.parts import questions
from desktop_app.ui.parts.buttons import push_button
from desktop_app.ui.parts.labels import head, plain_label, wrapped_label
from desktop_app.ui.parts.look import STEP, Colours, load_faces_for, style_sheet, tint
from desktop_app.ui.people.change_forms import AddForm, PasswordForm, RolesForm
from desktop_app.workflow.roles import roles_list

if TYPE_CHECKING:
    from desktop_app.store.trust import Person

_HEADS: Final = ["姓名", "登录名", "角色", "状态"]
_WHAT: Final = (
    "选中一个人，再选下面要办的事。密码由本人在这里输入，管理员不必知道。"
    "移除的人不能再登录，以前办过的记录都在。"
)
_READ: Final = "这里只能查看；人员由管理员添加和移除。"
_WORKING: Final = "正在办理，更换密钥时要等一会儿，请不要关闭程序…"


class UsersPage(QWidget):
    """Lists the people, and offers to an administrator what can be decided.

    Signals:
        add_wanted: A `NewPerson`.
        roles_wanted: The person's id, and the roles.
        reset_wanted: The person's id, and the password that the person has typed.
        remove_wanted: The person's id.
        sheet_wanted: A new recovery sheet, which makes the old one void.
    """

    add_wanted = Signal(object)
    roles_wanted = Signal(str, object)
    reset_wanted = Signal(str, str)
    remove_wanted = Signal(str)
    sheet_wanted = Signal()

    def __init__(self, fingerprint: str, rules: Profile, colours: Colours, *, is_managed: bool) -> None:
        super().__init__()
        self._people: tuple[Person, ...] = ()
        self._colours = colours
        self.why = wrapped_label(_WHAT if is_managed else _READ)
        self.fingerprint = plain_label(f"第一位管理员的指纹：{fingerprint}（与恢复页上的对照）")
        self.told = wrapped_label()
        self.table = self._table()
        self.buttons = {
            "add": push_button("添加同事", "main_act"),
            "roles": push_button("修改角色"),
            "reset": push_button("重设密码"),
            "remove": push_button("移除"),
            "sheet": push_button("新的恢复页"),
        }
        self.add, self.roles, self.reset = AddForm(colours, rules), RolesForm(), PasswordForm(colours, rules)
        self._forms = (self.add, self.roles, self.reset)
        self._connect()
        self._lay_out(is_managed)
        self.dress(colours)

    def _table(self) -> QTableWidget:
        table = QTableWidget(0, len(_HEADS))
        table.setAccessibleName("人员")
        table.setHorizontalHeaderLabels(_HEADS)
        table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.currentCellChanged.connect(lambda *_cells: self._offer())
        return table

    def _connect(self) -> None:
        self.buttons["add"].clicked.connect(lambda: self._open(self.add))
        self.buttons["roles"].clicked.connect(self._begin_roles)
        self.buttons["reset"].clicked.connect(self._begin_reset)
        self.buttons["remove"].clicked.connect(self._remove)
        self.buttons["sheet"].clicked.connect(self.sheet_wanted)
        self.add.told.connect(self.add_wanted)
        self.roles.told.connect(lambda roles: self._with_chosen(self.roles_wanted, roles))
        self.reset.told.connect(lambda password: self._with_chosen(self.reset_wanted, password))
        for form in self._forms:
            form.fault_told.connect(self.refuse)
            form.given_up.connect(self.close_form)

    def _lay_out(self, is_managed: bool) -> None:
        row = QHBoxLayout()
        for button in self.buttons.values():
            button.setVisible(is_managed)
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * STEP, 2 * STEP, 3 * STEP, 2 * STEP)
        column.setSpacing(2 * STEP)
        for widget in (head("人员"), self.why):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addLayout(row)
        column.addWidget(self.told)
        for form in self._forms:
            form.hide()
            column.addWidget(form)
        column.addWidget(self.fingerprint)

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        self._colours = colours
        self.setStyleSheet(style_sheet(colours))
        for label in (self.why, self.fingerprint):
            tint(label, colours.quiet)
        for form in (self.add, self.reset):
            form.dress(colours)

    def take_focus(self) -> None:
        """Put the focus on the list."""
        self.table.setFocus()

    def show_people(self, people: "Sequence[Person]") -> None:
        """Show the people of the office, those who were removed at the end."""
        kept = self.chosen()
        self._people = tuple(sorted(people, key=lambda each: (each.is_removed, each.login)))
        self.table.setRowCount(len(self._people))
        for at, person in enumerate(self._people):
            load_faces_for(person.name)
            state = "已移除" if person.is_removed else "在用"
            for column, word in enumerate((person.name, person.login, roles_list(person.roles), state)):
                self.table.setItem(at, column, QTableWidgetItem(word))
        self.table.resizeColumnToContents(0)
        at = next((at for at, each in enumerate(self._people) if kept and each.id == kept.id), 0)
        self.table.setCurrentCell(at, 0)
        self._offer()

    def chosen(self) -> "Person | None":
        """Return the person whose line is chosen."""
        at = self.table.currentRow()
        return self._people[at] if 0 <= at < len(self._people) else None

    def show_working(self) -> None:
        """Say that it is being done."""
        self.setEnabled(False)
        self._say(_WORKING, self._colours.quiet)

    def show_done(self, sentence: str) -> None:
        """Say what was done, and be ready for the next."""
        self.setEnabled(True)
        self.close_form()
        self._say(f"✓ {sentence}", self._colours.passed)

    def refuse(self, sentence: str) -> None:
        """Say why something was not done; what was filled in stays."""
        if not self.isEnabled():
            self.setEnabled(True)
            form = next((each for each in self._forms if not each.isHidden()), None)
            (form or self).take_focus()
        self._say(f"✕ {sentence}" if sentence else "", self._colours.fail)

    def close_form(self) -> None:
        """Put away what was being filled in, passwords too."""
        for form in (self.add, self.reset):
            form.clear()
        for each in self._forms:
            each.hide()
        self._say("", self._colours.quiet)
        self.take_focus()

    def _open(self, form: QWidget) -> None:
        self._say("", self._colours.quiet)
        for each in self._forms:
            each.setVisible(each is form)
        form.take_focus()  # type: ignore[attr-defined]  # as every form has it

    def _offer(self) -> None:
        person = self.chosen()
        for name in ("roles", "reset", "remove"):
            self.buttons[name].setEnabled(person is not None and not person.is_removed)

    def _begin_roles(self) -> None:
        if (person := self.chosen()) is not None:
            self.roles.begin(person.name, person.roles)
            self._open(self.roles)

    def _begin_reset(self) -> None:
        if (person := self.chosen()) is not None:
            self.reset.begin(person.name, person.login)
            self._open(self.reset)

    def _remove(self) -> None:
        person = self.chosen()
        if person is not None and questions.ask_remove_person(self, person.name):
            self.remove_wanted.emit(person.id)

    def _with_chosen(self, signal: object, told: object) -> None:
        if (person := self.chosen()) is not None:
            signal.emit(person.id, told)  # type: ignore[attr-defined]  # a bound signal

    def _say(self, words: str, colour: str) -> None:
        self.told.setText(words)
        tint(self.told, colour)
