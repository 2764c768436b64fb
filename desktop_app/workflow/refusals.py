"""Why an act may not be done: pure, the same for window, command line, imports and receipts.

State, role and four eyes are asked first, then what the act asks for. An act that nothing stands against is allowed;
each refusal is one plain sentence that says what to do.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from desktop_app.workflow.acts import ACTS, Act, Ask, AskKind, roles_in
from desktop_app.workflow.roles import Actor, roles_text
from desktop_app.workflow.states import STATE_LABELS, State

# What a case's clerks did on it. A check that is recorded during a re-examination makes nobody its clerk.
CLERKS_ACTS: Final = frozenset(
    ("new", "fill", "finish", "accept", "record_check", "choose", "correct", "resubmit")
)
# What none of its clerks does on it, whichever role he or she holds.
OTHER_EYES_ACTS: Final = frozenset(
    (
        "approve",
        "return",
        "refuse",
        "retry_payment",
        "confirm_account",
        "uphold_refusal",
        "overturn_refusal",
        "confirm",
    )
)


class Deed(NamedTuple):
    """One act that was done on a case, as its events tell.

    Attributes:
        given: What was given for it, as JSON keeps it; empty where its payload was erased.
        after: Where it led.
        day: The day on which it was done.
        said: What its event keeps besides, as JSON keeps it: `changed`, a decision.
    """

    act: str
    actor_id: str
    before: State
    given: Mapping[str, object] = MappingProxyType({})
    after: State = "draft"
    day: date = date.min
    said: Mapping[str, Any] = MappingProxyType({})


class Standing(NamedTuple):
    """How a case stands when an act is tried.

    Attributes:
        deeds: Everything that was done on it, in order.
        reviewer_may_confirm: The office's setting for small offices; off unless the administrator says so.
        obstacles: What of the paper itself stands against an act (missing, open, overdue): sentences by the act's id.
    """

    state: State
    deeds: tuple[Deed, ...] = ()
    reviewer_may_confirm: bool = False
    obstacles: Mapping[str, tuple[str, ...]] = MappingProxyType({})


def clerks_of(deeds: tuple[Deed, ...]) -> frozenset[str]:
    """Return the ids of a case's clerks: all who filled it in, took it in, checked, chose or corrected."""
    return frozenset(deed.actor_id for deed in deeds if makes_clerk(deed.act, deed.before))


def makes_clerk(act_id: str, before: str | None) -> bool:
    """Say whether an act that was done in a state makes its actor a clerk of the case."""
    return act_id in CLERKS_ACTS and not (act_id == "record_check" and before == "under_reexamination")


def refusals(
    act: Act, standing: Standing, actor: Actor, given: Mapping[str, object], day: date
) -> tuple[str, ...]:
    """Return every sentence that stands against an act; none where it may be done.

    Args:
        act: A line of the table.
        standing: How the case stands now.
        actor: Who wants to do it.
        given: What was given for the names that the act asks for.
        day: The day of the act; no day that is given lies after it.
    """
    first = _not_open(act, standing, actor)
    if first:
        return (first,)
    return (*standing.obstacles.get(act.id, ()), *_unanswered(act, given, day))


def acts_for(standing: Standing, actor: Actor) -> tuple[Act, ...]:
    """Return what state, roles and four eyes let a person do now, in the order of the table."""
    return tuple(act for act in ACTS if not _not_open(act, standing, actor))


def _not_open(act: Act, standing: Standing, actor: Actor) -> str:
    if standing.state not in act.before:
        now = STATE_LABELS[standing.state]
        where = "、".join(STATE_LABELS[state] for state in act.before)
        return f"这份申请现在是“{now}”，“{act.label}”要在“{where}”时办理，请核对后再办。"
    roles = roles_in(act, standing.state)
    if not actor.roles.intersection(roles):
        return f"“{act.label}”由{roles_text(roles)}办理，请换有这个角色的人登录后办理。"
    return _four_eyes(act, standing, actor)


def _four_eyes(act: Act, standing: Standing, actor: Actor) -> str:
    if act.id in OTHER_EYES_ACTS and actor.id in clerks_of(standing.deeds):
        return f"这份申请是您经办的，“{act.label}”请由另一人办理。"
    if act.id == "confirm" and not standing.reviewer_may_confirm and actor.id in _last(standing, "approve"):
        return "这份申请是您复核的，请由另一位负责人确认。"
    if act.id in ("uphold_refusal", "overturn_refusal") and actor.id in _last(standing, "refuse"):
        return f"原来的“不予通过”是您作出的，“{act.label}”请由另一位负责人办理。"
    return ""


def _last(standing: Standing, act_id: str) -> frozenset[str]:
    found = [deed.actor_id for deed in standing.deeds if deed.act == act_id]
    return frozenset(found[-1:])


def _unanswered(act: Act, given: Mapping[str, object], day: date) -> Iterator[str]:
    for ask in act.asks:
        value = given.get(ask.name)
        if value is None or value == "":
            if ask.is_needed:
                yield f"“{act.label}”还缺“{ask.label}”，请填写。"
        elif not _is_readable(ask, value):
            yield f"“{ask.label}”的写法不对，请{_HOW[ask.kind]}。"
        elif isinstance(value, date) and value > day:
            yield f"“{ask.label}”{value.isoformat()}晚于办理当天{day.isoformat()}，请核对。"


_HOW: Final[Mapping[AskKind, str]] = MappingProxyType(
    {
        "text": "写成文字",
        "day": "写成年月日",
        "money": "写成大于零、至多两位小数的金额",
        "list": "写名单的名称",
        "texts": "逐条写明",
        "materials": "写收到的材料名称，全部收齐的写全部",
        "items": "逐项写明",
        "value": "写成文字、数字或者是、否",
        "reason": "写明理由，可以写政策里的代号、自己的话，或者两样都写",
        "signed": "写明申请人签字的撤回申请",
    }
)


def _is_readable(ask: Ask, value: object) -> bool:
    match ask.kind:
        case "text" | "list":
            return isinstance(value, str) and bool(value.strip())
        case "day":
            return isinstance(value, date)
        case "money":
            return isinstance(value, Decimal) and value > 0 and value == round(value, 2)
        case "texts":
            return isinstance(value, tuple) and bool(value) and all(map(_is_text, value))
        case "materials":
            return value == "all" or (isinstance(value, tuple) and bool(value) and all(map(_is_text, value)))
        case "items":
            return isinstance(value, tuple | Mapping)
        case "value":
            return True
        case "reason":
            return _is_reason(value)
        case "signed":
            return value is True or _is_text(value)


def _is_reason(value: object) -> bool:
    if isinstance(value, Mapping):
        return bool(value) and value.keys() <= {"code", "words"} and all(map(_is_text, value.values()))
    return _is_text(value)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
