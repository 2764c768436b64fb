"""The policy beside the paper, in the real window by keyboard: amount, facts, open points, the sheet of everything."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop_app.case import Case
from desktop_app.cli.demo import sample
from desktop_app.forms.catalogue import form
from desktop_app.policy.ledger import PersonAward
from desktop_app.policy.model import Award
from desktop_app.store import awards, cases, jobs, opening
from desktop_app.ui.case.notice_sheet import notice_of
from desktop_app.ui.parts.option_row import OptionRow
from desktop_app.ui.window.case_pages import page_of
from desktop_app.ui.window.main_window import MainWindow
from tests.support.clerk import OFFICE, founded, press, until

TODAY = date.today()
NUMBER = "220104199003070016"
WELDER = {
    "applicant.name": "样例𬱖",
    "applicant.id_number": NUMBER,
    "certificate.kind": "vocational_qualification",
    "certificate.occupation": "焊工",
    "certificate.level": 4,
    "certificate.issued_on": TODAY - timedelta(days=60),
    "claim.applied_on": TODAY,
}


@pytest.fixture
def window(qtbot, tmp_path: Path) -> Iterator[MainWindow]:
    from desktop_app.ui import start

    made = start.open_window(QApplication.instance(), tmp_path, signed_in=founded(tmp_path, "clerk"))
    qtbot.addWidget(made)
    until(lambda: made.door is not None and made.door.is_open, "the store")
    made.context.settings.set_office({"region": "jilin", **OFFICE})
    yield made
    made.close()
    made.door.close()


def opened(window: MainWindow, answers: dict, region_form: str = "jilin.application"):
    paper = form(region_form)
    if window.settings.get("region") != paper.region:
        window.context.settings.set_office({"region": paper.region, **OFFICE})
    page = page_of(window.context, paper, Case(paper.id, paper.version, paper.region, TODAY, answers))
    window.papers.show(page)
    QApplication.processEvents()
    return page


def lines(page) -> list[str]:
    return [page.panel.lines.item(at).text() for at in range(page.panel.lines.count())]


def test_the_amount_stands_on_the_paper_as_soon_as_it_is_known(window: MainWindow) -> None:
    page = opened(window, {key: value for key, value in WELDER.items() if key != "certificate.level"})
    assert "claim.amount" not in page.sheet.answers()
    page.take("certificate.level", 4)
    until(lambda: page.sheet.answers().get("claim.amount") == Decimal("1950.00"), "the amount")
    assert page.sheet.answers()["claim.is_shortage"] is True
    assert page.panel.amount.text() == "补贴金额 ￥1950.00"
    assert "紧缺急需职业" in page.panel.capitals.text()
    assert "最后申领日" in page.panel.last_day.text()


def test_facts_that_the_paper_does_not_ask_are_given_beside_it(window: MainWindow) -> None:
    page = opened(window, WELDER)
    assert any("累计缴纳失业保险费的月数" in line for line in lines(page))
    press(Qt.Key.Key_F7)
    months, arrears = (
        page.panel.facts.editors[each] for each in ("insurance.months_paid", "insurance.in_arrears")
    )
    assert isinstance(months, QLineEdit)
    assert isinstance(arrears, OptionRow)
    months.setText("35")
    months.editingFinished.emit()
    until(lambda: any("不满36个月" in line for line in lines(page)), "the finding")
    months.setText("36")
    months.editingFinished.emit()
    until(lambda: any("已满36个月" in line for line in lines(page)), "the finding")
    page.save()
    until(lambda: page.is_saved, "the save")
    store = window.door._store
    with opening.reading(store) as session:
        assert cases.load_case(session, page.case_id).case.answers["insurance.months_paid"] == 36


def test_an_open_point_is_settled_with_its_reason_and_kept(window: MainWindow) -> None:
    page = opened(window, {**WELDER, "certificate.occupation": "电焊工"})
    page.save()
    until(lambda: page.is_saved, "the save")
    page.show_point("on_shortage_list")
    box = page.panel.choice
    assert box.near.text() == "改为“焊工”"
    box.readings.button(0).setChecked(True)
    box.reason.insert("证书写的是电焊工")
    box.reason.setFocus()
    press(Qt.Key.Key_Return)
    until(
        lambda: not any(each.rule == "on_shortage_list" for each in page.held.lines if each.group == "warn"),
        "the end",
    )
    store = window.door._store

    def kept() -> bool:
        with opening.reading(store) as session:
            return "on_shortage_list" in cases.load_case(session, page.case_id).choices

    until(kept, "the choice on the disk")
    page.take("certificate.occupation", "焊工")
    until(lambda: page.sheet.answers().get("claim.amount") == Decimal("1950.00"), "the listed amount")


def test_a_choice_that_the_disk_refuses_is_kept_at_the_next_save(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(window, {**WELDER, "certificate.occupation": "电焊工"})
    page.save()
    until(lambda: page.is_saved, "the save")
    page.show_point("on_shortage_list")
    real, refused = jobs.save_choices, []

    def once(*arguments):
        if not refused:
            refused.append(True)
            raise OSError
        return real(*arguments)

    monkeypatch.setattr(jobs, "save_choices", once)
    reading = next(iter(page.panel.choice.readings.buttons())).text()
    page.keeper.choose("on_shortage_list", reading, "样例理由")
    # What is told may be taken back at once: the next assessment keeps the choice already.
    until(lambda: refused and window.door.last_fault, "the sentence")
    page.take("applicant.phone", "13800000000")
    page.save()

    def kept() -> bool:
        with opening.reading(window.door._store) as session:
            return "on_shortage_list" in cases.load_case(session, page.case_id).choices

    until(kept, "the choice on the disk")


def test_an_earlier_award_is_found_without_typing(window: MainWindow) -> None:
    earlier = Award("granted", region="jilin", occupation="焊工", level=4, on=date(2026, 1, 8))
    with opening.writing(window.door._store) as session:
        awards.add_awards(
            session,
            [PersonAward(NUMBER, "样例", earlier)],
            "名单.xlsx",
            "样例员",
            datetime.now().astimezone(),
        )
    page = opened(window, WELDER)
    until(
        lambda: any("申领过" in line and "2026年1月8日" in line for line in lines(page)), "the earlier award"
    )


def test_everything_is_told_at_once(window: MainWindow) -> None:
    page = opened(window, {"applicant.name": "样例𬱖", "certificate.level": 2})
    pages = notice_of(page.held, window.settings)
    text = "".join(mark.text for each in pages for mark in each.marks if hasattr(mark, "text"))
    for words in (
        "样例𬱖",
        "单位全称、",
        "技师（二级）",
        "身份证（原件及复印件）",
        "到本人失业保险参保地社保经办机构",
        OFFICE["office.name"],
    ):
        assert words in text, words


def test_an_empty_table_gives_no_amount_and_a_filled_one_does(window: MainWindow) -> None:
    answers = {
        "certificate.kind": "skill_level",
        "certificate.occupation": "电工",
        "certificate.level": 4,
        "certificate.issued_on": date(2025, 1, 10),
        "applicant.identity_categories": ("rural_migrant_worker",),
    }
    page = opened(window, answers, "chongqing.application")
    assert any("补贴标准未配置" in line for line in lines(page))
    row = {
        "kind": "skill_level",
        "occupation": "电工",
        "level": 4,
        "from": "2024-05-09",
        "yuan": "1200.00",
        "source": "样例",
    }
    window.context.settings.keep("policy.amounts", [row])
    page = opened(window, answers, "chongqing.application")
    assert page.sheet.answers()["claim.amount"] == Decimal("1200.00")


def test_a_finished_application_keeps_the_decision_and_its_inputs(window: MainWindow) -> None:
    import json

    from sqlalchemy import select

    from desktop_app.store import tables

    dated = {key: WELDER[key] for key in ("certificate.issued_on", "claim.applied_on")}
    whole = {**sample(form("jilin.application")).answers, **dated, "claim.is_first": True}
    whole |= {"certificate.number": f"{TODAY:%y}07003003400311"}
    page = opened(window, {key: value for key, value in whole.items() if "claim.earlier" not in key})
    told: list[str] = []
    page.finish(lambda: told.append(page.state))
    assert (told, page.state) == ([], "draft")  # nothing is done before it is on the disk
    until(lambda: told, "the act")
    assert told == ["awaiting_signature"]
    kept: list[str] = []
    payload = tables.payload.c.json
    window.door.read(
        lambda session: session.execute(select(payload).order_by(tables.payload.c.id)).scalars().all(),
        then=kept.extend,
    )
    until(lambda: kept, "the events")
    record = json.loads(kept[-1])["decision"]
    assert record["policy"] == "jilin.skill_upgrade@2017-08-23"
    assert record["answers"]["certificate.level"] == 4
    assert record["decision"]["amount"] == "1950.00"


def test_a_list_is_saved_as_a_spreadsheet_and_for_posting(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from openpyxl import load_workbook

    from desktop_app.ui.parts import questions

    paper = form("jilin.publicity_filing")
    rows = ({"applicant.name": "样例𬱖", "applicant.id_number": NUMBER},)
    window.papers.show(
        page_of(window.context, paper, Case(paper.id, paper.version, "jilin", TODAY, {}, rows))
    )
    found = {}
    for act in ("save_sheet", "save_posted"):
        path = tmp_path / f"{act}.xlsx"
        monkeypatch.setattr(questions, "ask_sheet_path", lambda _parent, _name, path=path: path)
        window.papers.do(act)
        sheet = load_workbook(path).active
        found[act] = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert NUMBER in found["save_sheet"]
    assert NUMBER not in found["save_posted"]
    assert f"{NUMBER[:6]}********{NUMBER[-4:]}" in found["save_posted"]


def test_another_fact_under_the_same_rule_is_another_question(window: MainWindow) -> None:
    page = opened(window, {**WELDER, "payment.account_number": "6222020200112233440"})
    until(lambda: any(each.rule == "card_number_plausible" for each in warnings_of(page)), "the doubt")
    page.show_point("card_number_plausible")
    page.panel.choice.readings.button(1).setChecked(True)
    page.panel.choice.reason.insert("存折账号")
    page.panel.choice.settle()
    until(lambda: not any(each.rule == "card_number_plausible" for each in warnings_of(page)), "the end")
    page.take("payment.account_number", "62220202001")
    until(lambda: any(each.rule == "card_number_plausible" for each in warnings_of(page)), "the new doubt")


def test_a_settled_point_can_be_settled_otherwise(window: MainWindow) -> None:
    page = opened(window, {**WELDER, "certificate.occupation": "电焊工"})
    page.show_point("on_shortage_list")
    page.panel.choice.readings.button(0).setChecked(True)
    page.panel.choice.reason.insert("证书写的是电焊工")
    page.panel.choice.settle()
    until(lambda: page.held.assessment.settled_points != (), "the settled point")
    item = next(
        page.panel.lines.item(at)
        for at in range(page.panel.lines.count())
        if "证书写的是电焊工" in lines(page)[at]
    )
    page.panel.lines.itemClicked.emit(item)
    assert page.panel.choice.isVisible()
    assert page.panel.choice.near.text() == "改为“焊工”"


def test_nothing_is_taken_beside_a_paper_that_waits_for_its_signature(window: MainWindow) -> None:
    paper = form("jilin.application")
    case = Case(paper.id, paper.version, "jilin", TODAY, WELDER)
    page = page_of(window.context, paper, case, state="awaiting_signature")
    window.papers.show(page)
    QApplication.processEvents()
    assert not page.panel.facts.isEnabled()
    page.take("insurance.months_paid", 12)
    assert "insurance.months_paid" not in page.sheet.answers()
    page.show_point("on_shortage_list")
    assert page.panel.choice.isHidden()


def warnings_of(page) -> list:
    return [each for each in page.held.lines if each.group == "warn"]


def test_an_applicant_who_is_not_entitled_may_hand_in_and_the_clerk_looks_twice(window: MainWindow) -> None:
    dated = {key: WELDER[key] for key in ("certificate.issued_on", "claim.applied_on")}
    whole = {**sample(form("jilin.application")).answers, **dated, "claim.is_first": True}
    whole |= {"certificate.number": f"{TODAY:%y}07003003400311", "insurance.months_paid": 35}
    page = opened(window, {key: value for key, value in whole.items() if "claim.earlier" not in key})
    press(Qt.Key.Key_F9)
    assert page.state == "draft"
    assert window.notice.label.text().endswith("申请人仍要交件的，请再按一次 F9。")
    assert page.panel.facts.editors["insurance.months_paid"].hasFocus()
    page.finish(lambda: None)
    until(lambda: page.state == "awaiting_signature", "the act")
