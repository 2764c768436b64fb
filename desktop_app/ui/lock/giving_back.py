"""Laying the desk out again as it was left: the page or paper, its caret, the dialog that was open, with its texts."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from desktop_app.store import jobs
from desktop_app.store.records import Json
from desktop_app.ui.lock.desk import Desk, desk_of
from desktop_app.ui.lock.typed import put_back, put_caret
from desktop_app.ui.window.main_window import MainWindow

_LOOK_MS: Final = 20
# What opens the same dialog as an act that has moved the paper on.
_SAME: Final = {"finish": "print"}


class GivingBack(QObject):
    """Gives one desk back to the window of its person, and has it forgotten."""

    def __init__(self, window: MainWindow, said: Mapping[str, Json]) -> None:
        super().__init__(window)
        self._window = window
        self._desk = desk = desk_of(said)
        # A dialog may be open only when the store has answered, and tells nobody of itself.
        self._dialog = QTimer(self, interval=_LOOK_MS)
        self._dialog.timeout.connect(self._fill)
        if desk.has_paper:
            window.papers.shown.connect(self._paper_shown)
            self._open_paper(desk)
        else:
            self._show_page(desk)
        # Behind the reading of the paper; what is given back is typed again, or saved.
        window.door.write(jobs.clear_desk, then=_nothing)

    def _open_paper(self, desk: Desk) -> None:
        if desk.case_id:
            self._window.open_case(desk.case_id, desk.place)
            return
        from desktop_app.store.answers import answers_of

        self._window.open_new(desk.form_id, answers_of(desk.answers))

    def _paper_shown(self, _room: str) -> None:
        self._window.papers.shown.disconnect(self._paper_shown)
        QTimer.singleShot(0, self, self._lay_out)  # the page begins to be typed in behind this signal

    def _lay_out(self) -> None:
        page, desk = self._window.papers.page, self._desk
        if page is None:
            return
        if desk.place and desk.place != page.sheet.current_field():
            page.go_to(desk.place)
        page.sheet.wait_again(desk.waiting)
        put_caret(QApplication.focusWidget(), desk.caret)
        if desk.act:
            self._dialog.start()
            # Some dialogs do not come back before they are closed.
            QTimer.singleShot(0, self, lambda: self._window.papers.do(_SAME.get(desk.act, desk.act)))
        elif desk.rule and page.show_point(desk.rule):
            put_back(page.panel.choice, desk.texts)

    def _fill(self) -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            self._dialog.stop()
            dialog.activateWindow()
            put_back(dialog, self._desk.texts)

    def _show_page(self, desk: Desk) -> None:
        window = self._window
        if not window.pages.is_shown(desk.page):
            window.show_room(desk.page)
        if desk.search:
            window.search.setFocus()
            window.search.setText(desk.search)
            window.search.textEdited.emit(desk.search)
        put_back(window.stack.currentWidget(), desk.texts)


def _nothing(_none: None) -> None:
    """It is forgotten."""
