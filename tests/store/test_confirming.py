"""The password again for a decision: asked where the office wants it, counted as at the sign-in, for one act alone."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop_app import protection
from desktop_app.store import cases
from desktop_app.store.confirming import ASKED, PASSWORD_AGAIN, confirm
from desktop_app.store.opening import Store, reading, writing
from desktop_app.store.perform import Done, Refused, perform
from desktop_app.store.records import Json
from desktop_app.store.settings import set_settings
from desktop_app.store.sign_in import NotSignedIn, sign_in
from desktop_app.store.slots import read_tries
from desktop_app.store.verify import verify_chain
from tests.support.founded import CLERK, REVIEWER, Founded, copied, found_once, signed_in
from tests.support.office import NOW, OFFICE, application

CHECKS = (("insurance", "passed"), ("certificate", "genuine"))


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    return found_once(tmp_path_factory)


@pytest.fixture
def office(founded: Founded, tmp_path: Path) -> Founded:
    return copied(founded, tmp_path / "store")


def wanted(office: Founded, **more: Json) -> None:
    with signed_in(office.folder, "admin") as store, writing(store) as session:
        set_settings(session, {PASSWORD_AGAIN: True, **more}, "", NOW)


def act(store: Store, act_id: str, case_id: str, password: str | None = None, **given: object) -> Done:
    with writing(store) as session:
        if password is not None:
            confirm(session, password, given.pop("now", NOW))  # type: ignore[arg-type]
        revision = cases.load_case(session, case_id).revision
        return perform(session, act_id, case_id, revision, given, NOW)


def waiting(office: Founded, id_number: str = "220104199108200139") -> str:
    """Return an application that waits for its review."""
    with signed_in(office.folder, "clerk") as store:
        with writing(store) as session:
            case = application(answers={"applicant.id_number": id_number})
            case_id = cases.create_case(session, case, OFFICE, office.ids["clerk"], NOW)
        act(store, "finish", case_id)
        act(store, "accept", case_id, received_on=NOW.date(), materials="all")
        for check, result in CHECKS:
            act(store, "record_check", case_id, check=check, result=result)
    return case_id


def refused(store: Store, case_id: str, password: str, now: datetime = NOW) -> NotSignedIn:
    with pytest.raises(NotSignedIn) as told:
        act(store, "approve", case_id, password, now=now)
    with reading(store) as session:
        assert cases.load_case(session, case_id).state == "awaiting_review"
    return told.value


def test_an_office_that_does_not_want_it_asks_for_none(office: Founded) -> None:
    case_id = waiting(office)
    with signed_in(office.folder, "reviewer") as store:
        assert act(store, "approve", case_id).state == "awaiting_publicity"


def test_a_decision_waits_for_the_password_and_takes_it_once(office: Founded) -> None:
    wanted(office)
    first, second = waiting(office), waiting(office, "220104199108200331")  # a clerk is asked for none
    with signed_in(office.folder, "reviewer") as store:
        with pytest.raises(Refused) as told:
            act(store, "approve", first)
        assert told.value.sentences == (ASKED,)
        assert act(store, "approve", first, REVIEWER).state == "awaiting_publicity"
        # What was confirmed for one decision says nothing of the next.
        with pytest.raises(Refused, match="再输一次密码"):
            act(store, "refuse", second, reason="不符合条件")
        with reading(store) as session:
            assert verify_chain(session) == ()


def test_wrong_passwords_are_counted_told_and_slow_down_as_at_the_sign_in(office: Founded) -> None:
    wanted(office)
    case_id = waiting(office)
    own = office.ids["reviewer"]
    with signed_in(office.folder, "reviewer") as store:
        assert [str(refused(store, case_id, each)) for each in ("x", CLERK)] == ["密码不对，请重新输入。"] * 2
        assert refused(store, case_id, "y").wait == 1
        assert "请等" in str(refused(store, case_id, REVIEWER))
        assert read_tries(office.folder).counts[own].wrong == 3
        # The same count keeps the person from signing in elsewhere.
        with pytest.raises(NotSignedIn, match="请等"):
            sign_in(office.folder, "reviewer", REVIEWER, NOW)
        later = NOW + timedelta(seconds=2)
        assert act(store, "approve", case_id, REVIEWER, now=later).state == "awaiting_publicity"
        assert own not in read_tries(office.folder).counts
        with reading(store) as session:
            assert verify_chain(session) == ()


def test_the_profile_that_locks_out_locks_out_here_too(office: Founded) -> None:
    wanted(office, protection="level_3")
    case_id = waiting(office)
    rules, at = protection.profile("level_3"), NOW
    with signed_in(office.folder, "reviewer") as store:
        for _ in range(rules.tries):
            told = refused(store, case_id, "x", at)
            at += timedelta(seconds=told.wait)
        assert (
            str(told) == f"密码连续输错 {rules.tries} 次，已锁定，请等 {rules.locked_minutes} 分钟后再登录。"
        )
