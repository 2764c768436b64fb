"""Lists that are made of applications, to be posted or paid: what may stand on one, and how long it stays there."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from desktop_app.policy.model import Policy
from desktop_app.workflow.acts import ACT, Act, roles_in
from desktop_app.workflow.roles import Actor
from desktop_app.workflow.states import State


class ListKind(NamedTuple):
    """A kind of list.

    Attributes:
        label: As sentences name it.
        waits_in: The state in which an application waits for such a list.
        stays_in: The states in which it keeps its place on one.
        acts: The acts that are done on one.
        once: The act that is done on it once, and the state in which it leaves the list itself.
    """

    label: str
    waits_in: State
    stays_in: tuple[State, ...]
    acts: tuple[str, ...]
    once: tuple[str, State]


LIST_KINDS: Final[Mapping[str, ListKind]] = MappingProxyType(
    {
        "publicity": ListKind(
            "公示名单",
            "awaiting_publicity",
            ("awaiting_publicity", "in_publicity", "objected", "suspected_duplicate"),
            ("post", "close_publicity"),
            ("post", "in_publicity"),
        ),
        "payment": ListKind(
            "拨付名单",
            "awaiting_payment",
            ("awaiting_payment", "paid", "suspected_duplicate", "recovered"),
            ("request_funds", "funds_arrived", "confirm_list", "pay"),
            ("pay", "paid"),
        ),
    }
)


def kind_of_act(act_id: str) -> str:
    """Return the kind of list that an act is done on; empty for one that is done on any."""
    return next((kind for kind, each in LIST_KINDS.items() if act_id in each.acts), "")


class ListStanding(NamedTuple):
    """How a list stands when it is asked what may be done on it.

    Attributes:
        state: Of the list itself.
        waiting: The states of those of its applications that keep their place.
        done: The acts that were done on it.
        maker: Who made it, by id.
    """

    kind: str
    state: State
    waiting: Collection[State]
    done: Collection[str]
    maker: str


def acts_on(standing: ListStanding, actor: Actor, policy: Policy | None) -> tuple[Act, ...]:
    """Return what a person may do on a list now, in the order of the work; a record that moves nothing is made once."""
    kind = LIST_KINDS[standing.kind]
    return tuple(
        act for act in map(ACT.__getitem__, kind.acts) if _is_open(act, kind, standing, actor, policy)
    )


def _is_open(act: Act, kind: ListKind, standing: ListStanding, actor: Actor, policy: Policy | None) -> bool:
    if act.is_regional and (policy is None or not policy.has_act(act.id)):
        return False
    is_once = act.id == kind.once[0] or act.before == act.after
    if is_once and (act.id in standing.done or standing.state == kind.once[1]):
        return False
    if act.id == "confirm_list" and actor.id == standing.maker:
        return False
    states = [state for state in standing.waiting if state in act.before]
    return any(actor.roles.intersection(roles_in(act, state)) for state in states)
