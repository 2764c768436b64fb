"""Rules about the certificate and about time: kind, level, range, the last day to apply, the office's table.

Each rule is a pure function of the facts and of the numbers that a policy calls it with; its name is the rule
id. Which days are rest days is asked of `known.is_rest_day`.
"""

import re
from datetime import date, timedelta
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from desktop_app import identifiers
from desktop_app.dates import add_months, show_day
from desktop_app.policy.facts import (
    LEVEL_NAMES,
    Facts,
    Findings,
    choice_label,
    doubts,
    fails,
    given,
    lacks,
    leaves_open,
    levels_text,
    passes,
    plain_occupation,
    settled,
    warns,
)
from desktop_app.policy.model import AmountRow, IsRestDay, RuleCall

EndRoll = Literal["open", "none", "next_workday"]
SPECIAL_ABILITY = "special_ability"
NOT_CONFIGURED = "补贴标准未配置"

# The longest run of rest days since 2004 had ten (2020); past that no roll can save an application.
_LONGEST_REST = 10
# Above a shared character or two: 电焊工 is near 焊工, 化学检验工 is not near 化学分析工.
_NEAR = 0.6


def policy_in_force(facts: Facts, call: RuleCall) -> Findings:
    """The document is in force on the day of application; without a fault there is no finding."""
    edition = facts.terms.edition
    if facts.applied >= edition.first_day:
        return ()
    fact = f"申请日期{show_day(facts.applied)}早于文件施行的{show_day(edition.first_day)}"
    return doubts(facts, call, "claim.applied_on", f"{fact}，请核对申请日期")


def certificate_kind_accepted(
    facts: Facts, call: RuleCall, *, kinds: tuple[str, ...], open_kinds: tuple[str, ...] = ()
) -> Findings:
    """The certificate is of an accepted kind; a kind that the document leaves open is a warning."""
    field = "certificate.kind"
    if facts.kind is None:
        return lacks(call, field, "还没有选证书类别，请照证书选择。")
    label = choice_label(field, facts.kind)
    if facts.kind in kinds:
        return passes(call, field, f"{label}在补贴范围内。")
    if facts.kind in open_kinds:
        return leaves_open(facts, call, field, f"证书类别是{label}")
    return fails(call, field, f"{label}不在补贴范围内，不能申领。")


def certificate_level_accepted(
    facts: Facts, call: RuleCall, *, levels: tuple[int, ...] = (), open_levels: tuple[int, ...] = ()
) -> Findings:
    """The certificate is of an accepted level; a special-ability certificate has none."""
    field = "certificate.level"
    if facts.kind == SPECIAL_ABILITY:
        return ()
    if facts.level is None:
        return lacks(call, field, "还没有填等级，请照证书填写。")
    name = LEVEL_NAMES[facts.level]
    if facts.level in levels:
        return passes(call, field, f"等级是{name}，在补贴范围内。")
    if facts.level in open_levels:
        return leaves_open(facts, call, field, f"等级是{name}")
    return fails(call, field, f"等级是{name}，补贴范围只有{levels_text(levels)}，不能申领。")


def unseen_article_met(facts: Facts, call: RuleCall, *, kinds: tuple[str, ...]) -> Findings:
    """For some kinds of certificate an article that is not at hand sets conditions; the clerk confirms them."""
    if facts.kind not in kinds:
        return ()
    label = choice_label("certificate.kind", str(facts.kind))
    return leaves_open(facts, call, "certificate.kind", f"证书类别是{label}")


def certificate_dated_in_range(
    facts: Facts, call: RuleCall, *, open_before_months: int = 0, open_routes: tuple[str, ...] = ()
) -> Findings:
    """The certificate's day lies in the days to which an edition at hand speaks, both ends included.

    For `open_routes` the document states no first day: an earlier certificate is open while it is no older than
    `open_before_months` on the day of application.
    """
    field, issued, edition = "certificate.issued_on", facts.issued, facts.terms.edition
    if issued is None:
        return lacks(call, field, "还没有填证书核发日期，请照证书填写。")
    day, first = show_day(issued), show_day(edition.certificates_from)
    remedy = "程序里没有适用于这一日期的政策版本，请核对日期，日期无误的请向上级索取当时的文件。"
    if issued < edition.certificates_from:
        route = given(facts, "insurance.route")
        is_recent = facts.applied <= add_months(issued, open_before_months)
        if open_before_months and is_recent and (route is None or route in open_routes):
            return leaves_open(facts, call, field, f"证书核发日期{day}早于{first}")
        return fails(call, field, f"证书核发日期{day}早于{first}，{remedy}")
    if edition.certificates_to is None:
        return passes(call, field, f"证书核发日期{day}不早于{first}。")
    last = show_day(edition.certificates_to)
    if issued > edition.certificates_to:
        return fails(call, field, f"证书核发日期{day}晚于{last}，{remedy}")
    return passes(call, field, f"证书核发日期{day}在{first}至{last}之间。")


def applied_within_months_of_issue(
    facts: Facts, call: RuleCall, *, months: int, end_roll: EndRoll = "open"
) -> Findings:
    """The application comes within so many months of the certificate's day.

    The issue day is not counted; the period ends on the corresponding day of the month, or its last.
    Source of the counting: 民法典 第二百零一条至第二百零三条.
    """
    if facts.issued is None:
        return lacks(call, "certificate.issued_on", "还没有填证书核发日期，请照证书填写。")
    if facts.applied < facts.issued:
        return ()
    last = add_months(facts.issued, months)
    start = f"证书核发日期{show_day(facts.issued)}起{months}个月内"
    return _in_time(facts, call, start, last, end_roll)


def applied_by_transition_deadline(
    facts: Facts,
    call: RuleCall,
    *,
    issued_from: date,
    issued_to: date,
    deadline: date,
    end_roll: EndRoll = "open",
) -> Findings:
    """Certificates of the transition apply by the deadline; for later ones the time limit is not at hand."""
    if facts.issued is None:
        return lacks(call, "certificate.issued_on", "还没有填证书核发日期，请照证书填写。")
    if facts.issued < issued_from or facts.applied < facts.issued:
        return ()
    issued = f"证书核发日期{show_day(facts.issued)}"
    if facts.issued > issued_to:
        return leaves_open(facts, call, "claim.applied_on", f"{issued}晚于{show_day(issued_to)}")
    return _in_time(facts, call, f"{issued}，申请期限", deadline, end_roll)


def last_day_within_months(issued: date, *, months: int, end_roll: EndRoll = "open") -> date:
    """The last day to apply, not rolled over rest days."""
    return add_months(issued, months)


def last_day_of_transition(
    issued: date, *, issued_from: date, issued_to: date, deadline: date, end_roll: EndRoll = "open"
) -> date | None:
    """The deadline for certificates of the transition; None for others, whose time limit is open."""
    return deadline if issued_from <= issued <= issued_to else None


def _in_time(facts: Facts, call: RuleCall, start: str, last: date, end_roll: EndRoll) -> Findings:
    field = "claim.applied_on"
    applied, last_text = show_day(facts.applied), show_day(last)
    if facts.applied <= last:
        return passes(call, field, f"{start}到{last_text}为止，申请日期{applied}没有超过。")
    late = f"{start}到{last_text}为止，申请日期是{applied}"
    rolled = _is_in_rolled_days(last, facts.applied, facts.known.is_rest_day)
    if end_roll == "none" or rolled is False:
        unsure = ""
        if end_roll != "none" and _lacks_data(facts, last):
            unsure = f"，程序里没有{last.year}年完整的放假安排，但节假日再长也顺延不到申请日期"
        return fails(call, field, f"{late}，已超过期限{unsure}，不能申领。")
    if rolled is None:
        point = f"程序里没有{last.year}年完整的放假安排，无法判断最后一天是否休息日而顺延"
        return leaves_open(facts, call, field, late, point)
    if end_roll == "next_workday":
        return passes(call, field, f"{late}，最后一天是休息日而顺延，没有超过。")
    return leaves_open(facts, call, field, late, "最后一天是休息日，文件没有写是否顺延")


def _lacks_data(facts: Facts, day: date) -> bool:
    return facts.known.is_rest_day is None or facts.known.is_rest_day(day) is None


def _is_in_rolled_days(last: date, applied: date, is_rest_day: IsRestDay | None) -> bool | None:
    """Whether a period that ends on a rest day reaches `applied` if it rolls; None where nobody can say."""
    if (applied - last).days > _LONGEST_REST:
        return False
    day = last
    while day < applied:
        rests = is_rest_day(day) if is_rest_day is not None else None
        if not rests:
            return rests
        day += timedelta(days=1)
    return True


def assessed_in_this_district(facts: Facts, call: RuleCall, *, city: str = "") -> Findings:
    """The application is made in the district where the assessment took place, where both are known.

    Names compare without the city's: one that is part of the other (渝中, 渝中区) is the same place, one that only
    shares a word with it (石柱县, 石柱土家族自治县) is in doubt.
    """
    field = "certificate.assessed_in"
    place = _without_city(str(given(facts, field) or ""), city)
    office = _without_city(facts.known.office.district, city)
    if not place or not office:
        return ()
    if len(office) > 1 and len(place) > 1 and (place in office or office in place):
        return passes(call, field, f"评价在{place}进行，由本区县受理。")
    if _share_a_word(place, office):
        fact = f"评价在{place}进行，本窗口属于{office}，名称相近而不相同，请核对是不是同一区县"
        return doubts(facts, call, field, fact)
    return fails(call, field, f"评价在{place}进行，本窗口属于{office}，请到{place}申请。")


def _without_city(name: str, city: str) -> str:
    plain = plain_occupation(name)
    for part in filter(None, (city, city.removesuffix("市"))):
        plain = plain.replace(part, "")
    return plain


def _share_a_word(one: str, other: str) -> bool:
    """Whether two names of districts share two characters that are more than 新区 or 自治县."""
    cores = [
        re.sub(r"自治县|经济技术|开发区|经开区|(?<!高)新区|区|县|市", " ", each) for each in (one, other)
    ]
    words = [{core[start : start + 2] for start in range(len(core) - 1)} for core in cores]
    return any(" " not in word for word in words[0] & words[1])


def certificate_verified(facts: Facts, call: RuleCall) -> Findings:
    """A certificate that the look-up does not know fails; one not looked up yet gives no finding."""
    checks = ("certificate.verification", "certificate.review_verification")
    for field in checks:
        if given(facts, field) == "not_found":
            return fails(call, field, "证书查询无果，请核对证书编号，或请申请人到发证机构查证。")
    for field in checks:
        if given(facts, field) == "genuine":
            return passes(call, field, "证书已查询，真实有效。")
    return ()


def certificate_number_plausible(facts: Facts, call: RuleCall) -> Findings:
    """The number has the structure of its kind, and states the level and the year that were given."""
    field, number = "certificate.number", facts.number
    if not number:
        return ()
    for fault in identifiers.check_certificate_number(number, field):
        if fault.outcome == "fail":
            return fails(call, field, fault.message)
        return doubts(facts, call, field, fault.message.rstrip("。"))
    if facts.kind not in ("vocational_qualification", "skill_level"):
        return passes(call, field, "证书编号已填写。")
    tells = identifiers.certificate_tells(number)
    faults = []
    if tells.get("certificate_kind") != facts.kind:
        faults.append(f"不像{choice_label('certificate.kind', facts.kind)}的编号")
    else:
        if facts.level is not None and tells.get("level", facts.level) != facts.level:
            stated = LEVEL_NAMES[int(tells["level"])]
            faults.append(f"里的等级是{stated}，与所填的{LEVEL_NAMES[facts.level]}不同")
        if facts.issued is not None and tells["year"] != facts.issued.year:
            faults.append(f"里的年份是{tells['year']}年，与核发日期{show_day(facts.issued)}不同")
    if faults:
        return doubts(facts, call, field, "证书编号" + "，".join(faults) + "，请与证书核对")
    return passes(call, field, "证书编号与类别、等级、年份相符。")


def on_shortage_list(facts: Facts, call: RuleCall, *, list: str) -> Findings:
    """Say whether the occupation stands on the list by its exact name; a near name is a warning, not a match.

    Neither reading of a near name changes the amount: who means the listed occupation writes its name.
    """
    field = "certificate.occupation"
    if not facts.occupation:
        return ()
    for listed in facts.terms.lists:
        if listed.id == list:
            break
    else:
        return ()
    if facts.occupation in listed.occupations:
        place = listed.occupations.index(facts.occupation) + 1
        message = f"{facts.occupation}在{listed.name}第{place}项，按目录内标准补贴。"
        return passes(call, field, message)
    near = nearest_occupation(facts.occupation, listed.occupations)
    if not near:
        return ()
    fact = f"“{facts.occupation}”与{listed.name}的“{near}”相近而不相同，按目录外标准补贴"
    choice = facts.known.choices.get(call.rule)
    if choice is not None:
        return (settled(call, field, fact, choice, "pass"),)
    message = f"{fact}，请与证书核对，确是“{near}”就改正职业名称，不是就写明理由。"
    return warns(call, field, message)


@lru_cache(maxsize=8192)
def nearest_occupation(occupation: str, names: tuple[str, ...]) -> str:
    """Return the name on a list that is most like `occupation` without being it; empty where none is alike."""
    likeness = {
        name: 1.0
        if name in occupation or (len(occupation) > 2 and occupation in name)
        else SequenceMatcher(None, occupation, name).ratio()
        for name in names
    }
    best = max(likeness, key=lambda name: likeness[name], default="")
    return best if best and likeness[best] > _NEAR else ""


def amount_configured(facts: Facts, call: RuleCall) -> Findings:
    """The office's table has an amount for this kind, occupation, level and day."""
    field, rows = "claim.amount", facts.known.amounts
    row = office_amount(facts)
    if row is not None:
        message = f"补贴标准是{row.yuan}元，自{show_day(row.first_day)}起执行，依据是{row.source}。"
        return passes(call, field, message)
    if not rows:
        return lacks(call, field, NOT_CONFIGURED)
    return lacks(call, field, f"{NOT_CONFIGURED}，请在补贴标准表里补上这一证书类别、职业、等级和日期。")


def office_amount(facts: Facts) -> AmountRow | None:
    """The row of the office's table that holds on the day of application."""
    if not facts.kind or not facts.occupation:
        return None
    level = None if facts.kind == SPECIAL_ABILITY else facts.level
    if level is None and facts.kind != SPECIAL_ABILITY:
        return None
    rows = [
        row
        for row in facts.known.amounts
        if row.yuan > 0
        and row.kind == facts.kind
        and row.level == level
        and row.first_day <= facts.applied
        and plain_occupation(row.occupation) == facts.occupation
    ]
    return max(rows, key=lambda row: row.first_day, default=None)
