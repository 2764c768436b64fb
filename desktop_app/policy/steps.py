"""What a region's walk has of its own beside its checks: acts that not every region has, and reasons to refuse."""

from datetime import date
from typing import NamedTuple


class Reason(NamedTuple):
    """A reason not to accept or to refuse that the document itself gives; own words may stand beside it.

    Attributes:
        code: The rule or check that it is about, or a code of its own; events carry it for ever.
        words: What is told to the applicant.
        acts: For which acts; empty for each that takes a reason by its code.
    """

    code: str
    words: str
    source: str
    confirmed: date
    acts: tuple[str, ...] = ()


class RegionalAct(NamedTuple):
    """An act of the table that not every region has."""

    id: str
    source: str
    confirmed: date
