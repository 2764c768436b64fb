"""What is typed and chosen in a page or dialog: read from its widgets, put back into others, by way of JSON."""

import json

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_app.ui.lock.desk import Desk, desk_of
from desktop_app.ui.lock.typed import Caret, Typed, caret_of, put_back, typed_in


class Dialog(QWidget):
    """Has one of everything."""

    def __init__(self) -> None:
        super().__init__()
        self.name, self.reason, self.secret = QLineEdit(), QLineEdit(), QLineEdit()
        self.name.setAccessibleName("姓名")
        self.reason.setAccessibleName("理由")
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.prose = QPlainTextEdit()
        self.which = QComboBox()
        self.which.addItems(["甲", "乙"])
        self.tick, self.one, self.two = QCheckBox(), QRadioButton("1"), QRadioButton("2")
        self.millimetres = QDoubleSpinBox(suffix=" 毫米", decimals=1)
        self.ticked = QListWidget()
        for text in ("第一份", "第二份"):
            item = QListWidgetItem(text, self.ticked)
            item.setCheckState(Qt.CheckState.Unchecked)
        self.table = QTableWidget(1, 2)
        column = QVBoxLayout(self)
        for widget in (
            self.name, self.reason, self.secret, self.prose, self.which, self.tick, self.one, self.two,
            self.millimetres, self.ticked, self.table, QPushButton("好"),
        ):  # fmt: skip
            column.addWidget(widget)


def filled() -> Dialog:
    made = Dialog()
    made.name.setText("样例𠮷")
    made.reason.setText("局里口径")
    made.secret.setText("不能留下")
    made.prose.setPlainText("两行\n字")
    made.which.setCurrentText("乙")
    made.tick.setChecked(True)
    made.two.setChecked(True)
    made.millimetres.setValue(1.5)
    made.ticked.item(1).setCheckState(Qt.CheckState.Checked)
    made.table.setRowCount(2)
    made.table.setItem(1, 1, QTableWidgetItem("1300"))
    return made


def test_everything_that_is_typed_comes_back_but_passwords(qtbot: QtBot) -> None:
    before, after = filled(), Dialog()
    for each in (before, after):
        qtbot.addWidget(each)
    kept = desk_of(json.loads(json.dumps(Desk(texts=typed_in(before)).json()))).texts
    assert "不能留下" not in repr(kept)
    put_back(after, kept)
    assert [each.value for each in typed_in(after)] == [each.value for each in typed_in(before)]
    assert after.secret.text() == ""
    assert after.millimetres.value() == 1.5
    cell = after.table.item(1, 1)
    assert cell is not None and cell.text() == "1300"
    assert [after.ticked.item(at).checkState() for at in (0, 1)] == [
        Qt.CheckState.Unchecked,
        Qt.CheckState.Checked,
    ]


def test_the_caret_and_what_is_selected_come_back(qtbot: QtBot) -> None:
    before, after = filled(), Dialog()
    for each in (before, after):
        qtbot.addWidget(each)
        each.show()
    before.reason.setFocus()
    before.reason.setSelection(3, -2)
    put_back(after, typed_in(before))
    assert after.focusWidget() is after.reason
    assert caret_of(after.reason) == caret_of(before.reason) == Caret(3, 1)
    before.prose.setFocus()
    before.prose.moveCursor(before.prose.textCursor().MoveOperation.End)
    put_back(after, typed_in(before))
    assert caret_of(after.prose) == Caret(4, 4)


def test_what_has_no_place_any_more_is_left_out(qtbot: QtBot) -> None:
    after = Dialog()
    qtbot.addWidget(after)
    put_back(after, (Typed("QLineEdit", "电话", "138"), Typed("QLineEdit", "理由", "好")))
    assert (after.name.text(), after.reason.text()) == ("", "好")


def test_a_desk_of_another_version_is_an_empty_one() -> None:
    desk = Desk("", "", "id", place="applicant.name", caret=Caret(1, 2), waiting=("a", "b"), rule="r")
    assert desk_of(json.loads(json.dumps(desk.json()))) == desk
    for said in ({}, {"page": "cases"}, {**desk.json(), "more": 1}, {**desk.json(), "texts": [1]}):
        assert desk_of(said) == Desk()
