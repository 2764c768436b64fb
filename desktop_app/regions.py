"""The regions that the program serves: what stands in the head of each policy file, and nothing in code.

A policy file lies in `resources/policies/`, or in `policies/` of the office's own folder, where it goes before the
bundled one of the same region. Only its head is read here: a region is named without reading any rule.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from desktop_app.resources import home, resource


class Region(NamedTuple):
    """A region as screens and lists name it.

    Attributes:
        id: `jilin`; the beginning of its papers' ids.
        name: `吉林省`.
        short_name: `吉林`, as lists write it.
        programme: The subsidy that its policy file is about.
        application_form: The paper that 新建 opens.
        policy_file: Where its policy stands.
    """

    id: str
    name: str
    short_name: str
    programme: str
    application_form: str
    policy_file: Path


def regions() -> tuple[Region, ...]:
    """Return every region at hand, by its id; a file whose head cannot be read is left to `policy check`."""
    return _regions(home())


@cache
def _regions(office: Path) -> tuple[Region, ...]:
    paths = (*resource("policies").glob("*.toml"), *(office / "policies").glob("*.toml"))
    found = {each.id: each for path in paths if (each := _region(path)) is not None}
    return tuple(found[region_id] for region_id in sorted(found))


def region(region_id: str) -> Region | None:
    """Return a region, or None where no policy of it is at hand."""
    return next((each for each in regions() if each.id == region_id), None)


def region_ids() -> tuple[str, ...]:
    """Return the ids of all regions at hand, in order."""
    return tuple(each.id for each in regions())


def programmes() -> tuple[str, ...]:
    """Return the ids of all subsidies that the regions at hand give, each once."""
    return tuple(dict.fromkeys(each.programme for each in regions()))


def _region(path: Path) -> Region | None:
    try:
        # The head ends where the first table begins.
        head = tomllib.loads(path.read_text(encoding="utf-8").partition("\n[")[0])
        return Region(
            str(head["region"]),
            str(head["region_name"]),
            str(head["short_name"]),
            str(head["programme"]),
            str(head["application_form"]),
            path,
        )
    except (OSError, ValueError, KeyError):
        return None
