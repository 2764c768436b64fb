"""The form of an act under a clerk's keys: what is asked, where Enter leads, what is told, what stays when refused."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop_app.policy.catalogue import policy
from desktop_app.ui.parts.look import LIGHT, style_sheet
from desktop_app.ui.walk.act_form import ActForm
from desktop_app.workflow.acts import ACT
from desktop_app.workflow.offers import Choice, Offer, Question, offer
from tests.support.clerk import press, until, write

DAY = date(2017, 10, 9)
WALK_IN = {"claim.channel": "walk_in"}


class Opened:
    """A form in a window of its own, and what it has told."""

    def __init__(self, qtbot: QtBot, made: Offer) -> None:
        self.form = ActForm(made, LIGHT)
        self.form.setStyleSheet(style_sheet(LIGHT))
        self.form.resize(320, 600)
        self.given: list[dict[str, object]] = []
        self.cancelled: list[None] = []
        self.form.given.connect(self.given.append)
        self.form.cancelled.connect(lambda: self.cancelled.append(None))
        qtbot.addWidget(self.form)
        self.form.show()
        self.form.activateWindow()
        until(self.form.isActiveWindow, "an active window")
        self.form.take_focus()

    def faults(self) -> list[str]:
        labels = (*self.form._faults.values(), self.form.fault)
        return [each.accessibleName() for each in labels if each.isVisible()]


def test_an_application_is_accepted_with_two_keys(qtbot: QtBot) -> None:
    opened = Opened(qtbot, offer(ACT["accept"], DAY, policy=policy("jilin"), answers=WALK_IN))
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_Return)
    assert opened.given == [{"received_on": DAY, "materials": "all"}]


def test_some_of_the_materials_are_ticked_by_their_figures(qtbot: QtBot) -> None:
    opened = Opened(qtbot, offer(ACT["accept"], DAY, policy=policy("jilin"), answers=WALK_IN))
    for key in (Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_Return):
        press(key)
    assert opened.given[0]["materials"] == ("身份证", "吉林省参保企业职工技能提升补贴申请表")


def test_what_is_missing_is_said_beside_it_and_nothing_is_told(qtbot: QtBot) -> None:
    opened = Opened(qtbot, offer(ACT["object"], DAY))
    press(Qt.Key.Key_F9)
    assert opened.given == []
    assert opened.faults() == ["请填写“提出人”。", "请填写“异议内容”。"]
    write("样例甲")
    press(Qt.Key.Key_Return)
    write("样例内容")
    press(Qt.Key.Key_Return)
    assert opened.given == [{"by": "样例甲", "on": DAY, "what": "样例内容"}]


def test_a_day_that_cannot_be_read_stays_as_it_was_typed(qtbot: QtBot) -> None:
    opened = Opened(qtbot, offer(ACT["mark_insured"], DAY))
    opened.form.fields["on"].take_focus()
    write("2017-13-1")
    press(Qt.Key.Key_Return)
    assert opened.faults() == ["没有13月，请核对月份。"]
    focus = QApplication.focusWidget()
    assert isinstance(focus, QLineEdit) and focus.text() == "2017-13-1"
    assert opened.given == []


def test_a_reason_has_the_policys_words_own_words_or_both(qtbot: QtBot) -> None:
    opened = Opened(qtbot, offer(ACT["refuse"], DAY, policy=policy("chongqing")))
    press(Qt.Key.Key_1)
    write("佐证材料不足")
    press(Qt.Key.Key_Return)
    assert opened.given == [{"reason": {"code": "identity", "words": "佐证材料不足"}}]


def test_own_words_alone_are_a_reason(qtbot: QtBot) -> None:
    opened = Opened(qtbot, offer(ACT["refuse"], DAY, policy=policy("chongqing")))
    press(Qt.Key.Key_Return)
    write("其他原因")
    press(Qt.Key.Key_Return)
    assert opened.given == [{"reason": "其他原因"}]


def test_what_is_missing_is_ticked_and_written(qtbot: QtBot) -> None:
    opened = Opened(qtbot, offer(ACT["ask_materials"], DAY, policy=policy("jilin"), answers=WALK_IN))
    press(Qt.Key.Key_2)
    press(Qt.Key.Key_Return)
    write("证书复印件不清楚；照片")
    press(Qt.Key.Key_Return)
    assert opened.given == [{"missing": ("身份证", "证书复印件不清楚", "照片")}]


ITEMS = Offer(
    ACT["record_check"],
    "记录核验：样例",
    (
        Question(
            "items",
            "核验内容",
            "items",
            False,
            tuple(Choice(each, each) for each in ("一致", "不一致")),
            ("等级", "编号"),
        ),
        Question(
            "result", "核验结果", choices=(Choice("genuine", "真实有效"), Choice("not_found", "查询无果"))
        ),
        Question("by", "核验人", is_needed=False, filled="张样例"),
    ),
    {"check": "certificate"},
)


def test_a_check_is_recorded_item_by_item_with_figures_alone(qtbot: QtBot) -> None:
    opened = Opened(qtbot, ITEMS)
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_2):
        press(key)
    assert opened.form.do.hasFocus() and opened.given == []
    press(Qt.Key.Key_Return)
    assert opened.given == [
        {
            "check": "certificate",
            "items": {"等级": "一致", "编号": "不一致"},
            "result": "not_found",
            "by": "张样例",
        }
    ]


def test_a_refusal_stands_beside_what_it_is_about_and_nothing_is_lost(qtbot: QtBot) -> None:
    opened = Opened(qtbot, offer(ACT["recover"], DAY, answers={"claim.amount": Decimal("1500.00")}))
    write("重复领取")
    press(Qt.Key.Key_F9)
    press(Qt.Key.Key_F9)  # the answer is still on its way
    assert opened.given == [{"reason": "重复领取", "on": DAY, "amount": Decimal("1500.00")}]
    opened.form.show_refused(("“日期”2017-10-10晚于办理当天2017-10-09，请核对。", "这份申请还没有拨付。"))
    assert opened.faults() == ["“日期”2017-10-10晚于办理当天2017-10-09，请核对。", "这份申请还没有拨付。"]
    assert opened.form.answers()["reason"] == "重复领取"
    press(Qt.Key.Key_F9)
    assert len(opened.given) == 2


def test_esc_goes_back(qtbot: QtBot) -> None:
    opened = Opened(qtbot, offer(ACT["confirm"], DAY))
    assert opened.form.do.hasFocus()
    press(Qt.Key.Key_Escape)
    assert opened.cancelled and not opened.given


@pytest.mark.parametrize("act", ["withdraw"])
def test_what_was_signed_is_ticked(qtbot: QtBot, act: str) -> None:
    opened = Opened(qtbot, offer(ACT[act], DAY))
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_Return)
    assert opened.given == [{"signed": True}]
