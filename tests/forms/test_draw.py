"""What a filled paper shows: choices, blocks of one choice, boxes, continuation, masking, statistics."""

from decimal import Decimal

import pytest

from desktop_app.case import Answers, Unread
from desktop_app.forms.catalogue import form
from desktop_app.forms.draw import Drawing, draw
from desktop_app.forms.load import load_form
from desktop_app.forms.marks import Path, Text
from desktop_app.forms.model import case_of, in_order
from desktop_app.forms.statistics import with_statistics
from tests.support.worst_cases import ADDRESS_OF_90


def filled(form_id: str, answers: Answers, rows: tuple[Answers, ...] = ()) -> Drawing:
    paper = form(form_id)
    return draw(paper, case_of(paper, answers, rows))


def texts(drawing: Drawing) -> list[str]:
    return [mark.text for page in drawing.values for mark in page if isinstance(mark, Text)]


def test_a_chosen_square_shows_a_tick_inside_it() -> None:
    drawing = filled("urumqi.review", {"certificate.level": 4})
    (tick,) = [mark for mark in drawing.values[0] if isinstance(mark, Text) and mark.text == "√"]
    squares = [
        slot for slot in drawing.layout.pages[0].slots if slot.shape == "square" and slot.option == "4"
    ]
    assert any(
        square.x <= tick.x <= square.x + square.width and square.y <= tick.y <= square.y + square.height
        for square in squares
    )


def test_several_choices_are_ticked_together() -> None:
    drawing = filled(
        "chongqing.application", {"applicant.identity_categories": ("rural_migrant_worker", "hard_to_employ")}
    )
    assert texts(drawing).count("√") == 2


@pytest.mark.parametrize("kind", ["vocational_qualification", "skill_level", "special_ability"])
def test_a_block_shows_its_values_for_its_own_choice_alone(kind: str) -> None:
    drawing = filled(
        "chongqing.application", {"certificate.kind": kind, "certificate.number": "S000050000001244000000"}
    )
    assert texts(drawing).count("S000050000001244000000") == 1


def test_the_right_one_of_yes_and_no_is_ringed() -> None:
    rings = []
    for is_shortage in (True, False):
        drawing = filled("jilin.application", {"claim.is_shortage": is_shortage})
        (ring,) = [mark for mark in drawing.values[0] if isinstance(mark, Path)]
        rings.append(min(x for x, _ in ring.points))
    assert rings[0] < rings[1]


def test_each_character_of_a_number_stands_in_its_box() -> None:
    drawing = filled("jilin.application", {"applicant.id_number": "11010519491231002X"})
    (slot,) = [slot for slot in drawing.layout.pages[0].slots if slot.field_id == "applicant.id_number"]
    step = slot.width / slot.boxes
    marks = [mark for mark in drawing.values[0] if isinstance(mark, Text)]
    assert "".join(mark.text for mark in marks) == "11010519491231002X"
    for number, mark in enumerate(marks):
        assert slot.x + number * step < mark.x < slot.x + (number + 1) * step


def test_what_does_not_fit_stands_whole_on_a_continuation_page() -> None:
    drawing = filled("jilin.application", {"certificate.occupation": ADDRESS_OF_90 * 2})
    assert "见附页" in "".join(texts(drawing))
    (page,) = drawing.further
    assert ADDRESS_OF_90 * 2 in "".join(mark.text for mark in page.marks if isinstance(mark, Text))
    assert {each.rule for each in drawing.findings} == {"fits_paper"}


def test_a_character_without_a_glyph_is_a_finding() -> None:
    drawing = filled("jilin.application", {"applicant.name": "样例\U00030edd"})
    (finding,) = drawing.findings
    assert (finding.rule, finding.outcome, finding.field_id) == ("glyphs_available", "fail", "applicant.name")
    assert "U+30EDD" in finding.message
    assert "样例\u3000" in texts(drawing)  # room to write it in by hand, never an empty box


def test_a_posted_copy_masks_numbers_even_unreadable_ones() -> None:
    paper = form("jilin.publicity_filing")
    rows = ({"applicant.id_number": "11010519491231002X"}, {"applicant.id_number": Unread("1101051949")})
    shown = "".join(texts(draw(paper, case_of(paper, {}, rows), is_masked=True)))
    assert "110105********002X" in shown
    assert "1101051949" not in shown


def test_statistics_are_exact_and_complete() -> None:
    rows = (
        {"certificate.kind": "skill_level", "certificate.level": 5, "claim.amount": Decimal("1300.00")},
        {"certificate.kind": "skill_level", "certificate.level": 4, "claim.amount": Decimal("1500.00")},
        {
            "certificate.kind": "vocational_qualification",
            "certificate.level": 5,
            "claim.amount": Decimal("1000.00"),
        },
    )
    counted = with_statistics(form("jilin.monthly_statistics"), {}, rows)
    assert counted["statistics.amount:skill_level:5"] == "0.13"
    assert counted["statistics.amount:skill_level:total"] == "0.28"
    assert counted["statistics.amount:total:total"] == "0.38"
    assert counted["statistics.persons:total:5"] == "2"
    assert counted["statistics.persons:vocational_qualification:3"] == "0"


def test_a_paper_of_statistics_says_itself_which_figures_it_has() -> None:
    paper = load_form(
        """
id = "sample.figures"
version = "2025-06-06"
title = "样例"
region = "sample"
source = "样例"
paper = "A4"
orientation = "portrait"
margins = [20, 20, 20, 20]
list = true

[[block]]
columns = [60, 60]

[[block.row]]
height = 10
cells = ["{statistics.persons kind=special_ability}", "{statistics.amount kind=special_ability}"]
""",
        "figures.toml",
    )
    rows = ({"certificate.kind": "special_ability", "claim.amount": Decimal("1250.50")},) * 2
    assert texts(draw(paper, case_of(paper, {}, rows))) == ["2", "2501"]


def test_the_summary_is_in_the_order_of_levels() -> None:
    rows = tuple(
        {"certificate.level": level, "applicant.name": str(n)} for n, level in enumerate((3, 5, 4, 5))
    )
    ordered = in_order(form("urumqi.summary"), rows)
    assert [row["applicant.name"] for row in ordered] == ["1", "3", "2", "0"]
