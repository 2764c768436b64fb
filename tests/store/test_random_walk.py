"""Two thousand random acts by five people over the real store, and each act that the table does not have tried once."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop_app.case import Answer
from desktop_app.policy.catalogue import policy
from desktop_app.store import cases, keys, list_acts, people, tables
from desktop_app.store.faults import StoreFault
from desktop_app.store.opening import Store, close_store, open_store, reading
from desktop_app.store.papers import load_paper
from desktop_app.store.perform import Refused, perform, view_of
from desktop_app.store.trust import Person
from desktop_app.workflow.acts import ACT, ACTS, Act, roles_in
from desktop_app.workflow.lists import LIST_KINDS
from desktop_app.workflow.refusals import OTHER_EYES_ACTS, makes_clerk
from desktop_app.workflow.roles import Role
from desktop_app.workflow.states import STATES, state_of
from tests.support.office import NOW, OFFICE, SECRETS, Office, application

ACTS_TRIED = 2000
ROLES: tuple[Role, ...] = ("clerk", "reviewer", "head", "administrator", "auditor")
RARE = {
    "withdraw",
    "not_accept",
    "uphold_objection",
    "suspect_duplicate",
    "confirm_duplicate",
    "ask_materials",
    "reopen",
    "return",
    "refuse",
    "recover",
    "correct",
    "object",
    "uphold_refusal",
    "fail_payment",
}
ENDS = {"not_accepted", "refused", "disqualified", "withdrawn", "recovered", "paid"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = open_store(tmp_path, NOW)
    yield made
    close_store(made)


def register(office: Office, login: str, number: int, *roles: Role) -> None:
    SECRETS[login] = keys.Secrets(bytes([number]) * 32, bytes([number + 100]) * 32)
    with office.acting("admin") as session:
        person = Person(login, login, f"样例{login}", frozenset(roles), keys.publics(SECRETS[login]))
        people.add_person(session, person, NOW)


def given_for(
    act: Act, chance: Random, day: object, checks: tuple[tuple[str, str], ...]
) -> dict[str, object]:
    """Return something that an act takes, now and then something that it does not."""
    check, good = chance.choice(checks)
    readable: Mapping[str, object] = {
        "check": check,
        "result": good if chance.random() < 0.9 else chance.choice(("not_found", "failed")),
        "field": chance.choice(("payment.bank", "applicant.phone", "certificate.issuer", "employer.name")),
        "value": f"1370000{chance.randrange(10000):04d}",
        "account": chance.choice(("corrected", "confirmed")),
        "materials": "all",
        "missing": ("证书复印件",),
        "signed": True,
        "items": ("等级",),
        "sum": Decimal("1500.00"),
        "amount": Decimal("10.00"),
    }
    found: dict[str, object] = {}
    for ask in act.asks:
        if ask.kind == "list" or chance.random() < 0.01:
            continue
        found[ask.name] = readable.get(ask.name, day if ask.kind == "day" else "样例")
    return found


def test_two_thousand_random_acts_break_nothing(store: Store) -> None:
    chance, office = Random(9), Office(store)
    logins, clerks = list[str](), list[str]()
    for number in range(5):
        roles = chance.sample(("clerk", "clerk", "reviewer", "head"), k=2)
        logins.append(f"w{number}")
        register(office, logins[-1], 20 + number, *roles)  # type: ignore[arg-type]
        clerks += logins[-1:] if "clerk" in roles else []
    checks = {
        region: tuple((each.id, each.results[0]) for each in rules.checks)
        for region, rules in ((each, policy(each)) for each in ("jilin", "urumqi"))
    }
    now, ids, names = NOW, list[str](), Counter[str]()
    done = Counter[str]()
    for step in range(ACTS_TRIED):
        now += timedelta(minutes=chance.choice((1, 5, 30, 600)))
        login, day = chance.choice(logins), now.date()
        with reading(store) as session:
            before = session.execute(select(func.count()).select_from(tables.event)).scalar_one()
        moved = 0
        try:
            if len(ids) < 25 and step % 12 == 0:
                ids.append(
                    draft(office, chance.choice(clerks), chance.choice(("jilin", "urumqi")), len(ids), now)
                )
                continue
            if chance.random() < 0.25:
                moved = on_lists(office, login, chance, names, now)
            else:
                case_id = chance.choice(ids)
                if office.stored(case_id).state == "draft":
                    login = office.stored(case_id).owner
                with office.acting(login) as session:
                    view = view_of(session, case_id, day)
                    stored = load_paper(session, case_id)
                    wanted = [act for act in view.acts if not act.is_list] or list(ACTS)
                    act = chance.choice(wanted if chance.random() < 0.95 else ACTS)
                    if act.id in RARE and chance.random() < 0.9:
                        continue
                    given = given_for(act, chance, day, checks[stored.case.region])
                    result = perform(session, act.id, case_id, stored.revision, given, now)
                    assert result.state in act.after
                    done[act.id] += 1
                moved = 1
        except StoreFault as told:
            assert str(told).endswith("。")
            moved = 0
        with reading(store) as session:
            after = session.execute(select(func.count()).select_from(tables.event)).scalar_one()
        assert after == before + moved
    assert office.found() == []
    paid = hold_events(store)
    assert paid > 0 and len(done) > 12, (paid, done)
    for case_id in ids:
        state = office.stored(case_id).state
        assert state in ENDS or any(state in act.before and act.after != act.before for act in ACTS)


def draft(office: Office, login: str, region: str, number: int, now: datetime) -> str:
    own: dict[str, Answer | None] = {
        "applicant.id_number": id_number(number),
        "certificate.number": f"17070030034{number:03d}11"[:16].ljust(16, "0"),
    }
    with office.acting(login) as session:
        return cases.create_case(session, application(region, own), OFFICE, login, now)


def id_number(number: int) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    body = f"22010419910820{number * 20 + 13:03d}"
    return body + "10X98765432"[sum(int(a) * b for a, b in zip(body, weights, strict=True)) % 11]


def on_lists(office: Office, login: str, chance: Random, names: Counter[str], now: datetime) -> int:
    """Make a list, or do an act on one; return how many events that makes."""
    kind = chance.choice(tuple(LIST_KINDS))
    with office.acting(login) as session:
        if not names[kind] or chance.random() < 0.3:
            list_acts.make_list(session, f"{kind}{names[kind]}", kind, None, OFFICE, now)
            names[kind] += 1
            return 1
        name = f"{kind}{chance.randrange(names[kind])}"
        act = ACT[chance.choice(LIST_KINDS[kind].acts)]
        given = given_for(act, chance, now.date(), (("x", "passed"),))
        list_id = list_acts.list_id_of(session, name) or ""
        return list_acts.do_on_list(session, act.id, list_id, given, now).moved + 1


def hold_events(store: Store) -> int:
    """Hold what the events say against what may never be; return how many payments there were."""
    event = tables.event.c
    clerks: dict[str, set[str]] = {}
    paid, objected, count = set[str](), set[str](), 0
    with reading(store) as session:
        rows = session.execute(select(tables.event).where(event.case_id != "").order_by(event.number)).all()
    for row in rows:
        if row.act in OTHER_EYES_ACTS:
            assert row.actor_id not in clerks.get(row.case_id, set())
        if makes_clerk(row.act, row.state_before):
            clerks.setdefault(row.case_id, set()).add(row.actor_id)
        if row.act == "object":
            objected.add(row.case_id)
        elif row.act in ("dismiss_objection", "uphold_objection"):
            objected.discard(row.case_id)
        elif row.act == "fail_payment":
            paid.discard(row.case_id)
        elif row.act == "pay" and row.state_before == "awaiting_payment" and row.state_after == "paid":
            is_list = row.case_id in lists_of(store)
            if not is_list:
                assert row.case_id not in paid and row.case_id not in objected
                paid.add(row.case_id)
                count += 1
    return count


def lists_of(store: Store) -> set[str]:
    with reading(store) as session:
        return set(session.execute(select(tables.roster.c.id)).scalars())


def test_what_the_table_does_not_have_is_refused_and_changes_nothing(store: Store) -> None:
    office = Office(store)
    for number, role in enumerate(ROLES):
        register(office, f"one_{role}", 40 + number, role)
    ids = {}
    for state in STATES:
        case_id = office.put(application(), "one_clerk")
        if state != "draft":
            with office.acting("one_clerk") as session:
                cases.move_case(session, case_id, 1, state, "reopen", "x", NOW, {"given": {}})
        ids[state] = case_id
    tried = 0
    with office.acting("one_clerk") as session:
        before = content(session)
        for role in ROLES:
            session.info["signer"] = office.signed_in(f"one_{role}")
            for state, case_id in ids.items():
                revision = load_paper(session, case_id).revision
                for act in ACTS:
                    if state in act.before and role in roles_in(act, state_of(state)):
                        continue
                    with pytest.raises(Refused) as told:
                        perform(session, act.id, case_id, revision, {}, NOW)
                    assert all(sentence.endswith("。") for sentence in told.value.sentences)
                    tried += 1
        assert content(session) == before
    assert tried > 3000


def content(session: Session) -> tuple[object, ...]:
    tables_held = (tables.case, tables.event, tables.award)
    return tuple(tuple(session.execute(select(each)).all()) for each in tables_held)
