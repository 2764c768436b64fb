"""Printing on paper: true size, chosen layers and pages, offsets that come back, a test page that can be measured."""

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_app.cli.demo import sample
from desktop_app.forms.catalogue import form, form_ids
from desktop_app.forms.draw import draw
from desktop_app.forms.marks import ALL_LAYERS, VALUE_LAYERS, Line, Page
from desktop_app.printing import overprint
from desktop_app.printing.overprint import Offset
from desktop_app.ui.printing.print_preview import PrintPreview
from desktop_app.ui.printing.printer import print_pages
from desktop_app.ui.printing.printout import printout_of

MM_PER_POINT = 25.4 / 72


def file_printer(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def dark_box(path: Path, number: int = 0) -> tuple[float, float, float, float]:
    """The ink of a printed page: left, top, right, bottom in mm."""
    with pypdfium2.PdfDocument(path) as document:
        scale = 300 / 72
        picture = document[number].render(scale=scale).to_pil().convert("L").point(lambda v: 255 * (v < 128))
    left, top, right, bottom = picture.getbbox()
    return left / 300 * 25.4, top / 300 * 25.4, right / 300 * 25.4, bottom / 300 * 25.4


def frame_of(page: Page) -> tuple[float, float, float, float]:
    lines = [mark for mark in page.marks if isinstance(mark, Line)]
    xs = [x for line in lines for x in (line.x1, line.x2)]
    ys = [y for line in lines for y in (line.y1, line.y2)]
    return min(xs), min(ys), max(xs), max(ys)


@pytest.mark.parametrize("form_id", form_ids())
def test_paper_has_its_size_and_its_pages(qtbot: QtBot, tmp_path: Path, form_id: str) -> None:
    paper = form(form_id)
    pages = draw(paper, sample(paper)).pages
    outcome = print_pages(file_printer(tmp_path / "out.pdf"), pages)
    assert (outcome.pages, outcome.fault) == (len(pages), "")
    with pypdfium2.PdfDocument(tmp_path / "out.pdf") as document:
        assert len(document) == len(pages)
        size = document[0].get_size()
    assert [each * MM_PER_POINT for each in size] == pytest.approx(paper.page_size, abs=0.3)


def test_millimetres_are_millimetres_and_offsets_move_right_and_down(qtbot: QtBot, tmp_path: Path) -> None:
    page = Page(210, 297, (Line(20, 30, 120, 30, 0.2, "value"), Line(20, 30, 20, 130, 0.2, "value")))
    print_pages(file_printer(tmp_path / "plain.pdf"), (page,))
    print_pages(file_printer(tmp_path / "moved.pdf"), (page,), ALL_LAYERS, Offset(1.5, -0.8))
    plain = dark_box(tmp_path / "plain.pdf")
    assert plain == pytest.approx((19.9, 29.9, 120.1, 130.1), abs=0.15)
    moved = dark_box(tmp_path / "moved.pdf")
    assert [b - a for a, b in zip(plain, moved, strict=True)] == pytest.approx([1.5, -0.8] * 2, abs=0.1)


def test_over_printing_prints_values_alone(qtbot: QtBot, tmp_path: Path) -> None:
    paper = form("jilin.application")
    pages = draw(paper, sample(paper)).pages
    print_pages(file_printer(tmp_path / "values.pdf"), pages, VALUE_LAYERS)
    with pypdfium2.PdfDocument(tmp_path / "values.pdf") as document:
        count = sum(1 for _ in document[0].get_objects())
    print_pages(file_printer(tmp_path / "all.pdf"), pages)
    with pypdfium2.PdfDocument(tmp_path / "all.pdf") as document:
        assert count < sum(1 for _ in document[0].get_objects()) / 2
    box, whole = dark_box(tmp_path / "values.pdf"), dark_box(tmp_path / "all.pdf")
    assert box[1] > whole[1] + 5  # the title is not printed


def test_nothing_to_print_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    outcome = print_pages(file_printer(tmp_path / "out.pdf"), ())
    assert outcome.pages == 0
    assert outcome.fault.endswith("。")
    assert list(tmp_path.iterdir()) == []


def test_test_page_can_be_measured(qtbot: QtBot, tmp_path: Path) -> None:
    page = overprint.ruler_page(210, 297)
    print_pages(file_printer(tmp_path / "out.pdf"), (page,))
    assert dark_box(tmp_path / "out.pdf") == pytest.approx(frame_of(page), abs=0.25)
    lengths = [
        abs(line.x2 - line.x1) + abs(line.y2 - line.y1) for line in page.marks if isinstance(line, Line)
    ]
    assert lengths.count(100.0) == 2


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", (1, 2, 3, 4, 5)),
        ("2", (2,)),
        ("1-3,5", (1, 2, 3, 5)),
        ("５，２－３", (2, 3, 5)),
        (" 4 - 5 ", (4, 5)),
    ],
)
def test_page_range_is_read_as_it_is_typed(text: str, wanted: tuple[int, ...]) -> None:
    assert overprint.page_numbers(text, 5) == wanted


@pytest.mark.parametrize("text", ["0", "6", "3-2", "一", "1-", "1-9"])
def test_page_range_that_does_not_exist_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"^页码.*。$"):
        overprint.page_numbers(text, 5)


@pytest.mark.parametrize("text", ["", "1", "abc 2", "80 0", "nan nan"])
def test_damaged_offset_is_none(text: str) -> None:
    assert overprint.read_offset(text) == Offset()


def test_preview_prints_by_keyboard_and_gives_the_offset_back(qtbot: QtBot, tmp_path: Path) -> None:
    paper = form("urumqi.review")
    kept: dict[str, str] = {}
    opened: list[QPrinter] = []

    def open_printer(name: str, title: str) -> QPrinter:
        opened.append(file_printer(tmp_path / "out.pdf"))
        return opened[-1]

    def preview() -> PrintPreview:
        made = PrintPreview(
            printout_of(paper, sample(paper)),
            offsets=kept,
            printers=("样例打印机",),
            open_printer=open_printer,
        )
        qtbot.addWidget(made)
        made.offset_changed.connect(kept.__setitem__)
        made.show()
        made.activateWindow()
        qtbot.waitUntil(made.isActiveWindow)
        return made

    dialog = preview()
    assert dialog.copies.value() == paper.copies == 3
    QTest.keyClick(dialog, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: dialog.layers() == VALUE_LAYERS)
    QTest.keyClick(dialog, Qt.Key.Key_X, Qt.KeyboardModifier.AltModifier)
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Up)
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Up)
    assert dialog.offset() == Offset(0.2, 0.0)
    with qtbot.waitSignal(dialog.printed):
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert opened[-1].copyCount() == 3
    assert (tmp_path / "out.pdf").stat().st_size > 1000
    assert list(kept.values()) == ["0.2 0.0"]
    assert preview().offset() == Offset(0.2, 0.0)


def test_preview_without_a_printer_says_what_to_do(qtbot: QtBot) -> None:
    paper = form("jilin.application")
    dialog = PrintPreview(printout_of(paper, sample(paper)), printers=())
    qtbot.addWidget(dialog)
    assert not dialog.print_button.isEnabled()
    assert "PDF" in dialog.notice()
    with qtbot.waitSignal(dialog.pdf_wanted):
        dialog.pdf_button.click()
