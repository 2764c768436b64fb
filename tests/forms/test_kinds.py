"""Kinds of field: typed text in, values, paper and files out."""

import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.case import Answer, Unread
from desktop_app.forms import faces, kinds
from desktop_app.forms.fields import field, fields

READ: list[tuple[str, str, Answer]] = [
    ("applicant.name", " 阿卜杜 • 热合曼 ", "阿卜杜·热合曼"),
    ("applicant.id_number", "110105 19491231 002x", "11010519491231002X"),
    ("applicant.phone", "１３８ 0000 0000", "13800000000"),
    ("payment.account_number", "4111-1111-1111-1111", "4111111111111111"),
    ("employer.credit_code", "91350100m000100y43", "91350100M000100Y43"),
    ("certificate.number", "s000065010001223123456", "S000065010001223123456"),
    ("employer.name", "　甲　①㎡Ａ公司 ", "甲 ①㎡Ａ公司"),
    ("claim.applied_on", "2023年9月5日", date(2023, 9, 5)),
    ("claim.earlier_month", "201703", "2017-03"),
    ("claim.amount", "￥1,300元", Decimal("1300.00")),
    ("insurance.months_paid", "３６个月", 36),
    ("insurance.months_paid", "0", 0),
    ("claim.year", "2023年", 2023),
    ("applicant.sex", "女", "female"),
    ("applicant.sex", "female", "female"),
    ("certificate.kind", "职业技能等级证书", "skill_level"),
    ("applicant.identity_categories", "就业困难人员、城镇登记失业人员", ("registered_unemployed", "hard_to_employ")),
    ("claim.is_first", "是", True),
    ("claim.is_first", "Ｙ", True),
    ("insurance.in_arrears", "无", False),
    ("insurance.in_arrears", "n", False),
]  # fmt: skip
LEVELS = {
    5: ("5", "５", "五级", "五", "5级", "初级", "初级（五级）", "初级工", "五级/初级工"),
    4: ("4", "四级", "中级", "中级工", "中级(四级)"),
    3: ("3", "三级", "高级", "高级工", "高级 （三级）", "三级/高级工"),
    2: ("2", "二级", "技师", "技师（二级）", "二级技师"),
    1: ("1", "一级", "高级技师", "高级技师（一级）", "一级/高级技师"),
}


@pytest.mark.parametrize(("field_id", "typed", "value"), READ)
def test_typed_text_becomes_a_value(field_id: str, typed: str, value: Answer) -> None:
    reading = kinds.parse(field(field_id), typed)
    assert reading == (value, ())
    assert type(reading.value) is type(value)


@pytest.mark.parametrize(("field_id", "_typed", "value"), READ)
def test_an_editor_and_a_file_give_the_value_back(field_id: str, _typed: str, value: Answer) -> None:
    one = field(field_id)
    assert kinds.parse(one, kinds.edit_text(one, value)).value == value
    assert kinds.from_json(one, kinds.to_json(one, value)) == value


@pytest.mark.parametrize(
    ("level", "typed"), [(level, typed) for level, all_ in LEVELS.items() for typed in all_]
)
def test_a_level_is_read_by_number_numeral_and_title(level: int, typed: str) -> None:
    assert kinds.parse(field("certificate.level"), typed) == (level, ())


@pytest.mark.parametrize("text", ["", "  ", "　", "\n", "\u200b"])
def test_nothing_typed_is_no_answer_and_no_fault(text: str) -> None:
    assert all(kinds.parse(one, text) == (None, ()) for one in fields().values())


@pytest.mark.parametrize(
    ("field_id", "typed", "sentence"),
    [
        ("claim.applied_on", "2023-2-29", "2023年没有2月29日，请核对。"),
        ("claim.earlier_month", "2017年", "年月看不懂，请写成2017-03的样子。"),
        ("claim.amount", "1.234", "金额最多两位小数，请核对。"),
        ("claim.amount", "-5", "金额不能是负数，请核对。"),
        ("insurance.months_paid", "-3", "累计缴纳失业保险费（月）不能是负数，请核对。"),
        ("insurance.months_paid", "三年", "累计缴纳失业保险费（月）应是整数，请只填数字。"),
        ("insurance.months_paid", "1234567", "累计缴纳失业保险费（月）的数字太大，请核对。"),
        ("certificate.kind", "技能等级证书", "证书类别没有这个选项，最接近的是“职业技能等级证书”，请核对。"),
        ("applicant.sex", "x", "性别没有这个选项，请选男、女之一。"),
        ("claim.is_first", "也许", "初次申请只能填是或否，请核对。"),
        ("certificate.level", "六级", "等级看不懂，请填五级、四级、三级、二级或一级。"),
        ("certificate.level", "高级（五级）", "等级的名称与级数不一致，请核对，例如高级是三级。"),
        ("certificate.level", "高级技师（二级）", "等级的名称与级数不一致，请核对，例如高级是三级。"),
        ("employer.name", "甲\n乙", "单位全称含有换行或看不见的控制字符，请删去后重新填写。"),
        ("employer.name", "甲\ud800乙", "单位全称含有换行或看不见的控制字符，请删去后重新填写。"),
    ],
)
def test_what_cannot_be_read_is_kept_and_told(field_id: str, typed: str, sentence: str) -> None:
    one = field(field_id)
    value, findings = kinds.parse(one, typed)
    assert value == Unread(typed)
    assert [(found.rule, found.outcome, found.field_id, found.message) for found in findings] == [
        ("readable", "fail", field_id, sentence)
    ]
    assert kinds.check(one, Unread(typed)) == findings
    assert kinds.show(one, Unread(typed)) == typed
    assert kinds.from_json(one, kinds.to_json(one, Unread(typed))) == Unread(typed)


@pytest.mark.parametrize(
    ("field_id", "typed", "rule", "outcome", "sentence"),
    [
        (
            "agent.id_number",
            "11010519491231002",
            "identity_number_valid",
            "fail",
            "代办人身份证号少一位，请核对。",
        ),
        (
            "payment.account_number",
            "4111111111111112",
            "card_number_plausible",
            "warn",
            "卡号与银行卡的校验位不符",
        ),
        (
            "employer.credit_code",
            "91350100M000100Y44",
            "credit_code_valid",
            "fail",
            "统一社会信用代码与最后一位",
        ),
        ("filler.phone", "138", "phone_plausible", "fail", "联系电话是3位数字"),
        ("certificate.number", "1" * 41, "certificate_number_plausible", "fail", "证书编号超过40个字符"),
        ("filler.name", "张3", "name_readable", "fail", "填报人里有数字"),
    ],
)
def test_a_wrong_number_is_kept_and_told_at_its_field(
    field_id: str, typed: str, rule: str, outcome: str, sentence: str
) -> None:
    value, (finding,) = kinds.parse(field(field_id), typed)
    assert value == typed
    assert (finding.rule, finding.outcome, finding.field_id) == (rule, outcome, field_id)
    assert finding.message.startswith(sentence) and finding.message.endswith("。")


def test_a_birth_date_is_judged_against_today_only_where_it_is_given() -> None:
    one = field("applicant.id_number")
    assert kinds.parse(one, "11010519491231002X").findings == ()
    assert "在将来" in kinds.parse(one, "11010519491231002X", date(1949, 12, 30)).findings[0].message


@pytest.mark.parametrize("field_id", ["applicant.name", "employer.name", "certificate.number"])
def test_a_character_without_a_face_is_told_by_its_code_point(field_id: str) -> None:
    assert faces.missing("\U000f0000") == ("\U000f0000",)
    findings = kinds.parse(field(field_id), "张\U000f0000").findings
    (finding,) = [one for one in findings if one.rule == "glyphs_available"]
    assert (finding.outcome, finding.field_id) == ("fail", field_id)
    assert "U+F0000" in finding.message and "打印后手写" in finding.message and "张" not in finding.message


@pytest.mark.parametrize(
    ("field_id", "value", "style", "text"),
    [
        ("claim.applied_on", date(2023, 9, 5), "", "2023年9月5日"),
        ("claim.applied_on", date(2023, 9, 5), "iso", "2023-09-05"),
        ("claim.applied_on", date(2023, 9, 5), "year", "2023"),
        ("claim.applied_on", date(2023, 9, 5), "month", "9"),
        ("claim.applied_on", date(2023, 9, 5), "day", "5"),
        ("claim.earlier_month", "2017-03", "", "2017年3月"),
        ("claim.earlier_month", "2017-03", "year", "2017"),
        ("claim.earlier_month", "2017-03", "month", "3"),
        ("certificate.level", 3, "", "三级"),
        ("certificate.level", 3, "numeral", "三"),
        ("certificate.level", 3, "title", "高级"),
        ("certificate.level", 3, "long", "高级（三级）"),
        ("certificate.level", 2, "long", "技师（二级）"),
        ("certificate.level", 1, "long", "高级技师（一级）"),
        ("certificate.level", 5, "long", "初级（五级）"),
        ("claim.amount", Decimal("1300"), "", "1300.00"),
        ("claim.amount", Decimal("1300"), "capitals", "壹仟叁佰元整"),
        ("claim.amount", Decimal("1300"), "capitals_full", "人民币壹仟叁佰元整"),
        ("claim.amount", Decimal("0"), "capitals", "零元整"),
        ("applicant.id_number", "11010519491231002X", "", "11010519491231002X"),
        ("applicant.id_number", "11010519491231002X", "masked", "110105********002X"),
        ("applicant.sex", "male", "", "男"),
        (
            "applicant.identity_categories", ("graduating_student", "hard_to_employ"), "",
            "毕业年度高校毕业生、就业困难人员",
        ),
        ("claim.is_first", False, "", "否"),
        ("insurance.months_paid", 36, "", "36"),
        ("employer.name", "①㎡", "masked", "①㎡"),
    ],
)  # fmt: skip
def test_a_value_is_shown_as_the_paper_prints_it(field_id: str, value: Answer, style: str, text: str) -> None:
    assert kinds.show(field(field_id), value, style) == text


@pytest.mark.parametrize(
    ("field_id", "raw"),
    [
        ("claim.applied_on", "2023年9月5日"), ("claim.applied_on", 20230905), ("claim.applied_on", "2023-02-30"),
        ("claim.earlier_month", "2017-13"), ("claim.earlier_month", "2017-3"), ("claim.amount", 1300.5),
        ("claim.amount", "1.234"), ("claim.amount", -1), ("claim.amount", True), ("insurance.months_paid", "36"),
        ("insurance.months_paid", True), ("insurance.months_paid", -1), ("insurance.months_paid", 36.0),
        ("certificate.level", "5"), ("certificate.level", 6), ("certificate.level", True), ("claim.is_first", "是"),
        ("claim.is_first", 1), ("applicant.sex", "男"), ("applicant.sex", None), ("applicant.name", 5),
        ("applicant.name", None), ("applicant.name", ["张三"]), ("employer.name", "甲\n乙"),
        ("applicant.identity_categories", "hard_to_employ"), ("applicant.identity_categories", [1]),
        ("applicant.name", {"unread": 5}), ("applicant.name", {}),
    ],
)  # fmt: skip
def test_a_wrong_type_in_a_file_names_the_field(field_id: str, raw: object) -> None:
    with pytest.raises(ValueError, match=field_id) as told:
        kinds.from_json(field(field_id), raw)
    assert str(told.value).count("。") == 1 and str(told.value).endswith("。")


def test_an_unknown_choice_in_a_file_names_the_nearest() -> None:
    with pytest.raises(ValueError, match="没有") as told:
        kinds.from_json(field("certificate.kind"), "skill_lvel")
    assert str(told.value) == "certificate.kind（证书类别）没有“skill_lvel”，最接近的是“skill_level”。"


def test_files_give_money_as_text_or_whole_yuan() -> None:
    assert kinds.from_json(field("claim.amount"), "1300.50") == Decimal("1300.50")
    assert str(kinds.from_json(field("claim.amount"), 1300)) == "1300.00"
    assert kinds.to_json(field("claim.amount"), Decimal("1300")) == "1300.00"


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(sorted(fields())), st.text(max_size=30))
def test_no_text_breaks_a_field_and_every_finding_is_one_sentence(field_id: str, text: str) -> None:
    one = field(field_id)
    value, findings = kinds.parse(one, text)
    assert all(found.field_id == field_id and found.message.count("。") == 1 for found in findings)
    if value is not None:
        assert kinds.from_json(one, kinds.to_json(one, value)) == value
        assert isinstance(kinds.show(one, value), str)


def test_reading_a_value_takes_a_fifth_of_a_millisecond_at_most() -> None:
    for field_id, typed, _value in READ:
        one = field(field_id)
        kinds.parse(one, typed)
        started = time.process_time()
        for _ in range(100):
            kinds.parse(one, typed)
        assert (time.process_time() - started) * 10 < 0.2, field_id
