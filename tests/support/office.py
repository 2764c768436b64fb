"""An office of four people in a store, each with the keys to sign; and acts done by one of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.case import Answer, Case
from desktop_app.cli.demo import sample
from desktop_app.forms.catalogue import form
from desktop_app.store import cases, keys, people, tables
from desktop_app.store.opening import Store, reading, writing
from desktop_app.store.perform import Done, perform
from desktop_app.store.records import StoredCase
from desktop_app.store.trust import Person, SignedIn
from desktop_app.store.verify import verify_chain
from desktop_app.workflow.roles import Role

NOW = datetime(2017, 10, 9, 1, 30, tzinfo=UTC)
OFFICE = "220104001"
PEOPLE: dict[str, tuple[Role, ...]] = {
    "admin": ("administrator",),
    "clerk": ("clerk",),
    "reviewer": ("reviewer", "clerk"),
    "head": ("head", "reviewer"),
}
SECRETS = {
    login: keys.Secrets(bytes([number]) * 32, bytes([number + 100]) * 32)
    for number, login in enumerate((*PEOPLE, "other"))
}
_FIRST: dict[str, Answer | None] = {
    "claim.is_first": True,
    "claim.earlier_month": None,
    "claim.earlier_occupation": None,
    "claim.earlier_level": None,
}


def application(region: str = "jilin", answers: dict[str, Answer | None] | None = None) -> Case:
    """Return a sample application; of Jilin one with nothing against it. None takes an answer away."""
    paper = "urumqi.review" if region == "urumqi" else f"{region}.application"
    case = sample(form(paper))
    kept = {**case.answers, **(_FIRST if region == "jilin" else {}), **(answers or {})}
    return replace(case, answers={key: value for key, value in kept.items() if value is not None})


class Office:
    """A store of four people, in the hands of a test."""

    def __init__(self, store: Store) -> None:
        self.store = store
        recovery = keys.publics(keys.secrets_of_seed(bytes(range(32))))
        with writing(store) as session:
            self.root = people.found_office(session, _person("admin"), SECRETS["admin"], recovery, NOW)
        for login in tuple(PEOPLE)[1:]:
            with self.acting("admin") as session:
                people.add_person(session, _person(login), NOW)

    def signed_in(self, login: str) -> SignedIn:
        return SignedIn(login, login, "", SECRETS[login], self.root, "")

    @contextmanager
    def acting(self, login: str) -> Iterator[Session]:
        with writing(self.store) as session:
            session.info["signer"] = self.signed_in(login)
            yield session

    def put(self, case: Case, owner: str = "clerk") -> str:
        with self.acting(owner) as session:
            return cases.create_case(session, case, OFFICE, owner, NOW)

    def do(self, login: str, act: str, case_id: str, now: datetime = NOW, **given: object) -> Done:
        """Do an act on a case as it stands."""
        revision = self.stored(case_id).revision
        with self.acting(login) as session:
            return perform(session, act, case_id, revision, given, now)

    def accepted(self, case: Case | None = None) -> str:
        """Return an application that was filled in and taken in."""
        case_id = self.put(case or application())
        self.do("clerk", "finish", case_id)
        self.do("clerk", "accept", case_id, received_on=NOW.date(), materials="all")
        return case_id

    def checked(self, case: Case | None = None) -> str:
        """Return an application of Jilin that waits for its review."""
        case_id = self.accepted(case)
        self.do("clerk", "record_check", case_id, check="insurance", result="passed")
        self.do("clerk", "record_check", case_id, check="certificate", result="genuine")
        return case_id

    def moved(self, case_id: str, state: str) -> None:
        """Bring a case into a state that no act of this program leads to yet."""
        with self.acting("clerk") as session:
            revision = cases.load_case(session, case_id).revision
            cases.move_case(session, case_id, revision, state, "close_publicity", "clerk", NOW, {})  # type: ignore[arg-type]

    def stored(self, case_id: str) -> StoredCase:
        with reading(self.store) as session:
            return cases.load_case(session, case_id)

    def events(self, case_id: str) -> list[tuple[str, str, bool]]:
        """Return act, actor and whether it is signed, of each event of a case."""
        with reading(self.store) as session:
            events = tables.event.c
            rows = session.execute(
                select(events.act, events.actor_id, events.signature)
                .where(events.case_id == case_id)
                .order_by(events.number)
            )
            return [(row.act, row.actor_id, row.signature is not None) for row in rows]

    def found(self) -> list[str]:
        """Return what verification says."""
        with reading(self.store) as session:
            return [fault.message for fault in verify_chain(session, self.root)]


def _person(login: str) -> Person:
    return Person(login, login, f"样例{login}", frozenset(PEOPLE[login]), keys.publics(SECRETS[login]))
