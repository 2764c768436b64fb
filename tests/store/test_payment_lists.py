"""Payment lists over the real store: what was confirmed is paid, results are recorded once, and the ledger follows."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select

from desktop_app.store import payment_lists, tables
from desktop_app.store.faults import StoreFault
from desktop_app.store.opening import Store, close_store, open_store, reading
from desktop_app.store.payment_jobs import Report, told_of
from desktop_app.store.perform import Refused
from desktop_app.workflow.bank_results import Refusal, Results
from desktop_app.workflow.payment import PaymentList, control
from tests.support.office import NOW, Office
from tests.support.payments import ACCOUNTS, LATER, confirmed, make, on_list, result, to_payment

PAID_ON = LATER.date()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = open_store(tmp_path, NOW)
    yield made
    close_store(made)


@pytest.fixture
def office(store: Store) -> Office:
    return Office(store)


def imported(
    office: Office, list_id: str, *rows: object, is_dry: bool = False, on: date | None = None
) -> Report:
    results = Results("d", tuple(each for each in rows if not isinstance(each, Refusal)))  # type: ignore[misc]
    with office.acting("clerk") as session:
        job = payment_lists.try_results if is_dry else payment_lists.record_results
        return job(session, list_id, results, on, LATER)


def states(office: Office, case_ids: tuple[str, ...]) -> list[str]:
    return [office.stored(case_id).state for case_id in case_ids]


def ledger(office: Office, case_id: str) -> tuple[str, str | None]:
    award = tables.award.c
    with reading(office.store) as session:
        return tuple(session.execute(select(award.status, award.on).where(award.case_id == case_id)).one())  # type: ignore[return-value]


def events(office: Office) -> int:
    with reading(office.store) as session:
        return int(session.execute(select(func.count()).select_from(tables.event)).scalar_one())


def shown(office: Office, list_id: str) -> PaymentList:
    with reading(office.store) as session:
        return payment_lists.payment_list(session, list_id)


def test_results_are_recorded_once_and_the_ledger_follows(office: Office) -> None:
    cases = to_payment(office, 3)
    list_id = confirmed(office, "拨付一")
    rows = (result(2, 0), result(3, 1, "账户已销户"), result(4, 2))
    before = events(office)
    tried = imported(office, list_id, *rows, is_dry=True)
    assert (tried.paid, tried.failed, tried.refused) == ((2, 4), (3,), ())
    assert told_of(tried) == "“拨付一”：拨付成功 2 人，失败 1 人。"
    assert (events(office), states(office, cases)) == (before, ["awaiting_payment"] * 3)
    assert imported(office, list_id, *rows) == tried
    assert states(office, cases) == ["paid", "payment_failed", "paid"]
    assert [ledger(office, each) for each in cases] == [
        ("granted", PAID_ON.isoformat()),
        ("applied", "2017-10-09"),
        ("granted", PAID_ON.isoformat()),
    ]
    before = events(office)
    again = imported(office, list_id, *rows)
    assert (again.paid, again.failed, again.same, again.refused) == ((), (), 3, ())
    assert events(office) == before
    assert office.found() == []


def test_a_payment_that_comes_back_later_changes_what_was_recorded(office: Office) -> None:
    cases = to_payment(office, 2)
    list_id = confirmed(office, "拨付一")
    on_list(office, "clerk", "pay", "拨付一", on=PAID_ON)
    assert ledger(office, cases[0]) == ("granted", PAID_ON.isoformat())
    told = imported(office, list_id, result(2, 0, "户名不符"))
    assert (told.changed, told.failed, told.silent) == ((2,), (), (2,))
    assert ledger(office, cases[0]) == ("applied", "2017-10-09")
    assert office.events(cases[0])[-1][:2] == ("fail_payment", "clerk")
    assert office.found() == []


def test_a_failed_payment_is_corrected_confirmed_and_paid_by_another_list(office: Office) -> None:
    cases = to_payment(office, 2)
    first = confirmed(office, "拨付一")
    imported(office, first, result(2, 0), result(3, 1, "账号有误"))
    office.do(
        "clerk",
        "correct",
        cases[1],
        LATER,
        field="payment.account_number",
        value="6222020200112233479",
        reason="写错",
    )
    with pytest.raises(Refused, match="由复核人办理"):
        office.do("clerk", "retry_payment", cases[1], LATER, account="corrected")
    office.do("reviewer", "retry_payment", cases[1], LATER, account="corrected")
    second = confirmed(office, "拨付二")
    assert [each.account_number for each in shown(office, second).live] == ["6222020200112233479"]
    # The first bank's answer, brought once more, is of the first list alone.
    assert shown(office, first).lines[1].account_number == ACCOUNTS[1]
    again = imported(office, first, result(2, 0), result(3, 1, "账号有误"))
    assert (again.same, again.failed, again.refused) == (2, (), ())
    told = imported(office, second, result(2, 1, account_number="6222020200112233479"))
    assert told.paid == (2,)
    assert states(office, cases) == ["paid", "paid"]
    office.do("head", "recover", cases[1], LATER, reason="查实", on=PAID_ON, amount=Decimal("500.00"))
    assert ledger(office, cases[1]) == ("recovered", PAID_ON.isoformat())
    later = LATER + timedelta(days=2)
    office.do("head", "recover", cases[1], later, reason="查实", on=later.date(), amount=Decimal("1450.00"))
    assert ledger(office, cases[1]) == ("recovered", later.date().isoformat())
    assert office.found() == []


def test_an_account_that_was_corrected_before_the_confirmation_is_what_is_paid(office: Office) -> None:
    (case_id,) = to_payment(office, 1)
    made = make(office, "拨付一")
    other = "6222020200112233479"
    office.do("clerk", "correct", case_id, LATER, field="payment.account_number", value=other, reason="写错")
    assert shown(office, made.list_id).live[0].account_number == other
    office.do("reviewer", "confirm_account", case_id, LATER)
    on_list(office, "reviewer", "confirm_list", "拨付一")
    assert shown(office, made.list_id).live[0].account_number == other
    with pytest.raises(Refused, match="账户不能再更正"):
        office.do("clerk", "correct", case_id, LATER, field="payment.bank", value="样例银行", reason="写错")
    assert imported(office, made.list_id, result(2, 0, account_number=other)).paid == (2,)
    assert office.found() == []


def test_nobody_is_paid_of_whom_the_bank_says_nothing(office: Office) -> None:
    cases = to_payment(office, 3)
    list_id = confirmed(office, "拨付一")
    told = imported(office, list_id, result(2, 0), result(3, 1, "账户已冻结"))
    assert (told.paid, told.failed, told.silent) == ((), (3,), (3,))
    assert [(each.row, "还有 1 人没有结果" in each.sentence) for each in told.refused] == [(2, True)]
    assert states(office, cases) == ["awaiting_payment", "payment_failed", "awaiting_payment"]
    assert imported(office, list_id, result(2, 0), result(3, 1, "账户已冻结"), result(4, 2)).paid == (2, 4)


def test_an_unconfirmed_list_takes_no_results_and_a_day_to_come_none_either(office: Office) -> None:
    to_payment(office, 1)
    made = make(office, "拨付一")
    with pytest.raises(Refused, match="还没有确认"):
        imported(office, made.list_id, result(2, 0))
    on_list(office, "head", "confirm_list", "拨付一")
    told = imported(office, made.list_id, result(2, 0), on=PAID_ON + timedelta(days=1))
    assert (told.paid, "晚于办理当天" in told.refused[0].sentence) == ((), True)
    with pytest.raises(StoreFault), office.acting("reviewer") as session:
        payment_lists.payment_list(session, "none")


def test_nobody_is_left_out_by_a_payment_that_the_bank_has_made(office: Office) -> None:
    cases = to_payment(office, 2)
    made = make(office, "拨付一")
    office.do("clerk", "correct", cases[1], LATER, field="payment.bank", value="样例银行", reason="写错")
    on_list(office, "reviewer", "confirm_list", "拨付一")
    assert "有 1 人的账户更正过" in shown(office, made.list_id).why_not
    told = imported(office, made.list_id, result(2, 0), result(3, 1))
    assert (told.paid, [each.row for each in told.refused]) == ((), [2, 3])
    assert "第3行还不能登记拨付" in told.refused[0].sentence
    assert "账户更正过，还没有确认" in told.refused[1].sentence
    assert states(office, cases) == ["awaiting_payment"] * 2
    office.do("reviewer", "confirm_account", cases[1], LATER)
    assert imported(office, made.list_id, result(2, 0), result(3, 1)).paid == (2, 3)
    assert office.found() == []


def test_a_row_of_somebody_who_left_the_list_is_told(office: Office) -> None:
    cases = to_payment(office, 2)
    list_id = confirmed(office, "拨付一")
    office.do("clerk", "withdraw", cases[1], LATER, signed=True)
    told = imported(office, list_id, result(2, 0), result(3, 1))
    assert told.paid == (2,)
    assert [(each.row, each.sentence) for each in told.refused] == [
        (3, "名单里没有这个账号和户名，请核对是不是这份名单的结果。")
    ]


def test_the_list_of_an_answer_is_found_or_asked_for(office: Office) -> None:
    cases = to_payment(office, 2)
    first, second = confirmed(office, "拨付一", cases[0]), confirmed(office, "拨付二", cases[1])
    with reading(office.store) as session:
        found = [
            payment_lists.list_of_results(session, Results("d", (result(2, number),))) for number in range(2)
        ]
        assert found == [first, second]
        with pytest.raises(StoreFault, match="没有一份"):
            payment_lists.list_of_results(session, Results("d", (result(2, 2),)))
        with pytest.raises(StoreFault, match="有几份"):
            payment_lists.list_of_results(session, Results("d", (result(2, 0), result(3, 1))))


def test_an_export_is_an_event_with_its_check_code_or_none_at_all(office: Office) -> None:
    to_payment(office, 1)
    list_id = confirmed(office, "拨付一")
    written: list[PaymentList] = []
    with office.acting("clerk") as session:
        payment_lists.export(session, list_id, "sheet", written.append, LATER)
    assert office.events(list_id)[-1][:2] == ("export", "clerk")
    code = control(written[0].live).code
    with reading(office.store) as session:
        last = select(tables.payload.c.json).join(
            tables.event, tables.event.c.payload_id == tables.payload.c.id
        )
        said = session.execute(last.where(tables.event.c.act == "export")).scalar_one()
    assert code in said
    assert ACCOUNTS[0] not in said

    def full(_listed: PaymentList) -> None:
        raise StoreFault("磁盘空间不够，请腾出空间后再试。")

    before = events(office)
    with pytest.raises(StoreFault, match="磁盘"), office.acting("clerk") as session:
        payment_lists.export(session, list_id, "text", full, LATER)
    assert events(office) == before
    assert office.found() == []
