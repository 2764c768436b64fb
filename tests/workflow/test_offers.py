"""What is offered on an application: the first thing to do first, nothing asked that is settled."""

from datetime import date
from pathlib import Path

import pytest

from desktop_app.policy.catalogue import policy
from desktop_app.store import walk_jobs
from desktop_app.store.opening import close_store, open_store, reading
from desktop_app.workflow.acts import ACT
from desktop_app.workflow.offers import offer
from tests.support.office import NOW, Office, application

DAY = date(2017, 10, 9)


def test_a_reason_is_chosen_from_the_policys_list() -> None:
    (question,) = offer(ACT["refuse"], DAY, policy=policy("chongqing")).questions
    assert ("identity", "不符合补贴对象") in question.choices


def test_materials_are_those_of_the_application() -> None:
    asked = offer(ACT["accept"], DAY, policy=policy("jilin"), answers={"claim.channel": "walk_in"})
    received, materials = asked.questions
    assert received.filled == DAY
    assert [each.words for each in materials.choices] == [
        "职业资格证书或职业技能等级证书",
        "身份证",
        "吉林省参保企业职工技能提升补贴申请表",
    ]


def test_what_is_settled_is_not_asked() -> None:
    made = offer(ACT["post"], DAY, settled={"list": "l1"}, filled={"where": "样例网站"})
    assert [(each.name, each.filled) for each in made.questions] == [("on", DAY), ("where", "样例网站")]


@pytest.fixture
def office(tmp_path: Path):
    store = open_store(tmp_path, NOW)
    yield Office(store)
    close_store(store)


def titles(office: Office, login: str, case_id: str) -> list[str]:
    with reading(office.store) as session:
        session.info["signer"] = office.signed_in(login)
        return [each.title for each in walk_jobs.see(session, case_id, DAY).offers]


def test_checks_are_offered_in_their_order_and_again_behind_the_rest(office: Office) -> None:
    case_id = office.accepted()
    assert titles(office, "clerk", case_id)[:2] == ["记录核验：参保信息审核", "不予受理"]
    office.do("clerk", "record_check", case_id, check="insurance", result="passed")
    assert titles(office, "clerk", case_id)[0] == "记录核验：证书核查"
    assert "重新记录核验：参保信息审核" in titles(office, "clerk", case_id)


def test_a_check_waits_for_the_one_before_it(office: Office) -> None:
    case_id = office.accepted(application("urumqi"))
    found = [each for each in titles(office, "clerk", case_id) if "核验" in each]
    assert found == ["记录核验：申报材料完备性核实"]


def test_nothing_of_lists_and_nothing_of_other_regions_is_offered(office: Office) -> None:
    case_id = office.checked()
    office.do("reviewer", "approve", case_id)
    assert "公示" not in titles(office, "clerk", case_id)
    assert "申请资金" not in titles(office, "clerk", case_id)


def test_a_clerk_is_not_offered_the_review_of_the_own_case(office: Office) -> None:
    case_id = office.checked()
    assert titles(office, "reviewer", case_id)[0] == "复核通过"
    assert "复核通过" not in titles(office, "clerk", case_id)
