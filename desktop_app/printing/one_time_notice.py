"""The 一次性告知 sheet: everything that is missing or wrong with an application, told at once, as marks.

It takes the applicant's own sentences and decides where they stand; what is told is decided elsewhere. No Qt here.
"""

from datetime import date
from typing import NamedTuple

from desktop_app.dates import show_day
from desktop_app.forms.marks import Page
from desktop_app.policy.for_applicant import ForApplicant
from desktop_app.printing.text_pages import BODY, MARGIN, TEXT_WIDTH, TextPages, pitch

TITLE = "一次性告知单"
_BOX = "□"  # to tick when it is done
_FOOT = 48.0  # mm kept at the end for office, hand and day


class Notice(NamedTuple):
    """What the sheet says."""

    applicant: str
    paper: str
    office: str
    phone: str
    day: date
    told: ForApplicant


def notice_pages(notice: Notice) -> tuple[Page, ...]:
    """Return the pages of the sheet; what has nothing to say is left out, and the rest is numbered without a gap."""
    told = notice.told
    setter = TextPages()
    setter.centred(TITLE, "song_bold", 18.0)
    setter.space(4)
    setter.paragraph(f"{notice.applicant or '申请人'}：", BODY)
    is_whole = not (told.fill or told.mend or told.not_met)
    words = "已经填齐，请按下面所列办理：" if is_whole else "请按下面所列一次办齐："
    setter.paragraph(f"　　您申请办理的《{notice.paper}》，{words}", BODY)
    sections = (
        ("请补填", told.fill, _BOX),
        ("请改正或核对", told.mend, _BOX),
        ("目前不符合申领条件的地方", told.not_met, ""),
        ("请准备的材料", told.bring, _BOX),
        ("到哪里办", (*told.where, *told.phones), ""),
    )
    present = [each for each in sections if each[1]]
    for place, (heading, items, sign) in zip("一二三四五", present, strict=False):
        setter.space(3)
        setter.heading(f"{place}、{heading}")
        for number, item in enumerate(items, 1):
            following = items[number].source if number < len(items) else ""
            # Several things from one article name it once, below the last of them.
            source = "" if item.source == following else item.source
            setter.item(sign or f"{number}．", item.sentence, source)
    _foot(setter, notice)
    return setter.finished()


def _foot(setter: TextPages, notice: Notice) -> None:
    setter.room(_FOOT)
    setter.space(8)
    setter.rule()
    setter.space(3)
    setter.line(MARGIN, f"告知机构：{notice.office}", BODY)
    if notice.phone:
        setter.line(MARGIN, f"咨询电话：{notice.phone}", BODY)
    setter.line(MARGIN, f"告知日期：{show_day(notice.day)}", BODY)
    setter.space(2)
    setter.line(MARGIN, "经办人（签字）：", BODY)
    setter.y -= pitch(BODY)
    setter.line(MARGIN + TEXT_WIDTH / 2, "申请人（签字）：", BODY)
