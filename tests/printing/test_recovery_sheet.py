"""The recovery sheet says everything that is needed on the day when nobody can sign in, on one page."""

from datetime import date

from desktop_app.forms import faces
from desktop_app.forms.marks import Text
from desktop_app.printing.recovery_sheet import RecoverySheet, recovery_pages
from desktop_app.printing.text_pages import MARGIN, WIDTH
from desktop_app.store.keys import GROUPS, new_seed, seed_of_sheet, sheet_text

SEED = new_seed()
SHEET = RecoverySheet(
    "样例市社会保险事业管理局（样例市样例区就业服务和人力资源发展中心）",
    "欧阳·𠮷娜",
    "ouyang",
    "7KQ4 M2XR 9WTC 5HNA",
    date(2026, 11, 24),
    tuple(sheet_text(SEED).splitlines()),
)


def texts() -> list[Text]:
    (page,) = recovery_pages(SHEET)
    return [mark for mark in page.marks if isinstance(mark, Text)]


def test_what_stands_on_the_sheet_is_the_key() -> None:
    large = sorted((each for each in texts() if each.size > 15 and each.size < 20), key=lambda each: each.y)
    assert seed_of_sheet(" ".join(each.text for each in large)) == SEED
    assert sum(len(each.text.split()) for each in large) == GROUPS


def test_sheet_says_whose_it_is_and_what_to_do_with_it() -> None:
    said = "".join(each.text for each in texts())
    for words in (SHEET.office, "𠮷娜", "ouyang", SHEET.fingerprint, "2026年11月24日", "保险柜", "忘记密码"):
        assert words in said, words


def test_nothing_leaves_the_page() -> None:
    for each in texts():
        right = each.x + faces.text_width(each.text, each.face, each.size)
        assert each.x >= MARGIN and right <= WIDTH - MARGIN + 0.5, each.text
