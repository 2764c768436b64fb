"""What to bring for one case, where, and whom to ring, by the policy's lists and by what the case says."""

from collections.abc import Callable, Mapping

from desktop_app.case import Answers
from desktop_app.policy.model import Agency, Material, Office, Place, Policy

CONDITIONS: Mapping[str, Callable[[Answers], bool]] = {
    "always": lambda answers: True,
    "moved_in": lambda answers: answers.get("insurance.moved_in") is True,
    "from_elsewhere": lambda answers: answers.get("certificate.from_elsewhere") is True,
    "agent": lambda answers: bool(answers.get("agent.name") or answers.get("agent.id_number")),
    "no_bank_function": lambda answers: answers.get("payment.card_has_bank_function") is False,
}
_CHANNEL, _AT_THE_COUNTER = "claim.channel", "walk_in"


def materials_of_channel(answers: Answers, policy: Policy) -> tuple[Material, ...]:
    """Return the papers that can be asked for in the way of applying; without one, those for the counter."""
    channel = answers.get(_CHANNEL) or _AT_THE_COUNTER
    return tuple(each for each in policy.materials if not each.channels or channel in each.channels)


def materials_for(answers: Answers, policy: Policy) -> tuple[Material, ...]:
    """Return the papers to bring, in the order of the policy."""
    asked = materials_of_channel(answers, policy)
    return tuple(each for each in asked if CONDITIONS[each.condition](answers))


def places_for(answers: Answers, policy: Policy) -> tuple[Place, ...]:
    """Return where the application is handed in; every way where none was named."""
    channel = answers.get(_CHANNEL)
    return tuple(
        each for each in policy.places if not each.channels or not channel or channel in each.channels
    )


def agencies_for(office: Office, policy: Policy) -> tuple[Agency, ...]:
    """Return whom an applicant may ring: the agency of the office's district, and those for everybody."""
    words = [each for each in (office.district.removesuffix("区"), office.name) if len(each) > 1]
    return tuple(
        each
        for each in policy.agencies
        if each.is_for_all or any(word in each.name or each.name in word for word in words)
    )
