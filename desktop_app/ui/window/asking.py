"""What the window asks of the store for its list: a page of lines, how many wait, and the draft to go on with."""

from functools import partial
from typing import Any

from desktop_app.store.records import CasePage, CaseQuery, Unfinished
from desktop_app.ui.parts.titles import field_label, form_title, is_list, list_ids
from desktop_app.workflow.queues import QUEUES

_BEGUN = 20  # lists shown on the page of papers


def fetch(window: Any, query: CaseQuery) -> None:
    """Fetch a page of the list, unless something else has been typed since."""
    page = window.list_page()

    def job(session: Any) -> CasePage | None:
        if query.text != page.model.query.text:
            return None
        from desktop_app.store.cases import list_cases

        return list_cases(session, query)

    window.keeping.read(job, lambda answer: answer and page.take(query, answer))


def count_waiting(window: Any) -> None:
    """Show in the navigation how many applications wait for the clerk."""

    def job(session: Any) -> int:
        from desktop_app.store.cases import list_cases

        return sum(
            list_cases(session, CaseQuery(state=state, without_forms=list_ids(), limit=1)).count
            for state in QUEUES[0].states
        )

    window.keeping.read(job, partial(window.navigation.show_waiting, "cases"))


def fetch_drafts(window: Any, page: Any) -> None:
    """Fetch the list papers that were begun lately, for the page of papers."""
    query = CaseQuery(forms=list_ids(), limit=_BEGUN)

    def job(session: Any) -> CasePage:
        from desktop_app.store.cases import list_cases

        return list_cases(session, query)

    window.keeping.read(job, lambda answer: page.show_begun(answer.rows))


def offer(window: Any, unfinished: Unfinished) -> None:
    """Offer to go on where the program was left."""
    label = field_label(unfinished.form_id, unfinished.last_field.partition("@")[0])
    who = f"{unfinished.name}的申请" if unfinished.name else "这份申请"
    if is_list(unfinished.form_id):
        who = form_title(unfinished.form_id)
    where = f"上次填到“{label}”" if label else "上次没有填完"
    notice = window.list_page().notice
    notice.say(
        f"{where}（{who}），要继续填写吗？",
        window.colours,
        act="继续填写  Enter",
        on_act=lambda: window.open_case(unfinished.case_id, unfinished.last_field),
    )
    notice.act.setAccessibleName(f"{where}，继续填写")
    notice.act.setFocus()
