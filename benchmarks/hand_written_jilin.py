"""The peer of `check_cases`: one function that knows Jilin's notice by heart, as a quick script would be written.

It makes the same findings, word for word, for the facts that the benchmark's cases have, and knows nothing else.
"""

import calendar
from collections.abc import Callable
from datetime import date, timedelta

from desktop_app.case import Case
from desktop_app.finding import Finding

NOTICE = "吉人社联字〔2017〕67号"
LIST = ("药物制剂工", "化学分析工", "焊工", "建材物理检验工", "模具工", "多工序数控机床操作调整工")
KINDS = {"vocational_qualification": "职业资格证书", "skill_level": "职业技能等级证书"}
LEVELS = {5: "初级（五级）", 4: "中级（四级）", 3: "高级（三级）", 2: "技师（二级）", 1: "高级技师（一级）"}


def shown(day: date) -> str:
    """Return a day as it is written."""
    return f"{day.year}年{day.month}月{day.day}日"


def year_after(day: date) -> date:
    """Return the corresponding day twelve months later, or the month's last day."""
    return date(day.year + 1, day.month, min(day.day, calendar.monthrange(day.year + 1, day.month)[1]))


def findings_by_hand(case: Case, is_rest_day: Callable[[date], bool | None]) -> list[Finding]:
    """Return the findings on one case."""
    a = case.answers
    applied: date = a["claim.applied_on"]  # type: ignore[assignment]
    issued: date = a["certificate.issued_on"]  # type: ignore[assignment]
    out = [Finding("dates_consistent", "pass", "claim.applied_on", "各项日期的先后没有矛盾。", NOTICE)]
    if applied < date(2017, 8, 23):
        text = f"申请日期{shown(applied)}早于文件施行的2017年8月23日，请核对申请日期，确认无误请写明理由。"
        out.append(Finding("policy_in_force", "warn", "claim.applied_on", text, NOTICE))
    months: int = a["insurance.months_paid"]  # type: ignore[assignment]
    field, source = "insurance.months_paid", f"{NOTICE} 一（一）"
    if months >= 36:
        text = f"累计缴纳失业保险费{months}个月，已满36个月。"
        out.append(Finding("months_paid_at_least", "pass", field, text, source))
    else:
        text = f"累计缴纳失业保险费{months}个月，不满36个月，还差{36 - months}个月，不能申领。"
        out.append(Finding("months_paid_at_least", "fail", field, text, source))
    field, source = "insurance.in_arrears", f"{NOTICE} 三（一）1"
    if a["insurance.in_arrears"]:
        text = "欠缴失业保险费，请先由单位补缴，再来申请。"
        out.append(Finding("not_in_arrears", "fail", field, text, source))
    else:
        out.append(Finding("not_in_arrears", "pass", field, "不欠缴失业保险费。", source))
    if a["employment.in_service"]:
        field = "employment.in_service"
        out.append(Finding("in_service_at_application", "pass", field, "申请时在职。", f"{NOTICE} 一"))
    text = f"{KINDS[str(a['certificate.kind'])]}在补贴范围内。"
    out.append(Finding("certificate_kind_accepted", "pass", "certificate.kind", text, f"{NOTICE} 一（二）"))
    level: int = a["certificate.level"]  # type: ignore[assignment]
    rule, field, source = "certificate_level_accepted", "certificate.level", f"{NOTICE} 一（二）"
    if level in (5, 4, 3):
        out.append(Finding(rule, "pass", field, f"等级是{LEVELS[level]}，在补贴范围内。", source))
    else:
        text = f"等级是{LEVELS[level]}，补贴范围只有初级（五级）、中级（四级）、高级（三级），不能申领。"
        out.append(Finding(rule, "fail", field, text, source))
    if issued >= date(2017, 1, 1):
        text = f"证书核发日期{shown(issued)}不早于2017年1月1日。"
        out.append(Finding("certificate_dated_in_range", "pass", "certificate.issued_on", text, source))
    rule, field, source = "applied_within_months_of_issue", "claim.applied_on", f"{NOTICE} 二"
    last = year_after(issued)
    rolled = last
    while is_rest_day(rolled):
        rolled += timedelta(days=1)
    head = f"证书核发日期{shown(issued)}起12个月内到{shown(last)}为止，"
    if applied <= last:
        out.append(Finding(rule, "pass", field, f"{head}申请日期{shown(applied)}没有超过。", source))
    elif applied <= rolled:
        text = (
            f"{head}申请日期是{shown(applied)}，最后一天是休息日，文件没有写是否顺延，可以不顺延，按已超过期限处理，"
            "也可以顺延到下一个工作日，按没有超过期限处理，请选定一种并写明理由。"
        )
        out.append(Finding(rule, "warn", field, text, source))
    else:
        text = f"{head}申请日期是{shown(applied)}，已超过期限，不能申领。"
        out.append(Finding(rule, "fail", field, text, source))
    source = f"{NOTICE} 四（三）"
    text = "没有查到这本证书的申领记录。"
    out.append(Finding("once_for_certificate", "pass", "certificate.number", text, source))
    text = "没有查到同一职业同一等级的申领记录。"
    out.append(Finding("once_for_occupation_and_level", "pass", "certificate.occupation", text, source))
    occupation = str(a["certificate.occupation"])
    if occupation in LIST:
        place = LIST.index(occupation) + 1
        text = f"{occupation}在吉林省紧缺急需职业（工种）目录第{place}项，按目录内标准补贴。"
        out.append(
            Finding("on_shortage_list", "pass", "certificate.occupation", text, f"{NOTICE} 四（二）、附件3")
        )
    return out
