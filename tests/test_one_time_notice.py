"""The sheet tells everything at once, whole, on as many pages as it needs."""

from datetime import date

from desktop_app.forms import faces
from desktop_app.forms.marks import Text
from desktop_app.printing.one_time_notice import HEIGHT, MARGIN, WIDTH, Item, Notice, Section, notice_pages

MISSING = tuple(
    Item(f"第{number}项没有填写，请补上。", "吉人社联字〔2017〕67号 二（二）") for number in range(1, 31)
)
BRING = (Item("身份证原件及复印件", "吉人社联字〔2017〕67号 二（二）"),)


def notice(*sections: Section) -> Notice:
    return Notice(
        "样例𬱖",
        "吉林省参保企业职工技能提升补贴申请表",
        "样例市社会保险事业管理局",
        "",
        date(2017, 10, 9),
        sections,
    )


def words(pages: tuple) -> str:  # type: ignore[type-arg]
    return "".join(mark.text for page in pages for mark in page.marks if isinstance(mark, Text))


def test_every_item_stands_whole_with_its_article() -> None:
    pages = notice_pages(notice(Section("需要补齐或更正的内容", MISSING), Section("需要带来的材料", BRING)))
    text = words(pages)
    for item in (*MISSING, *BRING):
        assert item.sentence in text
    assert text.count("67号") == 31
    assert "样例𬱖" in text
    assert "2017年10月9日" in text
    assert len(pages) > 1


def test_nothing_leaves_the_page_and_an_empty_section_is_left_out() -> None:
    long = Item("样例" * 60 + "，请核对。")
    pages = notice_pages(notice(Section("需要补齐或更正的内容", (long,)), Section("需要带来的材料", ())))
    assert "材料" not in words(pages)
    for page in pages:
        for mark in page.marks:
            if isinstance(mark, Text):
                assert mark.x >= MARGIN - 0.1
                assert mark.x + faces.text_width(mark.text, mark.face, mark.size) <= WIDTH - MARGIN + 0.2
                assert mark.y <= HEIGHT - MARGIN + 1
