"""The rows of a list are checked like a paper: unreadable, missing, in the wrong column, twice."""

from datetime import date

import pytest

from desktop_app.case import Answers, Unread
from desktop_app.forms.catalogue import form
from desktop_app.forms.rows_check import check_rows

TODAY = date(2026, 11, 24)
WHOLE: Answers = {
    "applicant.name": "样例甲",
    "applicant.id_number": "220104199003070016",
    "insurance.number": "22010400001",
    "insurance.months_paid": 48,
    "certificate.number": "1707003018300000",
    "certificate.issued_on": date(2017, 3, 2),
    "certificate.occupation": "焊工",
    "certificate.level": 4,
    "claim.amount": "1500.00",
}


def told(*rows: Answers) -> list[tuple[str, str, str]]:
    found = check_rows(form("urumqi.summary"), rows, TODAY)
    return [(each.outcome, each.field_id, each.message) for each in found]


def test_whole_rows_and_empty_rows_say_nothing() -> None:
    assert told(WHOLE, {}, {**WHOLE, "certificate.number": "1707003018300001"}) == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (
            {"certificate.issued_on": Unread("王五")},
            ("fail", "certificate.issued_on@2", "第 2 行核发日期：日期看不懂，请写成2023-09-05的样子。"),
        ),
        (
            {"certificate.level": Unread("甲")},
            ("fail", "certificate.level@2", "第 2 行等级看不懂，请填五级、四级、三级、二级或一级。"),
        ),
        (
            {"insurance.months_paid": Unread("三年")},
            ("fail", "insurance.months_paid@2", "第 2 行缴费年限（月）应是整数，请只填数字。"),
        ),
        (
            {"certificate.occupation": "220104 19900307 0016"},
            ("fail", "certificate.occupation@2", "第 2 行职业（工种）里是身份证号，请核对是否填错了列。"),
        ),
        (
            {"applicant.id_number": "220104199003070011"},
            ("fail", "applicant.id_number@2", "第 2 行身份证号与最后一位校验码不符，请逐位核对。"),
        ),
        (
            {"certificate.number": WHOLE["certificate.number"]},
            ("warn", "certificate.number@2", "第 1 行和第 2 行的资格证书编号相同，请核对。"),
        ),
    ],
)
def test_what_is_wrong_in_a_row_is_told_with_row_and_column(
    changed: Answers, expected: tuple[str, str, str]
) -> None:
    second = {**WHOLE, "certificate.number": "1707003018300001", **changed}
    assert told(WHOLE, second) == [expected]


def test_row_without_a_name_says_what_is_missing_in_one_sentence() -> None:
    row = {key: value for key, value in WHOLE.items() if key not in ("applicant.name", "claim.amount")}
    assert told({}, row) == [("unknown", "applicant.name@2", "第 2 行还没有填姓名、拟申请补贴金额。")]
