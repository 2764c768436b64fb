"""Commands about rules: the decision on a case, the faults of a policy file, what is in force."""

import argparse
import json
import sys
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from desktop_app.cli.faults import Fault
from desktop_app.dates import parse_day, show_day
from desktop_app.faults import Faults
from desktop_app.finding import told_once
from desktop_app.policy import catalogue
from desktop_app.policy.calendars import Calendar, calendar
from desktop_app.policy.decide import decide
from desktop_app.policy.load import load_policy
from desktop_app.policy.model import AmountRow, Decision, IsRestDay, Policy
from desktop_app.policy.nearest_yes import remedies
from desktop_app.policy.office_amounts import amount_rows
from desktop_app.policy.page import policy_page
from desktop_app.policy.record import decision_json
from desktop_app.regions import region_ids
from desktop_app.registers.given import Given, read_given
from desktop_app.registers.json_file import lines_of, parse_json, read_one, read_text
from desktop_app.workflow.deadlines import clock_faults

_VERDICTS = {"eligible": "符合", "ineligible": "不符合", "incomplete": "待补充"}
_GROUPS = (("fail", "不符合"), ("warn", "待确认"), ("unknown", "缺项"), ("pass", "符合"))


def check(options: argparse.Namespace) -> int:
    """Print the decision on a case, or on each line of a `.jsonl` file."""
    if options.file.suffix == ".jsonl":
        return _check_lines(options)
    place, raw = read_one(options.file)
    given = read_given(raw, place, _calendars())
    decision, mended = _decide(given, _amounts(options))
    if options.json:
        print(json.dumps(_told(decision, mended), ensure_ascii=False))
    else:
        print("\n".join(readable(decision, mended)))
    return 0


def _check_lines(options: argparse.Namespace) -> int:
    calendars, amounts = _calendars(), _amounts(options)
    status = 0
    for number, line in lines_of(read_text(options.file), options.file.name):
        place = f"{options.file.name} 第{number}行"
        try:
            told = _told(*_decide(read_given(parse_json(line, place), place, calendars), amounts))
        except Faults as faults:
            status = 1
            sentences = Fault(*faults.faults).sentences
            told = {"line": number, "error": "".join(sentences)}
            print("\n".join(sentences), file=sys.stderr)
        print(json.dumps(told, ensure_ascii=False))
    return status


def _decide(given: Given, amounts: tuple[AmountRow, ...]) -> tuple[Decision, Mapping[str, str]]:
    """Return the decision, and for each failing rule what would mend it, where anything does."""
    known = given.known._replace(amounts=amounts)
    decision = decide(given.case, given.policy, known)
    if decision.decision != "ineligible":
        return decision, {}
    return decision, remedies(given.case, given.policy, known, decision)


def _told(decision: Decision, mended: Mapping[str, str]) -> dict[str, Any]:
    told = decision_json(decision)
    for finding in told["findings"]:
        if finding["outcome"] == "fail" and finding["rule"] in mended:
            finding["remedy"] = mended[finding["rule"]]
    return told


def _amounts(options: argparse.Namespace) -> tuple[AmountRow, ...]:
    """The office's table of amounts, where one was given."""
    if options.amounts is None:
        return ()
    place, raw = read_one(options.amounts)
    if not isinstance(raw, list) or not all(isinstance(each, dict) for each in raw):
        raise Fault(f"{place}：应是补贴标准的各行，请写成方括号括起的样子。")
    return amount_rows(raw, place)


def _calendars() -> Mapping[str, IsRestDay]:
    """Which days are rest days, by region; a calendar is read when a rule first asks."""

    @cache
    def of(region: str) -> Calendar:
        return calendar(region)

    def lazily(region: str) -> IsRestDay:
        return lambda day: of(region).is_rest_day(day)

    return {region: lazily(region) for region in region_ids()}


def readable(decision: Decision, mended: Mapping[str, str]) -> list[str]:
    """Return a decision as lines that an office reads: verdict, amount, last day, findings by group.

    `mended` says for a failing rule what would meet it. What two rules say in the same words is told once.
    """
    lines = [f"结论：{_VERDICTS[decision.decision]}" + ("，有待确认事项" * decision.needs_confirmation)]
    if decision.amount is not None:
        lines.append(f"金额：{decision.amount}元，{decision.amount_in_capitals}（{decision.amount_source}）")
    else:
        lines.append("金额：还不能确定")
    last_day = decision.last_day_to_apply
    dated = {each.outcome for each in decision.findings if each.rule == "certificate_dated_in_range"}
    if last_day is not None:
        lines.append(f"最后申请日：{show_day(last_day)}")
    elif "fail" not in dated:
        lines.append(f"最后申请日：{'还不能确定' if 'unknown' in dated else '文件没有写明'}")
    lines.append(f"政策版本：{decision.policy}")
    findings = told_once(decision.findings)
    for outcome, title in _GROUPS:
        found = [each for each in findings if each.outcome == outcome]
        if found:
            lines += ["", f"【{title}】"]
            for each in found:
                remedy = mended.get(each.rule, "") if outcome == "fail" else ""
                lines.append(f"　{each.message}{remedy}（{each.source}）")
    return lines


def policy_check(options: argparse.Namespace) -> int:
    """Tell every fault of a policy file."""
    policy = load_policy(read_text(options.file), options.file.name)
    if faults := [f"{options.file.name}：{each}" for each in clock_faults(policy)]:
        raise Faults(faults)
    future = _confirmed_after(policy, date.today())
    if future:
        raise Fault(
            f"{options.file.name}：confirmed 写的是{show_day(future)}，还没有到，请写最近一次核对的日期。"
        )
    if policy.region not in region_ids():
        print(f"{options.file.name}：“{policy.region}”是程序还没有的地区。", file=sys.stderr)
    message = f"{policy.name}：没有发现错误，共{len(policy.calls)}条规则、{len(policy.editions)}个版本。"
    print(message, file=sys.stderr)
    return 0


def _confirmed_after(policy: Policy, today: date) -> date | None:
    """Return the last day on which somebody is said to have checked a value, where it lies after `today`."""
    dated = (
        policy.editions,
        policy.calls,
        policy.amounts,
        policy.lists,
        policy.retirement_ages,
        policy.clocks,
    )
    last = max(each.confirmed for table in dated for each in table)
    return last if last > today else None


def policy_show(options: argparse.Namespace) -> int:
    """Print what is in force in a region for a day."""
    try:
        policy = catalogue.policy(options.region)
    except catalogue.UnknownRegion as unknown:
        raise Fault(str(unknown)) from None
    try:
        day = parse_day(options.day)
    except ValueError as fault:
        raise Fault(str(fault)) from None
    print(policy_page(policy, day), end="")
    return 0
