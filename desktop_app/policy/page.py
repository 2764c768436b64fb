"""A policy as a page that a policy officer reads: what is in force, from when, by which article, what is open."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from desktop_app.dates import show_day
from desktop_app.forms.fields import fields
from desktop_app.policy.facts import LEVEL_NAMES, choice_label
from desktop_app.policy.model import Policy, RetirementAge, RuleCall, Terms
from desktop_app.policy.rules import COMMON, RULES

_NUMBERS = {
    "months": "月数",
    "as_of": "计算到",
    "limit": "次数",
    "extra": "目录内另加次数",
    "open_before_months": "更早的证书存疑，限申请前几个月内核发的",
    "open_routes": "更早的证书存疑，只限",
    "routes": "可以是",
    "kinds": "可以是",
    "open_kinds": "存疑的证书类别",
    "open_employers": "存疑的单位类型",
    "levels": "可以是",
    "open_levels": "存疑的等级",
    "categories": "可以是",
    "in_graduation_year": "限毕业当年的",
    "soon_after_graduation": "限毕业后一段时间内的",
    "months_from_graduation": "毕业后多少个月内",
    "window_from": "领取起",
    "window_to": "领取止",
    "issued_from": "证书起",
    "issued_to": "证书止",
    "deadline": "申请截止",
    "field": "看哪一项",
    "subsidy": "补贴",
    "year_by": "年度看哪一日期",
    "end_roll": "末日是休息日",
    "precedence": "先后的算法",
    "again": "再次申请",
}
_WORDS = {
    "application": "申请日期",
    "certificate": "证书核发日期",
    "payment": "发放日期",
    "open": "存疑",
    "fail": "不予通过",
    "none": "不顺延",
    "next_workday": "顺延到下一工作日",
    "obtained_first": "先取得或已申报",
    "enjoyed": "已享受",
    "held": "已持有",
}
_CHOICE_FIELDS = {
    "routes": "insurance.route",
    "open_routes": "insurance.route",
    "open_employers": "employer.kind",
    "kinds": "certificate.kind",
    "open_kinds": "certificate.kind",
    "categories": "applicant.identity_categories",
    "in_graduation_year": "applicant.identity_categories",
    "soon_after_graduation": "applicant.identity_categories",
}


def policy_page(policy: Policy, day: date) -> str:
    """Return what holds for a day (of a certificate or an application, as the policy selects), in Chinese."""
    return "\n".join(_lines(policy, policy.terms_on(day), day)) + "\n"


def _lines(policy: Policy, terms: Terms, day: date) -> Iterator[str]:
    edition = terms.edition
    yield f"{policy.name}（{policy.region_name}）"
    yield f"版本　{policy.version(edition)}"
    yield f"文件　{edition.document}《{edition.title}》，{edition.issuer}"
    selected = "证书核发日期" if policy.selected_by == "certificate" else "申请日期"
    yield f"施行　自{show_day(edition.first_day)}起；按{selected}选用版本，这里看的是{show_day(day)}"
    end = f"至{show_day(edition.certificates_to)}" if edition.certificates_to else "起，文件没有写截止日期"
    yield f"证书　核发日期{show_day(edition.certificates_from)}{end}（{edition.source}）"
    start = edition.certificates_from if policy.selected_by == "certificate" else edition.first_day
    if day < start or (edition.certificates_to and day > edition.certificates_to):
        yield f"注意　{show_day(day)}不在上述范围之内，程序里没有适用的政策版本，以下是最接近的版本。"
    confirmed = [edition.confirmed, *(each.confirmed for each in terms.calls if each.rule not in COMMON)]
    yield f"核对　最近一次核对最早的一项是{show_day(min(confirmed))}"
    yield from _titled("申领条件和限制", _rules(policy, terms))
    yield from _titled("补贴标准", _amounts(policy, terms))
    yield from _titled("职业目录", _lists(terms))
    yield from _titled("法定退休年龄", map(_age, policy.retirement_ages))
    yield from _titled("办理期限", _clocks(policy))
    yield from _titled("受理以后的核验", _checks(policy))
    yield from _titled("材料", _materials(policy))
    yield from _titled("到哪里申请", _places(policy))
    yield from _titled("公示", _publicity(policy))
    yield from _titled(
        "证书查询", (f"{each.name} {each.address}（{each.source}）" for each in policy.lookups)
    )
    yield from _titled("经办机构电话", _agencies(policy))
    yield from _titled("存疑之处", _open(policy, terms))


def _titled(title: str, lines: Iterable[str]) -> Iterator[str]:
    found = list(lines)
    if found:
        yield ""
        yield f"【{title}】"
        yield from (f"　{line}" for line in found)


def _dates(first: date, source: str, confirmed: date) -> str:
    return f"（自{show_day(first)}起，{source}，{show_day(confirmed)}核对）"


def _rules(policy: Policy, terms: Terms) -> Iterator[str]:
    paths = {each.id: each.name for each in policy.paths}
    for call in terms.calls:
        if call.first_day == date.min:
            continue
        numbers = "；".join(_number(key, value) for key, value in call.numbers if key in _NUMBERS)
        path = f"，限{paths[call.path]}" if call.path else ""
        title = RULES[call.rule].title
        told = f"：{numbers}" if numbers else ""
        given = "，填了才核对" if call.is_if_given else ""
        yield f"{title}{told}{path}{given}{_dates(call.first_day, call.source, call.confirmed)}"


def _number(key: str, value: Any) -> str:
    if isinstance(value, date):
        text = show_day(value)
    elif isinstance(value, tuple):
        text = "、".join(_word(key, each) for each in value)
    else:
        text = _word(key, value)
    return f"{_NUMBERS[key]} {text}"


def _word(key: str, value: Any) -> str:
    if key in _CHOICE_FIELDS:
        return choice_label(_CHOICE_FIELDS[key], str(value))
    if key in ("levels", "open_levels"):
        return LEVEL_NAMES[value]
    if key == "field":
        return fields()[value].label
    return _WORDS.get(str(value), str(value))


def _amounts(policy: Policy, terms: Terms) -> Iterator[str]:
    if policy.has_office_amounts:
        yield "由本机构填写补贴标准表（证书类别、职业、等级、起始日期、依据），没有填写的提示“补贴标准未配置”"
    names = {each.id: each.name for each in terms.lists}
    for amounts in terms.amounts:
        name = names.get(amounts.list_id, amounts.list_id)
        yuan = "，".join(f"{LEVEL_NAMES[level]}{_yuan(each)}元" for level, each in amounts.yuan)
        since = _dates(amounts.first_day, amounts.source, amounts.confirmed)
        yield f"{name + '：' if name else ''}{yuan}{since}"


def _yuan(amount: Decimal) -> str:
    return f"{amount:.2f}"


def _lists(terms: Terms) -> Iterator[str]:
    for each in terms.lists:
        since = _dates(each.first_day, each.source, each.confirmed)
        yield f"{each.name}：{'、'.join(each.occupations)}{since}"


def _age(row: RetirementAge) -> str:
    label = choice_label("applicant.retirement_class", row.retirement_class)
    since = _dates(row.first_day, row.source, row.confirmed)
    if row.births_from is None:
        return f"{label}：{row.age}周岁{since}"
    return (
        f"{label}：{show_day(row.births_from)}及以后出生的，从{row.age}周岁起每{row.month_for_births}个月"
        f"延迟1个月，到{row.final_age}周岁为止{since}"
    )


def _clocks(policy: Policy) -> Iterator[str]:
    for each in policy.clocks:
        days = "文件没有写天数，由本机构填写"
        if each.days is not None:
            days = f"{'不少于' if each.is_minimum else ''}{each.days}个工作日"
        if each.month_days:
            days = f"每月{'、'.join(f'{day}日' for day in each.month_days)}前"
        starts = f"，自{each.starts}起" if each.starts else ""
        yield f"{each.name}：{days}{starts}（{each.source}，{show_day(each.confirmed)}核对）"


def _checks(policy: Policy) -> Iterator[str]:
    names = {each.id: each.name for each in policy.checks}
    days = {each.id: each.days for each in policy.clocks}
    for each in policy.checks:
        told = [each.department] if each.department else []
        told += [f"{days[each.clock]}个工作日"] if days.get(each.clock) is not None else []
        told += [f"在“{names[each.after]}”之后"] if each.after else []
        told.append(f"结果“{each.good}”或“{each.bad}”")
        told += [f"“{each.bad}”的退回"] if each.is_returned_if_bad else []
        told += [f"逐项：{'；'.join(each.items)}"] if each.items else []
        if rests_on := _parts(each.rests_on):
            told.append(f"更正{rests_on}的重新核验")
        yield f"{each.name}：{'，'.join(told)}（{each.source}，{show_day(each.confirmed)}核对）"


_PARTS = {"applicant": "申请人信息", "certificate": "证书信息", "insurance": "参保信息"}


def _parts(names: tuple[str, ...]) -> str:
    return "、".join(
        _PARTS.get(name.removesuffix(".*"), name) if name.endswith(".*") else fields()[name].label
        for name in names
    )


def _materials(policy: Policy) -> Iterator[str]:
    conditions = {
        "moved_in": "跨统筹地区转入的",
        "from_elsewhere": "外省或行业证书",
        "agent": "代办的",
        "no_bank_function": "社会保障卡未开通金融功能的",
    }
    for each in policy.materials:
        when = "，".join(filter(None, (_channels(each.channels), conditions.get(each.condition))))
        copies = f"，一式{each.copies}份" if each.copies > 1 else ""
        words = (f"，{each.form}" if each.form else "") + ("，须签字" if each.is_signed else "")
        yield f"{when + '：' if when else ''}{each.name}{words}{copies}（{each.source}）"


def _channels(channels: tuple[str, ...]) -> str:
    names = "、".join(choice_label("claim.channel", each) for each in channels)
    return f"{names}申请的" if names else ""


def _places(policy: Policy) -> Iterator[str]:
    for each in policy.places:
        when = _channels(each.channels)
        yield f"{when + '：' if when else ''}{each.text}（{each.source}）"


def _agencies(policy: Policy) -> Iterator[str]:
    for each in policy.agencies:
        enquiry = f"　咨询{each.enquiry}" if each.enquiry else ""
        supervision = f"　监督{each.supervision}" if each.supervision else ""
        yield f"{each.name}{enquiry}{supervision}（{each.source}）"


def _publicity(policy: Policy) -> Iterator[str]:
    if policy.publicity is None:
        return
    labels = [
        fields()[each].label + ("（遮盖）" if each in policy.publicity.masked else "")
        for each in policy.publicity.columns
    ]
    yield f"{policy.publicity.place}：{'、'.join(labels)}（{policy.publicity.source}）"


def _open(policy: Policy, terms: Terms) -> Iterator[str]:
    for call in terms.calls:
        if call.open_point:
            yield f"{call.open_point}{_readings(call)}（{call.source}）"
        elif dict(call.numbers).get("end_roll") == "open":
            yield f"最后一天是休息日时是否顺延，文件没有写{_readings(call)}（{call.source}）"
    for note in policy.notes:
        yield f"{note.text}（{note.source}）"


def _readings(call: RuleCall) -> str:
    texts = [f"{name} {text}" for name, text in call.readings]
    return f"；可选：{'，'.join(texts)}" if texts else ""
