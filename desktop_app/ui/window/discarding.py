"""Throwing a draft away: asked first, with the name of its applicant; nothing else can be thrown away."""

from typing import TYPE_CHECKING

from desktop_app.store import jobs
from desktop_app.store.records import CaseRow, RosterRow
from desktop_app.ui.parts import questions
from desktop_app.ui.parts.titles import form_title

if TYPE_CHECKING:
    from desktop_app.ui.window.main_window import MainWindow


def discard_shown(window: "MainWindow") -> None:
    """Throw away the paper that is open, or else the line of the list that is chosen."""
    page = window.case_page
    if page is not None and window.is_on_paper():
        page.save_before_leaving()
        if page.case_id:
            name = page.case().answers.get("applicant.name", "")
            _discard(window, page.case_id, page.state == "draft", str(name), page.form.id)
        else:
            window.say("这份表还没有填写，关闭即可，不会留下草稿。")
        return
    row = window.list_page().chosen_row()
    if row is None or window.stack.currentWidget() is not window.list_page():
        window.say("请先在列表里选中要删除的草稿。")
    else:
        discard_row(window, row)


def discard_row(window: "MainWindow", row: CaseRow | RosterRow) -> None:
    """Throw away the application of a line."""
    _discard(window, row.id, row.state == "draft", getattr(row, "name", ""), row.form_id)


def _discard(window: "MainWindow", case_id: str, is_draft: bool, name: str, form_id: str) -> None:
    name = name or "未填姓名"
    if not is_draft:
        window.say("只有草稿可以删除。")
        return
    if not questions.ask_discard(window, name, form_title(form_id)):
        return

    def done(_none: None) -> None:
        page = window.case_page
        if page is not None and page.case_id == case_id:
            window.drop_paper()
        window.list_page().notice.clear()  # it may offer to go on with this one
        is_among_forms = window.stack.currentWidget() is not window.list_page()
        window.show_room("forms" if is_among_forms and page is None else "cases")
        window.say(f"已删除“{name}”的草稿。")

    window.door.write(jobs.delete_draft, case_id, then=done)
