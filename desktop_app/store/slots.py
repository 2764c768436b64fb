"""The slots of a store: what the password of each user and the recovery sheet open.

Two files of the same bytes stand beside the store, so that one bit gone wrong locks nobody out. A slot holds its
owner's own keys behind the password; the store's key is sealed to these, once for each generation of it. Beside them a
small file counts wrong passwords. No cipher is known here.
"""

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from desktop_app.protection import DEFAULT, Profile, profile
from desktop_app.store import faults, place
from desktop_app.store.faults import StoreFault

FORMAT: Final = 1
# What a try may cost at most: a file that asks for more was not written by this program.
MOST_PASSES: Final = 1000
MOST_MEMORY_KIB: Final = 1024 * 1024
# Wrong passwords for a login that nobody has are counted together: what was typed there may be a password.
NOBODY: Final = ""

_FREE_TRIES: Final = 3
_LONGEST_WAIT_S: Final = 60


class Slot(NamedTuple):
    """What one password opens.

    Attributes:
        login: Whose; it stands here in clear.
        public: The public half of the owner's signing key, which tells this slot from an older one of the same owner.
        salt: Of the password.
        passes: What a try costs: passes of argon2id,
        memory_kib: and memory.
        box: The owner's keys behind the password.
        sealed: The store's key by its generation, sealed to the owner.
    """

    login: str
    public: bytes
    salt: bytes
    passes: int
    memory_kib: int
    box: bytes
    sealed: Mapping[int, bytes]


class Sheet(NamedTuple):
    """What a recovery sheet opens.

    Attributes:
        public: The public half of the sheet's signing key.
        box: Whose store it is, shut by the sheet.
        sealed: The store's key by its generation, sealed to the sheet.
    """

    public: bytes
    box: bytes
    sealed: Mapping[int, bytes]


class Slots(NamedTuple):
    """Everything that opens a store.

    Attributes:
        store_id: Each slot is bound to it.
        users: The slots of each user by id; a second one only while it takes the first one's place.
        sheets: Likewise of recovery sheets.
        profile: The id of the rules that hold before the store can be read; a copy of the office's setting.
    """

    store_id: str
    users: Mapping[str, tuple[Slot, ...]]
    sheets: tuple[Sheet, ...]
    profile: str = DEFAULT

    @property
    def generations(self) -> tuple[int, ...]:
        """Which generations of the store's key stand here, the newest first; more than one while it is changed."""
        found = {number for slots in self.users.values() for slot in slots for number in slot.sealed}
        return tuple(sorted(found.union(*(sheet.sealed for sheet in self.sheets)), reverse=True))

    def user_of(self, login: str) -> str:
        """Return the id of the user with a login; `NOBODY` where there is none."""
        wanted = folded(login)
        return next(
            (
                user
                for user, slots in self.users.items()
                if any(folded(slot.login) == wanted for slot in slots)
            ),
            NOBODY,
        )


def folded(login: str) -> str:
    """Return a login as it is compared: full width, case and blanks make no difference."""
    import unicodedata

    return unicodedata.normalize("NFKC", login).strip().casefold()


def logins(folder: Path) -> tuple[str, ...]:
    """Return the logins that a store has, in their order, for the page of signing in.

    Raises:
        StoreFault: The slots are gone or damaged.
    """
    return tuple(sorted({slots[-1].login for slots in read_slots(folder).users.values()}))


def read_slots(folder: Path) -> Slots:
    """Return the slots of a store; where one file of the two is damaged or gone, it is written again from the other.

    Raises:
        StoreFault: Both are gone or damaged.
    """
    contents = [_content(folder / name) for name in place.SLOTS_NAMES]
    found = [slots_of(content) for content in contents]
    sound = next((slots for slots in found if slots is not None), None)
    if sound is None:
        raise StoreFault(faults.SLOTS_DAMAGED if any(contents) else faults.KEY_MISSING)
    if contents[0] != contents[1]:
        # It is written again at the next change where it cannot be written now.
        with suppress(StoreFault):
            write_slots(folder, sound)
    return sound


def write_slots(folder: Path, slots: Slots) -> None:
    """Write the slots whole, then their copy.

    Raises:
        StoreFault: The folder or the disk refuses; what was there opens as before.
    """
    content = slots_content(slots)
    for name in place.SLOTS_NAMES:
        place.replace_file(folder / name, content)


def rules_of(slots: Slots) -> Profile:
    """Return the rules of protection that hold before the store can be read."""
    return profile(slots.profile)


def slots_content(slots: Slots) -> bytes:
    """Return slots as their file says them: a line of JSON and a line with its digest."""
    users = {
        user: [
            {
                "login": slot.login,
                "public": slot.public.hex(),
                "salt": _text(slot.salt),
                "passes": slot.passes,
                "memory_kib": slot.memory_kib,
                "box": _text(slot.box),
                "sealed": _texts(slot.sealed),
            }
            for slot in each
        ]
        for user, each in slots.users.items()
    }
    sheets = [
        {"public": sheet.public.hex(), "box": _text(sheet.box), "sealed": _texts(sheet.sealed)}
        for sheet in slots.sheets
    ]
    return _lines(
        {
            "format": FORMAT,
            "store": slots.store_id,
            "profile": slots.profile,
            "users": users,
            "sheets": sheets,
        }
    )


def slots_of(content: bytes | None) -> Slots | None:
    """Return the slots that the content of a file says; None where it is damaged or no such file."""
    said = _said(content)
    try:
        if said is None or said["format"] != FORMAT:
            return None
        users = {str(user): tuple(map(_slot, each)) for user, each in said["users"].items()}
        sheets = tuple(
            Sheet(bytes.fromhex(each["public"]), _bytes(each["box"]), _sealed(each["sealed"]))
            for each in said["sheets"]
        )
        return Slots(str(said["store"]), MappingProxyType(users), sheets, str(said.get("profile", DEFAULT)))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _slot(said: Any) -> Slot:
    passes, memory = said["passes"], said["memory_kib"]
    if not (0 < passes <= MOST_PASSES and 8 <= memory <= MOST_MEMORY_KIB):
        raise ValueError(passes)
    return Slot(
        str(said["login"]),
        bytes.fromhex(said["public"]),
        _bytes(said["salt"]),
        int(passes),
        int(memory),
        _bytes(said["box"]),
        _sealed(said["sealed"]),
    )


def _sealed(said: Mapping[str, str]) -> Mapping[int, bytes]:
    return MappingProxyType({int(number): _bytes(text) for number, text in said.items()})


def _texts(sealed: Mapping[int, bytes]) -> dict[str, str]:
    return {str(number): _text(box) for number, box in sealed.items()}


def _text(content: bytes) -> str:
    return b64encode(content).decode("ascii")


def _bytes(text: str) -> bytes:
    return b64decode(text, validate=True)


# Wrong passwords


class Try(NamedTuple):
    """Wrong passwords of one user.

    Attributes:
        wrong: Since the last good one.
        told: How many of them an event tells of already.
        last: The moment of the last one, in seconds since 1970.
    """

    wrong: int
    told: int
    last: float


class Tries(NamedTuple):
    """Wrong passwords by the id of the user.

    Attributes:
        is_lost: What had been counted is gone, and no event tells of that yet.
    """

    counts: Mapping[str, Try]
    is_lost: bool = False

    @property
    def untold(self) -> dict[str, int]:
        """How many wrong passwords no event tells of yet, by user."""
        return {user: each.wrong - each.told for user, each in self.counts.items() if each.wrong > each.told}

    def wait(self, user_id: str, now: datetime, rules: Profile) -> int:
        """Return how many seconds the next try of a user has to wait; 0 where it is taken at once."""
        found = self.counts.get(user_id)
        if found is None or found.wrong < _FREE_TRIES:
            return 0
        whole = min(2 ** min(found.wrong - _FREE_TRIES, 10), _LONGEST_WAIT_S)
        if self.is_locked(user_id, rules):
            whole = max(whole, rules.locked_minutes * 60)
        passed = now.timestamp() - found.last
        # A clock that was set back makes nobody wait longer than the whole.
        left = whole - passed if passed >= 0 else whole
        return max(0, -int(-left // 1))

    def is_locked(self, user_id: str, rules: Profile) -> bool:
        """Say whether as many wrong passwords have come as lock a user out for a while."""
        found = self.counts.get(user_id)
        return found is not None and 0 < rules.tries <= found.wrong

    def refusal(self, user_id: str, now: datetime, rules: Profile) -> str:
        """Return why no try is taken now, in one sentence; empty where one is."""
        wait = self.wait(user_id, now, rules)
        if wait and self.is_locked(user_id, rules):
            minutes = -(-wait // 60)
            return f"密码连续输错 {rules.tries} 次，已锁定，请等 {minutes} 分钟后再登录。"
        return f"密码输错多次，请等 {wait} 秒后再输入。" if wait else ""

    def with_wrong(self, user_id: str, now: datetime) -> "Tries":
        """Return what is counted after one more wrong password."""
        old = self.counts.get(user_id, Try(0, 0, 0.0))
        return self._replace(
            counts={**self.counts, user_id: old._replace(wrong=old.wrong + 1, last=now.timestamp())}
        )

    def after_good(self, user_id: str) -> "Tries":
        """Return what is counted after a good password of which an event tells, with all that was untold."""
        left = {user: each._replace(told=each.wrong) for user, each in self.counts.items() if user != user_id}
        return Tries(left)


def read_tries(folder: Path) -> Tries:
    """Return what is counted; a file that is gone or damaged is a count that was lost.

    Raises:
        StoreFault: It cannot be read for another reason.
    """
    said = _said(_content(folder / place.TRIES_NAME))
    try:
        counts = {
            str(user): Try(int(wrong), int(told), float(last))
            for user, (wrong, told, last) in said["counts"].items()  # type: ignore[index]
        }
        return Tries(counts, bool(said["lost"]))  # type: ignore[index]
    except (ValueError, TypeError, KeyError, AttributeError):
        return Tries({}, is_lost=True)


def write_tries(folder: Path, tries: Tries) -> None:
    """Keep what is counted.

    Raises:
        StoreFault: The folder or the disk refuses.
    """
    counts = {user: [each.wrong, each.told, each.last] for user, each in tries.counts.items()}
    place.replace_file(folder / place.TRIES_NAME, _lines({"lost": tries.is_lost, "counts": counts}))


# Files of two lines


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreFault(faults.sentence(error)) from None


def _lines(said: Mapping[str, Any]) -> bytes:
    import json

    line = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return line + b"\n" + hashlib.sha256(line).hexdigest().encode("ascii") + b"\n"


def _said(content: bytes | None) -> dict[str, Any] | None:
    """Return what a file of two lines says; None where it is not what was written."""
    import json

    line, _, rest = (content or b"").partition(b"\n")
    if rest != hashlib.sha256(line).hexdigest().encode("ascii") + b"\n":
        return None
    try:
        said = json.loads(line)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None
