"""The vocabulary of fields: whole, and told with file and key where it is damaged."""

import pytest

from desktop_app.faults import Faults, nearest
from desktop_app.forms.fields import Choice, UnknownField, field, fields, load_fields

GOOD = '["applicant.sex"]\nlabel = "性别"\nkind = "choice"\n["applicant.sex".choices]\nmale = "男"\nfemale = "女"\n'


def test_the_vocabulary_of_the_program_is_whole() -> None:
    known = fields()
    assert len(known) == 75
    assert all(one.id == field_id for field_id, one in known.items())
    assert known is fields()


def test_a_field_has_its_label_kind_and_choices() -> None:
    sex = field("applicant.sex")
    assert (sex.label, sex.kind, sex.is_derived) == ("性别", "choice", True)
    assert sex.choices == (Choice("male", "男"), Choice("female", "女"))
    assert [choice.label for choice in field("certificate.kind").choices] == [
        "职业资格证书", "职业技能等级证书", "专项职业能力证书", "专业技术人员职业资格证书",
    ]  # fmt: skip
    assert [choice.id for choice in field("applicant.identity_categories").choices] == [
        "poverty_return_monitored", "graduating_student", "unenrolled_school_leaver", "rural_migrant_worker",
        "registered_unemployed", "hard_to_employ",
    ]  # fmt: skip


def test_what_the_program_works_out_is_marked() -> None:
    derived = {field_id for field_id, one in fields().items() if one.is_derived}
    assert derived == {"applicant.sex", "applicant.birth_date", "claim.amount", "claim.is_shortage"}


@pytest.mark.parametrize(
    ("field_id", "kind"),
    [
        ("applicant.name", "name"), ("applicant.id_number", "id_number"), ("agent.id_number", "id_number"),
        ("certificate.number", "certificate_number"), ("certificate.level", "level"), ("claim.year", "whole_number"),
        ("claim.earlier_month", "month"), ("claim.earlier_level", "level"), ("payment.account_number", "card"),
        ("insurance.number", "text"), ("insurance.benefit_to", "date"), ("employer.credit_code", "credit_code"),
        ("period.from", "date"), ("claim.amount", "money"), ("applicant.identity_categories", "choices"),
        ("employer_at_certificate.kind", "choice"), ("office.contact_phone", "phone"), ("claim.is_first", "yes_no"),
    ],
)  # fmt: skip
def test_a_field_has_the_kind_of_the_contract(field_id: str, kind: str) -> None:
    assert field(field_id).kind == kind


def test_an_unknown_id_names_the_nearest() -> None:
    assert nearest("aplicant.nam", fields()) == "applicant.name"
    with pytest.raises(UnknownField) as told:
        field("certificate.levle")
    assert str(told.value) == "没有字段“certificate.levle”，最接近的是“certificate.level”。"
    with pytest.raises(UnknownField) as told:
        field("qqq")
    assert str(told.value) == "没有字段“qqq”。"


def test_a_good_file_loads() -> None:
    assert list(load_fields(GOOD, "x.toml")) == ["applicant.sex"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (GOOD.replace("label", "lable"), 'x.toml：["applicant.sex"]没有“lable”这一项，请删去或改正拼写。'),
        (GOOD.replace('"choice"', '"chioce"'), 'x.toml：["applicant.sex"]的kind不是已知的种类'),
        (GOOD.replace('"choice"', '"text"'), 'x.toml：["applicant.sex"]只有choice和choices才有选项'),
        (GOOD.replace('"男"', "1"), 'x.toml：["applicant.sex"]的choices应是'),
        (GOOD + GOOD, "x.toml 第7行第17列：同一项写了两次"),
        ('x = 1\n', 'x.toml：["x"]应是一张表'),
    ],
)  # fmt: skip
def test_a_damaged_file_says_file_key_and_remedy(text: str, fault: str) -> None:
    with pytest.raises(Faults) as told:
        load_fields(text, "x.toml")
    assert any(one.startswith(fault) for one in told.value.faults), told.value.faults


def test_all_faults_are_told_at_once() -> None:
    text = '["a.b"]\nlabel = ""\nkind = "text"\n["c.d"]\nlabel = "丙"\nkind = "choice"\n'
    with pytest.raises(Faults) as told:
        load_fields(text, "x.toml")
    assert len(told.value.faults) == 2


def test_a_field_may_depend_on_another() -> None:
    assert field("claim.earlier_month").only_if == ("claim.is_first", ("no",))
    text = '["a.b"]\nlabel = "甲"\nkind = "text"\nonly_if = { "c.d" = ["yes"] }\n'
    with pytest.raises(Faults, match=r"c\.d"):
        load_fields(text, "样例.toml")
    with pytest.raises(Faults, match="only_if"):
        load_fields(text.replace('["yes"]', '"yes"'), "样例.toml")
