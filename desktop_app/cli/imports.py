"""Commands that bring in what comes from elsewhere: lists of awards, a year of holidays."""

import argparse
import json
import sys
from datetime import UTC, datetime

from desktop_app.cli.faults import Fault
from desktop_app.cli.signing_in import opened_store
from desktop_app.policy.calendars import import_year, kept_name
from desktop_app.registers.json_file import read_text
from desktop_app.resources import home
from desktop_app.store import place
from desktop_app.whole_file import WriteFault, write_whole


def calendar(options: argparse.Namespace) -> int:
    """Take in a year's holidays and make-up working days for this computer, in place of what it had of that year."""
    text = read_text(options.file)
    year = import_year(text, options.file.name)
    if place.has_slots(home()):
        _assert_clerk(options.user)
    folder = home() / "calendars"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / kept_name(year), text.encode())
    except OSError as error:
        sentence = (
            error.strerror if isinstance(error, WriteFault) else f"建不了文件夹“{folder}”，请检查权限。"
        )
        raise Fault(str(sentence)) from None
    print(f"已导入 {year.year} 年的放假安排。", file=sys.stderr)
    return 0


def awards(options: argparse.Namespace) -> int:
    """Add a list of awards to the ledger; imported again, it replaces itself."""
    from desktop_app.registers.award_list import read_awards
    from desktop_app.store import awards as ledger
    from desktop_app.store.faults import StoreFault
    from desktop_app.store.opening import writing
    from desktop_app.store.rights import acting

    listed = read_awards(options.file)
    now = datetime.now(UTC)
    try:
        with opened_store(options.user) as store, writing(store) as session:
            told = ledger.add_awards(session, listed, options.file.name, acting(session).id, now)
    except StoreFault as fault:
        raise Fault(str(fault)) from None
    for remark in store.remarks:
        print(remark, file=sys.stderr)
    replaced = f"，代替“{options.file.name}”上次导入的 {told.replaced} 条" if told.replaced else ""
    repeated = f"，其中 {told.repeated} 条与其他名单里的相同，只算一次" if told.repeated else ""
    print(f"已导入 {told.added} 条补贴记录{replaced}{repeated}。", file=sys.stderr)
    if told.vanished or told.added < told.replaced:
        less = f"上次有、这次没有的有 {told.vanished} 人" if told.vanished else "比上次少"
        print(f"{less}，请核对是不是同一份名单；是另一份，请改文件名后都重新导入。", file=sys.stderr)
    return 0


def payment_results(options: argparse.Namespace) -> int:
    """Record what the bank says of a payment list; with `--dry-run` only tell what that would come to."""
    from desktop_app.registers.bank_format import bank_format
    from desktop_app.registers.payment_results import read_results, return_rows
    from desktop_app.store import payment_jobs
    from desktop_app.store.faults import StoreFault
    from desktop_app.store.list_acts import UNKNOWN_LIST, list_id_of
    from desktop_app.store.opening import reading, writing
    from desktop_app.store.payment_lists import list_of_results
    from desktop_app.store.rights import assert_may

    results = read_results(options.file, bank_format())
    now = datetime.now(UTC)
    record = payment_jobs.try_results if options.dry_run else payment_jobs.record_results
    try:
        with opened_store(options.user) as store:
            with reading(store) as session:
                assert_may(session, "write")
                if options.list is None:
                    list_id = list_of_results(session, results)
                elif (found := list_id_of(session, options.list)) is None:
                    raise Fault(UNKNOWN_LIST)
                else:
                    list_id = found
            with writing(store) as session:
                report = record(session, list_id, results, options.on, now).answer
    except StoreFault as fault:
        raise Fault(str(fault)) from None
    for remark in store.remarks:
        print(remark, file=sys.stderr)
    returned = None
    if report.refused and not options.dry_run:
        try:
            returned = return_rows(options.file, report.refused)
        except WriteFault as fault:  # what was recorded is recorded; the rows are told below
            print(fault.strerror, file=sys.stderr)
    for refusal in report.refused:
        print(f"{options.file.name} 第{refusal.row}行：{refusal.sentence}", file=sys.stderr)
    if options.json:
        told = {
            "new": len(report.paid) + len(report.failed),
            "changed": len(report.changed),
            "same": report.same,
            "refused": len(report.refused),
            "returned_file": str(returned) if returned else None,
        }
        print(json.dumps(told, ensure_ascii=False))
    else:
        print(("只是试算，没有登记。" if options.dry_run else "") + payment_jobs.told_of(report))
    return 0


def _assert_clerk(login: str | None) -> None:
    from desktop_app.store.faults import StoreFault
    from desktop_app.store.opening import reading
    from desktop_app.store.rights import assert_may

    try:
        with opened_store(login) as store, reading(store) as session:
            assert_may(session, "write")
    except StoreFault as fault:
        raise Fault(str(fault)) from None
