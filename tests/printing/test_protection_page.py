"""The page for an assessor, read back from its PDF."""

from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from desktop_app.printing.pdf import Sheet, write_pdf
from desktop_app.printing.protection_page import protection_pages
from desktop_app.protection import clauses, profile


@pytest.mark.parametrize("level", [2, 3])
def test_every_clause_of_the_level_stands_on_the_page_with_what_meets_it(level: int, tmp_path: Path) -> None:
    pages = protection_pages(
        level, profile(f"level_{level}"), "样例市社会保险事业管理局", "1.0", date(2026, 11, 24)
    )
    sheets = [Sheet(page.width, page.height, (), page.marks) for page in pages]
    write_pdf(tmp_path / "page.pdf", sheets, "对照表")
    with pypdfium2.PdfDocument(tmp_path / "page.pdf") as pdf:
        text = "".join("".join(page.get_textpage().get_text_range().split()) for page in pdf)
    for clause in clauses(level):
        assert "".join(clause.text.split()) in text
        assert "".join(clause.by.split()) in text
    # Each sign is one that the faces have.
    assert [text.count(sign) for sign in "✓△○×"] == [
        sum(clause.is_met == word for clause in clauses(level))
        for word in ("program", "partly", "office", "no")
    ]
