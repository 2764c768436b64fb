"""Payment lists as the bank gets them, and what the bank says of them: read, exported, its results recorded.

What was confirmed is what is paid: with its confirmation a list takes the accounts as they stand then, and no account
on it is corrected afterwards.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.case import Answers
from desktop_app.policy.catalogue import policy_at_hand
from desktop_app.store import faults, people, tables
from desktop_app.store.answers import answers_of
from desktop_app.store.cases import load_case
from desktop_app.store.chain import append_event
from desktop_app.store.deeds import deeds_of
from desktop_app.store.faults import StoreFault
from desktop_app.store.list_acts import MADE, NoneMoved, do_on_list
from desktop_app.store.payment_jobs import Report
from desktop_app.store.perform import Refused, do
from desktop_app.store.records import Json
from desktop_app.store.rights import acting
from desktop_app.store.settings import settings
from desktop_app.store.times import beijing_day, moment_text
from desktop_app.workflow.acts import ACT
from desktop_app.workflow.bank_results import Match, Matched, Refusal, Results, matched
from desktop_app.workflow.doing_payment import is_account_confirmed
from desktop_app.workflow.payment import PaymentLine, PaymentList, control, outcome_on
from desktop_app.workflow.refusals import Deed

KIND: Final = "payment"
CONFIRMING: Final = "confirm_list"
EXPORT: Final = "export"
IMPORT: Final = "import_results"
_NO_PAYMENT_LIST: Final = "这不是拨付名单，请选一份拨付名单。"
_UNCONFIRMED: Final = "这份拨付名单还没有确认，请复核人或负责人先办理“确认拨付名单”。"
_FAILED_BEFORE: Final = "这个人在这份名单上已经登记过拨付失败，请向银行核对。"
_LEFT: Final = "这个人已经不在这份名单上，请核对申请的办理记录。"

_ROSTER, _LINE = tables.roster.c, tables.roster_line.c


def is_payment_list(session: Session, list_id: str) -> bool:
    """Say whether a list was made to be paid."""
    return session.execute(select(_ROSTER.kind).where(_ROSTER.id == list_id)).scalar() == KIND


def payment_list(session: Session, list_id: str) -> PaymentList:
    """Return a payment list; once it is confirmed, with the accounts that were confirmed.

    Raises:
        StoreFault: There is none.
    """
    head = session.execute(select(tables.roster).where(_ROSTER.id == list_id)).one_or_none()
    if head is None or head.kind != KIND:
        raise StoreFault(_NO_PAYMENT_LIST if head else faults.CASE_MISSING)
    deeds = deeds_of(session, list_id)
    wanted = select(_LINE.case_id, _LINE.answers, _LINE.live).where(_LINE.roster_id == list_id)
    is_confirmed = _last(deeds, CONFIRMING) is not None
    lines = []
    for number, row in enumerate(session.execute(wanted.order_by(_LINE.position)).all(), 1):
        stored = load_case(session, row.case_id)
        said = answers_of(row.answers) if is_confirmed else stored.case.answers
        is_sure = is_account_confirmed(deeds_of(session, row.case_id))
        lines.append(_line(number, row.case_id, stored.number, said, row.live is not None, is_sure))
    rules = policy_at_hand(head.region)
    return PaymentList(
        list_id,
        head.name,
        str(settings(session).get("office.name") or ""),
        rules.name if rules else "",
        _name(session, _last(deeds, MADE)),
        _name(session, _last(deeds, CONFIRMING)),
        tuple(lines),
    )


def _line(
    number: int, case_id: str, case_number: str, said: Answers, is_live: bool, is_sure: bool
) -> PaymentLine:
    name, account_name, account, bank = (
        str(said.get(field_id) or "")
        for field_id in (
            "applicant.name",
            "payment.account_name",
            "payment.account_number",
            "payment.bank",
        )
    )
    amount = said.get("claim.amount")
    return PaymentLine(
        number,
        case_id,
        case_number,
        name,
        account_name or name,
        account,
        bank,
        amount if isinstance(amount, Decimal) else Decimal(0),
        is_live,
        is_sure,
    )


def _last(deeds: Sequence[Deed], act_id: str) -> Deed | None:
    return next((deed for deed in reversed(deeds) if deed.act == act_id), None)


def _name(session: Session, deed: Deed | None) -> str:
    if deed is None:
        return ""
    person = people.trust_of(session).everybody.get(deed.actor_id) if people.user_rows(session) else None
    return person.name if person else deed.actor_id


def export(
    session: Session, list_id: str, what: str, write: Callable[[PaymentList], None], now: datetime
) -> PaymentList:
    """Let a payment list be written to a file, and record it with its check code; one goes not without the other.

    Args:
        session: Of a store opened for writing.
        list_id: The list.
        what: Which kind of file, as its event names it.
        write: Writes it.
        now: Aware.

    Raises:
        StoreFault: There is no such list, or it could not be written.
    """
    listed = payment_list(session, list_id)
    write(listed)
    sums = control(listed.live)
    said: dict[str, Json] = {"given": {}, "what": what, "count": sums.persons, "code": sums.code}
    append_event(session, EXPORT, acting(session).id, now, said, list_id)
    return listed


def list_of_results(session: Session, results: Results) -> str:
    """Return the one confirmed payment list that a bank's answer is about.

    Raises:
        StoreFault: It is about none, or could be about several.
    """
    wanted = select(_ROSTER.id).where(_ROSTER.kind == KIND).order_by(_ROSTER.created_at.desc())
    found: list[tuple[int, str]] = []
    for list_id in session.execute(wanted).scalars().all():
        if _last(deeds_of(session, list_id), CONFIRMING) is not None:
            told = _matched(session, payment_list(session, list_id), results)
            found.append((len(told.matches), list_id))
    most = max((count for count, _ in found), default=0)
    best = [list_id for count, list_id in found if count == most]
    if not most:
        raise StoreFault("没有一份确认过的拨付名单和这个结果对得上，请核对文件，或写明名单的名称。")
    if len(best) > 1:
        raise StoreFault("有几份拨付名单都和这个结果对得上，请写明名单的名称。")
    return best[0]


def record_results(
    session: Session, list_id: str, results: Results, on: date | None, now: datetime
) -> Report:
    """Record what a bank says of a confirmed payment list; said again, it changes nothing.

    A line that failed leaves the list with the bank's reason. Where the list was not registered as paid yet and the
    file says something of every line, those that were paid are: a list is paid once, so that results which are not
    whole wait.

    Args:
        session: Of a store opened for writing; everything is recorded in its transaction.
        list_id: The list.
        results: The bank's answer.
        on: The day of the payment; None for the one that the answer names, or today.
        now: Aware.

    Raises:
        Refused: The list is not confirmed.
        StoreFault: There is no such list, or what the acts would rely on was changed.
    """
    listed = payment_list(session, list_id)
    if _last(deeds_of(session, list_id), CONFIRMING) is None:
        raise Refused((_UNCONFIRMED,))
    told = _matched(session, listed, results)
    recording = _Recording(session, listed, now)
    for match in told.matches:
        if not match.result.is_paid:
            recording.fail(match)
    recording.pay(
        [match for match in told.matches if match.result.is_paid],
        told,
        on or results.on or beijing_day(moment_text(now)),
    )
    refused = sorted((*results.refused, *told.refused, *recording.refused))
    report = Report(
        listed.name,
        tuple(recording.paid),
        tuple(recording.failed),
        tuple(recording.changed),
        recording.same,
        tuple(refused),
        tuple(line.number for line in told.silent),
        frozenset(recording.cases),
    )
    if recording.cases:
        said: dict[str, Json] = {
            "given": {},
            "file": results.digest,
            "paid": len(recording.paid),
            "failed": len(recording.failed) + len(recording.changed),
            "refused": len(refused),
        }
        append_event(session, IMPORT, acting(session).id, now, said, list_id)
    return report


def try_results(session: Session, list_id: str, results: Results, on: date | None, now: datetime) -> Report:
    """Return what recording a bank's answer would come to; it is done, and taken back whole."""
    attempt = session.begin_nested()
    try:
        return record_results(session, list_id, results, on, now)
    finally:
        attempt.rollback()


def _matched(session: Session, listed: PaymentList, results: Results) -> Matched:
    """Match a bank's answer against the lines that the list paid or tried to pay, and those that still stand on it."""
    lines = [
        line
        for line in listed.lines
        if line.is_live or outcome_on(deeds_of(session, line.case_id), listed.name) is not None
    ]
    return matched(results.rows, lines)


class _Recording:
    """What was recorded so far of one answer."""

    def __init__(self, session: Session, listed: PaymentList, now: datetime) -> None:
        self._session, self._listed, self._now = session, listed, now
        self._actor = acting(session)
        self.paid: list[int] = []
        self.failed: list[int] = []
        self.changed: list[int] = []
        self.same = 0
        self.refused: list[Refusal] = []
        self.cases: set[str] = set()

    def fail(self, match: Match) -> None:
        before = self._before(match)
        if before == "failed":
            self.same += 1
            return
        if not match.line.is_live:
            self.refused.append(Refusal(match.result.row, _LEFT))
            return
        try:
            stored = load_case(self._session, match.line.case_id)
            given = {"reason": match.result.reason}
            do(self._session, ACT["fail_payment"], stored, given, self._now, self._actor)
        except Refused as refused:
            self.refused.append(Refusal(match.result.row, refused.sentences[0]))
            return
        (self.changed if before == "paid" else self.failed).append(match.result.row)
        self.cases.add(match.line.case_id)

    def pay(self, matches: Sequence[Match], told: Matched, on: date) -> None:
        to_pay: dict[str, int] = {}
        for match in matches:
            match self._before(match), match.line.is_live:
                case "paid", _:
                    self.same += 1
                case "failed", _:
                    self.refused.append(Refusal(match.result.row, _FAILED_BEFORE))
                case _, False:
                    self.refused.append(Refusal(match.result.row, _LEFT))
                case _:
                    to_pay[match.line.case_id] = match.result.row
        if not to_pay:
            return
        if told.silent:
            sentence = (
                f"名单里还有 {len(told.silent)} 人没有结果，结果不全时不登记拨付；"
                "请等结果齐了再导入，或者先办理“登记拨付”。"
            )
            self.refused.extend(Refusal(row, sentence) for row in to_pay.values())
            return
        self._pay(to_pay, on)

    def _pay(self, rows: Mapping[str, int], on: date) -> None:
        """Register the list as paid, or not at all: it is paid once, and who is left out then has left it."""
        attempt = self._session.begin_nested()
        try:
            done = do_on_list(self._session, "pay", self._listed.id, {"on": on}, self._now)
            against = {each.case_id: each.told for each in done.cases if each.told and each.case_id in rows}
        except NoneMoved as refused:
            against = {each.case_id: each.told for each in refused.answers.cases if each.case_id in rows}
        except Refused as refused:
            against = dict.fromkeys(rows, refused.sentences[0])
        if not against:
            attempt.commit()
            self.paid.extend(rows.values())
            self.cases.update(rows)
            return
        attempt.rollback()
        first = min(rows[case_id] for case_id in against)
        others = f"第{first}行还不能登记拨付，一份名单只登记一次，请先处理那一行再导入。"
        self.refused.extend(Refusal(row, against.get(case_id, others)) for case_id, row in rows.items())

    def _before(self, match: Match) -> str | None:
        return outcome_on(deeds_of(self._session, match.line.case_id), self._listed.name)
