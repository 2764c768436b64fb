"""A clerk's session tries what only a reviewer, a head or an administrator may: refused, or found with its place."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from desktop_app.store import cases, keys, people, schema, tables, trust
from desktop_app.store.chain import append_event
from desktop_app.store.faults import StoreFault
from desktop_app.store.opening import close_store, open_store
from desktop_app.store.perform import perform
from desktop_app.store.trust import Person
from tests.support.office import NOW, SECRETS, Office, application

Try = Callable[[Office, Session, str], object]
REVISION = 5  # of a case that waits for its review


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = open_store(tmp_path, NOW)
    yield Office(made)
    close_store(made)


def act(act_id: str, **given: object) -> Try:
    return lambda _office, session, case_id: perform(session, act_id, case_id, REVISION, given, NOW)


def as_another(login: str, act_id: str, **given: object) -> Try:
    """The clerk's own keys under the id of somebody else."""

    def tried(office: Office, session: Session, case_id: str) -> None:
        session.info["signer"] = office.signed_in("clerk")._replace(user_id=login, login=login)
        perform(session, act_id, case_id, REVISION, given, NOW)

    return tried


def unsigned_in(_office: Office, session: Session, case_id: str) -> None:
    session.info["signer"] = None
    perform(session, "approve", case_id, REVISION, {}, NOW)


def with_another_root(office: Office, session: Session, case_id: str) -> None:
    """The clerk names himself the first administrator."""
    mine = trust.signed_row(1, person("clerk", "administrator", "reviewer"), "", "clerk", SECRETS["clerk"])
    session.info["signer"] = office.signed_in("clerk")._replace(root=trust.root_of(mine))
    perform(session, "approve", case_id, REVISION, {}, NOW)


def person(login: str, *roles: str, secrets: str = "clerk") -> Person:
    return Person(login, login, "样例", frozenset(roles), keys.publics(SECRETS[secrets]), version=2)  # type: ignore[arg-type]


def change(user_id: str, **values: object) -> Try:
    return lambda _office, session, _case: people.change_person(
        session, "change_roles", user_id, lambda old: old._replace(**values), NOW
    )


def add(_office: Office, session: Session, _case: str) -> None:
    people.add_person(session, person("other", "reviewer", secrets="other")._replace(version=1), NOW)


def renew(_office: Office, session: Session, _case: str) -> None:
    people.renew_recovery(session, keys.publics(SECRETS["clerk"]), NOW)


def found_again(_office: Office, session: Session, _case: str) -> None:
    first, sheet = person("clerk", "administrator"), keys.publics(SECRETS["other"])
    people.found_office(session, first, SECRETS["clerk"], sheet, NOW)


def recover(office: Office, session: Session, _case: str) -> None:
    """A sheet that the clerk has made up gives the reviewer keys that the clerk has."""
    mine = keys.publics(SECRETS["other"])
    sheet = keys.secrets_of_seed(bytes(32))
    people.recover(session, sheet, office.root, "reviewer", mine, mine, NOW)


REFUSED: dict[str, Try] = {
    "approve": act("approve"),
    "return": act("return", reason="样例"),
    "confirm": act("confirm"),
    "approve as the reviewer": as_another("reviewer", "approve"),
    "return as the head": as_another("head", "return", reason="样例"),
    "approve as nobody known": as_another("nobody", "approve"),
    "approve as the recovery sheet": as_another(trust.RECOVERY, "approve"),
    "approve with nobody signed in": unsigned_in,
    "approve under a root of one's own": with_another_root,
    "roles added to oneself": change("clerk", roles=frozenset(("clerk", "reviewer"))),
    "one's keys for the reviewer": change("reviewer", publics=keys.publics(SECRETS["clerk"])),
    "the administrator removed": change("admin", is_removed=True),
    "a reviewer added": add,
    "another recovery sheet": renew,
    "the office founded again": found_again,
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_clerk_does_nothing_but_a_clerks_acts(office: Office, name: str) -> None:
    case_id = office.checked()
    before, events = office.stored(case_id), office.events(case_id)
    with pytest.raises(StoreFault) as told, office.acting("clerk") as session:
        REFUSED[name](office, session, case_id)
    assert str(told.value).endswith("。")
    assert office.stored(case_id) == before and office.events(case_id) == events
    assert office.found() == []


def moved(act_id: str, state: str, actor: str, hand: str | None) -> Try:
    """An event written past `perform`, in somebody's name and by somebody's hand."""

    def tried(_office: Office, session: Session, case_id: str) -> None:
        signer = SECRETS[hand] if hand else None
        cases.move_case(
            session,
            case_id,
            REVISION,
            state,  # type: ignore[arg-type]
            act_id,
            actor,
            NOW,
            {},
            signer=signer,
        )

    return tried


def row(signer: str, person: Person, number: int = 6) -> Try:
    """A row of people written past `people`, with an event of it."""

    def tried(office: Office, session: Session, _case: str) -> None:
        made = trust.signed_row(number, person, "2017", signer, SECRETS["clerk"], office.root)
        session.execute(insert(tables.user).values(made._asdict()))
        told = {"rows": [[number, trust.row_digest(made)]], "user": made.id}
        append_event(session, "change_roles", signer, NOW, told, signer=SECRETS["clerk"])  # type: ignore[arg-type]

    return tried


FOUND: dict[str, Try] = {
    "approval without a signature": moved("approve", "awaiting_publicity", "reviewer", None),
    "approval by the clerk's hand": moved("approve", "awaiting_publicity", "reviewer", "clerk"),
    "approval by a stranger's hand": moved("approve", "awaiting_publicity", "reviewer", "other"),
    "approval in an administrator's name": moved("approve", "awaiting_publicity", "admin", "admin"),
    "approval that pays at once": moved("approve", "paid", "reviewer", "reviewer"),
    "confirmation before its time": moved("confirm", "awaiting_payment", "head", "head"),
    "confirmation without a signature": moved("confirm", "awaiting_payment", "head", None),
    "return in the head's name": moved("return", "returned", "head", "clerk"),
    "roles by oneself": row("clerk", person("clerk", "clerk", "reviewer")),
    "roles in the administrator's name": row("admin", person("clerk", "clerk", "reviewer")),
    "a reviewer of one's own": row("admin", person("other", "reviewer")._replace(version=1)),
}


@pytest.mark.parametrize("name", FOUND)
def test_what_is_written_past_the_door_is_found_with_its_place(office: Office, name: str) -> None:
    case_id = office.checked()
    with office.acting("clerk") as session:
        FOUND[name](office, session, case_id)
    told = office.found()
    assert any(sentence.startswith("第 ") for sentence in told), told


def test_a_sheet_that_was_made_up_brings_nobody_new_keys(office: Office) -> None:
    with office.acting("clerk") as session:
        recover(office, session, "")
    assert office.found() != []
    with pytest.raises(StoreFault, match="人员登记在程序之外被改动过"):
        office.do("clerk", "finish", office.put(application()))


def test_the_database_stops_a_clerk_who_is_a_reviewer_too(office: Office) -> None:
    case_id = office.checked()
    with office.acting("reviewer") as session:
        append_event(session, "choose", "reviewer", NOW, {}, case_id)
    with pytest.raises(StoreFault), office.acting("reviewer") as session:
        moved("approve", "awaiting_publicity", "reviewer", "reviewer")(office, session, case_id)
    assert office.stored(case_id).state == "awaiting_review"


def test_an_approval_by_the_cases_clerk_is_found_where_the_guard_was_away(office: Office) -> None:
    case_id = office.checked()
    with office.acting("reviewer") as session:
        append_event(session, "choose", "reviewer", NOW, {}, case_id)
        connection = session.connection()
        connection.exec_driver_sql("DROP TRIGGER event_other_eyes")
        moved("approve", "awaiting_publicity", "reviewer", "reviewer")(office, session, case_id)
        connection.exec_driver_sql(schema.TRIGGERS["event_other_eyes"])
    (told,) = office.found()
    assert "是这份申请的经办人自己办理的" in told and told.startswith("第 ")


def test_a_confirmation_by_who_approved_is_found(office: Office) -> None:
    case_id = office.checked()
    office.do("head", "approve", case_id)
    office.moved(case_id, "awaiting_confirmation")
    with office.acting("head") as session:
        moved_on = ("awaiting_payment", "confirm", "head", NOW, {})
        cases.move_case(session, case_id, REVISION + 2, *moved_on, signer=SECRETS["head"])
    (told,) = office.found()
    assert "是复核这份申请的人自己确认的" in told
