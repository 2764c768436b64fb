"""The office's own table of amounts: what it takes, and what it refuses with one sentence."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desktop_app.faults import Faults
from desktop_app.policy.model import AmountRow
from desktop_app.policy.office_amounts import amount_rows

ROW: dict[str, Any] = {
    "kind": "skill_level", "occupation": "焊工", "level": 4, "from": "2025-01-01", "yuan": "250.00",
    "source": "测试依据",
}  # fmt: skip


def test_table_is_read() -> None:
    special = {**ROW, "kind": "special_ability", "level": None, "yuan": 120}
    assert amount_rows([ROW, special]) == (
        AmountRow("skill_level", "焊工", 4, date(2025, 1, 1), Decimal("250.00"), "测试依据"),
        AmountRow("special_ability", "焊工", None, date(2025, 1, 1), Decimal("120.00"), "测试依据"),
    )
    assert amount_rows([]) == ()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "skill_levels"}, "最接近的是“skill_level”"),
        ({"level": None}, "缺少level"),
        ({"yuan": "0.00"}, "不能为零"),
        ({"yuan": 1.5}, "金额"),
        ({"source": ""}, "缺少source"),
        ({"from": "2025年"}, "日期"),
        ({"amount": "1.00"}, "没有“amount”这一项"),
        ({"kind": "special_ability"}, "没有等级"),
    ],
)
def test_wrong_row_is_told(change: dict[str, Any], words: str) -> None:
    with pytest.raises(Faults) as raised:
        amount_rows([ROW, {**ROW, "occupation": "钳工", **change}])
    assert len(raised.value.faults) == 1
    assert words in raised.value.faults[0] and "第2行" in raised.value.faults[0]


def test_rows_that_overlap_are_told() -> None:
    with pytest.raises(Faults, match="第2行"):
        amount_rows([ROW, {**ROW, "occupation": "焊 工", "yuan": "300.00"}])
