"""The widgets in which a clerk gives what the paper does not ask, settles open points and fills in amounts."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QTableWidgetItem
from pytestqt.qtbot import QtBot

from desktop_app.finding import Finding
from desktop_app.policy.assess import OpenPoint
from desktop_app.ui.case.facts_box import FactsBox
from desktop_app.ui.case.open_point_box import OpenPointBox
from desktop_app.ui.parts.look import LIGHT
from desktop_app.ui.parts.option_row import OptionRow
from desktop_app.ui.settings.amount_table import AmountTable

POINT = OpenPoint(
    Finding(
        "applied_within_months_of_issue", "warn", "claim.applied_on", "最后一天是休息日。", "样例文件 二"
    ),
    {"strict": "不顺延", "lenient": "顺延到下一个工作日"},
)


def test_facts_are_given_by_choice_and_by_typing(qtbot: QtBot) -> None:
    box = FactsBox(("insurance.in_arrears", "insurance.months_paid"), {"insurance.in_arrears": False}, LIGHT)
    qtbot.addWidget(box)
    told: list[tuple[str, Any]] = []
    box.fact_edited.connect(lambda field_id, value: told.append((field_id, value)))
    arrears, months = box.editors["insurance.in_arrears"], box.editors["insurance.months_paid"]
    assert isinstance(arrears, OptionRow)
    assert isinstance(months, QLineEdit)
    assert arrears.chosen_words() == "否"
    arrears.options[0].click()
    months.setText("４８个月")
    months.editingFinished.emit()
    assert told == [("insurance.in_arrears", True), ("insurance.months_paid", 48)]
    assert months.text() == "48"
    assert months.accessibleName()


def test_what_cannot_be_read_stays_as_typed(qtbot: QtBot) -> None:
    box = FactsBox(("insurance.months_paid",), {}, LIGHT)
    qtbot.addWidget(box)
    months = box.editors["insurance.months_paid"]
    assert isinstance(months, QLineEdit)
    months.setText("四年多")
    months.editingFinished.emit()
    assert months.text() == "四年多"


def test_what_is_being_typed_stays_while_other_answers_come(qtbot: QtBot) -> None:
    asked = ("insurance.months_paid", "insurance.in_arrears")
    box = FactsBox(asked, {}, LIGHT)
    qtbot.addWidget(box)
    months = box.editors["insurance.months_paid"]
    assert isinstance(months, QLineEdit)
    qtbot.keyClicks(months, "4")
    box.show_facts(asked, {"insurance.in_arrears": False})
    qtbot.keyClicks(months, "8")
    assert months.text() == "48"
    box.show_facts(asked, {"insurance.months_paid": 36})  # known from elsewhere meanwhile
    assert months.text() == "36"


def test_an_open_point_is_settled_with_a_reason_and_not_without(qtbot: QtBot) -> None:
    box = OpenPointBox(LIGHT)
    qtbot.addWidget(box)
    told: list[tuple[str, str, str]] = []
    box.settled.connect(lambda *all_of_it: told.append(all_of_it))
    box.show_point(POINT)
    qtbot.keyClick(box.reason, Qt.Key.Key_Return)
    assert box.fault.text() == "请先选定一种。"
    box.readings.button(1).setChecked(True)
    qtbot.keyClick(box.reason, Qt.Key.Key_Return)
    assert box.fault.text() == "请写明理由。"
    assert told == []
    box.reason.insert("局里口径")
    qtbot.keyClick(box.reason, Qt.Key.Key_Return)
    assert told == [("applied_within_months_of_issue", "lenient", "局里口径")]
    assert box.rule() == ""


def test_a_near_name_is_taken_over(qtbot: QtBot) -> None:
    box = OpenPointBox(LIGHT)
    qtbot.addWidget(box)
    box.show_point(POINT._replace(near_occupation="焊工"))
    with qtbot.waitSignal(box.occupation_wanted) as wanted:
        box.near.click()
    assert wanted.args == ["焊工"]


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        (("职业技能等级证书", "电工", "四级", "2024-05-09", "1500", "渝样例〔2024〕1号"), ""),
        (("职业技能等级证书", "*", "四级", "2024-05-09", "1500", "渝样例〔2024〕1号"), "职业"),
        (("职业技能等级证书", "电工", "九级", "2024-05-09", "1500", "渝样例〔2024〕1号"), "等级"),
        (("职业技能等级证书", "电工", "四级", "2024-05-09", "", "渝样例〔2024〕1号"), "第1行"),
        (("职业技能等级证书", "电工", "四级", "2024-05-09", "0", "渝样例〔2024〕1号"), "第1行"),
    ],
)
def test_amounts_are_kept_or_the_fault_is_told(qtbot: QtBot, cells: tuple[str, ...], fault: str) -> None:
    table = AmountTable((), LIGHT)
    qtbot.addWidget(table)
    told: list[list[dict[str, Any]]] = []
    table.rows_told.connect(told.append)
    for column, text in enumerate(cells):
        table.table.setItem(0, column, QTableWidgetItem(text))
    table._keep()
    if fault:
        assert fault in table.fault.text()
        assert told == []
    else:
        assert told[0][0]["kind"] == "skill_level"
        assert told[0][0]["yuan"] == "1500.00"
        again = AmountTable(told[0], LIGHT)
        qtbot.addWidget(again)
        assert [again.table.item(0, column).text() for column in range(3)] == [
            "职业技能等级证书",
            "电工",
            "四级",
        ]
