"""No key acts on what does not show it: the Tab key goes round every page, and whatever has the focus is framed."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from desktop_app.ui.case.line_list import LineList
from desktop_app.ui.paper.sheet import Sheet
from desktop_app.ui.parts import look
from desktop_app.ui.printing.print_preview import PrintPreview
from desktop_app.ui.window.main_window import MainWindow
from tests.support.clerk import control, press, until, write
from tests.ui.window.test_window import fill

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

MOST_STOPS = 120
_AROUND = 4  # px: the frame of a field of the paper stands round its editor


def picture(top: QWidget) -> QImage:
    QApplication.processEvents()
    return top.grab().toImage()


def place(widget: QWidget, top: QWidget) -> QRect:
    """Return where the frame stands: round the widget, or the line in use of a list that scrolls with its page."""
    inner = widget.framed_place() if isinstance(widget, LineList) else widget.rect()
    shown_by = widget.viewport() if isinstance(widget, LineList) else widget
    return (
        QRect(shown_by.mapTo(top, inner.topLeft()), inner.size())
        .adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND)
        .intersected(top.rect())
    )


def is_framed(before: QImage, after: QImage, where: QRect) -> bool:
    """Say whether all four sides of a place look different, each for most of its length."""
    depth = 2 * _AROUND

    def has_changed(strip: QRect, is_upright: bool) -> bool:
        length = strip.height() if is_upright else strip.width()
        changed = sum(
            any(
                before.pixel(x, y) != after.pixel(x, y)
                for x, y in (
                    (
                        (strip.x() + across, strip.y() + along)
                        if is_upright
                        else (strip.x() + along, strip.y() + across)
                    )
                    for across in range(depth)
                )
            )
            for along in range(0, length, 3)
        )
        return changed >= length // 3 * 0.6

    x, y, wide, high = where.getRect()
    deep, broad = min(depth, high), min(depth, wide)
    return all(
        (
            has_changed(QRect(x, y, wide, deep), False),
            has_changed(QRect(x, y + high - deep, wide, deep), False),
            has_changed(QRect(x, y, broad, high), True),
            has_changed(QRect(x + wide - broad, y, broad, high), True),
        )
    )


def walk(key: Qt.Key, modifier: Qt.KeyboardModifier) -> list[str]:
    """Press a key until the focus is where it began; every stop on the way is framed. Return the names of the stops.

    A paper ends the round: its fields are framed in tests of their own.
    """
    top = QApplication.activeWindow()
    first = QApplication.focusWidget()
    assert first is not None
    stops: list[str] = []
    for _ in range(MOST_STOPS):
        press(key, modifier)
        focus = QApplication.focusWidget()
        assert focus is not None
        assert focus.isVisible()
        if any(sheet.isAncestorOf(focus) for sheet in top.findChildren(Sheet)):
            return stops
        after = picture(top)
        focus.clearFocus()
        before = picture(top)
        focus.setFocus()
        name = focus.accessibleName() or getattr(focus, "text", lambda: "")() or focus.objectName()
        stops.append(name or str(focus))
        assert is_framed(before, after, place(focus, top)), f"{stops[-1]} {focus} shows no focus"
        if focus is first or (stops[-1] == stops[0] and len(stops) > 1):
            return stops
    raise AssertionError(f"the focus does not come round: {stops}")


def put_dialog_away(window: MainWindow) -> None:
    press(Qt.Key.Key_Escape)
    window.activateWindow()  # as a desktop does; a bare X server does not
    until(window.isActiveWindow, "the window")


def goes_round() -> list[str]:
    forward = walk(Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
    walk(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    return forward


def a_list(window: MainWindow) -> None:
    control(Qt.Key.Key_N)
    write("样例𬱖")
    press(Qt.Key.Key_Return)
    control(Qt.Key.Key_W)
    until(lambda: window.list_page().model.count == 1, "the list")


def forms(window: MainWindow) -> None:
    window.show_room("forms")


def settings(window: MainWindow) -> None:
    window.show_room("settings")


def amounts(window: MainWindow) -> None:
    window.context.settings.set_office({**window.settings, "region": "chongqing"})
    window.show_room("settings")


def keys(window: MainWindow) -> None:
    window.show_room("keys")


def a_notice(window: MainWindow) -> None:
    window.say("样例一句。")


def facts(window: MainWindow) -> None:
    control(Qt.Key.Key_N)
    press(Qt.Key.Key_F7)


def an_open_point(window: MainWindow) -> None:
    control(Qt.Key.Key_N)
    window.case_page.go_to("payment.account_number")
    write("6222020200112233440")
    press(Qt.Key.Key_Return)
    QApplication.processEvents()
    assert window.case_page.show_point("card_number_plausible")


def everything(window: MainWindow) -> None:
    control(Qt.Key.Key_N)
    window.case_page.show_overview()


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(
    "page", [facts, an_open_point, everything, a_list, forms, settings, amounts, keys, a_notice]
)
def test_page_shows_where_the_focus_is(
    window: MainWindow, qapp: QApplication, page: Callable[[MainWindow], None], is_dark: bool
) -> None:
    window.dress(look.dress(qapp, is_dark))
    try:
        page(window)
        assert len(goes_round()) > 3
    finally:
        look.dress(qapp, is_dark=False)


def test_print_window_shows_where_the_focus_is(window: MainWindow) -> None:
    control(Qt.Key.Key_N)
    window.context.printing.update({"printers": ("样例打印机",)})
    control(Qt.Key.Key_P)
    until(lambda: isinstance(QApplication.activeWindow(), PrintPreview), "the print window")
    assert len(goes_round()) > 8
    put_dialog_away(window)


def test_focus_comes_back_where_it_was(window: MainWindow) -> None:
    control(Qt.Key.Key_N)
    write("样例𬱖")
    press(Qt.Key.Key_Return)
    here = window.case_page.sheet.current_field()
    assert here != "applicant.name"
    window.context.printing.update({"printers": ()})
    for key in (Qt.Key.Key_P,):
        control(key)
        until(lambda: isinstance(QApplication.activeWindow(), PrintPreview), "the print window")
        put_dialog_away(window)
        assert window.case_page.sheet.current_field() == here
        write("1")
        assert window.case_page.case().answers[here] == "1"
    control(Qt.Key.Key_F1)
    press(Qt.Key.Key_Escape)
    assert window.case_page.sheet.current_field() == here
    window.say("样例一句。")
    window.notice.take_focus()
    press(Qt.Key.Key_Return)
    assert not window.notice.isVisible()
    assert window.case_page.sheet.current_field() == here
    assert window.stack.isAncestorOf(QApplication.focusWidget())


def test_search_keeps_the_paper_behind(window: MainWindow) -> None:
    control(Qt.Key.Key_N)
    write("样例𬱖")
    press(Qt.Key.Key_Return)
    here = window.case_page.sheet.current_field()
    control(Qt.Key.Key_F)
    write("YL")
    assert window.stack.currentWidget() is window.list_page()
    press(Qt.Key.Key_Escape)
    assert window.stack.currentWidget() is window.case_page
    assert window.case_page.sheet.current_field() == here
    assert window.search.text() == ""
    control(Qt.Key.Key_F)
    write("YL")
    until(lambda: window.list_page().words.text() == "查找“YL”：1 份", "what was found")
    press(Qt.Key.Key_Return)
    assert window.stack.currentWidget() is window.case_page
    assert window.search.text() == ""


@pytest.mark.parametrize("key", [Qt.Key.Key_Down, Qt.Key.Key_Escape])
def test_search_box_is_left_for_the_page_by_down_and_when_empty_by_esc(
    window: MainWindow, key: Qt.Key
) -> None:
    a_list(window)
    control(Qt.Key.Key_F)
    assert window.search.hasFocus()
    press(key)
    assert window.list_page().table.hasFocus()
    press(Qt.Key.Key_Return)
    until(lambda: window.stack.currentWidget() is window.case_page, "the paper")


def test_arrows_in_the_navigation_only_move(window: MainWindow) -> None:
    control(Qt.Key.Key_N)
    window.navigation.take_focus()
    press(Qt.Key.Key_Down)
    assert window.navigation.rooms["forms"].hasFocus()
    assert window.stack.currentWidget() is window.case_page
    press(Qt.Key.Key_Return)
    assert window.stack.currentWidget() is window.pages.made["forms"]
    assert not window.navigation.rooms["cases"].isChecked()


def test_menus_open_by_letter_and_by_f10(window: MainWindow) -> None:
    control(Qt.Key.Key_N)
    before = dict(window.case_page.sheet.answers())
    press(Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    until(lambda: QApplication.activePopupWidget() is not None, "the menu")
    assert QApplication.activePopupWidget().title() == "文件(&F)"
    press_in_menu(Qt.Key.Key_Escape)
    press(Qt.Key.Key_F10)
    until(lambda: QApplication.activePopupWidget() is not None, "the menu")
    press_in_menu(Qt.Key.Key_Escape)
    assert window.case_page.case().answers == before


def press_in_menu(key: Qt.Key) -> None:
    QTest.keyClick(QApplication.activePopupWidget(), key)
    QApplication.processEvents()


def test_paper_taken_back_by_key_is_written_on_at_once(window: MainWindow) -> None:
    fill(window)
    window.context.printing.update({"printers": ()})
    press(Qt.Key.Key_F9)
    until(lambda: window.case_page.state == "awaiting_signature", "the move")
    until(lambda: isinstance(QApplication.activeWindow(), PrintPreview), "the print window")
    put_dialog_away(window)
    focus = QApplication.focusWidget()
    assert isinstance(focus, QPushButton)
    assert focus.text().startswith("打印")
    press(Qt.Key.Key_F2)
    until(lambda: window.case_page.state == "draft", "the move back")
    here = window.case_page.sheet.current_field()
    assert here
    write("1")
    press(Qt.Key.Key_Return)
    assert here in window.case_page.case().answers


def test_list_is_true_whenever_it_is_shown(window: MainWindow) -> None:
    control(Qt.Key.Key_N)
    write("样例甲")
    press(Qt.Key.Key_F6)
    press(Qt.Key.Key_F6)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)  # 表单
    press(Qt.Key.Key_F6)
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Return)  # 受理
    until(lambda: window.list_page().model.count == 1, "the list")
    assert window.list_page().model.row(0).name == "样例甲"
    press(Qt.Key.Key_Return)
    window.case_page.go_to("applicant.name")
    control(Qt.Key.Key_A)
    write("样例乙")
    press(Qt.Key.Key_F6)
    press(Qt.Key.Key_F6)
    press(Qt.Key.Key_Return)
    until(lambda: window.list_page().model.row(0).name == "样例乙", "the new name")


def test_what_stands_beside_the_paper_shows_where_the_focus_is(window: MainWindow) -> None:
    control(Qt.Key.Key_N)
    press(Qt.Key.Key_F7)
    top = window
    seen: list[QWidget] = []
    for _ in range(MOST_STOPS):
        focus = QApplication.focusWidget()
        if focus in seen or not window.case_page.panel.isAncestorOf(focus):
            break
        if focus is window.case_page.panel.lines:  # frames its chosen line
            press(Qt.Key.Key_Tab)
            continue
        seen.append(focus)
        after = picture(top)
        focus.clearFocus()
        before = picture(top)
        focus.setFocus()
        assert is_framed(before, after, place(focus, top)), f"{focus} shows no focus"
        press(Qt.Key.Key_Tab)
    assert len(seen) > 2


def test_chosen_line_of_the_panel_shows_whether_it_has_the_focus(window: MainWindow) -> None:
    control(Qt.Key.Key_N)
    window.case_page.panel.take_focus()
    focus = QApplication.focusWidget()
    after = picture(focus)
    focus.clearFocus()
    assert picture(focus) != after


def test_right_click_offers_a_menu_and_keeps_the_field(window: MainWindow) -> None:
    control(Qt.Key.Key_N)
    write("样例")
    sheet = window.case_page.sheet
    here, where = sheet.current_field(), QPoint(20, 20)
    QTest.mouseClick(sheet, Qt.MouseButton.RightButton, pos=where)
    assert sheet.current_field() == here
    offered: list[str] = []

    def look_at_menu() -> None:
        menu = QApplication.activePopupWidget()
        if menu is None:
            QTimer.singleShot(20, look_at_menu)
            return
        offered.extend(each.text() for each in menu.actions())
        menu.close()

    QTimer.singleShot(20, look_at_menu)
    menu_key = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, sheet.mapToGlobal(where))
    QApplication.sendEvent(sheet, menu_key)
    assert "撤销" in offered
    assert sheet.current_field() == here
    window.activateWindow()
    until(window.isActiveWindow, "the window")
    write("甲")
    assert window.case_page.case().answers[here] == "样例甲"
