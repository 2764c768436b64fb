"""The pages of the window, one line each: its name, its word in the navigation, how it is made.

A page is made when it is first entered, and its code is imported then. It finds all it needs in its `Context`, and
tells by signals what the clerk wants.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from desktop_app.store.case_columns import CaseRow
    from desktop_app.store.records import FirstPage, RosterRow
    from desktop_app.ui.context import Context
    from desktop_app.ui.parts.look import Colours
    from desktop_app.ui.settings.settings_page import SettingsPage
    from desktop_app.workflow.roles import Right


class Page(Protocol):
    """What the window asks of a page."""

    def dress(self, colours: "Colours") -> None:
        """Take the colours of a light or dark desktop."""

    def take_focus(self) -> None:
        """Put the focus where work on the page begins."""


Lasts = Literal["always", "region", "showing"]


class PageSpec(NamedTuple):
    """One page.

    Attributes:
        word: In the navigation; empty where the page is not reached from there.
        make: Makes it, of what every page is given, of what was read of the store first, and of where it will stand.
        lasts: How long it is kept: always, while the region is the same, or until it is shown again.
        right: Only people with this right are offered it; everybody where it is empty.
    """

    id: str
    word: str
    make: "Callable[[Context, FirstPage | None, QWidget], QWidget]"
    lasts: Lasts = "always"
    right: "Right | Literal['']" = ""


def _cases(context: "Context", first: "FirstPage | None", parent: "QWidget") -> "QWidget":
    from desktop_app.ui.lists.case_list import CaseList
    from desktop_app.ui.lists.feeds import CaseFeed

    rows, count = (first.rows, first.total) if first else ((), 0)
    # With its parent before its style sheet, which would be worked through again in a new place.
    is_written = context.actor.may("write")
    page = CaseList(rows, count, context.settings.values.get("list.columns"), parent, is_written)
    CaseFeed(page, context.door)
    page.case_chosen.connect(context.go.case)
    page.new_wanted.connect(context.go.new)
    page.discard_wanted.connect(partial(_discard, context))
    page.columns_changed.connect(partial(context.settings.keep, "list.columns"))
    page.dress(context.colours())
    return page


def _discard(context: "Context", row: "CaseRow | RosterRow") -> None:
    from desktop_app.ui.window.discarding import discard_row

    discard_row(context, row)


def _forms(context: "Context", _first: "FirstPage | None", _parent: "QWidget") -> "QWidget":
    from desktop_app.ui.lists.feeds import BegunFeed
    from desktop_app.ui.lists.forms_page import FormsPage

    page = FormsPage(context.settings.region, context.colours())
    BegunFeed(page, context.door)
    page.form_chosen.connect(context.go.new)
    page.case_chosen.connect(context.go.case)
    page.discard_wanted.connect(partial(_discard, context))
    return page


def _settings(context: "Context", _first: "FirstPage | None", _parent: "QWidget") -> "QWidget":
    from desktop_app.policy.known import AMOUNTS
    from desktop_app.protection import SETTING
    from desktop_app.ui.paper.second_keying import KEY_TWICE
    from desktop_app.ui.settings.settings_page import SettingsPage

    settings = context.settings
    actor = context.actor
    page = SettingsPage(
        settings.values,
        context.door.folder,
        context.colours(),
        sets_office=actor.may("set_office"),
        sets_printers=actor.may("write"),
    )
    page.office_told.connect(lambda values: settings.set_office(values, lambda _none: page.show_kept()))
    page.offset_changed.connect(settings.keep)
    page.twice_chosen.connect(partial(settings.keep, KEY_TWICE))
    page.amounts_told.connect(partial(settings.set_amounts, AMOUNTS))
    box = page.protection
    box.profile_told.connect(
        lambda chosen: settings.set_office({SETTING: chosen}, lambda _none: box.show_kept())
    )
    box.page_wanted.connect(partial(_print_protection, context, page))
    return page


def _print_protection(context: "Context", page: "SettingsPage", level: int) -> None:
    from datetime import date

    from desktop_app import __version__
    from desktop_app.printing.protection_page import protection_pages
    from desktop_app.protection import SETTING, profile
    from desktop_app.ui.printing.printout import Printout
    from desktop_app.ui.window.previews import show_preview

    rules = profile(context.settings.text(SETTING))
    pages = protection_pages(level, rules, context.settings.text("office.name"), __version__, date.today())
    show_preview(context, Printout("等保对照表", "等保对照表", pages), lambda: None)


def _backup(context: "Context", _first: "FirstPage | None", _parent: "QWidget") -> "QWidget":
    from desktop_app.ui.safekeeping.backup_acts import backup_page

    return backup_page(context)


def _health(context: "Context", _first: "FirstPage | None", _parent: "QWidget") -> "QWidget":
    from desktop_app.ui.safekeeping.health_acts import health_page
    from desktop_app.ui.window.previews import show_preview

    return health_page(context, lambda printout: show_preview(context, printout, lambda: None))


def _keys(context: "Context", _first: "FirstPage | None", _parent: "QWidget") -> "QWidget":
    from desktop_app.ui.case.help import KeyCard, ask_and_print_keys

    page = KeyCard(context.colours())
    page.closed.connect(context.go.back)
    page.print_wanted.connect(partial(ask_and_print_keys, context.over))
    return page


def _people(context: "Context", _first: "FirstPage | None", _parent: "QWidget") -> "QWidget":
    from desktop_app.ui.people.people_acts import people_page

    return people_page(context)


def _password(context: "Context", _first: "FirstPage | None", _parent: "QWidget") -> "QWidget":
    from desktop_app.ui.people.people_acts import password_page

    return password_page(context)


def _office(context: "Context", _first: "FirstPage | None", _parent: "QWidget") -> "QWidget":
    from desktop_app.ui.people.set_up_page import SetUpPage

    page = SetUpPage(context.colours(), are_people_known=True)
    page.told.connect(lambda values, _person: context.settings.set_office(values))
    if not context.actor.may("set_office"):
        page.refuse("地区和机构由管理员填写，请管理员先登录一次。")
        page.setEnabled(False)
    return page


PAGES: Final = (
    PageSpec("cases", "受理", _cases, right="read"),
    PageSpec("forms", "表单", _forms, "region", "read"),
    PageSpec("people", "人员", _people, "showing", "see_people"),
    PageSpec("backup", "备份", _backup, "showing"),
    PageSpec("health", "体检", _health, "showing"),
    PageSpec("settings", "设置", _settings, "showing"),  # offsets may have been kept by a print meanwhile
    PageSpec("password", "", _password, "showing"),
    PageSpec("keys", "", _keys),
    PageSpec("office", "", _office),  # until it is known
)
