"""A form file is read whole, or every fault of it is told at once with its place and remedy."""

import pytest

from desktop_app.faults import Faults
from desktop_app.forms.layout import lay_out
from desktop_app.forms.load import load_form

HEAD = """
id = "sample.application"
version = "2026-01-01"
title = "样例申请表"
region = "jilin"
source = "样例文件"
margins = [20, 20, 20, 20]
"""

GOOD = (
    HEAD
    + """
required = ["applicant.name"]
[[block]]
text = "样例申请表"
align = "center"
size = 18
[[block]]
columns = [30, 50, 30, 60]
[[block.row]]
height = 10
cells = ["姓名", "{applicant.name}", "联系电话", "{applicant.phone}"]
[[block.row]]
height = 30
cells = ["意见", "同意。\\n{stamp}\\n→年　月　日", "<", "<"]
"""
)


def faults_of(text: str) -> tuple[str, ...]:
    with pytest.raises(Faults) as told:
        load_form(text, "sample.toml")
    return told.value.faults


def test_a_good_file_becomes_a_form() -> None:
    form = load_form(GOOD, "sample.toml")
    assert form.title == "样例申请表"
    assert [(each.field_id, each.is_required) for each in form.fields] == [
        ("applicant.name", True),
        ("applicant.phone", False),
    ]
    page = lay_out(form).pages[0]
    assert [slot.field_id for slot in page.slots] == ["applicant.name", "applicant.phone"]
    assert [area.purpose for area in page.kept] == ["stamp"]


def test_all_faults_are_told_at_once_with_their_places() -> None:
    text = GOOD.replace("{applicant.name}", "{aplicant.name}").replace(
        "{applicant.phone}", "{applicant.phone 12 bold}"
    )
    faults = faults_of(text)
    assert any("第2块第1行第2格" in each and "applicant.name" in each for each in faults)
    assert any("第2块第1行第4格" in each and "bold" in each for each in faults)
    assert any("必填" in each for each in faults)


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ('"联系电话", "{applicant.phone}"]', '"联系电话"]', "第2块第1行", "3 格，而这张表有 4 列"),
        ('["姓名", ', '["<", ', "第2块第1行第1格", "最左边"),
        ('["姓名", ', '["^", ', "第2块第1行第1格", "第一行"),
        (
            '["意见", "同意。\\n{stamp}\\n→年　月　日", "<", "<"]',
            '["^", "^", "<", "意见"]',
            "第2块第1行第2格",
            "重叠",
        ),
        ("[30, 50, 30, 60]", "[30, 50, 30, 90]", "第2块", "比版心宽 30.0 毫米"),
        ("height = 30", "height = 300", "", "内容比纸面高"),
        ("height = 30", "height = -1", "第2块第2行", "行高"),
        ("height = 30", 'height = "高"', "第2块第2行", "应是数"),
        ('"姓名"', '"姓名\U00030edd"', "第2块第1行第1格", "U+30EDD"),
        ('"姓名"', '"姓名{applicant.name"', "第2块第1行第1格", "花括号"),
        ('"姓名"', '"{_}"', "第2块第1行第1格", "宽度"),
        ('"姓名"', '"{signature}"', "第2块第1行第1格", "签字处"),
        ('"姓名"', '"{certificate.kind=skill_lvel}职业技能等级证书"', "第2块第1行第1格", "skill_level"),
        (
            '"姓名"',
            '"' + "很长的标签" * 9 + '"',
            "第2块第1行第1格",
            "放不下",
        ),
        ('version = "2026-01-01"', 'version = "新版"', "", "启用日期"),
        ('region = "jilin"', "", "", "region"),
        ('source = "样例文件"', 'sorce = "样例文件"', "", "source"),
        ('title = "样例申请表"', 'title = "样例申请表"\ntitle = "又一张"', "第5行", "写了两次"),
        ('title = "样例申请表"', 'title = "样例申请表', "第4行", "不合 TOML"),
    ],
)
def test_a_fault_names_its_place_and_what_to_do(old: str, new: str, place: str, words: str) -> None:
    assert old in GOOD
    faults = faults_of(GOOD.replace(old, new))
    assert any(place in each and words in each for each in faults), faults
    assert all(each.startswith("sample.toml") and each.endswith("。") for each in faults)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("[30, 50, 30, 60]", '["a"]', "“columns”应是方括号里的几个数"),
        ("[30, 50, 30, 60]", "[nan, 50, 30, 60]", "“columns”应是方括号里的几个数"),
        ("[30, 50, 30, 60]", "[true, 50, 30, 60]", "“columns”应是方括号里的几个数"),
        ('id = "sample.application"', "id = 5", "“id”应是带引号的文字"),
        ('id = "sample.application"', 'id = "../../a"', "“id”应是小写字母"),
        ('region = "jilin"', 'region = "Mars/.."', "“region”应是小写字母"),
        ("margins = [20, 20, 20, 20]", "margins = [-100, 20, 20, 20]", "“margins”应是"),
        ("margins = [20, 20, 20, 20]", "margins = [inf, 20, 20, 20]", "“margins”应是"),
        ("size = 18", "space = nan", "“space”应是数"),
        ("size = 18", "space = -5", "“space”应是 0 到"),
        ("size = 18", "lead = 0", "“lead”应是 0.5 到 5"),
        ("[30, 50, 30, 60]", "[30, 50, 30, 60]\nmin_rows = 1000000", "“min_rows”应是 0 到"),
        ("height = 10", "", "没有自己的格"),
        ('required = ["applicant.name"]', "order = [[1]]", "“order”应是方括号里的几个文字"),
        ('required = ["applicant.name"]', 'block = "x"', "写了两次"),
        ('required = ["applicant.name"]', f"copies = {'9' * 5000}", "读不懂的数字"),
        ('required = ["applicant.name"]', f"order = {'[' * 600}{']' * 600}", "套得太深"),
        ('required = ["applicant.name"]', "wording = 5", "“wording”应是"),
        ('required = ["applicant.name"]', 'labels = { "applicant.name" = 5 }', "“labels”应是"),
    ],
)
def test_a_value_of_another_kind_is_told(old: str, new: str, words: str) -> None:
    text = GOOD.replace(old, new)
    if "自己的格" in words:
        text = text.replace(
            '["姓名", "{applicant.name}", "联系电话", "{applicant.phone}"]', '["<", "<", "<", "<"]'
        )
    faults = faults_of(text)
    assert any(words in each for each in faults), faults
    assert all(each.startswith("sample.toml") and each.endswith("。") for each in faults)


@pytest.mark.parametrize("block", ['"x"', "[1]", "5", "[[1]]"])
def test_a_block_that_is_no_table_is_told(block: str) -> None:
    assert any("“block”应是双方括号的几张表" in each for each in faults_of(f"{HEAD}\nblock = {block}"))
