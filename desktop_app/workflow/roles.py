"""Who acts: the closed list of roles, what each may see and set, and a person with the roles that he or she holds."""

from types import MappingProxyType
from typing import Final, Literal, NamedTuple, get_args

Role = Literal["clerk", "reviewer", "head", "administrator", "auditor", "centre"]
# Read applications and lists; write them; set what is the whole office's; see who works here; say who does.
Right = Literal["read", "write", "set_office", "see_people", "manage_people"]

ROLES: Final[tuple[Role, ...]] = get_args(Role)
ROLE_LABELS: Final = MappingProxyType(
    {
        "clerk": "经办人",
        "reviewer": "复核人",
        "head": "负责人",
        "administrator": "管理员",
        "auditor": "审计员",
        "centre": "汇总中心",
    }
)

# Beside the acts on a case, which the table of acts gives. Nobody has a right by having none of these roles.
RIGHTS: Final = MappingProxyType(
    {
        "read": frozenset[Role](("clerk", "reviewer", "head", "auditor")),
        "write": frozenset[Role](("clerk",)),
        "set_office": frozenset[Role](("administrator",)),
        "see_people": frozenset[Role](("administrator", "auditor")),
        "manage_people": frozenset[Role](("administrator",)),
    }
)


class Actor(NamedTuple):
    """Who does an act.

    Attributes:
        id: What events keep for ever; never a name or the name of a window.
        name: As screens and papers say it.
        roles: Everything that the person may act as; administrator and auditor give no act on a case.
    """

    id: str
    name: str
    roles: frozenset[Role]

    def may(self, right: Right) -> bool:
        """Whether one of the person's roles gives a right."""
        return not self.roles.isdisjoint(RIGHTS[right])


def roles_list(roles: frozenset[Role]) -> str:
    """Return the roles of a person as a screen names them, `经办人、管理员`."""
    return "、".join(ROLE_LABELS[role] for role in ROLES if role in roles)


def roles_text(roles: tuple[Role, ...]) -> str:
    """Return roles as a sentence names them, `经办人或复核人`."""
    return "或".join(ROLE_LABELS[role] for role in roles)
