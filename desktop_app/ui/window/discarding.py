"""Throwing a draft away: asked first, with the name of its applicant; nothing else can be thrown away."""

from typing import TYPE_CHECKING

from desktop_app.forms.titles import form_title
from desktop_app.store import jobs
from desktop_app.store.case_columns import CaseRow
from desktop_app.store.records import RosterRow
from desktop_app.ui.jobs.clock import now
from desktop_app.ui.parts import questions
from desktop_app.workflow.states import is_draft

if TYPE_CHECKING:
    from desktop_app.ui.context import Context
    from desktop_app.ui.window.page_stack import PageStack
    from desktop_app.ui.window.papers import Papers


def discard_shown(context: "Context", papers: "Papers", pages: "PageStack") -> None:
    """Throw away the paper that is shown, or else the line of the list that is chosen."""
    page = papers.page
    if page is None or not papers.is_shown:
        discard_row(context, pages.cases.chosen_row() if pages.is_shown("cases") else None)
        return
    page.save_before_leaving()
    if page.case_id:
        name = page.case().answers.get("applicant.name", "")
        _discard(context, page.case_id, is_draft(page.state), str(name), page.form.id)
    else:
        context.say("这份表还没有填写，关闭即可，不会留下草稿。")


def discard_row(context: "Context", row: CaseRow | RosterRow | None) -> None:
    """Throw away the application of a line of a list."""
    if row is None:
        context.say("请先在列表里选中要删除的草稿。")
    else:
        _discard(
            context, row.id, is_draft(row.state), row.name if isinstance(row, CaseRow) else "", row.form_id
        )


def _discard(context: "Context", case_id: str, is_draft: bool, name: str, form_id: str) -> None:
    name = name or "未填姓名"
    if not context.actor.may("write"):
        context.say("草稿由经办人删除，您没有经办人的角色。")
    elif not is_draft:
        context.say("只有草稿可以删除。")
    elif questions.ask_discard(context.over, name, form_title(form_id)):
        done = lambda _none: context.say(f"已删除“{name}”的草稿。")  # noqa: E731
        context.door.write(jobs.delete_draft, case_id, now(), then=done)
