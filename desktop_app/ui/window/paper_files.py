"""Files made of the paper that is open: PDF and spreadsheet, named so that the person is found again.

They are offered in the folder of documents, or in the one that was chosen last; nothing is overwritten unasked.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop_app.case import Answer, Case
from desktop_app.ui.parts import questions
from desktop_app.whole_file import WriteFault

if TYPE_CHECKING:
    from collections.abc import Iterable

    from desktop_app.printing.pdf import Sheet
    from desktop_app.ui.case.case_page import CasePage
    from desktop_app.ui.context import Context
    from desktop_app.ui.printing.printout import Printout

FOLDER: Final = "files.folder"  # the setting that holds the folder chosen last
_NOT_IN_NAMES: Final = frozenset('\\/:*?"<>|')


def file_stem(case: Case, title: str) -> str:
    """Return 姓名_后四位_表名 as far as the paper has them, without what a file's name cannot hold.

    >>> from datetime import date
    >>> answers = {"applicant.name": "李/样例", "applicant.id_number": "220104199003070016"}
    >>> file_stem(Case("", "", "", date(2026, 5, 3), answers), "申请表")
    '李样例_0016_申请表'
    """
    name, number = (_text(case.answers.get(each)) for each in ("applicant.name", "applicant.id_number"))
    parts = (name[:40], number[-4:] if len(number) >= 15 else "", title)
    kept = ("".join(c for c in part if c.isprintable() and c not in _NOT_IN_NAMES) for part in parts)
    return "_".join(part for part in map(str.strip, kept) if part)


def save_pdf(context: "Context", page: "CasePage") -> str:
    """Save the paper as a PDF file where the clerk wants it; return what became of it, in one sentence or none."""
    from desktop_app.forms.draw import draw
    from desktop_app.printing.pdf import sheets

    case = page.case()
    drawn = sheets(draw(page.form, case))
    return _save_sheets(context, context.over, drawn, page.form.title, file_stem(case, page.form.title))


def save_pages(context: "Context", asker: QWidget, printout: "Printout", stem: str) -> str:
    """Save what would be printed as a PDF file; return what became of it, in one sentence or none."""
    from desktop_app.printing.pdf import Sheet

    pages = [Sheet(each.width, each.height, (), each.marks) for each in printout.pages]
    return _save_sheets(context, asker, pages, printout.title, stem)


def _save_sheets(context: "Context", asker: QWidget, pages: "Iterable[Sheet]", title: str, stem: str) -> str:
    path = questions.ask_pdf_path(asker, _folder(context) / f"{stem}.pdf")
    if path is None:
        return ""
    from desktop_app.printing.pdf import write_pdf

    try:
        write_pdf(path, pages, title)
    except WriteFault as fault:
        sentence = str(fault.args[-1])
        context.tell_fault(sentence)
        return sentence
    return _tell_place(context, "PDF", path)


def save_sheet(context: "Context", page: "CasePage", *, is_masked: bool) -> None:
    """Save a list as a spreadsheet that says what the paper says; masked for posting where the paper has it."""
    from desktop_app.forms.draw import is_masked_field
    from desktop_app.forms.model import in_order

    form = page.form
    if not form.is_list or (
        is_masked and not any(is_masked_field(form, each.field_id) for each in form.fields)
    ):
        words = (
            "这张名单没有要遮盖的号码，请直接另存为电子表格。"
            if form.is_list
            else "只有名单、汇总表和统计表可以另存为电子表格。"
        )
        context.say(words)
        return
    case = page.case()
    name = f"{form.title}{'（张贴用）' if is_masked else ''}.xlsx"
    path = questions.ask_sheet_path(context.over, _folder(context) / name)
    if path is None:
        return
    from dataclasses import replace

    from desktop_app.registers.paper_sheet import write_sheet

    try:
        write_sheet(path, form, replace(case, rows=in_order(form, case.rows)), is_masked=is_masked)
    except WriteFault as fault:
        context.tell_fault(str(fault.args[-1]))
    else:
        _tell_place(context, "电子表格", path)


def _folder(context: "Context") -> Path:
    kept = context.settings.text(FOLDER)
    if kept and Path(kept).is_dir():
        return Path(kept)
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents) if documents and Path(documents).is_dir() else Path.home()


def _tell_place(context: "Context", kind: str, path: Path) -> str:
    """Remember the folder, say where the file lies and offer to open the folder; return the sentence."""
    context.settings.keep(FOLDER, str(path.parent))
    sentence = f"{kind} 已保存到 {path.parent}，文件名“{path.name}”。"

    def open_folder() -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent))):
            context.tell_fault(f"文件夹没有打开，请在文件管理器里打开 {path.parent}。")

    context.say(sentence, act="打开所在文件夹", on_act=open_folder)
    return sentence


def _text(answer: Answer | None) -> str:
    return answer if isinstance(answer, str) else ""
