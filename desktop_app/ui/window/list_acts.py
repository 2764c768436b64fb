"""What can be done with a list alone: what it begins with, and rows taken over from applications."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

from desktop_app.case import Answer
from desktop_app.forms.model import Form
from desktop_app.store.records import Json
from desktop_app.ui.parts.look import style_sheet

if TYPE_CHECKING:
    from desktop_app.ui.case.case_page import CasePage
    from desktop_app.ui.case.row_chooser import Candidate
    from desktop_app.ui.context import Context

_UNIT: Final = "summary.unit"
LEGIBLE: Final = 12.0  # px of the smallest text in a row


def first_answers(form: Form, settings: Mapping[str, Json], today: date) -> dict[str, Answer]:
    """Return what a new list begins with: today, and this office as its unit where the paper is an office's own."""
    heads = {each.field_id for each in form.fields if not each.is_repeated}
    answers: dict[str, Answer] = {}
    if "summary.filled_on" in heads:
        answers["summary.filled_on"] = today
    office = str(settings.get("office.name", ""))
    if _UNIT in heads and _UNIT in form.derived and office:
        answers[_UNIT] = office
    return answers


def choose_rows(context: "Context", page: "CasePage") -> None:
    """Let applications be chosen, and put them into the open list as rows."""
    form = page.form
    if not form.is_list or form.is_statistics:
        context.say("只有名单和汇总表可以从申请中选取。")
        return
    if not page.held.is_draft:
        context.say("已经完成的名单不能再改，请先点【改回草稿】。")
        return
    page.sheet.commit()
    present = page.sheet.rows()
    regions = _application_regions()

    from desktop_app.ui.case.row_chooser import candidates

    def done(offered: "list[Candidate]") -> None:
        if page.is_away:
            return
        if not offered:
            context.say("没有可以带入的申请：本地区的申请都已在名单里，或还没有申请。")
            return
        from desktop_app.ui.case.row_chooser import RowChooser

        chooser = RowChooser(offered, context.over)
        chooser.setStyleSheet(style_sheet(context.colours()))
        chooser.chosen.connect(lambda rows: take_rows(context, page, rows))
        chooser.finished.connect(lambda _result: page.take_focus())
        chooser.open()

    context.door.read(candidates, form, regions, present, then=done)


def take_rows(context: "Context", page: "CasePage", rows: list[dict[str, Answer]]) -> None:
    """Put rows behind those of the list, and its one employer at the head where that is still empty."""
    page.sheet.take_rows(rows)
    heads = {each.field_id for each in page.form.fields if not each.is_repeated}
    employers = {row.get("employer.name") for row in rows}
    employer = employers.pop() if len(employers) == 1 else None
    if _UNIT in heads and _UNIT not in page.sheet.answers() and employer is not None:
        page.sheet.take_answers({_UNIT: employer})
    context.say(f"已从申请中带入 {len(rows)} 行，请核对，按 Ctrl+Z 可以撤销。")


def _application_regions() -> dict[str, str]:
    from desktop_app.forms.catalogue import form_ids
    from desktop_app.forms.titles import is_list
    from desktop_app.ui.parts.reading_forms import Unreadable, readable_form

    found = {}
    for form_id in form_ids():
        if not is_list(form_id):
            try:
                found[form_id] = readable_form(form_id).region
            except Unreadable:
                continue
    return found
