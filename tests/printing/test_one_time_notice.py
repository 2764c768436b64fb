"""The sheet tells everything at once, in the applicant's words, on as many pages as it needs."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from desktop_app.case import Case
from desktop_app.cli.demo import sample
from desktop_app.finding import Finding
from desktop_app.forms import faces
from desktop_app.forms.catalogue import form
from desktop_app.forms.marks import Page, Text
from desktop_app.policy.assess import assess
from desktop_app.policy.catalogue import policy
from desktop_app.policy.for_applicant import ForApplicant, Item, for_applicant
from desktop_app.policy.model import ClerkChoice, Known, Office
from desktop_app.policy.nearest_yes import remedies
from desktop_app.printing.one_time_notice import Notice, notice_pages
from desktop_app.printing.text_pages import HEIGHT, MARGIN, WIDTH

PAPERS = {
    "tianjin": "tianjin.application",
    "urumqi": "urumqi.review",
    "jilin": "jilin.application",
    "dalian": "dalian.application",
    "chongqing": "chongqing.application",
}
# Words of the office about itself, which no applicant can follow.
OF_THE_OFFICE = (
    "程序里",
    "写明理由",
    "选定",
    "请核实后填写",
    "查询后填写",
    "未配置",
    "经办人对照",
    "政策版本",
    "台账",
)


NOTHING_KNOWN, NOWHERE = Known(), Office()


def told_of(
    region: str, known: Known = NOTHING_KNOWN, office: Office = NOWHERE, **changes: Any
) -> ForApplicant:
    """What the applicant of a sample paper is told, with answers changed or (None) taken away."""
    paper, rules = form(PAPERS[region]), policy(region)
    case = sample(paper)
    for key, value in changes.items():
        case = case.with_answer(key.replace("__", "."), value)
    found = assess(paper, case, rules, known)
    mended = remedies(replace(case, answers=found.answers), rules, known, found.decision)
    return for_applicant(paper, rules, found, office, mended)


def empty(region: str) -> ForApplicant:
    paper = form(PAPERS[region])
    case = Case(paper.id, paper.version, region, date(2025, 7, 1), {})
    return for_applicant(paper, policy(region), assess(paper, case, policy(region)))


def sentences(told: ForApplicant) -> str:
    return "\n".join(each.sentence for part in told for each in part)


def pages_of(told: ForApplicant) -> tuple[Page, ...]:
    return notice_pages(
        Notice(
            "样例𬱖",
            "吉林省参保企业职工技能提升补贴申请表",
            "样例市社会保险事业管理局",
            "0431-88990000",
            date(2017, 10, 9),
            told,
        )
    )


def words(pages: tuple[Page, ...]) -> str:
    return "".join(mark.text for page in pages for mark in page.marks if isinstance(mark, Text))


@pytest.mark.parametrize("region", PAPERS)
def test_it_says_what_to_bring_and_where(region: str) -> None:
    told = told_of(region, claim__channel="walk_in")
    assert told.bring and told.where
    assert all(each.source for each in (*told.bring, *told.where, *told.phones))
    assert not told.fill


@pytest.mark.parametrize("region", PAPERS)
def test_no_word_is_the_offices_own(region: str) -> None:
    odd = {
        "applicant__id_number": "123",
        "payment__account_number": "6222021000000000123",
        "payment__account_name": "别人",
        "certificate__issued_on": date(2016, 1, 1),
        "certificate__verification": "not_found",
    }
    choices = {"certificate_kind_accepted": ClerkChoice("strict", "内部理由")}
    for told in (
        empty(region),
        told_of(region),
        told_of(region, **odd),
        told_of(region, Known(choices=choices), certificate__kind="skill_level"),
    ):
        text = sentences(told)
        assert not [each for each in (*OF_THE_OFFICE, "内部理由") if each in text], text


@pytest.mark.parametrize("region", PAPERS)
def test_an_empty_paper_is_asked_for_once_and_by_its_own_labels(region: str) -> None:
    (item,) = empty(region).fill
    paper = form(PAPERS[region])
    names = item.sentence[item.sentence.index("补填：") + 3 : -1].split("、")
    assert len(names) == len(set(names))
    labels = {"".join(each.label.split()) for each in paper.fields}
    assert set(names) <= labels
    assert "性别" not in names and "出生日期" not in names


def test_a_missing_number_does_not_ask_for_the_birth_date_too() -> None:
    told = told_of("tianjin", applicant__id_number=None, applicant__sex=None, applicant__birth_date=None)
    assert "身份证号" in told.fill[0].sentence and "出生日期" not in sentences(told)


def test_materials_and_places_follow_the_channel() -> None:
    counter = told_of("jilin", claim__channel="walk_in")
    assert "身份证（原件及复印件）" in sentences(counter)
    assert [each.sentence for each in counter.where] == [
        "到本人失业保险参保地社保经办机构（省直行业单位参保企业职工到省社保局）办理。"
    ]
    online = told_of("tianjin", claim__channel="online")
    assert "银行卡照片（网上上传）" in sentences(online) and "原件" not in sentences(online)
    collective = told_of("jilin", claim__channel="collective")
    assert "失业保险科（处）" in collective.where[0].sentence


def test_copies_and_telephones_are_told() -> None:
    assert "自治区失业保险职业技能提升补贴申报审核表（一式三份）" in sentences(told_of("urumqi"))
    assert "12333" in sentences(told_of("tianjin"))
    assert "88126933" in sentences(told_of("chongqing"))
    ganjingzi = told_of("dalian", office=Office("1", "甘井子区", "样例中心"))
    assert [each.sentence for each in ganjingzi.phones] == [
        "甘井子区公共服务中心：咨询电话86602097，监督电话86589492。",
        "大连市就业服务中心：咨询电话84369129，监督电话84369105。",
    ]


def test_a_condition_that_time_heals_says_when() -> None:
    history = {"claim__is_first": None, "claim__earlier_month": None}
    history |= {"claim__earlier_occupation": None, "claim__earlier_level": None}
    told = told_of("jilin", insurance__months_paid=35, **history)
    assert len(told.not_met) == 1 and "起可以申领。" in told.not_met[0].sentence


def test_what_was_written_wrong_is_told_once() -> None:
    fault = Finding("", "fail", "applicant.phone", "手机号应是11位，请核对。")
    paper, rules = form("jilin.application"), policy("jilin")
    case = sample(paper).with_answer("applicant.id_number", "123")
    told = for_applicant(paper, rules, assess(paper, case, rules), paper_faults=(fault, fault))
    assert [each.sentence for each in told.mend if "初次" not in each.sentence] == [
        "身份证号有误，请对照身份证改正。",
        "联系电话：手机号应是11位，请核对。",
    ]


def test_sections_are_numbered_without_a_gap() -> None:
    bring, where = (Item("身份证（原件及复印件）", "甲 一"),), (Item("到窗口办理。", "甲 二"),)
    nothing_missing = words(pages_of(ForApplicant(bring=bring, where=where)))
    assert "一、请准备的材料" in nothing_missing and "二、到哪里办" in nothing_missing
    assert "已经填齐" in nothing_missing
    one = words(pages_of(ForApplicant((Item("请补填：联系电话。"),), bring=bring, where=where)))
    assert "一、请补填" in one and "二、请准备的材料" in one and "三、到哪里办" in one
    assert "已经填齐" not in one


def test_every_item_stands_whole_and_an_article_once_for_its_run() -> None:
    many = tuple(
        Item(f"第{number}件材料，原件及复印件", "吉人社联字〔2017〕67号 二（二）") for number in range(1, 41)
    )
    pages = pages_of(ForApplicant(bring=many))
    text = words(pages)
    assert all(item.sentence in text for item in many)
    assert text.count("67号") == 1
    assert "样例𬱖" in text and "2017年10月9日" in text and "0431-88990000" in text
    assert len(pages) > 1


def test_nothing_leaves_the_page() -> None:
    long = Item("样例" * 60 + "，请核对。", "吉人社联字〔2017〕67号 二（二）")
    for page in pages_of(ForApplicant((long,) * 3, (long,) * 9, (long,), (long,) * 5, (long,), (long,))):
        for mark in page.marks:
            if isinstance(mark, Text):
                assert mark.x >= MARGIN - 0.1
                assert mark.x + faces.text_width(mark.text, mark.face, mark.size) <= WIDTH - MARGIN + 0.2
                assert mark.y <= HEIGHT - MARGIN + 1


def test_a_character_that_no_face_has_leaves_room_to_write_it_in() -> None:
    unknown = "\U00031350"
    assert faces.missing(unknown)
    text = words(pages_of(ForApplicant((Item(f"样例{unknown}没有签名。"),))))
    assert "样例\u3000没有签名。" in text
