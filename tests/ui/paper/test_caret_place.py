"""Input methods are told where the caret is, so that their candidates stand below it: in every field, after each move.

What Qt tells an input method is held against the caret mapped by the editor that paints it, both on the screen.
"""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.forms.catalogue import form, form_ids
from desktop_app.ui.paper.caret_place import CaretPlace
from desktop_app.ui.paper.line_editors import BoxEditor
from desktop_app.ui.paper.paper_area import PaperArea
from desktop_app.ui.paper.prose_editor import ProseEditor
from desktop_app.ui.paper.sheet import Sheet
from desktop_app.ui.parts import look
from desktop_app.ui.window.main_window import MainWindow
from tests.support.clerk import until


@pytest.fixture(scope="module", autouse=True)
def caret_place(qapp: QApplication) -> CaretPlace:
    return CaretPlace(qapp)


def told() -> QRect:
    """Where input methods think the caret is, on the screen."""
    rect = QGuiApplication.inputMethod().cursorRectangle().toRect()
    window = QGuiApplication.focusWindow()
    assert window is not None
    return rect.translated(window.mapToGlobal(rect.topLeft()) - rect.topLeft())


def painted() -> QRect:
    """Where the editor in use paints its caret, on the screen."""
    editor = QApplication.focusWidget()
    if isinstance(editor, ProseEditor):
        place, rect = editor.viewport(), editor.cursorRect()
    elif isinstance(editor, BoxEditor):
        place, rect = editor, editor.caret().toRect()
    else:
        assert isinstance(editor, QLineEdit), editor
        place, rect = editor, editor.cursorRect()
    return rect.translated(place.mapToGlobal(rect.topLeft()) - rect.topLeft())


def assert_caret_is_told(where: str) -> None:
    QApplication.processEvents()
    is_right = told().topLeft() == painted().topLeft() and told().height() == painted().height()
    assert is_right, (where, told(), painted())


def insert(text: str) -> None:
    """Put text at the caret, as a paste does."""
    editor = QApplication.focusWidget()
    editor.insertPlainText(text) if isinstance(editor, ProseEditor) else editor.insert(text)


@pytest.mark.parametrize("form_id", form_ids())
def test_caret_is_told_in_each_field(qtbot: QtBot, form_id: str) -> None:
    paper = form(form_id)
    sheet = Sheet(paper, {}, [{}, {}, {}] if paper.is_list else [])
    area = PaperArea(sheet, look.LIGHT)
    above = QLabel("样例")
    window = QWidget()
    column = QVBoxLayout(window)
    column.addWidget(above)
    column.addWidget(area)
    qtbot.addWidget(window)
    above.hide()
    window.resize(900, 500)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    sheet.field_entered.connect(lambda name: area.show_place(sheet.field_rect(name)))
    bar = area.verticalScrollBar()
    for zoom in (1.0, 1.75):
        area.zoom_to(zoom)
        for stop in sheet.paper.stops:
            sheet.go_to(stop.name)
            if stop.way == "marks":
                continue
            assert_caret_is_told(f"{stop.name} at {zoom}")
            insert("12")
            assert_caret_is_told(f"{stop.name} typed in at {zoom}")
            if stop.way != "boxes":
                insert("样例市样例区样例街道" * 6)
                assert_caret_is_told(f"{stop.name} grown at {zoom}")
            was = bar.value()
            bar.setValue(was + 37 if was + 37 <= bar.maximum() else was - 37)
            assert bar.value() != was
            assert_caret_is_told(f"{stop.name} scrolled at {zoom}")
            above.setVisible(above.isHidden())
            assert_caret_is_told(f"{stop.name} pushed by a notice at {zoom}")
            QApplication.focusWidget().undo()


def test_caret_is_told_beside_the_paper(window: MainWindow) -> None:
    window.search.setFocus()
    insert("样例")
    assert_caret_is_told("the search box")
    window.open_new()
    until(lambda: window.case_page is not None, "the paper")
    facts = window.case_page.panel.facts
    lines = [editor for editor in facts.editors.values() if isinstance(editor, QLineEdit)]
    assert lines
    for line in lines:
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        insert("样例")
        assert_caret_is_told(line.accessibleName())
        window.say("样例")
        assert_caret_is_told(f"{line.accessibleName()} pushed by a notice")
        window.notice.clear()
