"""The password again: where an office wants it, who decides on an application proves anew who sits there.

It holds for one transaction alone. Wrong passwords slow down and are counted as at the sign-in.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from desktop_app.store import faults, people
from desktop_app.store.chain import append_event
from desktop_app.store.faults import StoreFault
from desktop_app.store.records import Json
from desktop_app.store.sign_in import NotSignedIn, count_wrong, opens_slot, refuse_early
from desktop_app.store.slots import read_slots, read_tries, write_tries
from desktop_app.store.trust import SignedIn

# An office's setting, off unless an administrator says so, signed by him or her.
PASSWORD_AGAIN: Final = "policy.password_again"
ASKED: Final = "作出决定前要再输一次密码，请输入您的登录密码。"

_WRONG: Final = "密码不对，请重新输入。"
_IS_CONFIRMED: Final = "is_confirmed"


def confirm(session: Session, password: str, now: datetime) -> None:
    """Take the password of who is signed in for the decisions of this transaction.

    Args:
        session: Of a store opened for writing.
        password: As typed.
        now: Aware; by it wrong passwords slow down.

    Raises:
        NotSignedIn: It is wrong, or the next try has to wait.
        StoreFault: Nobody is signed in, or the slots cannot be read.
    """
    signer: SignedIn | None = session.info.get("signer")
    if signer is None:
        raise StoreFault(people.NOT_SIGNED_IN)
    folder, own = session.info["folder"], signer.user_id
    slots, tries = read_slots(folder), read_tries(folder)
    refuse_early(slots, tries, own, now)
    if not any(opens_slot(slots, own, slot, password) for slot in slots.users.get(own, ())):
        told = count_wrong(folder, slots, tries, own, now)
        raise NotSignedIn(_WRONG if str(told) == faults.WRONG_PASSWORD else str(told), told.wait)
    if wrong := tries.untold.get(own):
        append_event(session, "confirm_password", own, now, {"wrong": {own: wrong}})
    if own in tries.counts:
        kept = {user: each for user, each in tries.counts.items() if user != own}
        write_tries(folder, tries._replace(counts=kept))
    session.info[_IS_CONFIRMED] = True


def is_asked(session: Session, held: Mapping[str, Json]) -> bool:
    """Say whether a decision in this transaction still wants the password of who decides, by the office's settings."""
    return held.get(PASSWORD_AGAIN) is True and not session.info.get(_IS_CONFIRMED, False)
