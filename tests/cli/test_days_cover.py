"""The days of `tests/days` between them: every state of the table is reached, every refusal is answered once.

The sentences are collected from the code by its syntax trees, so that a new one asks for its line in a day.
"""

import ast
import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from desktop_app.policy.calendars import calendar
from desktop_app.workflow.acts import ACTS
from desktop_app.workflow.refusals import _HOW

ROOT = Path(__file__).parent.parent.parent
DAYS = sorted((ROOT / "tests" / "days").glob("*.jsonl"))
# Where what stands against an act is said.
REFUSING = (
    "workflow/refusals.py",
    "workflow/checking.py",
    "workflow/doing.py",
    "workflow/doing_intake.py",
    "workflow/doing_review.py",
    "workflow/doing_payment.py",
    "workflow/doings.py",
    "store/perform.py",
    "store/list_acts.py",
    "store/claiming.py",
    "store/handing_over.py",
    "store/ledger.py",
    "store/owners.py",
    "store/rights.py",
    "store/deeds.py",
)
# What no day can reach, by its beginning, and why.
OUT_OF_REACH = {
    "名单不办理": "a day makes applications and lists of them, never a list that is filled in as a paper",
    "这是填写的名单，不办理这一步": "the same",
    "程序里没有这个地区的政策，不能复核": "an office is opened only in a region whose policy is at hand",
    "这份申请的办理记录在程序之外被改动过": "a day changes nothing behind the program's back",
    "草稿由经办人交接": "only a draft of a release before there were people has an owner whom nobody knows",
    "{}按名单办理，请在名单上办理": "a line about a list takes no application",
    "这由{}办理": "a line is refused by its own sentence before it writes",
}
# Kinds of what is asked that a line cannot give wrongly: a list is found by its name, a value may be anything.
ALWAYS_READABLE = {"list", "value"}


class Sentence(NamedTuple):
    place: str
    text: str  # {} where the code puts something in

    @property
    def is_out_of_reach(self) -> bool:
        plain = self.text.replace("“{}”", "{}")
        return any(plain.startswith(each) for each in OUT_OF_REACH)

    def is_in(self, told: set[str]) -> bool:
        pattern = re.compile(".*".join(map(re.escape, self.text.split("{}"))))
        return any(pattern.fullmatch(each) for each in told)


def sentences() -> Iterator[Sentence]:
    """Every sentence of the refusing modules that is no docstring."""
    for name in REFUSING:
        tree = ast.parse((ROOT / "desktop_app" / name).read_text(encoding="utf-8"))
        inside = {
            id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values
        }
        for node in ast.walk(tree):
            match node:
                case ast.JoinedStr(values=values):
                    text = "".join(
                        str(each.value) if isinstance(each, ast.Constant) else "{}" for each in values
                    )
                case ast.Constant(value=str(text)) if id(node) not in inside:
                    pass
                case _:
                    continue
            if text.endswith("。"):
                yield Sentence(f"{name}:{node.lineno}", text)


def answers(file: Path) -> Iterator[dict[str, Any]]:
    for line in (file.parent / "answers" / file.name).read_text(encoding="utf-8").splitlines():
        answer = json.loads(line)
        yield answer
        yield from (answer.get("cases") or {}).values()


TOLD = {each["error"] for file in DAYS for each in answers(file) if "error" in each}
SENTENCES = tuple(sentences())


def test_the_sentences_are_found() -> None:
    assert len(SENTENCES) > 50


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda each: each.place)
def test_every_refusal_is_answered_in_a_day(sentence: Sentence) -> None:
    """A new sentence: add a line that is refused so to a day, and its answer; or say above why none can be."""
    assert sentence.is_in(TOLD) != sentence.is_out_of_reach, sentence.text


def test_what_is_out_of_reach_is_still_in_the_code() -> None:
    for beginning in OUT_OF_REACH:
        assert any(each.text.replace("“{}”", "{}").startswith(beginning) for each in SENTENCES), beginning


@pytest.mark.parametrize("kind", sorted(_HOW.keys() - ALWAYS_READABLE))
def test_every_way_to_write_is_told_in_a_day(kind: str) -> None:
    assert any(each.endswith(f"的写法不对，请{_HOW[kind]}。") for each in TOLD)  # type: ignore[index]


def test_every_state_of_the_table_is_reached() -> None:
    reached = {each["state"] for file in DAYS for each in answers(file) if "state" in each}
    assert reached == {state for act in ACTS for state in (*act.before, *act.after)}


@pytest.mark.parametrize(
    ("stem", "region", "other"), [("tianjin", "tianjin", None), ("refusals_urumqi", "urumqi", "tianjin")]
)
def test_a_posted_list_is_due_over_holidays_make_up_days_and_xinjiangs_own(
    stem: str, region: str, other: str | None
) -> None:
    """Of Tianjin over the days off of October and the Saturday that is worked for them; of Urumqi over Corban."""
    file = next(each for each in DAYS if each.stem == stem)
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    posted = date.fromisoformat(next(line["on"] for line in lines if line["act"] == "post"))
    period = calendar(region).end_of_period(posted, 5)
    due = {
        (each["due"], each["due_other"])
        for each in answers(file)
        if each.get("state") == "in_publicity" and "due" in each
    }
    assert due == {tuple(day and day.isoformat() for day in period[:2])}
    plain = calendar(other).end_of_period(posted, 5) if other else None
    weekdays = [posted + timedelta(days) for days in range(1, 8) if (posted + timedelta(days)).weekday() < 5]
    assert period.first_day_not_counted not in (weekdays[4], plain and plain.first_day_not_counted)
