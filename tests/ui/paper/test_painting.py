"""The page on the screen is the page of the PDF, black on white, and its file is whole or absent."""

import io
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image
from PySide6.QtGui import QColor, QImage, QPainter, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.case import Case
from desktop_app.cli.demo import sample
from desktop_app.forms import faces
from desktop_app.forms.catalogue import form, form_ids
from desktop_app.forms.draw import draw
from desktop_app.forms.marks import MM_PER_POINT, Line, Mark, Page, Text
from desktop_app.forms.model import Form, case_of
from desktop_app.printing.pdf import pdf_bytes, sheets
from desktop_app.ui.paper.sheet import Sheet
from desktop_app.ui.parts import painting
from desktop_app.ui.pictures.screen import NoSuchPage, page_image, save_screen
from desktop_app.whole_file import WriteFault

DPI = 150
SCALE = DPI / 25.4
DARK = 160  # of 255: ink, and not the faint edge that each rasteriser draws in its own way
Grey = np.ndarray[tuple[int, int], np.dtype[np.uint8]]


@pytest.fixture(autouse=True)
def application(qapp: QApplication) -> QApplication:
    return qapp


def grey(image: QImage) -> Grey:
    flat = image.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = np.frombuffer(flat.constBits(), np.uint8).reshape(flat.height(), flat.bytesPerLine())
    return rows[:, : flat.width()].copy()


def pdf_grey(paper: Form, case: Case, number: int) -> Grey:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf_bytes(sheets(draw(paper, case)), paper.title)))
    return np.array(document[number].render(scale=DPI / 72).to_pil().convert("L"))


def ink_box(picture: Grey) -> tuple[int, int, int, int] | None:
    rows, columns = np.nonzero(picture < DARK)
    return (columns.min(), rows.min(), columns.max(), rows.max()) if len(rows) else None


@pytest.mark.parametrize("form_id", form_ids())
def test_screen_and_pdf_differ_by_a_pixel_at_most(form_id: str) -> None:
    paper = form(form_id)
    case = sample(paper)
    drawing = draw(paper, case)
    screen = grey(page_image(drawing.pages[0], DPI))
    printed = pdf_grey(paper, case, 0)
    compared = 0
    for cell in drawing.layout.pages[0].cells:
        left, top = round((cell.x + 0.6) * SCALE), round((cell.y + 0.6) * SCALE)
        right = round((cell.x + cell.width - 0.6) * SCALE)
        bottom = round((cell.y + cell.height - 0.6) * SCALE)
        here, there = (ink_box(picture[top:bottom, left:right]) for picture in (screen, printed))
        assert (here is None) == (there is None), cell
        if here and there:
            compared += 1
            assert max(abs(a - b) for a, b in zip(here, there, strict=True)) <= 1, cell
    assert compared > 5
    for line in long_lines(drawing.pages[0]):
        assert abs(middle(screen, line) - middle(printed, line)) <= 1, line


def long_lines(page: Page) -> list[Line]:
    found = [mark for mark in page.marks if isinstance(mark, Line) and mark.layer == "form"]
    return [line for line in found if abs(line.x2 - line.x1) + abs(line.y2 - line.y1) > 15]


def middle(picture: Grey, line: Line) -> float:
    """The pixel at which a line is darkest, looked for across its first millimetres."""
    if line.y1 == line.y2:
        at = round(line.y1 * SCALE)
        strip = picture[at - 4 : at + 5, round(line.x1 * SCALE) + 3 : round(line.x1 * SCALE) + 12].mean(
            axis=1
        )
    else:
        at = round(line.x1 * SCALE)
        strip = picture[round(line.y1 * SCALE) + 3 : round(line.y1 * SCALE) + 12, at - 4 : at + 5].mean(
            axis=0
        )
    weight = 255.0 - strip
    return float((weight * np.arange(len(weight))).sum() / weight.sum())


def painted(marks: tuple[Mark, ...], scale: float = 10.0, *, is_snapped: bool = False) -> Grey:
    image = QImage(600, 200, QImage.Format.Format_RGB32)
    image.fill(painting.PAPER)
    painter = QPainter(image)
    painting.paint(painter, marks, scale, is_snapped=is_snapped)
    painter.end()
    return grey(image)


def test_each_character_stands_where_the_layout_measured_it() -> None:
    size, spread = 20.0, 0.8
    text = "国1国AV国"
    picture = painted((Text(2.0, 12.0, size, "song", text, spread, "value"),))
    x = 2.0
    for character in text:
        wide = faces.advance("song", character) / 1000 * size * MM_PER_POINT
        alone = ink_box(painted((Text(x, 12.0, size, "song", character, 0.0, "value"),)))
        there = ink_box(picture[:, round(x * 10) : round((x + wide + spread) * 10)])
        assert alone and there
        assert abs(alone[0] - round(x * 10) - there[0]) <= 1
        x += wide + spread


@pytest.mark.parametrize("size", [6.5, 17.0, 18.0, 19.0, 60.0])
def test_characters_are_painted_at_every_size(size: float) -> None:
    box = ink_box(painted((Text(5.0, 19.0, size, "song", "国", 0.0, "value"),)))
    assert box is not None
    assert (box[2] - box[0]) / 10 == pytest.approx(0.84 * size * MM_PER_POINT, rel=0.1)


def test_rare_characters_are_painted_and_load_their_face_only_then() -> None:
    assert painting.families_for("样例") == ("Form Hei",)
    assert "Form Rare" in painting.families_for("𠀾")
    (run,) = faces.face_for("𬱖㛃", "kai")
    assert ink_box(painted((Text(2.0, 12.0, 20.0, run[0], run[1], 0.0, "value"),))) is not None


def test_snapped_lines_are_crisp_and_near_their_place() -> None:
    picture = painted((Line(1.0, 3.03, 50.0, 3.03, 0.2, "form"),), is_snapped=True)
    column = picture[:, 200]
    assert sorted(set(column.tolist())) == [0, 255]
    assert abs(np.nonzero(column == 0)[0].mean() - 29.8) <= 0.5


def test_paper_stays_white_in_a_dark_desktop(qtbot: QtBot) -> None:
    paper = Sheet(form("jilin.application"), {"applicant.name": "样例甲"})
    palette = QPalette(QColor("#222222"))
    palette.setColor(QPalette.ColorRole.Text, QColor("#EEEEEE"))
    paper.setPalette(palette)
    qtbot.addWidget(paper)
    picture = grey(paper.grab(paper.field_rect("applicant.name")).toImage())
    assert np.median(picture) == 255
    assert picture.min() < 60
    paper.go_to("applicant.name")
    picture = grey(paper.grab(paper.field_rect("applicant.name")).toImage())
    assert np.median(picture) > 170
    assert picture.min() < 60


def test_sheet_shows_what_is_printed(qtbot: QtBot) -> None:
    paper = form("jilin.application")
    case = sample(paper)
    sheet = Sheet(paper, case.answers)
    qtbot.addWidget(sheet)
    sheet.set_zoom(DPI / sheet.logicalDpiX())
    top = sheet.mapFromParent(sheet.pos())
    shown = grey(sheet.grab().toImage())[20 + top.y() :, 20 + top.x() :]
    exact = grey(page_image(draw(paper, case).pages[0], DPI))
    for cell in draw(paper, case).layout.pages[0].cells:
        left, above = round((cell.x + 0.8) * SCALE), round((cell.y + 0.8) * SCALE)
        right, below = round((cell.x + cell.width - 0.8) * SCALE), round((cell.y + cell.height - 0.8) * SCALE)
        here, there = (ink_box(picture[above:below, left:right]) for picture in (shown, exact))
        assert (here is None) == (there is None)
        if here and there:
            assert max(abs(a - b) for a, b in zip(here, there, strict=True)) <= 1, cell


def test_picture_states_its_resolution(tmp_path: Path) -> None:
    paper = form("jilin.application")
    target = tmp_path / "page.png"
    save_screen(paper, case_of(paper, {}), target, DPI)
    with Image.open(target) as image:
        assert image.size == (1241, 1754)
        assert image.info["dpi"] == pytest.approx((DPI, DPI), abs=0.1)


def test_picture_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    paper = form("jilin.application")
    with pytest.raises(WriteFault):
        save_screen(paper, case_of(paper, {}), tmp_path / "absent" / "page.png")
    with pytest.raises(NoSuchPage, match="共 1 页"):
        save_screen(paper, case_of(paper, {}), tmp_path / "page.png", page=2)
    assert list(tmp_path.iterdir()) == []
