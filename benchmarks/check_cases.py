"""Checking cases: 100,000 stored cases in one run, and one re-check while typing, against a hand-written function.

The peer is one Python function that knows Jilin's notice by heart and makes the same findings, word for word, from
cases in memory: no policy file, no other region, no version, no choice. Both decide the same made-up cases; the run
stops if a finding differs. Bars: within 5 times the peer; one re-check under 2 ms at the median.

    python -m benchmarks.check_cases [CASES]
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from benchmarks.hand_written_jilin import findings_by_hand
from benchmarks.measuring import print_table
from desktop_app.case import Answer, Case
from desktop_app.policy.assess import assess
from desktop_app.policy.catalogue import policy
from desktop_app.policy.decide import decide
from desktop_app.policy.model import Known

OCCUPATIONS = ("焊工", "电工", "模具工", "汽车维修工", "化学分析工", "育婴员")
KNOWN = Known(is_rest_day=lambda day: day.weekday() > 4)


def made_up(number: int) -> Case:
    """Return a made-up case; about half of them are eligible."""
    chance = random.Random(number)
    issued = date(2017, 1, 1) + timedelta(days=chance.randrange(300))
    applied = issued + timedelta(days=chance.randrange(1, 400))
    level = chance.choice((5, 4, 3, 3, 2))
    answers: dict[str, Answer] = {
        "applicant.name": f"样例{number}",
        "certificate.kind": chance.choice(("vocational_qualification", "skill_level")),
        "certificate.occupation": chance.choice(OCCUPATIONS),
        "certificate.level": level,
        "certificate.issued_on": issued,
        "claim.applied_on": applied,
        "insurance.months_paid": chance.randrange(30, 200),
        "insurance.in_arrears": chance.random() < 0.05,
        "employment.in_service": True,
    }
    return Case("jilin.application", "2017-08-23", "jilin", applied, answers)


def stored_cases(folder: Path, count: int) -> None:
    """Fill a store with cases."""
    from desktop_app.store import cases, opening

    now = datetime(2018, 1, 2, tzinfo=UTC)
    store = opening.open_store(folder, now)
    for start in range(0, count, 5000):
        with opening.writing(store) as session:
            for number in range(start, min(start + 5000, count)):
                cases.create_case(session, made_up(number), "220104001", "样例员", now)
    opening.close_store(store)


def read_back(folder: Path) -> Iterator[Case]:
    """Yield the cases of a store, a thousand at a time."""
    from desktop_app.store import cases, opening

    store = opening.open_store(folder, datetime(2018, 1, 2, tzinfo=UTC))
    with opening.reading(store) as session:
        yield from cases.every_case(session)
    opening.close_store(store)


def main() -> None:
    """Print the tables."""
    count = int(sys.argv[1]) if sys.argv[1:] else 100_000
    jilin = policy("jilin")
    in_memory = [made_up(number) for number in range(min(count, 20_000))]
    for case in in_memory[:500]:
        ours = [(each.rule, each.outcome, each.message) for each in decide(case, jilin, KNOWN).findings]
        theirs = [
            (each.rule, each.outcome, each.message) for each in findings_by_hand(case, KNOWN.is_rest_day)
        ]
        assert ours == theirs, (ours, theirs)
    ratios, our_times, peer_times = [], [], []
    for _ in range(5):
        began = time.process_time()
        for case in in_memory:
            decide(case, jilin, KNOWN)
        ours_took = time.process_time() - began
        began = time.process_time()
        for case in in_memory:
            findings_by_hand(case, KNOWN.is_rest_day)
        peer_took = time.process_time() - began
        ratios.append(ours_took / peer_took)
        our_times.append(ours_took)
        peer_times.append(peer_took)
    each = len(in_memory)
    del in_memory
    with tempfile.TemporaryDirectory() as folder:
        stored_cases(Path(folder), count)
        began = time.process_time()
        verdicts: dict[str, int] = {}
        for case in read_back(Path(folder)):
            verdict = decide(case, jilin, KNOWN).decision
            verdicts[verdict] = verdicts.get(verdict, 0) + 1
        stored_took = time.process_time() - began
    print_table(
        f"the same findings of {each} cases in memory, median of 5 rounds",
        ("checker", "cpu µs a case", "cases per cpu s", "x by hand"),
        [
            (
                "desktop-app, policy as data",
                f"{statistics.median(our_times) / each * 1e6:.1f}",
                f"{each / statistics.median(our_times):.0f}",
                f"{statistics.median(ratios):.2f}",
            ),
            (
                "one function by hand",
                f"{statistics.median(peer_times) / each * 1e6:.1f}",
                f"{each / statistics.median(peer_times):.0f}",
                "1.00",
            ),
        ],
    )
    by_hand = statistics.median(peer_times) / each * count
    print(
        f"\n{count} stored cases read and checked in {stored_took:.1f} s of processor time, "
        f"{count / stored_took:.0f} a second, {stored_took / by_hand:.2f} x the function by hand in memory (bar: 5)"
    )
    print("   " + ", ".join(f"{verdict} {number}" for verdict, number in sorted(verdicts.items())))
    print(f"one re-check while typing: {recheck_ms():.3f} ms of processor time at the median (bar: 2)")


def recheck_ms() -> float:
    """Return the median milliseconds of one assessment of a filled paper."""
    from desktop_app.cli.demo import sample
    from desktop_app.forms.catalogue import form

    paper = form("jilin.application")
    case = sample(paper)
    costs = []
    for number in range(300):
        changed = case.with_answer("applicant.home_address", f"样例市样例区{number}号")
        began = time.process_time()
        assess(paper, changed, policy("jilin"), KNOWN)
        costs.append((time.process_time() - began) * 1000)
    return statistics.median(costs)


if __name__ == "__main__":
    main()
