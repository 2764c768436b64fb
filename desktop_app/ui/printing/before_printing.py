"""What stands against giving pages to the printer that was chosen, asked of it and of its queue right before."""

from collections.abc import Callable, Sequence

from PySide6.QtPrintSupport import QPrinter

from desktop_app.forms.marks import Page
from desktop_app.ui.printing import printer
from desktop_app.ui.printing.print_queue import Queue


class BeforePrinting:
    """Asks a printer before it is given anything; one that has stopped takes pages when it is asked a second time.

    Args:
        look_up: Tells what is known of an opened printer.
        ask_queue: Tells how the queue of a printer stands; None where the print system cannot be asked.
    """

    def __init__(
        self,
        look_up: Callable[[QPrinter, str], printer.Found],
        ask_queue: Callable[[str], Queue | None],
    ) -> None:
        self._look_up, self._ask_queue = look_up, ask_queue
        self._warned_of = ""

    def ask(self, chosen: QPrinter, name: str, pages: Sequence[Page]) -> tuple[str, Queue | None]:
        """Return why the printer of this name must not have the pages, empty if it may, and its queue as it stands."""
        found, queue = self._look_up(chosen, name), None
        if chosen.outputFormat() == QPrinter.OutputFormat.NativeFormat and found.name == name:
            queue = self._ask_queue(name)
            found = found._replace(is_accepting=queue is None or queue.is_accepting)
        refusal = printer.refusal(name, found, pages)
        if not refusal and found.is_stopped and self._warned_of != name:
            self._warned_of = name
            refusal = f"打印机“{name}”停了或出了错，还没有打印。请先检查打印机；再点一次，就排队等它恢复。"
        elif not refusal:
            self._warned_of = ""
        return refusal, queue
