"""An office with users for tests: founded once, copied for each test, opened by whoever signs in."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from desktop_app.resources import state
from desktop_app.store.founding import found_office
from desktop_app.store.keys import Effort
from desktop_app.store.opening import Store, close_store, open_store
from desktop_app.store.sign_in import sign_in
from desktop_app.store.users import add_user
from tests.support.stores import NOW

CHEAP = Effort(1, 8)
ADMIN = "样例-七只鸽子-过河"
CLERK = "样例-三把雨伞-晒太阳"
REVIEWER = "样例-五个算盘-下象棋"
NEW = "样例-九盏灯笼-逛庙会"
PASSWORDS = {"admin": ADMIN, "clerk": CLERK, "reviewer": REVIEWER}


class Founded(NamedTuple):
    folder: Path
    seed: bytes
    root: str
    ids: dict[str, str]


def found(folder: Path) -> Founded:
    """Found an office of three: an administrator who takes in, a clerk and a reviewer."""
    admin, seed = found_office(folder, "admin", "样例管理员", frozenset(("clerk",)), ADMIN, NOW, CHEAP)
    with signed_in(folder, "admin") as store:
        ids = {
            "admin": admin.user_id,
            "clerk": add_user(store, "clerk", "样例甲", frozenset(("clerk",)), CLERK, NOW),
            "reviewer": add_user(store, "reviewer", "样例乙", frozenset(("reviewer",)), REVIEWER, NOW),
        }
    return Founded(folder, seed, admin.root, ids)


def found_once(factory: pytest.TempPathFactory) -> Founded:
    """Found an office for the copies of a whole module."""
    made = factory.mktemp("founded")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DESKTOP_APP_STATE", f"{made}-state")
        return found(made)


def copied(founded: Founded, folder: Path) -> Founded:
    """Return another copy of an office, for one test; this computer knows it as its own."""
    shutil.copytree(founded.folder, folder)
    shutil.copytree(f"{founded.folder}-state", state(), dirs_exist_ok=True)
    return founded._replace(folder=folder)


@contextmanager
def signed_in(folder: Path, login: str, password: str = "", now: datetime = NOW) -> Iterator[Store]:
    """Sign in as the program does, and leave everything closed."""
    store = open_store(folder, now, None, sign_in(folder, login, password or PASSWORDS[login], now))
    try:
        yield store
    finally:
        close_store(store)
