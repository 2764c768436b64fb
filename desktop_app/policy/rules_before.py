"""Rules about what came before beside the same claim: a higher level, another subsidy, what the applicant tells of it.

Each rule is a pure function of the facts and of the numbers that a policy calls it with; its name is the rule id.
"""

from typing import Any, Literal

from desktop_app.case import Answer
from desktop_app.policy.facts import (
    LEVEL_NAMES,
    Facts,
    Findings,
    counts,
    doubts,
    fails,
    given,
    lacks,
    leaves_open,
    passes,
    plain_occupation,
    tell_award,
)
from desktop_app.policy.model import Award, RuleCall
from desktop_app.policy.rules_repeat import LEVEL, LIVE, OCCUPATION, RECOVERED, live_awards, tell_all

Precedence = Literal["obtained_first", "enjoyed", "held"]

_CLAIMED = {
    "claim.earlier_month": "年月",
    "claim.earlier_occupation": "职业（工种）",
    "claim.earlier_level": "等级",
}


def no_lower_level_after_higher(
    facts: Facts, call: RuleCall, *, precedence: Precedence, programmes: tuple[str, ...] = ()
) -> Findings:
    """No subsidy for a level below one of the same occupation that came before.

    `obtained_first`: a higher certificate obtained before this one, whatever it was recorded for, or a higher level
    already claimed; a refused claim and a record without its level leave it open. `enjoyed`: a higher level claimed.
    `held`: a higher certificate held, whenever obtained.
    """
    none_found = "没有查到同一职业更高等级的记录。"
    awards = [each for each in facts.earlier if _may_precede(each, precedence, programmes)]
    if not awards:
        return passes(call, LEVEL, none_found)
    if not facts.occupation:
        return lacks(call, OCCUPATION, "还没有填职业，无法判断是否有更高等级，请照证书填写。")
    same = [each for each in awards if each.occupation in (facts.occupation, "")]
    if facts.level is None and any(each.level is None or each.level < 5 for each in same):
        return lacks(call, LEVEL, "还没有填等级，无法判断是否有更高等级，请照证书填写。")
    level = facts.level or 5
    unsure: list[tuple[Award, str]] = []
    is_date_missing = False
    for award in same:
        if award.level is not None and award.level >= level:
            continue
        is_first = _is_first(facts, award, precedence, programmes)
        if is_first is None and facts.issued is None:
            is_date_missing = True
        elif is_first is False:
            continue
        elif point := _why_unsure(award, is_first):
            unsure.append((award, point))
        else:
            fact = f"同一职业的更高等级在先（{tell_award(facts, award)}）"
            return fails(call, LEVEL, f"{fact}，不再享受{LEVEL_NAMES[level]}补贴。")
    if is_date_missing:
        return lacks(
            call, "certificate.issued_on", "还没有填证书核发日期，无法判断哪一本证书取得在先，请填写。"
        )
    if unsure:
        fact = f"有{len(unsure)}条记录可能在先{tell_all(facts, [award for award, _ in unsure])}"
        return leaves_open(facts, call, LEVEL, fact, "，".join(dict.fromkeys(point for _, point in unsure)))
    return passes(call, LEVEL, none_found)


def _may_precede(award: Award, precedence: Precedence, programmes: tuple[str, ...]) -> bool:
    """Whether an award could speak of a higher level; without an occupation or a level only a subsidy's can."""
    if award.certificate_kind in ("special_ability", "professional_technical"):
        return False
    if precedence == "obtained_first":
        return bool(award.occupation or award.status != "refused")
    statuses = (*LIVE, "recovered") if precedence == "enjoyed" else (*LIVE, "recovered", "obtained")
    return award.status in statuses and counts(award, programmes)


def _is_first(facts: Facts, award: Award, precedence: Precedence, programmes: tuple[str, ...]) -> bool | None:
    """Whether a higher level came before this certificate; None where the days do not tell."""
    is_claim = award.status != "obtained" and counts(award, programmes)
    if precedence != "obtained_first" or is_claim:
        return True
    obtained = award.certificate_issued_on or (award.on if award.status == "obtained" else None)
    latest = obtained or award.applied_on or award.on
    if facts.issued is None or latest is None:
        return None
    if latest < facts.issued:
        return True
    return False if obtained is not None else None


def _why_unsure(award: Award, is_first: bool | None) -> str:
    if not award.occupation:
        return "记录里没有职业"
    if award.level is None:
        return "记录里没有等级"
    if award.status == "recovered":
        return RECOVERED
    if award.status == "refused":
        return "更高等级的申请没有通过，是否算在先，文件没有写"
    return "" if is_first else "不知道哪一本证书取得在先"


def no_other_subsidy(
    facts: Facts,
    call: RuleCall,
    *,
    field: str,
    subsidy: str,
    programmes: tuple[str, ...] = (),
    doubt: str = "",
    only_same: bool = False,
) -> Findings:
    """Another subsidy was not drawn, by the answer in `field` or by an award for this occupation and level.

    `only_same`: it bars the same occupation and level alone, so that a yes of which nobody tells them is open.
    """
    message = f"已享受{subsidy}，不能重复享受" + (f"，{doubt}" if doubt else "")
    answer = given(facts, field)
    if answer is True and not only_same:
        return fails(call, field, f"{message}。")
    live = live_awards(facts, ())
    others = [
        each for each in live if (answer and only_same) or (each.programme and each.programme in programmes)
    ]
    for award in others:
        if facts.occupation and (award.occupation, award.level) == (facts.occupation, facts.level):
            return fails(call, field, f"{message}（{tell_award(facts, award)}）。")
    if answer is None:
        return lacks(call, field, f"还没有填是否已享受{subsidy}，请核实后填写。")
    if answer is True:
        if not others or not all(each.occupation and each.level for each in others):
            return leaves_open(facts, call, field, f"已享受过{subsidy}，不知道是哪一职业和等级")
        return passes(call, field, f"已享受的{subsidy}不是这一职业和等级{tell_all(facts, others)}。")
    return passes(call, field, f"未享受{subsidy}。")


def claim_history_consistent(facts: Facts, call: RuleCall, *, programmes: tuple[str, ...] = ()) -> Findings:
    """What the applicant ticked, and wrote of an earlier claim, agrees with the ledger; each difference is named."""
    field = "claim.is_first"
    is_first = given(facts, field)
    if is_first is None and _CLAIMED.keys().isdisjoint(facts.answers):
        return ()
    told = [(each, label, given(facts, each)) for each, label in _CLAIMED.items()]
    statuses = LIVE if is_first else (*LIVE, "recovered")
    awards = [each for each in facts.earlier if each.status in statuses and counts(each, programmes)]
    if is_first:
        if awards:
            fact = f"填的是初次申请，台账里有{len(awards)}次记录{tell_all(facts, awards[:1])}"
            return doubts(facts, call, field, f"{fact}，请与申请人核对")
        return passes(call, field, "填的是初次申请，台账里没有记录。")
    if not awards:
        return doubts(facts, call, field, "填的是多次申请，台账里没有记录，请与申请人核对")
    differing = min((_differences(told, each) for each in awards), key=len)
    if differing:
        named = "、".join(differing.values())
        return doubts(facts, call, next(iter(differing)), f"多次申请填写的{named}，请与申请人核对")
    return passes(call, field, "填的是多次申请，与台账相符。")


def _month(text: str) -> str:
    """A month as it is read, 2017年3月; any other text as it is."""
    year, _, month = text.partition("-")
    return f"{year}年{int(month)}月" if month.isdecimal() else text


def _differences(told: list[tuple[str, str, Answer | None]], award: Award) -> dict[str, str]:
    """What was written otherwise than a record has it, by field; what either leaves out is no difference."""
    days = [day for day in (award.applied_on, award.on) if day is not None]
    months = [f"{day:%Y-%m}" for day in days]
    recorded: dict[str, tuple[list[Any], str]] = {
        "claim.earlier_month": (months, f"{days[0].year}年{days[0].month}月" if days else ""),
        "claim.earlier_occupation": ([award.occupation] if award.occupation else [], award.occupation),
        "claim.earlier_level": (
            [award.level] if award.level else [],
            LEVEL_NAMES[award.level] if award.level else "",
        ),
    }
    found = {}
    for field, label, value in told:
        known, shown = recorded[field]
        plain = plain_occupation(value) if field == "claim.earlier_occupation" and value else value
        if value and known and plain not in known:
            wrote = LEVEL_NAMES[value] if isinstance(value, int) else _month(str(value))
            found[field] = f"{label}是{wrote}而台账里是{shown}"
    return found
