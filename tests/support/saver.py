"""Programs that a test starts beside itself: savers that are killed, one on a full disk, some without rights.

Run as `python saver.py WHAT FOLDER`. Each acknowledged save is one line `case_id revision` on standard
output, written only after the store has said that it is kept.
"""

import os
import signal
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from desktop_app.case import Case
from desktop_app.store import cases
from desktop_app.store.faults import StoreFault
from desktop_app.store.first import first_page
from desktop_app.store.opening import close_store, open_store, writing

CASE = Case("jilin.application", "1", "jilin", date(2018, 5, 3), {"applicant.name": "张丽华"})
LONG = "长春市朝阳区人民大街" * 40


def now() -> datetime:
    return datetime.now(UTC)


def tell(*words: object) -> None:
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def save_for_ever(folder: Path) -> None:
    """Save until killed; every fifth save also moves the case, with its event."""
    store = open_store(folder, now())
    while True:
        with writing(store) as session:
            case_id = cases.create_case(session, CASE, "220104", "clerk", now())
        tell(case_id, 1)
        for revision in range(2, 6):
            case = CASE.with_answer("applicant.home_address", LONG[: revision * 80])
            with writing(store) as session:
                cases.save_answers(session, case_id, revision - 1, case, "applicant.home_address", now())
            tell(case_id, revision)
        with writing(store) as session:
            cases.move_case(
                session, case_id, 5, "awaiting_signature", "finish", "clerk", now(), {"copies": 1}
            )
        tell(case_id, 6)


def fork_savers(folder: Path) -> None:
    """Fork one saver for each line on standard input, so that a kill does not cost a start of Python."""
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            save_for_ever(folder)
        tell("pid", child)
        os.waitpid(child, 0)
        tell("dead", child)


def save_until_full(folder: Path, limit: int = 900_000) -> None:
    """Save under a limit on the size of files, then without it."""
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    store = open_store(folder, now())
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    case = CASE.with_answer("applicant.home_address", LONG)
    try:
        for _ in range(2_000):
            with writing(store) as session:
                case_id = cases.create_case(session, case, "220104", "clerk", now())
            tell(case_id, 1)
    except StoreFault as fault:
        tell("fault", fault)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    with writing(store) as session:
        case_id = cases.create_case(session, case, "220104", "clerk", now())
    tell("after", case_id)
    close_store(store)


def make_on_a_full_disk(folder: Path) -> None:
    """Try to make a store with a little more room each time, then with enough."""
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    for room in (0, 30, 100, 5_000, 50_000, resource.RLIM_INFINITY):
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
        open_once(folder)


def read_without_rights(folder: Path) -> None:
    """Try a folder that may only be read; as root only a user without rights finds out."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setegid(65534)
        os.seteuid(65534)
    for attempt in (lambda: open_store(folder, now()), lambda: first_page(folder, 10)):
        try:
            attempt()
            tell("opened")
        except StoreFault as fault:
            tell("fault", fault)


def open_once(folder: Path) -> None:
    """Try to be the second program on one store."""
    try:
        open_store(folder, now())
        tell("opened")
    except StoreFault as fault:
        tell("fault", fault)


PROGRAMS = {
    "fork_savers": fork_savers,
    "save_until_full": save_until_full,
    "make_on_a_full_disk": make_on_a_full_disk,
    "read_without_rights": read_without_rights,
    "open_once": open_once,
}

if __name__ == "__main__":
    PROGRAMS[sys.argv[1]](Path(sys.argv[2]))
