"""What a rule may look at, read once for each decision, and how a rule says what it found.

Names of occupations are brought into one form here and nowhere else. The module knows no rule.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from desktop_app import identifiers
from desktop_app.case import Answer, Answers, Case, Unread
from desktop_app.dates import show_day
from desktop_app.finding import Finding, Outcome
from desktop_app.forms.fields import fields
from desktop_app.forms.kinds import LEVEL_TITLES
from desktop_app.policy.model import LENIENT, STRICT, Award, ClerkChoice, Known, Policy, RuleCall, Terms

Findings = tuple[Finding, ...]
READING_TEXTS = {STRICT: "从严，不予通过", LENIENT: "从宽，予以通过"}
LEVEL_NAMES = {
    level: f"{LEVEL_TITLES[level]}（{'零一二三四五'[level]}级）" for level in range(1, len(LEVEL_TITLES))
}
_STATUS_NAMES = {
    "obtained": "取得证书",
    "applied": "已申请",
    "granted": "已发放",
    "refused": "未通过",
    "recovered": "已追回",
}


class Facts(NamedTuple):
    """One case as the rules read it; None stands for a fact that is missing.

    Attributes:
        applied: `claim.applied_on`, or the governing day where it is not given.
        occupation: In the form in which occupations compare.
        earlier: In a fixed order, whatever the order they were given in.
        births: As typed and as a sound identity number states it: two where they differ.
        sexes: The same.
        identity_faults: What is wrong with the applicant's number.
    """

    answers: Answers
    governing_day: date
    applied: date
    issued: date | None
    kind: str | None
    level: int | None
    occupation: str
    number: str
    births: tuple[date, ...]
    sexes: tuple[str, ...]
    identity_faults: Findings
    earlier: tuple[Award, ...]
    known: Known
    terms: Terms


def read_facts(case: Case, known: Known, terms: Terms) -> Facts:
    """Return what the rules read; answers that are empty or could not be read count as missing."""
    answers = case.answers
    values = answers.values()
    if Unread in map(type, values) or "" in values or () in values:
        answers = {
            key: value
            for key, value in answers.items()
            if type(value) is not Unread and value not in ("", ())
        }
    get: Any = answers.get
    identity = get("applicant.id_number")
    birth, sex = get("applicant.birth_date"), get("applicant.sex")
    births, sexes = (birth,) if birth else (), (sex,) if sex else ()
    faults: Findings = ()
    if identity:
        faults = identifiers.check_identity_number(identity, known.today, "applicant.id_number")
        if not faults:
            stated, stated_sex = identifiers.birth_date_of(identity), identifiers.sex_of(identity)
            births = births if stated in births else (*births, stated)
            sexes = sexes if stated_sex in sexes else (*sexes, stated_sex)
    number = get("certificate.number")
    earlier = known.earlier
    return Facts(
        answers,
        case.governing_day,
        get("claim.applied_on") or case.governing_day,
        get("certificate.issued_on"),
        get("certificate.kind"),
        get("certificate.level"),
        plain_occupation(get("certificate.occupation") or ""),
        identifiers.compact(number) if number else "",
        births,
        sexes,
        faults,
        tuple(sorted(map(_plain_award, earlier), key=_award_order)) if earlier else (),
        known,
        terms,
    )


@lru_cache(maxsize=8192)
def plain_occupation(text: str) -> str:
    """Return an occupation's name in the form in which names compare: half width, without blanks."""
    return "".join(identifiers.narrow(text).split())


def _plain_award(award: Award) -> Award:
    return award._replace(
        occupation=plain_occupation(award.occupation),
        work_type=plain_occupation(award.work_type),
        certificate_number=identifiers.compact(award.certificate_number),
    )


def _award_order(award: Award) -> tuple[str, ...]:
    return (str(award.on or award.applied_on or award.certificate_issued_on or ""), *map(str, award))


def given(facts: Facts, field_id: str) -> Answer | None:
    """Return an answer, or None where it is missing or empty."""
    return facts.answers.get(field_id)


def passes(call: RuleCall, field_id: str, message: str) -> Findings:
    """Say that a rule is met."""
    return (Finding(call.rule, "pass", field_id, message, call.source),)


def fails(call: RuleCall, field_id: str, message: str) -> Findings:
    """Say that a rule is not met."""
    return (Finding(call.rule, "fail", field_id, message, call.source),)


def warns(call: RuleCall, field_id: str, message: str) -> Findings:
    """Say that somebody should look."""
    return (Finding(call.rule, "warn", field_id, message, call.source),)


def lacks(call: RuleCall, field_id: str, message: str) -> Findings:
    """Say that a fact is missing which could change the outcome; nothing where the policy only asks if given."""
    return () if call.is_if_given else (Finding(call.rule, "unknown", field_id, message, call.source),)


def doubts(facts: Facts, call: RuleCall, field_id: str, fact: str) -> Findings:
    """Say that what was given looks wrong, or that the clerk has looked and how it is.

    `fact` ends with what to look at, one clause without a full stop.
    """
    choice = facts.known.choices.get(call.rule)
    if choice is not None and choice.reading in (STRICT, LENIENT):
        return (settled(call, field_id, fact, choice, "fail" if choice.reading == STRICT else "pass"),)
    return warns(call, field_id, f"{fact}，确认无误请写明理由。")


def leaves_open(facts: Facts, call: RuleCall, field_id: str, fact: str, open_point: str = "") -> Findings:
    """Say that a point is open, with both readings, or how the clerk has settled it.

    `fact` is what is so, one clause without a full stop; `open_point` stands in place of the call's own, where
    a rule has several.
    """
    texts = {**READING_TEXTS, **dict(call.readings)}
    choice = facts.known.choices.get(call.rule)
    if choice is not None and choice.reading in (STRICT, LENIENT):
        return (settled(call, field_id, fact, choice, "fail" if choice.reading == STRICT else "pass"),)
    point = open_point or call.open_point
    message = (
        f"{fact}{'，' + point if point else ''}，可以{texts[STRICT]}，也可以{texts[LENIENT]}，"
        "请选定一种并写明理由。"
    )
    return (Finding(call.rule, "warn", field_id, message, call.source),)


def readings_of(policy: Policy, rule: str) -> Mapping[str, str]:
    """Return the readings that a clerk can choose for a rule: name to Chinese text, strict and lenient first."""
    named = {name: text for call in policy.calls if call.rule == rule for name, text in call.readings}
    return {**READING_TEXTS, **named}


def settled(call: RuleCall, field_id: str, fact: str, choice: ClerkChoice, outcome: Outcome) -> Finding:
    """Say how the clerk's choice settles an open point."""
    text = {**READING_TEXTS, **dict(call.readings)}.get(choice.reading, choice.reading)
    reason = choice.reason.rstrip("。")
    return Finding(
        call.rule, outcome, field_id, f"{fact}，经办人选定“{text}”，理由是“{reason}”。", call.source
    )


def counts(award: Award, programmes: tuple[str, ...]) -> bool:
    """Tell whether an award belongs to one of the programmes; an award of an unnamed programme does."""
    return not programmes or not award.programme or award.programme in programmes


def tell_award(facts: Facts, award: Award) -> str:
    """Return one clause that names an earlier award: when, where, which occupation and level, what became of it."""
    day = award.on or award.applied_on or award.certificate_issued_on
    level = LEVEL_NAMES.get(award.level, "") if award.level is not None else ""
    place = f"在{facts.terms.places.get(award.region, award.region)}" if award.region else ""
    what = f"{award.occupation or '职业不详'}{level}"
    return f"{show_day(day) if day else '日期不详'}{place}，{what}，{_STATUS_NAMES[award.status]}"


@lru_cache(maxsize=256)
def choice_label(field_id: str, choice_id: str) -> str:
    """Return the Chinese label of a choice."""
    return next((each.label for each in fields()[field_id].choices if each.id == choice_id), choice_id)


def levels_text(levels: Iterable[int]) -> str:
    """Return levels as the documents write them, the lowest first."""
    return "、".join(LEVEL_NAMES[level] for level in sorted(levels, reverse=True))
