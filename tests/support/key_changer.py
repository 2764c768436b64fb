"""Programs that a test kills while they change the key of a store; run as `key_changer.py WHAT SEED`.

Folders come on standard input; for each a child begins, and says `done` when its work is acknowledged. A folder with
`STEP before` or `STEP after` behind it has a child that is gone at the time of that number when it names a file.
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.store.founding import found_office
from desktop_app.store.opening import open_store
from desktop_app.store.sign_in import sign_in
from desktop_app.store.users import change_password, remove_user, use_recovery
from tests.support.founded import ADMIN, CHEAP, NEW


def now() -> datetime:
    return datetime.now(UTC)


def take_over(folder: Path, _seed: str) -> None:
    found_office(folder, "admin", "样例管理员", frozenset(("clerk",)), ADMIN, now(), CHEAP)


def remove(folder: Path, _seed: str) -> None:
    store = open_store(folder, now(), None, sign_in(folder, "admin", ADMIN, now()))
    remove_user(store, next(user for user in who(folder, "clerk")), now())


def recover(folder: Path, seed: str) -> None:
    use_recovery(folder, bytes.fromhex(seed), "admin", NEW, now())


def password(folder: Path, _seed: str) -> None:
    store = open_store(folder, now(), None, sign_in(folder, "admin", ADMIN, now()))
    for old, new in ((ADMIN, NEW), (NEW, ADMIN)) * 5 + ((ADMIN, NEW),):
        change_password(store, old, new, now())


def who(folder: Path, login: str) -> list[str]:
    from desktop_app.store.slots import read_slots

    return [user for user, slots in read_slots(folder).users.items() if slots[0].login == login]


GONE = 7  # the status of a child that went as it was told
PROGRAMS = {"take_over": take_over, "remove": remove, "recover": recover, "password": password}


def die_at(step: int, when: str) -> None:
    """Let this program be gone before or after it gives a file its name for the time of this number."""
    real, left = os.replace, [step]

    def replace(source: Path, target: Path) -> None:
        if left[0] == 0 and when == "before":
            os._exit(GONE)
        real(source, target)
        if left[0] == 0:
            os._exit(GONE)
        left[0] -= 1

    os.replace = replace  # type: ignore[assignment]


def main(what: str, seed: str) -> None:
    """Fork for each line on standard input, so that a kill does not cost a start of Python, and no thread is about."""
    for line in sys.stdin:
        folder, *ending = line.split()
        child = os.fork()
        if child == 0:
            try:
                if ending:
                    die_at(int(ending[0]), ending[1])
                PROGRAMS[what](Path(folder), seed)
                os.write(1, b"done\n")
            finally:
                os._exit(0)
        os.write(1, f"pid {child}\n".encode())
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        os.write(1, f"dead {status}\n".encode())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
