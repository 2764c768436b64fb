"""What a reviewer looks at, from what clerks really did in a store."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop_app.store.looking import looked_at
from desktop_app.store.opening import close_store, open_store
from desktop_app.workflow.to_look_at import ToLookAt
from tests.support.office import NOW, Office, application

DAY = NOW.date()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    store = open_store(tmp_path, NOW)
    yield Office(store)
    close_store(store)


def looks(office: Office, case_id: str, kind: str) -> list[ToLookAt]:
    with office.acting("reviewer") as session:
        return [each for each in looked_at(session, case_id, DAY) if each.kind == kind]


def test_a_correction_shows_who_did_it_by_name_with_both_values(office: Office) -> None:
    case_id = office.checked()
    old = office.stored(case_id).case.answers["applicant.phone"]
    office.do("clerk", "correct", case_id, field="applicant.phone", value="13912345678", reason="号码写错")
    assert looks(office, case_id, "corrected") == [
        ToLookAt("applicant.phone", "corrected", old, "13912345678", "号码写错", "样例clerk", DAY)
    ]


def test_a_paper_that_was_reopened_shows_what_differs_from_what_was_given_out_first(office: Office) -> None:
    from desktop_app.store.cases import save_answers

    case_id = office.put(application())
    office.do("clerk", "finish", case_id)
    office.do("clerk", "reopen", case_id)
    stored = office.stored(case_id)
    changed = stored.case.with_answer("certificate.issued_on", date(2017, 3, 20))
    with office.acting("clerk") as session:
        save_answers(session, case_id, stored.revision, changed, "certificate.issued_on", NOW)
    office.do("clerk", "finish", case_id)
    (told,) = looks(office, case_id, "changed")
    assert (told.field_id, told.after, told.who) == (
        "certificate.issued_on",
        date(2017, 3, 20),
        "样例clerk",
    )
    assert told.before == stored.case.answers["certificate.issued_on"]


def test_only_an_application_of_before_counts_as_before(office: Office) -> None:
    first = office.accepted()
    later = NOW + timedelta(days=40)
    with office.acting("clerk") as session:
        from desktop_app.store.cases import create_case

        second = create_case(session, application(), "220104001", "clerk", later)
    assert looks(office, first, "carried") == []
    with office.acting("clerk") as session:
        carried = {each.field_id for each in looked_at(session, second, DAY) if each.kind == "carried"}
    assert "applicant.phone" in carried
    assert "applicant.name" not in carried
