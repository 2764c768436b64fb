"""What holds of every decision, whatever the case: order, missing facts, sources, later versions of a file."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.case import Case, Unread
from desktop_app.forms.fields import fields
from desktop_app.policy.catalogue import policy
from desktop_app.policy.decide import decide
from desktop_app.policy.model import Award, ClerkChoice, Known, Office
from desktop_app.policy.record import decision_record, remake
from tests.policy.test_versions import LATER
from tests.support.policy_cases import DAYS, GOOD, TABLE, weekends_off

OCCUPATIONS = ("焊工", "电焊工", "模具工", "车工", "面点制作")
REGIONS = ("tianjin", "urumqi", "jilin", "dalian", "chongqing")
_TEXTS: dict[str, tuple[Any, ...]] = {
    "applicant.name": ("张样例", "李样例"),
    "payment.account_name": ("张样例", "李样例"),
    "applicant.id_number": (
        "22010419850307123X",
        "220104196003071242",
        "210101196903071247",
        "210101202403071257",
        "123",
    ),
    "certificate.number": ("1707011003400123", "1707011003500123", "Y000021000123204000071"),
    "certificate.occupation": OCCUPATIONS,
    "certificate.work_type": OCCUPATIONS,
    "certificate.assessed_in": ("渝中区", "江北区"),
    "insurance.pool": ("长春市", "天津市", "市本级"),
    "insurance.months_paid": (0, 11, 12, 35, 36),
    "payment.account_number": ("6222020200112230", "123"),
}
_YEARS = {"jilin": 2017, "urumqi": 2017, "tianjin": 2023, "dalian": 2020, "chongqing": 2025}
_ASKED = (
    *dict.fromkeys(key for case in GOOD.values() for key in case),
    *_TEXTS, "applicant.graduated_on", "applicant.retirement_class", "insurance.moved_in",
    "insurance.no_award_proof", "certificate.from_elsewhere", "certificate.is_filed_locally",
    "certificate.verification", "claim.is_first", "claim.applied_on", "employer.registered_here",
)  # fmt: skip


def values(field_id: str, region: str) -> st.SearchStrategy[Any]:
    if field_id in _TEXTS:
        return st.sampled_from(_TEXTS[field_id])
    field = fields()[field_id]
    match field.kind:
        case "date":
            around = [
                date(_YEARS[region], 6, 6) + timedelta(days=step) for step in (-300, -90, 0, 90, 178, 500)
            ]
            return st.sampled_from((*around, date(1968, 5, 1), DAYS[region]))
        case "yes_no":
            return st.booleans()
        case "level":
            return st.integers(1, 5)
        case "choice":
            return st.sampled_from([each.id for each in field.choices])
        case "choices":
            return st.lists(st.sampled_from([each.id for each in field.choices]), unique=True).map(tuple)
    raise AssertionError(field_id)


days = st.sampled_from(
    [date(2017, 6, 1), date(2020, 3, 2), date(2023, 2, 2), date(2024, 12, 31), date(2025, 7, 1)]
)
awards = st.builds(
    Award,
    status=st.sampled_from(["obtained", "applied", "granted", "refused", "recovered"]),
    region=st.sampled_from(("", *REGIONS)),
    programme=st.sampled_from(["", "skill_upgrade", "training", "assessment"]),
    occupation=st.sampled_from(("", *OCCUPATIONS)),
    level=st.none() | st.integers(1, 5),
    certificate_kind=st.sampled_from(["", "skill_level", "special_ability"]),
    certificate_number=st.sampled_from(["", "1707011003400123"]),
    certificate_issued_on=st.none() | days,
    applied_on=st.none() | days,
    on=st.none() | days,
)
choices = st.dictionaries(
    st.sampled_from(
        ["yearly_limit", "once_for_occupation", "certificate_kind_accepted", "certificate_level_accepted"]
    ),
    st.builds(ClerkChoice, st.sampled_from(["strict", "lenient"]), st.just("经核对")),
)


@st.composite
def situations(draw: st.DrawFn) -> tuple[Case, Known]:
    """A good case in which some facts are changed and some are missing, with anything known beside it."""
    name = draw(st.sampled_from(sorted(GOOD)))
    region = name.split("_")[0]
    answers = dict(GOOD[name])
    for field_id in draw(st.lists(st.sampled_from(_ASKED), max_size=5, unique=True)):
        answers[field_id] = draw(values(field_id, region))
    for field_id in draw(st.lists(st.sampled_from(sorted(answers)), max_size=4, unique=True)):
        del answers[field_id]
    case = Case("", "", region, DAYS[name], answers)
    known = Known(
        tuple(draw(st.lists(awards, max_size=4))),
        draw(st.sampled_from([Office(), Office("1", "渝中区")])),
        draw(choices),
        draw(st.sampled_from([(), TABLE])),
        weekends_off,
    )
    return case, known


@settings(max_examples=400, deadline=None)
@given(situations(), st.data())
def test_a_missing_fact_that_is_added_never_turns_ineligible_into_eligible(
    situation: tuple[Case, Known], data: st.DataObject
) -> None:
    case, known = situation
    rules = LATER if case.region == "jilin" and data.draw(st.booleans()) else policy(case.region)
    before = decide(case, rules, known)
    missing = data.draw(st.sampled_from([each for each in _ASKED if each not in case.answers]))
    value = data.draw(values(missing, case.region))
    after = decide(case.with_answer(missing, value), rules, known)
    assert (before.decision, after.decision) != ("ineligible", "eligible"), (missing, value)


@settings(max_examples=200, deadline=None)
@given(situations(), st.randoms())
def test_order_of_answers_and_awards_does_not_matter(situation: tuple[Case, Known], random: Any) -> None:
    case, known = situation
    answers, earlier = list(case.answers.items()), list(known.earlier)
    random.shuffle(answers)
    random.shuffle(earlier)
    mixed = Case("", "", case.region, case.governing_day, dict(answers))
    rules = policy(case.region)
    assert decide(mixed, rules, known._replace(earlier=tuple(earlier))) == decide(case, rules, known)


@settings(max_examples=200, deadline=None)
@given(situations(), st.data())
def test_an_empty_or_unread_answer_counts_as_missing(
    situation: tuple[Case, Known], data: st.DataObject
) -> None:
    case, known = situation
    absent = [key for key in _ASKED if key not in case.answers]
    nothing = {key: data.draw(st.sampled_from(("", (), Unread("不详"))), key) for key in absent}
    filled = replace(case, answers={**case.answers, **nothing})
    assert decide(filled, policy(case.region), known) == decide(case, policy(case.region), known)


@settings(max_examples=200, deadline=None)
@given(situations())
def test_amount_has_its_source_and_every_finding_says_something(situation: tuple[Case, Known]) -> None:
    case, known = situation
    decision = decide(case, policy(case.region), known)
    assert (decision.amount is None) == (not decision.amount_source)
    assert decision.amount is None or decision.amount > Decimal(0)
    assert (decision.amount is None) == (decision.amount_in_capitals is None)
    for finding in decision.findings:
        assert finding.source and finding.message
        assert finding.message.count("。") == 1 or finding.message == "补贴标准未配置"


@settings(max_examples=200, deadline=None)
@given(situations())
def test_decision_is_the_same_after_the_file_is_extended(situation: tuple[Case, Known]) -> None:
    case, known = situation
    record = decision_record(case, policy(case.region), known)
    for rules in (policy(case.region), *([LATER] if case.region == "jilin" else [])):
        remade = remake(record, rules)
        assert remade.is_same and remade.is_same_policy
