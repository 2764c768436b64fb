"""Holds the store against its chain of events: each event against the one before, and what events cover against them.

From events to cases and back: a case that moved has an event that says how it stood, and a case of which events tell
is there. It says faults and raises none. Not found, since no event tells of it, is a draft that was put in or changed.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, Table, bindparam, func, select
from sqlalchemy.orm import Session

from desktop_app.store import people, schema, tables
from desktop_app.store.awards import source_digests
from desktop_app.store.chain import (
    FORMAT,
    HASHED,
    case_digest,
    commitment,
    event_hash,
    first_hash,
    roster_row,
)
from desktop_app.store.ledger import LEDGER_ACTS, LedgerEvents, ledger_faults
from desktop_app.store.office_rules import REVIEWER_MAY_CONFIRM
from desktop_app.store.records import ChainFault
from desktop_app.store.settings import SIGNED, own_id
from desktop_app.store.trust import USER_ACTS, Place, Signed, may_need_signature
from desktop_app.store.verify_decisions import Decision, Decisions, decision_faults, of_administrator
from desktop_app.store.verify_settings import as_texts, setting_faults
from desktop_app.workflow.acts import ACTS
from desktop_app.workflow.refusals import makes_clerk
from desktop_app.workflow.states import is_draft

_ASK: Final = "，请联系技术人员核查。"
# Acts whose payload says what the store shall hold; they are never forgotten.
_COVERING: Final = frozenset(
    {"set", "import_awards", "upgrade", "put_back", "rewritten", "first_here", "forget"} | USER_ACTS
)


class _Left(NamedTuple):
    """How the last event of a case left it."""

    revision: int
    state: str
    digest: str | None
    salt: str | None


class _Told:
    """What the events say that the store holds; filled while they are read."""

    def __init__(self) -> None:
        self.events = 0
        self.cases: dict[str, tuple[int, str, str | None, str | None]] = {}  # as `_Left`
        self.settings: dict[tuple[str, str], str] = {}  # by scope and name
        self.lists: dict[str, str] = {}
        self.epochs: dict[str, int] = {}
        self.baseline: dict[str, str] = {}
        self.lost: list[tuple[str, int]] = []  # events without their payload
        self.forgotten: set[tuple[str, int]] = set()
        self.decisions = Decisions([], {}, {}, [])
        self.ledger = LedgerEvents({}, {})


def verify_chain(session: Session, root: str | None = None) -> tuple[ChainFault, ...]:
    """Return every place where the store was changed behind the program's back.

    Args:
        session: Reading.
        root: The digest of the first administrator; by default what the slot of the person says who is signed in. Where
            nobody is, the first row of the table of people is believed.
    """
    return tuple(_faults(session, people.root(session) if root is None else root))


def _faults(session: Session, root: str) -> Iterator[ChainFault]:
    if not schema.has_its_triggers(session.connection()):
        yield ChainFault("", 0, f"防止改动记录的保护被去掉了{_ASK}")
    replicas = session.execute(select(tables.replica).order_by(tables.replica.c.id)).mappings().all()
    told = _Told()
    for replica in replicas:
        yield from _replica_faults(session, replica, told)
    yield from _strays(session, told)
    for replica_id, number in told.lost:
        if (replica_id, number) not in told.forgotten:
            yield _at(replica_id, number, "的内容不见了")
    for fault in decision_faults(session, told.decisions, root):
        yield fault._replace(message=f"{fault.message}{_ASK}")
    yield from _own_faults(session, replicas, told)
    yield from _case_faults(session, told)
    yield from setting_faults(session, told.settings)
    if {source: digest for source, digest in told.lists.items() if digest} != source_digests(session):
        yield ChainFault("", 0, f"导入的补贴名单与记录不一致{_ASK}")
    for case_id in ledger_faults(session, told.ledger):
        yield ChainFault("", 0, f"补贴台账与申请的办理记录不一致{_ASK}", case_id)


def _at(replica_id: str, number: int, message: str) -> ChainFault:
    return ChainFault(replica_id, number, f"第 {number} 号记录{message}{_ASK}")


# One chain


# What is read of an event: what format 2 hashes, in its order, and what is held against that.
_NAMES: Final = (*HASHED[2], "hash", "signature")
_HASHED: Final = {form: itemgetter(*map(_NAMES.index, names)) for form, names in HASHED.items()}

_PARTS: Final = len(HASHED[2])
_NUMBER, _HASH, _COMMITMENT = map(_NAMES.index, ("number", "hash", "commitment"))
_DIGEST, _SIGNATURE, _SALT = _NAMES.index("case_digest"), _NAMES.index("signature"), len(_NAMES)
# Acts of the table that nobody signs.
_PLAIN: Final = frozenset(act.id for act in ACTS if not may_need_signature(act.id)) - _COVERING
_AT_ONCE: Final = 1000


class _Event(NamedTuple):
    """An event with its payload; in the order of `_NAMES`."""

    format: int
    previous_hash: str
    replica_id: str
    number: int
    id: str
    at: str
    act: str
    actor_id: str
    case_id: str
    revision: int | None
    state_before: str | None
    state_after: str | None
    payload_id: str
    commitment: str
    case_digest: str | None
    hash: str
    signature: str | None
    salt: str | None
    payload: str | None


def _replica_faults(session: Session, replica: RowMapping, told: _Told) -> Iterator[ChainFault]:
    number, previous = 0, first_hash(replica["id"])
    for row in _rows(session, replica["id"]):
        if not _is_sound(row, number, previous):
            for message in _event_faults(_Event._make(row), number, previous):
                yield _at(replica["id"], row[_NUMBER], message)
        number, previous = row[_NUMBER], row[_HASH]
        if not _take_plain(row, told):
            try:
                _take(_Event._make(row), told)
            except (ValueError, TypeError, KeyError, AttributeError):
                yield _at(replica["id"], number, "的内容读不懂")
    if (replica["chain_number"], replica["chain_head"]) != (number, previous):
        yield ChainFault(replica["id"], 0, f"最后几号记录与登记的不一致{_ASK}")


def _rows(session: Session, replica_id: str) -> Iterator[Sequence[Any]]:
    """Yield the events of a replica in order, in the order of `_Event`, as the driver gives them."""
    events, payloads = tables.event.c, tables.payload.c
    wanted = (
        select(*(events[name] for name in _NAMES), payloads.salt, payloads.json)
        .outerjoin(tables.payload, payloads.id == events.payload_id)
        .where(events.replica_id == replica_id)
    )
    return _paged(session.connection(), wanted, events.number, _NUMBER)


def _paged(
    connection: Connection, wanted: Select[Any], key: ColumnElement[Any], place: int
) -> Iterator[Sequence[Any]]:
    """Yield rows in the order of a key, at `place` of each, as the driver gives them: nothing has to be made of them.

    A row that the library wraps costs as much as the hash of an event.
    """
    page = wanted.order_by(key).limit(_AT_ONCE)
    following, values = page.where(key > bindparam("last")), dict[str, Any]()
    while True:
        with connection.execute(page, values) as result:
            rows = result.cursor.fetchall() if result.cursor is not None else []
        yield from rows
        if len(rows) < _AT_ONCE:
            return
        page, values = following, {"last": rows[-1][place]}


def _is_sound(row: Sequence[Any], number: int, previous: str) -> bool:
    """Say whether an event of today's format is as it was written, and follows the one before."""
    salt = row[_SALT]
    return (
        row[0] == FORMAT
        and row[1] == previous
        and row[_NUMBER] == number + 1
        and row[_HASH] == event_hash(FORMAT, row[:_PARTS])
        and (salt is None or row[_COMMITMENT] == commitment(salt, row[-1]))
    )


def _event_faults(event: _Event, number: int, previous: str) -> list[str]:
    """Return what is wrong with one event after the event `number` with the hash `previous`."""
    found = []
    if event.number != number + 1:
        found.append("之前有记录缺失")
    elif event.previous_hash != previous:
        found.append("与前一号不相接")
    pick = _HASHED.get(event.format)
    if pick is None:
        found.append("是本版本程序不认识的写法")
    elif event.hash != event_hash(event.format, pick(event)):
        found.append("被改动过")
    if event.salt is not None and event.commitment != commitment(event.salt, event.payload or ""):
        found.append("的内容被改动过")
    return found


def _take_plain(row: Sequence[Any], told: _Told) -> bool:
    """Take what nearly every event is, a clerk's act on a case; False for one that is more than that."""
    (form, _, replica_id, number, _, at, act, actor, case_id, revision, before, after, *_) = row
    digest, signature, salt = row[_DIGEST], row[_SIGNATURE], row[_SALT]
    if (
        act not in _PLAIN
        or form != FORMAT
        or signature is not None
        or salt is None
        or not (case_id and revision and after)
    ):
        return False
    told.events += 1
    if act in LEDGER_ACTS:
        told.ledger.take(case_id, act, before, at, row[-1])
    if makes_clerk(act, before) and (case_id, actor) not in told.decisions.clerks:
        told.decisions.clerks[case_id, actor] = Place(replica_id, number, at)
    old = told.cases.get(case_id)
    if old is None or revision >= old[0]:
        told.cases[case_id] = (revision, after, digest, salt)
    return True


def _take(event: _Event, told: _Told) -> None:
    """Add what an event says to what the store shall hold."""
    told.events += 1
    if event.act in LEDGER_ACTS:
        told.ledger.take(event.case_id, event.act, event.state_before, event.at, event.payload)
    if event.signature is not None or may_need_signature(event.act):
        told.decisions.made.append(Decision(_signed(event), event.case_id, event.state_after))
    if makes_clerk(event.act, event.state_before):
        place = Place(event.replica_id, event.number, event.at)
        told.decisions.clerks.setdefault((event.case_id, event.actor_id), place)
    if event.salt is None:
        told.lost.append((event.replica_id, event.number))
    if event.act in _COVERING:
        _take_payload(event, told)
    elif event.case_id:
        revision, state = event.revision, event.state_after
        if event.format == 1:
            said: Any = json.loads(event.payload) if event.payload else {"revision": 0, "state": ""}
            revision, state = said["revision"], said["state"]
        old = told.cases.get(event.case_id)
        if old is None or (revision or 0) >= old[0] or not state:
            told.cases[event.case_id] = (revision or 0, state or "", event.case_digest, event.salt)


def _signed(event: _Event) -> Signed:
    place = Place(event.replica_id, event.number, event.at)
    return Signed(place, event.act, event.actor_id, event.state_before, event.hash, event.signature)


def _take_payload(event: _Event, told: _Told) -> None:
    said = json.loads(event.payload or "")
    match event.act:
        case "set":
            if SIGNED.intersection(said["settings"]):
                of_administrator(told.decisions, _signed(event))
            told.settings |= as_texts(said["settings"], event.replica_id)
            if REVIEWER_MAY_CONFIRM in said["settings"]:
                place = Place(event.replica_id, event.number, event.at)
                told.decisions.allowed.append((place, said["settings"][REVIEWER_MAY_CONFIRM] is True))
        case "import_awards":
            told.lists[said["source"]] = said["digest"] if said["added"] else ""
        case "forget":
            told.forgotten |= {(replica_id, number) for replica_id, number in said["events"]}
            told.cases.pop(event.case_id, None)
        case "upgrade":
            taken = as_texts(said["settings"], event.replica_id)
            if any(taken.get(key) != told.settings.get(key) for key in ((schema.OFFICE, k) for k in SIGNED)):
                of_administrator(told.decisions, _signed(event))
            told.settings = {
                (scope, key): value
                for (scope, key), value in told.settings.items()
                if scope not in (schema.OFFICE, event.replica_id)
            } | taken
            told.lists = dict(said["lists"])
            told.baseline = dict(said["cases"])
            told.epochs[event.replica_id] = said["epoch"]
        case act if act in USER_ACTS:
            place = Place(event.replica_id, event.number, event.at)
            told.decisions.people.update({number: (digest, place) for number, digest in said["rows"]})
        case _:
            told.epochs[event.replica_id] = said["epoch"]


# What no chain leads to


def _strays(session: Session, told: _Told) -> Iterator[ChainFault]:
    if schema.has_loose_ends(session.connection()):
        yield ChainFault("", 0, f"有内容不属于任何业务或记录{_ASK}")
    events, outbox, replicas = tables.event.c, tables.outbox.c, tables.replica.c
    # Counts tell that nothing is over; only where they differ is it worth while to ask what.
    if _count(session, tables.event) != told.events:
        unknown = events.replica_id.not_in(select(replicas.id))
        for row in session.execute(select(events.replica_id, events.number).where(unknown)):
            yield _at(row.replica_id, row.number, "不知道是哪台电脑写的")
    if _count(session, tables.outbox) != told.events:
        own = (outbox.replica_id == events.replica_id) & (outbox.event_number == events.number)
        for row in session.execute(
            select(events.replica_id, events.number)
            .outerjoin(tables.outbox, own)
            .where(outbox.event_number.is_(None))
        ):
            yield _at(row.replica_id, row.number, "没有列入上报")
    if _count(session, tables.payload) != told.events - len(told.lost):
        yield ChainFault("", 0, f"有不属于任何记录的内容{_ASK}")


def _count(session: Session, table: Table) -> int:
    return session.execute(select(func.count()).select_from(table)).scalar_one()


# What stands beside the chains


def _own_faults(session: Session, replicas: Sequence[RowMapping], told: _Told) -> Iterator[ChainFault]:
    settings = tables.setting.c
    named = session.execute(select(tables.setting).where(settings.key == schema.OWN_REPLICA)).all()
    own = own_id(named[0].value) if named else ""
    if [row.scope for row in named] != [own] or own not in {replica["id"] for replica in replicas}:
        yield ChainFault("", 0, f"资料库没有写明是哪台电脑的{_ASK}")
    for replica in replicas:
        if replica["epoch"] != told.epochs.get(replica["id"], 1):
            yield ChainFault(replica["id"], 0, f"资料库的续用次数与记录不一致{_ASK}")
        if replica["id"] != own and not replica["chain_number"]:
            yield ChainFault(replica["id"], 0, f"登记了一台没有任何记录的电脑{_ASK}")


# What the events cover


def _case_faults(session: Session, told: _Told) -> Iterator[ChainFault]:
    """Yield the cases and lists that stand otherwise than their last event left them, and those that are gone."""
    left = dict(told.cases)
    for case in _papers(session):
        found = left.pop(case["id"], None)
        said = _Left(*found) if found else None
        if said is None:
            if not is_draft(case["state"]):
                yield ChainFault("", 0, f"有业务的状态没有任何记录{_ASK}", case["id"])
        elif said.state and case["state"] != said.state:
            yield ChainFault("", 0, f"有业务的状态与记录不一致{_ASK}", case["id"])
        elif _is_changed(case, said, told.baseline.get(case["id"])):
            yield ChainFault("", 0, f"有业务的内容与记录不一致{_ASK}", case["id"])
    for case_id in left:
        yield ChainFault("", 0, f"有记录的业务不见了{_ASK}", case_id)


def _papers(session: Session) -> Iterator[Mapping[str, Any]]:
    names = [column.name for column in tables.case.c]
    for row in _paged(session.connection(), select(tables.case), tables.case.c.id, 0):
        yield dict(zip(names, row, strict=True))
    for roster in session.execute(select(tables.roster)).mappings().all():
        yield roster_row(session, dict(roster))


def _is_changed(case: Mapping[str, Any], said: _Left, baseline: str | None) -> bool:
    """Say whether a case differs from what its last event promised; a draft is changed by its clerk without one."""
    if is_draft(case["state"]) and case["revision"] > said.revision:
        return False
    promised = said.digest or baseline
    if promised is None or said.salt is None:
        return bool(case["revision"] != said.revision)
    return case_digest(said.salt, case) != promised
