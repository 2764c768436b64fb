"""What opens a backup: the passwords and the recovery sheet of its day, from the slots that it carries itself.

One of the days before a store had users carries none: its key lies beside the store, or, after users came, in the
event that took the store over, which whoever can sign in today can read.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from desktop_app.store import backup_file, faults, keys, place
from desktop_app.store.backup_file import Label
from desktop_app.store.faults import StoreFault
from desktop_app.store.keys import NotOpened, Secrets
from desktop_app.store.sign_in import opened_slot, root_of_sheet, sign_in
from desktop_app.store.slots import Slots, slots_of

WRONG_PASSWORD: Final = "登录名或密码不对，请用做这份备份那一天的密码，或者那时的恢复页。"
WRONG_SHEET: Final = "这张恢复页打不开这份备份，请找做备份那时的恢复页。"
BEFORE_USERS: Final = (
    "这份备份是资料库还没有登记人员时做的，密钥在后来的资料库里，请在那台电脑上用现在的登录名和密码恢复。"
)


class Opened(NamedTuple):
    """What opens a backup.

    Attributes:
        key: 64 hexadecimal digits; the repr hides it.
        root: The digest of the first administrator, as the slot or the sheet vouches for it; None before there were
            users.
    """

    key: str
    root: str | None

    def __repr__(self) -> str:
        return "Opened"


def open_by_password(file: Path, label: Label, login: str, password: str) -> Opened:
    """Return what a login and a password of the day of a backup open.

    Raises:
        StoreFault: They are wrong, or the backup is damaged.
    """
    slots = _slots(label)
    user_id = slots.user_of(login)
    for slot in slots.users.get(user_id, ()):
        with suppress(NotOpened):
            opened = opened_slot(slots, user_id, slot, password)
            return Opened(_fitting(file, opened.secrets, slot.sealed), opened.root)
    raise StoreFault(WRONG_PASSWORD)


def open_by_sheet(file: Path, label: Label, seed: bytes) -> Opened:
    """Return what the recovery sheet of the day of a backup opens.

    Raises:
        StoreFault: It is another sheet, or the backup is damaged.
    """
    slots, secrets = _slots(label), keys.secrets_of_seed(seed)
    for sheet in slots.sheets:
        with suppress(NotOpened):
            root = root_of_sheet(slots, sheet, secrets)
            return Opened(_fitting(file, secrets, sheet.sealed), root)
    raise StoreFault(WRONG_SHEET)


def open_before_users(file: Path, folder: Path, login: str, password: str, now: datetime) -> Opened:
    """Return what opens a backup that carries no slots.

    Args:
        file: The backup.
        folder: Of the store that it is of, claimed: its key file tells the key, or the event of its taking over.
        login: Who signs in there today, where there are users,
        password: and the password of today.
        now: Aware.

    Raises:
        StoreFault: There is no such store, it cannot be signed in to, or it does not know the key.
    """
    if not place.has_slots(folder):
        return Opened(place.read_key(folder), None)
    if not login:
        raise StoreFault(BEFORE_USERS)
    signed_in = sign_in(folder, login, password, now)
    for key in _old_keys(folder, signed_in.key):
        with suppress(StoreFault):
            backup_file.connect(file, key).close()
            return Opened(key, None)
    raise StoreFault(BEFORE_USERS)


def _slots(label: Label) -> Slots:
    slots = slots_of((label.slots or "").encode())
    if slots is None:
        raise StoreFault(backup_file.SPOILED)
    return slots


def _fitting(file: Path, secrets: Secrets, sealed: Mapping[int, bytes]) -> str:
    """Return which key that is sealed to somebody opens a backup: of two, while the key was changed, either may."""
    for number in sorted(sealed, reverse=True):
        with suppress(NotOpened, ValueError, StoreFault):
            key = keys.unseal(secrets, sealed[number]).decode("ascii")
            if len(bytes.fromhex(key)) == place.KEY_BYTES:
                backup_file.connect(file, key).close()
                return key
    raise StoreFault(backup_file.NOT_OPENED)


def _old_keys(folder: Path, key: str) -> Iterator[str]:
    wanted = "SELECT payload.json FROM event JOIN payload ON payload.id = payload_id WHERE act = 'take_over'"
    try:
        with closing(place.connect(folder, key)) as connection:
            for (text,) in connection.execute(wanted).fetchall():
                old = json.loads(text)["old_key"]
                if len(bytes.fromhex(old)) == place.KEY_BYTES:
                    yield old
    except place.Error as error:
        raise StoreFault(faults.sentence(error)) from error
    except (ValueError, TypeError, KeyError):
        return
