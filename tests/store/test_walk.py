"""From acceptance to the head's confirmation: each act asks, refuses, moves and is kept as the contract says."""

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop_app.policy.catalogue import policy
from desktop_app.policy.record import remake
from desktop_app.store import cases, schema, tables
from desktop_app.store.deeds import DEEDS_CHANGED
from desktop_app.store.faults import StoreFault
from desktop_app.store.opening import Store, close_store, open_store, reading
from desktop_app.store.perform import Refused
from tests.support.office import NOW, OFFICE, Office, application

TODAY = date(2017, 10, 9)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = open_store(tmp_path, NOW)
    yield made
    close_store(made)


@pytest.fixture
def office(store: Store) -> Office:
    return Office(store)


def refused(office: Office, login: str, act: str, case_id: str, **given: object) -> tuple[str, ...]:
    """Return the sentences of a refusal, after seeing that nothing has changed."""
    before, events = office.stored(case_id), office.events(case_id)
    with pytest.raises(Refused) as told:
        office.do(login, act, case_id, **given)
    assert office.stored(case_id) == before and office.events(case_id) == events
    assert all(sentence.endswith("。") for sentence in told.value.sentences)
    return told.value.sentences


def payload(office: Office, case_id: str, act: str) -> dict[str, object]:
    events, payloads = tables.event.c, tables.payload.c
    with reading(office.store) as session:
        text = session.execute(
            select(payloads.json)
            .join(tables.event, events.payload_id == payloads.id)
            .where(events.case_id == case_id, events.act == act)
            .order_by(events.number.desc())
            .limit(1)
        ).scalar_one()
    found: dict[str, object] = json.loads(text)
    return found


def to_sign(office: Office, region: str = "jilin") -> str:
    case_id = office.put(application(region))
    office.do("clerk", "finish", case_id)
    return case_id


def test_an_application_goes_from_the_counter_to_its_payment(office: Office) -> None:
    case_id = office.checked()
    assert office.do("reviewer", "approve", case_id).state == "awaiting_publicity"
    office.moved(case_id, "awaiting_confirmation")
    assert office.do("head", "confirm", case_id).state == "awaiting_payment"
    assert office.events(case_id) == [
        ("finish", "clerk", False),
        ("accept", "clerk", False),
        ("record_check", "clerk", False),
        ("record_check", "clerk", False),
        ("approve", "reviewer", True),
        ("close_publicity", "clerk", False),
        ("confirm", "head", True),
    ]
    assert office.found() == []


def test_numbers_run_for_each_year_of_an_office_without_holes(office: Office) -> None:
    numbers = []
    days = (NOW, NOW, datetime.fromisoformat("2017-12-31T15:59:59+00:00"), NOW + timedelta(days=90))
    waiting = [to_sign(office) for _ in days]
    for case_id, day in zip(waiting, days, strict=True):
        refused(office, "clerk", "accept", case_id, received_on=day.date(), materials=())
        office.do("clerk", "accept", case_id, now=day, received_on=TODAY, materials="all")
        numbers.append(office.stored(case_id).number)
        assert payload(office, case_id, "accept")["number"] == numbers[-1]
    assert numbers == [
        f"{OFFICE}-2017-00001",
        f"{OFFICE}-2017-00002",
        f"{OFFICE}-2017-00003",
        f"{OFFICE}-2018-00001",
    ]
    assert office.found() == []


SIGNED = "吉林省参保企业职工技能提升补贴申请表"
ACCEPTED_WITH = [
    ("all", ""),
    ((SIGNED,), ""),
    ((SIGNED, "身份证"), ""),
    ((), "写法不对"),
    ("", "还缺“收到的材料”"),
    ("everything", "写法不对"),
    (("身份证",), f"还没有收到签了字的“{SIGNED}”"),
    ((SIGNED, "身分证"), "材料清单里没有“身分证”，最接近的是“身份证”"),
]


@pytest.mark.parametrize(("materials", "words"), ACCEPTED_WITH)
def test_acceptance_names_materials_of_the_policy_with_the_signed_paper(
    office: Office, materials: object, words: str
) -> None:
    case_id = to_sign(office)
    if words:
        assert any(
            words in each
            for each in refused(office, "clerk", "accept", case_id, received_on=TODAY, materials=materials)
        )
    else:
        office.do("clerk", "accept", case_id, received_on=TODAY, materials=materials)
        assert office.stored(case_id).state == "accepted"


def test_nothing_is_received_after_the_day_of_the_act(office: Office) -> None:
    case_id = to_sign(office)
    (told,) = refused(
        office, "clerk", "accept", case_id, received_on=TODAY + timedelta(days=1), materials="all"
    )
    assert "晚于办理当天" in told


def test_a_recorded_certificate_is_an_answer_of_the_application(office: Office) -> None:
    case_id = office.accepted()
    done = office.do(
        "clerk",
        "record_check",
        case_id,
        check="certificate",
        result="genuine",
        by="样例",
        on=TODAY,
        where="吉林省职业资格证书查询管理系统",
        items={"等级": True},
    )
    assert done.state == "verifying"
    assert office.stored(case_id).case.answers["certificate.verification"] == "genuine"
    told = payload(office, case_id, "record_check")
    assert told["changed"] == {"certificate.verification": [None, "genuine"]}
    assert told["given"] == {
        "check": "certificate",
        "result": "genuine",
        "by": "样例",
        "on": "2017-10-09",
        "where": "吉林省职业资格证书查询管理系统",
        "items": {"等级": True},
    }
    assert office.found() == []


def test_the_newest_of_a_check_counts(office: Office) -> None:
    case_id = office.accepted()
    assert office.do("clerk", "record_check", case_id, check="insurance", result="failed").state == (
        "awaiting_review"
    )
    assert "“参保信息审核”的结果是“审核未通过”，不能通过。" in refused(office, "reviewer", "approve", case_id)
    office.do("reviewer", "return", case_id, reason="补缴以后再核")
    for check, result in (("insurance", "passed"), ("certificate", "genuine")):
        assert office.do("clerk", "record_check", case_id, check=check, result=result).state == "returned"
    assert office.do("clerk", "resubmit", case_id, changed="已补缴").state == "awaiting_review"
    assert office.do("reviewer", "approve", case_id).state == "awaiting_publicity"
    assert office.found() == []


def test_what_is_handed_in_again_without_a_good_check_is_checked_first(office: Office) -> None:
    case_id = office.accepted()
    office.do("clerk", "record_check", case_id, check="certificate", result="not_found")
    office.do("reviewer", "return", case_id, reason="查询无果")
    assert office.do("clerk", "resubmit", case_id, changed="已查明").state == "verifying"


def test_urumqis_checks_follow_each_other_and_a_bad_one_goes_back_at_once(office: Office) -> None:
    case_id = office.accepted(application("urumqi"))
    assert refused(office, "clerk", "record_check", case_id, check="certificate", result="genuine") == (
        "“职业资格证书相关信息核实”要在“申报材料完备性核实”的结果是“符合要求”以后，请先记录“申报材料完备性核实”。",
    )
    for check, result, state in (
        ("completeness", "passed", "verifying"),
        ("certificate", "not_found", "returned"),
        ("certificate", "genuine", "returned"),
        ("insurance", "passed", "returned"),
    ):
        assert office.do("clerk", "record_check", case_id, check=check, result=result).state == state
    assert office.do("clerk", "resubmit", case_id, changed="已更正").state == "awaiting_review"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "还缺“核验事项”"),
        ({"check": "certificate"}, "还缺“核验结果”"),
        ({"check": "funds", "result": "passed"}, "请在“参保信息审核”、“证书核查”里选一项"),
        ({"check": ["certificate"], "result": "genuine"}, "请在"),
        ({"check": "certificate", "result": "passed"}, "只能是“真实有效”或“查询无果”"),
        ({"check": "insurance", "result": "genuine"}, "只能是“审核通过”或“审核未通过”"),
        ({"check": "insurance", "result": {}}, "还缺|写法不对|只能是"),
        ({"check": "insurance", "result": "passed", "on": TODAY + timedelta(days=1)}, "晚于办理当天"),
    ],
)
def test_a_check_that_the_region_does_not_have_is_not_recorded(
    office: Office, given: dict[str, object], words: str
) -> None:
    case_id = office.accepted()
    told = refused(office, "clerk", "record_check", case_id, **given)
    assert any(word in each for each in told for word in words.split("|"))


def test_an_approval_keeps_the_decision_that_it_rests_on(office: Office) -> None:
    case_id = office.checked()
    office.do("reviewer", "approve", case_id)
    record = payload(office, case_id, "approve")["decision"]
    assert isinstance(record, dict)
    assert record["decision"]["decision"] == "eligible" and record["decision"]["amount"] == "1950.00"
    assert record["answers"]["certificate.verification"] == "genuine"
    assert remake(record, policy("jilin")).is_same


NOT_APPROVED = [
    ({"insurance.months_paid": 35}, "35个月"),
    ({"insurance.in_arrears": True}, "欠缴"),
    ({"certificate.level": 2}, "等级"),
    ({"payment.account_name": "别人"}, "户名"),
]


@pytest.mark.parametrize(("answers", "words"), NOT_APPROVED)
def test_what_is_not_eligible_or_open_is_not_approved(
    office: Office, answers: dict[str, object], words: str
) -> None:
    case = application("jilin", answers)  # type: ignore[arg-type]
    with office.acting("clerk") as session:
        case_id = cases.create_case(session, case, OFFICE, "clerk", NOW)
        cases.move_case(session, case_id, 1, "awaiting_signature", "finish", "clerk", NOW, {})
    office.do("clerk", "accept", case_id, received_on=TODAY, materials="all")
    office.do("clerk", "record_check", case_id, check="insurance", result="passed")
    office.do("clerk", "record_check", case_id, check="certificate", result="genuine")
    told = refused(office, "reviewer", "approve", case_id)
    assert any(words in sentence for sentence in told), told


def test_an_award_that_came_meanwhile_stands_against_an_approval(office: Office) -> None:
    """The decision is made anew: what was eligible at the counter may not be so any more."""
    first, second = to_sign(office), to_sign(office)
    for case_id in (first, second):
        office.do("clerk", "accept", case_id, received_on=TODAY, materials="all")
        office.do("clerk", "record_check", case_id, check="insurance", result="passed")
        office.do("clerk", "record_check", case_id, check="certificate", result="genuine")
    told = refused(office, "reviewer", "approve", second)
    assert any("只能申请并享受一次" in sentence or "已申请" in sentence for sentence in told), told


def test_an_office_without_amounts_approves_nothing(office: Office) -> None:
    with office.acting("clerk") as session:
        case_id = cases.create_case(session, application("chongqing"), OFFICE, "clerk", NOW)
        cases.move_case(session, case_id, 1, "awaiting_signature", "finish", "clerk", NOW, {})
    now = datetime.fromisoformat("2025-09-01T01:30:00+00:00")
    office.do("clerk", "accept", case_id, now=now, received_on=now.date(), materials="all")
    for check, result in (("certificate", "genuine"), ("identity", "passed")):
        office.do("clerk", "record_check", case_id, now=now, check=check, result=result)
    with pytest.raises(Refused) as told:
        office.do("reviewer", "approve", case_id, now=now)
    assert "补贴标准未配置" in told.value.sentences


@pytest.mark.parametrize("act", ["approve", "return"])
def test_whoever_worked_on_a_case_does_not_review_it(office: Office, act: str) -> None:
    case_id = office.put(application(), "reviewer")
    office.do("reviewer", "finish", case_id)
    office.do("clerk", "accept", case_id, received_on=TODAY, materials="all")
    office.do("clerk", "record_check", case_id, check="insurance", result="passed")
    office.do("clerk", "record_check", case_id, check="certificate", result="genuine")
    (told,) = refused(office, "reviewer", act, case_id, reason="样例")
    assert told == f"这份申请是您经办的，“{'复核通过' if act == 'approve' else '退回'}”请由另一人办理。"
    assert office.do("head", act, case_id, reason="样例").state in ("awaiting_publicity", "returned")


def test_the_head_who_confirms_did_not_review(office: Office) -> None:
    case_id = office.checked()
    office.do("head", "approve", case_id)
    office.moved(case_id, "awaiting_confirmation")
    assert refused(office, "head", "confirm", case_id) == ("这份申请是您复核的，请由另一位负责人确认。",)


def test_a_head_sends_back_what_waits_for_confirmation(office: Office) -> None:
    case_id = office.checked()
    office.do("reviewer", "approve", case_id)
    office.moved(case_id, "awaiting_confirmation")
    assert refused(office, "head", "return", case_id) == ("“退回”还缺“理由”，请填写。",)
    assert office.do("head", "return", case_id, reason="金额不符").state == "returned"
    assert office.events(case_id)[-1] == ("return", "head", True)


TAMPERED = [
    "UPDATE payload SET json = replace(json, 'genuine', 'found') WHERE id = ("
    "SELECT payload_id FROM event WHERE act = 'record_check' ORDER BY number DESC LIMIT 1)",
    "UPDATE event SET signature = NULL WHERE act = 'approve'",
    "UPDATE event SET actor_id = 'head' WHERE act = 'approve'",
    "UPDATE event SET act = 'fill', signature = NULL WHERE act = 'approve'",
    "UPDATE event SET actor_id = 'admin' WHERE act = 'finish'",
]


@pytest.mark.parametrize("statement", TAMPERED)
def test_no_act_rests_on_an_event_that_was_changed(office: Office, statement: str) -> None:
    case_id = office.checked()
    office.do("reviewer", "approve", case_id)
    office.moved(case_id, "awaiting_confirmation")
    with office.acting("clerk") as session:
        connection = session.connection()
        for name in schema.TRIGGERS:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        changed = connection.exec_driver_sql(statement)
        assert changed.rowcount == 1
        for made in schema.TRIGGERS.values():
            connection.exec_driver_sql(made)
    with pytest.raises(StoreFault, match=DEEDS_CHANGED):
        office.do("head", "confirm", case_id)
    assert office.found() != []
