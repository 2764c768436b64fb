"""Signing in: from a login and a password to the keys of a person and of the store, before anything can be read.

Wrong passwords slow down and are counted. No sentence says whether login or password was wrong, and a login that nobody
has costs as much time as one that somebody has. No SQLAlchemy: who waits here waits for argon2id alone.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from desktop_app.store import faults, place
from desktop_app.store.changing_key import change_copies, read_rows
from desktop_app.store.faults import StoreFault
from desktop_app.store.keys import (
    Effort,
    Locked,
    NotOpened,
    Secrets,
    lock,
    publics,
    reopen,
    seal_to,
    shut,
    unlock,
    unseal,
)
from desktop_app.store.slots import (
    NOBODY,
    Sheet,
    Slot,
    Slots,
    Tries,
    read_slots,
    read_tries,
    rules_of,
    write_tries,
)
from desktop_app.store.trust import REMOVED, SignedIn, is_same, trusted


class NotSignedIn(StoreFault):
    """Nobody is signed in.

    Attributes:
        wait: How many seconds the next try has to wait; 0 where it is taken at once.
    """

    def __init__(self, sentence: str, wait: int = 0) -> None:
        super().__init__(sentence)
        self.wait = wait


class OpenedSlot(NamedTuple):
    """What stands in a slot behind its password.

    Attributes:
        secrets: The owner's own keys.
        root: The digest of the first administrator, which the slot vouches for.
    """

    secrets: Secrets
    root: str


def sign_in(folder: Path, login: str, password: str, now: datetime) -> SignedIn:
    """Open a person's own slot and the store's key.

    Args:
        folder: Of the store, claimed by `place.hold`.
        login: As typed.
        password: As typed.
        now: Aware; by it wrong passwords slow down.

    Raises:
        NotSignedIn: Login or password is wrong, or the next try has to wait.
        StoreFault: The slots or the store are gone or cannot be read.
    """
    place.has_store(folder)
    slots = read_slots(folder)
    user_id = slots.user_of(login)
    tries = read_tries(folder)
    refuse_early(slots, tries, user_id, now)
    for slot in slots.users.get(user_id, ()):
        try:
            opened = opened_slot(slots, user_id, slot, password)
        except NotOpened:
            continue
        found = _signed_in(folder, slots, user_id, slot, opened)
        if found is not None:
            _end_take_over(folder, found.key)
            return found
    if user_id == NOBODY:
        _cost_as_much(slots, password)
    raise count_wrong(folder, slots, tries, user_id, now)


def refuse_early(slots: Slots, tries: Tries, user_id: str, now: datetime) -> None:
    """Take no password of a user who has to wait.

    Raises:
        NotSignedIn: The next try has to wait, or the user is locked out for a while.
    """
    rules = rules_of(slots)
    told = tries.refusal(user_id, now, rules)
    if told:
        raise NotSignedIn(told, tries.wait(user_id, now, rules))


def count_wrong(folder: Path, slots: Slots, tries: Tries, user_id: str, now: datetime) -> NotSignedIn:
    """Count a wrong password; return what is told of it."""
    counted = tries.with_wrong(user_id, now)
    write_tries(folder, counted)
    rules = rules_of(slots)
    told = (
        counted.refusal(user_id, now, rules) if counted.is_locked(user_id, rules) else faults.WRONG_PASSWORD
    )
    return NotSignedIn(told, counted.wait(user_id, now, rules))


def _signed_in(folder: Path, slots: Slots, user_id: str, slot: Slot, opened: OpenedSlot) -> SignedIn | None:
    """Return who is signed in; None where the slot is one that another has replaced.

    Raises:
        StoreFault: No key in the slot opens the store, or the person was removed.
    """
    key = fitting_key(folder, opened.secrets, slot.sealed)
    found = SignedIn(user_id, slot.login, key, opened.secrets, opened.root, slots.store_id)
    trust = trusted(read_rows(folder, key), opened.root)
    person = trust.people.get(user_id)
    if person is None:
        raise StoreFault(REMOVED)
    return found if is_same(person, found) else None


def fitting_key(folder: Path, secrets: Secrets, sealed: Mapping[int, bytes]) -> str:
    """Return which of the keys that are sealed to somebody opens the store, the newest first.

    Raises:
        StoreFault: None does.
    """
    for number in sorted(sealed, reverse=True):
        with suppress(NotOpened, ValueError):
            key = unseal(secrets, sealed[number]).decode("ascii")
            if len(bytes.fromhex(key)) == place.KEY_BYTES and place.opens(folder, key):
                return key
    raise StoreFault(faults.KEY_OR_FILE_WRONG)


def _cost_as_much(slots: Slots, password: str) -> None:
    one = next((slot for each in slots.users.values() for slot in each), None)
    if one is not None:
        with suppress(NotOpened):
            _unlocked(one, password, b"")


def _end_take_over(folder: Path, key: str) -> None:
    """Forget the key file of the last release, now that a password opens what it opened."""
    file = folder / place.KEY_NAME
    if not file.exists():
        return
    with suppress(StoreFault):
        change_copies(folder, place.read_key(folder), key)
    try:
        file.unlink()
    except OSError as error:
        raise StoreFault(faults.sentence(error)) from None


# What stands in a slot

_BINDING: Final = "{user_id}|{store_id}"


def made_slot(
    store_id: str,
    user_id: str,
    login: str,
    password: str,
    secrets: Secrets,
    root: str,
    effort: Effort,
    number: int,
    key: str,
) -> Slot:
    """Return a slot in which a person's keys stand behind a password.

    Args:
        store_id: The slot opens in this store alone,
        user_id: and for this user.
        login: As the person types it.
        password: As the person has chosen it.
        secrets: The person's own.
        root: The digest of the first administrator, which the slot vouches for.
        effort: What a try costs.
        number: The generation of the store's key,
        key: and the key.
    """
    said = {
        "seal": secrets.seal.hex(),
        "sign": secrets.sign.hex(),
        "root": root,
        "store": store_id,
        "user": user_id,
    }
    locked = lock(password, json.dumps(said).encode(), _bound(user_id, store_id), effort)
    own = publics(secrets)
    return Slot(
        login,
        own.sign,
        locked.salt,
        effort.passes,
        effort.memory_kib,
        locked.box,
        {number: seal_to(own.seal, key.encode("ascii"))},
    )


def opened_slot(slots: Slots, user_id: str, slot: Slot, password: str) -> OpenedSlot:
    """Return what a slot holds.

    Raises:
        NotOpened: The password is another.
    """
    said = json.loads(_unlocked(slot, password, _bound(user_id, slots.store_id)))
    return OpenedSlot(Secrets(bytes.fromhex(said["seal"]), bytes.fromhex(said["sign"])), str(said["root"]))


def opens_slot(slots: Slots, user_id: str, slot: Slot, password: str) -> bool:
    """Say whether a password is that of a slot."""
    try:
        opened_slot(slots, user_id, slot, password)
    except NotOpened:
        return False
    return True


def _unlocked(slot: Slot, password: str, bound_to: bytes) -> bytes:
    return unlock(Locked(slot.salt, Effort(slot.passes, slot.memory_kib), slot.box), password, bound_to)


def _bound(user_id: str, store_id: str) -> bytes:
    return _BINDING.format(user_id=user_id, store_id=store_id).encode()


def made_sheet(store_id: str, secrets: Secrets, root: str, number: int, key: str) -> Sheet:
    """Return what a recovery sheet opens."""
    own = publics(secrets)
    box = shut(secrets, root.encode("ascii"), _bound("", store_id))
    return Sheet(own.sign, box, {number: seal_to(own.seal, key.encode("ascii"))})


def root_of_sheet(slots: Slots, sheet: Sheet, secrets: Secrets) -> str:
    """Return the digest of the first administrator that a recovery sheet vouches for.

    Raises:
        NotOpened: It is another sheet.
    """
    return reopen(secrets, sheet.box, _bound("", slots.store_id)).decode("ascii")
