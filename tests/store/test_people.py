"""People in the store: who may sign for whom, four eyes below the program, and what verification says of all others."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from desktop_app.store import cases, keys, people, place, schema, tables, trust
from desktop_app.store.chain import append_event
from desktop_app.store.deeds import deeds_of
from desktop_app.store.faults import StoreFault
from desktop_app.store.opening import Store, reading, writing
from desktop_app.store.trust import Person, SignedIn
from desktop_app.store.verify import verify_chain
from desktop_app.workflow import refusals
from desktop_app.workflow.acts import ACTS, is_signed_act
from desktop_app.workflow.roles import Role
from tests.support.stores import CASE, NOW, behind_the_back, opened

SHEET = bytes(range(32))
SECRETS = {
    login: keys.Secrets(bytes([number]) * 32, bytes([number + 100]) * 32)
    for number, login in enumerate(("admin", "clerk", "reviewer", "head", "new"))
}


def person(login: str, *roles: Role) -> Person:
    return Person(login, login, f"样例{login}", frozenset(roles), keys.publics(SECRETS[login]))


def signed_in(login: str, root: str) -> SignedIn:
    return SignedIn(login, login, "", SECRETS[login], root, "")


@contextmanager
def acting(store: Store, login: str, root: str) -> Iterator[Session]:
    with writing(store) as session:
        session.info["signer"] = signed_in(login, root)
        yield session


def found(store: Store) -> str:
    recovery = keys.publics(keys.secrets_of_seed(SHEET))
    with writing(store) as session:
        return people.found_office(
            session, person("admin", "administrator", "clerk"), SECRETS["admin"], recovery, NOW
        )


class Office:
    """A store of four people, in the hands of a test."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.folder = store.path.parent
        self.root = found(store)
        for login in ("clerk", "reviewer", "head"):
            role: Role = "clerk" if login == "clerk" else "reviewer" if login == "reviewer" else "head"
            with self.acting("admin") as session:
                people.add_person(session, person(login, role), NOW)

    def acting(self, login: str) -> "contextmanager[Session]":
        return acting(self.store, login, self.root)

    def told(self, root: str | None = None) -> list[str]:
        with reading(self.store) as session:
            return [fault.message for fault in verify_chain(session, self.root if root is None else root)]

    def case(self, state: str = "awaiting_review", clerk: str = "clerk") -> str:
        with self.acting(clerk) as session:
            case_id = cases.create_case(session, CASE, "220104", clerk, NOW)
            cases.move_case(session, case_id, 1, "awaiting_signature", "finish", clerk, NOW, {})
            cases.move_case(session, case_id, 2, state, "accept", clerk, NOW, {})  # type: ignore[arg-type]
        return case_id

    def decide(self, case_id: str, act: str, actor: str, signer: str | None) -> None:
        with self.acting(actor) as session:
            secrets = SECRETS[signer] if signer else None
            after = next(each.after[0] for each in ACTS if each.id == act)
            cases.move_case(session, case_id, 3, after, act, actor, NOW, {}, signer=secrets)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path / "store") as store:
        yield Office(store)


@contextmanager
def with_the_key(office: Office) -> Iterator[sqlcipher.Connection]:
    with behind_the_back(office.folder) as connection:
        for name in schema.TRIGGERS:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for statement in schema.TRIGGERS.values():
            connection.execute(statement)


def test_an_office_of_four_is_in_order(office: Office) -> None:
    assert office.told() == []
    with reading(office.store) as session:
        session.info["signer"] = signed_in("head", office.root)
        known = people.people(session)
        assert {login: set(each.roles) for login, each in known.items()} == {
            "admin": {"administrator", "clerk"},
            "clerk": {"clerk"},
            "reviewer": {"reviewer"},
            "head": {"head"},
        }
        assert people.actor(session).roles == {"head"}
        assert people.trust_of(session).recovery == keys.publics(keys.secrets_of_seed(SHEET))


def change(who: str, /, **values: object) -> Callable[[Session], None]:
    return lambda session: people.change_person(
        session, "change_roles", who, lambda old: old._replace(**values), NOW
    )


REFUSED: list[tuple[str, str, Callable[[Session], None]]] = [
    ("clerk", "人员由管理员管理", lambda session: people.add_person(session, person("new", "reviewer"), NOW)),
    ("head", "人员由管理员管理", change("clerk", roles=frozenset(("reviewer",)))),
    ("clerk", "人员由管理员管理", change("clerk", roles=frozenset(("clerk", "reviewer")))),
    ("admin", "自己的登记", change("admin", roles=frozenset(("administrator", "reviewer")))),
    ("admin", "自己的登记", change("admin", is_removed=True)),
    ("admin", "角色不在", change("clerk", roles=frozenset(("centre",)))),
    ("admin", "已经有人", change("clerk", login="HEAD")),
    ("admin", "都要填写", change("clerk", login=" ")),
    ("admin", "都要填写", change("clerk", name="")),
    ("admin", "没有这个人", change("nobody", name="x")),
    ("admin", "没有这个人", change(trust.RECOVERY, name="x")),
    (
        "clerk",
        "人员由管理员管理",
        lambda session: people.renew_recovery(session, keys.publics(SECRETS["clerk"]), NOW),
    ),
    ("new", "已经移除", lambda session: people.add_person(session, person("new", "clerk"), NOW)),
]


@pytest.mark.parametrize(("login", "told", "act"), REFUSED)
def test_what_a_person_may_not_sign_for_is_refused(
    office: Office, login: str, told: str, act: Callable[[Session], None]
) -> None:
    with pytest.raises(StoreFault, match=told), office.acting(login) as session:
        act(session)
    assert office.told() == []


def test_nobody_who_is_not_signed_in_does_anything(office: Office) -> None:
    with pytest.raises(StoreFault, match="还没有人登录"), writing(office.store) as session:
        people.add_person(session, person("new", "clerk"), NOW)


def test_with_another_persons_name_and_ones_own_key_nothing_is_done(office: Office) -> None:
    with pytest.raises(StoreFault, match="已经移除或者换过"), office.acting("clerk") as session:
        session.info["signer"] = signed_in("clerk", office.root)._replace(user_id="admin")
        people.add_person(session, person("new", "reviewer"), NOW)


def test_the_last_administrator_stays(office: Office) -> None:
    with office.acting("admin") as session:
        change("head", roles=frozenset(("head", "administrator")))(session)
    with office.acting("head") as session:
        change("admin", roles=frozenset(("clerk",)))(session)
    with pytest.raises(StoreFault, match="人员由管理员管理"), office.acting("admin") as session:
        change("head", roles=frozenset(("head",)))(session)
    with office.acting("head") as session:
        people.add_person(session, person("new", "administrator"), NOW)
    with office.acting("new") as session:
        change("head", is_removed=True)(session)
    with pytest.raises(StoreFault, match="已经移除或者换过"), office.acting("head") as session:
        change("new", is_removed=True)(session)
    assert office.told() == []


def test_a_login_is_free_again_when_its_user_is_gone(office: Office) -> None:
    with office.acting("admin") as session:
        change("clerk", is_removed=True)(session)
        people.add_person(session, person("new", "clerk")._replace(login="clerk"), NOW)
        with pytest.raises(StoreFault, match="没有这个人"):
            change("clerk", is_removed=False)(session)
    assert office.told() == []


def test_the_recovery_sheet_gives_new_keys_and_nothing_else(office: Office) -> None:
    sheet, other = keys.secrets_of_seed(SHEET), keys.publics(keys.secrets_of_seed(bytes(32)))
    new = keys.publics(SECRETS["new"])
    with writing(office.store) as session:
        people.recover(session, sheet, office.root, "admin", new, other, NOW)
    assert office.told() == []
    with reading(office.store) as session:
        session.info["signer"] = signed_in("new", office.root)._replace(user_id="admin")
        assert people.signed_in_person(session).roles == {"administrator", "clerk"}
        known = people.trust_of(session)
        assert known.recovery == other
    for wanted in (person("clerk", "clerk", "reviewer"), person("new", "administrator")):
        assert trust.against_row(wanted, trust.RECOVERY, known.everybody)
    # The sheet that was used is void.
    with pytest.raises(StoreFault), writing(office.store) as session:
        people.recover(session, sheet, office.root, "head", new, other, NOW)
        people.trust_of(session)


# Someone with the store's key and a database tool


def forged(
    office: Office, wanted: Person, signer_id: str, secrets: keys.Secrets, act: str = "add_user"
) -> str:
    """Write a row as the program would, but for what stands against it; return what is found."""
    with reading(office.store) as session:
        number = len(people.user_rows(session)) + 1
    row = trust.signed_row(number, wanted, NOW.isoformat(), signer_id, secrets, office.root)
    with writing(office.store) as session:
        session.execute(insert(tables.user).values(row._asdict()))
        payload = {"rows": [[number, trust.row_digest(row)]], "user": row.id}
        append_event(session, act, signer_id, NOW, payload, signer=secrets)
    (told, *_) = office.told()
    assert f"第 {number} 号" in told
    return told


ROLES = frozenset(("clerk", "reviewer"))
FORGED: list[tuple[Person, str, str]] = [
    (person("new", "reviewer"), "clerk", "clerk"),
    (person("new", "reviewer"), "admin", "clerk"),
    (person("new", "reviewer"), "new", "new"),
    (person("new", "administrator"), "head", "head"),
    (person("clerk")._replace(roles=ROLES, version=2), "clerk", "clerk"),
    (person("clerk")._replace(roles=ROLES, version=2), "reviewer", "reviewer"),
    (person("admin")._replace(roles=frozenset(("administrator", "reviewer")), version=2), "admin", "admin"),
    (
        person("reviewer", "reviewer")._replace(publics=keys.publics(SECRETS["clerk"]), version=2),
        "clerk",
        "clerk",
    ),
    (
        person("reviewer", "reviewer")._replace(publics=keys.publics(SECRETS["clerk"]), version=2),
        "admin",
        "clerk",
    ),
    (
        Person(trust.RECOVERY, "", "", frozenset(), keys.publics(SECRETS["clerk"]), version=2),
        "clerk",
        "clerk",
    ),
    (person("clerk", "clerk")._replace(is_removed=True, version=2), "head", "head"),
    (person("new", "clerk")._replace(version=7), "admin", "admin"),
]


@pytest.mark.parametrize(("wanted", "signer_id", "hand"), FORGED)
def test_a_row_without_its_right_signature_is_found_and_does_not_count(
    office: Office, wanted: Person, signer_id: str, hand: str
) -> None:
    forged(office, wanted, signer_id, SECRETS[hand])
    for login in ("admin", "clerk"):
        with pytest.raises(StoreFault, match="在程序之外被改动过"), reading(office.store) as session:
            session.info["signer"] = signed_in(login, office.root)
            people.actor(session)


BY_SQL = [
    "UPDATE \"user\" SET roles = 'clerk reviewer' WHERE id = 'clerk'",
    "UPDATE \"user\" SET roles = 'administrator clerk reviewer' WHERE id = 'admin'",
    "UPDATE \"user\" SET sign_key = (SELECT sign_key FROM \"user\" WHERE id = 'clerk') WHERE id = 'reviewer'",
    "UPDATE \"user\" SET seal_key = (SELECT seal_key FROM \"user\" WHERE id = 'clerk') WHERE id = 'recovery'",
    "UPDATE \"user\" SET id = 'x' WHERE id = 'clerk'",
    "UPDATE \"user\" SET login = 'x' WHERE id = 'clerk'",
    "UPDATE \"user\" SET name = x'00ff' WHERE id = 'clerk'",
    "UPDATE \"user\" SET signature = '' WHERE id = 'head'",
    "UPDATE \"user\" SET roles = 'king' WHERE id = 'clerk'",
    "UPDATE \"user\" SET sign_key = '00' WHERE id = 'clerk'",
    "UPDATE \"user\" SET is_removed = 1 WHERE id = 'head'",
    "UPDATE \"user\" SET number = 9 WHERE id = 'head'",
    "DELETE FROM \"user\" WHERE id = 'head'",
    "DELETE FROM \"user\" WHERE id = 'reviewer'",
    'DELETE FROM "user"',
    "INSERT INTO \"user\" SELECT 6, 'x', 1, 'x', 'x', 'reviewer', seal_key, sign_key, 0, at, signed_by, signature "
    'FROM "user" WHERE number = 4',
    "INSERT INTO \"user\" SELECT 6, id, 2, login, name, 'clerk reviewer', seal_key, sign_key, 0, at, 'clerk', 'x' "
    "FROM \"user\" WHERE id = 'clerk'",
]


@pytest.mark.parametrize("statement", BY_SQL)
def test_people_changed_by_sql_are_found_with_their_place(office: Office, statement: str) -> None:
    with with_the_key(office) as connection:
        assert connection.execute(statement).rowcount > 0
    told = office.told()
    assert any("号人员登记" in each for each in told)
    with pytest.raises(StoreFault), reading(office.store) as session:
        session.info["signer"] = signed_in("admin", office.root)
        people.actor(session)


def test_rows_are_only_ever_added(office: Office) -> None:
    with behind_the_back(office.folder) as connection:
        for statement in (
            "UPDATE \"user\" SET name = 'x'",
            'DELETE FROM "user"',
            'INSERT OR REPLACE INTO "user" SELECT * FROM "user"',
        ):
            with pytest.raises(place.Error, match="only ever added"):
                connection.execute(statement)


def test_another_first_administrator_is_found_by_the_digest_of_the_slots(office: Office) -> None:
    thief = office.root.replace(office.root[0], "0" if office.root[0] != "0" else "1")
    assert office.told() == []
    assert office.told(thief)[0].startswith("第 1 号人员登记不是建立资料库时的第一位管理员")
    assert len(office.told(thief)) == 5 + 4  # nobody who follows counts, nor what they have signed


def test_an_approval_by_the_cases_clerk_is_stopped_by_the_database(office: Office) -> None:
    with office.acting("admin") as session:
        change("clerk", roles=frozenset(("clerk", "reviewer")))(session)
    for act in schema.OTHER_EYES:
        case_id = office.case()
        with pytest.raises(StoreFault), office.acting("clerk") as session:
            append_event(session, act, "clerk", NOW, {}, case_id, signer=SECRETS["clerk"])
    office.decide(office.case(), "approve", "reviewer", "reviewer")
    assert office.told() == []


def test_a_check_during_a_re_examination_makes_nobody_the_clerk(office: Office) -> None:
    case_id = office.case("under_reexamination")
    with office.acting("head") as session:
        append_event(session, "record_check", "head", NOW, {}, case_id, "under_reexamination")
        moved = ("refused", "uphold_refusal", "head", NOW, {})
        cases.move_case(session, case_id, 3, *moved, signer=SECRETS["head"])
    assert office.told() == []


def test_the_database_knows_the_acts_of_the_table() -> None:
    assert set(schema.OTHER_EYES) == refusals.OTHER_EYES_ACTS
    assert set(schema.CLERKS) == refusals.CLERKS_ACTS


APPROVED_BY = [
    ("clerk", "clerk"),
    ("reviewer", "clerk"),
    ("reviewer", None),
    ("head", "head"),
    ("new", "new"),
]


@pytest.mark.parametrize(("actor", "hand"), APPROVED_BY)
def test_an_approval_without_a_reviewers_signature_is_found_with_its_place(
    office: Office, actor: str, hand: str | None
) -> None:
    case_id = office.case(clerk="admin")
    office.decide(case_id, "approve", actor, hand)
    (told,) = office.told()
    with reading(office.store) as session:
        number = session.execute(
            select(tables.event.c.number).where(tables.event.c.act == "approve")
        ).scalar_one()
        session.info["signer"] = signed_in("admin", office.root)
        with pytest.raises(StoreFault, match="办理记录在程序之外被改动过"):
            deeds_of(session, case_id)
    assert told.startswith(f"第 {number} 号记录")


def test_an_approval_counts_by_who_its_reviewer_was_then(office: Office) -> None:
    first, second = office.case(), office.case()
    office.decide(first, "approve", "reviewer", "reviewer")
    with office.acting("admin") as session:
        session.info["signer"] = signed_in("admin", office.root)
        change("reviewer", publics=keys.publics(SECRETS["new"]))(session)
    assert office.told() == []
    with reading(office.store) as session:
        session.info["signer"] = signed_in("admin", office.root)
        assert [deed.act for deed in deeds_of(session, first)] == ["finish", "accept", "approve"]
    # With the key from before the reset.
    office.decide(second, "approve", "reviewer", "reviewer")
    assert len(office.told()) == 1


def test_an_approval_by_who_was_removed_is_found(office: Office) -> None:
    case_id = office.case()
    with office.acting("admin") as session:
        change("reviewer", is_removed=True)(session)
    office.decide(case_id, "approve", "reviewer", "reviewer")
    assert len(office.told()) == 1


def test_what_only_reviewers_and_heads_do_is_signed_and_what_clerks_do_is_not() -> None:
    for act in ACTS:
        for state in act.before:
            assert is_signed_act(act.id, state) == (not _roles(act.id, state) & {"clerk", "centre"}), act.id
    assert trust.needs_signature("approve", "awaiting_review")
    assert not trust.needs_signature("ask_materials", "verifying")
    assert trust.needs_signature("ask_materials", "awaiting_review")


def _roles(act_id: str, state: str) -> set[str]:
    from desktop_app.workflow.acts import ACT, roles_in
    from desktop_app.workflow.states import state_of

    return set(roles_in(ACT[act_id], state_of(state)))
