"""Papers of a scripted day: the real paper of an application or list as PDF, the list as a spreadsheet."""

from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from desktop_app.case import Case
from desktop_app.faults import Faults
from desktop_app.forms import catalogue
from desktop_app.forms.draw import draw
from desktop_app.forms.model import Form, case_of, in_order
from desktop_app.policy.assess import assess
from desktop_app.policy.catalogue import policy
from desktop_app.printing.pdf import sheets, write_pdf
from desktop_app.store import papers
from desktop_app.store.chain import append_event
from desktop_app.store.faults import StoreFault
from desktop_app.store.known import known_of
from desktop_app.store.list_acts import cases_of
from desktop_app.store.payment_lists import export, is_payment_list
from desktop_app.store.records import Json
from desktop_app.store.rights import acting
from desktop_app.store.times import beijing_day, moment_text
from desktop_app.whole_file import WriteFault, write_whole
from desktop_app.workflow.payment import PaymentList

if TYPE_CHECKING:
    from desktop_app.store.jobs import Session

_LIST: Final = "public_list"


def print_paper(
    session: "Session", paper_id: str, form_id: str, out: Path | None, now: datetime
) -> dict[str, Any]:
    """Print a paper of an application or list, with an event of it; without a file it is made and thrown away.

    Raises:
        StoreFault: There is no such paper, or it cannot be written.
    """
    stored = papers.open_paper(session, paper_id)
    form = _form(form_id, stored.case.region)
    listed = cases_of(session, paper_id)
    if form.is_list != bool(listed):
        raise StoreFault("这份申请或名单没有这种表，请核对表单。")
    if listed:
        case = _rows(form, [each.case for each in listed], now)
    else:
        if form.id != stored.case.form_id:
            raise StoreFault("这份申请填的是另一种表，请核对表单。")
        form = catalogue.form(form.id, stored.case.form_version)
        found = assess(form, stored.case, policy(form.region), known_of(session, stored, _day(now)))
        case = replace(stored.case, answers=found.answers)
    try:
        with TemporaryDirectory(prefix="desktop-app-print-") as thrown:
            write_pdf(out or Path(thrown) / "paper.pdf", sheets(draw(form, case)), form.title)
    except (WriteFault, OSError) as fault:
        raise StoreFault(_told(fault)) from None
    _record(session, "print", paper_id, form, now)
    return {"paper": form.id, "out": str(out) if out else None}


def save_sheet(session: "Session", list_id: str, out: Path, now: datetime) -> None:
    """Write a list as a spreadsheet, with an event of it.

    Raises:
        StoreFault: It cannot be written.
    """
    from desktop_app.registers.paper_sheet import write_sheet

    if is_payment_list(session, list_id):
        export(session, list_id, "sheet", partial(_write_payment_sheet, out), now)
        return
    listed = cases_of(session, list_id)
    form = _form(f"{listed[0].case.region}.{_LIST}", listed[0].case.region)
    try:
        write_sheet(out, form, _rows(form, [each.case for each in listed], now))
    except (WriteFault, OSError) as fault:
        raise StoreFault(_told(fault)) from None
    _record(session, "export", list_id, form, now)


def _write_payment_sheet(out: Path, listed: PaymentList) -> None:
    from desktop_app.registers.bank_format import bank_format
    from desktop_app.registers.payment_list import payment_sheet

    try:
        write_whole(out, payment_sheet(listed, bank_format()))
    except (Faults, OSError) as fault:
        raise StoreFault(fault.faults[0] if isinstance(fault, Faults) else _told(fault)) from None


def _rows(form: Form, listed: list[Case], now: datetime) -> Case:
    columns = {each.field_id for each in form.fields if each.is_repeated}
    rows = [{key: each.answers[key] for key in each.answers if key in columns} for each in listed]
    return case_of(form, {}, in_order(form, rows), _day(now))


def _form(form_id: str, region: str) -> Form:
    if form_id not in catalogue.form_ids() or catalogue.form(form_id).region != region:
        raise StoreFault("本地区没有这种表，请核对表单。")
    return catalogue.form(form_id)


def _record(session: "Session", act: str, paper_id: str, form: Form, now: datetime) -> None:
    said: dict[str, Json] = {"given": {}, "paper": form.id, "version": form.version}
    append_event(session, act, acting(session).id, now, said, paper_id)


def _day(now: datetime) -> date:
    return beijing_day(moment_text(now))


def _told(fault: Exception) -> str:
    sentence = str(getattr(fault, "strerror", None) or fault)
    return sentence if sentence.endswith("。") else "文件写不出去，请检查文件夹和磁盘空间。"
