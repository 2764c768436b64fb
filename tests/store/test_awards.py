"""The ledger knows a person's earlier claims without typing, and imported lists double nothing."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.case import Case
from desktop_app.policy.ledger import PersonAward
from desktop_app.policy.model import Award
from desktop_app.store import awards, cases
from desktop_app.store.opening import Store, close_store, open_store, reading, writing
from desktop_app.workflow.states import State

NOW = datetime(2018, 3, 5, 9, 0, tzinfo=UTC)
NUMBER = "11010519491231002X"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path, NOW)
    yield opened
    close_store(opened)


def welder(level: int) -> Case:
    answers = {
        "applicant.id_number": NUMBER,
        "certificate.occupation": "焊工",
        "certificate.level": level,
        "certificate.number": f"170700301840030{level}",
        "certificate.issued_on": date(2017, 8, 1),
        "claim.applied_on": date(2017, 10, 9),
        "claim.amount": Decimal("1300.00"),
    }
    return Case("jilin.application", "2017-08-23", "jilin", date(2017, 10, 9), answers)


def taken_in(store: Store, case: Case, state: State) -> str:
    with writing(store) as session:
        case_id = cases.create_case(session, case, "220104001", "样例员", NOW)
        if state != "draft":
            cases.move_case(session, case_id, 1, state, "moved", "样例员", NOW, {})
    return case_id


@pytest.mark.parametrize(
    ("state", "status"),
    [("accepted", "applied"), ("paid", "granted"), ("refused", "refused"), ("recovered", "recovered")],
)
def test_a_case_that_was_taken_in_is_in_the_ledger(store: Store, state: State, status: str) -> None:
    taken_in(store, welder(5), state)
    with reading(store) as session:
        (award,) = awards.earlier_awards(session, "1101 0519491231002x")
    assert (award.status, award.occupation, award.level, award.region) == (status, "焊工", 5, "jilin")
    assert award.applied_on == date(2017, 10, 9)
    assert award.amount == Decimal("1300.00")


@pytest.mark.parametrize("state", ["draft", "awaiting_signature", "withdrawn"])
def test_what_was_not_taken_in_leaves_nothing(store: Store, state: State) -> None:
    taken_in(store, welder(5), state)
    with reading(store) as session:
        assert awards.earlier_awards(session, NUMBER) == ()


def test_a_case_is_not_its_own_earlier_award(store: Store) -> None:
    case_id = taken_in(store, welder(5), "accepted")
    other = taken_in(store, welder(4), "paid")
    with reading(store) as session:
        assert [each.level for each in awards.earlier_awards(session, NUMBER, case_id)] == [4]
        assert [each.level for each in awards.earlier_awards(session, NUMBER, other)] == [5]
        assert awards.earlier_awards(session, "") == ()


def test_an_imported_list_replaces_itself(store: Store) -> None:
    listed = PersonAward(
        NUMBER, "样例", Award("granted", region="jilin", occupation="焊工", level=5, on=date(2017, 9, 8))
    )
    for _ in range(2):
        with writing(store) as session:
            told = awards.add_awards(session, [listed], "2017年9月发放名单.xlsx", "样例员", NOW)
        assert told.added == 1
    with reading(store) as session:
        (award,) = awards.earlier_awards(session, NUMBER)
    assert award == listed.award


def test_the_day_of_an_award_is_the_day_in_china_of_the_act_that_paid_it(store: Store) -> None:
    case_id = taken_in(store, welder(5), "accepted")
    early = datetime(2025, 12, 31, 23, 50, tzinfo=UTC)  # 07:50 of the new year
    with writing(store) as session:
        cases.move_case(session, case_id, 2, "paid", "pay", "样例员", early, {})
        # A later act that leaves it paid is not the payment.
        cases.move_case(
            session, case_id, 3, "paid", "mark_insured", "样例员", datetime(2026, 5, 1, tzinfo=UTC), {}
        )
    with reading(store) as session:
        (award,) = awards.earlier_awards(session, NUMBER)
    assert award.on == date(2026, 1, 1)


def listed(number: str, level: int = 5) -> PersonAward:
    award = Award("granted", region="jilin", occupation="焊工", level=level, on=date(2017, 9, 8))
    return PersonAward(number, "样例", award)


def test_an_import_says_what_it_replaced_and_who_is_gone(store: Store) -> None:
    january = [listed(NUMBER), listed("110101199003078515"), listed("110101199003078515", 4)]
    with writing(store) as session:
        assert awards.add_awards(session, january, "名单.xlsx", "样例员", NOW) == (3, 0, 0, 0)
    with writing(store) as session:
        assert awards.add_awards(session, [listed(NUMBER)], "名单.xlsx", "样例员", NOW) == (1, 3, 1, 0)
    with reading(store) as session:
        assert awards.earlier_awards(session, "110101199003078515") == ()


def test_the_same_line_in_two_lists_counts_once(store: Store) -> None:
    with writing(store) as session:
        awards.add_awards(session, [listed(NUMBER)], "名单.xlsx", "样例员", NOW)
        told = awards.add_awards(session, [listed(NUMBER), listed(NUMBER, 4)], "名单(1).xlsx", "样例员", NOW)
    assert told.repeated == 1
    with reading(store) as session:
        assert [each.level for each in awards.earlier_awards(session, NUMBER)] == [5, 4]
    with writing(store) as session:  # the first list goes; what the second one says stays
        awards.add_awards(session, [], "名单.xlsx", "样例员", NOW)
    with reading(store) as session:
        assert [each.level for each in awards.earlier_awards(session, NUMBER)] == [5, 4]


def test_choices_are_kept_with_the_draft(store: Store) -> None:
    case_id = taken_in(store, welder(5), "draft")
    choices = {"applied_within_months_of_issue": ("strict", "局里口径")}
    with writing(store) as session:
        cases.save_choices(session, case_id, 1, choices, NOW)
    with reading(store) as session:
        assert cases.load_case(session, case_id).choices == choices
