"""What people type and paste is tidied without changing what it says, and read back as it will be kept."""

import pytest

from desktop_app.forms.fields import field
from desktop_app.forms.tidying import ReadBack, read_back, tidied


@pytest.mark.parametrize(
    ("field_id", "typed", "kept"),
    [
        ("employer.address", "样例市样例路１２号ＡＢ座", "样例市样例路12号AB座"),
        ("employer.address", "样例路（东）１号，２室", "样例路（东）1号，2室"),
        ("insurance.number", "2201 0412\u3000345", "22010412345"),
        ("insurance.number", "２２０１　０４１２", "22010412"),
        ("employer.name", "Sample Trading Co", "Sample Trading Co"),
        ("employer.name", "样例 100 公司", "样例 100 公司"),
        ("employer.address", "3 4", "3 4"),
        ("applicant.id_number", "22O1O4 I99003070016", "220104199003070016"),
        ("applicant.id_number", "11010519491231002x", "11010519491231002X"),
        ("payment.account_number", "6222 02O2", "62220202"),
        ("payment.account_number", "中国银行卡", "中国银行卡"),
        ("certificate.number", "O2 34", "O234"),
        ("applicant.name", "样例·甲", "样例·甲"),
    ],
)
def test_typed_text_is_tidied_and_says_the_same(field_id: str, typed: str, kept: str) -> None:
    assert tidied(field(field_id), typed) == kept


@pytest.mark.parametrize(
    ("field_id", "typed", "told"),
    [
        ("applicant.id_number", "220104199003070016", ReadBack("220104 1990 0307 0016")),
        ("applicant.id_number", "2201O4", ReadBack("220104", "O 已改为 0")),
        ("payment.account_number", "62220202001", ReadBack("6222 0202 001")),
        ("applicant.phone", "１38 0000 0000", ReadBack("138 0000 0000", "全角已改半角，已去掉空格")),
        ("applicant.phone", "0431-8888888", ReadBack("0431-8888888")),
        ("certificate.number", "17070030", ReadBack("1707 0030")),
        ("employer.address", "样例路1号", ReadBack()),
        ("employer.address", "样例路１号", ReadBack("", "记为 样例路1号")),
        ("certificate.issued_on", "20230905", ReadBack("2023年9月5日")),
        ("certificate.issued_on", "2023-09-05", ReadBack()),
        ("certificate.issued_on", "2023", ReadBack()),
        ("applicant.name", "样例．甲", ReadBack("", "记为 样例·甲")),
        ("applicant.name", "样例甲", ReadBack()),
        ("certificate.level", "3", ReadBack()),
    ],
)
def test_what_was_typed_is_read_back_where_that_is_not_plain(
    field_id: str, typed: str, told: ReadBack
) -> None:
    assert read_back(field(field_id), typed) == told
