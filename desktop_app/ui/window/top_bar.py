"""What answers on top of the window before the list is painted: the search box, and the titles of the menus."""

from typing import Any

from desktop_app.ui.parts.acts import MENU_LETTERS, MENUS
from desktop_app.ui.parts.look import style_sheet


def connect_search(window: Any) -> None:
    """Bring the search box to life."""
    window.search.textEdited.connect(window.look_for)
    window.search.textChanged.connect(lambda text: None if text else window.look_for(""))
    window.search.returnPressed.connect(lambda: window.list_page().open_first())
    window.search.left.connect(window.take_focus)
    window.search.given_up.connect(window.give_up_search)


def build_titles(window: Any) -> None:
    """Put the menus into the bar, still empty, so that nothing moves when they are filled."""
    bar = window.menuBar()
    bar.setStyleSheet(style_sheet(window.colours))
    window.menus = {menu: bar.addMenu(f"{menu}(&{MENU_LETTERS[menu]})") for menu in MENUS}
