"""Commands that bring lists into the store."""

import argparse
import sys
from datetime import UTC, datetime

from desktop_app.cli.faults import Fault
from desktop_app.resources import home


def awards(options: argparse.Namespace) -> int:
    """Add a list of awards to the ledger; imported again, it replaces itself."""
    from desktop_app.registers.award_list import ListFaults, read_awards
    from desktop_app.store import awards as ledger
    from desktop_app.store import opening
    from desktop_app.store.faults import StoreFault

    try:
        listed = read_awards(options.file)
    except ListFaults as faults:
        raise Fault(*faults.faults) from None
    now = datetime.now(UTC)
    try:
        store = opening.open_store(home(), now)
        try:
            with opening.writing(store) as session:
                count = ledger.add_awards(session, listed, options.file.name, now)
        finally:
            opening.close_store(store)
    except StoreFault as fault:
        raise Fault(str(fault)) from None
    print(f"已导入 {count} 条补贴记录。", file=sys.stderr)
    return 0
