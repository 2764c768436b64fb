"""What every page and every act is given: the store's door, the settings, and how to tell and go on. No page knows
the window.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, Protocol

from PySide6.QtWidgets import QWidget

from desktop_app.ui.jobs.office_settings import OfficeSettings
from desktop_app.ui.jobs.store_door import StoreDoor
from desktop_app.ui.parts.look import Colours
from desktop_app.workflow.roles import Actor

if TYPE_CHECKING:
    from desktop_app.case import Answers

    # Not before something is printed: it brings Qt's printers with it.
    from desktop_app.ui.printing.printer import PrinterOptions


class Say(Protocol):
    """Shows one sentence on top of the page; `kind` is `say` or `fault`, `act` the words of a button beside it."""

    def __call__(
        self, sentence: str, kind: str = "say", act: str = "", on_act: Callable[[], None] | None = None
    ) -> None: ...


class OpenCase(Protocol):
    """Opens a stored application at a field, or where work on it was left."""

    def __call__(self, case_id: str, field_id: str = "") -> None: ...


class OpenNew(Protocol):
    """Opens a new paper, the region's application where none is named, empty or with some values."""

    def __call__(self, form_id: str = "", values: "Answers | None" = None) -> None: ...


class Go(NamedTuple):
    """Where a page can lead: a page of the table of pages, a stored application, a new paper, what was shown before."""

    page: Callable[[str], None]
    case: OpenCase
    new: OpenNew
    back: Callable[[], None]


class Context(NamedTuple):
    """What is given to pages and acts.

    Attributes:
        actor: Who has signed in.
        colours: The colours of now; the desktop may turn dark.
        unsay: Takes a sentence away that no longer holds.
        over: What dialogs stand over.
        printing: Other printers than the computer's own, for those who try the program out.
    """

    door: StoreDoor
    settings: OfficeSettings
    actor: Actor
    colours: Callable[[], Colours]
    say: Say
    unsay: Callable[[str], None]
    go: Go
    over: QWidget
    printing: "PrinterOptions"

    def tell_fault(self, sentence: str) -> None:
        """Show what went wrong; nothing that was typed is lost."""
        self.say(sentence, "fault")
