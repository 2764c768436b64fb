"""A table of plain records by keys: ticks, opening, and a name found by its initials."""

from typing import NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.ui.lists.rows import Head, RowsModel, rows_table
from desktop_app.ui.lists.table import Table
from desktop_app.ui.parts.look import LIGHT


class Row(NamedTuple):
    name: str
    initials: tuple[str, ...]
    sum: str


ROWS = (Row("李样例", ("LYL",), "1.00"), Row("王示范", ("WSF",), "2.00"), Row("王样例", ("WYL",), "3.00"))


@pytest.fixture
def table(qtbot: QtBot) -> tuple[Table, RowsModel[Row]]:
    heads = (Head[Row]("姓名", lambda row: row.name, 100), Head[Row]("金额", lambda row: row.sum, 80, True))
    model = RowsModel(heads, LIGHT, has_ticks=True, found_by=lambda row: row.initials)
    made = rows_table(model, "样例")
    qtbot.addWidget(made)
    model.show_rows(ROWS)
    made.show()
    made.setCurrentIndex(model.index(0, 0))
    return made, model


def test_space_and_control_a_tick(table: tuple[Table, RowsModel[Row]]) -> None:
    shown, model = table
    assert model.ticked() == ROWS
    QTest.keyClick(shown, Qt.Key.Key_Down)
    QTest.keyClick(shown, Qt.Key.Key_Space)
    assert model.ticked() == (ROWS[0], ROWS[2])
    QTest.keyClick(shown, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert model.ticked() == ROWS
    QTest.keyClick(shown, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert model.ticked() == ()


def test_a_name_is_found_by_two_letters(table: tuple[Table, RowsModel[Row]]) -> None:
    shown, _model = table
    QTest.keyClicks(shown, "wy")
    assert shown.currentIndex().row() == 2


def test_enter_opens_the_line(table: tuple[Table, RowsModel[Row]], qtbot: QtBot) -> None:
    shown, _model = table
    QTest.keyClick(shown, Qt.Key.Key_Down)
    with qtbot.waitSignal(shown.row_opened) as told:
        QTest.keyClick(shown, Qt.Key.Key_Return)
    assert told.args == [1]
