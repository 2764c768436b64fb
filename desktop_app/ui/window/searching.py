"""The search box at work: what is typed is shown in the list, and Esc goes back to where the search began."""

from PySide6.QtCore import QObject

from desktop_app.ui.context import Context
from desktop_app.ui.window.frame import SearchBox
from desktop_app.ui.window.page_stack import PageStack
from desktop_app.ui.window.papers import Papers


class Searching(QObject):
    """Connects the box to the list."""

    def __init__(self, box: SearchBox, context: Context, pages: PageStack, papers: Papers) -> None:
        super().__init__(box)
        self._box, self._context, self._pages, self._papers = box, context, pages, papers
        self._is_paper_behind = False  # the search began in the open paper
        box.textEdited.connect(self.look_for)
        box.textChanged.connect(lambda text: None if text else self.look_for(""))
        box.returnPressed.connect(lambda: pages.cases.open_first())
        box.given_up.connect(self._give_up)
        papers.shown.connect(self._end)

    def look_for(self, text: str) -> None:
        """Show what answers to the box, in place of whatever is shown."""
        if not self._pages.is_shown("cases"):
            if not text:
                return
            self._is_paper_behind = self._papers.is_shown
            self._context.go.page("cases")
            self._box.setFocus()
        self._pages.cases.search(text)

    def begin(self) -> None:
        """Type into the box, in place of what stands there."""
        self._box.setFocus()
        self._box.selectAll()

    def _give_up(self) -> None:
        """Empty the box and go back to the paper in which the search began; an empty box is left."""
        had_text = bool(self._box.text())
        self._box.clear()
        if self._is_paper_behind and self._papers.page is not None:
            self._papers.show(self._papers.page)
        elif not had_text:
            self._box.left.emit()

    def _end(self) -> None:
        self._is_paper_behind = False
        self._box.clear()
