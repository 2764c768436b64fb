"""What a window does not offer to a role, the functions behind it refuse: in a sentence, and nothing has changed."""

import inspect
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Final, NamedTuple

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.case import Case
from desktop_app.store import awards, jobs, papers, people_jobs, tables
from desktop_app.store.faults import StoreFault
from desktop_app.store.opening import Store, reading, writing
from desktop_app.store.users import add_user
from desktop_app.workflow.roles import RIGHTS, Role
from tests.support.founded import NEW, Founded, copied, found_once, signed_in
from tests.support.founded import PASSWORDS as FOUNDERS
from tests.support.stores import CASE, NOW

OWN = replace(CASE, form_version="2017-08-23")
LIST = Case("jilin.public_list", "2017-08-23", "jilin", CASE.governing_day, {})
# Each with one role alone.
ALONE: Final[dict[str, Role]] = {
    "clerk": "clerk",
    "reviewer": "reviewer",
    "head": "head",
    "auditor": "auditor",
    "keeper": "administrator",
}
PASSWORDS = {
    **FOUNDERS,
    "head": "样例-六个石磨-推豆浆",
    "auditor": "样例-四盏油灯-照账本",
    "keeper": "样例-两只水桶-打井水",
}


class Matter(NamedTuple):
    """What the jobs are tried on: drafts of an earlier release, which every clerk may go on with, and a colleague."""

    draft: str
    roster: str
    clerk: str


class Job(NamedTuple):
    """A job that writes, and the roles that may have it done."""

    roles: frozenset[Role]
    run: Callable[[Store, Matter], object]


def job(roles: frozenset[Role], call: Callable[[Session, Matter], object]) -> Job:
    """A job in a transaction."""

    def run(store: Store, matter: Matter) -> None:
        with writing(store) as session:
            call(session, matter)

    return Job(roles, run)


WRITE, EVERYBODY = RIGHTS["write"], frozenset(ALONE.values())
MANAGE = RIGHTS["manage_people"]
SAVED = ("220104", "1号窗口", "applicant.name", NOW)
JOBS: Final[dict[str, tuple[Job, ...]]] = {
    "save_case": (
        job(WRITE, lambda session, _: jobs.save_case(session, "", 1, OWN, *SAVED)),
        job(WRITE, lambda session, _: jobs.save_case(session, "", 1, LIST, *SAVED)),
        job(WRITE, lambda session, at: jobs.save_case(session, at.draft, 1, OWN, *SAVED)),
        job(WRITE, lambda session, at: jobs.save_case(session, at.roster, 1, LIST, *SAVED)),
    ),
    "save_choices": (
        job(
            WRITE,
            lambda session, at: jobs.save_choices(session, at.draft, 1, {"rule": ("strict", "有")}, NOW),
        ),
    ),
    "save_notes": (
        job(
            WRITE,
            lambda session, at: jobs.save_notes(session, at.draft, 1, {"applicant.name": "带原件"}, NOW),
        ),
    ),
    "delete_draft": (
        job(WRITE, lambda session, at: jobs.delete_draft(session, at.draft, NOW)),
        job(WRITE, lambda session, at: jobs.delete_draft(session, at.roster, NOW)),
    ),
    "perform": (job(WRITE, lambda session, at: jobs.perform(session, "finish", at.roster, 1, {}, NOW)),),
    "hand_over": (
        job(WRITE, lambda session, at: jobs.hand_over(session, (at.draft, at.roster), at.clerk, NOW)),
    ),
    "set_settings": (
        job(
            RIGHTS["set_office"],
            lambda session, _: jobs.set_settings(session, {"office.name": "样例局"}, NOW),
        ),
    ),
    "keep_desk": (job(EVERYBODY, lambda session, _: jobs.keep_desk(session, {"page": "settings"}, NOW)),),
    "clear_desk": (job(EVERYBODY, lambda session, _: jobs.clear_desk(session)),),
    "add": (
        Job(MANAGE, lambda store, _: people_jobs.add(store, "xin", "样例新", NEW, frozenset(("head",)), NOW)),
    ),
    "change_roles": (
        Job(
            MANAGE,
            lambda store, matter: people_jobs.change_roles(store, matter.clerk, frozenset(("head",)), NOW),
        ),
    ),
    "reset": (Job(MANAGE, lambda store, matter: people_jobs.reset(store, matter.clerk, NEW, NOW)),),
    "remove": (Job(MANAGE, lambda store, matter: people_jobs.remove(store, matter.clerk, NOW)),),
    "new_recovery": (Job(MANAGE, lambda store, _: people_jobs.new_recovery(store, NOW)),),
    # Of one's own password; the old one is asked for.
    "change_password": (
        Job(EVERYBODY, lambda store, _: people_jobs.change_password(store, *_own(store), NOW)),
    ),
}


def _own(store: Store) -> tuple[str, str]:
    assert store.signed_in is not None
    return PASSWORDS[store.signed_in.login], NEW


def writing_jobs() -> set[str]:
    """Return the names of the jobs that write: those that tell what they changed, and those of people."""

    def own(module: ModuleType) -> dict[str, inspect.Signature]:
        return {
            name: inspect.signature(each)
            for name, each in inspect.getmembers(module, inspect.isfunction)
            if each.__module__ == module.__name__ and not name.startswith("_")
        }

    return {
        name
        for name, signature in own(jobs).items()
        if str(signature.return_annotation).startswith("Written")
    } | {name for name, signature in own(people_jobs).items() if "store" in signature.parameters}


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    """An office in which everybody holds one role, with drafts of a counter."""
    made = found_once(tmp_path_factory)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DESKTOP_APP_STATE", f"{made.folder}-state")
        with signed_in(made.folder, "admin") as store:
            for login in ("head", "auditor", "keeper"):
                role = frozenset((ALONE[login],))
                made.ids[login] = add_user(store, login, f"样例{login}", role, PASSWORDS[login], NOW)
    return made


@pytest.fixture
def office(founded: Founded, tmp_path: Path) -> Founded:
    return copied(founded, tmp_path / "office")


@pytest.fixture
def matter(office: Founded) -> Matter:
    with signed_in(office.folder, "clerk") as store, writing(store) as session:
        drafts = [papers.create_paper(session, case, "220104", "1号窗口", NOW) for case in (OWN, LIST)]
    return Matter(*drafts, office.ids["admin"])


def everything(store: Store) -> object:
    """Return all that the store and the slots beside it hold, but for the count of changes."""
    with reading(store) as session:
        rows = {
            table.name: sorted(map(repr, session.execute(select(table))))
            for table in tables.metadata.sorted_tables
        }
    return rows, *(file.read_bytes() for file in sorted(store.path.parent.glob("store.slots*")))


def test_each_job_that_writes_is_placed_here() -> None:
    assert set(JOBS) == writing_jobs()


@pytest.mark.parametrize("login", ALONE)
def test_nobody_does_what_no_role_of_theirs_gives(office: Founded, matter: Matter, login: str) -> None:
    with signed_in(office.folder, login, PASSWORDS[login]) as store:
        for name, tries in JOBS.items():
            for each in tries:
                if ALONE[login] in each.roles:
                    continue
                before = everything(store)
                with pytest.raises(StoreFault) as told:
                    each.run(store, matter)
                assert everything(store) == before, name
                assert str(told.value).endswith("。"), name


@pytest.mark.parametrize(("name", "each"), [(name, each) for name, tries in JOBS.items() for each in tries])
def test_who_has_the_role_can(office: Founded, matter: Matter, name: str, each: Job) -> None:
    """What is refused above is refused for the role, and for nothing else."""
    login = next(login for login, role in ALONE.items() if role in each.roles)
    with signed_in(office.folder, login, PASSWORDS[login]) as store:
        try:
            each.run(store, matter)
        except StoreFault as fault:
            assert name == "perform", fault  # an empty list is not finished; the sentence is not of roles
            assert "换" not in str(fault)


@pytest.mark.parametrize("login", sorted(set(ALONE) - {"clerk"}))
def test_lists_of_awards_are_a_clerks_to_import(office: Founded, login: str) -> None:
    with signed_in(office.folder, login, PASSWORDS[login]) as store:
        before = everything(store)
        with pytest.raises(StoreFault, match="经办人"), writing(store) as session:
            awards.add_awards(session, [], "名单.xlsx", office.ids[login], NOW)
        assert everything(store) == before
