"""What is typed as a name stands in every label as it was typed, and is never taken for rich text."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_app import ui
from desktop_app.ui.parts.labels import centred_label, head, plain_label, selectable_label, wrapped_label

UI = Path(ui.__file__).parent
NAME = "<b>样例</b>甲"


def test_labels_are_made_in_one_place_alone() -> None:
    makers = [
        str(path.relative_to(UI))
        for path in UI.rglob("*.py")
        if re.search(r"\bQLabel\(", path.read_text("utf-8"))
    ]
    assert makers == [str(Path("parts", "labels.py"))]


@pytest.mark.parametrize("made", [plain_label, wrapped_label, centred_label, selectable_label, head])
def test_every_label_shows_a_name_as_it_was_typed(qtbot: QtBot, made) -> None:
    label = made(NAME)
    qtbot.addWidget(label)
    assert label.text() == NAME
    assert label.textFormat() == Qt.TextFormat.PlainText
