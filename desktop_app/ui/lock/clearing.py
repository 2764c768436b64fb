"""Reading what lies on the desk: which page or paper is shown, where the caret is, what is typed and nowhere stored."""

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop_app.ui.lock.cover import Cover
from desktop_app.ui.lock.desk import Desk
from desktop_app.ui.lock.typed import Caret, caret_of, typed_in
from desktop_app.ui.window.main_window import MainWindow


def caret_in_use() -> Caret:
    """Return where the caret is now; asked before anything hides the field."""
    return caret_of(QApplication.focusWidget())


def desk_of(window: MainWindow, caret: Caret) -> Desk:
    """Return everything that is open, to be put into the store; what is typed on a paper was saved before."""
    desk = Desk(window.pages.shown(), window.search.text())
    page = window.papers.page
    if page is not None and window.papers.is_shown:
        from desktop_app.store.answers import answers_text

        place = page.panel.fact_in_use() or page.field_in_use
        desk = desk._replace(
            page="",
            case_id=page.case_id,
            form_id="" if page.case_id else page.form.id,
            answers="" if page.case_id else answers_text(page.case().answers),
            place=place,
            caret=caret,
            waiting=page.sheet.keyed_once(),
            rule=page.panel.choice.rule() if page.panel.choice.isVisible() else "",
        )
    dialog = _dialog()
    if dialog is not None:
        return desk._replace(act=window.papers.last_act, texts=typed_in(dialog))
    return desk if desk.has_paper else desk._replace(texts=typed_in(window.stack.currentWidget()))


def _dialog() -> QDialog | None:
    """Return the dialog of the program that was opened first, if one is open: others stand over it.

    Qt names its windows in no order, and the cover that hides them is one of them.
    """
    opened = [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog)]
    shown = [each for each in opened if each.isVisible() and each.isModal() and not isinstance(each, Cover)]
    return next((each for each in shown if _window_below(each) not in shown), None)


def _window_below(dialog: QDialog) -> QWidget | None:
    parent = dialog.parentWidget()
    return parent.window() if parent is not None else None
