"""What a window asks of the store about payments: records, and a plain function for each question and each change."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from desktop_app.store.records import Changed, Written

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from sqlalchemy.orm import Session as Session

    from desktop_app.workflow.bank_results import Refusal, Results
    from desktop_app.workflow.payment import PaymentList


class Report(NamedTuple):
    """What a bank's answer came to; rows by their numbers in the file.

    Attributes:
        paid: Recorded as paid.
        failed: Recorded as failed before they were recorded as paid.
        changed: Recorded as paid before, and failed now.
        same: How many say what was recorded already.
        refused: Not taken, each with its reason.
        silent: The running numbers of those on the list of whom the file says nothing.
        cases: Whose payment was recorded.
    """

    list_name: str
    paid: tuple[int, ...]
    failed: tuple[int, ...]
    changed: tuple[int, ...]
    same: int
    refused: tuple[Refusal, ...]
    silent: tuple[int, ...]
    cases: frozenset[str]


def told_of(report: Report) -> str:
    """Return in one line what a bank's answer came to, or would come to."""
    failed = len(report.failed) + len(report.changed)
    parts = [f"拨付成功 {len(report.paid)} 人", f"失败 {failed} 人"]
    if report.same:
        parts.append(f"以前已登记 {report.same} 人")
    if report.refused:
        parts.append(f"没有登记 {len(report.refused)} 行")
    if report.silent:
        parts.append(f"名单里 {len(report.silent)} 人没有结果")
    return f"“{report.list_name}”：{'，'.join(parts)}。"


def payment_list(session: Session, list_id: str) -> PaymentList:
    """Return a payment list as the bank gets it.

    Raises:
        StoreFault: There is none.
    """
    from desktop_app.store import payment_lists

    return payment_lists.payment_list(session, list_id)


def export(
    session: Session, list_id: str, what: str, write: Callable[[PaymentList], None], now: datetime
) -> Written[PaymentList]:
    """Let a payment list be written to a file, and record it; one goes not without the other."""
    from desktop_app.store import payment_lists

    listed = payment_lists.export(session, list_id, what, write, now)
    return Written(listed, Changed(rosters=frozenset((list_id,))))


def try_results(
    session: Session, list_id: str, results: Results, on: date | None, now: datetime
) -> Written[Report]:
    """Return what recording a bank's answer would come to; nothing is changed."""
    from desktop_app.store import payment_lists

    return Written(payment_lists.try_results(session, list_id, results, on, now), Changed())


def record_results(
    session: Session, list_id: str, results: Results, on: date | None, now: datetime
) -> Written[Report]:
    """Record what a bank says of a confirmed payment list; said again, it changes nothing."""
    from desktop_app.store import payment_lists

    report = payment_lists.record_results(session, list_id, results, on, now)
    return Written(report, Changed(cases=report.cases, rosters=frozenset((list_id,))))
