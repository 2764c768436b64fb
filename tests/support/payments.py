"""Payment lists for tests: lines as the bank gets them, and applications of Jilin that wait for their payment."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from desktop_app.store import list_acts
from desktop_app.store.list_acts import Outcomes
from desktop_app.workflow.bank_results import Result
from desktop_app.workflow.payment import PaymentLine, PaymentList
from tests.support.office import NOW, OFFICE, Office, application

ACCOUNT = "6222020200112233446"


def line(number: int, name: str = "李样例", **changed: Any) -> PaymentLine:
    made = PaymentLine(
        number,
        f"c{number}",
        f"220104001-2017-{number:05}",
        name,
        name,
        ACCOUNT,
        "样例银行样例支行",
        Decimal("1950.00"),
    )
    return made._replace(**changed)


def listed(*lines: PaymentLine, confirmed_by: str = "王样例") -> PaymentList:
    return PaymentList("l", "拨付一", "样例局", "技能提升补贴", "张样例", confirmed_by, lines)


POSTED = date(2017, 10, 9)
LATER = datetime(2017, 10, 20, 1, 0, tzinfo=UTC)
PERSONS = (
    ("220104199108200139", "李样例"),
    ("220104199108200331", "阿依古丽·样例"),
    ("220104199108200534", "样例𬱖"),
)
ACCOUNTS = ("6222020200112233446", "6222020200112233453", "6222020200112233461")


def approved(office: Office, number: int) -> str:
    """Return an application of one of the persons that was approved."""
    id_number, name = PERSONS[number]
    case_id = office.checked(
        application(
            "jilin",
            {
                "applicant.id_number": id_number,
                "certificate.number": f"170700300340031{number}",
                "applicant.name": name,
                "payment.account_name": name,
                "payment.account_number": ACCOUNTS[number],
            },
        )
    )
    office.do("reviewer", "approve", case_id)
    return case_id


def make(office: Office, name: str, *case_ids: str, kind: str = "payment") -> Outcomes:
    """Let the clerk make a list."""
    with office.acting("clerk") as session:
        return list_acts.make_list(session, name, kind, case_ids or None, OFFICE, LATER)


def on_list(
    office: Office, login: str, act: str, name: str, now: datetime = LATER, **given: object
) -> Outcomes:
    """Do an act on a list by its name."""
    with office.acting(login) as session:
        list_id = list_acts.list_id_of(session, name) or ""
        return list_acts.do_on_list(session, act, list_id, given, now)


def to_payment(office: Office, persons: int) -> tuple[str, ...]:
    """Return applications that wait for their payment."""
    case_ids = tuple(approved(office, number) for number in range(persons))
    with office.acting("clerk") as session:
        list_acts.make_list(session, "公示一", "publicity", case_ids, OFFICE, NOW)
    on_list(office, "clerk", "post", "公示一", on=POSTED, where="网站")
    on_list(office, "clerk", "close_publicity", "公示一", sent_on=LATER.date())
    return case_ids


def confirmed(office: Office, name: str, *case_ids: str) -> str:
    """Let one make a payment list and another confirm it; return its id."""
    made = make(office, name, *case_ids)
    on_list(office, "reviewer", "confirm_list", name)
    return made.list_id


def result(row: int, number: int, reason: str = "", **changed: Any) -> Result:
    """Return what a bank says of one of the persons."""
    made = Result(row, ACCOUNTS[number], PERSONS[number][1], Decimal("1950.00"), not reason, reason)
    return made._replace(**changed)
