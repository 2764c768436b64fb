"""What can be done with the paper that is open: making its page, saving, printing, finishing, zooming.

Loaded with the first paper, not with the window.
"""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt

from desktop_app.ui.parts.look import style_sheet
from desktop_app.ui.parts.reading_forms import readable_form
from desktop_app.ui.window.list_acts import LEGIBLE, choose_rows, first_answers
from desktop_app.ui.window.placing import fit

if TYPE_CHECKING:
    from desktop_app.case import Answers
    from desktop_app.ui.window.main_window import MainWindow

_OFFSETS: Final = "printing.offset/"


def new_page(window: Any, form_id: str, values: "Answers | None" = None) -> Any:
    """Return the page of a new paper with some values; today is its day of application where the paper has one."""
    from desktop_app.case import Case
    from desktop_app.policy.derived import derive
    from desktop_app.regions import region

    today = date.today()
    here = region(window.settings["region"])
    paper = readable_form(form_id or (here.application_form if here else ""), day=today)
    has_day = any(each.field_id == "claim.applied_on" and not each.is_repeated for each in paper.fields)
    answers = {**(values or {}), **({"claim.applied_on": today} if has_day else {})}
    if paper.is_list:
        answers |= first_answers(paper, window.settings, today)
    # What the paper works out by itself stands there from the start, so that it is no change that would be stored.
    answers = derive(answers, paper.derived)
    return page_of(window, paper, Case(paper.id, paper.version, paper.region, today, answers))


def stored_page(window: Any, stored: Any) -> Any:
    """Return the page of a stored application, on the version of the paper that it was taken on."""
    paper = readable_form(stored.case.form_id, stored.case.form_version)
    return page_of(window, paper, stored.case, stored.id, stored.state, stored.choices)


def page_of(
    window: Any, paper: Any, case: Any, case_id: str = "", state: Any = "draft", choices: Any = None
) -> Any:
    """Return the page of a case on its paper, for this office, with what its clerk chose before."""
    from desktop_app.ui.case.case_keeper import CaseKeeper
    from desktop_app.ui.case.case_page import CasePage
    from desktop_app.ui.case.open_case import opened
    from desktop_app.ui.paper.second_keying import KEY_TWICE, TWICE

    settings = window.settings
    held = opened(paper, case, settings, case_id, state, choices)
    keeper = CaseKeeper(held, window.door, settings.get("office.code", ""), window.actor())
    page = CasePage(keeper, window.colours)
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

        offer_past_words(page.sheet, paper, window.door)
    if not paper.is_list:
        from desktop_app.ui.case.known_person import KnownPerson

        page.known_person = KnownPerson(paper, page.sheet, window.door, lambda: page.case_id)
    return page


def open_alike(window: "MainWindow") -> None:
    """Open the next paper of a stack from one employer: what the stack has in common is taken over, and told."""
    page = window.case_page
    form = page.form
    if form.is_list:
        window.say("“同单位下一份”用于申请表；名单请在【表单】里新开。")
        return
    from desktop_app.forms.carrying import OF_EMPLOYER, carried, labels

    values = carried(form, page.case().answers, OF_EMPLOYER)
    window.open_new(form.id, values)
    if values:
        window.say(f"已从上一份带来：{labels(form, tuple(values))}。请核对。")


def take_known(window: "MainWindow") -> None:
    """Take what was written of the same person before, where it is offered."""
    page = window.case_page
    taken = page.known_person.take() if page.known_person is not None and page.state == "draft" else ()
    if taken:
        from desktop_app.forms.carrying import labels

        window.say(f"已带入：{labels(page.form, taken)}。请核对，按 Ctrl+Z 可以撤销。")
    else:
        window.say("没有可以带入的：填好身份证号，这位申请人以前来过、这里又空着的格才会带入。")


def do(window: Any, act: str) -> None:
    """Do an act on the open paper; without one nothing happens."""
    page = window.case_page
    if page is None:
        return
    match act:
        case "save":
            page.save()
        case "finish":
            page.finish(partial(print_paper, window))
        case "reopen":
            page.reopen()
        case "print":
            print_paper(window)
        case "save_pdf":
            from desktop_app.ui.window.paper_files import save_pdf

            save_pdf(window)
        case "save_sheet" | "save_posted":
            from desktop_app.ui.window.paper_files import save_sheet

            save_sheet(window, is_masked=act == "save_posted")
        case "print_blank":
            print_blank(window)
        case "notice":
            print_notice(window)
        case "facts":
            page.toggle_facts()
        case "overview":
            page.show_overview()
        case "new_alike":
            open_alike(window)
        case "take_known":
            take_known(window)
        case "close_paper":
            if window.put_paper_away():
                window.show_room("forms" if page.form.is_list else "cases")
        case "undo":
            page.sheet.undo()
        case "redo":
            page.sheet.redo()
        case "choose_rows":
            choose_rows(window)
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


def print_paper(window: Any, pages: tuple[Any, ...] = (), title: str = "", *, is_blank: bool = False) -> None:
    """Show what will be printed, and print it; how far each printer is off is kept among the settings.

    `pages` is a sheet that goes with the case, in place of its paper, and `title` what it is called; `is_blank` says
    that nobody is named on it.
    """
    from desktop_app.ui.printing.print_preview import PrintPreview
    from desktop_app.ui.printing.print_queue import watch_job
    from desktop_app.ui.window.paper_files import save_pdf

    page = window.case_page
    case = page.case()
    page.save_before_leaving()
    offsets = {key: value for key, value in window.settings.items() if key.startswith(_OFFSETS)}
    preview = PrintPreview(page.form, case, window, offsets=offsets, pages=pages, **window.printing)
    preview.setStyleSheet(style_sheet(window.colours))
    fit(preview, preview.width(), preview.height())
    preview.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    preview.offset_changed.connect(window.keep_setting)
    preview.printed.connect(lambda _pages: window.say("已送到打印机，请核对纸张。"))
    preview.handed_over.connect(partial(watch_job, window, window.tell_fault))
    preview.pdf_wanted.connect(
        lambda: preview.say(save_pdf(window, preview, pages, title, is_blank=is_blank))
    )
    preview.finished.connect(lambda _result: page.take_focus())
    preview.open()


def print_notice(window: Any) -> None:
    """Print the sheet that tells the applicant everything at once."""
    page = window.case_page
    if page.form.is_list:
        window.say("名单和统计表没有一次性告知单。")
        return
    from desktop_app.ui.case.notice_sheet import notice_of

    page.commit()
    pages = notice_of(page.held, window.settings)
    print_paper(window, pages, "一次性告知单")


def print_blank(window: Any) -> None:
    """Print the empty paper, to be filled in by hand."""
    from desktop_app.forms.draw import case_of, draw

    form = window.case_page.form
    print_paper(window, draw(form, case_of(form, {})).pages, f"{form.title}（空白表）", is_blank=True)
