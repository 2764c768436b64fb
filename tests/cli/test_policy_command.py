"""The commands `check`, `policy check` and `policy show`, as a technician sees them."""

import json
from pathlib import Path
from typing import Any

import pytest

from desktop_app.cli import main
from tests.support.policy_cases import FOLDER

CASE: dict[str, Any] = {
    "region": "jilin",
    "governing_day": "2017-10-09",
    "office": {"code": "220104001", "district": "朝阳区"},
    "answers": {
        "applicant.name": "张样例",
        "insurance.months_paid": 48,
        "insurance.in_arrears": False,
        "certificate.kind": "vocational_qualification",
        "certificate.occupation": "焊工",
        "certificate.level": 4,
        "certificate.issued_on": "2017-03-02",
        "claim.applied_on": "2017-10-09",
    },
    "earlier": [
        {
            "region": "jilin", "occupation": "焊工", "level": 5, "status": "granted", "on": "2017-09-08",
            "certificate_issued_on": "2017-01-15",
        }
    ],
    "choices": {"applied_within_months_of_issue": {"reading": "strict", "reason": "文件没有写顺延"}},
}  # fmt: skip


def written(path: Path, *cases: Any) -> str:
    path.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in cases), encoding="utf-8")
    return str(path)


def test_case_of_the_contract(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", written(tmp_path / "case.json", CASE), "--json"]) == 0
    decision = json.loads(capsys.readouterr().out)
    findings = decision.pop("findings")
    assert decision == {
        "decision": "eligible",
        "amount": "1950.00",
        "amount_in_capitals": "人民币壹仟玖佰伍拾元整",
        "policy": "jilin.skill_upgrade@2017-08-23",
        "needs_confirmation": False,
        "last_day_to_apply": "2018-03-02",
    }
    (window,) = [each for each in findings if each["rule"] == "applied_within_months_of_issue"]
    assert window.pop("message").count("2018年3月2日") == 1
    assert window == {
        "rule": "applied_within_months_of_issue",
        "outcome": "pass",
        "field": "claim.applied_on",
        "source": "吉人社联字〔2017〕67号 二",
    }


def test_readable_text_tells_what_is_wrong_first(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = {**CASE, "answers": {**CASE["answers"], "insurance.months_paid": 35}}
    assert main(["check", written(tmp_path / "case.json", case)]) == 0
    text = capsys.readouterr().out
    assert "结论：不符合" in text and "1950.00元" in text
    assert text.index("【不符合】") < text.index("还差1个月") < text.index("【符合】")


def test_faulty_line_stands_in_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = {**CASE, "answers": {"certificate.levle": 4}}
    path = tmp_path / "cases.jsonl"
    written(path, CASE, wrong, CASE)
    path.write_text(path.read_text(encoding="utf-8") + '\n{"region": \n', encoding="utf-8")
    assert main(["check", str(path), "--json"]) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [each.get("line") for each in lines] == [None, 2, None, 4]
    assert "certificate.level" in lines[1]["error"]
    assert lines[0] == lines[2]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"region": "jilinn"}, "最接近的是“jilin”"),
        ({"answer": {}}, "最接近的是“answers”"),
        ({"governing_day": "2017/10/09"}, "governing_day"),
        ({"governing_day": None}, "governing_day"),
        ({"answers": {"certificate.kind": "skill_levels"}}, "最接近的是“skill_level”"),
        ({"answers": {"certificate.level": "4"}}, "certificate.level"),
        ({"answers": {"claim.amount": 1.5}}, "claim.amount"),
        ({"earlier": [{"status": "grantd"}]}, "最接近的是“granted”"),
        ({"earlier": [{"region": "jilin"}]}, "缺少status"),
        ({"earlier": [{"status": "granted", "ocupation": "焊工"}]}, "最接近的是“occupation”"),
        ({"earlier": [{"status": "granted", "level": 9}]}, "level"),
        ({"earlier": [{"status": "granted", "on": "9月"}]}, "第1条 on"),
        ({"earlier": {}}, "方括号"),
        ({"office": {"distric": "朝阳区"}}, "最接近的是“district”"),
        ({"office": "朝阳区"}, "office"),
        ({"choices": {"yearly_limits": {}}}, "最接近的是“yearly_limit”"),
        ({"choices": {"yearly_limit": {"reading": "strickt", "reason": "x"}}}, "最接近的是“strict”"),
        ({"choices": {"yearly_limit": {"reading": "strict", "reason": " "}}}, "理由"),
    ],
)
def test_wrong_case_gets_a_plain_sentence(
    change: dict[str, Any], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", written(tmp_path / "case.json", {**CASE, **change})]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert words in told.err and "case.json" in told.err and told.err.endswith("。\n")


def test_reading_of_the_region_is_taken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    choices = {"yearly_limit": {"reading": "certificate", "reason": "按市局答复"}}
    case = {**CASE, "region": "dalian", "choices": choices}
    assert main(["check", written(tmp_path / "case.json", case), "--json"]) == 0
    assert "按市局答复" in capsys.readouterr().out


def test_office_table_gives_chongqing_its_amount(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = {
        "applicant.identity_categories": ["registered_unemployed"], "certificate.kind": "skill_level",
        "certificate.occupation": "焊工", "certificate.level": 4, "certificate.issued_on": "2025-03-03",
        "assessment.old_subsidy_received": False,
    }  # fmt: skip
    case = written(
        tmp_path / "case.json", {"region": "chongqing", "governing_day": "2025-09-01", "answers": answers}
    )
    assert main(["check", case, "--json"]) == 0
    without = json.loads(capsys.readouterr().out)
    assert (without["decision"], without["amount"]) == ("incomplete", None)
    row = {
        "kind": "skill_level",
        "occupation": "焊工",
        "level": 4,
        "from": "2025-01-01",
        "yuan": 250,
        "source": "测试依据",
    }
    table = tmp_path / "table.json"
    table.write_text(json.dumps([row], ensure_ascii=False), encoding="utf-8")
    assert main(["check", case, "--json", "--amounts", str(table)]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["decision"], found["amount"]) == ("eligible", "250.00")
    table.write_text(json.dumps([{**row, "yuan": 0}], ensure_ascii=False), encoding="utf-8")
    assert main(["check", case, "--amounts", str(table)]) == 1
    assert "不能为零" in capsys.readouterr().err


def test_policy_check_tells_every_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = FOLDER / "haibin.toml"
    assert main(["policy", "check", str(good)]) == 0
    assert "没有发现错误" in capsys.readouterr().err
    wrong = tmp_path / "wrong.toml"
    text = good.read_text(encoding="utf-8").replace("lifetime_limit", "lifetime_limits")
    wrong.write_text(text.replace("limit = 3", "limit = 3.5"), encoding="utf-8")
    assert main(["policy", "check", str(wrong)]) == 1
    told = capsys.readouterr()
    assert told.out == "" and "最接近的是“lifetime_limit”" in told.err


def test_policy_show_is_a_readable_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["policy", "show", "chongqing", "2025-07-01"]) == 0
    page = capsys.readouterr().out
    for words in (
        "渝人社办〔2025〕84号",
        "2025年6月6日",
        "2026年11月20日核对",
        "程序里没有这份文件",
        "10个工作日",
        "存疑之处",
    ):
        assert words in page
    assert main(["policy", "show", "chongqin", "2025-07-01"]) == 1
    assert "最接近的是“chongqing”" in capsys.readouterr().err
    assert main(["policy", "show", "jilin", "明天"]) == 1


def test_a_check_that_lies_ahead_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (FOLDER / "haibin.toml").read_text(encoding="utf-8")
    file = tmp_path / "haibin.toml"
    file.write_text(text, encoding="utf-8")
    assert main(["policy", "check", str(file)]) == 0
    assert "“haibin”是程序还没有的地区" in capsys.readouterr().err
    start = text.index("confirmed = ")
    file.write_text(text.replace(text[start : start + 22], "confirmed = 2999-01-01", 1), encoding="utf-8")
    assert main(["policy", "check", str(file)]) == 1
    assert "2999年1月1日，还没有到" in capsys.readouterr().err
