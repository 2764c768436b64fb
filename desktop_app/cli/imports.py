"""Commands that bring in what comes from elsewhere: lists of awards, a year of holidays."""

import argparse
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


def _assert_clerk(login: str | None) -> None:
    from desktop_app.store.faults import StoreFault
    from desktop_app.store.opening import reading
    from desktop_app.store.rights import assert_may

    try:
        with opened_store(login) as store, reading(store) as session:
            assert_may(session, "write")
    except StoreFault as fault:
        raise Fault(str(fault)) from None
