"""The sample answers of every paper: readable, with valid numbers, and fit to print."""

import json
from typing import Any

import pytest

from desktop_app.case import Answers
from desktop_app.forms import kinds
from desktop_app.forms.catalogue import form, form_ids
from desktop_app.forms.draw import draw
from desktop_app.forms.fields import fields
from desktop_app.forms.model import case_of
from desktop_app.resources import resource

PAPERS = form_ids()


def sample(form_id: str, kind: str) -> Any:
    return json.loads(resource(f"samples/{form_id}{kind}.json").read_text(encoding="utf-8"))


def read(raw: dict[str, object]) -> Answers:
    return {field_id: kinds.from_json(fields()[field_id], value) for field_id, value in raw.items()}


def parts(form_id: str, kind: str) -> tuple[Answers, tuple[Answers, ...]]:
    """Return the answers of a sample and its rows."""
    raw = sample(form_id, kind)
    if form(form_id).is_list:
        return read(raw["answers"]), tuple(read(row) for row in raw["rows"])
    return read(raw), ()


@pytest.mark.parametrize("kind", ["", ".worst"], ids=["sample", "worst case"])
@pytest.mark.parametrize("form_id", PAPERS)
def test_every_number_of_a_sample_is_valid(form_id: str, kind: str) -> None:
    answers, rows = parts(form_id, kind)
    for each in (answers, *rows):
        for field_id, value in each.items():
            assert kinds.check(fields()[field_id], value) == (), field_id


@pytest.mark.parametrize("form_id", PAPERS)
def test_a_sample_fills_its_paper_and_fits(form_id: str) -> None:
    paper = form(form_id)
    answers, rows = parts(form_id, "")
    drawing = draw(paper, case_of(paper, answers, rows))
    assert drawing.findings == ()
    assert len(drawing.pages) == 1
    given = {*answers, *(field_id for row in rows for field_id in row)}
    needed = {each.field_id for each in paper.fields if each.is_required}
    # No document at hand states Chongqing's amounts, so its samples have none.
    assert needed - given <= ({"claim.amount"} if paper.region == "chongqing" else set())


@pytest.mark.parametrize("form_id", PAPERS)
def test_sample_people_look_made_up(form_id: str) -> None:
    answers, rows = parts(form_id, "")
    for each in (answers, *rows):
        assert "样例" in str(each.get("applicant.name", "样例"))
        assert "样例" in str(each.get("employer.name", "样例"))
