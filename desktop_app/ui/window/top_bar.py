"""The titles of the menus, which are in the bar before the list is painted."""

from PySide6.QtWidgets import QMenu, QMenuBar

from desktop_app.ui.parts.acts import MENU_LETTERS, MENUS
from desktop_app.ui.parts.look import Colours, style_sheet


def build_titles(bar: QMenuBar, colours: Colours) -> dict[str, QMenu]:
    """Put the menus into the bar, still empty, so that nothing moves when they are filled."""
    bar.setStyleSheet(style_sheet(colours))
    return {menu: bar.addMenu(f"{menu}(&{MENU_LETTERS[menu]})") for menu in MENUS}
