"""The wording of every blank paper, held against the official documents to the letter.

Each paper's wording stands here as the document prints it, row by row; a line break inside a label or sentence and
blanks do not count. What a paper prints must be this and nothing else, in this order. A square of a choice is drawn
and not written, so it does not stand here; the square and the tick of a note are text.
"""

import pypdfium2
import pytest
from pypdf import PdfReader

from desktop_app.forms.catalogue import form, form_ids
from desktop_app.forms.draw import draw
from desktop_app.forms.fields import fields
from desktop_app.forms.layout import lay_out
from desktop_app.forms.load import options_of
from desktop_app.forms.marks import Text
from desktop_app.forms.model import case_of
from desktop_app.printing.pdf import pdf_bytes, sheets

URUMQI_HEAD = ("序号", "职工信息")
OPINION_FOOT = ("负责人签字：", "经办人签字：", "联系电话：", "年", "月", "日")
CERTIFICATE = ("职业（工种）名称：", "等级：", "证书编号：", "发证机构：", "核发时间：", "年", "月", "日")
JILIN_PERIOD = ("报告期(", "年", "月", "日——", "年", "月", "日)")
JILIN_FOOT = ("填报人：", "负责人：", "联系电话：", "填报时间:")
JILIN_LEVELS = ("合计", "初级（五级）", "中级（四级）", "高级（三级）")
SAMPLE = "参考样式"

WORDING: dict[str, tuple[str, ...]] = {
    # 乌人社办〔2017〕358号 附件1
    "urumqi.review": (
        "自治区失业保险职业技能提升补贴申报审核表",
        "申请时间：", "年", "月", "日",
        "个 人 申 报 信 息",
        "姓名", "性别", "出生日期",
        "身份证号", "联系电话", "申请职业（工种）",
        "工作单位全称", "证书核发日期",
        "发证机关", "证书编号",
        "社会保障卡号或本人银行卡号", "开户银行", "卡号",
        "真实性声明",
        "本人承诺：以上申报内容属实。同一职业（工种）同一等级未重复申领此项补贴，如有虚假，"
        "本人愿承担一切法律责任。",
        "申请人（签字）：", "年", "月", "日",
        "用 人 单 位 意 见",
        "累计缴纳失业保险费", "个月", "证书核验情况：",
        "享受补贴等级", "初级（五级）", "中级（四级）", "高级（三级）",
        "用人单位意见（盖章）：", *OPINION_FOOT,
        "参 保 统 筹 地 区 人 社 部 门 意 见",
        "证书复核情况：",
        "补贴金额（元）", "小写：￥", "大写：",
        "人社部门审核意见（盖章）：", *OPINION_FOOT,
        "填表说明：",
        "1.此表一式三份，一份由人社部门留档，一份由失业保险经办机构留档，一份由企业留档。",
        "2.签字部分均由申请人手工填写。",
        "3.累计缴纳失业保险费填写月数，证书核验情况填写“真实有效”或“查询无果”。",
    ),
    # 乌人社办〔2017〕358号 附件2
    "urumqi.summary": (
        "乌鲁木齐市申请职业技能提升补贴汇总表",
        "填报单位：", "（盖章）", "填报时间：",
        *URUMQI_HEAD, "参保信息", "拟申请证书信息", "拟申请补贴金额",
        "市就业服务管理局", "市社会保险管理局", "市人力资源和社会保障局审核",
        "姓名", "身份证号", "社保编号", "缴费年限（月）", "资格证书编号", "核发日期", "职业（工种）", "等级",
        "受理窗口审核意见", "职业技能鉴定科审核意见", "审核意见", "复核意见",
        "单位填报人：", "联系电话：",
        "受理窗口审核人：", "时间：", "（部门公章）",
        "鉴定科审核人：", "时间：", "（部门公章）",
        "社保局审核人：", "时间：", "（部门公章）",
        "复核人：", "（部门公章）",
        "填表备注：1.申报单位应当严格按照本表格式填写，不得随意变动；职工信息、参保信息、拟申请证书信息、"
        "拟申请补贴金额由申报单位填写。",
        "2.申报单位按照证书同一等级依次填写；",
        "3.纸质版应使用 A3 打印；",
        "4.申报时同时提交该表电子版。",
    ),
    # 乌人社办〔2017〕358号 附件3
    "urumqi.publicity_certificate": (
        "职业技能提升补贴公示证明",
        "按照《关于失业保险支持参保职工提升职业技能有关问题的通知》，兹有我单位以下职工经核验符合申报条件，"
        "且已在本单位张榜公示，经公示无异议，特此证明。",
        *URUMQI_HEAD, "社保信息", "拟申请证书信息",
        "姓名", "身份证号", "社保编号", "缴费年限（月）", "资格证书编号", "职业（工种）", "等级", "证书核发日期",
        "单位（盖章）", "年", "月", "日",
    ),
    # 乌人社办〔2017〕358号 三（二）5
    "urumqi.public_list": (
        SAMPLE, "乌鲁木齐市职业技能提升补贴公示名单",
        "序号", "姓名", "工作单位全称", "职业（工种）", "等级", "补贴金额（元）",
        "公示时间 5 个工作日，举报投诉电话：0991-4680700，邮箱：wlmqzyjnbtjd@163.com",
    ),
    # 吉人社联字〔2017〕67号 附件1
    "jilin.application": (
        "吉林省参保企业职工技能提升补贴申请表",
        "姓    名", "性别", "出生日期",
        "单位全称", "(营业执照为准)",
        "所属行业", "单位地址",
        "职业（工种）及等级", "证书编号", "核发日期",
        "家庭地址", "联系电话",
        "身份证号",
        "社会保障卡或银行卡号",
        "开户银行",
        "技能补贴申领情况",
        "初次申请；", "多次申请，", "年", "月已申领过", "职业（工种）", "等级的技能提升补贴。",
        "承诺书",
        "本人承诺以上内容及所提供的材料真实有效，如有虚假不得享受相关补贴，并承担相应法律责任。",
        "年", "月", "日", "申请人签字：", "代办人签字：", "代办人身份证号：",
        "社保经办机构审核",
        "根据吉林省参保职工技能提升补贴政策有关规定，申请人取得", "职业（工种）", "级资格证书，（是、否）",
        "属本地区紧缺急需职业（工种）目录，可享受技能提升补贴", "元。",
        "年", "月", "日", "（盖章）",
        "经办人（签章）：", "复核人（签章）：",
    ),
    # 吉人社联字〔2017〕67号 附件2
    "jilin.publicity_filing": (
        "吉林省技能提升补贴申请人员公示备案情况表",
        "填报单位：", "（盖章）", *JILIN_PERIOD,
        "序号", "姓名", "性别", "身份证号", "企业名称", "证书等级或类别", "证书编号", "核发日期", "补贴金额",
        *JILIN_FOOT,
    ),
    # 吉人社联字〔2017〕67号 三（二）
    "jilin.public_list": (
        SAMPLE, "吉林省参保企业职工技能提升补贴公示名单",
        "序号", "姓名", "证书类别", "职业（工种）", "等级", "补贴金额",
    ),
    # 吉人社联字〔2017〕67号 附件4
    "jilin.monthly_statistics": (
        "吉林省参保企业职工技能提升补贴发放情况统计表",
        "填报单位:", "(盖章)", *JILIN_PERIOD, "单位：人、万元",
        "补贴类型", "人数", "金额", *JILIN_LEVELS, *JILIN_LEVELS,
        "职业资格证书",
        "职业技能等级证书",
        "合计",
        *JILIN_FOOT,
    ),
    # 渝人社办〔2025〕84号 附件
    "chongqing.application": (
        "重庆市职业技能评价补贴申请表",
        "申请人姓名", "性别", "身份证号",
        "户籍所在地", "联系电话",
        "家庭住址",
        "身份类别",
        "1.防止返贫监测对象",
        "2.毕业年度高校毕业生（含技师学院高级工班、预备技师班和特殊教育院校职业教育类毕业生）",
        "3.城乡未继续升学的应届初高中毕业生",
        "4.农村转移就业劳动者", "5.城镇登记失业人员",
        "6.就业困难人员（低保家庭人员、零就业家庭人员、残疾人、退捕渔民、去产能企业职工，"
        "以及公益性岗位就业登记人员等）",
        "证书类别",
        "1.职业资格证书", *CERTIFICATE,
        "2.职业技能等级证书", *CERTIFICATE,
        "3.专项职业能力证书", "名称：", "证书编号：", "发证机构：", "核发时间：", "年", "月", "日",
        "申请补贴金额及本人银行账户信息", "申请补贴金额：",
        "户 名", "开户银行",
        "账 号",
        "申请人承诺",
        "本人按照有关文件规定申请职业技能评价补贴，提交的各项申请材料真实有效。如有虚假内容，"
        "本人自愿承担由此产生的法律责任。",
        "申请人签字：", "年", "月", "日",
        "注：1.选择性项目，请在□打“√”；2.关于补贴对象身份类别，因审核需要，"
        "请申请人按照审核部门的要求补充有关佐证材料。",
    ),
    # 渝人社办〔2025〕84号 一（三）
    "chongqing.public_list": (
        SAMPLE, "重庆市职业技能评价补贴公示名单",
        "序号", "人员名单", "职业（工种）名称", "技能等级", "补贴金额",
    ),
    # 天津市2023年职业技能提升补贴指南 三（二）2
    "tianjin.application": (
        SAMPLE, "天津市技能提升补贴申请表",
        "姓名", "身份证号",
        "取得证书信息",
        "取证时人员类别", "取得证书时间", "请填写证书上的发证日期",
        "技能提升补贴",
        "证书名称", "证书编码", "字母需大写",
        "补贴年度", "职业名称",
        "联系人", "联系电话",
        "职业技能等级",
        "申请时参保单位名称", "申请时参保单位类型", "取证时参保单位名称", "取证时参保单位类型",
        "发放银行", "发放卡号",
        "补贴金额", "申请时间",
        "申请人签字：", "年", "月", "日",
    ),
    # 天津市2023年职业技能提升补贴指南 三（三）
    "tianjin.public_list": (
        SAMPLE, "技能提升补贴公示名单", "区", "姓名", "证书名称", "职业", "等级", "金额",
    ),
    # 大连市企业职工个人申请职业培训补贴操作指南 一3
    "dalian.application": (
        SAMPLE, "大连市企业职工职业培训补贴申请表",
        "姓名", "身份证编号",
        "个人社保账号", "联系电话",
        "人员类别",
        "单位名称",
        "证书类别", "证书等级",
        "证书编号", "证书核发日期",
        "职种",
        "开户银行",
        "账号",
        "申请人签字：", "年", "月", "日",
    ),
    # 大连市企业职工个人申请职业培训补贴操作指南 三
    "dalian.public_list": (
        SAMPLE, "企业职工岗位技能提升补贴名单",
        "序号", "姓名", "证书类别", "职种", "证书等级", "补贴金额",
    ),
}  # fmt: skip

# The squares of each paper in the document's order, and how many papers are signed or stamped where.
SQUARES: dict[str, tuple[str, ...]] = {
    "urumqi.review": ("5", "4", "3"),
    "jilin.application": ("yes", "no"),
    "chongqing.application": (
        "poverty_return_monitored", "graduating_student", "unenrolled_school_leaver", "rural_migrant_worker",
        "registered_unemployed", "hard_to_employ", "vocational_qualification", "skill_level", "special_ability",
    ),
}  # fmt: skip
SIGNATURES = {
    "urumqi.review": 5, "urumqi.summary": 4, "jilin.application": 4, "chongqing.application": 1,
    "tianjin.application": 1, "dalian.application": 1,
}  # fmt: skip
STAMPS = {"urumqi.review": 2, "urumqi.summary": 4, "urumqi.publicity_certificate": 1, "jilin.application": 1}


def compact(*texts: str) -> str:
    """Join texts without any blank."""
    return "".join("".join(texts).split())


def printed(form_id: str) -> str:
    marks = [mark for page in lay_out(form(form_id)).pages for mark in page.marks]
    return compact(*(mark.text for mark in marks if isinstance(mark, Text) and mark.layer == "form"))


def blank_pdf(form_id: str) -> bytes:
    paper = form(form_id)
    return pdf_bytes(sheets(draw(paper, case_of(paper, {}))), paper.title)


def test_each_paper_is_held_against_its_document() -> None:
    assert set(form_ids()) >= set(WORDING)


@pytest.mark.parametrize("form_id", WORDING)
def test_the_blank_paper_says_what_the_document_says_and_nothing_else(form_id: str) -> None:
    assert printed(form_id) == compact(*WORDING[form_id])


@pytest.mark.parametrize("form_id", WORDING)
def test_the_blank_pdf_says_the_same_to_two_readers(form_id: str, tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "blank.pdf"
    path.write_bytes(blank_pdf(form_id))
    expected = compact(*WORDING[form_id])
    document = pypdfium2.PdfDocument(path)
    assert len(document) == 1
    read = compact(document[0].get_textpage().get_text_range())
    document.close()
    assert read == expected
    assert sorted(compact(PdfReader(path).pages[0].extract_text())) == sorted(expected)


@pytest.mark.parametrize("form_id", WORDING)
def test_squares_stand_in_the_order_of_the_document(form_id: str) -> None:
    slots = [slot for page in lay_out(form(form_id)).pages for slot in page.slots]
    assert tuple(slot.option for slot in slots if slot.shape == "square") == SQUARES.get(form_id, ())


@pytest.mark.parametrize("form_id", WORDING)
def test_hands_and_seals_have_their_room(form_id: str) -> None:
    kept = [area for page in lay_out(form(form_id)).pages for area in page.kept]
    signatures = [area for area in kept if area.purpose == "signature"]
    assert len(signatures) >= SIGNATURES.get(form_id, 0)
    assert all(area.width >= 20 and area.height >= 5 for area in signatures)
    stamps = [area for area in kept if area.purpose == "stamp"]
    assert len(stamps) == STAMPS.get(form_id, 0)
    assert all(area.height >= 29.5 and area.width >= 42 for area in stamps)


@pytest.mark.parametrize("form_id", WORDING)
def test_help_ends_with_its_source_and_stands_at_a_field_of_the_paper(form_id: str) -> None:
    paper = form(form_id)
    asked = {each.field_id for each in paper.fields}
    for field_id, text in paper.help.items():
        assert field_id in asked, field_id
        source = text.rsplit("。", 1)[1]
        documents = (
            "乌人社办〔2017〕358号 ",
            "吉人社联字〔2017〕67号 ",
            "渝人社办〔2025〕84号 ",
            "天津市2023年职业技能提升补贴指南 ",
            "大连市企业职工个人申请职业培训补贴操作指南 ",
        )
        assert source.startswith(documents), text


@pytest.mark.parametrize("form_id", WORDING)
def test_a_sample_says_so_on_paper_and_in_its_description(form_id: str) -> None:
    is_named = WORDING[form_id][0] == SAMPLE
    assert form(form_id).is_sample is is_named
    assert SAMPLE not in form(form_id).source, "told once, beside the source"


def test_paper_sizes_and_copies_are_those_of_the_documents() -> None:
    assert form("urumqi.review").copies == 3
    assert (form("urumqi.summary").paper, form("urumqi.summary").orientation) == ("A3", "landscape")
    for form_id in ("jilin.publicity_filing", "jilin.monthly_statistics"):
        assert (form(form_id).paper, form(form_id).orientation) == ("A4", "landscape")
    assert form("jilin.publicity_filing").masked == ("applicant.id_number",)


def test_choices_use_the_words_of_the_papers() -> None:
    assert (
        form("tianjin.public_list").wording["certificate.kind"]["vocational_qualification"]
        == "国家职业资格证书"
    )
    labels = [choice.label for choice in fields()["certificate.verification"].choices]
    assert labels == ["真实有效", "查询无果"]
    assert options_of("certificate.level")[:3] == ("5", "4", "3")
