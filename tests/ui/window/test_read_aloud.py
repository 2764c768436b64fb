"""What a screen reader says of the window: every part that is come to has a name, and each region of a page its own."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from desktop_app.ui.window.main_window import MainWindow
from tests.ui.window.test_focus import a_list, everything, facts, forms, keys, settings

FRAME = {"导航", "查找申请", "受理", "表单", "设置"}


@pytest.mark.parametrize(
    ("page", "names"),
    [
        (a_list, {"申请列表", "按状态筛选", "新建申请"}),
        (forms, {"本地区的表单"}),
        (settings, set()),
        (keys, set()),
        (facts, {"吉林省参保企业职工技能提升补贴申请表", "保存情况", "核对结果"}),
        (everything, {"保存情况", "核对结果"}),
    ],
)
def test_every_part_has_a_name(
    window: MainWindow, page: Callable[[MainWindow], None], names: set[str]
) -> None:
    page(window)
    shown = [each for each in window.findChildren(QWidget) if each.isVisible()]
    told = {each.accessibleName().partition("，")[0] for each in shown}
    assert told >= FRAME | names
    for each in shown:
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.focusProxy() is None and each.isEnabled():
            name = QAccessible.queryAccessibleInterface(each).text(QAccessible.Text.Name)
            assert name, f"{each} has no name"
