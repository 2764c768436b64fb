"""A case is read from JSON without the command line: whole, or not at all with every fault of it named."""

import json
from pathlib import Path

import pytest

from desktop_app.faults import Faults
from desktop_app.forms.catalogue import form
from desktop_app.registers.case_file import case_from, read_cases
from desktop_app.registers.given import read_given


def test_a_field_that_is_not_known_is_told_with_the_nearest_one() -> None:
    raw = {"applicant.nam": "样例甲", "certificate.levle": 5}
    with pytest.raises(Faults) as told:
        case_from(raw, form("jilin.application"), "一件")
    assert told.value.faults == (
        "一件：没有字段“applicant.nam”，最接近的是“applicant.name”，请改正。",
        "一件：没有字段“certificate.levle”，最接近的是“certificate.level”，请改正。",
    )


def test_a_case_follows_from_its_answers() -> None:
    case = case_from({"claim.applied_on": "2017-10-09"}, form("jilin.application"), "一件")
    assert (case.region, case.governing_day.isoformat()) == ("jilin", "2017-10-09")


def test_a_line_that_cannot_be_read_is_named_by_its_number(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps({"applicant.name": "样例甲"}) + "\n{\n", encoding="utf-8")
    with pytest.raises(Faults, match=r"cases\.jsonl 第2行 第1行第2列：不合 JSON 的写法"):
        read_cases(path, form("jilin.application"))


def test_what_is_known_beside_a_case_is_read_whole_or_not_at_all() -> None:
    raw = {"region": "jilni", "governing_day": "2017-10-09", "answers": {}, "earlier": [{"status": "had"}]}
    with pytest.raises(Faults) as told:
        read_given(raw, "一件", {})
    assert ["jilin" in told.value.faults[0], "status没有“had”" in told.value.faults[1]] == [True, True]
