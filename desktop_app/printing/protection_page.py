"""The page for an assessor: which clause of GB/T 22239-2019 the program meets, the office, or nobody; as marks."""

from datetime import date
from typing import Final

from desktop_app.dates import show_day
from desktop_app.forms.marks import Page
from desktop_app.printing.text_pages import SMALL, TextPages
from desktop_app.protection import MET_LABELS, Profile, clauses

_SIGNS: Final = {"program": "✓", "partly": "△", "office": "○", "no": "×"}
_LEVELS: Final = {2: "第二级", 3: "第三级"}
_NOTE: Final = (
    "条文为 GB/T 22239-2019《信息安全技术 网络安全等级保护基本要求》安全计算环境部分。本程序是单机软件，"
    "定级和测评的对象是它所在的系统；电脑、机房、制度不在本页内，请以测评机构的意见为准。"
)


def protection_pages(level: int, rules: Profile, office: str, version: str, day: date) -> tuple[Page, ...]:
    """Return the sheet for a level of the standard.

    Args:
        level: 2 or 3.
        rules: The profile in force in the office.
        office: Its name.
        version: Of the program.
        day: Of the sheet.
    """
    pages = TextPages()
    pages.centred("网络安全等级保护对照表", "song_bold", 18.0)
    pages.centred(f"（{_LEVELS[level]}）", "song", 12.0)
    pages.space(4)
    pages.paragraph(f"经办机构：{office}")
    pages.paragraph(f"程序版本：{version}　　打印日期：{show_day(day)}")
    pages.paragraph(f"现用规则：{rules.label}。{rules.about}")
    pages.paragraph(_NOTE, SMALL)
    found = clauses(level)
    counts = "，".join(
        f"{MET_LABELS[word]} {sum(each.is_met == word for each in found)} 条" for word in MET_LABELS
    )
    pages.paragraph(f"共 {len(found)} 条：{counts}。")
    group = ""
    for clause in found:
        if clause.group != group:
            group = clause.group
            pages.space(3)
            pages.heading(group)
        pages.item(_SIGNS[clause.is_met], clause.text, f"{MET_LABELS[clause.is_met]}：{clause.by}")
    return pages.finished()
