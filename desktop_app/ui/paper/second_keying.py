"""Numbers that are keyed twice where an office wants it: which wait for their second keying, and where the two differ.

Only where they differ is told, never what was keyed first. It knows no widget.
"""

from collections.abc import Collection
from typing import Final

from desktop_app.case import Answer
from desktop_app.forms import kinds
from desktop_app.forms.fields import Field, Kind

KEY_TWICE: Final = "typing.twice"  # the setting of an office that has numbers keyed twice
TWICE: Final[tuple[Kind, ...]] = ("card", "certificate_number")
AGAIN: Final = "请再输入一次，与第一次核对。按 Esc 重新开始。"
_MOST_PLACES = 5


class SecondKeying:
    """The numbers of one paper that were keyed once; without any kind, nothing is asked again."""

    def __init__(self) -> None:
        self.asked_kinds: Collection[Kind] = ()
        self._first: dict[str, str] = {}
        self._same: dict[str, str] = {}  # what was keyed twice

    def wants(self, name: str, field: Field, value: Answer | None) -> bool:
        """True for a number that is right by itself and was not keyed twice yet."""
        if self._same.get(name) == value:
            return False
        is_number = field.kind in self.asked_kinds and isinstance(value, str)
        return (
            is_number
            and value is not None
            and all(each.outcome != "fail" for each in kinds.check(field, value))
        )

    def begin(self, name: str, value: str) -> None:
        """Remember what was keyed first at a stop."""
        self._first[name] = value

    def is_waiting(self, name: str) -> bool:
        """True while a stop waits for its second keying."""
        return name in self._first

    def waiting(self) -> tuple[str, ...]:
        """Return the stops that wait, in the order in which they were keyed."""
        return tuple(self._first)

    def forget(self, name: str) -> None:
        """Wait no longer at a stop."""
        self._first.pop(name, None)

    def compare(self, name: str, value: Answer | None) -> str:
        """Return where the second keying differs, in one sentence; empty and no longer waiting if it is the same."""
        told = difference(self._first[name], value if isinstance(value, str) else "")
        if not told:
            self._same[name] = self._first.pop(name)
        return told


def difference(first: str, second: str) -> str:
    """Return where two keyings of a number differ, without either; empty where they do not.

    >>> difference("6222020200112233", "6222020200113233")
    '两次输入不同：第 12 位不一样，请对照原件再输入。'
    """
    if first == second:
        return ""
    if not second:
        return AGAIN
    if len(first) != len(second):
        return f"两次输入不同：第一次 {len(first)} 位，这一次 {len(second)} 位，请对照原件再输入。"
    places = [str(at) for at, pair in enumerate(zip(first, second, strict=True), 1) if pair[0] != pair[1]]
    more = "等" if len(places) > _MOST_PLACES else ""
    return f"两次输入不同：第 {'、'.join(places[:_MOST_PLACES])} 位{more}不一样，请对照原件再输入。"
