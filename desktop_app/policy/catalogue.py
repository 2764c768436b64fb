"""The policies that the program has, one file for each region, each read when it is first needed."""

from datetime import date
from functools import cache

from desktop_app.faults import hint
from desktop_app.policy.load import load_policy
from desktop_app.policy.model import Policy, Terms
from desktop_app.regions import region as region_of
from desktop_app.regions import region_ids


class UnknownRegion(LookupError):
    """No policy is at hand for a region; the message names the nearest."""


@cache
def policy(region: str) -> Policy:
    """Return the policy of a region, with all its versions.

    Raises:
        UnknownRegion: There is none.
        Faults: Its file has faults.
    """
    found = region_of(region)
    if found is None:
        raise UnknownRegion(f"没有地区“{region}”{hint(region, region_ids())}。")
    return load_policy(found.policy_file.read_text(encoding="utf-8"), found.policy_file.name)


def policy_at_hand(region: str) -> Policy | None:
    """Return the policy of a region; None where there is none.

    Raises:
        Faults: Its file has faults.
    """
    return policy(region) if region in region_ids() else None


def at(region: str, day: date) -> tuple[Policy, Terms]:
    """Return the policy of a region and the terms that a certificate (or application) of `day` falls under.

    Raises:
        UnknownRegion: There is none.
        Faults: Its file has faults.
    """
    found = policy(region)
    return found, found.terms_on(day)
