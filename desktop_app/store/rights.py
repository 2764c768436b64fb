"""What who is signed in may do with the store, beside the acts on a case; asked by the functions that write.

What the window does not offer is refused here again, whoever asks for it.
"""

from sqlalchemy.orm import Session

from desktop_app.store import people
from desktop_app.store.faults import StoreFault
from desktop_app.workflow.roles import RIGHTS, ROLES, Actor, Right, roles_text


def acting(session: Session) -> Actor:
    """Return who acts: the person who is signed in. A store without people has its installed program as its clerk.

    Raises:
        StoreFault: Nobody is signed in, or the table of people was changed behind the program's back.
    """
    if session.info.get("signer") is None and not people.user_rows(session):
        return Actor(session.info["replica_id"], "", frozenset(("clerk",)))
    return people.actor(session)


def assert_may(session: Session, right: Right) -> Actor:
    """Go on only where who is signed in has a right; return who it is.

    The roles are those that an administrator has signed for.

    Raises:
        StoreFault: He or she has not, or as of `acting`.
    """
    actor = acting(session)
    if not actor.may(right):
        roles = tuple(role for role in ROLES if role in RIGHTS[right])
        raise StoreFault(f"这由{roles_text(roles)}办理，请换有这个角色的人登录后办理。")
    return actor
