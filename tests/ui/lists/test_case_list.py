"""The list of applications asks for pages, drops stale answers, and is found in by what clerks know."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.store.case_columns import COLUMNS, CaseRow, masked
from desktop_app.store.records import CasePage, CaseQuery
from desktop_app.ui.lists.case_list import CaseList
from desktop_app.ui.lists.case_model import PAGE_ROWS, CaseModel
from desktop_app.ui.parts import look

# Said by the display that is none; the tests run under a real X server too.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

NOW = datetime(2026, 5, 3, 2, 0, tzinfo=UTC)
NAME, NUMBER, STATE = 0, 1, 4


def row(number: int) -> CaseRow:
    return CaseRow(
        f"id{number}",
        "jilin.application",
        "draft",
        f"样例{number}",
        "220104199003070016",
        "",
        "焊工",
        "",
        NOW,
        NOW,
    )


def page(first: int, length: int, count: int) -> CasePage:
    return CasePage(tuple(row(first + at) for at in range(length)), count)


def shown(model: CaseModel, line: int, column: int) -> str | None:
    return model.data(model.index(line, column))


def test_lines_are_fetched_as_they_come_into_sight() -> None:
    model = CaseModel(page(0, PAGE_ROWS, 1000).rows, 1000)
    wanted: list[CaseQuery] = []
    model.page_wanted.connect(wanted.append)
    assert shown(model, 0, NAME) == "样例0"
    assert wanted == []
    assert shown(model, 700, NAME) == "…"
    assert shown(model, 701, NAME) == "…"
    assert [query.offset for query in wanted] == [640]
    model.take(wanted[0], page(640, PAGE_ROWS, 1000))
    assert shown(model, 700, NAME) == "样例700"


def test_identity_numbers_are_masked() -> None:
    model = CaseModel((row(1),), 1)
    assert shown(model, 0, NUMBER) == "220104********0016"
    assert masked("1234") == "1234"
    assert shown(model, 0, STATE) == "○ 草稿"


def test_a_draft_says_how_much_is_missing() -> None:
    lines = (
        row(1)._replace(missing=3),
        row(2)._replace(missing=0),
        row(3)._replace(missing=3, state="awaiting_signature"),
    )
    model = CaseModel(lines, 3)
    assert [shown(model, at, STATE) for at in range(3)] == ["○ 草稿，缺 3 项", "○ 草稿", "● 待签字"]


def test_answer_to_an_older_search_is_dropped() -> None:
    model = CaseModel(page(0, 3, 3).rows, 3)
    wanted: list[CaseQuery] = []
    model.page_wanted.connect(wanted.append)
    model.search("张")
    model.search("张丽")
    model.take(wanted[0], page(500, 2, 2))
    assert shown(model, 0, NAME) == "样例0"
    model.take(wanted[1], page(7, 1, 1))
    assert model.rowCount() == 1
    assert shown(model, 0, NAME) == "样例7"


def test_head_sorts_in_the_store(qtbot: QtBot) -> None:
    view = CaseList(page(0, 3, 3).rows, 3, None)
    qtbot.addWidget(view)
    wanted: list[CaseQuery] = []
    view.page_wanted.connect(wanted.append)
    view.point_to_newest()
    view.table.horizontalHeader().setSortIndicator(NAME, Qt.SortOrder.AscendingOrder)
    assert wanted == [CaseQuery(order="name_order", is_descending=False, limit=PAGE_ROWS)]


def test_enter_opens_the_line_and_count_is_said(qtbot: QtBot) -> None:
    view = CaseList(page(0, 3, 3).rows, 3, None)
    qtbot.addWidget(view)
    view.show()
    opened: list[str] = []
    view.case_chosen.connect(opened.append)
    view.take_focus()
    QTest.keyClick(view.table, Qt.Key.Key_Down)
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    assert opened == ["id1"]
    assert view.words.text() == "全部申请：3 份"


def test_double_click_opens_the_line_under_the_mouse(qtbot: QtBot) -> None:
    view = CaseList(page(0, 3, 3).rows, 3, None)
    qtbot.addWidget(view)
    view.resize(800, 400)
    view.show()
    opened: list[str] = []
    view.case_chosen.connect(opened.append)
    place = view.table.visualRect(view.model.index(2, NAME)).center()
    for click in (QTest.mouseClick, QTest.mouseDClick):
        click(view.table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert opened == ["id2"]


def test_nothing_found_says_what_to_try(qtbot: QtBot) -> None:
    view = CaseList(page(0, 3, 3).rows, 3, None)
    qtbot.addWidget(view)
    view.show()
    wanted: list[CaseQuery] = []
    view.page_wanted.connect(wanted.append)
    view.search("查无此人")
    view.take(wanted[-1], CasePage((), 0))
    assert view.empty.isVisible()
    assert "没有找到" in view.empty.text()
    assert view.words.text() == "查找“查无此人”：0 份"


def test_chosen_columns_are_remembered(qtbot: QtBot) -> None:
    view = CaseList((row(1),), 1, None)
    qtbot.addWidget(view)
    kept: list[str] = []
    view.columns_changed.connect(kept.append)
    phone = next(at for at, column in enumerate(COLUMNS) if column.id == "phone")
    view._show_column(phone, True)
    view.table.setColumnWidth(NAME, 222)
    again = CaseList((row(1),), 1, kept[-1])
    qtbot.addWidget(again)
    assert not again.table.isColumnHidden(phone)
    assert again.table.columnWidth(NAME) == 222


@pytest.mark.parametrize("prefix", ["", "9:"])
def test_a_column_that_came_since_the_arrangement_stands_as_in_a_new_list(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, prefix: str
) -> None:
    kept: list[str] = []
    with monkeypatch.context() as earlier:
        for module in ("case_list", "case_model"):
            earlier.setattr(f"desktop_app.ui.lists.{module}.COLUMNS", COLUMNS[:9])
        view = CaseList((row(1),), 1, None)
        qtbot.addWidget(view)
        view.columns_changed.connect(kept.append)
        view.table.setColumnWidth(NAME, 222)
    again = CaseList((row(1),), 1, prefix + kept[-1].removeprefix("9:"))
    qtbot.addWidget(again)
    assert again.table.columnWidth(NAME) == 222
    assert [again.table.isColumnHidden(at) for at in range(len(COLUMNS))] == [
        not column.is_shown for column in COLUMNS
    ]
    again.table.setColumnHidden(9, False)
    assert again.table.columnWidth(9) == COLUMNS[9].width


def test_the_running_number_stands_where_there_is_one() -> None:
    model = CaseModel((row(1)._replace(number="220104001-2017-00012", state="accepted"), row(2)), 2)
    number = next(at for at, column in enumerate(COLUMNS) if column.head == "受理编号")
    assert [shown(model, at, number) for at in (0, 1)] == ["220104001-2017-00012", ""]
    wanted: list[CaseQuery] = []
    model.page_wanted.connect(wanted.append)
    model.sort_by(number, False)
    assert wanted[-1].order == "number"


@pytest.mark.parametrize("count", [0, 1, PAGE_ROWS, PAGE_ROWS + 1])
def test_a_query_knows_its_page(count: int) -> None:
    model = CaseModel((), 0)
    wanted: list[CaseQuery] = []
    model.page_wanted.connect(wanted.append)
    model.refresh()
    model.take(wanted[0], page(0, min(count, PAGE_ROWS), count))
    assert model.rowCount() == count
    if count > PAGE_ROWS:
        assert shown(model, PAGE_ROWS, NAME) == "…"
        assert wanted[-1] == model.query._replace(offset=PAGE_ROWS)


def test_rare_character_of_a_name_has_a_face_in_the_list(qtbot: QtBot, qapp: QApplication) -> None:
    look.dress(qapp, is_dark=False)
    pictures = []
    for name in ("欧阳·𠮷娜", "欧阳·𠮸娜"):  # both would be the same box
        view = CaseList((row(1)._replace(name=name),), 1, None)
        qtbot.addWidget(view)
        view.resize(600, 200)
        pictures.append(view.grab().toImage())
    assert pictures[0] != pictures[1]


def test_sign_of_the_order_is_true_after_a_start(qtbot: QtBot) -> None:
    view = CaseList((row(1),), 1, None)
    qtbot.addWidget(view)
    view.point_to_newest()
    kept: list[str] = []
    view.columns_changed.connect(kept.append)
    view.table.horizontalHeader().setSortIndicator(NAME, Qt.SortOrder.AscendingOrder)
    again = CaseList((row(1),), 1, kept[-1])
    qtbot.addWidget(again)
    assert (
        not again.table.horizontalHeader().isSortIndicatorShown()
    )  # none is better than the one of the last day
    again.point_to_newest()
    head = again.table.horizontalHeader()
    assert COLUMNS[head.sortIndicatorSection()].order == again.model.query.order == "updated_at"
    assert head.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder


def test_one_state_alone_is_asked_for_and_told(qtbot: QtBot) -> None:
    view = CaseList(page(0, 3, 3).rows, 3, None)
    qtbot.addWidget(view)
    view.show()
    wanted: list[CaseQuery] = []
    view.page_wanted.connect(wanted.append)
    view.states.setFocus()
    QTest.keyClick(view.states, Qt.Key.Key_Down)
    QTest.keyClick(view.states, Qt.Key.Key_Down)
    assert wanted[-1].state == "awaiting_signature"
    view.take(wanted[-1], CasePage((), 0))
    assert view.words.text() == "全部申请，待签字：0 份"
    assert view.empty.text() == "没有待签字的申请。"
    assert view.states.isVisible()
