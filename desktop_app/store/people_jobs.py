"""What a window asks of the store about people: plain functions, what they need imported when they are run.

Those that decide take the whole store, outside of any transaction, and give back the store to go on with: a change of
its key closes the one that was open.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from desktop_app.store.opening import Store
    from desktop_app.store.trust import Person
    from desktop_app.workflow.roles import Role


def everybody(session: Session) -> tuple[Person, ...]:
    """Return everybody who works here or once did."""
    from desktop_app.store import people, trust

    found = people.trust_of(session).everybody
    return tuple(person for person in found.values() if person.id != trust.RECOVERY)


def who_prints(session: Session) -> tuple[str, str]:
    """Return the office's name, empty where it has told none, and the name of who has signed in."""
    from desktop_app.store import people
    from desktop_app.store.settings import settings

    return str(settings(session).get("office.name", "")), people.signed_in_person(session).name


def add(
    store: Store, login: str, name: str, password: str, roles: frozenset[Role], now: datetime
) -> tuple[Store, None]:
    """Add a person who can sign in from now on."""
    from desktop_app.store import users

    users.add_user(store, login, name, roles, password, now)
    return store, None


def change_roles(store: Store, user_id: str, roles: frozenset[Role], now: datetime) -> tuple[Store, None]:
    """Give a person other roles."""
    from desktop_app.store import users

    users.change_user(store, user_id, now, roles)
    return store, None


def reset(store: Store, user_id: str, password: str, now: datetime) -> tuple[Store, None]:
    """Give a person who has forgotten the password another one."""
    from desktop_app.store import users

    users.reset_user(store, user_id, password, now)
    return store, None


def remove(store: Store, user_id: str, now: datetime) -> tuple[Store, None]:
    """Remove a person, and change the store's key."""
    from desktop_app.store import users

    return users.remove_user(store, user_id, now), None


def change_password(store: Store, old: str, new: str, now: datetime) -> tuple[Store, None]:
    """Change the password of who has signed in."""
    from desktop_app.store import users

    users.change_password(store, old, new, now)
    return store, None


def new_recovery(store: Store, now: datetime) -> tuple[Store, bytes]:
    """Make the secret of a new recovery sheet; the old one is void."""
    from desktop_app.store import users

    return users.new_recovery(store, now)


def password_set_on(session: Session) -> date | None:
    """Return the day, by this computer's zone, on which who has signed in was last given or chose a password."""
    from sqlalchemy import func, select

    from desktop_app.store import people, tables
    from desktop_app.store.times import moment

    person = people.signed_in_person(session)
    users, events = tables.user.c, tables.event.c
    own = (users.id == person.id) & (users.sign_key == person.publics.sign.hex())
    # New keys come with a new password; the person's own change leaves them as they are.
    given = session.execute(select(func.min(users.at)).where(own)).scalar_one()
    chosen = session.execute(
        select(func.max(events.at)).where(events.act == "change_password", events.actor_id == person.id)
    ).scalar_one()
    latest = max(filter(None, (given, chosen)), default=None)
    return moment(latest).astimezone().date() if latest else None
