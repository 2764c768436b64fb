"""An act moves a case whole, with its event, or is refused in words and changes nothing."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from desktop_app.case import Answer, Case, Unread
from desktop_app.cli.demo import sample
from desktop_app.forms.catalogue import form
from desktop_app.policy.catalogue import policy
from desktop_app.policy.record import remake
from desktop_app.store import cases, faults, people, tables
from desktop_app.store.faults import StoreFault
from desktop_app.store.opening import Store, close_store, open_store, reading, writing
from desktop_app.store.perform import Done, Refused, perform
from desktop_app.store.verify import verify_chain
from desktop_app.workflow.acts import ACTS, RECORDS
from desktop_app.workflow.doings import DOINGS
from tests.support.office import NOW, Office, application

CHOSEN = {"claim_history_consistent": ("lenient", "申请人说明了")}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A store in which nobody is registered yet: its installed program is the clerk."""
    made = open_store(tmp_path, NOW)
    yield made
    close_store(made)


def jilin(**answers: Answer | None) -> Case:
    """A Jilin application with nothing against it; `payment_bank=None` stands for one without `payment.bank`."""
    return application("jilin", {key.replace("_", ".", 1): value for key, value in answers.items()})


def put(store: Store, case: Case) -> str:
    with writing(store) as session:
        return cases.create_case(session, case, "220104", "clerk", NOW)


def do(store: Store, act: str, case_id: str, revision: int = 1, **given: object) -> Done:
    with writing(store) as session:
        return perform(session, act, case_id, revision, given, NOW)


def refused(store: Store, act: str, case_id: str, **given: object) -> tuple[str, ...]:
    """Return the sentences of a refusal, after seeing that nothing has changed."""
    with reading(store) as session:
        before = session.execute(select(tables.case)).all()
        stored = cases.load_case(session, case_id)
    with pytest.raises(Refused) as told:
        do(store, act, case_id, stored.revision, **given)
    with reading(store) as session:
        assert session.execute(select(tables.case)).all() == before
        assert session.execute(select(func.count()).select_from(tables.event)).scalar_one() == 0
    return told.value.sentences


def test_finishing_and_reopening_are_events_of_a_person(store: Store) -> None:
    case_id = put(store, jilin())
    assert do(store, "finish", case_id) == Done(case_id, "awaiting_signature", 2)
    assert do(store, "reopen", case_id, 2) == Done(case_id, "draft", 3)
    with reading(store) as session:
        events = session.execute(select(tables.event).order_by(tables.event.c.number)).all()
        told = [(row.act, row.actor_id, row.state_before, row.state_after, row.revision) for row in events]
        assert told == [
            ("finish", store.replica_id, "draft", "awaiting_signature", 2),
            ("reopen", store.replica_id, "awaiting_signature", "draft", 3),
        ]
        assert cases.load_case(session, case_id).state == "draft"
        assert verify_chain(session) == ()


def test_the_event_keeps_the_decision_and_everything_it_was_made_from(store: Store) -> None:
    case_id = put(store, jilin())
    do(store, "finish", case_id)
    with reading(store) as session:
        text = session.execute(select(tables.payload.c.json)).scalar_one()
    record = json.loads(text)["decision"]
    assert record["decision"]["amount"] == "1950.00"
    assert remake(record, policy("jilin")).is_same


def test_finishing_twice_is_refused_and_leaves_one_event(store: Store) -> None:
    case_id = put(store, jilin())
    do(store, "finish", case_id)
    with pytest.raises(Refused, match="现在是“待签字”"):
        do(store, "finish", case_id, 2)
    with pytest.raises(StoreFault, match=faults.CASE_CHANGED):
        do(store, "reopen", case_id, 1)
    with reading(store) as session:
        assert session.execute(select(func.count()).select_from(tables.event)).scalar_one() == 1


def test_what_is_missing_or_cannot_be_read_is_told_all_at_once(store: Store) -> None:
    case = jilin(payment_bank=None, certificate_issued_on=Unread("去年"))
    told = refused(store, "finish", put(store, case))
    assert told == ("核发日期：日期看不懂，请写成2023-09-05的样子。", "还缺“开户银行”，请填写。")


def test_an_open_point_is_settled_before_the_paper_is_finished(store: Store) -> None:
    case = sample(form("jilin.application"))  # says that it is not the first, and the ledger knows of none
    case_id = put(store, case)
    assert len(refused(store, "finish", case_id)) == 1
    with writing(store) as session:
        cases.save_choices(session, case_id, 1, CHOSEN, NOW)
    assert do(store, "finish", case_id, 2).state == "awaiting_signature"


def test_a_person_who_is_not_entitled_may_hand_in(store: Store) -> None:
    assert do(store, "finish", put(store, jilin(insurance_months_paid=35))).state == "awaiting_signature"


def test_an_office_without_amounts_can_finish(store: Store) -> None:
    case_id = put(store, sample(form("chongqing.application")))
    told = refused(store, "finish", case_id)
    assert all("补贴标准" not in sentence for sentence in told)


def test_nobody_but_a_clerk_finishes(store: Store) -> None:
    office = Office(store)
    case_id = office.put(jilin())
    for login in ("admin", "head"):
        with pytest.raises(Refused, match="“完成填写”由经办人办理，请换有这个角色的人登录后办理"):
            office.do(login, "finish", case_id)
    assert office.stored(case_id).state == "draft" and office.events(case_id) == []


def test_where_people_are_registered_nobody_acts_without_signing_in(store: Store) -> None:
    office = Office(store)
    case_id = office.put(jilin())
    with pytest.raises(StoreFault, match=people.NOT_SIGNED_IN):
        do(store, "finish", case_id)
    assert office.events(case_id) == []


def test_every_line_of_the_table_can_be_done() -> None:
    assert {act.id for act in (*ACTS, *RECORDS)} == DOINGS.keys()


@pytest.mark.parametrize("act_id", [act.id for act in ACTS if act.id != "finish"])
def test_an_act_that_is_not_open_in_a_draft_changes_nothing(store: Store, act_id: str) -> None:
    told = refused(store, act_id, put(store, jilin()))
    assert told and all(sentence.endswith("。") for sentence in told)
