"""Stores for tests: one that is opened, one in the hands of someone with key and database tool, cases taken in."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from desktop_app.case import Case
from desktop_app.store import cases, place
from desktop_app.store.opening import Store, close_store, open_store, writing
from tests.support import TESTS

NOW = datetime(2018, 5, 3, 9, 30, tzinfo=UTC)
NAME = "欧阳𠮷㐂"
ID_NUMBER = "220104199003073216"
CASE = Case(
    "jilin.application",
    "1",
    "jilin",
    date(2018, 5, 3),
    {"applicant.name": NAME, "applicant.id_number": ID_NUMBER},
)
RELEASED = TESTS / "stores"


@contextmanager
def opened(folder: Path) -> Iterator[Store]:
    store = open_store(folder, NOW)
    try:
        yield store
    finally:
        close_store(store)


@contextmanager
def behind_the_back(folder: Path) -> Iterator[sqlcipher.Connection]:
    """Someone with the key and a database tool."""
    connection = place.connect(folder, place.read_key(folder))
    try:
        yield connection
    finally:
        connection.close()


def taken_in(store: Store, count: int) -> list[str]:
    """Store `count` cases and hand each one on for signature."""
    with writing(store) as session:
        ids = [cases.create_case(session, CASE, "220104", "clerk", NOW) for _ in range(count)]
        for case_id in ids:
            cases.move_case(
                session, case_id, 1, "awaiting_signature", "finish", "clerk", NOW, {"name": NAME, "copies": 1}
            )
    return ids
