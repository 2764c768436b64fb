"""The records of a policy, of what is known about a person, and of a decision.

A policy is dated data: every value says from which day it holds and which article says so. The records know
no file, no clock and no rule.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fnmatch import fnmatchcase
from typing import Any, Literal, NamedTuple

from desktop_app.finding import Finding
from desktop_app.policy.period import Clock
from desktop_app.policy.steps import Reason, RegionalAct

AwardStatus = Literal["obtained", "applied", "granted", "refused", "recovered"]
Verdict = Literal["eligible", "ineligible", "incomplete"]
SelectedBy = Literal["certificate", "application"]
IsRestDay = Callable[[date], bool | None]
STRICT, LENIENT = "strict", "lenient"


class Award(NamedTuple):
    """One earlier claim or certificate of the person; what is not known keeps its empty value.

    Attributes:
        on: The day of the status: of the grant for `granted`, of the certificate for `obtained`.
    """

    status: AwardStatus
    region: str = ""
    programme: str = ""
    occupation: str = ""
    work_type: str = ""
    level: int | None = None
    certificate_kind: str = ""
    certificate_number: str = ""
    certificate_issued_on: date | None = None
    applied_on: date | None = None
    on: date | None = None
    amount: Decimal | None = None


class Office(NamedTuple):
    """The counter that takes the application."""

    code: str = ""
    district: str = ""
    name: str = ""


class ClerkChoice(NamedTuple):
    """How a clerk settled an open point: the name of the reading, and why."""

    reading: str
    reason: str


class AmountRow(NamedTuple):
    """One row of the table of amounts that an office fills in where the notice is not at hand.

    Attributes:
        level: None for a special-ability certificate.
        first_day: The first application day for which the row holds.
        yuan: More than zero.
    """

    kind: str
    occupation: str
    level: int | None
    first_day: date
    yuan: Decimal
    source: str


class Known(NamedTuple):
    """What an office knows beside the case.

    Attributes:
        choices: Rule id to the clerk's reading of an open point.
        is_rest_day: None, or a function that answers None for a day without data.
        today: Only for numbers that state a birth date in the future; the clock never chooses a rule.
    """

    earlier: tuple[Award, ...] = ()
    office: Office = Office()
    choices: Mapping[str, ClerkChoice] = {}
    amounts: tuple[AmountRow, ...] = ()
    is_rest_day: IsRestDay | None = None
    today: date | None = None


class Decision(NamedTuple):
    """What the rules say of a case.

    Attributes:
        amount: Yuan with two decimals; None where kind, level, occupation or day is not known or accepted.
        policy: The version that decided, `jilin.skill_upgrade@2017-08-23`.
        needs_confirmation: A warning stands that no choice has settled.
        last_day_to_apply: Not rolled over rest days; None where it is open, and where no edition is at hand.
        amount_source: The article that states the amount; empty without one.
    """

    decision: Verdict
    amount: Decimal | None
    amount_in_capitals: str | None
    policy: str
    needs_confirmation: bool
    last_day_to_apply: date | None
    findings: tuple[Finding, ...]
    amount_source: str = ""


class Edition(NamedTuple):
    """One document of a programme.

    Attributes:
        first_day: The day from which the document is in force; it names the version.
        certificates_from: The first day (of those that select a version) to which the document speaks.
        certificates_to: The last one, where the document states an end.
    """

    first_day: date
    certificates_from: date
    certificates_to: date | None
    document: str
    title: str
    issuer: str
    source: str
    confirmed: date


class RuleCall(NamedTuple):
    """A rule as a policy calls it.

    Attributes:
        path: The path (`employee`) that the call is for; empty for all.
        is_if_given: A missing fact gives no finding.
        is_ended: From this day on the rule no longer holds.
        open_point: What the document leaves open, one clause; empty where nothing is.
        readings: Name of a reading to its Chinese text.
    """

    rule: str
    first_day: date
    source: str
    confirmed: date
    path: str = ""
    is_if_given: bool = False
    is_ended: bool = False
    open_point: str = ""
    readings: tuple[tuple[str, str], ...] = ()
    numbers: tuple[tuple[str, Any], ...] = ()


class Amounts(NamedTuple):
    """The amounts for each level, for one list of occupations or (list empty) for all others."""

    first_day: date
    list_id: str
    yuan: tuple[tuple[int, Decimal], ...]
    source: str
    confirmed: date


class OccupationList(NamedTuple):
    """One version of a list of occupations."""

    first_day: date
    id: str
    name: str
    occupations: tuple[str, ...]
    source: str
    confirmed: date


class RetirementAge(NamedTuple):
    """The statutory retirement age of one class, by date.

    From the second row of a class on, a month is added for every `month_for_births` months of birth from
    `births_from` on, up to `final_age`.
    """

    first_day: date
    retirement_class: str
    age: int
    source: str
    confirmed: date
    births_from: date | None = None
    month_for_births: int = 0
    final_age: int = 0


class Material(NamedTuple):
    """A paper to bring.

    Attributes:
        form: 原件, 原件及复印件 and the like, as the document says it; empty where it says nothing.
        condition: When it is asked for.
        channels: The ways of applying (`claim.channel`) for which it is; empty for all.
        is_signed: It is the application itself, signed: nothing is accepted without it.
    """

    name: str
    form: str
    copies: int
    condition: str
    source: str
    channels: tuple[str, ...] = ()
    is_signed: bool = False


class Check(NamedTuple):
    """Something that is looked into after acceptance and before the review.

    Attributes:
        id: Events carry it for ever.
        department: Who looks into it, as the document says.
        clock: The id of its period; empty where the document gives it none of its own.
        after: The id of the check that comes before it; empty where there is no order.
        rests_on: Fields, or parts of the vocabulary as `certificate.*`; one of them corrected makes it void.
        items: What is looked at one by one, in the document's words.
        item_results: What each of them comes to, good and bad, in words.
        sets: The answer of the application that the result becomes; empty for none.
        good: What a good result is in the region's own words.
        bad: The same of a bad one.
        is_returned_if_bad: A bad result goes back at once, without a review.
    """

    id: str
    name: str
    department: str
    clock: str
    after: str
    rests_on: tuple[str, ...]
    items: tuple[str, ...]
    sets: str
    good: str
    bad: str
    is_returned_if_bad: bool
    source: str
    confirmed: date
    item_results: tuple[str, str] = ("符合", "不符合")

    @property
    def results(self) -> tuple[str, str]:
        """The ids of a good and of a bad result, as commands and events call them."""
        return ("genuine", "not_found") if self.sets else ("passed", "failed")

    def is_void_by(self, field_id: str) -> bool:
        """Say whether a correction of a field makes what was found void."""
        return any(fnmatchcase(field_id, each) for each in self.rests_on)


class Place(NamedTuple):
    """Where an application is handed in: a clause that says so, for some ways of applying or (empty) for all."""

    text: str
    source: str
    channels: tuple[str, ...] = ()


class CopyCount(NamedTuple):
    """How many copies of a form are made."""

    form: str
    copies: int
    source: str


class Publicity(NamedTuple):
    """The posted list: its columns, which of them are masked, and where it stands."""

    columns: tuple[str, ...]
    masked: tuple[str, ...]
    place: str
    source: str


class Lookup(NamedTuple):
    """Where a certificate is looked up."""

    name: str
    address: str
    source: str


class PathName(NamedTuple):
    """A path (`insurance.route`) and what the clerk reads."""

    id: str
    name: str


class Agency(NamedTuple):
    """An agency with its telephones for questions and for complaints; either may be empty.

    Attributes:
        is_for_all: For every applicant of the region, whatever the district.
    """

    name: str
    enquiry: str
    supervision: str
    source: str
    is_for_all: bool = False


class OpenNote(NamedTuple):
    """Something a document leaves open that no rule of a case shows."""

    text: str
    source: str


BoundRule = Callable[[Any], tuple[Finding, ...]]


class Terms(NamedTuple):
    """What holds on one day: rules bound to their numbers, amounts, lists.

    Attributes:
        rules: By path; the empty path stands for a case whose path is not known.
        unsettled: Rule ids whose call is not the same on every day of the policy.
        last_days: By path: the last day to apply for a certificate's day, or None where it is open.
        places: Region to its name, for awards that were made elsewhere.
        digest: Changes when anything of these terms changes.
    """

    edition: Edition
    calls: tuple[RuleCall, ...]
    rules: Mapping[str, tuple[BoundRule, ...]]
    unsettled: frozenset[str]
    amounts: tuple[Amounts, ...]
    lists: tuple[OccupationList, ...]
    last_days: Mapping[str, Callable[[date], date | None]]
    places: Mapping[str, str]
    digest: str


@dataclass(frozen=True, slots=True)
class Policy:
    """One programme of one region with all its versions.

    Attributes:
        short_name: The region as lists write it, `吉林`.
        application_form: The paper on which an application is made.
        has_office_amounts: The amounts stand in a table that the office fills in.
        facts: What the counter establishes and no paper asks, field ids in the order of the work.
        starts: First days of `terms`, ascending.
    """

    region: str
    programme: str
    name: str
    region_name: str
    short_name: str
    application_form: str
    selected_by: SelectedBy
    has_office_amounts: bool
    facts: tuple[str, ...]
    editions: tuple[Edition, ...]
    calls: tuple[RuleCall, ...]
    amounts: tuple[Amounts, ...] = ()
    lists: tuple[OccupationList, ...] = ()
    paths: tuple[PathName, ...] = ()
    retirement_ages: tuple[RetirementAge, ...] = ()
    clocks: tuple[Clock, ...] = ()
    checks: tuple[Check, ...] = ()
    acts: tuple[RegionalAct, ...] = ()
    reasons: tuple[Reason, ...] = ()
    materials: tuple[Material, ...] = ()
    places: tuple[Place, ...] = ()
    copies: tuple[CopyCount, ...] = ()
    publicity: Publicity | None = None
    lookups: tuple[Lookup, ...] = ()
    agencies: tuple[Agency, ...] = ()
    notes: tuple[OpenNote, ...] = ()
    starts: tuple[date, ...] = ()
    terms: tuple[Terms, ...] = field(default=(), repr=False)

    def has_act(self, act_id: str) -> bool:
        """Say whether the region has an act that not every region has."""
        return any(each.id == act_id for each in self.acts)

    def terms_on(self, day: date) -> Terms:
        """The terms for a selecting day; before the first and after a stated end, those of the nearest."""
        return self.terms[max(bisect_right(self.starts, day) - 1, 0)]

    def version(self, edition: Edition) -> str:
        """The name of a version, `jilin.skill_upgrade@2017-08-23`."""
        return f"{self.region}.{self.programme}@{edition.first_day.isoformat()}"
