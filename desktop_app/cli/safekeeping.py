"""Commands that look after the store: whether it holds, a backup of it, a store from a backup."""

import argparse
import getpass
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop_app.cli.faults import Fault
from desktop_app.cli.signing_in import opened_store, typed_password
from desktop_app.resources import home
from desktop_app.store import place, schema
from desktop_app.store.faults import PAGES_DAMAGED, StoreFault

if TYPE_CHECKING:
    from desktop_app.store.opening_backup import Opened
    from desktop_app.store.records import ChainFault

_NO_USER_THEN: Final = (
    "请用 --user 写明做备份那天能登录的人，密码写在标准输入的第一行；没有密码的用 --sheet 输入恢复页。"
)
_NO_STORE: Final = "这里还没有资料库，请用环境变量 DESKTOP_APP_HOME 写明资料文件夹。"


def verify(options: argparse.Namespace) -> int:
    """Hold the whole store against itself: pages, tables, the chain of events and what it covers."""
    from desktop_app.store.opening import reading
    from desktop_app.store.verify import verify_chain

    _assert_store()
    told: list[dict[str, str | int]] = []
    said: dict[str, str | int] = {}
    events = 0
    try:
        with opened_store(options.user) as store, reading(store) as session:
            connection = session.connection()
            events = connection.exec_driver_sql("SELECT count(*) FROM event").scalar_one()
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            said = {"schema": schema.HEAD, "bytes": pages * place.PAGE_BYTES, "replica": store.replica_id}
            for remark in store.remarks:
                print(remark, file=sys.stderr)
            is_spoiled = bool(connection.exec_driver_sql("PRAGMA cipher_integrity_check").fetchall())
            if is_spoiled or connection.exec_driver_sql("PRAGMA quick_check").scalar_one() != "ok":
                told.append(_fault("file", 0, PAGES_DAMAGED))
            told += [_fault(_place_of(fault), fault.number, fault.message) for fault in verify_chain(session)]
    except StoreFault as fault:
        told.append(_fault("store", 0, str(fault)))
    ok = not told
    if options.json:
        print(json.dumps({"ok": ok, "events": events, "faults": told, "store": said}, ensure_ascii=False))
    else:
        for each in told:
            print(each["message"])
        print(f"共 {events} 号记录，{'没有发现问题' if ok else f'发现 {len(told)} 处问题'}。")
    return 0 if ok else 1


def backup(options: argparse.Namespace) -> int:
    """Write a verified, encrypted copy of the store into one file."""
    from desktop_app.store.backup import back_up, source_of
    from desktop_app.store.keeping import remember

    _assert_store()
    now = datetime.now(UTC)
    try:
        with opened_store(options.user) as store:
            label = back_up(source_of(store), options.out, now)
            remember(store.path.parent, options.out, label)
    except StoreFault as fault:
        raise Fault(str(fault)) from None
    print(f"已备份并核对，共 {label.number} 号记录。", file=sys.stderr)
    return 0


def restore(options: argparse.Namespace) -> int:
    """Try a backup, and put it into an empty folder; the password or the recovery sheet of its day opens it."""
    from desktop_app.store.restoring import restore as bring_back

    folder: Path = options.into
    if folder.is_dir() and any(each.name != place.LOCK_NAME for each in folder.iterdir()):
        raise Fault(f"文件夹“{folder}”不是空的，请换一个空的文件夹。")
    try:
        opened = _opened_backup(options)
        claim = place.hold(folder)
        try:
            lost = bring_back(options.file, opened.key, folder, datetime.now(UTC), opened.root)
        finally:
            place.release(claim)
    except StoreFault as fault:
        raise Fault(str(fault)) from None
    print("备份完好，已恢复。", file=sys.stderr)
    if lost is not None:
        since = f"{lost.since.astimezone():%Y-%m-%d %H:%M}"
        print(
            f"{since} 以后的 {lost.events} 号记录、{lost.saves} 次保存不在这份备份里，请补录。",
            file=sys.stderr,
        )
    return 0


def _opened_backup(options: argparse.Namespace) -> "Opened":
    from desktop_app.store import keys, opening_backup
    from desktop_app.store.backup_file import read_label

    file: Path = options.file
    label, login = read_label(file), options.user or ""
    if label.slots is None:
        claim = place.hold(home())
        try:
            password = typed_password() if login else ""
            return opening_backup.open_before_users(file, home(), login, password, datetime.now(UTC))
        finally:
            place.release(claim)
    if options.sheet:
        try:
            seed = keys.seed_of_sheet(_sheet())
        except keys.SheetFault as fault:
            raise Fault(str(fault)) from None
        return opening_backup.open_by_sheet(file, label, seed)
    if not login:
        raise Fault(_NO_USER_THEN)
    return opening_backup.open_by_password(file, label, login, typed_password())


def _fault(where: str, number: int, message: str) -> dict[str, str | int]:
    return {"place": where, "number": number, "message": message}


def _place_of(fault: "ChainFault") -> str:
    if fault.number:
        return "event"
    return "case" if fault.case_id else "store"


def _assert_store() -> None:
    if not place.has_store(home()):
        raise Fault(_NO_STORE)


def _sheet() -> str:
    """Return what the recovery sheet says: all of standard input, or what is typed where that is a terminal."""
    if sys.stdin.isatty():
        return getpass.getpass("恢复页上的各组字符：", sys.stderr)
    return sys.stdin.read()
