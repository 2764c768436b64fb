"""Whose a draft is: hidden from colleagues in every list, handed over with both names, and by nobody else."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from desktop_app.case import Case
from desktop_app.store import (
    cases,
    desks,
    handing_over,
    keys,
    papers,
    past_answers,
    people,
    place,
    rosters,
    tables,
)
from desktop_app.store.faults import HAS_HISTORY, StoreFault
from desktop_app.store.first import first_page
from desktop_app.store.handing_over import Left, against
from desktop_app.store.opening import Store, writing
from desktop_app.store.owners import NOT_YOURS
from desktop_app.store.records import CaseQuery
from desktop_app.store.trust import Person, SignedIn
from desktop_app.store.verify import verify_chain
from desktop_app.workflow.roles import Role
from tests.support.stores import CASE, ID_NUMBER, NOW, opened

NAMES: dict[str, tuple[str, tuple[Role, ...]]] = {
    "admin": ("主样例", ("administrator",)),
    "zhang": ("张样例", ("clerk",)),
    "li": ("李样例", ("clerk",)),
    "wang": ("王样例", ("reviewer",)),
}
SECRETS = {login: keys.Secrets(bytes([at]) * 32, bytes([at + 100]) * 32) for at, login in enumerate(NAMES)}
OWN = replace(CASE, form_version="2017-08-23")
LIST = Case("jilin.public_list", "2017-08-23", "jilin", CASE.governing_day, {})


def person(login: str) -> Person:
    name, roles = NAMES[login]
    return Person(login, login, name, frozenset(roles), keys.publics(SECRETS[login]))


class Office:
    """A store of four people."""

    def __init__(self, store: Store) -> None:
        self.store = store
        recovery = keys.publics(keys.secrets_of_seed(bytes(32)))
        with writing(store) as session:
            self.root = people.found_office(session, person("admin"), SECRETS["admin"], recovery, NOW)
        for login in ("zhang", "li", "wang"):
            with self.as_("admin") as session:
                people.add_person(session, person(login), NOW)

    @contextmanager
    def as_(self, login: str) -> Iterator[Session]:
        with writing(self.store) as session:
            session.info["signer"] = SignedIn(login, login, "", SECRETS[login], self.root, "")
            yield session

    def draft(self, login: str, case: Case = OWN) -> str:
        with self.as_(login) as session:
            return papers.create_paper(session, case, "220104", login, NOW)

    def remove(self, login: str) -> None:
        with self.as_("admin") as session:
            people.change_person(
                session, "remove_user", login, lambda old: old._replace(is_removed=True), NOW
            )

    def seen(self, login: str) -> set[str]:
        """Everything that a person's window comes by, without a hint from elsewhere."""
        with self.as_(login) as session:
            listed = cases.list_cases(session, CaseQuery())
            found = cases.list_cases(session, CaseQuery(text="0732"))
            assert listed.total == len(listed.rows)
            ids = {row.id for row in (*listed.rows, *found.rows)}
            ids |= {row.id for row in cases.open_cases_of(session, ID_NUMBER)}
            ids |= {row.id for row in rosters.list_rosters(session, 9)}
        first = first_page(self.store.path.parent, 50, self.store.key, login)
        assert first is not None and first.total == len(first.rows)
        return (
            ids | {row.id for row in first.rows} | ({first.unfinished.case_id} if first.unfinished else set())
        )


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(tmp_path / "store") as store:
        yield Office(store)


def test_a_draft_is_hidden_from_every_colleague(office: Office) -> None:
    case, of_list = office.draft("zhang"), office.draft("zhang", LIST)
    assert office.seen("zhang") == {case, of_list}
    assert office.seen("li") == office.seen("wang") == office.seen("admin") == set()
    with office.as_("li") as session:
        assert past_answers.person_before(session, ID_NUMBER) is None
        assert handing_over.left_by_others(session) == (Left("zhang", "张样例", 2, False),)
    with office.as_("zhang") as session:
        assert handing_over.left_by_others(session) == ()


def test_a_draft_is_out_of_a_colleagues_reach(office: Office) -> None:
    case = office.draft("zhang")
    tries = (
        lambda session: papers.open_paper(session, case),
        lambda session: papers.save_paper(session, case, 1, OWN, "", NOW),
        lambda session: cases.save_notes(session, case, 1, {}, NOW),
        lambda session: cases.save_choices(session, case, 1, {}, NOW),
        lambda session: cases.move_case(session, case, 1, "awaiting_signature", "finish", "li", NOW, {}),
        lambda session: papers.delete_paper(session, case, NOW),
    )
    for attempt in tries:
        with pytest.raises(StoreFault, match=NOT_YOURS), office.as_("li") as session:
            attempt(session)


def test_what_is_no_draft_any_more_is_everybodys_and_who_takes_it_back_owns_it(office: Office) -> None:
    case = office.draft("zhang")
    with office.as_("zhang") as session:
        cases.move_case(session, case, 1, "awaiting_signature", "finish", "zhang", NOW, {})
    assert office.seen("li") == {case}
    with office.as_("li") as session:
        cases.move_case(session, case, 2, "draft", "reopen", "li", NOW, {})
    assert office.seen("li") == {case}
    assert office.seen("zhang") == set()


def test_an_older_draft_belongs_to_a_counter_until_somebody_saves_it(office: Office) -> None:
    with office.as_("zhang") as session:
        case = papers.create_paper(session, OWN, "220104", "1号窗口", NOW)
    assert office.seen("li") == office.seen("zhang") == {case}
    with office.as_("li") as session:
        papers.save_paper(session, case, 1, replace(OWN, answers={}), "", NOW)
    assert office.seen("li") == {case}
    assert office.seen("zhang") == set()


def test_a_draft_is_handed_over_with_both_names(office: Office) -> None:
    mine, of_list = office.draft("zhang"), office.draft("zhang", LIST)
    with office.as_("zhang") as session:
        assert handing_over.drafts_of(session, "zhang") == (mine, of_list)
        assert handing_over.hand_over(session, (mine, of_list), "li", NOW) == "李样例"
    assert office.seen("zhang") == set()
    assert office.seen("li") == {mine, of_list}
    with office.as_("li") as session:
        assert handing_over.received(session, mine) == ("张样例", NOW)
        papers.save_paper(session, mine, 2, OWN, "", NOW)
        assert verify_chain(session) == ()
        events = session.execute(select(tables.event.c.actor_id).where(tables.event.c.act == "hand_over"))
        assert [row.actor_id for row in events] == ["zhang", "zhang"]
    with office.as_("zhang") as session:
        assert handing_over.received(session, mine) is None


def test_a_draft_that_was_handed_over_can_still_be_thrown_away(office: Office) -> None:
    case = office.draft("zhang")
    with office.as_("zhang") as session:
        handing_over.hand_over(session, (case,), "li", NOW)
    with office.as_("li") as session:
        papers.delete_paper(session, case, NOW)
        assert verify_chain(session) == ()
    assert office.seen("li") == set()


def test_a_draft_that_was_signed_for_stays(office: Office) -> None:
    case = office.draft("zhang")
    with office.as_("zhang") as session:
        cases.move_case(session, case, 1, "awaiting_signature", "finish", "zhang", NOW, {})
        cases.move_case(session, case, 2, "draft", "reopen", "zhang", NOW, {})
    with pytest.raises(StoreFault, match=HAS_HISTORY), office.as_("zhang") as session:
        papers.delete_paper(session, case, NOW)


@pytest.mark.parametrize(
    ("giver", "to", "told"),
    [
        ("li", "li", "由本人登录后交接"),
        ("admin", "li", "由本人登录后交接"),
        ("zhang", "wang", "没有经办人的角色"),
        ("zhang", "zhang", "本来就是"),
        ("zhang", "nobody", "没有这个人"),
    ],
)
def test_nobody_else_hands_a_draft_over_and_to_nobody_else(
    office: Office, giver: str, to: str, told: str
) -> None:
    good, case = office.draft("li"), office.draft("zhang")
    with pytest.raises(StoreFault, match=told), office.as_(giver) as session:
        handing_over.hand_over(session, (case,), to, NOW)
    assert office.seen("zhang") == {case}
    assert office.seen("li") == {good}


def test_the_administrator_hands_over_what_a_removed_clerk_left(office: Office) -> None:
    case = office.draft("zhang")
    office.remove("zhang")
    with office.as_("li") as session:
        assert handing_over.left_by_others(session) == (Left("zhang", "张样例", 1, True),)
    with pytest.raises(StoreFault, match="请管理员交接"), office.as_("li") as session:
        handing_over.hand_over(session, (case,), "li", NOW)
    with office.as_("admin") as session:
        handing_over.hand_over(session, handing_over.drafts_of(session, "zhang"), "li", NOW)
    assert office.seen("li") == {case}
    with office.as_("li") as session:
        assert handing_over.received(session, case) == ("张样例", NOW)


def test_all_of_several_drafts_are_handed_over_or_none(office: Office) -> None:
    own, others = office.draft("zhang"), office.draft("li")
    with pytest.raises(StoreFault, match="本来就是"), office.as_("zhang") as session:
        handing_over.hand_over(session, (own, others), "li", NOW)
    assert office.seen("zhang") == {own}


def test_what_stands_against_it_needs_no_store() -> None:
    everybody = {login: person(login) for login in NAMES}
    zhang, li = everybody["zhang"], everybody["li"]
    assert against("draft", "zhang", zhang, li, everybody) == ""
    assert "交接的是没填完的草稿" in against("accepted", "zhang", zhang, li, everybody)
    assert "换经办人登录" in against("draft", "1号窗口", everybody["wang"], li, everybody)
    assert against("draft", "1号窗口", zhang, li, everybody) == ""


def test_a_desk_is_its_persons_alone(office: Office) -> None:
    folder = office.store.path.parent
    with office.as_("zhang") as session:
        desks.keep_desk(session, {"search": "前一次"}, NOW)
        desks.keep_desk(session, {"search": "样例"}, NOW)
    for login, desk in (("zhang", {"search": "样例"}), ("li", None), ("", None)):
        first = first_page(folder, 50, place.read_key(folder), login)
        assert first is not None and first.desk == desk
    with office.as_("li") as session:
        desks.clear_desk(session)
        assert session.execute(select(tables.desk.c.user_id)).scalars().all() == ["zhang"]
    with office.as_("zhang") as session:
        desks.clear_desk(session)
        assert session.execute(select(tables.desk)).all() == []


def test_who_is_not_signed_in_sees_what_no_person_owns(tmp_path: Path) -> None:
    """A store of the last release has no people: everything is there as it was."""
    with opened(tmp_path / "store") as store:
        with writing(store) as session:
            case = papers.create_paper(session, OWN, "220104", "1号窗口", NOW)
            session.execute(insert(tables.desk).values(user_id="li", json="{}", updated_at=""))
        with writing(store) as session:
            assert [row.id for row in cases.list_cases(session, CaseQuery()).rows] == [case]
        first = first_page(tmp_path / "store", 50)
        assert first is not None and first.desk is None and first.unfinished is not None
