"""Break a line by the Chinese rules (避头尾) and choose the size at which a value fits its room.

Works on tokens with widths; it knows no field and no page. No line begins with a closing mark or ends with an
opening one; words of Latin letters and digits stay whole while they fit a line.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from desktop_app.forms import faces
from desktop_app.forms.marks import MM_PER_POINT

NO_START = frozenset("，。、；：？！）》〉」』】〕〗”’％‰℃°·…—～)]}>,.;:?!%")
NO_END = frozenset("（《〈「『【〔〖“‘([{<￥¥$№□")
_WORD = re.compile(r"[A-Za-z0-9_.,:/@#+\-]+|.", re.DOTALL)

SMALLEST_SIZE = 6.5  # pt: what a reader of sixty can still read on paper
SMALLEST_NUMBER_SIZE = 6.0
SMALLEST_SINGLE_SIZE = 8.5  # down to here one line is better than two
VALUE_LEAD = 1.2


class Token(NamedTuple):
    """Something that is never divided.

    Attributes:
        width: In the unit of the limit it is broken against.
        piece: What stands here when it is not text.
        is_held: It must not end a line (a square before its words).
    """

    text: str
    width: float
    piece: object = None
    is_held: bool = False


def words(text: str) -> list[str]:
    """Split text into units that a line break respects."""
    return _WORD.findall(text)


def em_tokens(text: str, face: str) -> list[Token]:
    """Return the tokens of a value with widths in em, each character in the face that will print it."""
    runs = faces.face_for(text, face)
    used = {character: run_face for run_face, run in runs for character in run}
    return [
        Token(word, sum(faces.advance(used[character], character) for character in word) / 1000)
        for word in words(text)
    ]


def break_lines(tokens: Sequence[Token], limit: float) -> list[list[Token]]:
    """Return lines of at most `limit`, pushing characters down where a line may not begin or end with them.

    A single token wider than the limit stands on a line of its own; the caller sees that it is too wide.
    """
    lines: list[list[Token]] = []
    line: list[Token] = []
    width = 0.0
    for token in tokens:
        if line and width + token.width > limit + 1e-9:
            if token.text == " ":
                continue
            carried = _carried(line, token)
            if line:
                lines.append(line)
            line = carried
            width = sum(each.width for each in line)
        line.append(token)
        width += token.width
    if line:
        lines.append(line)
    return lines


def _carried(line: list[Token], token: Token) -> list[Token]:
    """Take from the end of `line` what must go down with `token`."""
    carried: list[Token] = []
    while len(line) > 1 and (_may_not_start(carried[0] if carried else token) or _may_not_end(line[-1])):
        carried.insert(0, line.pop())
    return carried


def _may_not_start(token: Token) -> bool:
    return token.text[:1] in NO_START if token.text else False


def _may_not_end(token: Token) -> bool:
    return token.is_held or (token.text[-1:] in NO_END if token.text else False)


class Fitted(NamedTuple):
    """A value set into its room: size in points, lines of text, and whether all of it fits."""

    size: float
    lines: tuple[str, ...]
    is_whole: bool


def fit(text: str, face: str, size: float, width: float, height: float, *, is_number: bool) -> Fitted:
    """Choose size and lines for a value in a room of `width` × `height` mm.

    A short value stands on one line at the paper's size. A longer one shrinks a little, then wraps, then shrinks
    on; a number or date shrinks to the smallest size before it wraps. It is never cut: what does not fit at the
    smallest size comes back with `is_whole` false and its lines as they would be.
    """
    tokens = em_tokens(text, face)
    total = sum(token.width for token in tokens)
    em_width = width / MM_PER_POINT
    em_height = height / MM_PER_POINT
    size = min(size, em_height)
    if total * size <= em_width:
        return Fitted(size, (text,), True)
    single = em_width / total
    if single >= (SMALLEST_NUMBER_SIZE if is_number else SMALLEST_SINGLE_SIZE):
        return Fitted(_floor_half(single), (text,), True)
    tokens = _divided(tokens, face, em_width / SMALLEST_SIZE)
    while size > SMALLEST_SIZE:
        lines = break_lines(tokens, em_width / size)
        if _fits(lines, size, em_width, em_height):
            return Fitted(size, _joined(lines), True)
        size = max(size - 0.5, SMALLEST_SIZE)
    lines = break_lines(tokens, em_width / size)
    return Fitted(size, _joined(lines), _fits(lines, size, em_width, em_height))


def _floor_half(size: float) -> float:
    return max(int(size * 4) / 4, SMALLEST_NUMBER_SIZE)


def _fits(lines: list[list[Token]], size: float, em_width: float, em_height: float) -> bool:
    high = (len(lines) - 1) * size * VALUE_LEAD + size
    wide = max((sum(token.width for token in line) for line in lines), default=0.0) * size
    return high <= em_height + 1e-9 and wide <= em_width + 1e-6


def _divided(tokens: list[Token], face: str, limit: float) -> list[Token]:
    """Divide tokens that no line can hold into characters."""
    out: list[Token] = []
    for token in tokens:
        if token.width <= limit:
            out.append(token)
        else:
            out.extend(single for character in token.text for single in em_tokens(character, face))
    return out


def _joined(lines: list[list[Token]]) -> tuple[str, ...]:
    return tuple("".join(token.text for token in line).rstrip(" ") for line in lines)
