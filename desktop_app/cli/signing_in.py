"""Opens the store for a command, as a person who works here; what the person may do, the store's functions ask."""

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from desktop_app.cli.faults import Fault
from desktop_app.resources import home
from desktop_app.store import place

if TYPE_CHECKING:
    from desktop_app.store.opening import Store

_NO_USER: Final = "请用 --user 写明登录名，密码写在标准输入的第一行，或按提示输入。"


@contextmanager
def opened_store(login: str | None) -> "Iterator[Store]":
    """Hold the store's folder, sign in, and open the store; made where there is none.

    Args:
        login: Whose; None is enough only for a store of the last release, which has no people.

    Raises:
        Fault: Nobody was named.
        StoreFault: The password is wrong, or the store cannot be opened.
    """
    from desktop_app.store.opening import close_store, open_store
    from desktop_app.store.sign_in import sign_in

    if login is None and place.has_slots(home()):
        raise Fault(_NO_USER)
    now = datetime.now(UTC)
    claim = place.hold(home())
    try:
        signed_in = None if login is None else sign_in(home(), login, typed_password(), now)
        store = open_store(home(), now, claim, signed_in)
        try:
            yield store
        finally:
            close_store(store)
    finally:
        place.release(claim)


def typed_password() -> str:
    """Return the first line of standard input, asked for where that is a terminal."""
    if sys.stdin.isatty():
        return getpass.getpass("密码：", sys.stderr)
    return sys.stdin.readline().rstrip("\r\n")
