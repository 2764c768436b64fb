"""Every paper that is shipped, held against what every paper must be."""

import re

import pytest

from desktop_app.forms import faces
from desktop_app.forms.catalogue import form, form_ids
from desktop_app.forms.draw import draw
from desktop_app.forms.fields import fields
from desktop_app.forms.layout import LaidPage, lay_out
from desktop_app.forms.marks import MM_PER_POINT, Line, Path, Text
from desktop_app.forms.model import case_of
from tests.support.worst_cases import worst_answers

PAPERS = form_ids()
OFFICIAL = {
    "tianjin.application", "tianjin.public_list", "urumqi.review", "urumqi.summary",
    "urumqi.publicity_certificate", "urumqi.public_list", "jilin.application", "jilin.publicity_filing",
    "jilin.public_list", "jilin.monthly_statistics", "dalian.application", "dalian.public_list",
    "chongqing.application", "chongqing.public_list",
}  # fmt: skip


def test_every_official_paper_is_there() -> None:
    assert set(PAPERS) >= OFFICIAL


@pytest.mark.parametrize("form_id", PAPERS)
def test_each_field_has_its_place_and_each_place_its_field(form_id: str) -> None:
    paper = form(form_id)
    asked = {each.field_id for each in paper.fields}
    placed = {slot.field_id for page in lay_out(paper).pages for slot in page.slots} - {"#"}
    assert {each for each in placed if not each.startswith("statistics.")} <= asked
    if not paper.is_statistics:
        assert asked <= placed
    assert asked <= set(fields())
    assert set(paper.help) <= set(fields())


@pytest.mark.parametrize("form_id", PAPERS)
def test_places_lie_on_the_page_and_apart(form_id: str) -> None:
    for page in lay_out(form(form_id)).pages:
        boxes = [(s.x, s.y, s.x + s.width, s.y + s.height) for s in page.slots]
        for left, top, right, bottom in boxes:
            assert 0 <= left < right <= page.width
            assert 0 <= top < bottom <= page.height
        for number, first in enumerate(boxes):
            for second in boxes[number + 1 :]:
                apart = (
                    first[2] <= second[0] + 0.05
                    or second[2] <= first[0] + 0.05
                    or first[3] <= second[1] + 0.05
                    or second[3] <= first[1] + 0.05
                )
                assert apart, (first, second)


@pytest.mark.parametrize("form_id", PAPERS)
def test_every_glyph_of_the_wording_is_in_its_face(form_id: str) -> None:
    for page in lay_out(form(form_id)).pages:
        for mark in page.marks:
            if isinstance(mark, Text):
                assert all(faces.has(mark.face, character) for character in mark.text), mark.text


def ink(mark: Text) -> tuple[float, float, float, float]:
    """Return left, top, right, bottom of the em boxes of a run, mm."""
    size = mark.size * MM_PER_POINT
    wide = faces.text_width(mark.text, mark.face, mark.size) + mark.spread * (len(mark.text) - 1)
    return mark.x, mark.y - 0.88 * size, mark.x + wide, mark.y + 0.12 * size


@pytest.mark.parametrize("form_id", PAPERS)
@pytest.mark.parametrize("is_filled", [False, True], ids=["blank", "worst case"])
def test_nothing_overlaps_a_line_leaves_its_cell_or_enters_a_kept_place(
    form_id: str, is_filled: bool
) -> None:
    paper = form(form_id)
    rows = (worst_answers(paper, is_repeated=True),) * 40 if is_filled and paper.is_list else ()
    case = case_of(paper, worst_answers(paper) if is_filled else {}, rows)
    drawing = draw(paper, case)
    for laid, values in zip(drawing.layout.pages, drawing.values, strict=True):
        texts = [mark for mark in (*laid.marks, *values) if isinstance(mark, Text)]
        for text in texts:
            check_text(text, laid)
        check_apart(texts)


def check_text(text: Text, laid: LaidPage) -> None:
    left, top, right, bottom = ink(text)
    assert left >= -0.01 and right <= laid.width + 0.01, text
    for area in laid.kept:
        is_apart = (
            right <= area.x + 0.3
            or left >= area.x + area.width - 0.3
            or bottom <= area.y + 0.5
            or top >= area.y + area.height - 0.5
        )
        assert is_apart, (text, area)
    if not re.fullmatch(r"第 \d+ 页　共 \d+ 页", text.text):
        middle = ((left + right) / 2, (top + bottom) / 2)
        homes = [
            cell
            for cell in laid.cells
            if cell.x <= middle[0] <= cell.x + cell.width and cell.y <= middle[1] <= cell.y + cell.height
        ]
        assert any(
            cell.x - 0.1 <= left
            and right <= cell.x + cell.width + 0.1
            and cell.y - 0.3 <= top
            and bottom <= cell.y + cell.height + 0.3
            for cell in homes
        ), text
    for line in laid.marks:
        if isinstance(line, Line) and line.width >= 0.18:
            assert not crosses(line, (left + 0.1, top + 0.3, right - 0.1, bottom - 0.15)), (text, line)


def crosses(line: Line, box: tuple[float, float, float, float]) -> bool:
    left, top, right, bottom = box
    return (
        max(line.x1, line.x2) > left
        and min(line.x1, line.x2) < right
        and max(line.y1, line.y2) > top
        and min(line.y1, line.y2) < bottom
    )


def check_apart(texts: list[Text]) -> None:
    boxes = sorted((ink(text), text) for text in texts if text.text not in ("√",))
    for number, (first, mark) in enumerate(boxes):
        for second, other in boxes[number + 1 :]:
            if second[0] >= first[2] - 0.2:
                break
            overlap = min(first[3], second[3]) - max(first[1], second[1])
            assert overlap < 0.9, (mark, other)


@pytest.mark.parametrize("form_id", PAPERS)
def test_lists_repeat_the_head_and_end_with_the_foot(form_id: str) -> None:
    paper = form(form_id)
    if not paper.is_list or paper.is_statistics:
        return
    rows = tuple({"applicant.name": f"样例{number}"} for number in range(500))
    drawing = draw(paper, case_of(paper, {}, rows))
    pages = drawing.layout.pages
    assert len(pages) > 3
    head = {mark.text for mark in pages[0].marks if isinstance(mark, Text)}
    foot = {mark.text for mark in pages[-1].marks if isinstance(mark, Text)} - head
    seen: list[int] = []
    for laid, values in zip(pages, drawing.values, strict=True):
        words = {mark.text for mark in laid.marks if isinstance(mark, Text)}
        pageless = {each for each in head if not each.startswith("第 ")}
        assert pageless <= words
        if laid is not pages[-1]:
            assert not {each for each in foot if not each.startswith("第 ")} & words
        numbers = sorted({slot.row for slot in laid.slots if slot.row >= 0})
        assert numbers, "an empty page"
        assert values
        seen.extend(numbers)
    assert seen == list(range(500))
    assert any(isinstance(mark, Path) for mark in pages[-1].marks)
