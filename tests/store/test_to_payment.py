"""From the posted list to the money and back: lists, objections, corrections, duplicates, and the ledger."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from desktop_app.store import list_acts, schema, tables
from desktop_app.store.claiming import claim_work, release_work
from desktop_app.store.list_acts import NoneMoved, Outcomes
from desktop_app.store.opening import Store, close_store, open_store, reading
from desktop_app.store.perform import Refused
from desktop_app.store.settings import set_settings
from tests.support.office import NOW, OFFICE, Office, application

POSTED = date(2017, 10, 9)
LATER = datetime(2017, 10, 20, 1, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = open_store(tmp_path, NOW)
    yield made
    close_store(made)


@pytest.fixture
def office(store: Store) -> Office:
    return Office(store)


NUMBERS = ("220104199108200139", "220104199108200331")


def approved(office: Office, number: int = 0) -> str:
    answers = {
        "applicant.id_number": NUMBERS[number],
        "certificate.number": f"170700300340031{number}",
        "applicant.name": "李样例",
        "payment.account_name": "李样例",
    }
    case_id = office.checked(application("jilin", answers))  # type: ignore[arg-type]
    office.do("reviewer", "approve", case_id)
    return case_id


def make(office: Office, name: str, kind: str, *case_ids: str, now: datetime = NOW) -> Outcomes:
    with office.acting("clerk") as session:
        return list_acts.make_list(session, name, kind, case_ids or None, OFFICE, now)


def on_list(
    office: Office, login: str, act: str, name: str, now: datetime = LATER, **given: object
) -> Outcomes:
    with office.acting(login) as session:
        list_id = list_acts.list_id_of(session, name) or ""
        return list_acts.do_on_list(session, act, list_id, given, now)


def to_payment(office: Office, *case_ids: str) -> None:
    make(office, "公示1", "publicity", *case_ids)
    on_list(office, "clerk", "post", "公示1", on=POSTED, where="网站")
    on_list(office, "clerk", "close_publicity", "公示1", sent_on=LATER.date())


def paid(office: Office) -> str:
    case_id = approved(office)
    to_payment(office, case_id)
    make(office, "拨付1", "payment", now=LATER)
    on_list(office, "head", "confirm_list", "拨付1")
    on_list(office, "clerk", "pay", "拨付1", on=LATER.date())
    return case_id


def awards(office: Office) -> list[tuple[str, str | None, str | None]]:
    with reading(office.store) as session:
        rows = session.execute(select(tables.award.c.status, tables.award.c.on, tables.award.c.amount))
        return [tuple(row) for row in rows]


def test_a_list_is_posted_closed_confirmed_and_paid_and_the_ledger_follows(office: Office) -> None:
    case_id = approved(office)
    assert awards(office) == [("applied", "2017-10-09", "1950.00")]
    made = make(office, "公示1", "publicity")
    assert (made.moved, made.sum) == (1, Decimal("1950.00"))
    on_list(office, "clerk", "post", "公示1", on=POSTED, where="网站")
    with pytest.raises(NoneMoved, match="公示到2017年10月16日才满"):
        on_list(office, "clerk", "close_publicity", "公示1", now=LATER - timedelta(days=5))
    on_list(office, "clerk", "close_publicity", "公示1", now=LATER - timedelta(days=4))
    make(office, "拨付1", "payment", case_id, now=LATER)
    with pytest.raises(Refused, match=r"名单是您编制的|由复核人或负责人办理"):
        on_list(office, "clerk", "confirm_list", "拨付1")
    with pytest.raises(NoneMoved, match="还没有确认"):
        on_list(office, "clerk", "pay", "拨付1", on=LATER.date())
    on_list(office, "reviewer", "confirm_list", "拨付1")
    with pytest.raises(Refused, match="账户不能再更正"):
        office.do("clerk", "correct", case_id, LATER, field="payment.bank", value="样例银行", reason="写错")
    told = on_list(office, "clerk", "pay", "拨付1", on=LATER.date())
    assert (told.moved, told.sum) == (1, Decimal("1950.00"))
    assert awards(office) == [("granted", "2017-10-20", "1950.00")]
    with pytest.raises(Refused, match="一份名单只办一次"):
        on_list(office, "clerk", "pay", "拨付1", on=LATER.date())
    office.do("head", "recover", case_id, LATER, reason="重复", on=LATER.date(), amount=Decimal("100.00"))
    office.do("head", "recover", case_id, LATER, reason="重复", on=LATER.date(), amount=Decimal("50.00"))
    assert awards(office)[0][0] == "recovered"
    assert office.found() == []


def test_an_objection_holds_one_person_alone(office: Office) -> None:
    first, second = approved(office), approved(office, 1)
    make(office, "公示1", "publicity", first, second)
    on_list(office, "clerk", "post", "公示1", on=POSTED, where="网站")
    office.do("clerk", "object", first, LATER, by="邻居", on=LATER.date(), what="不在职")
    told = on_list(office, "clerk", "close_publicity", "公示1")
    assert [(each.state, bool(each.told)) for each in told.cases] == [
        ("objected", True),
        ("awaiting_payment", False),
    ]
    make(office, "拨付1", "payment", now=LATER)
    on_list(office, "head", "confirm_list", "拨付1")
    on_list(office, "clerk", "pay", "拨付1", on=LATER.date())
    assert office.stored(first).state == "objected"
    office.do("head", "dismiss_objection", first, LATER, finding="在职")
    on_list(office, "clerk", "close_publicity", "公示1")
    assert office.stored(first).state == "awaiting_payment"
    assert office.found() == []


def test_a_failed_payment_leaves_its_list_and_is_paid_from_another(office: Office) -> None:
    case_id = paid(office)
    office.do("clerk", "fail_payment", case_id, LATER, reason="账号不符")
    assert awards(office)[0][0] == "applied"
    office.do(
        "clerk",
        "correct",
        case_id,
        LATER,
        field="payment.account_number",
        value="6217000000000040018",
        reason="写错",
    )
    assert office.stored(case_id).state == "payment_failed"
    office.do("reviewer", "retry_payment", case_id, LATER, account="corrected")
    with pytest.raises(Refused, match=r"一份名单只办一次|没有"):
        on_list(office, "clerk", "pay", "拨付1", on=LATER.date())
    make(office, "拨付2", "payment", case_id, now=LATER)
    on_list(office, "head", "confirm_list", "拨付2")
    on_list(office, "clerk", "pay", "拨付2", on=LATER.date())
    assert office.stored(case_id).state == "paid"
    assert office.found() == []


def test_a_corrected_account_is_passed_over_until_somebody_else_confirms_it(office: Office) -> None:
    case_id = approved(office)
    to_payment(office, case_id)
    office.do("clerk", "correct", case_id, LATER, field="payment.bank", value="样例银行", reason="写错")
    assert office.stored(case_id).state == "awaiting_payment"
    make(office, "拨付1", "payment", now=LATER)
    on_list(office, "head", "confirm_list", "拨付1")
    with pytest.raises(NoneMoved, match="账户更正过，还没有确认"):
        on_list(office, "clerk", "pay", "拨付1", on=LATER.date())
    with pytest.raises(Refused, match="由复核人办理"):
        office.do("clerk", "confirm_account", case_id, LATER)
    office.do("reviewer", "confirm_account", case_id, LATER)
    with pytest.raises(Refused, match="没有更正过"):
        office.do("reviewer", "confirm_account", case_id, LATER)
    on_list(office, "clerk", "pay", "拨付1", on=LATER.date())
    assert office.found() == []


CORRECTIONS = [
    ("certificate.occupation", "化学分析工", "accepted"),
    ("insurance.months_paid", 50, "accepted"),
    ("applicant.phone", "13700000009", "awaiting_publicity"),
    ("claim.applied_on", "2017-10-08", "awaiting_review"),
    ("payment.bank", "样例银行", "awaiting_publicity"),
]


@pytest.mark.parametrize(("field", "value", "state"), CORRECTIONS)
def test_a_correction_goes_as_far_back_as_it_has_to(
    office: Office, field: str, value: object, state: str
) -> None:
    case_id = approved(office)
    make(office, "公示1", "publicity", case_id)
    office.do("clerk", "correct", case_id, LATER, field=field, value=value, reason="写错")
    assert office.stored(case_id).state == state
    with reading(office.store) as session:
        live = session.execute(select(tables.roster_line.c.live)).scalar()
    assert live == ("publicity" if state == "awaiting_publicity" else None)
    assert office.found() == []


def test_a_possible_duplicate_goes_back_to_where_it_was(office: Office) -> None:
    case_id = paid(office)
    before = awards(office)
    office.do("clerk", "suspect_duplicate", case_id, LATER, reason="同名")
    assert awards(office) == before
    with pytest.raises(Refused, match="已经拨付，请办理追回"):
        office.do("head", "confirm_duplicate", case_id, LATER, finding="重复")
    assert office.do("head", "clear_duplicate", case_id, LATER, finding="不是").state == "paid"
    assert awards(office) == before
    office.do("clerk", "suspect_duplicate", case_id, LATER, reason="同名")
    office.do("head", "recover", case_id, LATER, reason="重复", on=LATER.date(), amount=Decimal("1950.00"))
    assert office.found() == []


def test_a_refusal_is_looked_into_once_by_another_head(office: Office) -> None:
    case_id = office.checked()
    office.do("reviewer", "refuse", case_id, reason={"code": "not_in_arrears", "words": "欠缴"})
    office.do("clerk", "ask_reexamination", case_id, ground="已补缴")
    with pytest.raises(Refused, match="还没有记录“参保信息审核”"):
        office.do("head", "overturn_refusal", case_id, reason="属实")
    for check, result in (("insurance", "passed"), ("certificate", "genuine")):
        office.do("clerk", "record_check", case_id, check=check, result=result)
    office.do("head", "uphold_refusal", case_id, reason="不属实")
    with pytest.raises(Refused, match="已经申请过一次复核"):
        office.do("clerk", "ask_reexamination", case_id, ground="已补缴")
    assert office.found() == []


@pytest.mark.parametrize("act", ["ask_reexamination", "mark_insured"])
def test_an_act_that_the_region_does_not_have_is_refused(office: Office, act: str) -> None:
    case_id = office.accepted(application("tianjin"))
    office.moved(case_id, "refused" if act == "ask_reexamination" else "paid")
    with pytest.raises(Refused, match="本地区没有"):
        office.do("clerk", act, case_id, ground="样例", on=POSTED)


def test_materials_that_are_waited_for_bring_the_case_back_to_where_it_was(office: Office) -> None:
    case_id = office.checked()
    office.do("reviewer", "ask_materials", case_id, missing=("证书复印件",))
    assert office.do("clerk", "materials_received", case_id).state == "awaiting_review"
    other = office.put(
        application("jilin", {"applicant.id_number": NUMBERS[1], "certificate.number": "1707003003400319"})
    )
    office.do("clerk", "finish", other)
    office.do("clerk", "ask_materials", other, missing=("身份证",))
    for act, given in (("withdraw", {"signed": True}), ("suspect_duplicate", {"reason": "同名"})):
        with pytest.raises(Refused, match="还没有受理"):
            office.do("clerk", act, other, **given)  # type: ignore[arg-type]


def test_no_application_stands_on_two_open_lists_of_a_kind(office: Office) -> None:
    case_id = approved(office)
    make(office, "公示1", "publicity", case_id)
    with pytest.raises(Refused, match="已经在另一份"):
        make(office, "公示2", "publicity", case_id)
    with pytest.raises(Refused, match="没有可以列入"):
        make(office, "公示2", "publicity")
    with pytest.raises(Refused, match="换一个没有用过的名称"):
        make(office, "公示1", "publicity")
    with office.acting("clerk") as session, pytest.raises(IntegrityError):
        statement = (
            "INSERT INTO roster_line (roster_id, position, answers, case_id, live) "
            "SELECT roster_id, 99, '{}', case_id, live FROM roster_line"
        )
        with session.begin_nested():
            session.execute(text(statement))
    office.do("clerk", "withdraw", case_id, signed=True)
    assert awards(office) == []
    assert office.found() == []


def test_a_reviewer_confirms_where_the_administrator_allows_it(office: Office) -> None:
    case_id = office.checked()
    office.do("head", "approve", case_id)
    office.moved(case_id, "awaiting_confirmation")
    with office.acting("admin") as session:
        set_settings(session, {"policy.reviewer_may_confirm": True}, "admin", NOW)
    office.do("head", "confirm", case_id)
    assert office.found() == []


def test_an_award_that_was_changed_behind_the_back_is_found(office: Office) -> None:
    paid(office)
    for change in ("UPDATE award SET status = 'refused'", "DELETE FROM award"):
        with office.acting("clerk") as session:
            session.execute(text(change))
        assert any("补贴台账" in each for each in office.found())


def test_a_claimed_application_is_seen_and_not_taken(office: Office) -> None:
    case_id = office.accepted()
    with office.acting("clerk") as session:
        claim_work(session, case_id, NOW)
    with office.acting("reviewer") as session, pytest.raises(Refused, match="样例clerk已经领取"):
        claim_work(session, case_id, NOW)
    with office.acting("clerk") as session:
        release_work(session, case_id, NOW)
    with office.acting("reviewer") as session:
        claim_work(session, case_id, NOW)
    assert office.found() == []


def test_a_complaint_and_a_hand_over_of_a_list_move_nothing(office: Office) -> None:
    case_id = paid(office)
    given = {"by": "群众", "on": LATER.date(), "what": "不在职"}
    with pytest.raises(Refused, match="还没有登记过举报"):
        office.do("clerk", "complaint", case_id, LATER, finding="不属实")
    assert office.do("clerk", "complaint", case_id, LATER, **given).state == "paid"
    assert office.do("clerk", "complaint", case_id, LATER, finding="不属实").state == "paid"
    with office.acting("clerk") as session:
        list_id = list_acts.list_id_of(session, "公示1") or ""
        list_acts.send_list(session, list_id, {"to": "失业保险科", "on": LATER.date()}, LATER)
    assert office.found() == []


def test_the_triggers_of_the_schema_stay(office: Office) -> None:
    with reading(office.store) as session:
        assert schema.has_its_triggers(session.connection())
