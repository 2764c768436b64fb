"""What the chain of events guards: every change behind the program's back but that of a draft, and what it costs."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import create_engine, select, text
from sqlalchemy.orm import Session

from desktop_app.case import Case
from desktop_app.policy.ledger import PersonAward
from desktop_app.policy.model import Award
from desktop_app.store import awards, cases, faults, place, rosters, schema, tables
from desktop_app.store.chain import append_event, case_digest, commitment, event_hash, forget_case
from desktop_app.store.faults import StoreFault
from desktop_app.store.opening import Store, reading, writing
from desktop_app.store.settings import set_settings
from desktop_app.store.verify import verify_chain
from tests.support.stores import CASE, NOW, behind_the_back, opened, taken_in

PAID = Award("granted", region="jilin", occupation="焊工", level=5, on=date(2017, 9, 8))


def fill(store: Store) -> None:
    """Settings, a list, and cases that are accepted, paid, written on again, forgotten and still a draft."""
    with writing(store) as session:
        set_settings(session, {"region": "jilin", "office.code": "220104"}, "clerk", NOW)
        set_settings(session, {"region": "dalian", "paper.zoom": 1.5, "window.name": "1号窗口"}, "clerk", NOW)
        listed = [PersonAward("11010519491231002X", "样例", PAID)]
        awards.add_awards(session, listed, "2017年9月.xlsx", "clerk", NOW)
        for name, states in (
            ("已受理", ("awaiting_signature", "accepted")),
            ("已拨付", ("awaiting_signature", "accepted", "paid")),
            ("改回的", ("awaiting_signature", "draft")),
            ("到期的", ("awaiting_signature", "accepted")),
            ("草稿", ()),
        ):
            case = CASE.with_answer("applicant.name", name)
            case_id = cases.create_case(session, case, "220104", "clerk", NOW)
            for number, state in enumerate(states, 1):
                moment = NOW + timedelta(minutes=number)
                cases.move_case(session, case_id, number, state, f"to_{state}", "clerk", moment, {"a": 1})
            if name == "改回的":
                again = case.with_answer("applicant.phone", "13900001234")
                cases.save_answers(session, case_id, 3, again, "applicant.phone", NOW)
            if name == "到期的":
                forget_case(session, case_id, "clerk", NOW)
        rows = ({"applicant.name": "名单甲"}, {"applicant.name": "名单乙"})
        filing = Case("jilin.publicity_filing", "1", "jilin", NOW.date(), {"summary.unit": "样例单位"}, rows)
        for due in (False, True):
            list_id = rosters.create_roster(session, filing, "220104", "clerk", NOW)
            moved = ("awaiting_signature", "finish", "clerk", NOW, {"a": 1})
            cases.move_case(session, list_id, 1, *moved, table=tables.roster)
            if due:
                forget_case(session, list_id, "clerk", NOW)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("filled")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DESKTOP_APP_STATE", f"{made}-state")
        with opened(made) as store:
            fill(store)
    return made


@pytest.fixture
def folder(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(filled, tmp_path / "store"))


def found(folder: Path) -> list[str]:
    """Return what is found, without opening the store for work: that would hold it against the anchor and go on."""
    key = place.read_key(folder)
    engine = create_engine("sqlite://", module=sqlcipher, creator=lambda: place.connect(folder, key))
    with Session(engine) as session:
        told = verify_chain(session)
    engine.dispose()
    assert all(fault.message.endswith("请联系技术人员核查。") for fault in told)
    return [fault.message for fault in told]


@contextmanager
def with_the_key(folder: Path) -> Iterator[sqlcipher.Connection]:
    """A thief who knows the program: takes the guards away and puts them back."""
    with behind_the_back(folder) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for name in schema.TRIGGERS:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for statement in schema.TRIGGERS.values():
            connection.execute(statement)


ACCEPTED = "state = 'accepted'"
EVENT = "number = (SELECT max(number) FROM event WHERE act = 'to_accepted')"
LAST = "number = (SELECT max(number) FROM event WHERE act = 'to_paid')"
PAYLOAD = f"id = (SELECT payload_id FROM event WHERE {LAST})"
COPY_OF_EVENT = (
    "INSERT INTO event SELECT '{replica}', 1, 'x', at, actor_id, case_id, act, payload_id, commitment, previous_hash, "
    "'{hash}', format, state_before, 'paid', case_digest, signature, 999 FROM event WHERE " + EVENT
)
CHANGES = [
    # cases that were handed on
    *(
        f'UPDATE "case" SET {change} WHERE {ACCEPTED}'
        for change in (
            "answers = replace(answers, '3216', '3217')",
            "answers = replace(answers, '已受理', '王受理')",
            "answers = json_set(answers, '$.\"claim.amount\"', '99999.00')",
            "rows = '[{}]'",
            """choices = '{"rule":["lenient","",""]}'""",
            "id_number = '110105194912310021'",
            "name = '别人'",
            "phone = '1'",
            "certificate_number = '1'",
            "occupation = '焊工'",
            "owner = 'someone'",
            "office = '220105'",
            "form = 'jilin.summary'",
            "version = '2'",
            "region = 'dalian'",
            "governing_day = '2019-01-01'",
            "revision = revision + 1",
            "created_at = '2017-01-01T00:00:00.000000+00:00'",
            "updated_at = '2017-01-01T00:00:00.000000+00:00'",
            "last_field = 'x'",
            "notes = '{}'",
            "state = 'paid'",
            "state = 'draft'",
            "state = 'draft', revision = 1",
            "id = 'x'",
        )
    ),
    f'DELETE FROM "case" WHERE {ACCEPTED}',
    "DELETE FROM \"case\" WHERE name = '改回的'",
    'DELETE FROM "case"',
    "UPDATE \"case\" SET state = 'paid' WHERE name = '草稿'",
    "UPDATE \"case\" SET state = 'paid' WHERE name = '改回的'",
    "UPDATE \"case\" SET revision = 2 WHERE name = '改回的'",
    # payloads
    f"DELETE FROM payload WHERE {PAYLOAD}",
    f"UPDATE event SET payload_id = 'nothing' WHERE {LAST}",
    f"UPDATE payload SET json = replace(json, '1', '2') WHERE {PAYLOAD}",
    f"UPDATE payload SET salt = 'ff' WHERE {PAYLOAD}",
    "UPDATE payload SET json = 'not json'",
    "UPDATE payload SET json = '{}'",
    "UPDATE payload SET json = '[]'",
    "UPDATE payload SET json = '7'",
    "DELETE FROM payload",
    "DELETE FROM payload WHERE id = (SELECT payload_id FROM event WHERE act = 'forget')",
    "INSERT INTO payload VALUES ('x', 'y', '{}')",
    # events
    *(
        f"UPDATE event SET {change} WHERE {EVENT}"
        for change in (
            "id = 'x'",
            "at = '2019-01-01T00:00:00.000000+00:00'",
            "actor_id = 'someone'",
            "act = 'pay'",
            "case_id = ''",
            "case_id = 'x'",
            "state_before = 'draft'",
            "state_after = 'paid'",
            "state_after = NULL",
            "revision = 999",
            "revision = NULL",
            "case_digest = 'x'",
            "case_digest = NULL",
            "commitment = 'x'",
            "previous_hash = 'x'",
            "hash = 'x'",
            "format = 1",
            "format = 9",
            "signature = 'x'",
            "number = 999",
        )
    ),
    f"DELETE FROM event WHERE {EVENT}",
    f"DELETE FROM event WHERE {LAST}",
    "DELETE FROM event WHERE number = 1",
    "DELETE FROM event",
    "UPDATE replica SET chain_number = 3, chain_head = (SELECT hash FROM event WHERE number = 3)",
    COPY_OF_EVENT.format(replica="nobody", hash="x"),
    # what surrounds them
    "DELETE FROM outbox",
    f"DELETE FROM outbox WHERE event_{EVENT}",
    "INSERT INTO outbox SELECT replica_id, 999, NULL, NULL FROM outbox LIMIT 1",
    "INSERT INTO award SELECT 'x', NULL, id_number, name, region, programme, '电工', work_type, level, "
    'certificate_kind, certificate_number, certificate_issued_on, status, applied_on, "on", amount, source FROM award '
    "LIMIT 1",
    "INSERT INTO award SELECT 'x', 'case', id_number, name, region, programme, '电工', work_type, level, "
    'certificate_kind, certificate_number, certificate_issued_on, status, applied_on, "on", amount, source FROM award '
    "LIMIT 1",
    "UPDATE award SET level = 4",
    "UPDATE award SET source = 'x'",
    "DELETE FROM award",
    "UPDATE setting SET value = '\"tianjin\"' WHERE key = 'region'",
    "UPDATE setting SET value = 'not json' WHERE key = 'region'",
    "DELETE FROM setting WHERE key = 'region'",
    "INSERT INTO setting VALUES ('office', 'amounts', '[]')",
    "UPDATE setting SET scope = 'office' WHERE key = 'window.name'",
    "UPDATE setting SET scope = 'x' WHERE key = 'store.replica'",
    "INSERT INTO setting VALUES ('x', 'store.replica', '\"x\"')",
    # lists
    *(
        f"UPDATE roster SET {change} WHERE state = 'awaiting_signature'"
        for change in (
            "answers = replace(answers, '样例单位', '别的单位')",
            "owner = 'someone'",
            "last_field = 'x'",
            "form = 'jilin.public_list'",
            "governing_day = '2019-01-01'",
            "revision = revision + 1",
            "updated_at = '2017-01-01T00:00:00.000000+00:00'",
            "state = 'paid'",
            "state = 'draft', revision = 1",
        )
    ),
    "UPDATE roster_line SET answers = replace(answers, '名单甲', '名单丙')",
    "UPDATE roster_line SET position = 7 WHERE position = 0",
    "UPDATE roster_line SET case_id = 'x' WHERE position = 1",
    "UPDATE roster_line SET roster_id = 'x' WHERE position = 1",
    "DELETE FROM roster_line WHERE position = 1",
    "INSERT INTO roster_line SELECT roster_id, 2, answers, NULL, NULL FROM roster_line WHERE position = 1",
    "DELETE FROM roster",
    "UPDATE replica SET epoch = 7",
    "UPDATE \"case\" SET number = '2201042018000001' WHERE state = 'accepted'",
    "INSERT INTO \"user\" VALUES (1, 'x', 1, 'x', 'x', 'clerk', '00', '00', 0, '2018-01-01', 'x', 'x')",
    f"UPDATE event SET signature = 'x' WHERE {LAST}",
    "INSERT INTO replica VALUES ('0', 1, 0, 'x', 0, '2018-01-01')",
    "UPDATE OR IGNORE search_term SET case_id = 'x'",
]
NOT_FOUND = [
    "INSERT INTO \"case\" SELECT 'x', form, version, region, office, governing_day, state, owner, answers, rows, "
    "choices, revision, name, id_number, certificate_number, occupation, phone, last_field, created_at, updated_at, "
    "name_order, missing, notes, NULL, NULL, NULL, NULL FROM \"case\" WHERE name = '草稿'",
    "UPDATE \"case\" SET name_order = 'x', missing = 7",
    "UPDATE \"case\" SET answers = replace(answers, '3216', '3217') WHERE name = '草稿'",
    "UPDATE \"case\" SET answers = replace(answers, '3216', '3217') WHERE name = '改回的'",
    "DELETE FROM \"case\" WHERE name = '草稿'",
    "UPDATE setting SET value = '2.0' WHERE key = 'paper.zoom'",
]


def test_what_the_program_did_itself_holds(folder: Path) -> None:
    assert found(folder) == []


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_behind_the_programs_back_is_found(folder: Path, change: str) -> None:
    with with_the_key(folder) as connection:
        assert connection.execute(change).rowcount > 0
    assert found(folder) != []


@pytest.mark.parametrize("change", NOT_FOUND)
def test_a_draft_and_the_look_of_a_window_are_of_no_event(folder: Path, change: str) -> None:
    with with_the_key(folder) as connection:
        assert connection.execute(change).rowcount > 0
        connection.execute('DELETE FROM search_term WHERE case_id NOT IN (SELECT id FROM "case")')
    assert found(folder) == []


@pytest.mark.parametrize(
    "change",
    [
        "DROP TRIGGER event_no_update",
        "DROP TRIGGER event_no_delete",
        "DROP TRIGGER user_no_update",
        "DROP TRIGGER event_other_eyes",
        "DROP TRIGGER event_no_update; CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT 1; END",
        "CREATE TRIGGER more AFTER INSERT ON event BEGIN DELETE FROM outbox; END",
    ],
)
def test_guards_that_were_taken_away_are_missed(folder: Path, change: str) -> None:
    with behind_the_back(folder) as connection:
        connection.executescript(change)
    assert len(found(folder)) == 1


@pytest.mark.parametrize(
    "change", ["DELETE FROM replica", "DELETE FROM setting", "UPDATE setting SET value = '\"x\"'"]
)
def test_a_store_that_does_not_know_itself_is_not_opened(folder: Path, change: str) -> None:
    with with_the_key(folder) as connection:
        connection.execute(change)
    with pytest.raises(StoreFault, match=faults.DAMAGED), opened(folder):
        pass


def test_two_events_cannot_change_places(folder: Path) -> None:
    with with_the_key(folder) as connection:
        for old, new in ((4, 99), (5, 4), (99, 5)):
            connection.execute(f"UPDATE event SET number = {new} WHERE number = {old}")
    assert len(found(folder)) >= 2


def test_events_are_only_ever_added(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        taken_in(store, 1)
        for statement in (
            "UPDATE event SET actor_id = 'someone'",
            "DELETE FROM event",
            "INSERT OR REPLACE INTO event SELECT * FROM event",
        ):
            with pytest.raises(StoreFault), writing(store) as session:
                session.execute(text(statement))
        with reading(store) as session:
            assert verify_chain(session) == ()


def test_a_case_that_was_forgotten_leaves_events_that_hold_and_nothing_of_the_person(folder: Path) -> None:
    with opened(folder) as store:
        with writing(store) as session:
            wanted = select(tables.case.c.id).where(tables.case.c.state == "paid")
            case_id = session.execute(wanted).scalar_one()
            forget_case(session, case_id, "clerk", NOW)
        with reading(store) as session:
            assert verify_chain(session) == ()
            events = session.execute(select(tables.event).where(tables.event.c.case_id == case_id)).all()
            assert [row.act for row in events][-1] == "forget"
            kept = set(session.execute(select(tables.payload.c.id)).scalars())
            assert kept & {row.payload_id for row in events} == {events[-1].payload_id}
            with pytest.raises(StoreFault, match=faults.CASE_MISSING):
                cases.load_case(session, case_id)


def test_an_event_says_how_the_case_stood_and_its_digest_dies_with_the_payload(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        (case_id,) = taken_in(store, 1)
        with reading(store) as session:
            event = session.execute(select(tables.event)).mappings().one()
            payload = session.execute(select(tables.payload)).one()
            case = session.execute(select(tables.case)).mappings().one()
        assert (event["format"], event["act"], event["actor_id"]) == (2, "finish", "clerk")
        assert (event["state_before"], event["state_after"]) == ("draft", "awaiting_signature")
        assert (event["case_id"], event["revision"], event["signature"]) == (case_id, 2, None)
        assert event["case_digest"] == case_digest(payload.salt, dict(case))
        assert event["commitment"] == commitment(payload.salt, payload.json)
        assert len(bytes.fromhex(payload.salt)) == 16


def test_the_hash_of_an_event_is_over_all_it_says_but_the_signature() -> None:
    parts = [2, "p", "r", 1, "i", "t", "a", "c", "k", 3, "draft", None, "l", "m", None]
    hashes = {event_hash(2, parts)}
    for number in range(len(parts)):
        hashes |= {event_hash(2, [*parts[:number], other, *parts[number + 1 :]]) for other in ("x", "", None)}
    # Each place counts, and nothing is not the same as an empty text; two places are nothing already.
    assert len(hashes) == 1 + 3 * len(parts) - 2


@pytest.mark.parametrize("payload", [{"a": float("nan")}, {"a": [float("inf")]}])
def test_a_payload_is_json_for_everybody(tmp_path: Path, payload: dict[str, float]) -> None:
    with opened(tmp_path) as store:
        with pytest.raises(ValueError), writing(store) as session:
            append_event(session, "set", "clerk", NOW, payload)
        with reading(store) as session:
            assert verify_chain(session) == ()


@pytest.mark.parametrize("name", ["张\0三", "张\ud800"])
def test_what_no_database_keeps_is_one_sentence(tmp_path: Path, name: str) -> None:
    case = replace(CASE, answers={"applicant.name": name})
    with opened(tmp_path) as store:
        with pytest.raises(StoreFault, match=faults.UNKEEPABLE), writing(store) as session:
            cases.create_case(session, case, "220104", "clerk", NOW)
        with pytest.raises(StoreFault, match=faults.UNKEEPABLE), writing(store) as session:
            append_event(session, "set", "clerk", NOW, {"settings": {"office.name": name}})
        written = CASE.with_answer("applicant.home_address", r"C:\u0000")
        with writing(store) as session:
            case_id = cases.create_case(session, written, "220104", "clerk", NOW)
        with reading(store) as session:
            assert cases.load_case(session, case_id).case == written
