"""Holding a store against its chain: so many events of applications that went some way, in one verification.

The chain is written by the program's own functions, five events to an application, and read from the encrypted file by
`verify_chain`, which has to find nothing. Bar: at least 50,000 events a second of processor time.

    python -m benchmarks.verify_chain [EVENTS]
"""

import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.check_cases import made_up
from benchmarks.measuring import cost_of, print_table
from desktop_app.store import cases
from desktop_app.store.opening import Store, close_store, open_store, reading, writing
from desktop_app.store.records import ChainFault
from desktop_app.store.verify import verify_chain
from desktop_app.workflow.states import State

NOW = datetime(2018, 1, 2, tzinfo=UTC)
WAY: tuple[tuple[str, State], ...] = (
    ("finish", "awaiting_signature"),
    ("accept", "accepted"),
    ("record_check", "verifying"),
    ("record_check", "awaiting_review"),
    ("resubmit", "awaiting_review"),
)
ROUNDS = 7
BAR = 50_000


def fill(store: Store, events: int) -> None:
    """Write so many events, five to an application."""
    for start in range(0, events // len(WAY), 500):
        with writing(store) as session:
            for number in range(start, min(start + 500, events // len(WAY))):
                case_id = cases.create_case(session, made_up(number), "220104001", "样例员", NOW)
                for revision, (act, state) in enumerate(WAY, 1):
                    said = {"form": "jilin.application", "given": {"by": "样例员"}}
                    cases.move_case(session, case_id, revision, state, act, "0190-zhang", NOW, said)


def main(events: int) -> int:
    """Measure and print; 1 where the bar is not met or something was found."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder), NOW)
        began = time.perf_counter()
        fill(store, events)
        written = time.perf_counter() - began
        found: tuple[ChainFault, ...] = ()

        def verify() -> None:
            nonlocal found
            with reading(store) as session:
                found = verify_chain(session)

        verify()
        costs = [cost_of(verify) for _ in range(ROUNDS)]
        close_store(store)
    processor = statistics.median(each.processor for each in costs)
    wall = statistics.median(each.wall for each in costs)
    rows = [
        ("events", f"{events:,}"),
        ("written in", f"{written:.1f} s"),
        ("verified, processor", f"{processor:.2f} s, {events / processor:,.0f} events a second"),
        ("verified, wall", f"{wall:.2f} s, {events / wall:,.0f} events a second"),
        ("found", len(found)),
    ]
    print_table("Verifying a store", ("what", "how much"), rows)
    return 0 if not found and events / processor >= BAR else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000))
