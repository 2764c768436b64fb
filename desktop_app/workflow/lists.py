"""Lists that are made of applications, to be posted or paid: what may stand on one, and how long it stays there."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

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
