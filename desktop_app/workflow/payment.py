"""A payment list as the bank gets it: its lines, the sums that prove it whole, and what the deeds say of its outcome.

Pure: the same for spreadsheet, text, paper and the results that come back.
"""

from collections.abc import Sequence
from decimal import Decimal
from hashlib import sha256
from typing import Final, Literal, NamedTuple

from desktop_app import money
from desktop_app.workflow.lists import LIST_KINDS
from desktop_app.workflow.refusals import Deed

GROUP_LINES: Final = 10  # so many lines share one check code: a changed one is found among few
_CODE_DIGITS: Final = 8
Outcome = Literal["paid", "failed"]


class PaymentLine(NamedTuple):
    """One person on a payment list.

    Attributes:
        number: The running number on the list, from 1.
        case_number: 受理编号.
        is_live: It still has its place on the list; one that failed or went back has not.
        is_account_confirmed: Nothing of its account was corrected since somebody else saw it.
    """

    number: int
    case_id: str
    case_number: str
    name: str
    account_name: str
    account_number: str
    bank: str
    amount: Decimal
    is_live: bool = True
    is_account_confirmed: bool = True


class PaymentList(NamedTuple):
    """A payment list.

    Attributes:
        name: By which people call it.
        office: The name of the office.
        purpose: What the bank writes beside the payment: the name of the subsidy.
        made_by: Who made it.
        confirmed_by: Who confirmed it; empty before.
        lines: In their order, those that left the list too.
    """

    id: str
    name: str
    office: str
    purpose: str
    made_by: str
    confirmed_by: str
    lines: tuple[PaymentLine, ...]

    @property
    def live(self) -> tuple[PaymentLine, ...]:
        """Those that are paid by it."""
        return tuple(line for line in self.lines if line.is_live)

    @property
    def why_not(self) -> str:
        """Why nothing may be paid by it yet, in one sentence; empty where it may."""
        if not self.confirmed_by:
            return "拨付名单还没有确认，请复核人或负责人先办理“确认拨付名单”。"
        doubtful = [line for line in self.live if not line.is_account_confirmed]
        if doubtful:
            return f"有 {len(doubtful)} 人的账户更正过，还没有确认，请复核人先办理“确认账户”。"
        return ""


class Group(NamedTuple):
    """Some consecutive lines of a list: which ones, what they come to, and their check code."""

    first: int
    last: int
    sum: Decimal
    code: str


class Control(NamedTuple):
    """What proves that a list is still the one that was confirmed."""

    persons: int
    sum: Decimal
    code: str
    groups: tuple[Group, ...]


def control(lines: Sequence[PaymentLine]) -> Control:
    """Return the control sums of some lines.

    A check code is the beginning of the SHA-256 of running number, account name, account number, bank and amount of
    its lines; anybody can make it again.
    """
    groups = tuple(
        Group(part[0].number, part[-1].number, _sum(part), _code(part))
        for part in (lines[at : at + GROUP_LINES] for at in range(0, len(lines), GROUP_LINES))
    )
    return Control(len(lines), _sum(lines), _code(lines), groups)


def _sum(lines: Sequence[PaymentLine]) -> Decimal:
    return sum((line.amount for line in lines), Decimal(0))


def _code(lines: Sequence[PaymentLine]) -> str:
    said = "\n".join(
        "\t".join(
            (
                str(line.number),
                line.account_name or line.name,
                line.account_number,
                line.bank,
                money.show(line.amount),
            )
        )
        for line in lines
    )
    digits = sha256(said.encode()).hexdigest()[:_CODE_DIGITS].upper()
    return f"{digits[:4]} {digits[4:]}"


def outcome_on(deeds: Sequence[Deed], list_name: str) -> Outcome | None:
    """Return what was recorded of an application's payment by one list; None while nothing was."""
    on = ""
    found: Outcome | None = None
    for deed in deeds:
        if deed.act in LIST_KINDS["payment"].acts:
            on = str(deed.given.get("list", ""))
        if on != list_name:
            continue
        if deed.act == "pay":
            found = "paid"
        elif deed.act == "fail_payment":
            found = "failed"
    return found
