"""Finds out how a store and its computer are, for the report of `health`.

What it needs is imported when it is run, beside the window.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from desktop_app.store.health import Line
    from desktop_app.store.opening import Store
    from desktop_app.store.records import ChainFault


class Examined(NamedTuple):
    """The report, and every place where the store was changed behind the program's back."""

    lines: tuple[Line, ...]
    faults: tuple[ChainFault, ...]


def examine(
    store: Store, now: datetime, printer: str, versions: Sequence[tuple[str, str]], *, is_thorough: bool
) -> Examined:
    """Return how a store and its computer are.

    Args:
        store: Open.
        now: Aware, in the zone that times are told in.
        printer: What stands against printing; empty where nothing does.
        versions: Of what the caller knows, by name.
        is_thorough: Look through every page and walk the chain of events too, which takes a while.

    Raises:
        StoreFault: The store cannot be read.
    """
    from sqlalchemy import func, select

    from desktop_app.forms.faces import FACES, font_file
    from desktop_app.store import schema, tables
    from desktop_app.store.health import Facts, report
    from desktop_app.store.opening import reading
    from desktop_app.store.place import PAGE_BYTES
    from desktop_app.store.schedule import read_note
    from desktop_app.store.times import moment
    from desktop_app.store.verify import verify_chain

    with reading(store) as session:
        connection = session.connection()
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        database = connection.exec_driver_sql("SELECT sqlite_version()").scalar_one()
        last = session.execute(select(func.max(tables.event.c.at))).scalar_one()
        begun = session.execute(select(func.min(tables.replica.c.created_at))).scalar_one()
        events = session.execute(select(func.count()).select_from(tables.event)).scalar_one()
        faults = verify_chain(session) if is_thorough else ()
        spoiled = (
            bool(connection.exec_driver_sql("PRAGMA cipher_integrity_check").fetchall())
            if is_thorough
            else None
        )
    folder = store.path.parent
    lines = report(
        Facts(
            now=now,
            free_bytes=shutil.disk_usage(folder).free,
            store_bytes=pages * PAGE_BYTES,
            missing_fonts=sum(not font_file(face).is_file() for face in FACES),
            printer=printer,
            last_event=moment(last) if last else None,
            last_backup=read_note(folder),
            begun=moment(begun),
            chain_faults=len(faults) if is_thorough else None,
            spoiled=spoiled,
            events=events,
            versions=(*versions, ("资料库", schema.HEAD), ("SQLite", database)),
        )
    )
    return Examined(lines, faults)
