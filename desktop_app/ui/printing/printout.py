"""What is to be printed: pages, what they are called, how often."""

from typing import NamedTuple

from desktop_app.case import Case
from desktop_app.forms.draw import draw
from desktop_app.forms.marks import Page
from desktop_app.forms.model import Form


class Printout(NamedTuple):
    """What is to be printed.

    Attributes:
        id: Of the paper, under which the offsets of a printer are kept.
        title: As the window and the printer's queue say it.
        pages: As they are drawn.
        copies: How many the paper asks for.
        is_form: Its values alone may be printed over a pre-printed form.
        notice: What did not fit; empty where all of it did.
    """

    id: str
    title: str
    pages: tuple[Page, ...]
    copies: int = 1
    is_form: bool = False
    notice: str = ""


def printout_of(form: Form, case: Case) -> Printout:
    """Return a case on its paper, to be printed."""
    drawing = draw(form, case)
    notice = drawing.findings[0].message if drawing.findings else ""
    return Printout(form.id, form.title, drawing.pages, form.copies, True, notice)
