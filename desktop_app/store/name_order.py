"""The place of a name in a list of names: by pinyin and tone, people of one surname together."""

import unicodedata
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

# How a character is read as a surname, by 《现代汉语词典》, where its usual reading is another.
_READINGS: Final = MappingProxyType(
    {
        surname: reading
        for group in (
            "仇 qiu2 乐 yue4 乜 nie4 任 ren2 华 hua4 单 shan4 占 zhan1 卜 bu3 区 ou1 召 shao4 句 gou1 员 yun4",
            "哈 ha3 干 gan1 折 she2 於 yu1 曾 zeng1 朴 piao2 查 zha1 洗 xian3 燕 yan1 盖 ge3 祭 zhai4 种 chong2",
            "秘 bi4 粘 nian2 繁 po2 缪 miao4 翟 zhai2 葛 ge3 薄 bo2 覃 qin2 解 xie4 过 guo1 那 na1 都 du1 阚 kan4",
        )
        for surname, reading in zip(group.split()[::2], group.split()[1::2], strict=True)
    }
)
_COMPOUND: Final = MappingProxyType(
    {
        "万俟": ("mo4", "qi2"),
        "令狐": ("ling2", "hu2"),
        "单于": ("chan2", "yu2"),
        "尉迟": ("yu4", "chi2"),
        "澹台": ("tan2", "tai2"),
        "长孙": ("zhang3", "sun1"),
    }
)
# Behind every letter of a reading: where a character stands whose reading nobody knows.
_UNREAD: Final = "~"


@lru_cache(maxsize=256)  # a draft is saved many times under one name
def name_order(name: str) -> str:
    """Return a key that sorts names as a Chinese register does; empty for an empty name.

    Each character gives its reading, its tone and itself, so that 张 and 章 do not mix. A name with a dot is no
    Chinese one, and begins with no surname.

    >>> sorted(["章一", "曾一", "张二", "陈一", "仇一"], key=name_order)
    ['陈一', '仇一', '曾一', '张二', '章一']
    """
    plain = unicodedata.normalize("NFKC", name).casefold().replace("•", "·")
    if not plain:
        return ""
    # pypinyin's tables take a tenth of a second: not before the first window.
    from pypinyin import Style, pinyin

    told = pinyin(plain, style=Style.TONE3, neutral_tone_with_five=True, errors=_apart)
    readings = [each[0] for each in told]
    if "·" not in plain:
        surname = _COMPOUND.get(plain[:2]) or ((_READINGS[plain[0]],) if plain[0] in _READINGS else ())
        readings[: len(surname)] = surname
    return " ".join(_part(reading, each) for reading, each in zip(readings, plain, strict=False))


def _apart(text: str) -> Any:
    """Return each character that has no reading as its own; pypinyin takes a list there, and does not say so."""
    return list(text)


def _part(reading: str, character: str) -> str:
    if not reading.startswith(character):
        return reading.replace("v", "u:") + character  # lü behind lu, before luan
    return character if character.isascii() else _UNREAD + character
