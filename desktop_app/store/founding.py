"""Founding an office: the first administrator, the recovery sheet, and a store that nobody opens without a password.

A store of the last release, whose key lies beside it, is taken over whole under a new key. Either is there when all
of it is, or not at all.
"""

from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from sqlalchemy.orm import Session

from desktop_app import protection
from desktop_app.store import faults, keys, people, place
from desktop_app.store.anchor import Standing, anchor_file, write_anchor
from desktop_app.store.chain import append_event
from desktop_app.store.changing_key import NEW_STORE, assert_closed, change_copies, copy_store, remove_store
from desktop_app.store.faults import StoreFault
from desktop_app.store.ids import new_id
from desktop_app.store.keys import Effort
from desktop_app.store.opening import leave_store, open_store
from desktop_app.store.sign_in import made_sheet, made_slot
from desktop_app.store.slots import Slots, Tries, slots_content, write_slots, write_tries
from desktop_app.store.standing import own_replica, standing
from desktop_app.store.trust import Person, SignedIn
from desktop_app.store.upgrading import clear_unfinished, engine, make_unfinished
from desktop_app.workflow.roles import Role

FOUNDED: str = "这里已经登记了人员，请用登录名和密码登录。"


def needs_founding(folder: Path) -> bool:
    """Say whether nobody can sign in yet: there is no store, or one of the last release.

    Raises:
        StoreFault: A store was finished here, and a part of it is gone.
    """
    return not (place.has_store(folder) and place.has_slots(folder))


def found_office(
    folder: Path,
    login: str,
    name: str,
    roles: frozenset[Role],
    password: str,
    now: datetime,
    effort: Effort | None = None,
    claim: place.Hold | None = None,
) -> tuple[SignedIn, bytes]:
    """Make a store with its first administrator, or take over one of the last release.

    Args:
        folder: Where the store is, or shall be.
        login: Of the first administrator.
        name: Of the first administrator.
        roles: What he or she works as besides.
        password: As chosen.
        now: Aware.
        effort: What a try of a password costs; measured on this computer if None.
        claim: The caller's own `place.hold(folder)`; taken here, and given back, if None.

    Returns:
        The first administrator, signed in, and the 32 bytes of the recovery sheet, which stand nowhere else.

    Raises:
        StoreFault: It could not be finished; what was there is as it was.
    """
    held = claim or place.hold(folder)
    try:
        return _founded(folder, login, name, roles, password, now, effort or keys.calibrated(), held)
    finally:
        if claim is None:
            place.release(held)


def _founded(
    folder: Path,
    login: str,
    name: str,
    roles: frozenset[Role],
    password: str,
    now: datetime,
    effort: Effort,
    held: place.Hold,
) -> tuple[SignedIn, bytes]:
    if not needs_founding(folder):
        raise StoreFault(FOUNDED)
    login, name = login.strip(), name.strip()
    told = protection.password_fault(protection.profile(protection.DEFAULT), password, (login, name))
    if told or not login or not name:
        raise StoreFault(told or "登录名和姓名都要填写，请补全。")
    key, seed, secrets = keys.new_key(), keys.new_seed(), keys.new_secrets()
    first = Person(new_id(now), login, name, roles | {"administrator"}, keys.publics(secrets))
    sheet = keys.secrets_of_seed(seed)
    old_key = _made(folder, key, now, held)
    root, stands = _registered(folder, key, first, secrets, keys.publics(sheet), now, old_key=old_key)
    store_id = new_id(now)
    slot = made_slot(store_id, first.id, login, password, secrets, root, effort, 1, key)
    slots = Slots(
        store_id, MappingProxyType({first.id: (slot,)}), (made_sheet(store_id, sheet, root, 1, key),)
    )
    write_tries(folder, Tries({}))
    if old_key:
        write_slots(folder, slots)
        assert_closed(folder)
        place.rename(folder / NEW_STORE, place.STORE_NAME)
        change_copies(folder, old_key, key)
        _forget_key(folder)
    else:
        # Until the slots have their name too, the next start begins again: nobody was told that there is a store.
        begun = folder / (place.SLOTS_NAMES[0] + place.UNFINISHED)
        place.replace_file(begun, slots_content(slots))
        place.rename(folder / NEW_STORE, place.STORE_NAME)
        place.rename(begun, place.SLOTS_NAMES[0])
        write_slots(folder, slots)
    place.hold_store(held, folder)
    # Where it cannot be remembered now, the next opening says so.
    write_anchor(anchor_file(stands.replica_id), stands, is_durable=True)
    return SignedIn(first.id, login, key, secrets, root, store_id), seed


def _made(folder: Path, key: str, now: datetime, held: place.Hold) -> str:
    """Make the store under another name; return the key of the one that it takes over, empty where there is none."""
    if not place.has_store(folder):
        try:
            # What has a store's name and no key at all was never finished.
            remove_store(folder / place.STORE_NAME)
        except OSError as error:
            raise StoreFault(faults.sentence(error)) from None
        clear_unfinished(folder)
        make_unfinished(folder, key, now)
        return ""
    store = open_store(folder, now, held)
    leave_store(store)
    clear_unfinished(folder)
    copy_store(folder, store.key, key)
    return store.key


def _registered(
    folder: Path,
    key: str,
    first: Person,
    secrets: keys.Secrets,
    sheet: keys.Publics,
    now: datetime,
    *,
    old_key: str,
) -> tuple[str, Standing]:
    with engine(folder, key, NEW_STORE).begin() as connection:
        replica_id = own_replica(connection)
        with Session(connection, info={"replica_id": replica_id}) as session:
            root = people.found_office(session, first, secrets, sheet, now)
            if old_key:
                # Backups of the release before open with nothing else.
                append_event(session, "take_over", first.id, now, {"old_key": old_key})
            session.flush()
            stands = standing(session)
    assert_closed(folder, NEW_STORE)
    return root, stands


def _forget_key(folder: Path) -> None:
    try:
        (folder / place.KEY_NAME).unlink()
    except OSError as error:
        raise StoreFault(faults.sentence(error)) from None
