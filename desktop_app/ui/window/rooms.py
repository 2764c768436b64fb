"""The rooms of the window, each made when it is first entered: the list, the papers, the settings, the card of keys."""

from functools import partial
from typing import Any


def made_room(window: Any, name: str) -> Any:
    """Return the page of a room, connected to the window; any other name is the page of the first start."""
    match name:
        case "cases":
            from desktop_app.ui.lists.case_list import CaseList
            from desktop_app.ui.lists.feeds import CaseFeed

            first = window.first
            # With its parent before its style sheet, which would be worked through again in a new place.
            page: Any = CaseList(first.rows if first else (), first.total if first else 0,
                                 window.settings.get("list.columns"), window.stack)  # fmt: skip
            page.case_chosen.connect(window.open_case)
            CaseFeed(page, window.door)
            page.new_wanted.connect(window.open_new)
            page.discard_wanted.connect(partial(_discard, window))
            page.columns_changed.connect(partial(window.keep_setting, "list.columns"))
            if window.acts:
                page.point_to_newest()
            page.dress(window.colours)
        case "forms":
            from desktop_app.ui.lists.feeds import BegunFeed
            from desktop_app.ui.lists.forms_page import FormsPage

            page = FormsPage(window.settings["region"], window.colours)
            page.feed = BegunFeed(page, window.door)
            page.form_chosen.connect(window.open_new)
            page.case_chosen.connect(window.open_case)
            page.discard_wanted.connect(partial(_discard, window))
        case "settings":
            from desktop_app.ui.paper.second_keying import KEY_TWICE
            from desktop_app.ui.settings.settings_page import SettingsPage

            page = SettingsPage(window.settings, window.folder, window.colours)
            page.office_told.connect(window.set_office)
            page.offset_changed.connect(window.keep_setting)
            page.twice_chosen.connect(partial(window.keep_setting, KEY_TWICE))
            page.amounts_told.connect(partial(_keep_amounts, window))
        case "keys":
            from desktop_app.ui.case.help import KeyCard

            page = KeyCard(window.colours)
            page.closed.connect(window.leave_keys)
            page.print_wanted.connect(partial(_print_keys, window))
        case _:
            from desktop_app.ui.settings.first_start import FirstStart

            page = FirstStart()
            page.office_told.connect(window.set_office)
            page.dress(window.colours)
    return page


def _discard(window: Any, row: Any) -> None:
    from desktop_app.ui.window.discarding import discard_row

    discard_row(window, row)


def _print_keys(window: Any) -> None:
    from desktop_app.ui.case.help import ask_and_print_keys

    ask_and_print_keys(window)


def _keep_amounts(window: Any, rows: list[dict[str, Any]]) -> None:
    """Keep the office's table, and judge the paper that is open by it."""
    from desktop_app.policy.known import AMOUNTS

    window.keep_setting(AMOUNTS, rows)
    if window.case_page is not None:
        window.case_page.keeper.take_settings(window.settings)
