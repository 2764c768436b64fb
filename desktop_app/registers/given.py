"""Read an application from JSON with what is known beside it: the office, earlier awards and the clerk's choices."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple, get_args

from desktop_app.case import Case
from desktop_app.faults import Faults, hint
from desktop_app.forms import kinds
from desktop_app.forms.fields import Field, fields
from desktop_app.policy import catalogue
from desktop_app.policy.facts import readings_of
from desktop_app.policy.model import (
    Award,
    AwardStatus,
    ClerkChoice,
    IsRestDay,
    Known,
    Office,
    Policy,
)
from desktop_app.policy.rules import RULES
from desktop_app.regions import programmes, region_ids
from desktop_app.registers.case_file import read_answers

_KEYS = ("region", "governing_day", "office", "answers", "earlier", "choices")
_DAY = Field("", "日期", "date")
# An award's keys are read as the fields of the application that say the same.
_AWARD_FIELDS = {
    "occupation": "certificate.occupation",
    "work_type": "certificate.work_type",
    "level": "certificate.level",
    "certificate_kind": "certificate.kind",
    "certificate_number": "certificate.number",
    "certificate_issued_on": "certificate.issued_on",
    "applied_on": "claim.applied_on",
    "amount": "claim.amount",
}
_AWARD_KEYS = ("region", "programme", "status", "on", *_AWARD_FIELDS)


class Given(NamedTuple):
    """One case of a file with what is known beside it."""

    case: Case
    policy: Policy
    known: Known


def read_given(raw: Any, place: str, is_rest_day: Mapping[str, IsRestDay]) -> Given:
    """Return the case that a JSON object states; raise `Faults` with every fault of it."""
    faults: list[str] = []
    if not isinstance(raw, dict):
        raise Faults([f"{place}：应是一件申请，请写成花括号括起的样子。"])
    _refuse_keys(raw, _KEYS, place, faults)
    region = raw.get("region")
    if not isinstance(region, str) or region not in region_ids():
        faults.append(f"{place}：没有地区“{region}”{hint(str(region), region_ids())}。")
    day = _day(raw.get("governing_day"), f"{place} governing_day", faults)
    try:
        answers = read_answers(raw.get("answers", {}), f"{place} answers")
    except Faults as found:
        faults += found.faults
        answers = {}
    office = _office(raw.get("office", {}), f"{place} office", faults)
    earlier = _earlier(raw.get("earlier", []), f"{place} earlier", faults)
    if faults:
        raise Faults(faults)
    policy = catalogue.policy(str(region))
    choices = _choices(raw.get("choices", {}), f"{place} choices", policy, faults)
    if faults or day is None:
        raise Faults(faults)
    known = Known(earlier, office, choices, is_rest_day=is_rest_day.get(policy.region))
    return Given(Case("", "", policy.region, day, answers), policy, known)


def _refuse_keys(raw: Mapping[str, Any], known: Iterable[str], place: str, faults: list[str]) -> None:
    for key in raw:
        if key not in known:
            faults.append(f"{place}：没有“{key}”这一项{hint(str(key), known)}，请改正。")


def _day(raw: object, place: str, faults: list[str]) -> date | None:
    try:
        day = kinds.from_json(_DAY, raw)
    except ValueError:
        faults.append(f"{place}：应是2017-10-09样子的日期，请改正。")
        return None
    return day if isinstance(day, date) else None


def _office(raw: object, place: str, faults: list[str]) -> Office:
    if not isinstance(raw, dict):
        faults.append(f'{place}：应写成{{"code": "…", "district": "…"}}的样子，请改正。')
        return Office()
    _refuse_keys(raw, Office._fields, place, faults)
    for key, value in raw.items():
        if not isinstance(value, str):
            faults.append(f"{place}：{key}应是文字，请改正。")
            return Office()
    return Office(**{key: value for key, value in raw.items() if key in Office._fields})


def _earlier(raw: object, place: str, faults: list[str]) -> tuple[Award, ...]:
    if not isinstance(raw, list):
        faults.append(f"{place}：应是一列已有的补贴记录，请写成方括号括起的样子。")
        return ()
    found = [_award(each, f"{place} 第{number}条", faults) for number, each in enumerate(raw, 1)]
    return tuple(each for each in found if each is not None)


def _award(raw: object, place: str, faults: list[str]) -> Award | None:
    if not isinstance(raw, dict):
        faults.append(f"{place}：应是一条补贴记录，请写成花括号括起的样子。")
        return None
    before = len(faults)
    _refuse_keys(raw, _AWARD_KEYS, place, faults)
    closed = {"status": get_args(AwardStatus), "programme": programmes(), "region": region_ids()}
    values: dict[str, Any] = {}
    for key, value in raw.items():
        if value is None or value == "":
            continue
        if key in closed:
            if not isinstance(value, str) or value not in closed[key]:
                faults.append(f"{place}：{key}没有“{value}”{hint(str(value), closed[key])}，请改正。")
            values[key] = value
        elif key == "on":
            values[key] = _day(value, f"{place} on", faults)
        elif key in _AWARD_FIELDS:
            try:
                values[key] = kinds.from_json(replace(fields()[_AWARD_FIELDS[key]], id=key), value)
            except ValueError as fault:
                faults.append(f"{place}：{fault}")
    if "status" not in values:
        faults.append(f"{place}：缺少status，请写上{'、'.join(closed['status'])}之一。")
    return Award(**values) if len(faults) == before else None


def _choices(raw: object, place: str, policy: Policy, faults: list[str]) -> Mapping[str, ClerkChoice]:
    if not isinstance(raw, dict):
        faults.append(f'{place}：应写成{{"规则": {{"reading": "…", "reason": "…"}}}}的样子，请改正。')
        return {}
    found = {}
    for rule, choice in raw.items():
        if rule not in RULES:
            faults.append(f"{place}：没有规则“{rule}”{hint(str(rule), RULES)}，请改正。")
            continue
        if not isinstance(choice, dict):
            faults.append(f'{place} {rule}：应写成{{"reading": "…", "reason": "…"}}的样子，请改正。')
            continue
        _refuse_keys(choice, ClerkChoice._fields, f"{place} {rule}", faults)
        reading, reason = choice.get("reading"), choice.get("reason")
        names = readings_of(policy, rule)
        if not isinstance(reading, str) or reading not in names:
            faults.append(f"{place} {rule}：没有读法“{reading}”{hint(str(reading), names)}，请改正。")
        elif not isinstance(reason, str) or not reason.strip():
            faults.append(f"{place} {rule}：缺少reason，请写明理由。")
        else:
            found[rule] = ClerkChoice(reading, reason.strip())
    return found
