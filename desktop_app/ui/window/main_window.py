"""The window: navigation at the left, the search box on top, one page in the middle.

It builds each page when it is first needed, so that the first window costs little more than an empty one, and knows
nothing of what is in a page.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEventLoop, Signal

from desktop_app.ui.parts.look import Colours, style_sheet
from desktop_app.ui.window.frame import Frame

if TYPE_CHECKING:
    # Not before the first painting: Qt's name space of constants alone costs a tenth of an empty window.
    from PySide6.QtGui import QAction, QCloseEvent
    from PySide6.QtWidgets import QWidget

    from desktop_app.case import Answers
    from desktop_app.store.records import Changed, FirstPage, Json
    from desktop_app.ui.case.case_page import CasePage
    from desktop_app.ui.context import Context
    from desktop_app.ui.jobs.store_door import StoreDoor
    from desktop_app.ui.lists.case_list import CaseList
    from desktop_app.ui.parts.notice import Notice
    from desktop_app.ui.printing.printer import PrinterOptions
    from desktop_app.ui.window.page_stack import PageStack
    from desktop_app.ui.window.papers import Papers
    from desktop_app.ui.window.waiting import Waiting
    from desktop_app.workflow.roles import Actor


class MainWindow(Frame):
    """Everything that a clerk sees: it shows one page of the table of pages, or the paper that is open.

    The frame stands at once, and who works here signs in on it; `settle` gives it the store and the first page,
    `complete` all that is below the menus and need not be there to be seen.

    Signals:
        closed: It was closed before it was settled: there is nothing of its own to save.
        lock_wanted: Somebody goes away for a while, or another person is to sign in.
    """

    closed = Signal()
    lock_wanted = Signal()

    # What `settle` brings; until then `door` is None and nothing of it is asked. `complete` brings the last two.
    context: "Context"
    pages: "PageStack"
    papers: "Papers"
    notice: "Notice"
    waiting: "Waiting"

    def __init__(self, folder: Path, colours: Colours) -> None:
        super().__init__(colours)
        self.folder = folder
        self.door: StoreDoor = None  # type: ignore[assignment]
        self.acts: dict[str, QAction] = {}
        self.printing: PrinterOptions = {}
        self._back_to: QWidget | None = None  # what was shown before the card of keys

    def settle(self, door: "StoreDoor", first: "FirstPage | None", actor: "Actor") -> None:
        """Take the store, what was read of it and who has signed in, and paint where work begins."""
        from desktop_app.ui.context import Context, Go
        from desktop_app.ui.jobs.office_settings import OfficeSettings
        from desktop_app.ui.window.page_stack import PageStack
        from desktop_app.ui.window.papers import Papers

        self.furnish()
        self.door, self.desk = door, first.desk if first else None
        settings = OfficeSettings(door, first.settings if first else {})
        go = Go(self.show_room, self.open_case, self.open_new, self.leave_keys)
        self.context = Context(
            door, settings, actor, lambda: self.colours, self.say, self.unsay, go, self, self.printing
        )
        self.pages = PageStack(self.context, first, self.stack)
        self.papers = Papers(self.context, self.stack)
        self.navigation.room_chosen.connect(self.show_room)
        self.navigation.offer(self.pages.offered())
        self.show_person(actor)
        settings.office_changed.connect(self._take_office)
        self.papers.made.connect(self._give_menu)
        self.papers.shown.connect(self._mark_shown_paper)
        # Painted once, when all is in its place: Qt would paint, lay out and paint again.
        self.setUpdatesEnabled(False)
        try:
            self._show_first(first)
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        finally:
            self.setUpdatesEnabled(True)
        self.repaint()

    def _show_first(self, first: "FirstPage | None") -> None:
        from desktop_app.ui.window.searching import Searching
        from desktop_app.ui.window.top_bar import build_titles

        self._searching = Searching(self.search, self.context, self.pages, self.papers)
        self.search.left.connect(self.take_focus)
        self._menus = build_titles(self.menuBar(), self.colours)
        self.show_room("cases")
        if first and first.unfinished and self.pages.is_shown("cases"):
            from desktop_app.ui.window.offering import offer

            offer(self.context, self.list_page().notice, first.unfinished)

    def complete(self) -> None:
        """Fill the menus and make ready what tells, once the first page is painted or something is done before it."""
        if self.acts:
            return
        from desktop_app.ui.parts.notice import Notice
        from desktop_app.ui.window.commands import commands
        from desktop_app.ui.window.menus import allow_acts, build_menus
        from desktop_app.ui.window.waiting import Waiting

        self.notice = Notice()
        self.column.insertWidget(2, self.notice)
        self.notice.focus_left.connect(self.take_focus)
        does = commands(self, self.context, self.pages, self.papers, self._searching, self.notice)
        self.acts = build_menus(self._menus, self, does, self.papers.do)
        self._allow_acts = partial(allow_acts, self.acts, self.context.actor)
        self._allow_acts(is_on_paper=False)
        self.pages.complete()
        self.door.fault_told.connect(self.tell_fault)
        self.door.changed.connect(self._follow)
        self.waiting = Waiting(self.navigation, self.door)

    def dress(self, colours: Colours) -> None:
        """Take the colours of a light or dark desktop."""
        self.colours = colours
        self.dress_frame(colours)
        self.menuBar().setStyleSheet(style_sheet(colours))
        if self.acts:
            self.notice.dress(colours)

    @property
    def settings(self) -> "dict[str, Json]":
        """The values of the settings as they are now."""
        return self.context.settings.values

    @property
    def case_page(self) -> "CasePage | None":
        """The page of the paper that is open."""
        return self.papers.page

    def open_new(self, form_id: str = "", values: "Answers | None" = None) -> None:
        """Open a new paper: the region's application or the one that is named, empty or with some values."""
        self.papers.open_new(form_id, values)

    def open_case(self, case_id: str, field_id: str = "") -> None:
        """Open a stored application, at a field or where it begins."""
        self.papers.open_case(case_id, field_id)

    def show_room(self, name: str) -> None:
        """Show a page of the table; a paper that is open is saved and stays to come back to."""
        if self.door is None:
            return
        if self.case_page is not None:
            self.case_page.save_before_leaving()
        offered = self.pages.offered()
        if not self.context.settings.region and name != "password":
            name = "office"
        self._show(name if name in offered else offered[0])

    def take_focus(self) -> None:
        """Put the focus where the page that is shown wants it."""
        self.stack.currentWidget().take_focus()  # type: ignore[attr-defined]  # a `Page`

    def list_page(self) -> "CaseList":
        """Return the list of applications."""
        return self.pages.cases

    def _show(self, name: str) -> None:
        if name == "keys":
            self._back_to = self.stack.currentWidget()
        self.pages.show(name)
        self.show_office(self.context.settings.title, is_known=bool(self.context.settings.region))
        self.navigation.show_room(name)
        if self.acts:
            self.notice.clear()
            self._allow_acts(is_on_paper=False)
        if self.acts and self.door.is_open:
            # What is shown is read each time: other programs write too.
            self.waiting.count()
            if name == "cases":
                self.list_page().search_anew(self.search.text())
        self.take_focus()

    def _take_office(self) -> None:
        """Follow the office: its name in the head, pages of its region."""
        self.show_office(self.context.settings.title, is_known=bool(self.context.settings.region))
        self.pages.forget_region()
        if self.pages.is_shown("office"):
            self.show_room("cases")

    def _follow(self, changed: "Changed") -> None:
        """A write that went well answers what was said of the last fault, and of a draft that is gone now."""
        self.notice.forget(self.door.last_fault)
        if changed.gone and "cases" in self.pages.made:
            self.list_page().notice.clear()

    def _give_menu(self, page: "CasePage") -> None:
        from desktop_app.ui.window.menus import offer_acts

        self.complete()
        offer_acts(page.area, self.acts)

    def _mark_shown_paper(self, room: str) -> None:
        self.navigation.show_room(room)
        self.notice.clear()
        if "cases" in self.pages.made:
            self.list_page().notice.clear()  # the offer to go on has had its answer
        self._allow_acts(is_on_paper=True)

    def leave_keys(self) -> None:
        """Go back to what was shown before the card of keys."""
        if self._back_to is self.case_page and self.case_page is not None:
            self.papers.show(self.case_page)
        else:
            self.show_room("cases")

    def say(
        self, sentence: str, kind: str = "say", act: str = "", on_act: Callable[[], None] | None = None
    ) -> None:
        """Show one sentence on top of the page, and what can be done about it."""
        self.complete()
        self.notice.say(sentence, self.colours, kind, act, on_act)

    def unsay(self, sentence: str) -> None:
        """Take a sentence away that no longer holds."""
        if self.acts:
            self.notice.forget(sentence)

    def tell_fault(self, sentence: str) -> None:
        """Show what went wrong, on top of the page; nothing that was typed is lost."""
        if self.door is not None:
            self.say(sentence, "fault")

    def closeEvent(self, event: "QCloseEvent") -> None:
        """Save what is open and remember where the window stood; where it cannot be saved, the clerk is asked."""
        from desktop_app.ui.window.leaving import may_leave

        if self.door is None:
            self.closed.emit()
        elif not may_leave(self):
            event.ignore()
            return
        event.accept()
