"""What is decided about people, between the page that tells it and the store that does it.

Each act is one call of the store in its turn; the store asks who has signed in, and refuses what that person may not.
"""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop_app.protection import SETTING, profile
from desktop_app.store import people_jobs
from desktop_app.store.keys import fingerprint
from desktop_app.ui.context import Context
from desktop_app.ui.jobs.clock import now
from desktop_app.ui.parts.look import Colours
from desktop_app.ui.people.own_password_page import OwnPasswordPage
from desktop_app.ui.people.recovery import sheet_page
from desktop_app.ui.people.users_page import UsersPage

if TYPE_CHECKING:
    from desktop_app.store.opening import Store
    from desktop_app.ui.people.person_fields import NewPerson
    from desktop_app.workflow.roles import Role


class PeopleRoom(QStackedWidget):
    """The list of people, or the recovery sheet that was just made."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        rules = profile(context.settings.text(SETTING))
        self.page = UsersPage(
            fingerprint(context.door.signed_in.root),
            rules,
            context.colours(),
            is_managed=context.actor.may("manage_people"),
        )
        self.addWidget(self.page)
        self.page.add_wanted.connect(self._add)
        self.page.roles_wanted.connect(self._change_roles)
        self.page.reset_wanted.connect(self._reset)
        self.page.remove_wanted.connect(self._remove)
        self.page.sheet_wanted.connect(self._make_sheet)
        self._read()

    def dress(self, colours: Colours) -> None:
        """Take the colours of the frame."""
        self.page.dress(colours)

    def take_focus(self) -> None:
        """Put the focus on what is shown."""
        self.currentWidget().take_focus()  # type: ignore[attr-defined]  # a page

    def _read(self) -> None:
        self._context.door.read(people_jobs.everybody, then=self.page.show_people)

    def _do(self, job: "Callable[[Store], tuple[Store, None]]", told: str) -> None:
        self.page.show_working()

        def done(_none: None) -> None:
            self.page.show_done(told)
            self._read()

        self._context.door.administer(job, done, self.page.refuse)

    def _add(self, person: "NewPerson") -> None:
        at = now()
        self._do(lambda store: people_jobs.add(store, *person, at), f"已添加{person.name}，现在就可以登录。")

    def _change_roles(self, user_id: str, roles: "frozenset[Role]") -> None:
        at = now()
        self._do(
            lambda store: people_jobs.change_roles(store, user_id, roles, at), "角色已修改，下次登录起作用。"
        )

    def _reset(self, user_id: str, password: str) -> None:
        at = now()
        self._do(
            lambda store: people_jobs.reset(store, user_id, password, at), "新密码已设定，旧密码不能再用。"
        )

    def _remove(self, user_id: str) -> None:
        at = now()
        told = "已移除，资料已换新的密钥；以前的备份仍能用当时的密码打开，请锁好或销毁。"
        self._do(lambda store: people_jobs.remove(store, user_id, at), told)

    def _make_sheet(self) -> None:
        at = now()
        self.page.show_working()

        def done(seed: bytes) -> None:
            context = self._context
            actor, who = context.actor, context.door.signed_in
            office = context.settings.text("office.name")
            sheet = sheet_page(
                seed, office, actor.name, who, date.today(), context.printing, context.colours()
            )
            sheet.confirmed.connect(lambda: self._put_away(sheet))
            self.addWidget(sheet)
            self.setCurrentWidget(sheet)
            sheet.take_focus()

        self._context.door.administer(
            lambda store: people_jobs.new_recovery(store, at), done, self.page.refuse
        )

    def _put_away(self, sheet: QWidget) -> None:
        self.removeWidget(sheet)
        sheet.deleteLater()
        self.page.show_done("新的恢复页已打印，请锁好；旧的已作废，请销毁。")


def people_page(context: Context) -> PeopleRoom:
    """Return the page of the people of the office."""
    return PeopleRoom(context)


def password_page(context: Context) -> OwnPasswordPage:
    """Return the page on which everybody changes the own password."""
    rules = profile(context.settings.text(SETTING))
    page = OwnPasswordPage(rules, (context.door.signed_in.login, context.actor.name), context.colours())

    def change(old: str, new: str) -> None:
        at = now()
        page.show_working()
        context.door.administer(
            lambda store: people_jobs.change_password(store, old, new, at),
            lambda _none: page.show_done(),
            page.refuse,
        )

    page.told.connect(change)
    return page
