"""An application as a window sees it on its walk, and acts on one and on many."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop_app.store import walk_jobs
from desktop_app.store.faults import CASE_CHANGED, StoreFault
from desktop_app.store.list_acts import NoneMoved
from desktop_app.store.opening import close_store, open_store, reading
from desktop_app.store.perform import Refused
from tests.support.office import NOW, Office, application

OTHER = {"applicant.id_number": "220104199108200331", "certificate.number": "1707003003400319"}
DAY = date(2017, 10, 9)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    store = open_store(tmp_path, NOW)
    yield Office(store)
    close_store(store)


def seen(office: Office, login: str, case_id: str) -> walk_jobs.Seen:
    with reading(office.store) as session:
        session.info["signer"] = office.signed_in(login)
        return walk_jobs.see(session, case_id, DAY)


def test_everything_of_an_application_is_seen_in_words(office: Office) -> None:
    case_id = office.checked()
    office.do("reviewer", "return", case_id, reason="证书编号与原件不符")
    found = seen(office, "clerk", case_id)
    assert found.told.state == "已退回" and found.told.why == "退回：证书编号与原件不符"
    assert "还有5个工作日" in found.told.until
    assert [(each.check.name, each.result, each.is_good) for each in found.checks] == [
        ("参保信息审核", "审核通过", True),
        ("证书核查", "真实有效", True),
    ]
    assert [(each.who, each.act, each.why, each.state) for each in found.history] == [
        ("样例clerk", "完成填写", "", "待签字"),
        ("样例clerk", "受理", "", "已受理"),
        ("样例clerk", "记录核验", "参保信息审核 审核通过", "核验"),
        ("样例clerk", "记录核验", "证书核查 真实有效", "待复核"),
        ("样例reviewer", "退回", "证书编号与原件不符", "已退回"),
    ]
    assert found.offers[0].act.id == "resubmit" and found.offers[0].is_first


def test_a_void_check_counts_no_more(office: Office) -> None:
    case_id = office.checked()
    office.do("clerk", "correct", case_id, field="certificate.level", value=3, reason="写错了")
    found = seen(office, "clerk", case_id)
    assert [(each.result, each.is_good) for each in found.checks] == [("审核通过", True), ("", None)]


def test_an_act_answers_with_how_the_application_stands_then(office: Office) -> None:
    case_id = office.accepted()
    revision = office.stored(case_id).revision
    given = {"check": "insurance", "result": "passed"}
    with office.acting("clerk") as session:
        written = walk_jobs.do(session, "record_check", case_id, revision, given, NOW)
    assert written.answer.stored.revision == revision + 1
    assert written.answer.told.state == "核验"
    assert written.changed.cases == {case_id}


def test_who_comes_second_changes_nothing(office: Office) -> None:
    case_id = office.accepted()
    revision = office.stored(case_id).revision
    office.do("clerk", "record_check", case_id, check="insurance", result="passed")
    with pytest.raises(StoreFault, match=CASE_CHANGED), office.acting("clerk") as session:
        walk_jobs.do(session, "withdraw", case_id, revision, {"signed": True}, NOW)
    assert seen(office, "clerk", case_id).told.state == "核验"


def test_of_many_each_moves_whole_or_not_at_all(office: Office) -> None:
    first, second = office.checked(), office.accepted(application(answers={**OTHER}))
    with office.acting("reviewer") as session:
        outcomes = walk_jobs.do_many(session, "approve", [first, second, first], {}, NOW).answer
    assert [(each.state, bool(each.told)) for each in outcomes.cases] == [
        ("awaiting_publicity", False),
        ("accepted", True),
    ]
    assert (outcomes.moved, str(outcomes.sum)) == (1, "1950.00")
    assert office.stored(second).state == "accepted"
    assert office.found() == []


def test_where_none_of_many_may_move_all_is_as_before(office: Office) -> None:
    case_id = office.accepted()
    with pytest.raises(NoneMoved), office.acting("reviewer") as session:
        walk_jobs.do_many(session, "approve", [case_id], {}, NOW)
    assert office.stored(case_id).state == "accepted"
    with pytest.raises(Refused, match="至少选一份"), office.acting("reviewer") as session:
        walk_jobs.do_many(session, "approve", [], {}, NOW)
