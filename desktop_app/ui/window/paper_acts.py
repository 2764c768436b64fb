"""What can be done with the paper that is open: saving, printing, finishing, zooming.

Loaded with the first paper, not with the window.
"""

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt

from desktop_app.ui.parts.look import style_sheet
from desktop_app.ui.window.list_acts import choose_rows
from desktop_app.ui.window.placing import fit

if TYPE_CHECKING:
    from desktop_app.forms.marks import Page
    from desktop_app.ui.case.case_page import CasePage
    from desktop_app.ui.context import Context

_OFFSETS: Final = "printing.offset/"


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
    taken = page.known_person.take() if page.known_person is not None and page.state == "draft" else ()
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


def print_paper(
    context: "Context",
    page: "CasePage",
    pages: "tuple[Page, ...]" = (),
    title: str = "",
    *,
    is_blank: bool = False,
) -> None:
    """Show what will be printed, and print it; how far each printer is off is kept among the settings.

    `pages` is a sheet that goes with the case, in place of its paper, and `title` what it is called; `is_blank` says
    that nobody is named on it.
    """
    from desktop_app.ui.printing.print_preview import PrintPreview
    from desktop_app.ui.printing.print_queue import watch_job
    from desktop_app.ui.window.paper_files import save_pdf

    case = page.case()
    page.save_before_leaving()
    offsets = {key: str(value) for key, value in context.settings.values.items() if key.startswith(_OFFSETS)}
    preview = PrintPreview(page.form, case, context.over, offsets=offsets, pages=pages, **context.printing)
    preview.setStyleSheet(style_sheet(context.colours()))
    fit(preview, preview.width(), preview.height())
    preview.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    preview.offset_changed.connect(context.settings.keep)
    preview.printed.connect(lambda _pages: context.say("已送到打印机，请核对纸张。"))
    preview.handed_over.connect(partial(watch_job, context.over, context.tell_fault))
    preview.pdf_wanted.connect(
        lambda: preview.say(save_pdf(context, page, preview, pages, title, is_blank=is_blank))
    )
    preview.finished.connect(lambda _result: page.take_focus())
    preview.open()


def print_notice(context: "Context", page: "CasePage") -> None:
    """Print the sheet that tells the applicant everything at once."""
    if page.form.is_list:
        context.say("名单和统计表没有一次性告知单。")
        return
    from desktop_app.ui.case.notice_sheet import notice_of

    page.commit()
    pages = notice_of(page.held, context.settings.values)
    print_paper(context, page, pages, "一次性告知单")


def print_blank(context: "Context", page: "CasePage") -> None:
    """Print the empty paper, to be filled in by hand."""
    from desktop_app.forms.draw import draw
    from desktop_app.forms.model import case_of

    form = page.form
    print_paper(context, page, draw(form, case_of(form, {})).pages, f"{form.title}（空白表）", is_blank=True)
