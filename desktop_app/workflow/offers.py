"""What a person is offered now on one application, with the questions that each act asks and what to choose from.

Pure: the table says what an act asks; policy and case give the choices, fill in what is likely and settle what need not
be asked. One act may be offered more than once, as `record_check` is for each check. The table decides, not the offer.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final, NamedTuple

from desktop_app.case import Answers
from desktop_app.policy.materials import materials_for
from desktop_app.policy.model import Check, Policy
from desktop_app.policy.rules import RULES
from desktop_app.workflow.acts import RECORD, Act, Ask, AskKind
from desktop_app.workflow.checking import is_good
from desktop_app.workflow.doing import Matter
from desktop_app.workflow.doing_payment import is_account_confirmed
from desktop_app.workflow.doing_review import results_now

# What the paper itself does, with keys of its own; a correction begins at the field that it corrects.
_OF_THE_PAPER: Final = ("finish", "reopen", "correct")
# What is done first where it is offered and due; where a decision has two ways, neither is first.
_FIRST: Final = (
    "accept", "materials_received", "resubmit", "record_check", "approve", "confirm", "retry_payment",
    "confirm_account", "mark_insured",
)  # fmt: skip
# The order in which a check is asked for: what was looked at, then what it comes to.
_CHECK_ORDER: Final = ("items", "result", "where", "on", "by", "department")
_ACCOUNTS: Final = (("corrected", "账户已更正"), ("confirmed", "账户没有错，已核实"))
_NO_VALUES: Final[Mapping[str, object]] = MappingProxyType({})


class Choice(NamedTuple):
    """One thing to choose: the value as the act takes it, and its words."""

    value: str
    words: str


class Question(NamedTuple):
    """One thing that an act asks for, as a form asks it.

    Attributes:
        choices: What is chosen from; empty where it is written. For `items`, what each of them can come to.
        parts: For `items` alone: what is looked at one by one.
        filled: What is likely, to begin with: as the act takes it.
        hint: Shown beside it; never taken as an answer.
    """

    name: str
    label: str
    kind: AskKind = "text"
    is_needed: bool = True
    choices: tuple[Choice, ...] = ()
    parts: tuple[str, ...] = ()
    filled: object = None
    hint: str = ""


class Offer(NamedTuple):
    """An act that may be done now.

    Attributes:
        title: What button and form are called.
        settled: What the offer itself answers, by name.
        is_first: It is what this person does next here.
    """

    act: Act
    title: str
    questions: tuple[Question, ...] = ()
    settled: Mapping[str, object] = _NO_VALUES
    is_first: bool = False

    @property
    def key(self) -> str:
        """Tells it from the other offers of a case."""
        return f"{self.act.id}:{self.title}"


def offer(
    act: Act,
    day: date,
    *,
    policy: Policy | None = None,
    answers: Answers = MappingProxyType({}),
    settled: Mapping[str, object] = _NO_VALUES,
    filled: Mapping[str, object] = _NO_VALUES,
    title: str = "",
) -> Offer:
    """Return an act with its questions, but for those that are settled.

    Args:
        act: A line of the table, or what is recorded beside it.
        day: Today; what asks for a day it is needed for begins with it.
        policy: Where reasons and materials come from; None where there is none.
        answers: Of the application; empty for a list.
        settled: What need not be asked, by name.
        filled: What is likely beside the day, by name.
        title: In place of the act's label.
    """
    about = _About(policy, answers, {**_likely(act, day, answers), **filled})
    questions = tuple(_question(act, ask, about) for ask in act.asks if ask.name not in settled)
    return Offer(act, title or act.label, questions, settled)


def offers(acts: Iterable[Act], matter: Matter, by: str, *, is_clerk: bool) -> tuple[Offer, ...]:
    """Return what is offered on an application, the first thing to do first.

    Args:
        acts: What the person may do, as `doings.open_acts` says.
        matter: The application as it stands.
        by: The person's name, who most likely has looked into what is recorded.
        is_clerk: What is recorded beside the table is offered too.
    """
    found = [each for act in acts if _is_offered(act, matter) for each in _of_act(act, matter, by)]
    if is_clerk:
        found += _complaints(matter)
    first = next((each for name in _FIRST for each in found if _is_due(each, name, matter)), None)
    if first is None:
        return tuple(found)
    return (first._replace(is_first=True), *(each for each in found if each is not first))


class _About(NamedTuple):
    policy: Policy | None
    answers: Answers
    filled: Mapping[str, object]


def _likely(act: Act, day: date, answers: Answers) -> dict[str, object]:
    likely: dict[str, object] = {ask.name: day for ask in act.asks if ask.kind == "day" and ask.is_needed}
    if act.id == "recover":
        likely["amount"] = answers.get("claim.amount")
    return likely


def _question(act: Act, ask: Ask, about: _About) -> Question:
    choices: tuple[Choice, ...] = ()
    if about.policy is not None and ask.kind in ("materials", "texts"):
        names = (each.name for each in materials_for(about.answers, about.policy))
        choices = tuple(Choice(name, name) for name in names)
    elif about.policy is not None and ask.kind == "reason":
        wanted = (each for each in about.policy.reasons if not each.acts or act.id in each.acts)
        choices = tuple(Choice(each.code, each.words) for each in wanted)
    elif ask.name == "account":
        choices = tuple(Choice(*each) for each in _ACCOUNTS)
    return Question(ask.name, ask.label, ask.kind, ask.is_needed, choices, filled=about.filled.get(ask.name))


def _is_offered(act: Act, matter: Matter) -> bool:
    if act.is_list or act.id in _OF_THE_PAPER or (act.is_regional and not matter.has_act(act.id)):
        return False
    if act.id == "ask_reexamination":
        return matter.last(act.id) is None
    return act.id != "confirm_account" or not is_account_confirmed(matter.deeds)


def _of_act(act: Act, matter: Matter, by: str) -> Iterator[Offer]:
    if act.id == "record_check":
        yield from _checks(act, matter, by)
    elif act.id == "choose":
        yield from _points(act, matter)
    else:
        yield offer(act, matter.day, policy=matter.policy, answers=matter.case.answers)


def _checks(act: Act, matter: Matter, by: str) -> Iterator[Offer]:
    """Yield each check that may be recorded now: those that are missing or bad before those to be looked at again."""
    results = results_now(matter)
    ready = [
        each
        for each in matter.checks
        if not each.after
        or any(each.after == other.id and is_good(other, results) for other in matter.checks)
    ]
    for check in sorted(ready, key=lambda each: is_good(each, results)):
        again = "重新" if check.id in results else ""
        yield _check(act, check, matter, by, f"{again}{act.label}：{check.name}")


def _check(act: Act, check: Check, matter: Matter, by: str, title: str) -> Offer:
    filled = {"on": matter.day, "by": by, "department": check.department or None}
    made = offer(act, matter.day, settled={"check": check.id}, filled=filled, title=title)
    questions = []
    for question in sorted(made.questions, key=lambda each: _CHECK_ORDER.index(each.name)):
        if question.name == "result":
            choices = zip(check.results, (check.good, check.bad), strict=True)
            question = question._replace(choices=tuple(Choice(*each) for each in choices))
        elif question.name == "items":
            if not check.items:
                continue
            words = tuple(Choice(each, each) for each in (*check.item_results, "不涉及"))
            question = question._replace(choices=words, parts=check.items)
        elif question.name == "where" and check.sets and matter.policy is not None:
            question = question._replace(hint="、".join(each.name for each in matter.policy.lookups))
        questions.append(question)
    return made._replace(questions=tuple(questions))


def _points(act: Act, matter: Matter) -> Iterator[Offer]:
    if matter.assessment is None:
        return
    for point in (*matter.assessment.open_points, *matter.assessment.settled_points):
        rule = point.finding.rule
        made = offer(act, matter.day, settled={"rule": rule}, title=f"{act.label}：{RULES[rule].title}")
        readings = tuple(Choice(*each) for each in point.readings.items())
        yield made._replace(
            questions=tuple(
                each._replace(choices=readings, hint=point.finding.message)
                if each.name == "reading"
                else each
                for each in made.questions
            )
        )


def _complaints(matter: Matter) -> Iterator[Offer]:
    act = RECORD["complaint"]
    made = offer(act, matter.day, filled={"on": matter.day})
    begun = tuple(
        each._replace(is_needed=True) for each in made.questions if each.name in ("by", "on", "what")
    )
    yield made._replace(questions=begun)
    if matter.last(act.id) is not None:
        ended = tuple(each for each in made.questions if each.name in ("finding", "followed_by"))
        yield made._replace(title="登记举报的核查结果", questions=ended, settled={})


def _is_due(offered: Offer, act_id: str, matter: Matter) -> bool:
    if offered.act.id != act_id:
        return False
    if act_id == "record_check":
        results = results_now(matter)
        return offered.settled["check"] not in results
    return act_id != "mark_insured" or matter.last(act_id) is None
