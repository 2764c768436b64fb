"""What waits for whom: the queues that the window counts and opens, and whose turn each state is."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from desktop_app.workflow.roles import Role
from desktop_app.workflow.states import State

Turn = Role | Literal["applicant"]

# Whose turn it is in a state; a state that is not named is an end, or waits for nobody.
TURNS: Final[Mapping[State, tuple[Turn, ...]]] = MappingProxyType(
    {
        "draft": ("clerk",),
        "awaiting_signature": ("applicant",),
        "accepted": ("clerk",),
        "awaiting_materials": ("applicant",),
        "verifying": ("clerk",),
        "awaiting_review": ("reviewer",),
        "returned": ("clerk",),
        "awaiting_publicity": ("clerk",),
        "in_publicity": ("clerk",),
        "objected": ("head",),
        "awaiting_confirmation": ("head",),
        "awaiting_payment": ("clerk",),
        "payment_failed": ("reviewer",),
        "under_reexamination": ("head",),
        "suspected_duplicate": ("head",),
    }
)


class Queue(NamedTuple):
    """Applications that wait for somebody.

    Attributes:
        id: The name of its page and its settings.
        label: As the window says it.
        states: Which states wait in it.
        role: Who works on it.
    """

    id: str
    label: str
    states: tuple[State, ...]
    role: Role


QUEUES: Final = (Queue("begun", "草稿和待签字", ("draft", "awaiting_signature"), "clerk"),)


def turn_of(state: State) -> tuple[Turn, ...]:
    """Return whose turn it is in a state; nobody's at an end."""
    return TURNS.get(state, ())
