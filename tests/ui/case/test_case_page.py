"""One open case between the real window and the real store: what is kept, when, and whose answers are taken."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop_app.case import Answer, Case
from desktop_app.cli.demo import sample
from desktop_app.forms.catalogue import form
from desktop_app.store import cases, opening
from desktop_app.store.records import StoredCase
from desktop_app.ui.case.case_page import CasePage
from desktop_app.ui.window import case_pages, paper_acts
from desktop_app.ui.window.main_window import MainWindow
from desktop_app.workflow.states import State
from tests.support.clerk import press, until, write

TODAY = date.today()
NUMBER, OTHER = "220104199003070016", "220104199003070032"
POINT = "on_shortage_list"
DATES: dict[str, Answer] = {"certificate.issued_on": TODAY, "claim.applied_on": TODAY}
SIMILAR: dict[str, Answer] = {
    "applicant.name": "样例𬱖",
    "applicant.id_number": NUMBER,
    "certificate.kind": "vocational_qualification",
    "certificate.occupation": "电焊工",
    "certificate.level": 4,
    **DATES,
}


def opened(window: MainWindow, answers: Mapping[str, Answer], state: State = "draft") -> CasePage:
    paper = form("jilin.application")
    page: CasePage = case_pages.page_of(
        window.context, paper, Case(paper.id, paper.version, paper.region, TODAY, answers), state=state
    )
    window.papers.show(page)
    QApplication.processEvents()
    return page


def stored(window: MainWindow, case_id: str) -> StoredCase:
    with opening.reading(window.door._store) as session:
        return cases.load_case(session, case_id)


def store_draft(window: MainWindow, answers: Mapping[str, Answer]) -> str:
    paper = form("jilin.application")
    case = Case(paper.id, paper.version, paper.region, TODAY, answers)
    with opening.writing(window.door._store) as session:
        return cases.create_case(session, case, "220000", "样例窗口", datetime.now(UTC))


def test_a_reading_chosen_before_the_first_save_is_kept_with_it(window: MainWindow) -> None:
    page = opened(window, SIMILAR)
    assert page.case_id == ""
    page.show_point(POINT)
    page.panel.choice.readings.button(0).setChecked(True)
    page.panel.choice.reason.insert("证书写的是电焊工")
    page.panel.choice.settle()
    QApplication.processEvents()
    assert page.case_id == ""  # nothing was written on the paper
    page.save()
    until(lambda: POINT in stored(window, page.case_id).choices, "the choice on the disk")
    assert stored(window, page.case_id).choices[POINT][1] == "证书写的是电焊工"


def test_a_late_answer_about_an_older_number_is_not_taken(window: MainWindow) -> None:
    store_draft(window, SIMILAR)
    other = store_draft(window, {**SIMILAR, "applicant.id_number": OTHER})
    page = opened(window, {key: value for key, value in SIMILAR.items() if key != "applicant.id_number"})
    keeper = page.keeper
    kept = dict(page.held.case.answers)
    for number in (NUMBER, OTHER):
        # Both are asked for before the window has its next turn, so the first answer comes late.
        keeper.take({**kept, "applicant.id_number": number}, ())
        keeper.assess()
    taken: list[tuple[str, ...]] = []
    keeper.on_changed = lambda: taken.append(tuple(each.id for each in keeper.held.others))
    until(lambda: taken, "the answer")
    QApplication.processEvents()
    assert taken == [(other,)]


def test_what_is_typed_is_on_the_disk_before_it_is_printed(window: MainWindow) -> None:
    page = opened(window, {})
    page.go_to("applicant.name")
    write("样例乙")
    paper_acts.print_paper(window.context, page)
    # At once, before the window has another turn.
    assert stored(window, page.case_id).case.answers["applicant.name"] == "样例乙"
    preview = QApplication.activeModalWidget()
    assert preview is not None
    preview.close()


def test_a_paper_is_handed_on_once_however_often_the_key_comes(window: MainWindow) -> None:
    given = {**sample(form("jilin.application")).answers, **DATES, "claim.is_first": True}
    given |= {"certificate.number": f"{TODAY:%y}07003003400311"}
    page = opened(window, {key: value for key, value in given.items() if "claim.earlier" not in key})
    told: list[str] = []
    for _ in range(2):
        page.finish(lambda: told.append(page.state))
    until(lambda: told, "the act")
    answered: list[None] = []
    window.door.read(lambda _session: None, then=answered.append)
    until(lambda: answered, "what stands behind it")
    assert told == ["awaiting_signature"]
    assert window.door.last_fault == ""


def test_nothing_is_written_on_a_paper_once_it_is_handed_on(window: MainWindow) -> None:
    page = opened(window, SIMILAR, state="awaiting_signature")
    assert page.sheet.answers() == SIMILAR  # no amount comes to a paper that was signed without
    assert any(each.rule == POINT for each in page.held.lines)
    window.context.settings.set_office({"region": "jilin", "office.code": "220104"})
    QApplication.processEvents()
    assert page.sheet.answers() == SIMILAR
    page.take("insurance.months_paid", 12)
    press(Qt.Key.Key_F7)
    write("12")
    assert page.sheet.answers() == SIMILAR
    assert page.panel.facts is not None and not page.panel.facts.isEnabled()
