"""Sheets of running text: lines set down an A4 page, and another page when one is full; as marks.

Notices, receipts and reports of the program's own are set with it; the official papers are forms.
"""

from desktop_app.forms import breaking, faces
from desktop_app.forms.marks import MM_PER_POINT, Line, Mark, Page, Text

WIDTH, HEIGHT = 210.0, 297.0
MARGIN = 25.0
TEXT_WIDTH = WIDTH - 2 * MARGIN
BODY, SMALL = 12.0, 9.0
_LEAD = 1.6


def pitch(size: float) -> float:
    """Return the height of a line in mm, of a size in pt."""
    return size * _LEAD * MM_PER_POINT


class TextPages:
    """Sets lines down the page and begins another when one is full.

    Attributes:
        y: How far down the page the next line begins, in mm.
    """

    def __init__(self) -> None:
        self.pages: list[list[Mark]] = [[]]
        self.y = MARGIN

    def space(self, high: float) -> None:
        """Leave a gap, in mm."""
        self.y += high

    def room(self, high: float) -> None:
        """Begin another page where less than `high` mm are left on this one."""
        if self.y + high > HEIGHT - MARGIN:
            self.pages.append([])
            self.y = MARGIN

    def line(self, x: float, text: str, size: float, face: str = "song") -> None:
        """Set one line that begins at `x` mm."""
        self.room(pitch(size))
        baseline = self.y + (pitch(size) - size * MM_PER_POINT) / 2 + 0.88 * size * MM_PER_POINT
        for run_face, run in faces.face_for(text, face):
            printed = faces.printable(run, run_face)
            self.pages[-1].append(Text(x, baseline, size, run_face, printed, 0.0, "form"))
            x += faces.text_width(run, run_face, size)
        self.y += pitch(size)

    def centred(self, text: str, face: str, size: float) -> None:
        """Set one line in the middle."""
        wide = faces.width(faces.face_for(text, face), size)
        self.line((WIDTH - wide) / 2, text, size, face)

    def paragraph(self, text: str, size: float = BODY, face: str = "song", indent: float = 0.0) -> None:
        """Set a text in as many lines as it needs, `indent` mm from the margin."""
        limit = (TEXT_WIDTH - indent) / (size * MM_PER_POINT)
        for tokens in breaking.break_lines(breaking.em_tokens(text, face), limit):
            self.line(MARGIN + indent, "".join(token.text for token in tokens), size, face)

    def heading(self, text: str) -> None:
        """Set a heading, never the last line of a page."""
        self.room(pitch(BODY) * 4)
        self.paragraph(text, BODY, "song_bold")

    def item(self, sign: str, text: str, source: str = "", indent: float = 9.0) -> None:
        """Set a sign in the margin, a paragraph beside it and, small below it, where that is written."""
        self.room(pitch(BODY) * 2)
        start = self.y
        page = len(self.pages)
        self.paragraph(text, indent=indent)
        end, end_page = self.y, len(self.pages)
        if end_page == page:
            self.y = start
            self.line(MARGIN, sign, BODY)
            self.y = end
        if source:
            self.paragraph(source, SMALL, indent=indent)
        self.space(1.0)

    def rule(self) -> None:
        """Draw a thin line across."""
        self.pages[-1].append(Line(MARGIN, self.y, WIDTH - MARGIN, self.y, 0.15, "form"))

    def finished(self) -> tuple[Page, ...]:
        """Return the pages."""
        return tuple(Page(WIDTH, HEIGHT, tuple(marks)) for marks in self.pages)
