"""Changing the key of a store: a verified copy under the new key takes its place.

Until it has, both keys stand in the slots. Wherever it is stopped, one of the two in a person's slot opens the store,
and the next good sign-in finishes or undoes the rest. It runs where nobody has the store open; no SQLAlchemy.
"""

import os
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from desktop_app.store import faults, place
from desktop_app.store.faults import StoreFault
from desktop_app.store.keys import NotOpened, Publics, new_key, publics, seal_to, unseal
from desktop_app.store.slots import Sheet, Slot, Slots, read_slots, write_slots
from desktop_app.store.trust import RECOVERY, SignedIn, Trust, UserRow, trusted

NEW_STORE: Final = place.STORE_NAME + place.UNFINISHED
_ROWS: Final = f'SELECT {", ".join(UserRow._fields)} FROM "user" ORDER BY number'


class Settled(NamedTuple):
    """What settling the slots came to.

    Attributes:
        key: What opens the store.
        is_changed: It is another one than before.
        fault: Why the key that should have been changed is still the old one: one sentence, or empty.
    """

    key: str
    is_changed: bool = False
    fault: str = ""


def rows_of(connection: Any) -> tuple[UserRow, ...]:
    """Return the table of people over a connection without SQLAlchemy."""
    return tuple(map(UserRow._make, connection.execute(_ROWS)))


def read_rows(folder: Path, key: str) -> tuple[UserRow, ...]:
    """Return the table of people of a store.

    Raises:
        StoreFault: It cannot be read.
    """
    try:
        with closing(place.connect(folder, key)) as connection:
            return rows_of(connection)
    except place.Error as error:
        raise StoreFault(faults.sentence(error)) from error


def settle_slots(folder: Path, signed_in: SignedIn) -> Settled:
    """Make the slots what the table of people says, and change the key where somebody has it who shall not.

    What a stopped change has left behind is finished or undone. Slots of who was removed and of a recovery sheet that
    was replaced go together with the key that they open; those of a change that never was committed just go.

    Args:
        folder: Claimed, and without an open connection.
        signed_in: Who has proved to be a user of the store; the key opens it.

    Raises:
        StoreFault: The slots or the store cannot be read, or the slots cannot be written.
    """
    slots = read_slots(folder)
    trust = trusted(read_rows(folder, signed_in.key), signed_in.root)
    if trust.faults:
        # Whom to trust is not certain: nothing is taken away from anybody before a person has looked at it.
        return Settled(signed_in.key)
    _undo_copy(folder)
    number = max(slots.generations, default=1)
    if len(slots.generations) > 1:
        # The newest opens where the copy has taken its place; else the one before, which has been used until now.
        slots, number = _finished(folder, slots, signed_in)
    kept, is_due = _valid(slots, trust)
    if is_due:
        try:
            return Settled(_changed(folder, signed_in.key, number, slots, kept, trust), is_changed=True)
        except StoreFault as fault:
            return Settled(signed_in.key, fault=str(fault))
    if kept != slots:
        write_slots(folder, kept)
    return Settled(signed_in.key)


def _valid(slots: Slots, trust: Trust) -> tuple[Slots, bool]:
    """Return the slots of who can sign in, and whether the key has to be changed for those of somebody else."""
    people, everybody, recovery = trust.people, trust.everybody, trust.recovery
    users = {
        user: tuple(slot for slot in each if user in people and slot.public == people[user].publics.sign)
        for user, each in slots.users.items()
    }
    sheets = tuple(sheet for sheet in slots.sheets if recovery and sheet.public == recovery.sign)
    ever = {person.publics.sign for person in trust.by_row.values() if person.id == RECOVERY}
    is_due = any(user in everybody and everybody[user].is_removed for user in slots.users) or any(
        sheet.public in ever and sheet not in sheets for sheet in slots.sheets
    )
    left = MappingProxyType({user: each for user, each in users.items() if each})
    return slots._replace(users=left, sheets=sheets), is_due


def _changed(folder: Path, key: str, number: int, before: Slots, slots: Slots, trust: Trust) -> str:
    """Copy the store under a new key, put the copy in its place, and leave the new key alone in the slots.

    Raises:
        StoreFault: The store has the old key, and the slots are as before.
    """
    new = new_key()
    copy_store(folder, key, new)
    both = sealed_slots(slots, number + 1, new, trust)
    try:
        write_slots(folder, both)
        assert_closed(folder)
        place.rename(folder / NEW_STORE, place.STORE_NAME)
    except BaseException:
        with suppress(StoreFault):
            if not place.opens(folder, new):
                _undo_copy(folder)
                write_slots(folder, before)
        raise
    # From here on the new key is the store's; what cannot be done now is done by the next who signs in.
    with suppress(StoreFault):
        change_copies(folder, key, new)
        write_slots(folder, only_generation(both, number + 1))
    return new


def _finished(folder: Path, slots: Slots, signed_in: SignedIn) -> tuple[Slots, int]:
    """Return the slots with the one generation that opens the store; its copies are brought to that key."""
    mine = publics(signed_in.secrets).sign
    own = [each.sealed for each in slots.users.get(signed_in.user_id, ()) if each.public == mine]
    own += [each.sealed for each in slots.sheets if each.public == mine]
    found, others = 0, []
    for sealed in own:
        for number, box in sealed.items():
            with suppress(NotOpened, ValueError):
                key = unseal(signed_in.secrets, box).decode("ascii")
                if key == signed_in.key:
                    found = number
                else:
                    others.append(key)
    for key in others:
        change_copies(folder, key, signed_in.key)
    left = only_generation(slots, found) if found else slots
    write_slots(folder, left)
    return left, found


def sealed_slots(slots: Slots, number: int, key: str, trust: Trust) -> Slots:
    """Return slots with a key sealed to everybody who can sign in and to the recovery sheet, beside those before.

    It is sealed to the public halves that an administrator has signed for, never to what the slots say.
    """
    data = key.encode("ascii")
    people = trust.people

    def with_key(sealed: Mapping[int, bytes], to: Publics) -> Mapping[int, bytes]:
        return MappingProxyType({**sealed, number: seal_to(to.seal, data)})

    users = {
        user: tuple(slot._replace(sealed=with_key(slot.sealed, people[user].publics)) for slot in each)
        for user, each in slots.users.items()
    }
    sheets = tuple(
        sheet._replace(sealed=with_key(sheet.sealed, trust.recovery))
        for sheet in slots.sheets
        if trust.recovery
    )
    return slots._replace(users=MappingProxyType(users), sheets=sheets)


def only_generation(slots: Slots, number: int) -> Slots:
    """Return slots with one generation of the key alone."""

    def left(each: Slot | Sheet) -> Mapping[int, bytes]:
        return MappingProxyType({key: box for key, box in each.sealed.items() if key == number})

    users = {
        user: tuple(slot._replace(sealed=left(slot)) for slot in each) for user, each in slots.users.items()
    }
    sheets = tuple(sheet._replace(sealed=left(sheet)) for sheet in slots.sheets)
    return slots._replace(users=MappingProxyType(users), sheets=sheets)


# Copies under another key


def copy_store(folder: Path, key: str, new: str, name: str = place.STORE_NAME, to: str = NEW_STORE) -> None:
    """Copy a store that nobody has open under another key, verify the copy, and bring it to the disk.

    Raises:
        StoreFault: It could not be copied whole; nothing is left of it.
    """
    try:
        remove_store(folder / to)
        place.make_file(folder / to, b"")
        with (
            closing(place.connect(folder, key, name)) as old,
            closing(place.connect(folder, new, to)) as copy,
        ):
            old.backup(copy)
            counted = [_count(each) for each in (old, copy)]
        if counted[0] != counted[1]:
            raise StoreFault(faults.DAMAGED)
        with closing(place.connect(folder, new, to)) as copy:
            if copy.execute("PRAGMA cipher_integrity_check").fetchall():
                raise StoreFault(faults.DISK_FAILED)
            if copy.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
                raise StoreFault(faults.DAMAGED)
        assert_closed(folder, to)
        descriptor = os.open(folder / to, os.O_RDWR)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except BaseException as error:
        with suppress(OSError):
            remove_store(folder / to)
        if isinstance(error, place.Error | OSError):
            raise StoreFault(faults.sentence(error)) from error
        raise


def assert_closed(folder: Path, name: str = place.STORE_NAME) -> None:
    """Go on only where everything of a store is in its file: a log that is left would be taken for another file's.

    Raises:
        StoreFault: Somebody still has it open.
    """
    log = folder / (name + "-wal")
    if log.exists() and log.stat().st_size:
        raise StoreFault(faults.BUSY)
    with suppress(OSError):
        log.unlink(missing_ok=True)
        (folder / (name + "-shm")).unlink(missing_ok=True)


def change_copies(folder: Path, key: str, new: str) -> None:
    """Bring the copies that upgrades have kept to another key, those that open with the old one."""
    copies = folder / place.COPIES
    for file in sorted(copies.glob("store-*.db")):
        # A copy that is damaged, or for which there is no room, stays as it is.
        with suppress(StoreFault):
            if place.opens(copies, key, file.name):
                unfinished = file.name + place.UNFINISHED
                copy_store(copies, key, new, file.name, unfinished)
                assert_closed(copies, file.name)
                place.rename(copies / unfinished, file.name)


def _count(connection: Any) -> list[Any]:
    asked = (
        "PRAGMA page_count",
        "SELECT count(*) FROM sqlite_master",
        "SELECT count(*), max(number) FROM event",
    )
    return [connection.execute(each).fetchone() for each in asked]


def _undo_copy(folder: Path) -> None:
    try:
        remove_store(folder / NEW_STORE)
    except OSError as error:
        raise StoreFault(faults.sentence(error)) from None


def remove_store(file: Path) -> None:
    """Remove a store's file with all that SQLite keeps beside it."""
    for name in (file.name, f"{file.name}-wal", f"{file.name}-shm", f"{file.name}-journal"):
        file.with_name(name).unlink(missing_ok=True)
