"""The page of a paper: of a new one, or of one that is stored, for this office and its settings.

Loaded with the first paper, not with the window.
"""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from desktop_app.ui.parts.reading_forms import readable_form
from desktop_app.ui.window.list_acts import LEGIBLE, first_answers

if TYPE_CHECKING:
    from desktop_app.case import Answers, Case
    from desktop_app.forms.model import Form
    from desktop_app.store.records import StoredCase
    from desktop_app.ui.case.case_page import CasePage
    from desktop_app.ui.context import Context
    from desktop_app.workflow.states import State


def new_page(context: "Context", form_id: str, values: "Answers | None" = None) -> "CasePage":
    """Return the page of a new paper with some values; today is its day of application where the paper has one."""
    from desktop_app.case import Case
    from desktop_app.policy.derived import derive
    from desktop_app.regions import region

    today = date.today()
    here = region(context.settings.region)
    paper = readable_form(form_id or (here.application_form if here else ""), day=today)
    has_day = any(each.field_id == "claim.applied_on" and not each.is_repeated for each in paper.fields)
    answers = {**(values or {}), **({"claim.applied_on": today} if has_day else {})}
    if paper.is_list:
        answers |= first_answers(paper, context.settings.values, today)
    # What the paper works out by itself stands there from the start, so that it is no change that would be stored.
    answers = derive(answers, paper.derived)
    return page_of(context, paper, Case(paper.id, paper.version, paper.region, today, answers))


def stored_page(context: "Context", stored: "StoredCase") -> "CasePage":
    """Return the page of a stored application, on the version of the paper that it was taken on."""
    paper = readable_form(stored.case.form_id, stored.case.form_version)
    return page_of(context, paper, stored.case, stored.id, stored.state, stored.choices, stored.notes)


def page_of(
    context: "Context",
    paper: "Form",
    case: "Case",
    case_id: str = "",
    state: "State" = "draft",
    choices: "Mapping[str, tuple[str, ...]] | None" = None,
    notes: "Mapping[str, str] | None" = None,
) -> "CasePage":
    """Return the page of a case on its paper, for this office, with what its clerk chose before."""
    from desktop_app.ui.case.case_keeper import CaseKeeper
    from desktop_app.ui.case.case_page import CasePage
    from desktop_app.ui.case.open_case import opened
    from desktop_app.ui.paper.second_keying import KEY_TWICE, TWICE

    settings = context.settings.values
    held = opened(paper, case, settings, case_id, state, choices, notes, context.actor.may("write"))
    keeper = CaseKeeper(held, context.door, context.settings.text("office.code"), context.actor.id)
    page = CasePage(keeper, context.colours())
    if paper.is_list and "paper.zoom" not in settings:
        page.area.keep_legible(LEGIBLE)
    zoom = settings.get("paper.zoom", 0)
    page.area.show_as(zoom if isinstance(zoom, int | float) else 0)
    width = settings.get("panel.width", 0)
    page.widen_panel(width if isinstance(width, int) else 0)
    if settings.get(KEY_TWICE) and not paper.is_list:
        page.sheet.key_twice(TWICE)
    if not paper.is_statistics:
        from desktop_app.ui.case.past_words import offer_past_words

        offer_past_words(page.sheet, paper, context.door)
    if not paper.is_list:
        from desktop_app.ui.case.known_person import KnownPerson

        page.known_person = KnownPerson(paper, page.sheet, context.door, lambda: page.case_id)
    return page
