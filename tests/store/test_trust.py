"""Spoiled, swapped and old slots: each is told in one sentence, or the other file of the two opens as before."""

import json
import os
import random
import shutil
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from desktop_app.store import faults, place
from desktop_app.store.faults import StoreFault
from desktop_app.store.opening import close_store, open_store
from desktop_app.store.sign_in import NotSignedIn, sign_in
from desktop_app.store.slots import read_slots, read_tries, write_slots
from desktop_app.store.users import remove_user
from tests.support.founded import ADMIN, CLERK, Founded, copied, found_once, signed_in
from tests.support.stores import NOW

FLIPS = 200


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    return found_once(tmp_path_factory)


@pytest.fixture
def office(founded: Founded, tmp_path: Path) -> Founded:
    return copied(founded, tmp_path / "store")


def spoiled(content: bytes) -> list[bytes]:
    """Single bits that went wrong, and files that were cut."""
    chance = random.Random(7)
    places = [chance.randrange(len(content) * 8) for _ in range(FLIPS)]
    flips = [
        content[: at // 8] + bytes([content[at // 8] ^ 1 << at % 8]) + content[at // 8 + 1 :] for at in places
    ]
    return flips + [content[: chance.randrange(len(content))] for _ in range(20)] + [b""]


@pytest.mark.parametrize("name", place.SLOTS_NAMES)
def test_slots_that_went_wrong_are_mended_from_the_other_file(office: Founded, name: str) -> None:
    whole = (office.folder / name).read_bytes()
    for content in spoiled(whole):
        (office.folder / name).write_bytes(content)
        assert set(read_slots(office.folder).users) == set(office.ids.values())
        assert (office.folder / name).read_bytes() == whole
    (office.folder / name).unlink()
    assert sign_in(office.folder, "admin", ADMIN, NOW).root == office.root
    assert (office.folder / name).read_bytes() == whole


def test_slots_that_went_wrong_in_both_files_are_one_sentence(office: Founded) -> None:
    whole = (office.folder / place.SLOTS_NAMES[0]).read_bytes()
    for content in spoiled(whole):
        for name in place.SLOTS_NAMES:
            (office.folder / name).write_bytes(content)
        with pytest.raises(StoreFault, match=faults.SLOTS_DAMAGED if content else "不见了"):
            sign_in(office.folder, "admin", ADMIN, NOW)
        assert {(office.folder / name).read_bytes() for name in place.SLOTS_NAMES} == {content}


def test_a_count_that_went_wrong_is_a_count_that_was_lost(office: Founded) -> None:
    with pytest.raises(NotSignedIn):
        sign_in(office.folder, "clerk", ADMIN, NOW)
    file = office.folder / place.TRIES_NAME
    for content in spoiled(file.read_bytes()):
        file.write_bytes(content)
        assert read_tries(office.folder) == ({}, True)


def changed(office: Founded, change) -> None:
    """Someone who knows how the file is made changes it, and writes the right sum below."""
    line = (office.folder / place.SLOTS_NAMES[0]).read_bytes().partition(b"\n")[0]
    said = json.loads(line)
    change(said)
    new = json.dumps(said).encode()
    for name in place.SLOTS_NAMES:
        (office.folder / name).write_bytes(new + b"\n" + sha256(new).hexdigest().encode() + b"\n")


CHANGES = {
    "the slots of two users swapped": lambda said, admin, clerk: said["users"].update(
        {admin: said["users"][clerk], clerk: said["users"][admin]}
    ),
    "the own slot in the place of another": lambda said, admin, clerk: said["users"].update(
        {admin: [{**said["users"][clerk][0], "login": "admin"}]}
    ),
    "the own box in the place of another": lambda said, admin, clerk: said["users"][admin][0].update(
        {key: said["users"][clerk][0][key] for key in ("box", "salt")}
    ),
    "another store's": lambda said, _admin, _clerk: said.update(store="another"),
    "less to try": lambda said, admin, _clerk: said["users"][admin][0].update(passes=2),
    "an empty box": lambda said, admin, _clerk: said["users"][admin][0].update(box=""),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_slot_opens_for_its_owner_in_its_store_alone(office: Founded, change) -> None:
    changed(office, lambda said: change(said, office.ids["admin"], office.ids["clerk"]))
    for login, password in (("admin", ADMIN), ("admin", CLERK)):
        with pytest.raises(NotSignedIn, match=faults.WRONG_PASSWORD):
            sign_in(office.folder, login, password, NOW)


OF_THE_KEY = {
    "a key of another": lambda said, admin, clerk: said["users"][clerk][0].update(
        sealed=said["users"][admin][0]["sealed"]
    ),
    "no key": lambda said, _admin, clerk: said["users"][clerk][0].update(sealed={}),
    "a key of the sheet": lambda said, _admin, clerk: said["users"][clerk][0].update(
        sealed=said["sheets"][0]["sealed"]
    ),
}


@pytest.mark.parametrize("change", OF_THE_KEY.values(), ids=OF_THE_KEY)
def test_a_key_that_is_sealed_to_another_opens_nothing(office: Founded, change) -> None:
    changed(office, lambda said: change(said, office.ids["admin"], office.ids["clerk"]))
    with pytest.raises(StoreFault, match=faults.KEY_OR_FILE_WRONG):
        sign_in(office.folder, "clerk", CLERK, NOW)


@pytest.mark.parametrize("ask", [{"passes": 10**9}, {"memory_kib": 2**40}, {"passes": 0}, {"passes": "x"}])
def test_slots_that_would_hang_the_computer_are_none(office: Founded, ask: dict[str, object]) -> None:
    changed(office, lambda said: said["users"][office.ids["admin"]][0].update(ask))
    with pytest.raises(StoreFault, match=faults.SLOTS_DAMAGED):
        sign_in(office.folder, "admin", ADMIN, NOW)


def test_an_older_copy_of_everything_is_told(office: Founded, tmp_path: Path) -> None:
    old = shutil.copytree(office.folder, tmp_path / "old")
    with signed_in(office.folder, "admin") as store:
        close_store(remove_user(store, office.ids["clerk"], NOW))
    # The removed user still has the old folder, and the old password opens that: it is told, and recorded.
    with signed_in(old, "clerk") as store:
        assert faults.PUT_BACK in store.remarks or faults.REWRITTEN in store.remarks
    # The old slots beside the new store open nothing, nor do the new slots the old store.
    for name in place.SLOTS_NAMES:
        os.replace(old / name, office.folder / name)
    with pytest.raises(StoreFault, match=faults.KEY_OR_FILE_WRONG):
        sign_in(office.folder, "clerk", CLERK, NOW)


def test_slots_of_a_user_who_is_in_no_row_go_at_the_next_opening(office: Founded) -> None:
    slots = read_slots(office.folder)
    ghost = slots.users[office.ids["clerk"]]
    write_slots(office.folder, slots._replace(users={**slots.users, "ghost": ghost}))
    with signed_in(office.folder, "admin"):
        assert set(read_slots(office.folder).users) == set(office.ids.values())


def test_a_role_in_ones_own_hand_is_of_no_use(office: Founded) -> None:
    """With the key and the own signing key, by the functions below the window."""
    found = sign_in(office.folder, "clerk", CLERK, datetime.now(UTC))
    for forged in (found._replace(user_id=office.ids["admin"]), found._replace(root="0" * 64)):
        store = open_store(office.folder, NOW, None, forged)
        told = store.remarks
        close_store(store)
        assert (told and "联系" in told[0]) or "移除" in told[0]
