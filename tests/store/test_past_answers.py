"""What was written before: the words that come again, and what was written of one person."""

from datetime import timedelta
from pathlib import Path

import pytest

from desktop_app.case import Answer, Unread
from desktop_app.store import cases
from desktop_app.store.opening import reading, writing
from desktop_app.store.past_answers import Word, past_words, person_before
from tests.support.stores import CASE, ID_NUMBER, NOW, opened

OCCUPATION, LEVEL = "certificate.occupation", "certificate.level"


def test_the_commonest_words_come_first_and_then_those_that_are_listed(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        with writing(store) as session:
            for word in ("电工", "焊工", "焊工", ""):
                case = CASE.with_answer(OCCUPATION, word) if word else CASE
                cases.create_case(session, case, "220104", "clerk", NOW)
        with reading(store) as session:
            told = past_words(session, (OCCUPATION,), {OCCUPATION: ("电工", "钳工")})
    assert told == {OCCUPATION: (Word("焊工", "hg"), Word("电工", "dg"), Word("钳工", "qg"))}


@pytest.mark.parametrize(
    ("field_id", "answer"),
    [
        (LEVEL, 4),
        (LEVEL, Unread("四级吧")),
        ("claim.is_first", True),
        (OCCUPATION, ""),
        ("applicant.identity_categories", ("graduating_student",)),
    ],
)
def test_what_is_no_word_is_not_offered_as_one(tmp_path: Path, field_id: str, answer: Answer) -> None:
    with opened(tmp_path) as store:
        with writing(store) as session:
            cases.create_case(session, CASE.with_answer(field_id, answer), "220104", "clerk", NOW)
        with reading(store) as session:
            assert past_words(session, (field_id,), {field_id: ("样例",)}) == {
                field_id: (Word("样例", "yl"),)
            }


def test_the_latest_other_application_of_a_person_is_told(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        with writing(store) as session:
            ids = [
                cases.create_case(
                    session,
                    CASE.with_answer("applicant.phone", phone),
                    "220104",
                    "clerk",
                    NOW + timedelta(hours=at),
                )
                for at, phone in enumerate(("13800000001", "13800000002", "13800000003"))
            ]
        with reading(store) as session:
            latest, before_it = (person_before(session, ID_NUMBER, each) for each in ("", ids[2]))
            nobody = person_before(session, "110105194912310021")
    assert nobody is None
    assert latest is not None and before_it is not None
    assert latest.answers["applicant.phone"] == "13800000003"
    assert (before_it.answers["applicant.phone"], before_it.at) == ("13800000002", NOW + timedelta(hours=1))
