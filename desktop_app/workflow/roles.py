"""Who acts: the closed list of roles, and a person with the roles that he or she holds."""

from types import MappingProxyType
from typing import Final, Literal, NamedTuple, get_args

Role = Literal["clerk", "reviewer", "head", "administrator", "auditor", "centre"]

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


def roles_text(roles: tuple[Role, ...]) -> str:
    """Return roles as a sentence names them, `经办人或复核人`."""
    return "或".join(ROLE_LABELS[role] for role in roles)
