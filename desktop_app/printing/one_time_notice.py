"""The 一次性告知 sheet: everything that is missing or wrong with an application, told at once, as marks.

It takes the applicant's own sentences and decides where they stand; what is told is decided elsewhere. No Qt here.
"""

from datetime import date
from typing import NamedTuple

from desktop_app.dates import show_day
from desktop_app.forms import breaking, faces
from desktop_app.forms.marks import MM_PER_POINT, Line, Mark, Page, Text
from desktop_app.policy.for_applicant import ForApplicant, Item

TITLE = "一次性告知单"
WIDTH, HEIGHT = 210.0, 297.0
MARGIN = 25.0
TEXT_WIDTH = WIDTH - 2 * MARGIN
_BODY, _SMALL = 12.0, 9.0
_LEAD = 1.6
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
    setter = _Setter()
    setter.centred(TITLE, "song_bold", 18.0)
    setter.space(4)
    setter.paragraph(f"{notice.applicant or '申请人'}：", _BODY)
    is_whole = not (told.fill or told.mend or told.not_met)
    words = "已经填齐，请按下面所列办理：" if is_whole else "请按下面所列一次办齐："
    setter.paragraph(f"　　您申请办理的《{notice.paper}》，{words}", _BODY)
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
            setter.item(sign or f"{number}．", item._replace(source="") if item.source == following else item)
    setter.foot(notice)
    return setter.finished()


def _pitch(size: float) -> float:
    return size * _LEAD * MM_PER_POINT


class _Setter:
    """Sets lines down the page and begins another when one is full."""

    def __init__(self) -> None:
        self.pages: list[list[Mark]] = [[]]
        self.y = MARGIN

    def space(self, high: float) -> None:
        self.y += high

    def room(self, high: float) -> None:
        if self.y + high > HEIGHT - MARGIN:
            self.pages.append([])
            self.y = MARGIN

    def line(self, x: float, text: str, size: float, face: str = "song") -> None:
        self.room(_pitch(size))
        baseline = self.y + (_pitch(size) - size * MM_PER_POINT) / 2 + 0.88 * size * MM_PER_POINT
        for run_face, run in faces.face_for(text, face):
            printed = faces.printable(run, run_face)
            self.pages[-1].append(Text(x, baseline, size, run_face, printed, 0.0, "form"))
            x += faces.text_width(run, run_face, size)
        self.y += _pitch(size)

    def centred(self, text: str, face: str, size: float) -> None:
        wide = faces.width(faces.face_for(text, face), size)
        self.line((WIDTH - wide) / 2, text, size, face)

    def paragraph(self, text: str, size: float, face: str = "song", indent: float = 0.0) -> None:
        limit = (TEXT_WIDTH - indent) / (size * MM_PER_POINT)
        for tokens in breaking.break_lines(breaking.em_tokens(text, face), limit):
            self.line(MARGIN + indent, "".join(token.text for token in tokens), size, face)

    def heading(self, text: str) -> None:
        """A heading, never the last line of a page."""
        self.room(_pitch(_BODY) * 4)
        self.paragraph(text, _BODY, "song_bold")

    def item(self, number: str, item: Item) -> None:
        indent = 9.0
        self.room(_pitch(_BODY) * 2)
        start = self.y
        page = len(self.pages)
        self.paragraph(item.sentence, _BODY, indent=indent)
        end, end_page = self.y, len(self.pages)
        if end_page == page:
            self.y = start
            self.line(MARGIN, number, _BODY)
            self.y = end
        if item.source:
            self.paragraph(item.source, _SMALL, indent=indent)
        self.space(1.0)

    def foot(self, notice: Notice) -> None:
        self.room(_FOOT)
        self.space(8)
        self.pages[-1].append(Line(MARGIN, self.y, WIDTH - MARGIN, self.y, 0.15, "form"))
        self.space(3)
        self.line(MARGIN, f"告知机构：{notice.office}", _BODY)
        if notice.phone:
            self.line(MARGIN, f"咨询电话：{notice.phone}", _BODY)
        self.line(MARGIN, f"告知日期：{show_day(notice.day)}", _BODY)
        self.space(2)
        self.line(MARGIN, "经办人（签字）：", _BODY)
        self.y -= _pitch(_BODY)
        self.line(MARGIN + TEXT_WIDTH / 2, "申请人（签字）：", _BODY)

    def finished(self) -> tuple[Page, ...]:
        return tuple(Page(WIDTH, HEIGHT, tuple(marks)) for marks in self.pages)
