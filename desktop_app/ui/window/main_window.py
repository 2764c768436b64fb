"""The window: navigation at the left, the search box on top, one page in the middle.

It builds each page when it is first needed, so that the first window costs little more than an empty one.
"""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

from desktop_app.ui.parts.labels import wrapped_label
from desktop_app.ui.parts.look import Colours, style_sheet
from desktop_app.ui.window.frame import Frame

if TYPE_CHECKING:
    # Not before the first painting: Qt's name space of constants alone costs a tenth of an empty window.
    from PySide6.QtGui import QAction, QCloseEvent
    from PySide6.QtWidgets import QMenu

    from desktop_app.case import Answers
    from desktop_app.store.records import FirstPage, Json
    from desktop_app.ui.jobs.store_door import StoreDoor
    from desktop_app.ui.lists.case_list import CaseList


class MainWindow(Frame):
    """Everything that a clerk sees; it asks the store through its door and shows what comes back.

    The frame stands at once and takes input; `settle` gives it the store and the first page, `complete` all that is
    below the menus and need not be there to be seen.
    """

    def __init__(self, folder: Path, colours: Colours) -> None:
        super().__init__(colours)
        self.folder = folder
        self.door: StoreDoor = None  # type: ignore[assignment]
        self.settings: dict[str, Any] = {}
        self.case_page: Any = None
        self.menus: dict[str, QMenu] = {}
        self.acts: dict[str, QAction] = {}
        self.notice: Any = None
        self.printing: dict[str, Any] = {}  # other printers than the computer's own, for those who try it out
        self._pages: dict[str, Any] = {}
        self._unkept: dict[str, Any] = {}
        self._is_paper_behind = False  # the search began in the open paper
        self.navigation.room_chosen.connect(self.show_room)

    def settle(self, door: "StoreDoor", first: "FirstPage | None") -> None:
        """Take the store and what was read of it, and paint where work begins."""
        self.door = door
        self.first = first
        self.settings = dict(first.settings) if first else {}
        # Painted once, when all is in its place: Qt would paint, lay out and paint again.
        self.setUpdatesEnabled(False)
        try:
            self._show_first(first)
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        finally:
            self.setUpdatesEnabled(True)
        self.repaint()

    def _show_first(self, first: "FirstPage | None") -> None:
        from desktop_app.ui.window.top_bar import build_titles, connect_search

        connect_search(self)
        build_titles(self)
        typed = self.search.text()
        self.show_room("cases")
        if typed:
            self.search.setFocus()
            self.look_for(typed)
        elif first and first.unfinished and self.settings.get("region"):
            from desktop_app.ui.window.offering import offer

            offer(self, first.unfinished)

    def complete(self) -> None:
        """Fill the menus and make ready what tells: when the first page is painted, or when something is done before.

        A second call does nothing.
        """
        if self.acts:
            return
        from desktop_app.ui.parts.notice import Notice
        from desktop_app.ui.window.menus import build_menus
        from desktop_app.ui.window.waiting import Waiting

        self.notice = Notice()
        self.column.insertWidget(2, self.notice)
        self.notice.focus_left.connect(self.take_focus)
        self.acts = build_menus(self)
        self._mark_paper(False)
        if "cases" in self._pages:
            self.list_page().point_to_newest()
        self.door.fault_told.connect(self.tell_fault)
        self.waiting = Waiting(self.navigation, self.door)

    def refuse(self, sentence: str) -> None:
        """Say why the store cannot be used; nothing else is offered."""
        from PySide6.QtCore import Qt

        for part in (self.navigation, self.top, self.rule):
            part.hide()
        label = wrapped_label(sentence)
        label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.stack.addWidget(label)
        self.stack.setCurrentWidget(label)

    # Menus and colours.

    def dress(self, colours: Colours) -> None:
        """Take the colours of a light or dark desktop."""
        self.colours = colours
        self.dress_frame(colours)
        self.menuBar().setStyleSheet(style_sheet(colours))
        for part in (self.notice, *self._pages.values(), *((self.case_page,) if self.case_page else ())):
            if part is not None:
                part.dress(colours)

    # Rooms and pages.

    def show_room(self, room: str) -> None:
        """Open a room of the navigation; a paper that is open is saved and stays to come back to."""
        if self.door is None:
            return
        if not self.settings.get("region"):
            room = "first_start"
        if self.case_page is not None:
            self.case_page.save_before_leaving()
        self._show(room)

    def show_keys(self) -> None:
        """Show the card of keys."""
        self._back_to = self.stack.currentWidget()
        self._show("keys")

    def is_on_paper(self) -> bool:
        """Say whether a paper is what is shown."""
        return self.case_page is not None and self.stack.currentWidget() is self.case_page

    def take_focus(self) -> None:
        """Put the focus where the page that is shown wants it."""
        page: Any = self.stack.currentWidget()  # each page has a place of its own for the focus
        page.take_focus()

    def _show(self, name: str) -> None:
        if name == "settings" and name in self._pages:
            # Offsets may have been kept by a print since it was made.
            self.stack.removeWidget(self._pages.pop(name))
        page = self._pages.get(name)
        if page is None:
            from desktop_app.ui.window.rooms import made_room

            page = self._pages[name] = made_room(self, name)
            self.stack.addWidget(page)
            self._say_office()
        self.stack.setCurrentWidget(page)
        self.navigation.show_room(name)
        if self.notice is not None:
            self.notice.clear()
            self._mark_paper(False)
        if self.door.is_open:
            # What is shown is read each time: other programs write too.
            self.waiting.count()
            if name == "cases":
                page.search_anew(self.search.text())
            elif name == "forms":
                page.feed.read()
        page.take_focus()

    def list_page(self) -> "CaseList":
        if "cases" not in self._pages:
            self._show("cases")
        page: CaseList = self._pages["cases"]
        return page

    def _say_office(self) -> None:
        name, window = self.settings.get("office.name", ""), self.settings.get("window.name", "")
        self.office.setText(" · ".join(part for part in (name, window) if part))
        is_known = bool(self.settings.get("region"))
        for part in (self.search, self.navigation, self.menuBar()):
            if part.isHidden() == is_known:
                part.setVisible(is_known)

    def set_office(self, values: dict[str, str]) -> None:
        """Take region and office, and keep them."""
        is_first = not self.settings.get("region")
        old_region = self.settings.get("region")
        self.settings |= values
        self._say_office()
        if old_region != values["region"] and "forms" in self._pages:
            self.stack.removeWidget(self._pages.pop("forms"))
        if self.case_page is not None:
            self.case_page.keeper.take_settings(self.settings)
        page = self._pages.get("settings")
        self._write_settings(values, lambda _none: page.show_kept() if page else None)
        if is_first:
            self.show_room("cases")

    def actor(self) -> str:
        """Who works here, as the store knows the person: the window, else the office, until there are users."""
        return str(self.settings.get("window.name", "") or self.settings.get("office.code", ""))

    def keep_setting(self, key: str, value: Any) -> None:
        """Keep a setting when it has stopped changing."""
        self.settings[key] = value
        if not self._unkept:
            QTimer.singleShot(800, self, self._keep_settings)
        self._unkept[key] = value

    def _keep_settings(self) -> None:
        if self._unkept:
            self._write_settings(dict(self._unkept), lambda _none: None)
            self._unkept.clear()

    def _write_settings(self, values: "Mapping[str, Json]", then: Callable[[None], None]) -> None:
        from desktop_app.store import jobs
        from desktop_app.ui.jobs.store_door import now

        self.door.write(jobs.set_settings, values, now(), then=then)

    # The list.

    def look_for(self, text: str) -> None:
        """Show what answers to the search box, in place of whatever is shown."""
        if self.stack.currentWidget() is not self.list_page():
            if not text:
                return
            self._is_paper_behind = (
                self.case_page is not None and self.stack.currentWidget() is self.case_page
            )
            self.show_room("cases")
            self.search.setFocus()
        self.list_page().search(text)

    def give_up_search(self) -> None:
        """Empty the search box and go back to the paper in which the search began; an empty box is left."""
        had_text = bool(self.search.text())
        self.search.clear()
        if self._is_paper_behind and self.case_page is not None:
            self.show_page(self.case_page)
        elif not had_text:
            self.take_focus()

    # Papers.

    def open_new(self, form_id: str | bool = "", values: "Answers | None" = None) -> None:
        """Open a new paper: the region's application or the one that is named, empty or with some values."""
        from desktop_app.ui.window.paper_acts import new_page

        self._show_made(partial(new_page, self, form_id if isinstance(form_id, str) else "", values), "")

    def open_case(self, case_id: str, field_id: str = "") -> None:
        """Open a stored application, at a field or where it begins."""
        if self.case_page is not None and self.case_page.case_id == case_id:
            self.show_page(self.case_page, field_id)
            return

        def done(stored: Any) -> None:
            from desktop_app.ui.window.paper_acts import stored_page

            # Work goes on where it was left.
            self._show_made(partial(stored_page, self, stored), field_id or stored.last_field)

        self.door.load_case(case_id, done)

    def _show_made(self, make: Callable[[], Any], field_id: str) -> None:
        from desktop_app.ui.parts.reading_forms import Unreadable

        try:
            page = make()
        except Unreadable as error:
            self.tell_fault(str(error))
        else:
            self.show_page(page, field_id)
            from desktop_app.policy.calendars import office_faults

            for fault in office_faults()[:1]:
                self.tell_fault(fault)

    def show_page(self, page: Any, field_id: str = "") -> None:
        """Show a paper, in place of the one that is open, and begin to type."""
        self.complete()
        if page is not self.case_page:
            self.put_paper_away()
            self.case_page = page
            from desktop_app.ui.window.menus import offer_acts

            offer_acts(page.area, self.acts)
            page.case_saved.connect(lambda: self.notice.forget(self.door.last_fault))
            page.said.connect(self.say)
            page.unsaid.connect(self.notice.forget)
            page.keys_wanted.connect(self.show_keys)
            page.act_chosen.connect(self.do_on_paper)
            page.area.zoom_chosen.connect(partial(self.keep_setting, "paper.zoom"))
            page.panel_widened.connect(partial(self.keep_setting, "panel.width"))
            page.case_wanted.connect(self.open_case)
            self.stack.addWidget(page)
        # Asked before the page is shown: Qt puts the focus on its first field with that.
        field_id = field_id or page.field_in_use
        self.stack.setCurrentWidget(page)
        self.navigation.show_room("forms" if page.form.is_list else "cases")
        self._is_paper_behind = False
        self.search.clear()
        self.notice.clear()
        if "cases" in self._pages:
            self.list_page().notice.clear()  # the offer to go on has had its answer
        self._mark_paper(True)
        page.begin(field_id)

    def do_on_paper(self, act: str, *_checked: bool) -> None:
        from desktop_app.ui.window import paper_acts

        paper_acts.do(self, act)

    def put_paper_away(self) -> bool:
        """Save the open paper and close it; False where it could not be saved and stays open."""
        page = self.case_page
        if page is None:
            return True
        from desktop_app.ui.parts import questions

        if not page.save_before_leaving() and not questions.ask_close_unsaved(self):
            return False
        self.drop_paper()
        return True

    def drop_paper(self) -> None:
        """Close the open paper without saving it."""
        page, self.case_page = self.case_page, None
        page.is_away = True
        self.stack.removeWidget(page)
        page.deleteLater()

    def _mark_paper(self, is_open: bool) -> None:
        from desktop_app.ui.parts.acts import ACTS

        for act in ACTS:
            if act.needs_paper:
                self.acts[act.id].setEnabled(is_open)

    # Keys.

    def leave_keys(self) -> None:
        back = self._back_to
        if back is self.case_page and back is not None:
            self.show_page(back, "")
        else:
            self.show_room("cases")

    # Telling.

    def say(
        self, sentence: str, kind: str = "say", act: str = "", on_act: Callable[[], None] | None = None
    ) -> None:
        """Show one sentence on top of the page, and what can be done about it."""
        if self.door is not None:
            self.complete()
            self.notice.say(sentence, self.colours, kind, act, on_act)

    def tell_fault(self, sentence: str) -> None:
        """Show what went wrong, on top of the page; nothing that was typed is lost."""
        self.say(sentence, "fault")

    def closeEvent(self, event: "QCloseEvent") -> None:
        if self.door is not None and not self.put_paper_away():
            event.ignore()
            return
        if self.door is not None:
            from desktop_app.ui.window.placing import keep_place

            self._keep_settings()
            keep_place(self, self.folder)
        event.accept()
