"""Each paper with its sample answers, as text: what moved or changed shows as a difference that a person can read.

After a wanted change write the files anew with `GOLDEN=write python -m pytest tests/forms/test_golden.py` and read the
difference before it is committed.
"""

import json
import os
from decimal import Decimal

import pytest

from desktop_app.forms.catalogue import form, form_ids
from desktop_app.forms.draw import draw
from desktop_app.forms.marks import Line, Mark, Text
from desktop_app.registers.case_file import read_cases
from desktop_app.resources import resource
from tests.support import TESTS

GOLDEN = TESTS / "golden"


def told(mark: Mark) -> str:
    """Return a mark as one line, millimetres to a hundredth."""
    if isinstance(mark, Text):
        spread = f" +{mark.spread:.2f}" if mark.spread else ""
        return f"{mark.y:7.2f} {mark.x:7.2f} {mark.layer} {mark.face} {mark.size:g}{spread} {mark.text}"
    if isinstance(mark, Line):
        return f"{mark.y1:7.2f} {mark.x1:7.2f} {mark.layer} line to {mark.x2:.2f} {mark.y2:.2f} wide {mark.width:g}"
    (x, y), count = mark.points[0], len(mark.points)
    return f"{y:7.2f} {x:7.2f} {mark.layer} path of {count} wide {mark.width:g}"


@pytest.mark.parametrize("form_id", form_ids())
def test_the_paper_is_as_it_was(form_id: str) -> None:
    paper = form(form_id)
    (case,) = read_cases(resource(f"samples/{form_id}.json"), paper)
    lines = []
    for number, page in enumerate(draw(paper, case).pages, 1):
        lines.append(f"page {number} {page.width:g} x {page.height:g}")
        lines.extend(sorted(told(mark) for mark in page.marks))
    text = "\n".join(lines) + "\n"
    path = GOLDEN / f"{form_id}.txt"
    if os.environ.get("GOLDEN") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_samples_are_exact_numbers() -> None:
    """A float in a sample would print rounded."""
    for path in resource("samples").glob("*.json"):
        table = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        assert "Decimal" not in repr(table), path.name
