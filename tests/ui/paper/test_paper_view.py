"""The pages under what is typed: painted once, and only a few of them kept."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.forms.catalogue import form
from desktop_app.ui.paper.sheet import Sheet
from desktop_app.ui.parts import painting

KEPT = 4


def test_a_page_is_painted_once_and_only_a_few_are_kept(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = tuple({"applicant.name": f"样例{number}"} for number in range(150))
    sheet = Sheet(form("jilin.publicity_filing"), {}, rows)
    qtbot.addWidget(sheet)
    pages = [page.marks for page in sheet.paper.pages]
    assert len(pages) > KEPT
    painted: list[int] = []
    paint = painting.paint

    def counting(painter, marks, *arguments, **named) -> None:
        painted.extend(number for number, each in enumerate(pages) if each is marks)
        paint(painter, marks, *arguments, **named)

    monkeypatch.setattr(painting, "paint", counting)

    def look_at(number: int) -> list[int]:
        painted.clear()
        sheet.grab(sheet.places.page_rect(number))
        return list(painted)

    for number in range(KEPT):
        assert look_at(number) == [number]
    for number in range(KEPT):
        assert look_at(number) == []
    assert look_at(KEPT) == [KEPT]
    assert look_at(KEPT) == []
    assert look_at(0) == [0]  # the one that was looked at longest ago
    assert look_at(2) == []
