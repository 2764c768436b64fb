"""Rules about what the person has had before: once, once a year, no lower level, not beside another subsidy.

Each rule is a pure function of the facts and of the numbers that a policy calls it with; its name is the rule
id. Awards count whatever office made them; a recovered one is an open point.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Literal

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
    settled,
    tell_award,
)
from desktop_app.policy.model import Award, RuleCall

Again = Literal["fail", "open"]
YearBy = Literal["application", "certificate", "payment"]

OCCUPATION, LEVEL, NUMBER = "certificate.occupation", "certificate.level", "certificate.number"
LIVE = ("applied", "granted")
RECOVERED = "追回后能否再享受，文件没有写"
_YEAR_NAMES = {"application": "申请日期", "certificate": "证书核发日期", "payment": "发放日期"}


def live_awards(facts: Facts, programmes: tuple[str, ...]) -> list[Award]:
    """Return the awards of some programmes (none named: of all) that count against a claim."""
    return [each for each in facts.earlier if each.status in LIVE and counts(each, programmes)]


def _recovered(facts: Facts, programmes: tuple[str, ...]) -> list[Award]:
    return [each for each in facts.earlier if each.status == "recovered" and counts(each, programmes)]


def once_for_certificate(facts: Facts, call: RuleCall) -> Findings:
    """A certificate is claimed once."""
    if not facts.earlier:
        return passes(call, NUMBER, "没有查到这本证书的申领记录。")
    live = [each for each in live_awards(facts, ()) if each.certificate_number]
    back = [each for each in _recovered(facts, ()) if each.certificate_number]
    if not facts.number and (live or back):
        return lacks(call, NUMBER, "还没有填证书编号，无法判断这本证书是否申领过，请照证书填写。")
    for award in live:
        if award.certificate_number == facts.number:
            return fails(call, NUMBER, f"这本证书申领过（{tell_award(facts, award)}），不能再次申领。")
    for award in back:
        if award.certificate_number == facts.number:
            fact = f"这本证书申领过（{tell_award(facts, award)}）"
            return leaves_open(facts, call, NUMBER, fact, RECOVERED)
    return passes(call, NUMBER, "没有查到这本证书的申领记录。")


def _is_special(facts: Facts) -> bool:
    return facts.kind == "special_ability"


def _of_same_occupation(facts: Facts, awards: Iterable[Award]) -> list[Award]:
    """The awards of this occupation; an item of special ability is no occupation, and is known by its kind."""
    return [
        each
        for each in awards
        if each.occupation
        and each.occupation == facts.occupation
        and (
            not each.certificate_kind
            or facts.kind is None
            or (each.certificate_kind == "special_ability") == _is_special(facts)
        )
    ]


def once_for_occupation_and_level(
    facts: Facts,
    call: RuleCall,
    *,
    programmes: tuple[str, ...] = (),
    again: Again = "fail",
    tells_special_ability: bool = False,
) -> Findings:
    """The same level of the same occupation is subsidised once."""
    if not facts.earlier:
        return passes(call, OCCUPATION, "没有查到同一职业同一等级的申领记录。")
    live, back = live_awards(facts, programmes), _recovered(facts, programmes)
    if not live and not back:
        return passes(call, OCCUPATION, "没有查到同一职业同一等级的申领记录。")
    if not facts.occupation:
        return lacks(call, OCCUPATION, "还没有填职业，无法判断是否申领过同一职业同一等级，请照证书填写。")
    same, same_back = _of_same_occupation(facts, live), _of_same_occupation(facts, back)
    if tells_special_ability and facts.kind is None and any(each.certificate_kind for each in same):
        return lacks(call, "certificate.kind", "还没有选证书类别，无法判断是否申领过，请照证书选择。")
    if (same or same_back) and facts.level is None and not _is_special(facts):
        return lacks(call, LEVEL, "还没有填等级，无法判断是否申领过同一职业同一等级，请照证书填写。")

    def of_level(awards: list[Award]) -> list[Award]:
        return awards if _is_special(facts) else [each for each in awards if each.level == facts.level]

    for award in of_level(same):
        message = f"同一职业同一等级申领过（{tell_award(facts, award)}）"
        if again == "fail":
            return fails(call, OCCUPATION, f"{message}，不能再次申领。")
        return leaves_open(facts, call, OCCUPATION, message)
    for award in of_level(same_back):
        message = f"同一职业同一等级享受过（{tell_award(facts, award)}）"
        return leaves_open(facts, call, OCCUPATION, message, RECOVERED)
    for award in same:
        if award.level is None:
            message = f"同一职业申领过（{tell_award(facts, award)}）"
            return leaves_open(facts, call, OCCUPATION, message, "记录里没有等级")
    for award in live:
        if not award.occupation and award.level in (None, facts.level):
            message = f"申领过同一等级的补贴（{tell_award(facts, award)}）"
            return leaves_open(facts, call, OCCUPATION, message, "记录里没有职业")
    return passes(call, OCCUPATION, "没有查到同一职业同一等级的申领记录。")


def once_for_occupation(
    facts: Facts, call: RuleCall, *, programmes: tuple[str, ...] = (), higher_after_lower: Again = "open"
) -> Findings:
    """One subsidy for an occupation and its work types; a higher level after a lower one may be open."""
    live, back = live_awards(facts, programmes), _recovered(facts, programmes)
    if not live and not back:
        return passes(call, OCCUPATION, "没有查到同一职业的享受记录。")
    if not facts.occupation:
        return lacks(call, OCCUPATION, "还没有填职业，无法判断是否享受过同一职业，请照证书填写。")
    same = _of_same_occupation(facts, live)
    if facts.kind is None and any(each.certificate_kind for each in same):
        return lacks(call, "certificate.kind", "还没有选证书类别，无法判断是否享受过，请照证书选择。")
    if same:
        return _again_in_occupation(facts, call, same, higher_after_lower)
    for award in _of_same_occupation(facts, back):
        fact = f"同一职业享受过（{tell_award(facts, award)}）"
        return leaves_open(facts, call, OCCUPATION, fact, RECOVERED)
    work_type = str(given(facts, "certificate.work_type") or "")
    for award in live:
        if facts.occupation == award.work_type or (work_type and work_type == award.occupation):
            fact = f"有一条职业与工种名称相同的记录（{tell_award(facts, award)}）"
            return doubts(facts, call, OCCUPATION, f"{fact}，请核对是否同一职业及其工种")
    return passes(call, OCCUPATION, "没有查到同一职业的享受记录。")


def _again_in_occupation(
    facts: Facts, call: RuleCall, same: list[Award], higher_after_lower: Again
) -> Findings:
    if _is_special(facts):
        return fails(call, OCCUPATION, f"同一项目享受过（{tell_award(facts, same[0])}），不能重复享受。")
    if facts.level is None and all(each.level != 1 for each in same):
        return lacks(call, LEVEL, "还没有填等级，无法判断是否重复享受，请照证书填写。")
    level = facts.level or 5
    for award in same:
        if award.level is not None and award.level <= level:
            message = f"同一职业享受过同级或更高等级（{tell_award(facts, award)}），不能重复享受。"
            return fails(call, OCCUPATION, message)
    message = f"同一职业享受过补贴（{tell_award(facts, same[0])}），这次是{LEVEL_NAMES[level]}"
    if higher_after_lower == "fail":
        return fails(call, OCCUPATION, f"{message}，同一职业只补一次，不能申领。")
    return leaves_open(facts, call, OCCUPATION, message)


def yearly_limit(
    facts: Facts,
    call: RuleCall,
    *,
    limit: int,
    year_by: tuple[YearBy, ...],
    programmes: tuple[str, ...] = (),
    extra: int = 0,
    extra_list: str = "",
    is_refused_open: bool = False,
) -> Findings:
    """At most `limit` awards a person a year, and `extra` more for the occupations of a list.

    `year_by` says which date gives the year, several where the document leaves it open; `is_refused_open` that
    nobody says whether a refused application uses up the allowance.
    """
    field = "claim.applied_on"
    choice = facts.known.choices.get(call.rule)
    chosen = [each for each in year_by if choice is not None and each == choice.reading]
    if facts.issued is None and "certificate" in (chosen or year_by) and live_awards(facts, programmes):
        return lacks(call, "certificate.issued_on", "还没有填证书核发日期，无法判断年度次数，请照证书填写。")
    if extra and not facts.occupation and live_awards(facts, programmes):
        return lacks(call, OCCUPATION, "还没有填职业，无法判断年度次数，请照证书填写。")
    listed = _listed(facts, extra_list)
    is_full = {}
    for each in chosen or year_by:
        live = [
            award for award in live_awards(facts, programmes) if _year(award, each) == _own_year(facts, each)
        ]
        others = [award for award in live if award.occupation not in listed]
        is_full[each] = len(live) >= limit + extra or (
            facts.occupation not in listed and len(others) >= limit
        )
    words = f"每人每年不超过{limit + extra}次" + (f"，其中目录外不超过{limit}次" if extra else "")
    years = "、".join(f"按{_YEAR_NAMES[each]}" for each in is_full)
    told = tell_all(facts, live_awards(facts, programmes))
    if chosen and choice is not None:
        fact = f"{words}，{'已满' if is_full[chosen[0]] else '未满'}{told}"
        return (settled(call, field, fact, choice, "fail" if is_full[chosen[0]] else "pass"),)
    if all(is_full.values()):
        return fails(call, field, f"{words}，本年度（{years}）已满{told}，不能再申领。")
    if any(is_full.values()):
        full = "、".join(_YEAR_NAMES[each] for each, one in is_full.items() if one)
        fact = f"{words}，按{full}算已满，按其余日期算未满{told}"
        return leaves_open(facts, call, field, fact)
    undated = [award for award in live_awards(facts, programmes) if _year(award, year_by[0]) is None]
    in_year = [
        each for each in live_awards(facts, programmes) if _year(each, year_by[0]) == facts.applied.year
    ]
    if undated and len(in_year) + len(undated) >= limit + extra:
        fact = f"{words}，有{len(undated)}次补贴没有写明日期，都算在本年度就已满{told}"
        return leaves_open(facts, call, field, fact, "请查明日期")
    return _open_in_year(facts, call, year_by[0], programmes, is_refused_open) or passes(
        call, field, f"{words}，本年度（{years}）未满。"
    )


def _open_in_year(
    facts: Facts, call: RuleCall, year_by: YearBy, programmes: tuple[str, ...], is_refused_open: bool
) -> Findings:
    """An application that was refused, or an award that was recovered, in the same year."""
    for award in facts.earlier:
        year = _year(award, year_by)
        if not counts(award, programmes) or year not in (_own_year(facts, year_by), None):
            continue
        fact = f"{'本年度' if year else '不知哪一年度'}有一次申请（{tell_award(facts, award)}）"
        if award.status == "recovered":
            return leaves_open(facts, call, "claim.applied_on", fact, "追回的是否占用年度次数，文件没有写")
        if award.status == "refused" and is_refused_open:
            return leaves_open(facts, call, "claim.applied_on", fact)
    return ()


def _listed(facts: Facts, list_id: str) -> tuple[str, ...]:
    return next((each.occupations for each in facts.terms.lists if each.id == list_id), ())


def _own_year(facts: Facts, year_by: YearBy) -> int:
    return (facts.issued or facts.applied if year_by == "certificate" else facts.applied).year


def _year(award: Award, year_by: YearBy) -> int | None:
    """The year of an award; where the date itself is not known, of the nearest one that is."""
    order: dict[str, Callable[[], tuple[date | None, ...]]] = {
        "application": lambda: (award.applied_on, award.on, award.certificate_issued_on),
        "certificate": lambda: (award.certificate_issued_on, award.applied_on, award.on),
        "payment": lambda: (award.on, award.applied_on, award.certificate_issued_on),
    }
    day = next((each for each in order[year_by]() if each is not None), None)
    return None if day is None else day.year


def tell_all(facts: Facts, awards: list[Award]) -> str:
    """Return several awards in brackets, or nothing."""
    return f"（{'；'.join(tell_award(facts, each) for each in awards)}）" if awards else ""


def lifetime_limit(facts: Facts, call: RuleCall, *, limit: int, programmes: tuple[str, ...] = ()) -> Findings:
    """At most `limit` awards a person, ever."""
    live = live_awards(facts, programmes)
    if len(live) >= limit:
        message = f"每人累计不超过{limit}次，已满{tell_all(facts, live)}，不能再申领。"
        return fails(call, "claim.applied_on", message)
    return passes(call, "claim.applied_on", f"每人累计不超过{limit}次，已有{len(live)}次。")
