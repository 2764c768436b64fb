"""Measure alternately, quote medians of ratios, print a table."""

import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple


class Cost(NamedTuple):
    """Seconds of one run."""

    processor: float
    wall: float


def cost_of(work: Callable[[], object]) -> Cost:
    """Run `work` once and return what it cost this process."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return Cost(time.process_time() - processor, time.perf_counter() - wall)


def alternate(works: Sequence[Callable[[], object]], rounds: int) -> list[list[Cost]]:
    """Run each work once to warm up, then all in turn for so many rounds; return the costs of each."""
    for work in works:
        work()
    costs: list[list[Cost]] = [[] for _ in works]
    for _ in range(rounds):
        for each, work in zip(costs, works, strict=True):
            each.append(cost_of(work))
    return costs


def ratio(over: Sequence[Cost], under: Sequence[Cost]) -> float:
    """Return the median of the processor-time ratios, pair by pair."""
    return statistics.median(a.processor / b.processor for a, b in zip(over, under, strict=True))


def median_processor(costs: Sequence[Cost]) -> float:
    """Return the median processor seconds."""
    return statistics.median(each.processor for each in costs)


def median_wall(costs: Sequence[Cost]) -> float:
    """Return the median wall seconds."""
    return statistics.median(each.wall for each in costs)


def print_table(title: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print one table with its title and the machine."""
    cells = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(_width(row[column]) for row in cells) for column in range(len(head))]
    print(f"\n{title}  (Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores)")
    for number, row in enumerate(cells):
        print(
            "  ".join(
                cell + " " * (wide - _width(cell)) for cell, wide in zip(row, widths, strict=True)
            ).rstrip()
        )
        if not number:
            print("  ".join("-" * wide for wide in widths))


def _width(text: str) -> int:
    return sum(2 if character > "\u2e7f" else 1 for character in text)
