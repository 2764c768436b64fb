"""Numbers and names as a counter types them: what is right, what is told, what is never repeated."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2

from desktop_app.identifiers import (
    Identified,
    check_identity_number,
    identify,
    mask_identity_number,
    normalise_name,
    normalise_phone,
)

TODAY = date(2023, 9, 5)


def number_of(first_17: str) -> str:
    return first_17 + mod_11_2.calc_check_digit(first_17)


def message(found: Identified) -> str:
    assert len(found.findings) == 1
    return found.findings[0].message


@pytest.mark.parametrize(
    "typed",
    [
        "11010519491231002X",
        "11010519491231002x",
        "１１０１０５１９４９１２３１００２ｘ",
        "110105 19491231 002X",
        "110105-19491231-002x",
    ],
)
def test_an_identity_number_is_read_and_tells_sex_and_birth(typed: str) -> None:
    found = identify("id-number", typed, TODAY)
    assert found.is_ok
    assert found.value == "11010519491231002X"
    assert found.given == typed
    assert found.tells == {"sex": "female", "birth_date": "1949-12-31", "holder": "resident"}


@pytest.mark.parametrize(
    ("first_17", "holder"),
    [
        ("81000019900101123", "hong_kong"),
        ("82000019900101123", "macao"),
        ("83000019900101123", "taiwan"),
        ("91112319900101123", "foreign_permanent_resident"),
        ("51222419500101123", "resident"),
        ("11911619500101123", "resident"),
    ],
)
def test_no_region_is_refused(first_17: str, holder: str) -> None:
    found = identify("id-number", number_of(first_17), TODAY)
    assert found.is_ok
    assert found.tells["holder"] == holder
    assert found.tells["sex"] == "male"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1101051949123100", "身份证号少两位，请核对。"),
        ("11010519491231002", "身份证号少一位，请核对。"),
        ("1101051949123100X", "身份证号少一位，请核对。"),
        ("11010519491231002XX", "身份证号只能是17位数字加一位数字或X，请核对。"),
        ("1101051949123100212", "身份证号多一位，请核对。"),
        ("11010519491231O02X", "身份证号只能是17位数字加一位数字或X，请核对。"),
        ("110105491231002", "身份证号是旧的15位号码，已停止使用，请按现行身份证填写18位号码。"),
        ("110105194902310021", "身份证号第7至14位不是真实的出生日期，请核对。"),
        ("110105194912310021", "身份证号与最后一位校验码不符，请逐位核对。"),
    ],
)
def test_a_wrong_identity_number_says_what_is_wrong(typed: str, sentence: str) -> None:
    found = identify("id-number", typed, TODAY)
    assert not found.is_ok
    assert found.value is None
    assert message(found) == sentence
    assert not found.tells


def test_a_birth_date_lies_in_the_future_only_relative_to_today() -> None:
    number = number_of("11010520230906002")
    assert check_identity_number(number, date(2023, 9, 6)) == ()
    assert check_identity_number(number) == ()
    assert "在将来" in check_identity_number(number, TODAY)[0].message


@settings(deadline=None, max_examples=100)
@given(
    st.dates(date(1900, 1, 1), TODAY), st.integers(100000, 999999), st.integers(0, 999), st.integers(0, 17)
)
def test_every_changed_digit_is_noticed_and_never_repeated(
    born: date, region: int, serial: int, place: int
) -> None:
    number = number_of(f"{region}{born:%Y%m%d}{serial:03d}")
    assert check_identity_number(number, TODAY) == ()
    changed = number[:place] + ("1" if number[place] == "0" else "0") + number[place + 1 :]
    told = check_identity_number(changed, TODAY)
    assert [finding.outcome for finding in told] == ["fail"]
    assert changed not in told[0].message and changed[6:14] not in told[0].message


def test_a_masked_number_keeps_six_and_four() -> None:
    assert mask_identity_number("11010519491231002X") == "110105********002X"
    assert mask_identity_number("1101051949") == "**********"


@pytest.mark.parametrize(
    ("typed", "value", "tells"),
    [
        (
            "s0000 65010001 22 3 123456", "S000065010001223123456",
            {"certificate_kind": "skill_level", "year": 2022, "level": 3},
        ),
        (
            "SA00065010001221123456", "SA00065010001221123456",
            {"certificate_kind": "skill_level", "year": 2022, "level": 1},
        ),
        (
            "１７６５-0000-0030-1234", "1765000000301234",
            {"certificate_kind": "vocational_qualification", "year": 2017, "level": 3},
        ),
        (
            "9865000000501234", "9865000000501234",
            {"certificate_kind": "vocational_qualification", "year": 1998, "level": 5},
        ),
        ("津专字〔2023〕第12号", "津专字〔2023〕第12号", {}),
        ("S" + "1" * 20, "S" + "1" * 20, {}),
    ],
)  # fmt: skip
def test_a_certificate_number_tells_what_its_structure_states(
    typed: str, value: str, tells: dict[str, object]
) -> None:
    found = identify("certificate", typed)
    assert (found.value, found.tells, found.findings) == (value, tells, ())


def test_a_doubtful_level_digit_warns_and_a_long_number_fails() -> None:
    found = identify("certificate", "S000065010001228123456")
    assert found.is_ok and found.findings[0].outcome == "warn"
    assert message(found) == "证书编号第16位应是1至5的等级，请与证书核对。"
    assert found.tells == {"certificate_kind": "skill_level", "year": 2022}
    assert identify("certificate", "A" * 40).is_ok
    assert not identify("certificate", "A" * 41).is_ok


@settings(deadline=None, max_examples=100)
@given(st.text("0123456789", min_size=13, max_size=19))
def test_a_card_warns_exactly_where_luhn_fails(number: str) -> None:
    found = identify("card", number)
    assert found.is_ok and found.value == number
    assert (found.findings == ()) == luhn.is_valid(number)
    if found.findings:
        assert found.findings[0].outcome == "warn" and "再输入一次" in message(found)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("622202000000", "卡号应是13至19位数字，现在是12位，请核对。"),
        ("62220200000000000000", "卡号应是13至19位数字，现在是20位，请核对。"),
        ("6222O20000000000", "卡号只能是数字，请核对。"),
    ],
)
def test_what_is_no_card_number_fails(typed: str, sentence: str) -> None:
    found = identify("card", typed)
    assert not found.is_ok and message(found) == sentence


@settings(deadline=None, max_examples=100)
@given(
    st.sampled_from(("11", "12", "51", "91", "92", "93", "Y1")),
    st.text("0123456789", min_size=6, max_size=6),
    st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=9, max_size=9),
)
def test_credit_codes_agree_with_another_library(kind: str, region: str, body: str) -> None:
    code = kind + region + body
    code += uscc.calc_check_digit(code)
    found = identify("credit-code", code.lower())
    assert found.is_ok and found.value == code
    wrong = code[:17] + ("1" if code[17] == "0" else "0")
    assert message(identify("credit-code", wrong)) == "统一社会信用代码与最后一位校验码不符，请逐位核对。"


def test_a_credit_code_tells_an_enterprise_from_a_public_institution() -> None:
    assert identify("credit-code", "９１350100m000100y43").tells == {"employer_kind": "enterprise"}
    institution = "12100000400000624"
    assert identify("credit-code", institution + uscc.calc_check_digit(institution)).tells == {
        "employer_kind": "public_institution"
    }
    assert "I、O、S、V、Z" in message(identify("credit-code", "9135O100M000100Y43"))
    assert message(identify("credit-code", "91350100M000100Y4")) == "统一社会信用代码少一位，请核对。"


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("13800000000", "13800000000"),
        ("１３８-0000-0000", "13800000000"),
        ("+86 138 0000 0000", "13800000000"),
        ("0991-4680700", "0991-4680700"),
        ("0991 4680700", "0991-4680700"),
        ("（0991）4680700转12", "0991-4680700-12"),
        ("02487654321", "024-87654321"),
        ("4680700", "4680700"),
        ("87654321", "87654321"),
        ("13800000000;0991-4680700", "13800000000；0991-4680700"),
        ("13800000000、4680700", "13800000000；4680700"),
        ("13800000000 13900000000", "13800000000；13900000000"),
    ],
)
def test_phones_are_brought_into_one_form(typed: str, value: str) -> None:
    found = identify("phone", typed)
    assert found.is_ok and found.value == value
    assert normalise_phone(value) == value


@pytest.mark.parametrize(
    "typed", ["1380000000", "138000000001", "12800000000", "没有", "13800000000；12", "123456"]
)
def test_what_is_no_phone_fails(typed: str) -> None:
    found = identify("phone", typed)
    assert not found.is_ok
    assert message(found).startswith("联系电话") and typed not in message(found)


@pytest.mark.parametrize("dot", ["·", "•", "‧", "・", "∙", "⋅", "．", ".", " · ", "･"])
def test_every_dot_between_chinese_characters_becomes_the_separator(dot: str) -> None:
    assert normalise_name(f"阿卜杜热西提{dot}阿卜杜热合曼") == "阿卜杜热西提·阿卜杜热合曼"


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("张　三", "张三"),
        (" 欧阳 小 明 ", "欧阳小明"),
        ("John  A. Smith", "John A. Smith"),
        ("ＪＯＨＮ　ＳＭＩＴＨ", "JOHN SMITH"),
        ("⼀⽟", "一玉"),
        ("张\ue81e", "张龴"),
        ("\u202a张三\u200b", "张三"),
        ("𬭎䶮㛃𪾢", "𬭎䶮㛃𪾢"),
        ("王（曾用名李）", "王（曾用名李）"),
    ],
)
def test_a_name_is_brought_into_one_form(typed: str, name: str) -> None:
    found = identify("name", typed)
    assert found.value == name and found.findings == ()
    assert normalise_name(name) == name


@pytest.mark.parametrize(
    ("typed", "outcome"),
    [
        ("阿" * 50, ""), ("𬭎" * 50, ""), ("\U000323af三", ""), ("阿" * 51, "fail"),
        ("张?", "fail"), ("张\ufffd", "fail"), ("张3", "fail"),
        ("张\n三", "fail"), ("", "fail"), ("张三·", "warn"), ("张★三", "warn"),
    ],
)  # fmt: skip
def test_a_name_that_is_none_is_told_without_repeating_it(typed: str, outcome: str) -> None:
    found = identify("name", typed)
    assert [finding.outcome for finding in found.findings] == ([outcome] if outcome else [])
    assert found.is_ok == (outcome != "fail")
    assert all("张" not in finding.message for finding in found.findings)


def test_an_unknown_kind_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match="id-number、certificate"):
        identify("passport", "1")
