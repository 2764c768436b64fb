"""The paper that is open: opened new or from the store, shown, put away; one at a time.

It follows what is written: a paper that was thrown away is closed, new settings are taken.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from desktop_app.store.records import Changed, StoredCase
from desktop_app.ui.context import Context

if TYPE_CHECKING:
    from desktop_app.case import Answers
    from desktop_app.ui.case.case_page import CasePage


class Papers(QObject):
    """Holds the page of the open paper among the other pages of the window.

    Signals:
        made: A page was made; it has no menu of its own yet.
        shown: A paper is what is shown now, before typing begins; with the room that it belongs to.
    """

    made = Signal(object)  # CasePage
    shown = Signal(str)

    def __init__(self, context: Context, stack: QStackedWidget) -> None:
        super().__init__(stack)
        self.page: CasePage | None = None
        self.last_act = ""  # that was chosen on a paper
        self._context, self._stack = context, stack
        context.door.changed.connect(self._follow)
        context.settings.office_changed.connect(self._take_settings)

    @property
    def is_shown(self) -> bool:
        """Whether a paper is what is shown."""
        return self.page is not None and self._stack.currentWidget() is self.page

    def open_new(self, form_id: str = "", values: "Answers | None" = None) -> None:
        """Open a new paper: the region's application or the one that is named, empty or with some values."""
        from desktop_app.ui.window.case_pages import new_page

        if not self._context.actor.may("write"):
            return
        self._show_made(partial(new_page, self._context, form_id, values), "")

    def open_case(self, case_id: str, field_id: str = "") -> None:
        """Open a stored application, at a field or where it begins."""
        if self.page is not None and self.page.case_id == case_id:
            self.show(self.page, field_id)
            return

        def done(stored: StoredCase) -> None:
            from desktop_app.ui.window.case_pages import stored_page

            # Work goes on where it was left.
            self._show_made(partial(stored_page, self._context, stored), field_id or stored.last_field)

        self._context.door.load_case(case_id, done)

    def show(self, page: "CasePage", field_id: str = "") -> None:
        """Show a paper, in place of the one that is open, and begin to type."""
        if page is not self.page:
            self.put_away()
            self.page = page
            self._connect(page)
            self._stack.addWidget(page)
        # Asked before the page is shown: Qt puts the focus on its first field with that.
        field_id = field_id or page.field_in_use
        self._stack.setCurrentWidget(page)
        self.shown.emit("forms" if page.form.is_list else "cases")
        page.begin(field_id)

    def do(self, act: str, *_checked: bool) -> None:
        """Do an act on the open paper; without one nothing happens."""
        from desktop_app.ui.window import paper_acts

        page = self.page
        if page is None:
            return
        self.last_act = act
        if act != "close_paper":
            paper_acts.do(self._context, page, act)
        elif self.put_away():
            self._context.go.page("forms" if page.form.is_list else "cases")

    def put_away(self) -> bool:
        """Save the open paper and close it; False where it could not be saved and stays open."""
        if self.page is None:
            return True
        from desktop_app.ui.parts import questions

        if not self.page.save_before_leaving() and not questions.ask_close_unsaved(self._context.over):
            return False
        self._drop()
        return True

    def _connect(self, page: "CasePage") -> None:
        self.made.emit(page)
        page.said.connect(self._context.say)
        page.unsaid.connect(self._context.unsay)
        page.keys_wanted.connect(partial(self._context.go.page, "keys"))
        page.act_chosen.connect(self.do)
        page.area.zoom_chosen.connect(partial(self._context.settings.keep, "paper.zoom"))
        page.panel_widened.connect(partial(self._context.settings.keep, "panel.width"))
        page.case_wanted.connect(self.open_case)

    def _show_made(self, make: "Callable[[], CasePage]", field_id: str) -> None:
        from desktop_app.ui.parts.reading_forms import Unreadable

        try:
            page = make()
        except Unreadable as error:
            self._context.tell_fault(str(error))
        else:
            self.show(page, field_id)
            from desktop_app.policy.calendars import office_faults

            for fault in office_faults()[:1]:
                self._context.tell_fault(fault)

    def _drop(self) -> None:
        """Close the open paper without saving it."""
        page, self.page = self.page, None
        if page is not None:
            page.is_away = True
            self._stack.removeWidget(page)
            page.deleteLater()

    def _follow(self, changed: Changed) -> None:
        if self.page is not None and self.page.case_id in changed.gone:
            is_list = self.page.form.is_list
            self._drop()
            self._context.go.page("forms" if is_list else "cases")

    def _take_settings(self) -> None:
        if self.page is not None:
            self.page.keeper.take_settings(self._context.settings.values)
