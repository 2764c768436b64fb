"""What is wrong with a policy between its tables, each of which can be read: overlaps, gaps, names that none has."""

from datetime import date

from desktop_app.faults import hint
from desktop_app.policy.compiled import compile_policy
from desktop_app.policy.model import Policy


def between_tables(policy: Policy, file_name: str) -> list[str]:
    """Return what is wrong between the tables: nothing at all, values that overlap, what is missing or of no order."""
    faults: list[str] = []
    if not policy.editions:
        faults.append(f"{file_name}：没有[[edition]]，请写上文件及其施行日期。")
    present = {each.rule for each in policy.calls}
    needed = ["certificate_kind_accepted", "certificate_dated_in_range"]
    needed += ["amount_configured"] if policy.has_office_amounts else []
    faults += [f"{file_name}：没有规则{each}，请补上[[rule]]。" for each in needed if each not in present]
    seen: set[tuple[object, ...]] = set()
    keys: list[tuple[str, str, str, date]] = [
        *(("rule", each.rule, each.path, each.first_day) for each in policy.calls),
        *(("amount", each.list_id or "目录外", "", each.first_day) for each in policy.amounts),
        *(("list", each.id, "", each.first_day) for each in policy.lists),
        *(("edition", "", "", each.certificates_from) for each in policy.editions),
        *(("edition", "施行日期", "", each.first_day) for each in policy.editions),
        *(("retirement_age", each.retirement_class, "", each.first_day) for each in policy.retirement_ages),
        *(("clock", each.id, "", date.min) for each in policy.clocks),
        *(("check", each.id, "", date.min) for each in policy.checks),
        *(("act", each.id, "", date.min) for each in policy.acts),
        *(("reason", each.code, "", date.min) for each in policy.reasons),
    ]
    for key in keys:
        if key in seen:
            name, what, path, day = key
            since = f"自{day}起" if day != date.min else ""
            told = " ".join(part for part in (what, path) if part)
            faults.append(f"{file_name}：[[{name}]] {told}{since}有两处取值重叠，请删去一处或改正from。")
        seen.add(key)
    for each in policy.calls:
        if each.path and any(other.rule == each.rule and not other.path for other in policy.calls):
            fault = f"[[rule]] {each.rule}既对全部途径又对{each.path}，取值重叠，请留一种"
            faults.append(f"{file_name}：{fault}。")
    clocks = [each.id for each in policy.clocks]
    for clock in policy.clocks:
        if clock.counts_from and clock.counts_from not in clocks:
            near = hint(clock.counts_from, clocks)
            faults.append(
                f"{file_name}：[[clock]] {clock.id}没有期限“{clock.counts_from}”{near}，请改正counts_from。"
            )
    faults += _check_faults(policy, file_name)
    if not faults and not policy.has_office_amounts:
        faults += _missing_amounts(policy, file_name)
    return faults


def _check_faults(policy: Policy, file_name: str) -> list[str]:
    """What is wrong between checks, periods and materials: nothing to look into, names of none, no order."""
    if not policy.checks:
        return [f"{file_name}：没有[[check]]，请写上受理以后核验什么。"]
    faults = []
    clocks, earlier = [each.id for each in policy.clocks], list[str]()
    for each in policy.checks:
        place = f"{file_name}：[[check]] {each.id}"
        if each.clock and each.clock not in clocks:
            faults.append(f"{place}没有期限“{each.clock}”{hint(each.clock, clocks)}，请先写[[clock]]。")
        if each.after and each.after not in earlier:
            faults.append(f"{place}之前没有核验“{each.after}”{hint(each.after, earlier)}，请按先后改正。")
        earlier.append(each.id)
    return faults


def _missing_amounts(policy: Policy, file_name: str) -> list[str]:
    faults = []
    for terms in compile_policy(policy).terms:
        levels = {
            level
            for call in terms.calls
            if call.rule == "certificate_level_accepted"
            for key, numbers in call.numbers
            if key in ("levels", "open_levels")
            for level in numbers
        }
        for list_id in ("", *dict.fromkeys(each.list_id for each in policy.amounts if each.list_id)):
            have = {level for each in terms.amounts if each.list_id == list_id for level, _ in each.yuan}
            if lacking := sorted(levels - have, reverse=True):
                told = "、".join(f"{level}级" for level in lacking)
                name = f"目录{list_id}的" if list_id else ""
                day = terms.edition.certificates_from
                faults.append(f"{file_name}：{day}起{name}{told}没有金额，请补上[[amount]]。")
    return list(dict.fromkeys(faults))
