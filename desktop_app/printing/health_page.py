"""The report on how a computer and its store are, on a sheet that can be sent along; as marks."""

from collections.abc import Sequence
from datetime import datetime

from desktop_app.forms.marks import Page
from desktop_app.printing.text_pages import SMALL, TextPages


def health_pages(
    lines: Sequence[tuple[str, str, str]], faults: Sequence[str], office: str, now: datetime
) -> tuple[Page, ...]:
    """Return the sheet.

    Args:
        lines: Sign, label and sentence of each.
        faults: What is wrong with the records, each with its place.
        office: Its name.
        now: Of the report, in the zone that it is told in.
    """
    pages = TextPages()
    pages.centred("电脑状况", "song_bold", 18.0)
    pages.space(4)
    pages.paragraph(f"经办机构：{office}")
    pages.paragraph(f"查看时间：{now:%Y年%m月%d日 %H:%M}")
    pages.space(3)
    for sign, label, told in lines:
        pages.item(sign, f"{label}：{told}")
    if faults:
        pages.space(3)
        pages.heading("核查出的问题")
        for fault in faults:
            pages.item("×", fault)
    pages.space(3)
    pages.paragraph("本页没有申请人的信息，可以传给技术人员。", SMALL)
    return pages.finished()
