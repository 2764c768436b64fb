"""The papers to bring for one case, by the policy's list and by what the case says."""

from collections.abc import Callable, Mapping

from desktop_app.case import Answers
from desktop_app.policy.model import Material, Policy

CONDITIONS: Mapping[str, Callable[[Answers], bool]] = {
    "always": lambda answers: True,
    "moved_in": lambda answers: answers.get("insurance.moved_in") is True,
    "from_elsewhere": lambda answers: answers.get("certificate.from_elsewhere") is True,
    "agent": lambda answers: bool(answers.get("agent.name") or answers.get("agent.id_number")),
    "walk_in": lambda answers: answers.get("claim.channel") in (None, "walk_in"),
    "online": lambda answers: answers.get("claim.channel") == "online",
    "collective": lambda answers: answers.get("claim.channel") == "collective",
    "no_bank_function": lambda answers: answers.get("payment.card_has_bank_function") is False,
}


def materials_for(answers: Answers, policy: Policy) -> tuple[Material, ...]:
    """Return the papers to bring, in the order of the policy."""
    return tuple(each for each in policy.materials if CONDITIONS[each.condition](answers))
