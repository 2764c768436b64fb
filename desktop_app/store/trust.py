"""Which rows of the table of people count: each signed by who could decide it, from the first administrator on.

Pure: it takes the rows and the digest of the first administrator, which each person's own slot holds, and needs no
database. Whoever has the store's key can write rows; nobody without an administrator's signing key can make them count.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from desktop_app.store.keys import KEY_BYTES, Publics, Secrets, is_signed, publics, sign
from desktop_app.workflow.acts import ACT, ACTS, is_signed_act, roles_in
from desktop_app.workflow.roles import ROLES, Role
from desktop_app.workflow.states import state_of

# The recovery key is a person of this id, without roles, login and name.
RECOVERY: Final = "recovery"
# Acts that add a row of the table of people; each is signed.
USER_ACTS: Final = frozenset(
    {"found_office", "add_user", "change_roles", "reset_user", "remove_user", "new_recovery", "use_recovery"}
)

_CENTRE: Final[Role] = "centre"
_GIVEN: Final = frozenset(ROLES) - {_CENTRE}
_SIGNED: Final = USER_ACTS | {
    act.id for act in ACTS if any(is_signed_act(act.id, state) for state in act.before)
}


class SignedIn(NamedTuple):
    """Who is signed in, with the keys that only this running program has.

    Attributes:
        key: Of the store: 64 hexadecimal digits.
        root: The digest of the first administrator, as the person's own slot says it.
    """

    user_id: str
    login: str
    key: str
    secrets: Secrets
    root: str
    store_id: str

    def __repr__(self) -> str:
        return f"SignedIn({self.user_id})"


class UserRow(NamedTuple):
    """A row of the table of people as it stands; in the order of its columns."""

    number: int
    id: str
    version: int
    login: str
    name: str
    roles: str
    seal_key: str
    sign_key: str
    is_removed: int
    at: str
    signed_by: str
    signature: str


class Person(NamedTuple):
    """A person as a row that counts says it.

    Attributes:
        version: Counts the rows of this person, from 1.
        is_removed: From this row on the person can do nothing any more.
    """

    id: str
    login: str
    name: str
    roles: frozenset[Role]
    publics: Publics
    is_removed: bool = False
    version: int = 1


class Trust(NamedTuple):
    """What a table of people comes to.

    Attributes:
        by_row: What each row that counts says, by its number.
        faults: The number of each row that does not, with one sentence why.
    """

    by_row: Mapping[int, Person]
    faults: tuple[tuple[int, str], ...]

    @property
    def everybody(self) -> dict[str, Person]:
        """Everybody by id as the last row says it, those who were removed and the recovery key among them."""
        return {person.id: person for person in self.by_row.values()}

    @property
    def people(self) -> dict[str, Person]:
        """Everybody who can sign in, by id."""
        return {
            each.id: each for each in self.everybody.values() if each.id != RECOVERY and not each.is_removed
        }

    @property
    def recovery(self) -> Publics | None:
        """The public half of the recovery sheet that is valid."""
        found = self.everybody.get(RECOVERY)
        return found.publics if found else None


def trusted(rows: Iterable[UserRow], root: str) -> Trust:
    """Return which rows count.

    Args:
        rows: The whole table.
        root: The digest of the first administrator that the caller has from elsewhere.
    """
    known: dict[str, Person] = {}
    by_row: dict[int, Person] = {}
    found: list[tuple[int, str]] = []
    for expected, row in enumerate(sorted(rows), 1):
        try:
            person, told = _read(row, expected, known, root)
        except (ValueError, TypeError, AttributeError):
            person, told = None, "的内容读不懂"
        if person is None:
            found.append((row.number, told))
        else:
            known[person.id] = by_row[row.number] = person
    return Trust(MappingProxyType(by_row), tuple(found))


def root_of(row: UserRow) -> str:
    """Return the digest of the first administrator from the row that founded the office."""
    return _digest(_text(row, ""))


def row_digest(row: UserRow) -> str:
    """Return what an event promises of a row."""
    return _digest(_text(row, "") + row.signature)


def signed_row(
    number: int, person: Person, at: str, signer_id: str, secrets: Secrets, root: str = ""
) -> UserRow:
    """Return a row of the table of people with its signature.

    Args:
        number: Its place in the table, from 1.
        person: What it says; the version counts on from the person's last.
        at: Its moment, as the store writes moments.
        signer_id: Who decides it.
        secrets: The signer's.
        root: The digest of the first administrator; empty for that very row.
    """
    row = UserRow(
        number,
        person.id,
        person.version,
        person.login,
        person.name,
        " ".join(sorted(person.roles)),
        person.publics.seal.hex(),
        person.publics.sign.hex(),
        int(person.is_removed),
        at,
        signer_id,
        "",
    )
    return row._replace(signature=sign(secrets, _text(row, root)))


def is_same(person: Person, signer: SignedIn) -> bool:
    """Say whether the keys of who is signed in are those that are registered for the person now."""
    return person.id == signer.user_id and person.publics == publics(signer.secrets)


def against_row(person: Person, signer_id: str, known: Mapping[str, Person]) -> str:
    """Return the sentence that stands against a change of a person; empty where it may be signed.

    Args:
        person: How the person shall be.
        signer_id: Who decides it.
        known: Everybody as of now, the recovery key among them.
    """
    old, signer = known.get(person.id), known.get(signer_id)
    if signer is None or signer.is_removed:
        return NOT_ADMINISTRATOR
    if signer_id == RECOVERY:
        return (
            "" if _is_recovered(old, person) else "恢复页只能用来重设密码和换新的恢复页，请按提示的步骤办理。"
        )
    if "administrator" not in signer.roles:
        return NOT_ADMINISTRATOR
    if person.id == RECOVERY:
        is_bare = not (person.login or person.name or person.roles or person.is_removed)
        return "" if is_bare else "恢复页不能登记成人员，请另外添加一位。"
    if person.id == signer_id:
        return "自己的登记和角色自己不能改，请另一位管理员办理。"
    return _against_user(old, person, known)


REMOVED: Final = "您的登记已经移除或者换过，请找管理员重设密码后再登录。"
NOT_ADMINISTRATOR: Final = "人员由管理员管理，请换管理员登录后办理。"


def _against_user(old: Person | None, person: Person, known: Mapping[str, Person]) -> str:
    others = [each for each in known.values() if each.id not in (person.id, RECOVERY) and not each.is_removed]
    if old is not None and old.is_removed:
        return "这个人已经移除，请重新添加。"
    if not person.login.strip() or not person.name.strip():
        return "登录名和姓名都要填写，请补全。"
    if not person.roles <= _GIVEN:
        return "角色不在可选的范围里，请重新选择。"
    if any(each.login.casefold() == person.login.casefold() for each in others):
        return "已经有人用这个登录名，请换一个。"
    if not any("administrator" in each.roles for each in (*others, person) if not each.is_removed):
        return "这是最后一位管理员，请先让另一位同事当管理员。"
    return ""


def _is_recovered(old: Person | None, person: Person) -> bool:
    """Say whether nothing but the keys of somebody who is known has changed."""
    return (
        old is not None
        and not old.is_removed
        and old == person._replace(publics=old.publics, version=old.version)
        and old.publics != person.publics
    )


def _read(row: UserRow, expected: int, known: Mapping[str, Person], root: str) -> tuple[Person | None, str]:
    person = _person(row)
    if row.number != expected:
        return None, "之前有登记缺失"
    if row.number == 1:
        is_first = row.id == row.signed_by != RECOVERY and "administrator" in person.roles <= _GIVEN
        is_sound = is_first and person.version == 1 and not person.is_removed and root_of(row) == root
        if is_sound and is_signed(person.publics.sign, _text(row, ""), row.signature):
            return person, ""
        return None, "不是建立资料库时的第一位管理员"
    old, signer = known.get(row.id), known.get(row.signed_by)
    if row.version != (old.version + 1 if old else 1):
        return None, "的次序不对"
    if signer is None or not is_signed(signer.publics.sign, _text(row, root), row.signature):
        return None, "没有管理员的签名"
    told = against_row(person, row.signed_by, known)
    return (None, "不是签名的人可以办理的") if told else (person, "")


def _person(row: UserRow) -> Person:
    publics = Publics(bytes.fromhex(row.seal_key), bytes.fromhex(row.sign_key))
    if {len(each) for each in publics} != {KEY_BYTES} or row.is_removed not in (0, 1):
        raise ValueError(row.number)
    names = row.roles.split(" ") if row.roles else []
    roles = frozenset(role for role in ROLES if role in names)
    if sorted(roles) != names:
        raise ValueError(row.number)
    return Person(row.id, row.login, row.name, roles, publics, bool(row.is_removed), row.version)


def _text(row: UserRow, root: str) -> str:
    """Return what is signed of a row: everything but the signature, and whose store it belongs to."""
    return json.dumps(["user row", root, *row[:-1]], ensure_ascii=False, separators=(",", ":"))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


# Signatures of events


class Place(NamedTuple):
    """Where an event stands, and when."""

    replica_id: str
    number: int
    at: str


class Signed(NamedTuple):
    """An event that is signed, or should be.

    Attributes:
        is_of_administrator: It sets what an administrator signs for, where there are people.
    """

    place: Place
    act: str
    actor_id: str
    state_before: str | None
    hash: str
    signature: str | None
    is_of_administrator: bool = False


def may_need_signature(act: str) -> bool:
    """Say whether events of an act are signed in some states at least."""
    return act in _SIGNED


def needs_signature(act: str, state_before: str | None) -> bool:
    """Say whether an event must be signed: people and decisions are."""
    return act in USER_ACTS or (act in ACT and is_signed_act(act, state_before))


def event_fault(event: Signed, trust: Trust, introduced: Mapping[int, Place]) -> str:
    """Return what is wrong with the signature of an event; empty where it holds.

    Args:
        event: Of any replica.
        trust: Of the table of people.
        introduced: Which event brought each row of that table.
    """
    if event.signature is None and event.is_of_administrator:
        # Before the office was founded nobody could sign.
        founded = introduced.get(1)
        return "没有签名" if founded is not None and is_before(founded, event.place) else ""
    if event.signature is None:
        return "没有签名" if needs_signature(event.act, event.state_before) else ""
    person = _actor_then(event, trust, introduced)
    if person is None or not is_signed(person.publics.sign, event.hash, event.signature):
        return "的签名不对"
    if event.act in USER_ACTS or event.is_of_administrator:
        may = person.id == RECOVERY or "administrator" in person.roles
    else:
        may = event.act not in ACT or bool(person.roles.intersection(_roles(event)))
    return "" if may else "不是签名的人可以办理的"


def _roles(event: Signed) -> Sequence[Role]:
    act = ACT[event.act]
    try:
        return roles_in(act, state_of(event.state_before or ""))
    except ValueError:
        return act.roles


def _actor_then(event: Signed, trust: Trust, introduced: Mapping[int, Place]) -> Person | None:
    """Return who the actor was when the event was written."""
    before = at_it = None
    for number, person in trust.by_row.items():
        brought = introduced.get(number)
        if person.id != event.actor_id or brought is None:
            continue
        if brought[:2] == event.place[:2]:
            at_it = at_it or person  # who founds the office signs for himself
        elif is_before(brought, event.place):
            before = person
    found = before or at_it
    return None if found is None or found.is_removed else found


def is_before(one: Place, other: Place) -> bool:
    """Say whether an event was written before another one; of two replicas by their clocks."""
    return one.number < other.number if one.replica_id == other.replica_id else one.at <= other.at
