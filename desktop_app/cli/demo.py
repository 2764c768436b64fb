"""The demo: what the program does, on a fresh machine and without a display, in a throw-away store.

It fills every paper with made-up answers, and leaves the papers, the spreadsheets and pictures of the real window
in a folder that it names.
"""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from desktop_app.case import Case
from desktop_app.cli.faults import Fault
from desktop_app.cli.papers import write_pages, write_papers
from desktop_app.cli.policies import readable
from desktop_app.forms import catalogue
from desktop_app.forms.draw import draw
from desktop_app.forms.model import Form, case_of
from desktop_app.policy.assess import assess
from desktop_app.policy.calendars import calendar
from desktop_app.policy.catalogue import policy
from desktop_app.policy.for_applicant import for_applicant
from desktop_app.policy.model import Known
from desktop_app.policy.nearest_yes import remedies
from desktop_app.registers.case_file import read_cases
from desktop_app.resources import resource
from desktop_app.whole_file import write_whole


def demo(options: argparse.Namespace) -> int:
    """Fill every paper and leave papers, spreadsheets and pictures in the folder."""
    folder: Path = options.out
    try:
        for name in ("papers", "blank", "tables", "decisions", "window"):
            (folder / name).mkdir(parents=True, exist_ok=True)
    except OSError:
        raise Fault(f"建不了文件夹“{folder}”，请换一个位置。") from None
    filled = [(form, sample(form)) for form in map(catalogue.form, catalogue.form_ids())]
    for form, case in filled:
        name = f"{form.id} {form.title}"
        write_papers(folder / "papers" / f"{name}.pdf", [draw(form, case)], form)
        write_papers(folder / "blank" / f"{name}.pdf", [draw(form, case_of(form, {}))], form)
        if form.is_list:
            from desktop_app.registers.paper_sheet import write_sheet

            write_sheet(folder / "tables" / f"{name}.xlsx", form, case)
            if form.masked:
                write_sheet(folder / "tables" / f"{name}（张贴用）.xlsx", form, case, is_masked=True)
                write_papers(
                    folder / "papers" / f"{name}（张贴用）.pdf", [draw(form, case, is_masked=True)], form
                )
        else:
            _tell_decision(folder / "decisions", name, form, case)
        print(f"已生成：{form.title}", file=sys.stderr)
    from desktop_app.ui.pictures.portraits import Portrait, save_portraits

    portraits = [Portrait(form.id, case.answers, case.rows) for form, case in filled]
    save_portraits(folder / "window", portraits)
    print(f"填好的表：{folder / 'papers'}")
    print(f"空白的表：{folder / 'blank'}")
    print(f"电子表格：{folder / 'tables'}")
    print(f"审核结果和一次性告知单：{folder / 'decisions'}")
    print(f"窗口截图：{folder / 'window'}")
    return 0


def _tell_decision(folder: Path, name: str, form: Form, case: Case) -> None:
    """Write what the policy says of a sample, and the sheet that would tell its applicant everything at once."""
    from desktop_app.printing.one_time_notice import Notice, notice_pages

    rules, known = policy(form.region), Known(is_rest_day=calendar(form.region).is_rest_day)
    assessment = assess(form, case, rules, known)
    mended = remedies(replace(case, answers=assessment.answers), rules, known, assessment.decision)
    text = "\n".join(readable(assessment.decision, mended)) + "\n"
    write_whole(folder / f"{name}.txt", text.encode())
    told = for_applicant(form, rules, assessment, remedies=mended)
    applicant = str(case.answers.get("applicant.name", ""))
    notice = Notice(applicant, form.title, "样例经办机构", "", case.governing_day, told)
    write_pages(folder / f"{name}（一次性告知单）.pdf", notice_pages(notice), "一次性告知单")


def sample(form: Form) -> Case:
    """Return a paper's sample answers: made-up people with valid check digits."""
    (case,) = read_cases(resource(f"samples/{form.id}.json"), form)
    return case
