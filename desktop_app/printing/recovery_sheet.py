"""The recovery sheet: the office's last key, printed once and locked away, as marks.

It takes the secret as the lines that are to be typed again, and keeps nothing. No Qt and no file here.
"""

from datetime import date
from typing import Final, NamedTuple

from desktop_app.dates import show_day
from desktop_app.forms.marks import Page
from desktop_app.printing.text_pages import BODY, MARGIN, SMALL, TEXT_WIDTH, TextPages, pitch

TITLE: Final = "恢复页"
_SECRET: Final = 17.0  # pt: read at arm's length, and by somebody who has not seen it before
_BESIDE: Final = 34.0  # mm from the margin: before it stands which groups a line holds
_LINE_HIGH: Final = 3.0  # mm more between two lines of the secret


class RecoverySheet(NamedTuple):
    """What the sheet says.

    Attributes:
        office: Empty where it is not known yet.
        name: The administrator for whom it is printed.
        fingerprint: Of the key of the office's first administrator, as people compare it.
        lines: The secret, groups of characters parted by spaces, one line each.
    """

    office: str
    name: str
    login: str
    fingerprint: str
    day: date
    lines: tuple[str, ...]


def recovery_pages(sheet: RecoverySheet) -> tuple[Page, ...]:
    """Return the pages of the sheet: one, unless an office's name is very long."""
    text = TextPages()
    text.centred(TITLE, "song_bold", 20.0)
    text.space(2)
    text.centred("请锁进保险柜，不拍照，不复印，不存进任何电脑", "song", BODY)
    text.space(4)
    if sheet.office:
        text.paragraph(f"机构：{sheet.office}", BODY)
    text.paragraph(f"管理员：{sheet.name}（登录名 {sheet.login}）", BODY)
    text.paragraph(f"打印日期：{show_day(sheet.day)}", BODY)
    text.space(3)
    text.rule()
    text.space(4)
    first = 1
    for line in sheet.lines:
        last = first + len(line.split()) - 1
        start = text.y
        text.space((pitch(_SECRET) - pitch(BODY)) / 2)
        text.line(MARGIN, f"第 {first} 至 {last} 组", BODY)
        text.y = start
        text.line(MARGIN + _BESIDE, line.replace(" ", "  "), _SECRET, "song_bold")
        text.space(_LINE_HIGH)
        first = last + 1
    text.space(1)
    text.rule()
    text.space(4)
    text.heading("做什么用")
    text.paragraph(
        "忘记了密码、管理员又不在时，凭这一页设定新密码。没有密码，也没有这一页，资料谁也打不开，软件的制作者也不能。",
        BODY,
    )
    text.space(2)
    text.heading("怎样用")
    text.paragraph(
        "打开程序，在登录页点【忘记密码】，选【用恢复页】，照上面从第 1 组起填写；填错一组，程序会指出是哪一组。"
        "字母不分大小写，没有字母 I、L、O、U。",
        BODY,
    )
    text.space(2)
    text.heading("怎样保管")
    text.paragraph(
        "装入信封封好，骑缝签字，锁进不与电脑放在一处的保险柜；拿到这一页和电脑的人，就能看到全部资料。"
        "用过一次或换了新页，这一页就作废，请当场销毁。",
        BODY,
    )
    text.space(2)
    text.heading("第一位管理员的指纹")
    text.paragraph(sheet.fingerprint, BODY)
    text.paragraph(
        "怀疑有人冒充管理员时，与【人员】页上的指纹对照，应当一字不差。",
        SMALL,
    )
    text.space(6)
    text.line(MARGIN, "打印人（签字）：", BODY)
    text.y -= pitch(BODY)
    text.line(MARGIN + TEXT_WIDTH / 2, "封存人（签字）：", BODY)
    text.space(2)
    text.line(MARGIN, "封存日期：", BODY)
    text.y -= pitch(BODY)
    text.line(MARGIN + TEXT_WIDTH / 2, "存放处：", BODY)
    return text.finished()
