"""Amounts: what is read, what is refused, and the capitals on the paper."""

import random
from decimal import Decimal

import cn2an
import pytest

from desktop_app import money


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1300", "1300.00"),
        ("1,300.00", "1300.00"),
        ("￥1300元", "1300.00"),
        ("１，３００．５０", "1300.50"),
        (" ¥ 1 300 ", "1300.00"),
        ("人民币1300元整", "1300.00"),
        ("0", "0.00"),
        ("9999999999999.99", "9999999999999.99"),
    ],
)
def test_typed_amounts_are_read_exactly(typed: str, amount: str) -> None:
    assert money.show(money.parse(typed)) == amount


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("-1", "负数"),
        ("－1", "负数"),
        ("1.234", "两位小数"),
        ("1.000", "两位小数"),
        ("10000000000000", "超过"),
        ("1,30", "看不懂"),
        ("5²", "看不懂"),
        ("一千三", "看不懂"),
        ("1e3", "看不懂"),
        ("", "看不懂"),
    ],
)
def test_what_is_no_amount_is_told_in_one_sentence(typed: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault) as told:
        money.parse(typed)
    assert str(told.value).count("。") == 1


@pytest.mark.parametrize(
    ("amount", "capitals"),
    [
        ("1300", "壹仟叁佰元整"),
        ("1300.00", "壹仟叁佰元整"),
        ("1409.50", "壹仟肆佰零玖元伍角"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("0.05", "伍分"),
        ("0.50", "伍角"),
        ("10", "壹拾元整"),
        ("100010000", "壹亿零壹万元整"),
        ("1000000000001", "壹万亿零壹元整"),
        ("9999999999999.99", "玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_capitals_follow_the_payment_rules(amount: str, capitals: str) -> None:
    assert money.capitals(Decimal(amount)) == "人民币" + capitals


@pytest.mark.parametrize(
    "amount", ["0", "-1", "1.005", "10000000000000", "NaN", "Infinity", "1E+999999", "1E-999999"]
)
def test_amounts_without_capitals_are_refused(amount: str) -> None:
    with pytest.raises(ValueError, match=r"。$"):
        money.capitals(Decimal(amount))


def test_capitals_agree_with_another_library() -> None:
    chance = random.Random(20260101)
    fen = [*range(1, 200_001), *(chance.randrange(1, 10 ** chance.randint(3, 15)) for _ in range(3000))]
    # Zeros are what the rules are about; random digits have few of them.
    fen += [int("".join(chance.choice("000015") for _ in range(15))) or 1 for _ in range(3000)]
    for number in fen:
        amount = Decimal(number) / 100
        assert money.capitals(amount) == "人民币" + cn2an.an2cn(str(amount), "rmb"), amount


@pytest.mark.slow
def test_every_fen_to_100000_yuan_agrees_with_another_library() -> None:
    for number in range(1, 10_000_001):
        yuan, fen = divmod(number, 100)
        text = f"{yuan}.{fen:02d}"
        assert money.capitals(Decimal(text)) == "人民币" + cn2an.an2cn(text, "rmb"), text
