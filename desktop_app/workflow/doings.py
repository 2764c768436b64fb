"""The whole table of what acts do, by the act's id: one line for each line of `acts`."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from desktop_app.workflow.acts import ACT, Act
from desktop_app.workflow.doing import Change, Doing, Matter
from desktop_app.workflow.doing_intake import INTAKE, was_taken_in
from desktop_app.workflow.doing_payment import PAYMENT, was_paid
from desktop_app.workflow.doing_review import REVIEW
from desktop_app.workflow.queues import Turn, turn_of
from desktop_app.workflow.refusals import Standing, acts_for
from desktop_app.workflow.roles import Actor


def _against_complaint(matter: Matter) -> Iterator[str]:
    """A complaint is taken with who, when and what; what came of it is told later."""
    if not any(matter.given.get(name) for name in ("by", "on", "what", "finding", "followed_by")):
        yield "举报的内容还没有填写，请写明举报人、日期和内容。"
    elif not matter.given.get("what") and not matter.last("complaint"):
        yield "还没有登记过举报，请先写明举报人、日期和举报内容。"
    elif matter.given.get("what"):
        for name, label in (("by", "举报人"), ("on", "举报日期")):
            if not matter.given.get(name):
                yield f"“登记举报”还缺“{label}”，请填写。"


def _stayed(matter: Matter) -> Change:
    return Change(matter.state)


def open_acts(matter: Matter, actor: Actor, may_confirm: bool) -> tuple[Act, ...]:
    """Return what state, role and four eyes let a person do now; where a case came from is part of its state."""
    closed = set[str]()
    if not was_taken_in(matter):
        closed |= {"withdraw", "suspect_duplicate"}
    if not was_paid(matter):
        closed |= {"recover"}
    standing = Standing(matter.state, matter.deeds, may_confirm)
    return tuple(act for act in acts_for(standing, actor) if act.id not in closed)


def turn(matter: Matter) -> tuple[Turn, ...]:
    """Return whose turn it is; a refusal is no end where its region lets it be looked into once."""
    asking = ACT["ask_reexamination"]
    if matter.state in asking.before and matter.has_act(asking.id) and not matter.last(asking.id):
        return asking.roles
    return turn_of(matter.state)


DOINGS: Final[Mapping[str, Doing]] = MappingProxyType(
    {
        **INTAKE,
        **REVIEW,
        **PAYMENT,
        "send_list": Doing(_stayed),
        "complaint": Doing(_stayed, _against_complaint),
    }
)
