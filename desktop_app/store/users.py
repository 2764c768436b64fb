"""What is done to users: a row that somebody signs for, its event, and the slots beside the store, in step.

A new slot stands beside the old one until the row is committed; from then on the row says which of them counts, and the
next opening takes the other away. The functions take the open store, and run outside of any transaction.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from desktop_app import protection
from desktop_app.store import keys, people, place, trust
from desktop_app.store.backup import source_of
from desktop_app.store.chain import append_event
from desktop_app.store.changing_key import read_rows
from desktop_app.store.faults import StoreFault
from desktop_app.store.ids import new_id
from desktop_app.store.keeping import keep_backup
from desktop_app.store.keys import Effort, NotOpened, Secrets
from desktop_app.store.opening import Store, leave_store, open_store, writing
from desktop_app.store.schedule import FOLDER_NAME
from desktop_app.store.sign_in import (
    count_wrong,
    fitting_key,
    made_sheet,
    made_slot,
    opens_slot,
    refuse_early,
    root_of_sheet,
)
from desktop_app.store.slots import Slot, Slots, folded, read_slots, read_tries, rules_of, write_slots
from desktop_app.store.trust import RECOVERY, Person, SignedIn
from desktop_app.workflow.roles import Role

VOID_SHEET = "这张恢复页已经作废或者不是这份资料库的，请找最近打印的恢复页。"

OLD_BACKUPS = "以前做的备份仍能用当时的密码和恢复页打开，请锁好或销毁。"


def add_user(
    store: Store,
    login: str,
    name: str,
    roles: frozenset[Role],
    password: str,
    now: datetime,
    *,
    is_throw_away: bool = False,
) -> str:
    """Register a new user with a first password; return the id.

    Args:
        store: Open, for who signs for it.
        login: Of the new user.
        name: Of the new user.
        roles: What he or she works as.
        password: As chosen.
        now: Aware.
        is_throw_away: The store is gone in a moment, so that any password will do.

    Raises:
        StoreFault: Something stands against it, told in one sentence; nothing has changed.
    """
    signed_in = _signed_in(store)
    login, name = login.strip(), name.strip()
    if not is_throw_away:
        _refuse_weak(read_slots(_folder(store)), password, login, name)
    secrets = keys.new_secrets()
    person = Person(new_id(now), login, name, roles, keys.publics(secrets))
    with writing(store) as session:
        people.add_person(session, person, now)
        slots = read_slots(_folder(store))
        slot = _slot(slots, signed_in, person.id, login, password, secrets)
        write_slots(_folder(store), _with(slots, person.id, (slot,)))
    return person.id


def change_user(
    store: Store, user_id: str, now: datetime, roles: frozenset[Role], name: str | None = None
) -> None:
    """Give a user other roles, and another name where one is given.

    Raises:
        StoreFault: Something stands against it, told in one sentence; nothing has changed.
    """
    _signed_in(store)

    def changed(old: Person) -> Person:
        return old._replace(roles=roles, name=old.name if name is None else name.strip())

    with writing(store) as session:
        people.change_person(session, "change_roles", user_id, changed, now)


def reset_user(store: Store, user_id: str, password: str, now: datetime) -> None:
    """Give a user who has forgotten the password another one, and with it new keys.

    The old public half stays in its row, so that what was signed before goes on to hold.

    Raises:
        StoreFault: Something stands against it, told in one sentence; nothing has changed.
    """
    signed_in, folder = _signed_in(store), _folder(store)
    secrets = keys.new_secrets()
    with writing(store) as session:
        person = people.people(session).get(user_id)
        if person is None:
            raise StoreFault(people.NO_USER)
        _refuse_weak(read_slots(folder), password, person.login, person.name)
        people.change_person(session, "reset_user", user_id, _with_keys(keys.publics(secrets)), now)
        slots = read_slots(folder)
        slot = _slot(slots, signed_in, user_id, person.login, password, secrets)
        write_slots(folder, _with(slots, user_id, (*slots.users.get(user_id, ()), slot)))
    write_slots(folder, _with(slots, user_id, (slot,)))


def change_password(store: Store, old: str, new: str, now: datetime) -> None:
    """Change the password of who is signed in; the keys behind it stay.

    Raises:
        NotSignedIn: The old password is wrong, or the next try has to wait.
        StoreFault: The new one will not do, or it could not be written; the old one holds.
    """
    signed_in, folder = _signed_in(store), _folder(store)
    slots, tries = read_slots(folder), read_tries(folder)
    own = signed_in.user_id
    refuse_early(slots, tries, own, now)
    if not any(opens_slot(slots, own, slot, old) for slot in slots.users.get(own, ())):
        raise count_wrong(folder, slots, tries, own, now)
    with writing(store) as session:
        person = people.signed_in_person(session)
        _refuse_weak(slots, new, person.login, person.name)
        append_event(session, "change_password", own, now, {})
        slot = _slot(slots, signed_in, own, person.login, new, signed_in.secrets)
        write_slots(folder, _with(slots, own, (slot,)))


def remove_user(store: Store, user_id: str, now: datetime) -> Store:
    """Remove a user, and change the store's key, which he or she knew.

    Returns:
        The store to go on with; the one that was given is closed. Its `remarks` say what older backups still open
        with, and where the key could not be changed now, so that the next opening does it.

    Raises:
        StoreFault: Something stands against it, told in one sentence; nothing has changed and the store is open.
    """
    _signed_in(store)
    with writing(store) as session:
        people.change_person(session, "remove_user", user_id, lambda old: old._replace(is_removed=True), now)
    return _reopened(store, now)


def new_recovery(store: Store, now: datetime) -> tuple[Store, bytes]:
    """Make the recovery sheet void and another one valid, and change the store's key, which the old one opens.

    Returns:
        The store to go on with, as of `remove_user`, and the 32 bytes of the new sheet, which stand nowhere else.

    Raises:
        StoreFault: Something stands against it, told in one sentence; nothing has changed and the store is open.
    """
    signed_in, folder = _signed_in(store), _folder(store)
    seed = keys.new_seed()
    sheet = keys.secrets_of_seed(seed)
    with writing(store) as session:
        people.renew_recovery(session, keys.publics(sheet), now)
        _add_sheet(folder, sheet, signed_in)
    return _reopened(store, now), seed


def use_recovery(
    folder: Path, seed: bytes, login: str, password: str, now: datetime, claim: place.Hold | None = None
) -> tuple[SignedIn, bytes]:
    """Give a user who has forgotten the password another one by the recovery sheet, which is void from then on.

    Args:
        folder: Of the store.
        seed: The 32 bytes that the sheet says.
        login: Of the user.
        password: The new one.
        now: Aware.
        claim: The caller's own `place.hold(folder)`; taken here, and given back, if None.

    Returns:
        The user, signed in under the store's new key, and the 32 bytes of the new sheet, which stand nowhere else.

    Raises:
        StoreFault: Something stands against it, told in one sentence; nothing has changed.
    """
    held = claim or place.hold(folder)
    try:
        return _recovered(folder, seed, login, password, now, held)
    finally:
        if claim is None:
            place.release(held)


def _recovered(
    folder: Path, seed: bytes, login: str, password: str, now: datetime, held: place.Hold
) -> tuple[SignedIn, bytes]:
    sheet = keys.secrets_of_seed(seed)
    by_sheet = _signed_in_by_sheet(folder, sheet)
    secrets, seed = keys.new_secrets(), keys.new_seed()
    new_sheet = keys.secrets_of_seed(seed)
    store = open_store(folder, now, held, by_sheet)
    try:
        by_sheet = _signed_in(store)
        with writing(store) as session:
            known = trust.trusted(people.user_rows(session), by_sheet.root)
            person = next(
                (each for each in known.people.values() if folded(each.login) == folded(login)), None
            )
            if person is None:
                raise StoreFault("没有这个登录名，请核对后再输入。")
            _refuse_weak(read_slots(folder), password, person.login, person.name)
            publics = keys.publics(secrets), keys.publics(new_sheet)
            people.recover(session, sheet, by_sheet.root, person.id, *publics, now)
            slots = _add_sheet(folder, new_sheet, by_sheet)
            slot = _slot(slots, by_sheet, person.id, person.login, password, secrets)
            write_slots(folder, _with(slots, person.id, (*slots.users.get(person.id, ()), slot)))
    finally:
        leave_store(store)
    found = by_sheet._replace(user_id=person.id, login=person.login, secrets=secrets)
    store = open_store(folder, now, held, found, is_again=True)
    leave_store(store)
    return _signed_in(store), seed


def _signed_in_by_sheet(folder: Path, sheet: Secrets) -> SignedIn:
    slots = read_slots(folder)
    for each in slots.sheets:
        try:
            root = root_of_sheet(slots, each, sheet)
        except NotOpened:
            continue
        key = fitting_key(folder, sheet, each.sealed)
        found = SignedIn(RECOVERY, "", key, sheet, root, slots.store_id)
        if trust.trusted(read_rows(folder, key), root).recovery == keys.publics(sheet):
            return found
    raise StoreFault(VOID_SHEET)


def _reopened(store: Store, now: datetime) -> Store:
    """Open a store again, which changes its key where somebody has it who shall not."""
    with suppress(StoreFault):  # a store that cannot be backed up now still gets rid of the key
        keep_backup(source_of(store), _folder(store) / FOLDER_NAME, now)
    leave_store(store)
    opened = open_store(_folder(store), now, store.claim, store.signed_in, is_again=True)
    return replace(opened, remarks=(*opened.remarks, OLD_BACKUPS))


def _add_sheet(folder: Path, sheet: Secrets, signed_in: SignedIn) -> Slots:
    slots = read_slots(folder)
    made = made_sheet(slots.store_id, sheet, signed_in.root, _generation(slots), signed_in.key)
    slots = slots._replace(sheets=(*slots.sheets, made))
    write_slots(folder, slots)
    return slots


def _slot(
    slots: Slots, signed_in: SignedIn, user_id: str, login: str, password: str, secrets: Secrets
) -> Slot:
    one = next(slot for each in slots.users.values() for slot in each)
    effort = Effort(one.passes, one.memory_kib)
    return made_slot(
        slots.store_id,
        user_id,
        login,
        password,
        secrets,
        signed_in.root,
        effort,
        _generation(slots),
        signed_in.key,
    )


def _generation(slots: Slots) -> int:
    return max(slots.generations)


def _with(slots: Slots, user_id: str, own: tuple[Slot, ...]) -> Slots:
    return slots._replace(users=MappingProxyType({**slots.users, user_id: own}))


def _with_keys(publics: keys.Publics) -> Callable[[Person], Person]:
    return lambda person: person._replace(publics=publics)


def _signed_in(store: Store) -> SignedIn:
    if store.signed_in is None:
        raise StoreFault(people.NOT_SIGNED_IN)
    return store.signed_in


def _refuse_weak(slots: Slots, password: str, login: str, name: str) -> None:
    told = protection.password_fault(rules_of(slots), password, (login, name))
    if told:
        raise StoreFault(told)


def _folder(store: Store) -> Path:
    return store.path.parent
