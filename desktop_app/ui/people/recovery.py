"""From the secret of a recovery sheet to the page on which it is printed."""

from datetime import date
from typing import TYPE_CHECKING

from desktop_app.printing.recovery_sheet import RecoverySheet, recovery_pages
from desktop_app.store.keys import fingerprint, sheet_text
from desktop_app.ui.parts.look import Colours
from desktop_app.ui.people.sheet_page import SheetPage
from desktop_app.ui.printing.printer import PrinterOptions

if TYPE_CHECKING:
    from desktop_app.store.trust import SignedIn


def sheet_page(
    seed: bytes,
    office: str,
    name: str,
    signed_in: "SignedIn",
    today: date,
    printing: PrinterOptions,
    colours: Colours,
) -> SheetPage:
    """Return the page that shows the sheet until it was printed.

    Args:
        seed: What it says, in 32 bytes.
        office: Its name; left out where it has told none.
        name: Of who is signed in.
        signed_in: Who prints it.
        today: The day on it.
        printing: Other printers than the computer's own.
        colours: Of the frame.
    """
    text = sheet_text(seed)
    lines = tuple(text.splitlines())
    sheet = RecoverySheet(office, name, signed_in.login, fingerprint(signed_in.root), today, lines)
    return SheetPage(recovery_pages(sheet), text.split()[-1], printing, colours)
