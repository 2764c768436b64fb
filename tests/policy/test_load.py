"""Policy files: the shipped ones are complete, wrong ones get every fault at once with place and remedy."""

import pytest

from desktop_app.faults import Faults
from desktop_app.forms.catalogue import form
from desktop_app.policy.catalogue import UnknownRegion, at, policy
from desktop_app.policy.compiled import selecting_day
from desktop_app.policy.load import load_policy
from desktop_app.policy.materials import materials_for
from desktop_app.policy.page import policy_page
from desktop_app.policy.rules import RULES
from desktop_app.regions import region_ids
from tests.support.policy_cases import FOLDER, GOOD, policy_of

SHIPPED = ("chongqing", "dalian", "jilin", "tianjin", "urumqi")
TEXT = (FOLDER / "haibin.toml").read_text(encoding="utf-8")


def faults(text: str) -> tuple[str, ...]:
    with pytest.raises(Faults) as raised:
        load_policy(text, "海滨.toml")
    assert all(each.startswith("海滨.toml") and each.endswith("。") for each in raised.value.faults)
    return raised.value.faults


def test_every_region_has_its_policy() -> None:
    assert region_ids() == SHIPPED


@pytest.mark.parametrize("region", SHIPPED)
def test_every_value_has_day_source_and_check(region: str) -> None:
    shipped = policy(region)
    for value in (*shipped.editions, *shipped.calls, *shipped.amounts, *shipped.lists):
        assert value.source and value.first_day.year > 1977 and value.confirmed.year > 2025
    first = selecting_day(shipped, shipped.editions[0])
    assert all(each.first_day == first for each in shipped.calls)
    for value in (*shipped.clocks, *shipped.checks, *shipped.materials, *shipped.lookups):
        assert value.source
    assert shipped.publicity and shipped.materials and shipped.lookups and shipped.clocks


@pytest.mark.parametrize("region", SHIPPED)
def test_page_tells_every_rule_with_its_article_and_everything_open(region: str) -> None:
    shipped, terms = at(region, policy(region).editions[0].certificates_from)
    page = policy_page(shipped, shipped.editions[0].certificates_from)
    assert shipped.editions[0].document in page and shipped.version(terms.edition) in page
    for call in shipped.calls:
        assert call.source in page and call.rule not in page
        assert call.open_point in page
    for note in shipped.notes:
        assert note.text in page
    assert "None" not in page and "Decimal" not in page


def test_page_says_when_no_edition_is_at_hand() -> None:
    shipped = policy("tianjin")
    assert "程序里没有适用" in policy_page(shipped, shipped.editions[0].certificates_to.replace(year=2024))  # type: ignore[union-attr]
    assert "程序里没有适用" not in policy_page(shipped, shipped.editions[0].certificates_from)


def test_dalian_has_its_agencies() -> None:
    agencies = policy("dalian").agencies
    assert len(agencies) == 14
    assert ("大连市就业服务中心", "84369129", "84369105") in [each[:3] for each in agencies]


@pytest.mark.parametrize("region", SHIPPED)
def test_receiving_places_and_telephones_have_their_articles(region: str) -> None:
    shipped = policy(region)
    assert shipped.places and all(each.source and each.text for each in shipped.places)
    # No document gives a telephone of Jilin: the office's own stands on the notice.
    assert bool(shipped.agencies) is (region != "jilin")
    assert all(each.source for each in shipped.agencies)
    assert "claim.channel" in shipped.facts


@pytest.mark.parametrize("region", SHIPPED)
def test_posted_list_has_the_columns_of_its_paper(region: str) -> None:
    paper = form(f"{region}.public_list")
    publicity = policy(region).publicity
    assert publicity is not None
    assert set(publicity.columns) == {each.field_id for each in paper.fields if each.is_repeated}
    assert set(publicity.masked) == set(paper.masked)


# Law of the whole country, and the notice that Chongqing's rests on, beside a region's own document.
BESIDE = ("国发〔1978〕104号", "国务院关于渐进式延迟法定退休年龄的办法", "渝人社发〔2024〕13号")


@pytest.mark.parametrize("region", SHIPPED)
def test_every_source_is_the_regions_document_by_its_one_name(region: str) -> None:
    shipped = policy(region)
    documents = tuple(each.document for each in shipped.editions)
    dated = (*shipped.editions, *shipped.calls, *shipped.amounts, *shipped.lists, *shipped.retirement_ages)
    told = (
        *shipped.clocks,
        *shipped.checks,
        *shipped.materials,
        *shipped.places,
        *shipped.copies,
        *shipped.lookups,
        *shipped.agencies,
    )
    for each in (*dated, *told, *shipped.notes, shipped.publicity):
        assert each is not None
        for part in each.source.split("；"):
            assert part.startswith((*documents, *BESIDE)), part


# Written from the contract: check, the one before it, what is done with a bad result, how a good one is called.
CHECKS = {
    "tianjin": [("certificate", "", False, "genuine"), ("insurance", "", False, "passed")],
    "urumqi": [
        ("completeness", "", True, "passed"),
        ("certificate", "completeness", True, "genuine"),
        ("insurance", "certificate", True, "passed"),
    ],
    "jilin": [("insurance", "", False, "passed"), ("certificate", "", False, "genuine")],
    "dalian": [("certificate", "", False, "genuine"), ("funds", "certificate", False, "passed")],
    "chongqing": [("certificate", "", False, "genuine"), ("identity", "", False, "passed")],
}


@pytest.mark.parametrize("region", SHIPPED)
def test_every_region_has_the_checks_of_its_document(region: str) -> None:
    checks = policy(region).checks
    assert [(each.id, each.after, each.is_returned_if_bad, each.results[0]) for each in checks] == CHECKS[
        region
    ]
    rests = {each.id: each.rests_on for each in checks}
    assert rests["certificate"] == ("certificate.*",)
    assert rests.get("completeness", ()) == () and rests.get("identity", ("applicant.*",)) == ("applicant.*",)
    assert rests.get("insurance", ("insurance.*",)) == ("insurance.*",)
    assert rests.get("funds", ("certificate.*",)) == ("certificate.*",)
    page = policy_page(policy(region), policy(region).editions[0].certificates_from)
    assert all(each.name in page and each.good in page and each.bad in page for each in checks)
    # Dalian takes no paper in; everywhere else nothing is accepted without the signed one.
    assert sum(each.is_signed for each in policy(region).materials) == (region != "dalian")


def test_urumqis_checks_have_their_days_and_words() -> None:
    shipped = policy("urumqi")
    days = {each.id: each.days for each in shipped.clocks}
    assert [days[each.clock] for each in shipped.checks] == [1, 2, 1]
    assert (shipped.checks[1].good, shipped.checks[1].bad) == ("真实有效", "查询无果")
    assert len(policy("chongqing").checks[0].items) == 4


PRIVATE = {
    "applicant.id_number", "applicant.phone", "applicant.home_address", "applicant.registered_residence",
    "applicant.identity_categories", "applicant.birth_date", "applicant.sex", "agent.id_number", "insurance.number",
    "payment.account_number", "payment.account_name", "payment.bank", "employer.contact_phone",
}  # fmt: skip


@pytest.mark.parametrize("region", SHIPPED)
def test_posted_list_tells_nothing_private(region: str) -> None:
    """No document lists any of these for its posted list."""
    paper = form(f"{region}.public_list")
    assert paper.is_list and paper.is_sample
    assert not PRIVATE & {each.field_id for each in paper.fields}
    publicity = policy(region).publicity
    assert publicity is not None and not PRIVATE & set(publicity.columns)


def test_materials_follow_the_case() -> None:
    plain = materials_for(GOOD["jilin"], policy("jilin"))
    moved = materials_for({**GOOD["jilin"], "insurance.moved_in": True, "agent.name": "甲"}, policy("jilin"))
    assert {each.condition for each in plain} == {"always"}
    assert {each.condition for each in moved} == {"always", "moved_in", "agent"}


def test_unknown_region_is_told_with_the_nearest() -> None:
    with pytest.raises(UnknownRegion, match="tianjin"):
        policy("tianjing")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('id = "months_paid_at_least"\nfrom = 2025-01-01', 'id = "months_paid_at_least"\nfrom = 2024-03-01', "重叠"),
        ("from = 2025-01-01\nyuan", "from = 2024-03-01\nyuan", "重叠"),
        ('{ 4 = "1200.00", 3 = 1800 }', '{ 4 = "1200.00" }', "3级没有金额"),
        ('{ 4 = "1320.50", 3 = "1980.00" }', '{ 4 = "1320.50" }', "目录ports的3级没有金额"),
        ('"1200.00"', "1200.00", "加上引号"),
        ('"1200.00"', '"0.00"', "不能为零"),
        ('"1200.00"', '"1200.005"', "两位小数"),
        ('{ 4 = "1200.00", 3 = 1800 }', '{ 6 = "1200.00", 3 = 1800 }', "没有等级“6”"),
        ('id = "lifetime_limit"', 'id = "lifetime_limits"', "最接近的是“lifetime_limit”"),
        ('source = "海人社〔2024〕9号 三"\n', "", "缺少source"),
        ('source = "海人社〔2024〕9号 三"\nconfirmed = 2026-11-20', 'source = "海人社〔2024〕9号 三"', "缺少confirmed"),
        ("from = 2024-03-01\nlimit = 3", "limit = 3", "缺少from"),
        ("limit = 3\n", "", "缺少limit"),
        ("limit = 3\n", 'limit = "3"\n', "limit应是不带引号的整数"),
        ("limit = 3\n", "limit = 3\nlimits = 4\n", "没有“limits”这一项，最接近的是“limit”"),
        ("from = 2024-03-01\nlimit", 'from = "2024-03-01"\nlimit', "from应是不带引号的日期"),
        ('kinds = ["skill_level"]', 'kinds = ["skill_levels"]', "最接近的是“skill_level”"),
        ("levels = [4, 3]", "levels = [7]", "应是1至5的几个等级"),
        ('end_roll = "next_workday"', 'end_roll = "next_workdays"', "最接近的是“next_workday”"),
        ('selected_by = "application"', 'selected_by = "applications"', "最接近的是“application”"),
        ('\nlist = "ports"\nsource', '\nlist = "port"\nsource', "最接近的是“ports”"),
        ('id = "lifetime_limit"\n', 'id = "lifetime_limit"\npath = "employee"\n', "没有途径“employee”"),
        ('id = "certificate_dated_in_range"', 'id = "certificate_verified"', "没有规则certificate_dated_in_range"),
        ('id = "lifetime_limit"\n', 'id = "below_retirement_age"\n', "缺少退休年龄"),
        ("[[edition]]", "[edition]", "双方括号"),
        ('region = "haibin"', 'region = "../haibin"', "region应是小写字母"),
        ('region = "haibin"', f"region = {'9' * 5000}", "读不懂的数字"),
        ('region = "haibin"', f"region = {'[' * 600}{']' * 600}", "套得太深"),
        ('region = "haibin"', 'region = "haibin"\nlookup = [{name = "a", address = "javascript:a", source = "b"}]', "http://"),
        ('region = "haibin"', 'region = "haibin"\nlookup = [{name = "a", address = "file:///a", source = "b"}]', "http://"),
        ("region = ", "region : ", "不合 TOML 的写法"),
        ('after = "certificate"', 'after = "certificates"', "之前没有核验“certificates”，最接近的是“certificate”"),
        ('after = "certificate"', 'after = "seaworthiness"', "请按先后改正"),
        ('clock = "seaworthiness"', 'clock = "seaworthy"', "没有期限“seaworthy”，最接近的是“seaworthiness”"),
        ('rests_on = ["certificate.*"]', 'rests_on = ["certificates.*"]', "最接近的是“certificate.*”"),
        ('rests_on = ["applicant.birth_date"]', 'rests_on = ["applicant.birthday"]', "没有字段“applicant.birthday”"),
        ('sets = "certificate.verification"', 'sets = "certificate.level"', "不是证书核验一类的字段"),
        ('rests_on = ["certificate.*"]\n', "", "缺少rests_on"),
        ('[[check]]\nid = "seaworthiness"', '[[check]]\nid = "certificate"', "取值重叠"),
        ("certificates_from = 2023-07-01", "certificates_from = 2023-07-01\ncertificates_to = 2022-01-01", "早于"),
    ],
)  # fmt: skip
def test_wrong_file_gets_one_sentence_with_its_remedy(old: str, new: str, words: str) -> None:
    assert old in TEXT
    assert any(words in each for each in faults(TEXT.replace(old, new, 1)))


def test_all_faults_are_told_at_once_with_their_lines() -> None:
    text = TEXT.replace("limit = 3", "limit = -1").replace("levels = [4, 3]", "levels = 4")
    text = text.replace('name = "海滨市技能提升补贴"', "name = 5")
    told = faults(text)
    assert len(told) == 3
    line = text[: text.index('[[rule]]\nid = "lifetime_limit"')].count("\n") + 1
    assert any(f"第{line}行 [[rule]] lifetime_limit" in each for each in told)


def test_same_rule_for_all_paths_and_for_one_overlaps() -> None:
    extra = """
[[path]]
id = "employee"
name = "职工"

[[rule]]
id = "months_paid_at_least"
path = "employee"
from = 2024-05-01
months = 1
source = "海人社〔2024〕9号 一"
confirmed = 2026-11-20
"""
    assert any("取值重叠" in each for each in faults(TEXT + extra))


def test_file_without_anything_is_told_what_it_needs() -> None:
    told = faults("")
    assert any("region" in each for each in told) and any("programme" in each for each in told)


def test_a_region_without_a_check_could_take_nothing_to_its_review() -> None:
    assert any("没有[[check]]" in each for each in faults(TEXT[: TEXT.index("[[check]]")]))


def test_new_region_needs_data_only() -> None:
    assert policy_of("haibin").region == "haibin"
    sources = {rule.function.__module__ for rule in RULES.values()}
    assert all("haibin" not in source for source in sources)


def test_documentation_names_every_rule_and_its_numbers() -> None:
    text = (FOLDER.parent.parent / "docs" / "policies.zh.md").read_text(encoding="utf-8")
    rows = {line.split("`")[1]: line for line in text.splitlines() if line.startswith("| `")}
    for rule in RULES.values():
        assert all(f"`{number}`" in rows[rule.id] for number in rule.numbers if number != "ages")
