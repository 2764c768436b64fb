"""Applications in the store: they come back as they were, are found by every key, and are listed in pages."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app.case import Answer, Case, Unread
from desktop_app.store import cases, faults
from desktop_app.store.case_columns import CaseRow
from desktop_app.store.faults import StoreFault
from desktop_app.store.name_order import name_order
from desktop_app.store.opening import Store, close_store, open_store, reading, writing
from desktop_app.store.records import CaseQuery
from desktop_app.workflow.states import (
    CENTRE_STATE_LABELS,
    CENTRE_STATES,
    NEXT_STEPS,
    STATE_LABELS,
    STATES,
    state_of,
)

NOW = datetime(2018, 5, 3, 9, 30, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = open_store(tmp_path, NOW)
    yield made
    close_store(made)


def a_case(**answers: Answer) -> Case:
    """A Jilin application; `applicant_name` stands for `applicant.name`."""
    named = {key.replace("_", ".", 1): value for key, value in answers.items()}
    return Case("jilin.application", "1", "jilin", date(2018, 5, 3), named)


def put(store: Store, *new: Case) -> list[str]:
    with writing(store) as session:
        return [cases.create_case(session, case, "220104", "clerk", NOW) for case in new]


def found(store: Store, text: str) -> list[str]:
    with reading(store) as session:
        return [row.id for row in cases.list_cases(session, CaseQuery(text=text)).rows]


@pytest.mark.parametrize(
    "case",
    [
        a_case(),
        a_case(applicant_name="𠮷㐂·䶮𱁬"),
        a_case(applicant_id_number=Unread("2201041990 我不知道"), claim_amount=Unread("一千多")),
        a_case(
            applicant_birth_date=date(1990, 3, 7),
            certificate_level=4,
            claim_amount=Decimal("1500.00"),
            employment_is_filed=True,
            insurance_in_arrears=False,
            applicant_identity_categories=("graduating_student", "hard_to_employ"),
        ),
        Case(
            "urumqi.summary",
            "1",
            "urumqi",
            date(2017, 9, 1),
            {"summary.unit": "乌鲁木齐某某有限公司"},
            (
                {"applicant.name": "阿卜杜热西提·阿卜杜热合曼", "certificate.level": 5},
                {"claim.amount": Unread("?")},
            ),
        ),
    ],
    ids=["empty", "rare characters", "unread", "every kind", "a list"],
)
def test_a_case_comes_back_as_it_was(store: Store, case: Case) -> None:
    (case_id,) = put(store, case)
    with reading(store) as session:
        stored = cases.load_case(session, case_id)
    assert stored.case == case
    assert {type(value) for value in stored.case.answers.values()} == {
        type(value) for value in case.answers.values()
    }
    assert (stored.state, stored.office, stored.owner, stored.revision) == ("draft", "220104", "clerk", 1)
    assert stored.created_at == stored.updated_at == NOW


def test_every_case_is_read_as_it_was_and_in_the_order_of_making(store: Store) -> None:
    made = [
        a_case(
            applicant_name=f"样例{number}",
            insurance_months_paid=number,
            certificate_issued_on=date(2017, 3, 2),
        )
        for number in range(1200)
    ]
    put(store, *made)
    with reading(store) as session:
        assert list(cases.every_case(session)) == made


def test_leaving_a_field_saves_the_draft_and_where_the_clerk_was(store: Store) -> None:
    (case_id,) = put(store, a_case(applicant_name="张三"))
    later = NOW + timedelta(minutes=5)
    edited = a_case(applicant_name="张三丰", applicant_phone="13900001234")
    with writing(store) as session:
        assert cases.save_answers(session, case_id, 1, edited, "applicant.phone", later) == 2
    with reading(store) as session:
        stored = cases.load_case(session, case_id)
        (row,) = cases.list_cases(session, CaseQuery()).rows
    assert (stored.case, stored.last_field, stored.updated_at) == (edited, "applicant.phone", later)
    assert (row.name, row.phone, row.state, row.updated_at) == ("张三丰", "13900001234", "draft", later)


def test_only_a_draft_that_exists_can_be_saved(store: Store) -> None:
    (case_id,) = put(store, a_case(applicant_name="张三"))
    with writing(store) as session:
        assert cases.move_case(session, case_id, 1, "awaiting_signature", "finish", "clerk", NOW, {}) == 2
    with pytest.raises(StoreFault, match=faults.NOT_A_DRAFT), writing(store) as session:
        cases.save_answers(session, case_id, 1, a_case(), "applicant.name", NOW)
    for attempt in (
        lambda session: cases.save_answers(session, "gone", 1, a_case(), "", NOW),
        lambda session: cases.load_case(session, "gone"),
        lambda session: cases.move_case(session, "gone", 1, "accepted", "accepted", "clerk", NOW, {}),
    ):
        with pytest.raises(StoreFault, match=faults.CASE_MISSING), writing(store) as session:
            attempt(session)


def test_a_change_that_does_not_know_of_the_last_one_is_refused(store: Store) -> None:
    (case_id,) = put(store, a_case(applicant_name="张三"))
    with writing(store) as session:
        assert cases.save_answers(session, case_id, 1, a_case(applicant_name="张三丰"), "", NOW) == 2
    for attempt in (
        lambda session: cases.save_answers(session, case_id, 1, a_case(applicant_name="李四"), "", NOW),
        lambda session: cases.save_choices(session, case_id, 1, {"rule": ("strict", "", "")}, NOW),
        lambda session: cases.move_case(
            session, case_id, 1, "awaiting_signature", "finish", "clerk", NOW, {}
        ),
    ):
        with pytest.raises(StoreFault, match=faults.CASE_CHANGED), writing(store) as session:
            attempt(session)
    with writing(store) as session:
        assert cases.save_choices(session, case_id, 2, {"rule": ("strict", "", "")}, NOW) == 3
        cases.move_case(session, case_id, 3, "awaiting_signature", "finish", "clerk", NOW, {})
    with pytest.raises(StoreFault, match=faults.CASE_CHANGED), writing(store) as session:
        cases.move_case(session, case_id, 3, "draft", "reopen", "clerk", NOW, {})
    with reading(store) as session:
        stored = cases.load_case(session, case_id)
    assert (stored.case.answers["applicant.name"], stored.revision) == ("张三丰", 4)


@pytest.mark.parametrize(
    "other",
    [replace(a_case(), form_id="jilin.publicity_filing"), replace(a_case(), region="dalian")],
    ids=["form", "region"],
)
def test_an_application_stays_on_its_paper(store: Store, other: Case) -> None:
    (case_id,) = put(store, a_case(applicant_name="张三"))
    with pytest.raises(StoreFault, match=faults.OTHER_PAPER), writing(store) as session:
        cases.save_answers(session, case_id, 1, other, "", NOW)


def test_a_moment_without_its_zone_is_a_bug(store: Store) -> None:
    with pytest.raises(ValueError, match="zone"), writing(store) as session:
        cases.create_case(session, a_case(), "220104", "clerk", NOW.replace(tzinfo=None))


WANTED = a_case(
    applicant_name="曾丽华",
    applicant_id_number="22010419900307321X",
    applicant_phone="13904310086",
    certificate_number="S000022010005184000123",
)
OTHER = a_case(
    applicant_name="王小明",
    applicant_id_number="110101198001011234",
    applicant_phone="15000000000",
    certificate_number="1723000000401111",
)


@pytest.mark.parametrize(
    "text",
    [
        *("曾", "曾丽", "曾丽华", " 曾丽华 ", "zlh", "ZL", "clh", "ｚｌｈ"),
        *(
            "2201",
            "22010419900307321X",
            "22010419900307321x",
            "２２０１０４",
            "321x",
            "07321X",
            "220104 19900307 321X",
        ),
        *("S00002", "s000022010005184000123", "S0000-2201-0005184000123", "000123", "0123"),
        *("139", "13904310086", "139 0431 0086", "0086", "310086"),
        *("曾 0086", "zlh 2201"),
    ],
)
def test_an_application_is_found_by_every_key(store: Store, text: str) -> None:
    wanted, _ = put(store, WANTED, OTHER)
    assert found(store, text) == [wanted]


@pytest.mark.parametrize("text", ["%", "_", "曾%", "'", "曾丽华王", "曾 1234", "9999", '" OR 1=1 --', "*"])
def test_what_nobody_has_finds_nobody(store: Store, text: str) -> None:
    put(store, WANTED, OTHER)
    assert found(store, text) == []


def test_names_of_two_characters_and_names_with_a_dot_are_found(store: Store) -> None:
    two, long = put(store, a_case(applicant_name="李娜"), a_case(applicant_name="阿卜杜热西提·买买提"))
    assert found(store, "李娜") == found(store, "ln") == [two]
    for text in ("阿卜杜", "买买提", "阿卜杜热西提•买买提", "阿卜杜热西提买买提", "ABDRXT"):
        assert found(store, text) == [long]


def test_a_key_that_was_corrected_is_found_no_more(store: Store) -> None:
    (case_id,) = put(store, a_case(applicant_name="李娜", applicant_phone="13900001234"))
    with writing(store) as session:
        cases.save_answers(session, case_id, 1, a_case(applicant_name="李丽"), "applicant.phone", NOW)
    assert found(store, "李丽") == found(store, "ll") == [case_id]
    for text in ("李娜", "ln", "139", "1234"):
        assert found(store, text) == []


def test_two_thousand_applications_are_paged_without_a_gap(store: Store) -> None:
    with writing(store) as session:
        made = [
            cases.create_case(
                session,
                a_case(
                    applicant_name=f"{'张李王赵'[number % 4]}某", applicant_id_number=f"2201{number:014d}"
                ),
                "220104",
                "clerk",
                NOW + timedelta(seconds=number // 3),
            )
            for number in range(2_000)
        ]
        cases.move_case(session, made[7], 1, "awaiting_signature", "finish", "clerk", NOW, {})
    for query, count in (
        (CaseQuery(limit=300), 2_000),
        (CaseQuery(limit=300, order="name_order", is_descending=False), 2_000),
        (CaseQuery(limit=97, text="张"), 500),
        (CaseQuery(limit=300, state="draft"), 1_999),
        (CaseQuery(limit=300, state="awaiting_signature"), 1),
    ):
        rows = pages(store, query, count)
        shown = "name" if query.order == "name_order" else query.order
        keys = [name_order(row.name) if shown == "name" else getattr(row, shown) for row in rows]
        assert len({row.id for row in rows}) == count
        assert keys == sorted(keys, reverse=query.is_descending)
    newest = found(store, "2201")
    assert len(newest) == 50
    assert set(newest) <= set(made[-51:])


def test_applications_on_the_papers_that_are_named_are_listed_alone(store: Store) -> None:
    dalian = replace(a_case(applicant_name="李娜"), form_id="dalian.application", region="dalian")
    jilin_id, dalian_id = put(store, a_case(applicant_name="张三"), dalian)
    with reading(store) as session:
        for forms, wanted in (
            (("dalian.application",), {dalian_id}),
            (("jilin.application",), {jilin_id}),
            (("tianjin.application",), set()),
            ((), {jilin_id, dalian_id}),
        ):
            page = cases.list_cases(session, CaseQuery(forms=forms))
            assert ({row.id for row in page.rows}, page.total) == (wanted, len(wanted))


def pages(store: Store, query: CaseQuery, count: int) -> list[CaseRow]:
    rows: list[CaseRow] = []
    with reading(store) as session:
        while True:
            page = cases.list_cases(
                session,
                CaseQuery(query.text, query.state, query.order, query.is_descending, len(rows), query.limit),
            )
            assert page.total == count
            if not page.rows:
                return rows
            rows += page.rows


def test_every_state_has_its_word() -> None:
    assert set(STATE_LABELS) == set(STATES)
    assert set(CENTRE_STATE_LABELS) == set(CENTRE_STATES)
    assert len(set(STATE_LABELS.values())) == len(STATES) == 21
    assert set(NEXT_STEPS) == set(STATES)
    assert state_of("draft") == "draft"
    with pytest.raises(ValueError, match="lost"):
        state_of("lost")
