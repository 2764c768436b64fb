"""Signing in: who comes in with what, what wrong passwords cost, and what of all that is recorded."""

import json
import os
import shutil
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from desktop_app.store import faults, keys, people, place, tables
from desktop_app.store.faults import StoreFault
from desktop_app.store.first import first_page
from desktop_app.store.founding import found_office, needs_founding
from desktop_app.store.opening import Store, open_store, reading
from desktop_app.store.sign_in import NotSignedIn, sign_in
from desktop_app.store.slots import logins, read_slots, read_tries
from desktop_app.store.users import (
    OLD_BACKUPS,
    VOID_SHEET,
    add_user,
    change_password,
    change_user,
    new_recovery,
    remove_user,
    reset_user,
    use_recovery,
)
from desktop_app.store.verify import verify_chain
from tests.support.founded import (
    ADMIN,
    CHEAP,
    CLERK,
    NEW,
    PASSWORDS,
    REVIEWER,
    Founded,
    copied,
    found_once,
    signed_in,
)
from tests.support.stores import NAME, NOW, RELEASED, opened, taken_in


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    return found_once(tmp_path_factory)


@pytest.fixture
def office(founded: Founded, tmp_path: Path) -> Founded:
    return copied(founded, tmp_path / "store")


def acts(store: Store) -> list[str]:
    with reading(store) as session:
        assert verify_chain(session) == ()
        return list(session.execute(select(tables.event.c.act).order_by(tables.event.c.number)).scalars())


def payloads(store: Store, act: str) -> list[dict[str, object]]:
    own = tables.payload.c.id == tables.event.c.payload_id
    wanted = select(tables.payload.c.json).join(tables.event, own).where(tables.event.c.act == act)
    with reading(store) as session:
        return [json.loads(text) for text in session.execute(wanted).scalars()]


def refused(folder: Path, login: str, password: str, seconds: float = 0) -> NotSignedIn:
    with pytest.raises(NotSignedIn) as told:
        sign_in(folder, login, password, NOW + timedelta(seconds=seconds))
    return told.value


def test_everybody_comes_in_with_the_own_password(office: Founded) -> None:
    assert logins(office.folder) == ("admin", "clerk", "reviewer")
    for login in PASSWORDS:
        with signed_in(office.folder, login) as store:
            assert store.remarks == ()
            assert store.signed_in is not None
            assert store.signed_in.user_id == office.ids[login]
            with reading(store) as session:
                assert people.actor(session).name == people.people(session)[office.ids[login]].name
    with signed_in(office.folder, "ＡＤＭＩＮ ", ADMIN) as store:
        assert acts(store).count("sign_in") == 5


def test_nothing_opens_without_a_password(office: Founded) -> None:
    assert not (office.folder / place.KEY_NAME).exists()
    for attempt in (lambda: open_store(office.folder, NOW), lambda: first_page(office.folder, 5)):
        with pytest.raises(StoreFault, match=faults.SIGN_IN_FIRST):
            attempt()
    key = sign_in(office.folder, "clerk", CLERK, NOW).key
    page = first_page(office.folder, 5, key)
    assert page is not None


def test_no_file_says_a_key_a_password_or_a_name(office: Founded) -> None:
    with signed_in(office.folder, "admin") as store:
        taken_in(store, 3)
        assert store.signed_in is not None
        secrets = store.signed_in.secrets
        hidden = [
            store.key.encode(),
            bytes.fromhex(store.key),
            *secrets,
            *(each.hex().encode() for each in secrets),
        ]
        hidden += [office.seed, office.seed.hex().encode(), NAME.encode(), "样例管理员".encode()]
        hidden += [password.encode() for password in PASSWORDS.values()]
        hidden += [keys.sheet_text(office.seed).split()[5].encode()]
        for file in office.folder.iterdir():
            content = file.read_bytes()
            assert not any(each in content for each in hidden), file.name
        for shown in (repr(store), repr(store.signed_in), repr(store.sessions)):
            assert store.key not in shown
            assert secrets.sign.hex() not in shown


@pytest.mark.skipif(sys.platform == "win32", reason="rights of POSIX")
def test_what_opens_the_store_is_its_owners_alone(office: Founded) -> None:
    for name in (*place.SLOTS_NAMES, place.TRIES_NAME):
        assert stat.S_IMODE((office.folder / name).stat().st_mode) == 0o600


def test_one_sentence_for_a_wrong_login_and_a_wrong_password(office: Founded) -> None:
    for login, password in (("clerk", ADMIN), ("nobody", CLERK), ("clerk", ""), ("", "")):
        assert str(refused(office.folder, login, password)) == faults.WRONG_PASSWORD


def test_wrong_passwords_slow_down_and_never_lock_out(office: Founded) -> None:
    at, waits = 0.0, []
    for _ in range(12):
        told = refused(office.folder, "clerk", "x", at)
        assert str(told) == faults.WRONG_PASSWORD
        waits.append(told.wait)
        if told.wait:
            early = refused(office.folder, "clerk", CLERK, at + told.wait - 0.5)
            assert early.wait == 1
            assert "请等 1 秒" in str(early)
        at += told.wait
    assert waits == [0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60, 60]
    # Others come in meanwhile, and so does the person after the last wait.
    assert sign_in(office.folder, "admin", ADMIN, NOW + timedelta(seconds=at)).login == "admin"
    with signed_in(office.folder, "clerk", now=NOW + timedelta(seconds=at)) as store:
        assert payloads(store, "sign_in")[-1] == {"wrong": {office.ids["clerk"]: 12}, "is_lost": False}
    refused(office.folder, "clerk", "x", at)
    assert read_tries(office.folder).counts[office.ids["clerk"]].wrong == 1


def test_wrong_passwords_are_events_once(office: Founded) -> None:
    for login in ("clerk", "clerk", "nobody", "Typed-password-instead"):
        refused(office.folder, login, "x")
    for login in ("admin", "reviewer"):
        with signed_in(office.folder, login) as store:
            told = [each["wrong"] for each in payloads(store, "sign_in")]
    assert told == [{}, {office.ids["clerk"]: 2, "": 2}, {}]
    assert b"Typed" not in (office.folder / place.TRIES_NAME).read_bytes()
    assert read_tries(office.folder).counts[office.ids["clerk"]].wrong == 2  # the clerk's own waits go on


@pytest.mark.parametrize("spoil", [lambda file: file.unlink(), lambda file: file.write_bytes(b"{}\n")])
def test_a_count_that_vanished_is_said_and_recorded(office: Founded, spoil) -> None:
    spoil(office.folder / place.TRIES_NAME)
    refused(office.folder, "clerk", "x")
    with signed_in(office.folder, "clerk") as store:
        assert store.remarks == (faults.TRIES_LOST,)
        assert payloads(store, "sign_in")[-1] == {"wrong": {office.ids["clerk"]: 1}, "is_lost": True}
    with signed_in(office.folder, "clerk") as store:
        assert store.remarks == ()


def test_a_clock_that_was_set_back_makes_nobody_wait_for_ever(office: Founded) -> None:
    for _ in range(4):
        refused(office.folder, "clerk", "x", 3600 * 24 * 365 if _ == 3 else 0)
    assert refused(office.folder, "clerk", CLERK).wait <= 60


def test_signing_in_loads_no_sqlalchemy() -> None:
    statement = (
        "import sys, desktop_app.store.sign_in; "
        "print([name for name in ('sqlalchemy', 'sqlite3', 'alembic') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", statement], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
    statement = "import sys, desktop_app.store.slots; print('nacl' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", statement], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"


# Founding


@pytest.mark.parametrize(
    ("login", "name", "password", "told"),
    [("", "样例", ADMIN, "都要填写"), ("a", " ", ADMIN, "都要填写"), ("a", "样例", "12345", "密码")],
)
def test_what_is_missing_at_the_founding_is_said_and_leaves_nothing(
    tmp_path: Path, login: str, name: str, password: str, told: str
) -> None:
    with pytest.raises(StoreFault, match=told):
        found_office(tmp_path, login, name, frozenset(), password, NOW, CHEAP)
    assert {file.name for file in tmp_path.iterdir()} <= {place.LOCK_NAME}
    assert needs_founding(tmp_path)


def test_an_office_is_founded_once(office: Founded) -> None:
    assert not needs_founding(office.folder)
    with pytest.raises(StoreFault, match="已经登记了人员"):
        found_office(office.folder, "thief", "样例", frozenset(), ADMIN, NOW, CHEAP)


@pytest.mark.parametrize("revision", ["0001", "0003"])
def test_a_store_of_the_last_release_is_taken_over_with_all_its_copies(tmp_path: Path, revision: str) -> None:
    folder = tmp_path / "store"
    folder.mkdir()
    for name in ("store.db", "store.key"):
        (folder / name).write_bytes((RELEASED / revision / name).read_bytes())
    said = json.loads((RELEASED / revision / "said.json").read_text(encoding="utf-8"))
    (folder / place.COPIES).mkdir()
    shutil.copy(folder / place.STORE_NAME, folder / place.COPIES / "store-0001-2018-01-01.db")
    old = place.read_key(folder)
    assert needs_founding(folder)
    found_office(folder, "admin", "样例管理员", frozenset(), ADMIN, NOW, CHEAP)
    assert not (folder / place.KEY_NAME).exists()
    assert not place.opens(folder, old)
    with signed_in(folder, "admin") as store:
        assert store.remarks == ()
        assert {"upgrade", "found_office", "take_over"} <= set(acts(store))
        # The backup that was made before the upgrade opens with the old key alone, which the store remembers.
        assert [each["old_key"] for each in payloads(store, "take_over")] == [old]
        copies = [file.name for file in (folder / place.COPIES).iterdir()]
        assert len(copies) == 1
        assert place.opens(folder / place.COPIES, store.key, copies[0])
        assert not place.opens(folder / place.COPIES, old, copies[0])
        page = first_page(folder, 10, store.key)
    assert page is not None
    assert [row.name for row in page.rows] == said["names"]


# Users


def test_a_user_is_added_changed_and_reset(office: Founded) -> None:
    with signed_in(office.folder, "admin") as store:
        new = add_user(store, "new", "样例丙", frozenset(("head",)), NEW, NOW)
        change_user(store, new, NOW, frozenset(("head", "auditor")), "样例丁")
        reset_user(store, office.ids["clerk"], NEW, NOW)
    with signed_in(office.folder, "new", NEW) as store, reading(store) as session:
        assert people.actor(session) == (new, "样例丁", {"head", "auditor"})
        assert verify_chain(session) == ()
    with signed_in(office.folder, "clerk", NEW) as store, reading(store) as session:
        assert people.actor(session).roles == {"clerk"}
    assert str(refused(office.folder, "clerk", CLERK)) == faults.WRONG_PASSWORD
    assert len(read_slots(office.folder).users[office.ids["clerk"]]) == 1


def test_what_is_refused_changes_no_file(office: Founded) -> None:
    before = {name: (office.folder / name).read_bytes() for name in place.SLOTS_NAMES}
    with signed_in(office.folder, "clerk") as store:
        for act in (
            lambda: add_user(store, "new", "样例丙", frozenset(("reviewer",)), NEW, NOW),
            lambda: change_user(store, office.ids["clerk"], NOW, frozenset(("reviewer",))),
            lambda: reset_user(store, office.ids["reviewer"], NEW, NOW),
            lambda: remove_user(store, office.ids["reviewer"], NOW),
            lambda: new_recovery(store, NOW),
        ):
            with pytest.raises(StoreFault, match="人员由管理员管理"):
                act()
        with pytest.raises(StoreFault, match="密码"):
            change_password(store, CLERK, "clerk-1", NOW)
        with pytest.raises(NotSignedIn):
            change_password(store, REVIEWER, NEW, NOW)
        assert len(acts(store)) == 5
    with signed_in(office.folder, "admin") as store:
        for login, password, told in (("clerk", NEW, "已经有人"), ("new", "abc", "密码")):
            with pytest.raises(StoreFault, match=told):
                add_user(store, login, "样例丙", frozenset(), password, NOW)
    assert {name: (office.folder / name).read_bytes() for name in place.SLOTS_NAMES} == before


def test_a_password_is_changed_by_its_owner(office: Founded) -> None:
    with signed_in(office.folder, "clerk") as store:
        change_password(store, CLERK, NEW, NOW)
        assert acts(store)[-1] == "change_password"
    refused(office.folder, "clerk", CLERK)
    with signed_in(office.folder, "clerk", NEW) as store:
        assert store.remarks == ()


def test_who_is_removed_has_neither_slot_nor_key(office: Founded) -> None:
    kept = {name: (office.folder / name).read_bytes() for name in place.SLOTS_NAMES}
    with signed_in(office.folder, "clerk") as store:
        old = store.key
        assert store.signed_in is not None
        before = store.signed_in
    with signed_in(office.folder, "admin") as store:
        claim = store.claim
        again = remove_user(store, office.ids["clerk"], NOW)
        assert again.claim is claim
        assert again.remarks == (OLD_BACKUPS,)
        assert acts(again)[-2:] == ["remove_user", "change_key"]
        assert again.key != old
        again.engine.dispose()
    refused(office.folder, "clerk", CLERK)
    assert office.ids["clerk"] not in read_slots(office.folder).users
    assert not place.opens(office.folder, old)
    with pytest.raises(StoreFault):
        open_store(office.folder, NOW, None, before)
    # With the slots from before the removal.
    for name, content in kept.items():
        (office.folder / name).write_bytes(content)
    for login in ("clerk", "admin"):
        with pytest.raises(StoreFault, match=faults.KEY_OR_FILE_WRONG):
            sign_in(office.folder, login, PASSWORDS[login], NOW)


def test_a_forgotten_password_is_no_loss_with_the_sheet(office: Founded) -> None:
    with signed_in(office.folder, "clerk") as store:
        old = store.key
        taken_in(store, 2)
    found, seed = use_recovery(
        office.folder, keys.seed_of_sheet(keys.sheet_text(office.seed)), "Admin", NEW, NOW
    )
    assert found.root == office.root
    assert found.key != old
    refused(office.folder, "admin", ADMIN)
    with signed_in(office.folder, "admin", NEW) as store:
        assert store.remarks == ()
        assert acts(store)[-3:] == ["use_recovery", "change_key", "sign_in"]
        add_user(store, "new", "样例丙", frozenset(("head",)), NEW, NOW)
    with signed_in(office.folder, "clerk"):
        pass
    with pytest.raises(StoreFault, match=VOID_SHEET):
        use_recovery(office.folder, office.seed, "admin", ADMIN, NOW)
    use_recovery(office.folder, seed, "clerk", ADMIN, NOW)
    with signed_in(office.folder, "clerk", ADMIN) as store, reading(store) as session:
        assert verify_chain(session) == ()


def test_a_sheet_helps_nobody_who_is_no_user(office: Founded) -> None:
    before = {file.name: file.read_bytes() for file in office.folder.glob("store.slots*")}
    for seed, login, password, told in (
        (bytes(32), "admin", NEW, VOID_SHEET),
        (office.seed, "nobody", NEW, "没有这个登录名"),
        (office.seed, "admin", "12345", "密码"),
    ):
        with pytest.raises(StoreFault, match=told):
            use_recovery(office.folder, seed, login, password, NOW)
    assert {file.name: file.read_bytes() for file in office.folder.glob("store.slots*")} == before


def test_a_new_sheet_makes_the_old_one_void(office: Founded) -> None:
    with signed_in(office.folder, "admin") as store:
        old = store.key
        again, seed = new_recovery(store, NOW)
        assert again.key != old
        again.engine.dispose()
    with pytest.raises(StoreFault, match=VOID_SHEET):
        use_recovery(office.folder, office.seed, "admin", NEW, NOW)
    use_recovery(office.folder, seed, "admin", NEW, NOW)


def test_a_store_with_a_reader_keeps_its_key_and_says_so(office: Founded) -> None:
    with signed_in(office.folder, "admin") as store:
        old = store.key
        with reading(store) as session:
            session.execute(select(tables.user)).all()
            again = remove_user(store, office.ids["clerk"], NOW)
            assert again.remarks == (faults.BUSY, OLD_BACKUPS)
            assert again.key == old
        again.engine.dispose()
        store.engine.dispose()
    refused(office.folder, "clerk", "x")
    with signed_in(office.folder, "admin") as store:
        assert store.key != old
        assert acts(store)[-2:] == ["change_key", "sign_in"]
    assert office.ids["clerk"] not in read_slots(office.folder).users


def test_the_lock_holds_the_store_that_took_the_place(office: Founded) -> None:
    with signed_in(office.folder, "admin") as store:
        again = remove_user(store, office.ids["clerk"], NOW)
        assert again.claim.store is not None
        assert os.path.samestat(os.fstat(again.claim.store), again.path.stat())
        (office.folder / place.LOCK_NAME).unlink()
        with pytest.raises(StoreFault, match=faults.ALREADY_OPEN):
            place.hold(office.folder)
        again.engine.dispose()


def test_the_other_store_is_none_of_its_users(office: Founded, tmp_path: Path) -> None:
    with opened(tmp_path / "other"):
        pass
    for name in place.SLOTS_NAMES:
        (tmp_path / "other" / name).write_bytes((office.folder / name).read_bytes())
    with pytest.raises(StoreFault, match=faults.KEY_OR_FILE_WRONG):
        sign_in(tmp_path / "other", "admin", ADMIN, NOW)
