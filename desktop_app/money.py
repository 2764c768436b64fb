"""Amounts of money in yuan: reading what is typed, two decimals, and capitals for the paper.

Amounts are exact decimals. The module knows no form and no rule about how much is paid.
"""

import re
from decimal import Decimal
from functools import lru_cache

from desktop_app.identifiers import narrow

LARGEST = Decimal("9999999999999.99")

_AMOUNT = re.compile(
    r"(?:人民币|RMB|CNY)?[¥￥]?(?P<yuan>\d+|\d{1,3}(?:,\d{3})+)(?:\.(?P<decimals>\d+))?(?:元整?|圆整?)?",
    re.ASCII | re.IGNORECASE,
)
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_FEN = Decimal("0.01")
_UNITS = ("仟", "佰", "拾", "")
_TEN_THOUSAND = 10_000
_HUNDRED_MILLION = 100_000_000


def parse(text: str) -> Decimal:
    """Return the amount in yuan with two decimals that `text` states.

    Takes 1300, 1,300.00, ￥1300元, 人民币1300元整, in full width too.

    Raises:
        ValueError: One Chinese sentence: not an amount, negative, more than two decimals, or too large.
    """
    typed = "".join(narrow(text).split())
    if typed.startswith("-"):
        raise ValueError("金额不能是负数，请核对。")
    matched = _AMOUNT.fullmatch(typed)
    if matched is None:
        raise ValueError("金额看不懂，请写成1300或1300.00的样子。")
    if len(matched["decimals"] or "") > 2:
        raise ValueError("金额最多两位小数，请核对。")
    amount = Decimal(f"{matched['yuan'].replace(',', '')}.{(matched['decimals'] or '').ljust(2, '0')}")
    if amount > LARGEST:
        raise ValueError("金额超过9,999,999,999,999.99元，请核对。")
    return amount


def show(amount: Decimal) -> str:
    """Return `amount` with two decimals and no grouping, `1300.00`.

    Raises:
        ValueError: The amount has more than two decimals or is too large; nothing is rounded in silence.
    """
    return str(_exact(amount))


@lru_cache(maxsize=1024)
def capitals(amount: Decimal) -> str:
    """Return `amount` in capitals, 人民币 first.

    整 stands after 元 only, and no 零 that the rules leave to choice. Source: 支付结算办法 附一.

    >>> capitals(Decimal("107000.53"))
    '人民币壹拾万柒仟元伍角叁分'

    Raises:
        ValueError: Zero, negative, a third decimal, or more than 9,999,999,999,999.99 yuan.
    """
    fen = int(_exact(amount) * 100)
    if fen < 0:
        raise ValueError("负数金额不能写成大写，请核对。")
    if fen == 0:
        raise ValueError("金额为零不能写成大写，请核对。")
    yuan, rest = divmod(fen, 100)
    jiao, fen = divmod(rest, 10)
    text = _whole(yuan) + "元" if yuan else ""
    if rest == 0:
        return f"人民币{text}整"
    if jiao:
        text += _DIGITS[jiao] + "角"
    elif yuan:
        text += "零"
    if fen:
        text += _DIGITS[fen] + "分"
    return "人民币" + text


def _exact(amount: Decimal) -> Decimal:
    """The amount with exactly two decimals."""
    if not amount.is_finite():
        raise ValueError("金额看不懂，请核对。")
    if abs(amount) > LARGEST:
        raise ValueError("金额超过9,999,999,999,999.99元，请核对。")
    exact = amount.quantize(_FEN)
    if exact != amount:
        raise ValueError("金额最多两位小数，请核对。")
    return exact


def _whole(number: int) -> str:
    """A whole number above zero in capitals; 万 and 亿 stand after what is counted in them."""
    for size, unit in ((_HUNDRED_MILLION, "亿"), (_TEN_THOUSAND, "万")):
        if number >= size:
            high, low = divmod(number, size)
            if low == 0:
                return _whole(high) + unit
            # Where 万位 is 0 and 千位 is not, 零 is left to choice, however many zeros stand before.
            leading = low if low < _TEN_THOUSAND else low // _TEN_THOUSAND
            return _whole(high) + unit + ("零" if leading < 1000 else "") + _whole(low)
    text = ""
    for digit, unit in zip(f"{number:04d}", _UNITS, strict=True):
        text += _DIGITS[int(digit)] + unit if digit != "0" else "零"
    return re.sub("零+", "零", text).strip("零")
