"""The PDF read back by another library says what the marks say, where they say it."""

import ctypes
import os
import random
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from pypdf import PdfReader

from desktop_app.case import Answers
from desktop_app.forms import faces
from desktop_app.forms.catalogue import form, form_ids
from desktop_app.forms.draw import draw
from desktop_app.forms.marks import VALUE_LAYERS, Page, Text
from desktop_app.forms.model import case_of
from desktop_app.printing.overprint import Offset
from desktop_app.printing.pdf import Sheet, pdf_bytes, sheets, write_pdf
from desktop_app.resources import resource
from desktop_app.whole_file import WriteFault
from tests.support.worst_cases import ADDRESS_OF_90, COMPANY_OF_60, LONG_NAME, NAME_OF_25, worst_answers

MM = 25.4 / 72
EXACT = 0.1  # mm

LEVEL_3 = [
    *range(0x4E00, 0x9FF0), *range(0x3400, 0x4DB6), *range(0x20000, 0x2A6D7), *range(0x2A700, 0x2B735),
    *range(0x2B740, 0x2B81E), *range(0x2B820, 0x2CEA2), *range(0x2CEB0, 0x2EBE1),
]  # fmt: skip


class Character(NamedTuple):
    """One character as pdfium finds it: its origin in mm from the top left corner."""

    text: str
    x: float
    y: float


def characters(content: bytes, number: int = 0) -> list[Character]:
    """Return the characters of a page in the order of its content."""
    document = pypdfium2.PdfDocument(content)
    page = document[number]
    text = page.get_textpage()
    out = []
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(text.count_chars()):
        point = pdfium.FPDFText_GetUnicode(text.raw, index)
        if point in (0x0D, 0x0A) or pdfium.FPDFText_IsGenerated(text.raw, index):
            continue
        pdfium.FPDFText_GetCharOrigin(text.raw, index, x, y)
        out.append(Character(chr(point), x.value * MM, (page.get_height() - y.value) * MM))
    document.close()
    return joined_surrogates(out)


def joined_surrogates(found: list[Character]) -> list[Character]:
    """pdfium gives a character above U+FFFF as two halves."""
    out: list[Character] = []
    for character in found:
        if out and "\ud800" <= out[-1].text <= "\udbff" and "\udc00" <= character.text <= "\udfff":
            pair = (out[-1].text + character.text).encode("utf-16", "surrogatepass").decode("utf-16")
            out[-1] = out[-1]._replace(text=pair)
        else:
            out.append(character)
    return out


def assert_marks_read_back(page: Page, content: bytes, number: int = 0) -> None:
    """Every run of the page stands in the PDF, whole and at its place."""
    found = characters(content, number)
    places = {(round(each.x, 1), round(each.y, 1), each.text) for each in found}
    for mark in page.marks:
        if not isinstance(mark, Text):
            continue
        x = mark.x
        for character in mark.text:
            if not character.isspace():
                near = any(
                    (round(x + dx, 1), round(mark.y + dy, 1), character) in places
                    for dx in (-0.05, 0, 0.05)
                    for dy in (-0.05, 0, 0.05)
                )
                assert near, (character, mark)
            x += faces.text_width(character, mark.face, mark.size) + mark.spread


@pytest.mark.parametrize("form_id", form_ids())
@pytest.mark.parametrize("is_filled", [False, True], ids=["blank", "worst case"])
def test_every_run_is_read_back_at_its_place(form_id: str, is_filled: bool) -> None:
    paper = form(form_id)
    rows = (worst_answers(paper, is_repeated=True),) * 15 if is_filled and paper.is_list else ()
    drawing = draw(paper, case_of(paper, worst_answers(paper) if is_filled else {}, rows))
    content = pdf_bytes(sheets(drawing), paper.title)
    for number, page in enumerate(drawing.pages):
        assert_marks_read_back(page, content, number)


VALUES = {
    "name of 25": {"applicant.name": NAME_OF_25},
    "long name": {"applicant.name": LONG_NAME},
    "company of 60": {"employer.name": COMPANY_OF_60},
    "address of 90": {"applicant.home_address": ADDRESS_OF_90},
}


@pytest.mark.parametrize("answers", VALUES.values(), ids=VALUES)
def test_long_values_copy_out_whole(answers: Answers) -> None:
    paper = form("jilin.application")
    drawing = draw(paper, case_of(paper, answers))
    assert not drawing.findings
    text = "".join(each.text for each in characters(pdf_bytes(sheets(drawing), "")))
    for value in answers.values():
        assert str(value) in text


def name_sheets(names: list[str]) -> list[Sheet]:
    """Return the name cell of Jilin's paper once for each name, without the fixed part."""
    paper = form("jilin.application")
    out = []
    for name in names:
        drawing = draw(paper, case_of(paper, {"applicant.name": name}))
        assert not drawing.findings
        out.append(Sheet(210, 297, (), drawing.values[0]))
    return out


def assert_names_copy_out(names: list[str]) -> None:
    content = pdf_bytes(name_sheets(names), "")
    document = pypdfium2.PdfDocument(content)
    read = [document[number].get_textpage().get_text_range().strip("\r\n") for number in range(len(names))]
    assert read == names


def common_characters() -> str:
    return "".join(resource("fonts/tongyong8105.txt").read_text(encoding="utf-8").split())


def test_a_name_with_each_common_character_prints_and_copies_out() -> None:
    every = common_characters()
    assert len(every) == len(set(every)) == 8105
    for start in range(0, len(every), 1000):
        assert_names_copy_out([f"样例{character}" for character in every[start : start + 1000]])


def test_random_characters_of_level_3_copy_out() -> None:
    chosen = random.Random(18030).sample(LEVEL_3, 5000)
    text = "".join(map(chr, chosen))
    assert not faces.missing(text)
    assert_names_copy_out([f"例{text[start : start + 4]}" for start in range(0, len(text), 4)])


def test_another_library_reads_the_same_text() -> None:
    paper = form("jilin.application")
    drawing = draw(paper, case_of(paper, {"applicant.name": "样例𬱖", "employer.name": "样例㛃厂"}))
    path_text = PdfReader(BytesIO(pdf_bytes(sheets(drawing), paper.title))).pages[0].extract_text()
    squeezed = "".join(path_text.split())
    assert "样例𬱖" in squeezed
    assert "样例㛃厂" in squeezed
    assert (
        "本人承诺以上内容及所提供的材料真实有效，如有虚假不得享受相关补贴，并承担相应法律责任。" in squeezed
    )


def test_the_file_names_its_title_and_language_and_embeds_all_fonts(tmp_path: Path) -> None:
    paper = form("jilin.application")
    path = tmp_path / "表.pdf"
    write_pdf(path, sheets(draw(paper, case_of(paper, {"applicant.name": "样例𬱖"}))), paper.title)
    reader = PdfReader(path)
    assert reader.metadata is not None
    assert reader.metadata.title == paper.title
    assert reader.trailer["/Root"]["/Lang"] == "zh-CN"
    fonts = reader.pages[0]["/Resources"]["/Font"]
    assert len(fonts) == 2 + 1  # Song, Song Bold, Kai
    for font in fonts.values():
        assert font["/Subtype"] == "/Type0"
        assert "/FontFile2" in font["/DescendantFonts"][0].get_object()["/FontDescriptor"]


def test_equal_input_gives_equal_bytes() -> None:
    paper = form("jilin.application")
    case = case_of(paper, worst_answers(paper))
    assert pdf_bytes(sheets(draw(paper, case)), "表") == pdf_bytes(sheets(draw(paper, case)), "表")


WRITING = """
import hashlib, sys
from desktop_app.forms.catalogue import form
from desktop_app.forms.draw import draw
from desktop_app.forms.model import case_of
from desktop_app.printing.pdf import pdf_bytes, sheets
for word in sys.argv[1:]:
    form_id, name = word.split("/")
    paper = form(form_id)
    content = pdf_bytes(sheets(draw(paper, case_of(paper, {"applicant.name": name}))), paper.title)
    print(word, hashlib.sha256(content).hexdigest())
"""


def test_a_paper_has_the_same_bytes_whatever_was_written_before_it() -> None:
    words = ("jilin.application/样例𬱖", "jilin.application/样例㛃", "chongqing.application/样例−¨")
    told = [
        subprocess.run(
            [sys.executable, "-c", WRITING, *order],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout.splitlines()
        for order, seed in ((words, "1"), (words[::-1], "2"))
    ]
    assert len(told[0]) == len(words)
    assert sorted(told[0]) == sorted(told[1])


def test_the_table_of_objects_says_where_each_begins() -> None:
    paper = form("jilin.application")
    content = pdf_bytes(sheets(draw(paper, case_of(paper, {"applicant.name": "样例"}))), paper.title)
    start = int(content.rsplit(b"startxref\n", 1)[1].split()[0])
    lines = content[start:].splitlines()
    count = int(lines[1].split()[1])
    assert lines[0] == b"xref"
    for number, line in enumerate(lines[3 : 2 + count], 1):
        assert len(line) == 19  # and the end of the line: twenty bytes each
        assert content[int(line[:10]) :].startswith(b"%d 0 obj\n" % number)


def test_over_printing_shows_values_alone_moved_by_the_offset() -> None:
    paper = form("jilin.application")
    drawing = draw(paper, case_of(paper, {"applicant.name": "样例"}))
    plain = characters(pdf_bytes(sheets(drawing), "", layers=VALUE_LAYERS))
    moved = characters(
        pdf_bytes(sheets(drawing), "", layers=VALUE_LAYERS, offset=Offset(right=1.5, down=-0.8))
    )
    assert [each.text for each in plain] == ["样", "例"]
    assert moved[0].x - plain[0].x == pytest.approx(1.5, abs=0.01)
    assert moved[0].y - plain[0].y == pytest.approx(-0.8, abs=0.01)


def test_an_unwritable_target_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    paper = form("jilin.application")
    with pytest.raises(WriteFault, match="文件夹不存在"):
        write_pdf(tmp_path / "no" / "x.pdf", sheets(draw(paper, case_of(paper, {}))), "")
    assert list(tmp_path.iterdir()) == []
