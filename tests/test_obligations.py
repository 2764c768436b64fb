"""Every obligation of the five documents has its place, and every place that is named exists."""

import re
from pathlib import Path

import pytest

from desktop_app.forms.catalogue import form_ids
from desktop_app.forms.fields import fields
from desktop_app.policy.catalogue import policy
from desktop_app.policy.rules import RULES
from desktop_app.regions import region_ids

ROOT = Path(__file__).parent.parent
TABLE = ROOT / "docs" / "obligations.zh.md"
COUNT = 150
# Parts of the work that are not built yet; a line that waits says for which.
PARTS = {"受理流程", "公示", "拨付", "告知", "统计", "汇总"}
LINES = [
    (int(found[1]), found[2].strip(), found[3].strip())
    for line in TABLE.read_text(encoding="utf-8").splitlines()
    if (found := re.fullmatch(r"\| (\d+) \| (.*) \| (.*) \|", line))
]


def exists(place: str) -> bool:
    """Whether a form, a rule, a field, a table of a policy, a file or a test of this name is there."""
    if place in form_ids() or place in RULES or place in fields():
        return True
    if table := re.fullmatch(r"(\w+) \[\[(\w+)\]\](?: (\S+))?", place):
        region, name, key = table.groups()
        text = (ROOT / "resources" / "policies" / f"{region}.toml").read_text(encoding="utf-8")
        stated = [part.split("\n\n")[0] for part in text.split(f"[[{name}]]\n")[1:]]
        return region in region_ids() and any(key is None or f' = "{key}"' in part for part in stated)
    file, _, test = place.partition("::")
    path = ROOT / file
    return "/" in file and path.is_file() and (not test or f"def {test}(" in path.read_text(encoding="utf-8"))


def test_no_obligation_is_left_out() -> None:
    assert [number for number, _, _ in LINES] == list(range(1, COUNT + 1))
    assert all(gist for _, gist, _ in LINES)


@pytest.mark.parametrize(("number", "gist", "where"), LINES, ids=[str(each[0]) for each in LINES])
def test_every_line_has_a_place_that_exists_or_says_what_it_waits_for(
    number: int, gist: str, where: str
) -> None:
    places, waits = re.findall(r"`([^`]+)`", where), re.findall(r"尚未（([^）]+)）", where)
    assert places or waits
    assert set(waits) <= PARTS and where.count("尚未") == len(waits)
    assert [each for each in places if not exists(each)] == []


def test_a_clock_that_a_line_names_is_the_policys() -> None:
    for _, _, where in LINES:
        for region, clock in re.findall(r"`(\w+) \[\[clock\]\] (\w+)`", where):
            assert clock in [each.id for each in policy(region).clocks]
