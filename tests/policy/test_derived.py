"""Sex and birth date follow from a valid identity number, and from nothing else."""

from datetime import date

import pytest

from desktop_app.case import Answer, Unread
from desktop_app.policy.derived import derive, derived_findings

NUMBER = "11010519491231002X"


def test_sex_and_birth_date_follow_from_the_number() -> None:
    given: dict[str, Answer] = {"applicant.id_number": NUMBER, "applicant.name": "张三"}
    assert derive(given) == {**given, "applicant.sex": "female", "applicant.birth_date": date(1949, 12, 31)}
    assert "applicant.sex" not in given


@pytest.mark.parametrize(
    "number", ["110105491231002", "110105194912310021", "110105194902310021", "", None, Unread("1")]
)
def test_a_number_that_fails_derives_nothing(number: Answer | None) -> None:
    given: dict[str, Answer] = {} if number is None else {"applicant.id_number": number}
    assert derive(given) == given
    assert derived_findings({**given, "applicant.sex": "male"}) == ()


def test_what_was_typed_is_kept_and_a_difference_warns() -> None:
    given: dict[str, Answer] = {
        "applicant.id_number": NUMBER, "applicant.sex": "male", "applicant.birth_date": date(1949, 12, 30),
    }  # fmt: skip
    assert derive(given) == given
    assert [(found.rule, found.outcome, found.field_id, found.message) for found in derived_findings(given)] == [
        ("identity_number_matches", "warn", "applicant.sex", "填写的性别与身份证号里的不一致，请对照身份证核对。"),
        (
            "identity_number_matches", "warn", "applicant.birth_date",
            "填写的出生日期与身份证号里的不一致，请对照身份证核对。",
        ),
    ]  # fmt: skip


def test_what_agrees_gives_no_finding() -> None:
    assert derived_findings(derive({"applicant.id_number": NUMBER})) == ()
    assert derived_findings({"applicant.id_number": NUMBER}) == ()
