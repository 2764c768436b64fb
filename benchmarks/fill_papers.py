"""Filling papers: 1,000 different papers in one file, and one file each, against stock reportlab.

Both sides paint the same finished marks. The peer is `canvas.drawString` with the same faces, as most programs
write it, without `rl_accel`. Bars: at least 10 times the pages for a second of processor time, in one file and in
one file each, no file larger, values of a paper laid out in at most 2 ms, at most 150 MB.

    python -m benchmarks.fill_papers [PAPERS] [ROUNDS]
"""

import importlib.util
import random
import re
import subprocess
import sys
import tempfile
from datetime import date
from decimal import Decimal
from itertools import count as count_up
from pathlib import Path as FilePath

from benchmarks.measuring import Cost, alternate, cost_of, median_processor, median_wall, print_table, ratio
from desktop_app.case import Answer
from desktop_app.forms.catalogue import form
from desktop_app.forms.draw import Drawing, case_of, draw
from desktop_app.forms.faces import FACES, font_file
from desktop_app.forms.marks import Line, Text
from desktop_app.printing.pdf import pdf_bytes, sheets, write_pdf
from desktop_app.resources import resource

PAPER = "jilin.application"


def answers(number: int) -> dict[str, Answer]:
    """Return made-up answers, different for each number, with about 500 characters."""
    chance = random.Random(number)
    common = resource("fonts/tongyong8105.txt").read_text(encoding="utf-8").replace("\n", "")[:3500]

    def words(count: int) -> str:
        return "".join(chance.choice(common) for _ in range(count))

    return {
        "applicant.name": "样例" + words(2),
        "applicant.sex": chance.choice(("male", "female")),
        "applicant.birth_date": date(1990, 3, chance.randint(1, 28)),
        "employer.name": f"样例{words(16)}有限公司",
        "employer.industry": words(6),
        "employer.address": f"样例市{words(20)}",
        "certificate.occupation": words(9),
        "certificate.level": chance.randint(3, 5),
        "certificate.number": f"17070030183{number:05d}",
        "certificate.issued_on": date(2017, 8, chance.randint(1, 28)),
        "applicant.home_address": f"样例市{words(35)}",
        "applicant.phone": f"1380000{number % 10000:04d}",
        "applicant.id_number": f"2201041990030{number % 100000:05d}",
        "payment.account_number": f"62000000000000{number % 100000:05d}",
        "payment.bank": f"样例银行{words(8)}支行",
        "claim.is_first": False,
        "claim.earlier_month": "2017-03",
        "claim.earlier_occupation": words(4),
        "claim.earlier_level": 5,
        "claim.applied_on": date(2017, 10, 9),
        "claim.is_shortage": chance.random() < 0.5,
        "claim.amount": Decimal("2600.00"),
    }


def register_stock_fonts() -> None:
    """Register the faces with reportlab as most programs do."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    for face in FACES:
        pdfmetrics.registerFont(TTFont(f"stock-{face}", str(font_file(face)), shapable=False))


def stock_pdf(path: FilePath, drawings: list[Drawing]) -> None:
    """Write the same marks with stock reportlab."""
    from reportlab.lib.units import mm
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), pagesize=(210 * mm, 297 * mm), pageCompression=1)
    for drawing in drawings:
        for page in drawing.pages:
            high = page.height
            for mark in page.marks:
                if isinstance(mark, Text):
                    canvas.setFont(f"stock-{mark.face}", mark.size)
                    canvas.drawString(
                        mark.x * mm, (high - mark.y) * mm, mark.text, charSpace=mark.spread * mm
                    )
                elif isinstance(mark, Line):
                    canvas.setLineWidth(mark.width * mm)
                    canvas.line(mark.x1 * mm, (high - mark.y1) * mm, mark.x2 * mm, (high - mark.y2) * mm)
                else:
                    canvas.setLineWidth(mark.width * mm)
                    outline = canvas.beginPath()
                    outline.moveTo(mark.points[0][0] * mm, (high - mark.points[0][1]) * mm)
                    for x, y in mark.points[1:]:
                        outline.lineTo(x * mm, (high - y) * mm)
                    if mark.is_closed:
                        outline.close()
                    canvas.drawPath(outline)
            canvas.showPage()
    canvas.save()


def main() -> None:
    """Print the table."""
    if sys.argv[1:2] == ["memory"]:
        print(peak_memory(int(sys.argv[2])))
        return
    count = int(sys.argv[1]) if sys.argv[1:] else 1000
    rounds = int(sys.argv[2]) if sys.argv[2:] else 5
    if importlib.util.find_spec("rl_accel"):
        sys.exit("rl_accel is installed: the peer would not be stock reportlab")
    paper = form(PAPER)
    cases = [case_of(paper, answers(number)) for number in range(count)]
    drawings: list[Drawing] = []
    draw(paper, cases[0])
    laying = cost_of(lambda: drawings.extend(draw(paper, case) for case in cases))
    register_stock_fonts()
    with tempfile.TemporaryDirectory() as folder:
        ours, stock = FilePath(folder) / "ours.pdf", FilePath(folder) / "stock.pdf"
        one = alternate(
            (
                lambda: write_pdf(ours, (page for each in drawings for page in sheets(each)), paper.title),
                lambda: stock_pdf(stock, drawings),
            ),
            rounds,
        )
        sizes = (ours.stat().st_size, stock.stat().st_size)
        few = drawings[:50]
        names = (FilePath(folder) / f"{{}}{number}.pdf" for number in count_up())

        def name(side: str, _: int) -> FilePath:
            return FilePath(str(next(names)).format(side))

        each_alone = alternate(
            (
                lambda: [
                    write_pdf(name("a", number), sheets(each), paper.title) for number, each in enumerate(few)
                ],
                lambda: [stock_pdf(name("b", number), [each]) for number, each in enumerate(few)],
            ),
            rounds,
        )
        files = [FilePath(folder).glob(f"{side}*.pdf") for side in "ab"]
        alone_sizes = (
            max(each.stat().st_size for each in files[0]),
            max(each.stat().st_size for each in files[1]),
        )
    memory = subprocess.run(
        [sys.executable, "-m", "benchmarks.fill_papers", "memory", str(count)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    report(count, laying, one, each_alone, len(few), sizes, alone_sizes, memory)


def report(
    count: int,
    laying: Cost,
    one: list[list[Cost]],
    alone: list[list[Cost]],
    files: int,
    sizes: tuple[int, int],
    alone_sizes: tuple[int, int],
    memory: str,
) -> None:
    """Print what was measured."""

    def row(name: str, costs: list[Cost], stock: list[Cost], pages: int, size: int) -> tuple[str, ...]:
        return (
            name,
            f"{median_processor(costs) / pages * 1000:.2f}",
            f"{pages / median_processor(costs):.0f}",
            f"{pages / median_wall(costs):.0f}",
            f"{ratio(stock, costs):.2f}",
            f"{size / 1024:.0f}",
        )

    head = ("writer", "cpu ms/page", "pages per cpu s", "pages per wall s", "x stock", "KiB")
    print_table(
        f"{count} filled papers in one file",
        head,
        (
            row("desktop-app", one[0], one[1], count, sizes[0]),
            row("reportlab stock", one[1], one[1], count, sizes[1]),
        ),
    )
    print_table(
        "one file each",
        head,
        (
            row("desktop-app", alone[0], alone[1], files, alone_sizes[0]),
            row("reportlab stock", alone[1], alone[1], files, alone_sizes[1]),
        ),
    )
    print(
        f"\nvalues of a paper laid out in {laying.processor / count * 1000:.2f} ms of processor time (bar: 2)"
    )
    print(f"peak memory of drawing and writing {count} papers in one file: {memory} MB (bar: 150)")


def peak_memory(count: int) -> int:
    """Return the peak resident memory in MB of a process that draws and writes so many papers."""
    paper = form(PAPER)
    pages = (page for number in range(count) for page in sheets(draw(paper, case_of(paper, answers(number)))))
    pdf_bytes(pages, paper.title)
    peak = re.search(r"VmHWM:\s+(\d+) kB", FilePath("/proc/self/status").read_text(encoding="ascii"))
    return int(peak[1]) // 1024 if peak else 0


if __name__ == "__main__":
    main()
