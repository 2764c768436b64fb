"""What a bank says of a payment list, and which row of its answer is about which line. Pure."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from desktop_app import identifiers
from desktop_app.workflow.payment import PaymentLine

_UNKNOWN: Final = "名单里没有这个账号和户名，请核对是不是这份名单的结果。"
_OTHER_AMOUNT: Final = "金额和名单上的不一样，请向银行核对。"
_AMBIGUOUS: Final = "有几行对得上名单里的同一个人，分不清是哪一笔，请向银行核对。"


class Result(NamedTuple):
    """One row of a bank's answer.

    Attributes:
        row: Its number in the file, from 1.
        name: The account's name, or the person's where the file has none.
        reason: The bank's, of one that failed.
        on: The day that the bank names.
    """

    row: int
    account_number: str
    name: str
    amount: Decimal
    is_paid: bool
    reason: str = ""
    on: date | None = None
    case_number: str = ""


class Refusal(NamedTuple):
    """A row that is not taken, and why, in one sentence."""

    row: int
    sentence: str


class Results(NamedTuple):
    """What a file says.

    Attributes:
        digest: SHA-256 of the file.
        refused: Rows that cannot be read.
    """

    digest: str
    rows: tuple[Result, ...]
    refused: tuple[Refusal, ...] = ()

    @property
    def on(self) -> date | None:
        """The last day that the bank names for a payment."""
        return max((row.on for row in self.rows if row.is_paid and row.on), default=None)


class Match(NamedTuple):
    """A row and the line of the list that it is about."""

    result: Result
    line: PaymentLine


class Matched(NamedTuple):
    """What a file says of one list.

    Attributes:
        refused: Rows that are about no line of it, or about none for certain.
        silent: Lines of which the file says nothing.
    """

    matches: tuple[Match, ...]
    refused: tuple[Refusal, ...]
    silent: tuple[PaymentLine, ...]


def matched(rows: Sequence[Result], lines: Sequence[PaymentLine]) -> Matched:
    """Return which row is about which line: by account, name and amount, and the number of acceptance where given.

    Rows that could each be about the same lines are taken only where they say the same of as many lines.
    """
    claims: dict[tuple[PaymentLine, ...], list[Result]] = {}
    refused: list[Refusal] = []
    by_person = _by_person(lines)
    for row in rows:
        found = by_person.get((row.account_number, row.name), [])
        if row.case_number:
            found = [line for line in found if line.case_number == row.case_number]
        exact = tuple(line for line in found if line.amount == row.amount)
        if exact:
            claims.setdefault(exact, []).append(row)
        else:
            refused.append(Refusal(row.row, _OTHER_AMOUNT if found else _UNKNOWN))
    matches: list[Match] = []
    told: set[int] = set()
    for wanted, asking in sorted(claims.items(), key=lambda each: len(each[0])):
        free = [line for line in wanted if line.number not in told]
        said = {(row.is_paid, row.reason) for row in asking}
        if len(asking) != len(free) or (len(free) > 1 and len(said) > 1):
            refused.extend(Refusal(row.row, _AMBIGUOUS) for row in asking)
        else:
            matches.extend(Match(row, line) for row, line in zip(asking, free, strict=True))
            told.update(line.number for line in free)
    silent = tuple(line for line in lines if line.is_live and line.number not in told)
    return Matched(tuple(sorted(matches, key=lambda each: each.result.row)), tuple(sorted(refused)), silent)


def _by_person(lines: Sequence[PaymentLine]) -> dict[tuple[str, str], list[PaymentLine]]:
    found: dict[tuple[str, str], list[PaymentLine]] = {}
    for line in lines:
        names = {identifiers.normalise_name(name) for name in (line.account_name or line.name, line.name)}
        for name in names:
            found.setdefault((identifiers.compact(line.account_number), name), []).append(line)
    return found
