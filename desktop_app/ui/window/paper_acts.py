"""What can be done with the paper that is open: saving, printing, finishing, zooming.

Loaded with the first paper, not with the window.
"""

from functools import partial
from typing import TYPE_CHECKING

from desktop_app.ui.window.list_acts import choose_rows

if TYPE_CHECKING:
    from desktop_app.ui.case.case_page import CasePage
    from desktop_app.ui.context import Context
    from desktop_app.ui.printing.printout import Printout


def open_alike(context: "Context", page: "CasePage") -> None:
    """Open the next paper of a stack from one employer: what the stack has in common is taken over, and told."""
    form = page.form
    if form.is_list:
        context.say("“同单位下一份”用于申请表；名单请在【表单】里新开。")
        return
    from desktop_app.forms.carrying import OF_EMPLOYER, carried, labels

    values = carried(form, page.case().answers, OF_EMPLOYER)
    context.go.new(form.id, values)
    if values:
        context.say(f"已从上一份带来：{labels(form, tuple(values))}。请核对。")


def take_known(context: "Context", page: "CasePage") -> None:
    """Take what was written of the same person before, where it is offered."""
    taken = page.known_person.take() if page.known_person is not None and page.held.is_draft else ()
    if taken:
        from desktop_app.forms.carrying import labels

        context.say(f"已带入：{labels(page.form, taken)}。请核对，按 Ctrl+Z 可以撤销。")
    else:
        context.say("没有可以带入的：填好身份证号，这位申请人以前来过、这里又空着的格才会带入。")


def do(context: "Context", page: "CasePage", act: str) -> None:
    """Do an act on a paper."""
    match act:
        case "save":
            page.save()
        case "finish":
            page.finish(partial(print_paper, context, page))
        case "reopen":
            page.reopen()
        case "print":
            print_paper(context, page)
        case "save_pdf":
            from desktop_app.ui.window.paper_files import save_pdf

            save_pdf(context, page)
        case "save_sheet" | "save_posted":
            from desktop_app.ui.window.paper_files import save_sheet

            save_sheet(context, page, is_masked=act == "save_posted")
        case "print_blank":
            print_blank(context, page)
        case "notice":
            print_notice(context, page)
        case "note":
            write_note(context, page)
        case "facts":
            page.toggle_facts()
        case "overview":
            page.show_overview()
        case "new_alike":
            open_alike(context, page)
        case "take_known":
            take_known(context, page)
        case "undo":
            page.sheet.undo()
        case "redo":
            page.sheet.redo()
        case "choose_rows":
            choose_rows(context, page)
        case "add_row":
            page.add_row()
        case "remove_row":
            page.remove_row()
        case "next_mend":
            page.go_to_wrong(1)
        case "previous_mend":
            page.go_to_wrong(-1)
        case "zoom_in" | "zoom_out":
            page.area.step(1 if act == "zoom_in" else -1)
        case "zoom_full" | "zoom_large":
            page.area.zoom_to(1.0 if act == "zoom_full" else 1.5)
        case "zoom_page":
            page.area.fit_page()
        case "zoom_fit":
            page.area.fit()


def write_note(context: "Context", page: "CasePage") -> None:
    """Ask for a remark on the field in use, and keep it with the draft."""
    from desktop_app.forms.model import label_of
    from desktop_app.ui.parts import questions

    field_id = page.field_in_use
    if page.form.is_list or not page.held.is_draft or not field_id:
        context.say("批注写在申请草稿上：请先点到要写批注的那一格。")
        return
    page.commit()
    said = questions.ask_note(context.over, label_of(page.form, field_id), page.held.notes.get(field_id, ""))
    if said is not None:
        page.keeper.note(field_id, said)
    page.go_to(field_id)


def print_paper(context: "Context", page: "CasePage") -> None:
    """Show the paper as it will be printed."""
    from desktop_app.ui.printing.printout import printout_of
    from desktop_app.ui.window.paper_files import file_stem

    case = page.case()
    _preview(context, page, printout_of(page.form, case), file_stem(case, page.form.title))


def print_notice(context: "Context", page: "CasePage") -> None:
    """Print the sheet that tells the applicant everything at once."""
    if page.form.is_list:
        context.say("名单和统计表没有一次性告知单。")
        return
    from desktop_app.ui.case.notice_sheet import notice_of
    from desktop_app.ui.printing.printout import Printout
    from desktop_app.ui.window.paper_files import file_stem

    page.commit()
    title = "一次性告知单"
    printout = Printout(page.form.id, title, notice_of(page.held, context.settings.values))
    _preview(context, page, printout, file_stem(page.case(), title))


def print_blank(context: "Context", page: "CasePage") -> None:
    """Print the empty paper, to be filled in by hand."""
    from desktop_app.forms.draw import draw
    from desktop_app.forms.model import case_of
    from desktop_app.ui.printing.printout import Printout

    form = page.form
    title = f"{form.title}（空白表）"
    # Nobody is named on it, nor in the name of its file.
    _preview(context, page, Printout(form.id, title, draw(form, case_of(form, {})).pages))


def _preview(context: "Context", page: "CasePage", printout: "Printout", file_stem: str = "") -> None:
    from desktop_app.ui.window.previews import show_preview

    page.save_before_leaving()
    show_preview(context, printout, page.take_focus, file_stem)
