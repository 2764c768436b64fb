"""What is recorded when somebody has signed in: wrong passwords before it, a count that vanished, a changed key."""

from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from desktop_app import protection
from desktop_app.store import faults
from desktop_app.store.chain import append_event
from desktop_app.store.faults import StoreFault
from desktop_app.store.people import signed_in_person
from desktop_app.store.records import Json
from desktop_app.store.settings import keep_profile, settings
from desktop_app.store.slots import read_tries
from desktop_app.store.trust import RECOVERY, SignedIn


def welcomed(
    session: Session, folder: Path, signed_in: SignedIn, now: datetime, *, is_changed: bool, is_again: bool
) -> list[str]:
    """Write the event of a sign-in; return what the person has to know.

    Args:
        session: Writing.
        folder: Where wrong passwords are counted.
        signed_in: Who is signed in; nobody is by the recovery sheet.
        now: Aware.
        is_changed: The store has a new key since it was opened last.
        is_again: Nobody has signed in anew.
    """
    if is_changed:
        append_event(session, "change_key", signed_in.user_id, now, {})
    if signed_in.user_id == RECOVERY or is_again:
        return []
    tries = read_tries(folder)
    is_mended = keep_profile(folder, str(settings(session).get(protection.SETTING, protection.DEFAULT)))
    said: dict[str, Json] = {"wrong": dict(tries.untold), "is_lost": tries.is_lost}
    said |= {"is_mended": True} if is_mended else {}
    append_event(session, "sign_in", signed_in.user_id, now, said)
    told = [faults.TRIES_LOST] if tries.is_lost else []
    told += [faults.RULES_MENDED] if is_mended else []
    try:
        signed_in_person(session)
    except StoreFault as fault:
        # Work that is signed for is refused until a technician has looked; all else can be read.
        told.append(str(fault))
    return told
