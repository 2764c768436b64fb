"""Commands about papers: list, blank, fill, screen, sheet, preview."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from desktop_app.case import Answers, Case
from desktop_app.cli.faults import Fault
from desktop_app.finding import Finding
from desktop_app.forms import catalogue, kinds
from desktop_app.forms.draw import Drawing, draw
from desktop_app.forms.fields import fields
from desktop_app.forms.load import load_form
from desktop_app.forms.marks import ALL_LAYERS, VALUE_LAYERS, Layer, Page
from desktop_app.forms.model import Form, case_of
from desktop_app.policy.derived import derived_findings
from desktop_app.regions import region_ids
from desktop_app.registers.case_file import read_cases, read_rows
from desktop_app.registers.json_file import read_text
from desktop_app.whole_file import WriteFault


def forms(options: argparse.Namespace) -> int:
    """List every form."""
    every = [_form(form_id) for form_id in catalogue.form_ids()]
    if options.json:
        print(json.dumps([described(form) for form in every], ensure_ascii=False, indent=1))
        return 0
    for form in every:
        sample = "（参考样式）" if form.is_sample else ""
        side = "横" if form.orientation == "landscape" else "竖"
        print(f"{form.id}\t{form.title}{sample}\t{form.paper}{side}\t{form.version}")
    return 0


def described(form: Form) -> dict[str, object]:
    """Return what the command `forms --json` says of a form."""
    return {
        "id": form.id,
        "title": form.title,
        "region": form.region,
        "version": form.version,
        "paper": form.paper,
        "orientation": form.orientation,
        "is_list": form.is_list,
        "is_sample": form.is_sample,
        "copies": form.copies,
        "fields": [
            {
                "id": each.field_id,
                "label": each.label,
                "kind": fields()[each.field_id].kind,
                "required": each.is_required,
                "derived": fields()[each.field_id].is_derived or each.field_id in form.derived,
                "repeated": each.is_repeated,
            }
            for each in form.fields
        ],
    }


def preview(options: argparse.Namespace) -> int:
    """Show a form that is being written, with all its faults."""
    form = load_form(read_text(options.file), options.file.name)
    if form.region not in region_ids():
        print(f"{options.file.name}：“{form.region}”是程序还没有的地区。", file=sys.stderr)
    print(f"{form.title}：没有发现错误，共 {len(form.fields)} 个字段。", file=sys.stderr)
    if options.out:
        _check_target(options.out, ".png", options.file)
        _save_screen(form, case_of(form, {}), options.out, 150, 1)
    return 0


def blank(options: argparse.Namespace) -> int:
    """Write the empty paper."""
    form = _form(options.form)
    _check_target(options.out, ".pdf")
    write_papers(options.out, [draw(form, case_of(form, {}))], form)
    return 0


def fill(options: argparse.Namespace) -> int:
    """Write the filled paper, or one page for each line of a `.jsonl` file."""
    form = _form(options.form)
    _check_target(options.out, ".pdf", options.answers)
    cases = read_cases(options.answers, form)
    drawings = [draw(form, case, is_masked=options.masked) for case in cases]
    layers = VALUE_LAYERS if options.values_only else ALL_LAYERS
    write_papers(
        options.out,
        [drawing for drawing in drawings for _ in range(options.copies)],
        form,
        layers=layers,
        offset=(options.offset_right, options.offset_down),
    )
    is_many = len(cases) > 1
    for number, (case, drawing) in enumerate(zip(cases, drawings, strict=True), 1):
        tell(
            case,
            drawing.findings,
            f"{options.answers.name} 第{number}行" if is_many else options.answers.name,
        )
    return 0


def tell(case: Case, further: Iterable[Finding], place: str) -> None:
    """Print what needs a clerk to standard error, each with its file and row; a field's fault is told once."""
    told: set[tuple[str, str, str]] = set()
    lines = [(place, finding) for finding in _findings_of(case.answers)]
    for number, row in enumerate(case.rows, 1):
        lines.extend((f"{place} 第{number}行", finding) for finding in _findings_of(row))
    lines.extend((place, finding) for finding in further if finding.rule != "glyphs_available")
    for where, finding in lines:
        key = (where, finding.rule, finding.field_id)
        if finding.outcome != "pass" and key not in told:
            told.add(key)
            print(f"{where}：{finding.message}", file=sys.stderr)


def _findings_of(answers: Answers) -> Iterator[Finding]:
    """Yield what each answer tells of itself."""
    yield from derived_findings(answers)
    for field_id, value in answers.items():
        if field_id in fields():
            yield from kinds.check(fields()[field_id], value)


def screen(options: argparse.Namespace) -> int:
    """Write the page as the window paints it."""
    form = _form(options.form)
    _check_target(options.out, ".png", options.answers)
    case = read_cases(options.answers, form)[0] if options.answers else case_of(form, {})
    _save_screen(form, case, options.out, options.dpi, options.page)
    return 0


def sheet(options: argparse.Namespace) -> int:
    """Write a list form as a spreadsheet."""
    form = _form(options.form)
    if not form.is_list:
        raise Fault(f"“{form.title}”不是名单或汇总表，请改用 fill 命令输出。")
    _check_target(options.out, ".xlsx", options.rows)
    case = read_rows(options.rows, form)
    from desktop_app.registers.paper_sheet import write_sheet

    with _plain_faults():
        write_sheet(options.out, form, case, is_masked=options.masked)
    tell(case, (), options.rows.name)
    return 0


def _check_target(path: Path, suffix: str, given: Path | None = None) -> None:
    """Refuse a name that says another kind of file, and one that is the file to be read."""
    if path.suffix.lower() != suffix:
        raise Fault(f"“{path.name}”应以 {suffix} 结尾，请改文件名。")
    with suppress(OSError):  # what cannot be looked at is told by whoever opens it
        if given is not None and path.samefile(given):
            raise Fault(f"“{path.name}”就是要读的文件，写进去会丢失内容，请换一个文件名。")


def _form(form_id: str) -> Form:
    try:
        return catalogue.form(form_id)
    except catalogue.UnknownForm as unknown:
        raise Fault(str(unknown)) from None


def write_papers(
    path: Path,
    drawings: Iterable[Drawing],
    form: Form,
    *,
    layers: frozenset[Layer] = ALL_LAYERS,
    offset: tuple[float, float] = (0.0, 0.0),
) -> None:
    """Write drawings as one PDF; raise `Fault` where it cannot be written."""
    from desktop_app.printing import overprint, pdf

    pages = (page for drawing in drawings for page in pdf.sheets(drawing))
    with _plain_faults():
        pdf.write_pdf(path, pages, form.title, layers=layers, offset=overprint.Offset(*offset))


def write_pages(path: Path, pages: Iterable[Page], title: str) -> None:
    """Write pages of marks that belong to no form as one PDF; raise `Fault` where it cannot be written."""
    from desktop_app.printing import pdf

    with _plain_faults():
        pdf.write_pdf(path, (pdf.Sheet(each.width, each.height, (), each.marks) for each in pages), title)


def _save_screen(form: Form, case: Case, path: Path, dpi: int, page: int) -> None:
    count = len(draw(form, case).pages)
    if page > count:
        raise Fault(f"这张表只有 {count} 页，请把页数改为 1 到 {count}。")
    from desktop_app.ui.pictures.screen import save_screen

    with _plain_faults():
        save_screen(form, case, path, dpi, page)


@contextmanager
def _plain_faults() -> Iterator[None]:
    try:
        yield
    except WriteFault as fault:
        raise Fault(fault.strerror or str(fault)) from None
