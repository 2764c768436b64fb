"""Lists as the window shows them: what waits, what was made, its days, who may do what, who is on one."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.store import list_jobs
from desktop_app.store.list_acts import Outcomes
from desktop_app.store.list_jobs import Listed
from desktop_app.store.opening import Store, close_store, open_store
from desktop_app.store.perform import Refused
from desktop_app.workflow.posting import days_words, now_words, until_words
from tests.support.office import NOW, Office, application

POSTED = date(2017, 10, 9)
FULL = datetime(2017, 10, 16, 1, 0, tzinfo=UTC)
PEOPLE = (
    ("李样例", "220104199108200139"),
    ("王示范", "220104199108200331"),
    ("张样例", "220104199108200534"),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = open_store(tmp_path, NOW)
    yield made
    close_store(made)


@pytest.fixture
def office(store: Store) -> Office:
    made = Office(store)
    for number, (name, id_number) in enumerate(PEOPLE):
        answers = {
            "applicant.name": name,
            "applicant.id_number": id_number,
            "certificate.number": f"170700300340031{number}",
            "payment.account_name": name,
        }
        made.do("reviewer", "approve", made.checked(application("jilin", answers)))  # type: ignore[arg-type]
    return made


def waiting(office: Office, login: str = "clerk") -> list_jobs.Waiting:
    with office.acting(login) as session:
        return list_jobs.waiting(session, "publicity", NOW.date())


def make(office: Office, name: str = "公示1") -> str:
    ids = [line.case_id for line in waiting(office).lines]
    with office.acting("clerk") as session:
        return list_jobs.make_list(session, name, "publicity", ids, NOW).answer.list_id


def do(office: Office, list_id: str, act: str, now: datetime = FULL, **given: object) -> Outcomes:
    with office.acting("clerk") as session:
        return list_jobs.do_on_list(session, act, list_id, given, now).answer


def shown(office: Office, list_id: str, login: str = "clerk") -> Listed:
    with office.acting(login) as session:
        return list_jobs.one_list(session, list_id)


@pytest.fixture(autouse=True)
def own_office(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' applications name the office by a code that no setting holds."""
    monkeypatch.setattr("tests.support.office.OFFICE", "")


def test_what_waits_says_what_would_be_posted_and_until_when(office: Office) -> None:
    told = waiting(office)
    assert told.suggested_name == "2017年第1批公示名单"
    assert [(line.name, line.amount, line.due) for line in told.lines] == [
        (name, Decimal("1950.00"), date(2017, 10, 15)) for name, _ in PEOPLE
    ]
    assert {key for line in told.lines for key in line.listed} == {
        "applicant.name",
        "certificate.kind",
        "certificate.occupation",
        "certificate.level",
        "claim.amount",
    }
    make(office, told.suggested_name)
    assert waiting(office) == list_jobs.Waiting((), "2017年第2批公示名单")


def test_a_list_says_who_made_it_how_much_it_comes_to_and_what_may_be_done(office: Office) -> None:
    list_id = make(office)
    head = shown(office, list_id).head
    assert (head.made_by, head.made_on, head.persons, head.sum) == (
        "样例clerk",
        NOW.date(),
        3,
        Decimal("5850.00"),
    )
    assert head.states == (("awaiting_publicity", 3),)
    assert [act.id for act in head.acts] == ["post"]
    assert shown(office, list_id, "head").head.acts == ()
    do(office, list_id, "post", NOW, on=POSTED, where="市人社局网站")
    assert [act.id for act in shown(office, list_id).head.acts] == ["close_publicity"]


def test_the_days_of_a_posted_list_are_told_in_both_countings_and_its_extension(office: Office) -> None:
    list_id = make(office)
    do(office, list_id, "post", NOW, on=POSTED, where="市人社局网站")
    posting = shown(office, list_id).head.posting
    assert posting is not None
    assert days_words(posting) == "不少于5个工作日"
    assert until_words(posting) == "到2017年10月16日（公示当天也算的话到2017年10月13日，以晚的为准）"
    assert now_words(posting, POSTED) == "○ 公示中"
    assert now_words(posting, date(2017, 10, 16)) == "● 今天期满，可以办结"
    assert "（延长）" in now_words(posting, date(2017, 10, 17))
    do(office, list_id, "close_publicity", FULL + timedelta(days=2), sent_on=date(2017, 10, 18))
    posting = shown(office, list_id).head.posting
    assert posting is not None and posting.extended == 2
    assert now_words(posting, date(2017, 11, 1)) == "✓ 2017年10月18日办结，比期满延长2个工作日"


def test_a_list_that_is_closed_too_early_answers_for_each_and_changes_nothing(office: Office) -> None:
    list_id = make(office)
    do(office, list_id, "post", NOW, on=POSTED, where="市人社局网站")
    before = shown(office, list_id)
    told = do(office, list_id, "close_publicity", FULL - timedelta(days=1))
    assert told.moved == 0
    assert {each.told for each in told.cases} == {"公示到2017年10月16日才满，请到那天再办理“公示无异议”。"}
    assert shown(office, list_id) == before


def test_an_objection_is_shown_on_its_line_with_what_came_of_it(office: Office) -> None:
    list_id = make(office)
    do(office, list_id, "post", NOW, on=POSTED, where="市人社局网站")
    first = shown(office, list_id).lines[0]
    office.do("clerk", "object", first.case_id, by="群众", on=POSTED, what="不在职")
    head, lines = shown(office, list_id)
    assert (head.objections, head.places) == (1, 3)
    assert lines[0].objections == (list_jobs.Objection("群众", "2017-10-09", "不在职"),)
    assert [each.told != "" for each in do(office, list_id, "close_publicity").cases] == [True, False, False]
    office.do("head", "dismiss_objection", first.case_id, FULL, finding="已核实在职")
    assert [act.id for act in shown(office, list_id).head.acts] == ["close_publicity"]
    do(office, list_id, "close_publicity")
    head, lines = shown(office, list_id)
    assert (head.objections, head.places, head.states) == (0, 0, (("awaiting_payment", 3),))
    assert lines[0].objections[0][3:] == ("dismiss_objection", "已核实在职")
    assert head.acts == ()


def test_a_person_on_a_list_is_found_by_two_letters(office: Office) -> None:
    list_id = make(office)
    with office.acting("clerk") as session:
        found = list_jobs.find_on_lists(session, "publicity", "ws")
        assert [(each.list_id, each.list_name, each.line.name) for each in found] == [
            (list_id, "公示1", "王示范")
        ]
        assert list_jobs.find_on_lists(session, "payment", "ws") == ()
    assert "WSF" in shown(office, list_id).lines[1].initials


def test_the_list_that_has_work_left_stands_first(office: Office) -> None:
    list_id = make(office)
    with office.acting("clerk") as session:
        assert [each.id for each in list_jobs.lists_of_kind(session, "publicity")] == [list_id]
        assert list_jobs.lists_of_kind(session, "payment") == ()


def test_sending_and_exporting_are_kept_with_the_list(office: Office) -> None:
    list_id = make(office)
    with office.acting("clerk") as session:
        list_jobs.send_list(session, list_id, {"to": "市人社局", "on": NOW.date()}, NOW)
        list_jobs.record_export(session, list_id, "jilin.public_list", "2017-08-23", "名单.xlsx", NOW)
        with pytest.raises(Refused, match="移交给"):
            list_jobs.send_list(session, list_id, {"on": NOW.date()}, NOW)
    head = shown(office, list_id).head
    assert [deed.act for deed in head.deeds] == ["make_list", "send_list", "export"]
    sent = head.last("send_list")
    assert sent is not None and sent.given["to"] == "市人社局" and sent.by == "样例clerk"
    assert office.found() == []
