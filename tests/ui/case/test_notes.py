"""A remark on a field: written by one key, shown in the panel, kept with the draft, and on no paper."""

import pytest
from PySide6.QtCore import Qt

from desktop_app.forms.draw import draw
from desktop_app.ui.parts import questions
from desktop_app.ui.window.main_window import MainWindow
from tests.support.clerk import control, until, write

REMARK = "以营业执照复印件为准，已核𬱖"


def told(window: MainWindow) -> list[str]:
    lines = window.case_page.panel.lines
    return [lines.item(row).text() for row in range(lines.count())]


def test_a_remark_is_kept_with_the_draft_and_never_printed(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []

    def answer(_parent: object, label: str, text: str) -> str:
        asked.append((label, text))
        return REMARK if not text else ""

    monkeypatch.setattr(questions, "ask_note", answer)
    control(Qt.Key.Key_N)
    window.case_page.go_to("employer.name")
    write("样例公司")
    control(Qt.Key.Key_M)
    assert asked == [("单位全称", "")]
    assert f"单位全称：{REMARK}" in told(window)
    assert window.case_page.sheet.current_field() == "employer.name"
    assert REMARK not in str(draw(window.case_page.form, window.case_page.case()))
    case_id = window.case_page.case_id
    control(Qt.Key.Key_W)
    until(lambda: window.list_page().model.count == 1, "the list")
    window.open_case(case_id, "employer.name")
    until(lambda: window.case_page is not None, "the paper")
    assert f"单位全称：{REMARK}" in told(window)
    control(Qt.Key.Key_M)
    assert asked[-1] == ("单位全称", REMARK)
    assert not any(REMARK in line for line in told(window))
