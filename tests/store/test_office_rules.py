"""What an office sets: by an administrator alone, signed where it decides who may what, in force before signing in."""

from datetime import timedelta
from pathlib import Path

import pytest

from desktop_app import protection
from desktop_app.store import faults, jobs, place
from desktop_app.store.chain import append_event
from desktop_app.store.confirming import PASSWORD_AGAIN
from desktop_app.store.faults import StoreFault
from desktop_app.store.opening import Store, reading, writing
from desktop_app.store.records import Json
from desktop_app.store.settings import NOT_ADMINISTRATOR, set_settings, settings
from desktop_app.store.sign_in import NotSignedIn, sign_in
from desktop_app.store.slots import read_slots, write_slots
from desktop_app.store.users import add_user, change_password
from desktop_app.store.verify import verify_chain
from tests.support.founded import ADMIN, CLERK, NEW, Founded, copied, found_once, signed_in
from tests.support.stores import NOW

CONFIRM = "policy.reviewer_may_confirm"


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    return found_once(tmp_path_factory)


@pytest.fixture
def office(founded: Founded, tmp_path: Path) -> Founded:
    return copied(founded, tmp_path / "store")


def keep(store: Store, values: dict[str, Json]) -> None:
    with writing(store) as session:
        jobs.set_settings(session, values, NOW)


def found_by_verify(store: Store) -> list[str]:
    with reading(store) as session:
        return [fault.message for fault in verify_chain(session)]


@pytest.mark.parametrize(
    "key", ["region", "office.name", "protection", CONFIRM, PASSWORD_AGAIN, "policy.amounts", "typing.twice"]
)
def test_the_offices_settings_are_an_administrators(office: Founded, key: str) -> None:
    for login in ("clerk", "reviewer"):
        with signed_in(office.folder, login) as store:
            with pytest.raises(StoreFault, match=NOT_ADMINISTRATOR):
                keep(store, {"window.name": "1号窗口", key: "level_2"})
            # The function behind it asks no less, whoever is named.
            with pytest.raises(StoreFault, match=NOT_ADMINISTRATOR), writing(store) as session:
                set_settings(session, {key: "level_2"}, office.ids["admin"], NOW)
            with reading(store) as session:
                assert settings(session) == {}
    assert read_slots(office.folder).profile == protection.DEFAULT
    with signed_in(office.folder, "admin") as store:
        keep(store, {key: "level_2"})
        assert found_by_verify(store) == []


def test_how_a_window_looks_and_prints_is_anybodys(office: Founded) -> None:
    own: dict[str, Json] = {"window.name": "1号窗口", "paper.zoom": 1.5, "printer": "样例打印机"}
    with signed_in(office.folder, "clerk") as store:
        keep(store, own)
        with reading(store) as session:
            assert settings(session) == own
        assert found_by_verify(store) == []


@pytest.mark.parametrize("key", ["protection", CONFIRM, PASSWORD_AGAIN])
def test_what_decides_who_may_do_what_is_found_where_no_administrator_signed_it(
    office: Founded, key: str
) -> None:
    with signed_in(office.folder, "admin") as store:
        keep(store, {key: "level_3"})
        with writing(store) as session:
            # Changed by SQL alone.
            session.connection().exec_driver_sql(
                "UPDATE setting SET value = '\"level_2\"' WHERE key = ?", (key,)
            )
        assert len(found_by_verify(store)) == 1
        with writing(store) as session:
            # With an event that fits, by the store's key but without an administrator's.
            append_event(session, "set", office.ids["admin"], NOW, {"settings": {key: "level_2"}})
        assert ["没有签名" in message for message in found_by_verify(store)] == [True]


def test_a_clerk_who_signs_for_a_rule_is_found(office: Founded) -> None:
    with signed_in(office.folder, "clerk") as store:
        with writing(store) as session:
            session.connection().exec_driver_sql(
                "INSERT INTO setting (scope, key, value) VALUES ('', ?, 'true')", (CONFIRM,)
            )
            signer = session.info["signer"]
            payload: dict[str, Json] = {"settings": {CONFIRM: True}}
            append_event(session, "set", signer.user_id, NOW, payload, signer=signer.secrets)
        assert any("不是签名的人可以办理的" in message for message in found_by_verify(store))


def wrong(office: Founded, seconds: float) -> NotSignedIn:
    with pytest.raises(NotSignedIn) as told:
        sign_in(office.folder, "clerk", "x", NOW + timedelta(seconds=seconds))
    return told.value


def test_five_wrong_passwords_lock_a_person_out_by_the_profile_and_it_is_said_with_minutes(
    office: Founded,
) -> None:
    with signed_in(office.folder, "admin") as store:
        keep(store, {"protection": "level_3"})
    rules = protection.profile("level_3")
    at = 0.0
    for number in range(1, rules.tries + 1):
        told = wrong(office, at)
        assert (str(told) == faults.WRONG_PASSWORD) is (number < rules.tries)
        at += told.wait
    assert told.wait == rules.locked_minutes * 60
    assert str(told) == "密码连续输错 5 次，已锁定，请等 30 分钟后再登录。"
    # The right password is not taken before it is over, and is then.
    with pytest.raises(NotSignedIn, match="请等 1 分钟后再登录"):
        sign_in(office.folder, "clerk", CLERK, NOW + timedelta(seconds=at - 30))
    with signed_in(office.folder, "clerk", now=NOW + timedelta(seconds=at)) as store:
        assert store.remarks == ()
    assert str(wrong(office, at)) == faults.WRONG_PASSWORD


def test_new_passwords_are_held_to_the_profile_of_the_office(office: Founded) -> None:
    with signed_in(office.folder, "admin") as store:
        keep(store, {"protection": "level_2"})
        with pytest.raises(StoreFault, match="至少 3 类"):
            change_password(store, ADMIN, "abcdefghijklmnopq", NOW)
        with pytest.raises(StoreFault, match="至少 3 类"):
            add_user(store, "new", "样例丁", frozenset(("head",)), "qponmlkjihgfedcba", NOW)
        change_password(store, ADMIN, f"Aa1{NEW}", NOW)


def test_a_profile_that_somebody_changed_in_the_slots_is_mended_and_said(office: Founded) -> None:
    with signed_in(office.folder, "admin") as store:
        keep(store, {"protection": "level_3"})
    write_slots(office.folder, read_slots(office.folder)._replace(profile="asvs"))
    with signed_in(office.folder, "clerk") as store:
        assert store.remarks == (faults.RULES_MENDED,)
    assert read_slots(office.folder).profile == "level_3"
    with signed_in(office.folder, "clerk") as store:
        assert store.remarks == ()


def test_a_profile_is_set_in_the_store_and_the_slots_or_in_neither(
    office: Founded, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(file: Path, content: bytes) -> None:
        raise StoreFault(faults.DISK_FULL)

    with signed_in(office.folder, "admin") as store:
        with monkeypatch.context() as patch:
            patch.setattr(place, "replace_file", full)
            with pytest.raises(StoreFault, match=faults.DISK_FULL):
                keep(store, {"protection": "level_3"})
        with reading(store) as session:
            assert settings(session) == {}
    assert read_slots(office.folder).profile == protection.DEFAULT
